package syntax

import (
	"strings"

	"github.com/picograph/picograph/graph/quantity"
)

// Query is one query: a selection, then steps.
type Query struct {
	Span      Span
	Selection Selection
	Steps     []Step
}

// Selection is what a query asks for: *Match, *Compare, *Show, *Attributes, *Count or *Check.
type Selection interface {
	String() string
	selection()
}

// Match lists interventions, findings, studies, reports, outcomes, populations or predictors.
type Match struct {
	Span  Span
	Noun  string
	Where Condition // nil: all
}

// Compare asks for the findings that compare A with B.
type Compare struct {
	Span  Span
	A, B  Value
	On    []Value // outcomes; empty: all
	Where Condition
}

// Count counts what Match would list.
type Count struct {
	Span  Span
	Noun  string
	Where Condition
}

// Show asks for the card of one thing. Subject is empty when the name alone must tell.
type Show struct {
	Span    Span
	Subject string
	Name    Value
}

// Attributes asks what is stated of one thing. Names are words as written, in lower case.
type Attributes struct {
	Span    Span
	Names   []string
	Subject string
	Of      []Value // empty: those that meet Where
	Where   Condition
}

// Check asks for the arithmetic of a study; without names, of all.
type Check struct {
	Span Span
	Of   []Value
}

// Condition is *And, *Or, *Not or *Test.
type Condition interface {
	String() string
	condition()
}

// And holds when both its sides do.
type And struct{ Left, Right Condition }

// Or holds when one of its sides does.
type Or struct{ Left, Right Condition }

// Not holds when its condition does not.
type Not struct{ Of Condition }

// Test compares a field with values, of which one must fit. With a Criterion there are no values.
type Test struct {
	Span      Span
	Field     string
	Relation  quantity.Relation // Equal for "is", Not for "is not", or one of the numeric ones; Has for a criterion
	Exactly   bool              // narrower concepts do not count
	Values    []Value
	Criterion *Criterion
}

// Criterion is a comparable statement about people: "dose >= 90 MME/day".
type Criterion struct {
	Span     Span
	Variable Value
	Relation quantity.Relation
	Value    Value
	High     Value // of between
}

// Value is a name, a word, or a number with a unit.
type Value struct {
	Span   Span
	Text   string           // of a name or word
	Number quantity.Decimal // present for a number
	Unit   string
}

// Step is what is done with the rows: further conditions, an order, groups, columns, a limit.
type Step struct {
	Span       Span
	Name       string // where, group, order, limit, show
	Where      Condition
	Columns    []Column // of show
	By         string
	And        string // the second field of group, "" for none
	Descending bool
	N          int
}

// Column is one thing that a show step shows: a field, "count", or a statistic of a field.
type Column struct {
	Statistic string // "", count, mean, median, min, max
	Field     string // "" for count
}

// Statistics are the words that a show step takes before a number's field.
func Statistics() []string { return []string{"mean", "median", "min", "max"} }

// String returns the column as it is written.
func (c Column) String() string { return strings.TrimSpace(c.Statistic + " " + c.Field) }

func (*Match) selection()      {}
func (*Compare) selection()    {}
func (*Count) selection()      {}
func (*Show) selection()       {}
func (*Attributes) selection() {}
func (*Check) selection()      {}

func (*And) condition()  {}
func (*Or) condition()   {}
func (*Not) condition()  {}
func (*Test) condition() {}

// String returns the query in its canonical form.
func (q *Query) String() string {
	var b strings.Builder
	if q.Selection != nil {
		b.WriteString(q.Selection.String())
	}
	for _, s := range q.Steps {
		b.WriteString(" | " + s.String())
	}
	return b.String()
}

// String returns the value as it is written: quoted where it has to be.
func (v Value) String() string {
	if v.Number.Present() {
		if v.Unit == "" {
			return string(v.Number)
		}
		return string(v.Number) + " " + Quote(v.Unit)
	}
	return Quote(v.Text)
}

// Groups returns the one or two fields of a group step as they are written.
func (s Step) Groups() string {
	if s.And == "" {
		return s.By
	}
	return s.By + ", " + s.And
}

// String returns the step without its bar.
func (s Step) String() string {
	switch s.Name {
	case "order":
		if s.Descending {
			return "order by " + s.By + " desc"
		}
		return "order by " + s.By
	case "where":
		return "where " + s.Where.String()
	case "group":
		return "group by " + s.Groups()
	case "show":
		out := make([]string, len(s.Columns))
		for i, c := range s.Columns {
			out[i] = c.String()
		}
		return "show " + strings.Join(out, ", ")
	default:
		return s.Name + " " + string(quantity.FromInt(s.N))
	}
}

