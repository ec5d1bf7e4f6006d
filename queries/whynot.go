package queries

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/queries/syntax"
)

// Absence tells why something is not among the rows of an answer.
type Absence struct {
	Name       string
	Text       string // the reason in a sentence or two
	Conditions []Holding
}

// Holding tells how one condition of a query stands to the thing that is not in its answer.
type Holding struct {
	Condition string
	Alone     int // rows about the thing that meet this condition, the others left out
	Without   int // rows about the thing that meet all the others
}

// ErrNoQuery is the error of WhyNot when the answer is not that of a query with conditions.
var ErrNoQuery = errors.New("the last answer is not that of a query with conditions")

// WhyNot tells why a study, an intervention, an outcome or a population is not in an answer: it tries every condition of
// the answer's query alone, and leaves every one out. The error is graph.ErrNotFound when nothing in the graph has that
// name, and ErrNoQuery when the query has no conditions.
func (e *Engine) WhyNot(ctx context.Context, a *Answer, name string) (*Absence, error) {
	q, err := syntax.Parse(a.Query)
	if err != nil {
		return nil, ErrNoQuery
	}
	q = narrowed(q)
	var where syntax.Condition
	noun := "findings"
	switch s := q.Selection.(type) {
	case *syntax.Match:
		noun, where = s.Noun, s.Where
	case *syntax.Count:
		noun, where = s.Noun, s.Where
	case *syntax.Compare:
		where = syntax.Join(syntax.Is("intervention", s.A.Text), syntax.Is("comparator", s.B.Text), s.Where)
		if len(s.On) > 0 {
			where = syntax.Join(where, &syntax.Test{Field: "outcome", Relation: syntax.Is("outcome").Relation, Values: s.On})
		}
	}
	if where == nil {
		return nil, ErrNoQuery
	}
	it, err := e.conditionOf(ctx, name)
	if err != nil {
		return nil, err
	}
	count := func(conditions ...syntax.Condition) (int, error) {
		found, err := e.Run(ctx, &syntax.Query{Selection: &syntax.Match{Noun: noun, Where: syntax.Join(append([]syntax.Condition{it}, conditions...)...)}})
		if err != nil {
			return 0, fmt.Errorf("looking for %s: %w", name, err)
		}
		return found.RowCount(), nil
	}
	out := &Absence{Name: name}
	all, err := count(where)
	if err != nil {
		return nil, err
	}
	if all > 0 {
		out.Text = fmt.Sprintf("%s is in the answer: %s.", name, counted(all, "row"))
		return out, nil
	}
	if whole, err := count(); err != nil || whole == 0 {
		out.Text = fmt.Sprintf("There are no %s about %s at all.", noun, name)
		return out, err
	}
	conditions := syntax.Conjuncts(where)
	for i, c := range conditions {
		h := Holding{Condition: c.String()}
		if h.Alone, err = count(c); err != nil {
			return nil, err
		}
		if h.Without, err = count(slices.Delete(slices.Clone(conditions), i, i+1)...); err != nil {
			return nil, err
		}
		out.Conditions = append(out.Conditions, h)
	}
	out.Text = out.reason(noun) + nearReason(a, name)
	return out, nil
}

// reason puts the conditions that exclude something into words.
func (a *Absence) reason(noun string) string {
	var never, only []string
	for _, h := range a.Conditions {
		switch {
		case h.Alone == 0:
			never = append(never, h.Condition)
		case h.Without > 0:
			only = append(only, h.Condition)
		}
	}
	switch {
	case len(never) > 0:
		return fmt.Sprintf("Of the %s about %s none meets the condition %s.", noun, a.Name, strings.Join(never, ", nor "))
	case len(only) > 0:
		return fmt.Sprintf("Some of the %s about %s meet each condition, but none meets all at once; without %s there would be some.", noun, a.Name, strings.Join(only, ", or without "))
	}
	return fmt.Sprintf("Some of the %s about %s meet each condition, but none meets all at once.", noun, a.Name)
}

// nearReason returns what the answer's near misses say of something.
func nearReason(a *Answer, name string) string {
	for _, n := range a.Near {
		about := strings.Contains(strings.ToLower(n.What), strings.ToLower(name)) || slices.ContainsFunc(n.Findings, func(f Finding) bool { return strings.EqualFold(f.Study, name) })
		if about && n.Why != "" {
			return fmt.Sprintf(" Near, not counted: %s.", strings.TrimSuffix(n.Why, "."))
		}
	}
	return ""
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// conditionOf returns the condition that a thing of that name is meant.
func (e *Engine) conditionOf(ctx context.Context, name string) (syntax.Condition, error) {
	found, err := e.Graph.Lookup(ctx, name)
	if err != nil {
		return nil, err
	}
	has := func(types ...string) bool {
		return slices.ContainsFunc(found, func(n graph.Name) bool { return slices.Contains(types, n.Type) })
	}
	switch {
	case has("study", "registration"):
		return syntax.Is("study", name), nil
	case has("arm", "intervention", "drug"):
		return syntax.Is("intervention", name), nil
	case has("population"):
		return syntax.Is("population", name), nil
	case has("condition"):
		return syntax.Is("condition", name), nil
	case len(found) > 0:
		return syntax.Is("outcome", name), nil
	}
	return nil, fmt.Errorf("nothing in the graph is called %q: %w", name, graph.ErrNotFound)
}
