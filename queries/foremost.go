package queries

import (
	"slices"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// numbered are the fields by whose numbers rows can be put in order before they are read, with the properties that have them: no row
// of a document goes further than the furthest of these.
var numbered = map[string][]string{
	"n":    {"pg:nRandomized", "pg:n", "pg:nAnalyzed", "pico:numberOfParticipants"},
	"p":    {"pg:p"},
	"year": {"fabio:hasPublicationYear"},
}

// byNumber returns the first step by which rows are put in the order of a number, or nil.
func (j *job) byNumber() *syntax.Step {
	for i := range j.query.Steps {
		if s := &j.query.Steps[i]; s.Name == "order" {
			if numbered[s.By] == nil {
				return nil
			}
			return s
		}
	}
	return nil
}

// foremost returns of many studies about the first n in the order in which they are to be shown: by the number that the query says,
// else by source. By a number these are the ones that can have it; see furthest.
func (j *job) foremost(s *sieve, studies graph.Set, n int) graph.Set {
	order := j.byNumber()
	if order == nil || studies.Len() <= n {
		return s.keep(s.sets.First(j.ctx, studies, n))
	}
	all, err := s.sets.Extremes(j.ctx, s.keep(s.sets.Told(studies)), order.Descending, numbered[order.By]...)
	if err != nil {
		s.keep(nil, err)
		return nil
	}
	j.step(len(all), "documents have a number to order by %s", order.By)
	out := graph.Set(nil)
	for i, x := range all {
		if out.Len() >= n {
			j.beyond = &all[i].Number
			break
		}
		out = out.Or(s.keep(s.sets.Studies(x.Document)).And(studies))
	}
	if j.beyond == nil && out.Len() < n { // those that do not state the number come last
		out = out.Or(s.keep(s.sets.First(j.ctx, studies.Without(out), n-out.Len())))
	}
	return out
}

// furthest leaves out the rows that may stand behind some that were not read: of what is in the order of a number, those that do
// not go as far as the first number that was not read.
func (j *job) furthest(rows []Row, columns []string) []Row {
	order := j.byNumber()
	if j.beyond == nil || order == nil {
		return rows
	}
	return slices.DeleteFunc(rows, func(r Row) bool {
		k := j.orderKey(order.By, columns, r)
		if len(k) == 0 {
			return true
		}
		d, err := quantity.ParseDecimal(k[0])
		if err != nil {
			return true
		}
		x := d.Float()
		if order.Descending {
			return x < *j.beyond
		}
		return x > *j.beyond
	})
}