// String returns the selection in its canonical form.
func (m *Match) String() string { return m.Noun + where(m.Where) }

// String returns the selection in its canonical form.
func (c *Count) String() string { return "count " + c.Noun + where(c.Where) }

// String returns the selection in its canonical form.
func (c *Compare) String() string {
	s := "compare " + c.A.String() + " with " + c.B.String()
	if len(c.On) > 0 {
		s += " on " + values(c.On, " or ")
	}
	return s + where(c.Where)
}

// String returns the selection in its canonical form.
func (s *Show) String() string {
	if s.Subject == "" {
		return "show " + s.Name.String()
	}
	return "show " + s.Subject + " " + s.Name.String()
}

// String returns the selection in its canonical form.
func (a *Attributes) String() string {
	s := strings.Join(a.Names, ", ") + " of " + a.Subject
	switch {
	case len(a.Of) > 0:
		s += " " + values(a.Of, " or ")
	case a.Where == nil:
		return strings.Join(a.Names, ", ") + " of studies"
	}
	return s + where(a.Where)
}

// String returns the selection in its canonical form.
func (c *Check) String() string {
	if len(c.Of) == 0 {
		return "check"
	}
	return "check study " + values(c.Of, " or ")
}

// String returns the condition in its canonical form.
func (a *And) String() string { return group(a.Left, 1) + " and " + group(a.Right, 2) }

// String returns the condition in its canonical form.
func (o *Or) String() string { return group(o.Left, 0) + " or " + group(o.Right, 1) }

// String returns the condition in its canonical form.
func (n *Not) String() string { return "not " + group(n.Of, 3) }

// String returns the condition in its canonical form.
func (t *Test) String() string {
	if t.Criterion != nil {
		return t.Field + " has " + t.Criterion.String()
	}
	switch t.Relation {
	case quantity.Equal:
		if t.Exactly {
			return t.Field + " is exactly " + values(t.Values, " or ")
		}
		return t.Field + " is " + values(t.Values, " or ")
	case quantity.Between:
		return t.Field + " between " + values(t.Values, " and ")
	case quantity.Not:
		return t.Field + " is not " + values(t.Values, " or ")
	}
	return t.Field + " " + string(t.Relation) + " " + values(t.Values, " or ")
}

// String returns the criterion in its canonical form.
func (c *Criterion) String() string {
	s := c.Variable.String() + " " + string(c.Relation) + " " + c.Value.String()
	if c.Relation == quantity.Between {
		s += " and " + c.High.String()
	}
	return s
}

// group puts a condition in brackets where its place binds more tightly than it does.
func group(c Condition, place int) string {
	binds := 3
	switch c.(type) {
	case *Or:
		binds = 0
	case *And:
		binds = 1
	case *Not:
		binds = 2
	}
	if binds < place {
		return "(" + c.String() + ")"
	}
	return c.String()
}

func where(c Condition) string {
	if c == nil {
		return ""
	}
	return " where " + c.String()
}

func values(vs []Value, sep string) string {
	out := make([]string, len(vs))
	for i, v := range vs {
		out[i] = v.String()
	}
	return strings.Join(out, sep)
}

// Tests calls f for every test in a condition, left to right.
func Tests(c Condition, f func(*Test)) {
	switch c := c.(type) {
	case *And:
		Tests(c.Left, f)
		Tests(c.Right, f)
	case *Or:
		Tests(c.Left, f)
		Tests(c.Right, f)
	case *Not:
		Tests(c.Of, f)
	case *Test:
		f(c)
	}
}

// Conjuncts returns the conditions that must all hold.
func Conjuncts(c Condition) []Condition {
	switch c := c.(type) {
	case nil:
		return nil
	case *And:
		return append(Conjuncts(c.Left), Conjuncts(c.Right)...)
	}
	return []Condition{c}
}

// Join returns the condition that holds when all of cs do; nil when there are none.
func Join(cs ...Condition) Condition {
	var out Condition
	for _, c := range cs {
		for _, part := range Conjuncts(c) {
			if out == nil {
				out = part
			} else {
				out = &And{out, part}
			}
		}
	}
	return out
}

// Is returns the test that a field is one of some names.
func Is(field string, names ...string) *Test {
	t := &Test{Field: field, Relation: quantity.Equal}
	for _, n := range names {
		t.Values = append(t.Values, Value{Text: n})
	}
	return t
}
