package queries

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// howMuch matches an amount, or a word of how much or how long, at the beginning of what is compared, and "of" behind it.
var howMuch = lazyregexp.New(`(?i)^(?:(?:[0-9][0-9.,]* ?(?:mg|mcg|µg|g|ml|IU|units|%|weeks?|months?|days?|hours?|minutes?|sessions?)(?:/(?:day|d|kg))?|(?:high|low|moderate|standard)(?:[ -]doses?| intensity)?|(?:short|long)(?:er)?(?:[ -]term)?|early|late|single|multiple|intensive|daily|weekly)\b[ -]?)+(?:of )?`)

// sharedName completes the first thing of a comparison that is no more than how much or how long with what the second is of: "10 mg versus
// 20 mg of atorvastatin" compares two doses of it.
func sharedName(a, b string) string {
	if at := howMuch.FindStringIndex(a); at == nil || at[1] < len(a) {
		return a
	}
	at := howMuch.FindStringIndex(b)
	if at == nil || at[1] == len(b) {
		return a
	}
	if of := b[:at[1]]; strings.HasSuffix(strings.ToLower(of), " of ") {
		return a + " of " + b[at[1]:]
	}
	return a + " " + b[at[1]:]
}

// ofOneThing reports whether two phrases are of how much or how long of the same thing.
func ofOneThing(a, b string) bool {
	x, y := howMuch.FindStringIndex(a), howMuch.FindStringIndex(b)
	return x != nil && y != nil && x[1] < len(a) && key(a[x[1]:]) == key(b[y[1]:])
}

// withoutAny reports whether an arm was given nothing active.
func withoutAny(a *evidence.Arm) bool {
	return untreated(a.Role) || strings.HasPrefix(strings.ToLower(a.Label), "no ")
}
