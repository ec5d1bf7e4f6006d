package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/queries/syntax"
)

// statesOne reports whether a study states one of the names of a condition on its phase, its sponsor or the journal of a report of it.
func statesOne(s *graph.Study, t *syntax.Test) bool {
	return slices.ContainsFunc(s.Tellings, func(tl *graph.Telling) bool { return isCalled(statedBy(tl, t.Field), t) })
}

// statedBy returns the phase, the sponsor or the journal that a telling states.
func statedBy(t *graph.Telling, field string) string {
	switch field {
	case "phase":
		return phaseNamed(t.Study.Design.Phase)
	case "sponsor":
		return t.Study.Sponsor
	case "journal":
		if r := telledReport(t); r != nil {
			return r.Journal
		}
	}
	return ""
}

// phaseNamed brings a phase as documents state it to the form in which phases are compared and counted: "Phase IIb" is 2b, "I/II" 1/2.
func phaseNamed(stated string) string {
	var out []string
	for _, w := range norms(stated) {
		digits := strings.TrimRight(w, "abc")
		if n := phaseNumbers[digits]; n != "" {
			out = appendNew(out, n+w[len(digits):])
		} else if digit(w[0]) {
			out = appendNew(out, w)
		}
	}
	return strings.Join(out, "/")
}

// phaseNumbers are the phases in Roman numerals.
var phaseNumbers = map[string]string{"i": "1", "ii": "2", "iii": "3", "iv": "4"}

// isPhase reports whether a stated phase is, or includes, one that is asked for: 2b is 2, and 2/3 both.
func isPhase(stated, want string) bool {
	want = phaseNamed(want)
	return want != "" && slices.ContainsFunc(strings.Split(phaseNamed(stated), "/"), func(p string) bool { return p == want || strings.TrimRight(p, "abc") == want })
}

// isCalled reports whether a text is one of the names of a condition: it has all words of it, or their first letters are it. A journal is
// meant by its whole name.
func isCalled(text string, t *syntax.Test) bool {
	if t.Field == "phase" {
		return slices.ContainsFunc(t.Values, func(v syntax.Value) bool { return isPhase(text, v.Text+string(v.Number)) })
	}
	have := norms(text)
	return slices.ContainsFunc(t.Values, func(v syntax.Value) bool {
		want := norms(v.Text + string(v.Number))
		switch {
		case len(want) == 0 || len(have) == 0:
			return false
		case t.Field == "journal":
			return slices.Equal(withoutThe(have), withoutThe(want))
		}
		return !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) }) || acronym(v.Text) && strings.EqualFold(initials(text), v.Text)
	})
}

// withoutThe leaves out an article at the beginning of a name.
func withoutThe(words []string) []string {
	if words[0] == "the" {
		return words[1:]
	}
	return words
}

// initials returns the first letters of the words of a name that begin with a capital.
func initials(text string) string {
	var b strings.Builder
	for _, w := range split(text) {
		if capitalised(w.text[:1]) {
			b.WriteString(w.text[:1])
		}
	}
	return b.String()
}

// namedStating reads who paid for studies, or the journal in which they were published, where its name stands behind the words for it:
// "funded by Wellcome", "published in the Lancet". What follows has to be written as a name.
func (r *reader) namedStating(i int) (tag, bool) {
	field, j := "", i
	for _, f := range statingForms {
		if n := len(norms(f.form)); i+n < len(r.words) && key(r.between(i, i+n)) == key(f.form) {
			field, j = f.field, i+n
			break
		}
	}
	if field == "" && r.normAt(i) == "in" && slices.ContainsFunc(r.words[:i], func(w word) bool { return w.norm == "published" }) {
		field, j = "journal", i+1 // "published in 2014 in the Lancet"
	}
	if field == "" {
		return tag{}, false
	}
	if r.normAt(j) == "the" || r.normAt(j) == "journal" {
		j++
	}
	from := j
	for j < len(r.words) && capitalised(r.words[j].text) && !digit(r.words[j].text[0]) ||
		j > from && j+1 < len(r.words) && slices.Contains([]string{"of", "for", "and", "the"}, r.words[j].text) && capitalised(r.words[j+1].text) {
		j++
	}
	if j == from || r.phrases[key(r.between(from, j))].use != "" {
		return tag{}, false
	}
	return tag{from: i, to: j, phrase: phrase{useStated, field, ""}, reads: r.between(from, j)}, true
}

// statingForms are the words behind which the name of a sponsor or journal stands, the longest first.
var statingForms = []struct{ form, field string }{
	{"published in", "journal"},
	{"which appeared in", "journal"},
	{"funded by", "sponsor"},
	{"sponsored by", "sponsor"},
	{"supported by", "sponsor"},
	{"financed by", "sponsor"},
	{"paid for by", "sponsor"},
}
