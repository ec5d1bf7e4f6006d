package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// doseAmount is an amount of a drug, such as "60 mg" or "2.5mcg".
var doseAmount = lazyregexp.New(`(?i)(\d+(?:\.\d+)?)\s?(mg|mcg|[µμ]g|g|ml|iu|units?)(?:\b|/)`)

// doses returns the amounts in a text, in one spelling.
func doses(text string) []string {
	var out []string
	for _, m := range doseAmount.FindAllStringSubmatch(text, -1) {
		unit := strings.TrimSuffix(strings.NewReplacer("µg", "mcg", "μg", "mcg").Replace(strings.ToLower(m[2])), "s")
		out = append(out, m[1]+" "+unit)
	}
	return out
}

// otherDose returns the arm of which a thing was asked for at a dose, and that was given the same thing at none but other
// doses; "" where an arm has the dose, or none says its own.
func otherDose(asked string, arms []*evidence.Arm) string {
	want := doses(asked)
	name := content(doseAmount.ReplaceAllString(asked, " "))
	if len(want) == 0 || len(name) == 0 {
		return ""
	}
	other := ""
	for _, a := range arms {
		told := a.Label + " " + a.Description
		have := doses(told)
		if slices.ContainsFunc(have, func(d string) bool { return slices.Contains(want, d) }) {
			return ""
		}
		if len(have) > 0 && containsAll(content(told), name) {
			other = armLabel(*a) + " (" + strings.Join(have, ", ") + ")"
		}
	}
	return other
}
