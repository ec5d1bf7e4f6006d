package link

import (
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// reportWords names the report that two tellings share.
func reportWords(a, b *signs) string {
	if ids := shared(a.reportIDs, b.reportIDs); len(ids) > 0 {
		return ids[0]
	}
	r := a.report
	return "\u201c" + r.Title + "\u201d (same title, year and first author)"
}

// parentWords says that one telling names the other as its parent, and what else agrees.
func parentWords(child, parent *signs) string {
	w := "one is an analysis of " + child.telling.Study.Parent + ", which the other reports"
	if sameArms(child, parent) {
		w += "; same arms (" + armWords(parent, child) + ")"
	}
	if outcome, ok := commonOutcome(parent, child); ok {
		w += "; same outcome (" + outcome + ")"
	}
	return w + withoutRegistration(parent, child)
}

// teamWords says by which signs together two tellings are joined.
func teamWords(a, b *signs, outcome string) string {
	var who []string
	if a.name != "" && a.name == b.name {
		who = append(who, "same acronym ("+a.telling.Study.Name+")")
	} else if name := a.calledAs(b); name != "" && a.n > 0 && a.n == b.n {
		who = append(who, "called "+name+" in both, same number randomized ("+strconv.Itoa(a.n)+")")
	}
	if teams := shared(a.team, b.team); len(teams) > 0 {
		who = append(who, "same team ("+teamName(a.report, teams[0])+")")
	}
	return strings.Join(who, ", ") + ", same arms (" + armWords(a, b) + ") and outcome (" + outcome + ")" + withoutRegistration(a, b)
}

// teamName is a team's name as printed.
func teamName(r *evidence.Report, key string) string {
	for _, a := range r.Authors {
		if team(a) == key {
			return a
		}
	}
	return key
}

// armWords lists the arms that both have, by the shorter of their names.
func armWords(a, b *signs) string {
	var out []string
	for i := range a.telling.Study.Arms {
		x := &a.telling.Study.Arms[i]
		for k := range b.telling.Study.Arms {
			if y := &b.telling.Study.Arms[k]; armKey(x) == armKey(y) {
				out = append(out, shorter(armName(x), armName(y)))
				break
			}
		}
	}
	return strings.Join(out, ", ")
}

func armName(a *evidence.Arm) string {
	if a.Abbreviation != "" {
		return a.Abbreviation
	}
	return a.Label
}

func shorter(a, b string) string {
	if len(b) < len(a) {
		return b
	}
	return a
}

// withoutRegistration says which of two tellings gives no registration.
func withoutRegistration(a, b *signs) string {
	switch x, y := len(a.registrations) == 0, len(b.registrations) == 0; {
	case x && y:
		return "; no registration number in either"
	case x:
		return "; no registration number in " + a.called("the first")
	case y:
		return "; no registration number in " + b.called("the second")
	}
	return ""
}

// called names a telling by its report's journal and year, or by its place.
func (s *signs) called(place string) string {
	if s.report != nil && s.report.Journal != "" && s.report.Year > 0 {
		return s.report.Journal + " " + strconv.Itoa(s.report.Year)
	}
	return place
}
