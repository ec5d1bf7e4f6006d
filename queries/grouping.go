package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// groupWords are the words by which a question at its end says what rows are to be put together by, with the fields: "by country".
var groupWords = map[string]string{
	"country": "country", "year": "year", "publication year": "year", "design": "design", "study design": "design", "setting": "setting",
	"condition": "condition", "disease": "condition", "intervention": "intervention", "treatment": "intervention", "drug": "intervention",
	"outcome": "outcome", "study": "study", "trial": "study", "direction": "direction", "comparator": "comparator",
}

// groupJoins are the words before them, the longest first.
var groupJoins = []string{"grouped by", "according to", "for each", "in each", "by", "per"}

// grouping takes from the end of a question what its rows are to be put together by.
func (r *reader) grouping() {
	last := len(r.words)
	for _, n := range []int{2, 1} { // the longest names first
		at := last - n
		if at < 2 {
			continue
		}
		field := groupWords[key(r.between(at, last))]
		for _, join := range groupJoins {
			from := at - len(norms(join))
			if field == "" || from < 1 || key(r.between(from, at)) != key(join) || !r.rowsBefore(from) || field == "year" && r.rateBefore(from) {
				continue
			}
			r.group = field
			r.tags = slices.DeleteFunc(r.tags, func(t tag) bool { return t.from >= from })
			r.tags = append(r.tags, tag{from: from, to: last, phrase: phrase{use: useEmpty}, as: "puts together by " + field})
			return
		}
	}
}

// between returns the text of some words.
func (r *reader) between(from, to int) string {
	return r.question[r.words[from].start:r.words[to-1].end]
}

// rowsBefore reports whether the words before one ask for rows that can be put together.
func (r *reader) rowsBefore(word int) bool {
	return slices.ContainsFunc(r.tags, func(t tag) bool {
		return t.to <= word && (t.use == useNoun && t.value == "studies" || t.use == useRelation && t.value == "results")
	}) && !slices.ContainsFunc(r.tags, func(t tag) bool { return t.from < word && t.to > word })
}

// rateBefore reports whether what stands before a word is counted by the year: "exacerbations per year".
func (r *reader) rateBefore(word int) bool {
	return slices.ContainsFunc(r.tags, func(t tag) bool { return t.to == word && len(t.concepts)+len(t.names) > 0 })
}

// grouped puts the rows of a query together; nil where it has none.
func grouped(sel syntax.Selection, by string) *syntax.Query {
	q := &syntax.Query{Selection: sel, Steps: []syntax.Step{{Name: "group", By: by}}}
	switch x := sel.(type) {
	case nil:
		q.Selection = &syntax.Match{Noun: "findings"}
	case *syntax.Match:
	case *syntax.Count:
		q.Selection = &syntax.Match{Noun: x.Noun, Where: x.Where}
	default:
		return nil
	}
	return q
}

// group is the rows of one value.
type group struct {
	name string // "" where it is not stated
	size int    // rows
	row  Row    // what is shown of it
}

// inOrder puts groups in the order in which they are shown, numbers as they rise and others the largest first, with what is not stated last,
// and says which they are.
func (j *job) inOrder(groups []group, by string) []Row {
	slices.SortStableFunc(groups, func(a, b group) int {
		if (a.name == "") != (b.name == "") {
			return cmp.Compare(len(b.name), len(a.name))
		}
		if x, err := quantity.ParseDecimal(a.name); err == nil {
			if y, err := quantity.ParseDecimal(b.name); err == nil {
				return quantity.Compare(x, y)
			}
		}
		return cmp.Or(b.size-a.size, strings.Compare(a.name, b.name))
	})
	var rows []Row
	var first []string
	rest := ""
	for _, g := range groups {
		name := cmp.Or(g.name, notStated)
		if by == "design" && name == "none" { // the allocation
			name = "without a comparison group"
		}
		switch said := name + " (" + itoa(g.size) + ")"; {
		case g.name == "":
			rest = "; " + said
		case len(first) < mostGroupsSaid:
			first = append(first, said)
		}
		g.row.Cells[0] = name
		rows = append(rows, g.row)
	}
	n := len(groups)
	if rest != "" {
		n--
	}
	j.answer.Text = upperFirst(inWords(n)) + " " + plural("group", decimal(n)) + " by " + by + ": " + strings.Join(first, ", ")
	if n -= len(first); n > 0 {
		j.answer.Text += " and " + inWords(n) + " more"
	}
	j.answer.Text = strings.TrimSuffix(j.answer.Text, ": ") + rest
	j.answer.Text += "."
	return rows
}

const (
	notStated = "not stated"
	// mostGroupsSaid is how many groups are named in the sentence of an answer
	mostGroupsSaid = 5
)
