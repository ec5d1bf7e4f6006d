package check

import (
	"fmt"
	"math"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// wholeCount recognises outcomes of which each person has a whole number.
var wholeCount = lazyregexp.New(`(?i)^(?:(?:mean|average|total)\s)*(?:numbers?|counts?|no\.) of\b|\b(?:visits|admissions|falls|episodes|attacks|children|pregnancies|teeth|pills|cigarettes|sessions|relapses|seizures|exacerbations) (?:per (?:person|patient|participant)|attended)\b`)

// perTime recognises rates, which need not be whole.
var perTime = lazyregexp.New(`(?i)\b(?:per|a|each) (?:day|week|month|year|hour|100|1,?000)\b|\brate\b|/(?:day|week|month|year|d|wk|mo|y)\b`)

// checkWhole tests whether whole numbers can have the printed mean: with n people the sum is a whole number, so that the
// mean is one of its parts by n.
func checkWhole(s *subject, f *evidence.Finding) {
	for i := range f.Estimates {
		e := &f.Estimates[i]
		n, ok := e.N.Int()
		if !ok || n <= 0 || !e.Mean.Present() || e.Adjusted || float64(n) >= math.Pow10(e.Mean.Places()) {
			continue // with so many people every mean is possible
		}
		if !wholeCount.MatchString(f.Outcome.Text) || perTime.MatchString(f.Outcome.Text) {
			return
		}
		sum := e.Mean.Float() * float64(n)
		low, high := math.Floor(sum), math.Ceil(sum)
		how := fmt.Sprintf("%s x %d = %s; %s / %d = %s, %s / %d = %s", e.Mean, n, show(sum), show(low), n, show(low/float64(n)), show(high), n, show(high/float64(n)))
		if printsAs(low/float64(n), e.Mean) || printsAs(high/float64(n), e.Mean) {
			s.add(Consistent, fmt.Sprintf("a mean of %s is possible for whole numbers of %d people", e.Mean, n), how)
			continue
		}
		s.add(Explainable, fmt.Sprintf("no whole numbers of %d people have a mean of %s; a mean of fewer, or numbers that are not whole, can account for it", n, e.Mean), how)
	}
}
