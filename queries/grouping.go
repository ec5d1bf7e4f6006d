package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// groupJoins are the words before them, the longest first.
var groupJoins = []string{"grouped by", "according to", "for each", "in each", "by", "per"}

// grouping takes from the end of a question what its rows are to be put together by, one field or two: "by country and year".
func (r *reader) grouping() {
	if r.mostCommon() {
		return
	}
	last := len(r.words)
	for _, n := range []int{2, 1} { // the longest names first
		at := last - n
		if at < 2 {
			continue
		}
		field := formsOf("group")[key(r.between(at, last))]
		if field == "" {
			continue
		}
		first := at - 2 // "by A and B", "per A per B", "by A and by B"
		for first > 0 && (emptyWords[r.normAt(first)] || slices.Contains(groupJoins, r.normAt(first))) {
			first--
		}
		other := formsOf("group")[r.normAt(first)]
		joined := first > 1 && slices.Contains([]string{"and", "per", "by"}, r.normAt(first+1)) && other != "" && other != field
		if joined && r.groupedFrom(first, []string{other, field}) || r.groupedFrom(at, []string{field}) {
			return
		}
	}
}

// mostCommon takes "the most common outcomes" for the rows put together by what is to be counted.
func (r *reader) mostCommon() bool {
	for i := range r.words {
		if r.normAt(i) != "most" || !slices.Contains([]string{"common", "frequent", "commonly", "frequently", "often", "popular"}, r.normAt(i+1)) {
			continue
		}
		j := i + 2
		if slices.Contains([]string{"measured", "assessed", "reported", "used", "studied", "tested"}, r.normAt(j)) {
			j++
		}
		field, from := formsOf("group")[r.normAt(j)], i
		if b := r.normAt(i - 1); field == "" && i > 1 && (b == "are" || b == "is" || b == "were" || b == "was") { // "which outcomes are most often measured"
			field, from, j = formsOf("group")[r.normAt(i-2)], i-2, j-1
		}
		if field == "" || slices.ContainsFunc(r.tags, func(t tag) bool { return t.from < from && t.to > from || t.from <= j && t.to > j+1 }) {
			continue
		}
		r.group = []string{field}
		at := slices.IndexFunc(r.tags, func(t tag) bool { return t.from >= from })
		r.tags = slices.DeleteFunc(r.tags, func(t tag) bool { return t.from >= from && t.from <= j })
		r.tags = slices.Insert(r.tags, at, tag{from: from, to: j + 1, phrase: phrase{use: useEmpty}, as: "puts together by " + field})
		return true
	}
	return false
}

// groupedFrom notes the fields that rows are put together by, where a word for that stands before their names, which begin at a word.
func (r *reader) groupedFrom(at int, fields []string) bool {
	for _, join := range groupJoins {
		from := at - len(norms(join))
		if from < 1 || key(r.between(from, at)) != key(join) || !r.rowsBefore(from) || fields[0] == "year" && r.rateBefore(from) {
			continue
		}
		r.group = fields
		r.tags = slices.DeleteFunc(r.tags, func(t tag) bool { return t.from >= from })
		r.tags = append(r.tags, tag{from: from, to: len(r.words), phrase: phrase{use: useEmpty}, as: "puts together by " + strings.Join(fields, ", ")})
		return true
	}
	return false
}

// between returns the text of some words.
func (r *reader) between(from, to int) string {
	return r.question[r.words[from].start:r.words[to-1].end]
}

// rowsBefore reports whether the words before one ask for rows that can be put together.
func (r *reader) rowsBefore(word int) bool {
	return slices.ContainsFunc(r.tags, func(t tag) bool {
		return t.to <= word && (t.use == useNoun && t.value == "studies" || t.use == useDesign || t.use == useKind && len(kindDesigns(t.value)) > 0 || t.use == useRelation && t.value == "results")
	}) && !slices.ContainsFunc(r.tags, func(t tag) bool { return t.from < word && t.to > word })
}

// rateBefore reports whether what stands before a word is counted by the year: "exacerbations per year".
func (r *reader) rateBefore(word int) bool {
	return slices.ContainsFunc(r.tags, func(t tag) bool {
		return t.to == word && (len(t.names) > 0 || len(r.vocab.Named(r.text(t), vocab.TypeOutcome)) > 0 && !r.onlyGiven(t.concepts))
	})
}

// grouped puts the rows of a query together; nil where it has none.
func grouped(sel syntax.Selection, by []string) *syntax.Query {
	step := syntax.Step{Name: "group", By: by[0]}
	if len(by) > 1 {
		step.And = by[1]
	}
	q := &syntax.Query{Selection: sel, Steps: []syntax.Step{step}}
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
func (j *job) inOrder(groups []group, by []string) []Row {
	slices.SortStableFunc(groups, func(a, b group) int {
		if a.unstated() != b.unstated() {
			return compareBool(a.unstated(), b.unstated())
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
		names := strings.Split(g.name, groupSign)
		for i := range names {
			names[i] = cmp.Or(names[i], notStated)
			if by[i] == "design" && names[i] == "none" { // the allocation
				names[i] = "without a comparison group"
			}
			g.row.Cells[i] = names[i]
		}
		switch said := strings.Join(names, " / ") + " (" + itoa(g.size) + ")"; {
		case g.unstated():
			rest = "; " + notStated + " (" + itoa(g.size) + ")"
		case len(first) < mostGroupsSaid:
			first = append(first, said)
		}
		rows = append(rows, g.row)
	}
	n := len(groups)
	if rest != "" {
		n--
	}
	j.answer.Text = upperFirst(inWords(n)) + " " + plural("group", decimal(n)) + " by " + strings.Join(by, " and ") + ": " + strings.Join(first, ", ")
	if n -= len(first); n > 0 {
		j.answer.Text += " and " + inWords(n) + " more"
	}
	j.answer.Text = strings.TrimSuffix(j.answer.Text, ": ") + rest
	j.answer.Text += "."
	return rows
}

// unstated reports whether the rows of a group state nothing of what they are put together by.
func (g group) unstated() bool { return strings.Trim(g.name, groupSign) == "" }

const (
	notStated = "not stated"
	// groupSign stands between the two names of a group by two fields
	groupSign = "\x1f"
	// mostGroupsSaid is how many groups are named in the sentence of an answer
	mostGroupsSaid = 5
)
