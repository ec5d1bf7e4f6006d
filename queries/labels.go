package queries

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

func itoa(n int) string { return strconv.Itoa(n) }

// studyLabel returns what a study is called in answers: its name, else the author and year of its report, the
// name its text gives it, its registration or the beginning of its title; its identifier only when there is nothing else.
func studyLabel(s *graph.Study) string {
	if s.Name != "" && s.Name != s.ID {
		return s.Name
	}
	t := mainTelling(s)
	if t.Study.Name != "" && t.Study.Name != t.Study.ID {
		return t.Study.Name
	}
	r := telledReport(t)
	switch {
	case r != nil && len(r.Authors) > 0:
		return reportLabel(*r)
	case len(t.Study.Aliases) > 0:
		return t.Study.Aliases[0]
	case len(t.Study.Registrations) > 0:
		return t.Study.Registrations[0]
	case r != nil && r.Title != "":
		if own := evidence.NamesInTitle(r.Title); len(own) > 0 {
			return own[0]
		}
		return evidence.Clip(r.Title, 48)
	}
	if t.Source != "" && strings.Contains(s.ID, "study:") {
		return shortSource(t.Source) // nothing in the document names it
	}
	return s.ID
}

// reportLabel returns a report as "Author Year", or its title.
func reportLabel(r evidence.Report) string {
	last := firstAuthor(r)
	switch {
	case last != "" && r.Year != 0:
		return last + " " + itoa(r.Year)
	case last != "":
		return last
	case r.Title != "":
		return r.Title
	}
	return r.DOI
}

// firstAuthor returns the family name of a report's first author. Names are printed "Family AB", "Family, A. B.",
// "Family, Given M" or "Given Family".
func firstAuthor(r evidence.Report) string {
	if len(r.Authors) == 0 {
		return ""
	}
	a := strings.TrimSpace(r.Authors[0])
	if family, _, ok := strings.Cut(a, ","); ok {
		return family
	}
	parts := strings.Fields(a)
	switch {
	case len(parts) == 0:
		return ""
	case len(parts) > 1 && groupName(a):
		return a
	}
	return parts[0]
}

// groupName reports whether an author is a group of people.
func groupName(a string) bool {
	l := strings.ToLower(a)
	for _, w := range []string{"group", "team", "investigators", "collaborat", "consortium", "network", "committee", "study", "trial"} {
		if strings.Contains(l, w) {
			return true
		}
	}
	return false
}

// acronymLike reports whether a name is one that a person would call a study by, rather than a description.
func acronymLike(s string) bool { return s != "" && len(strings.Fields(s)) <= 4 }

// genericArm reports whether an arm's label tells nothing of what it was given: "Arm 1", "intervention group".
func genericArm(s string) bool {
	for _, n := range norms(s) {
		switch n {
		case "arm", "group", "intervention", "control", "treatment", "experimental", "comparator", "active", "a", "b", "c", "d", "the":
			continue
		}
		if len(n) > 2 || strings.IndexFunc(n, func(r rune) bool { return !unicode.IsDigit(r) }) >= 0 {
			return false
		}
	}
	return true
}

// armLabel returns what an arm is called within its own document.
func armLabel(a evidence.Arm) string {
	switch {
	case a.Abbreviation != "":
		return a.Abbreviation
	case genericArm(a.Label):
		for _, x := range a.Aliases {
			if !genericArm(x) {
				return x
			}
		}
	}
	return a.Label
}

// citation returns the report through which a second-hand study is known, or nil.
func citation(t *graph.Telling) *evidence.Report {
	for i := range t.Cites {
		if t.Cites[i].ID == t.Study.Via {
			return &t.Cites[i].Report
		}
	}
	return nil
}

func leadingDigits(s string) string {
	for i := range len(s) {
		if !digit(s[i]) {
			return s[:i]
		}
	}
	return s
}

// shortSource returns the last part of a document's path, for tables.
func shortSource(path string) string {
	path = evidence.Printable(path)
	path = strings.ReplaceAll(path, `\`, "/")
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[i+1:]
	}
	return path
}
