package check

import (
	"fmt"
	"math"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// sample is an arm's mean with its spread and size.
type sample struct {
	mean, sd, n float64
	shown       string
}

// sampleOf returns the mean, standard deviation and size that a finding of one arm prints.
func (s *subject) sampleOf(f *evidence.Finding) (sample, bool) {
	for i := range f.Estimates {
		e := &f.Estimates[i]
		mean := e.Mean
		if !mean.Present() && e.Measure == "mean change" {
			mean = e.Value
		}
		n, ok := e.N.Int()
		if !ok && len(f.Arm) == 1 {
			if a, found := s.arm(f.Arm[0]); found {
				n, ok = a.N.Int()
			}
		}
		if mean.Present() && e.SD.Present() && e.SD.Float() > 0 && ok && n > 1 {
			return sample{mean.Float(), e.SD.Float(), float64(n), fmt.Sprintf("%s (SD %s, n %d)", mean, e.SD, n)}, true
		}
	}
	return sample{}, false
}

// fractionOf returns the events and size that a finding of one arm prints, in whole people.
func fractionOf(f *evidence.Finding) (x, n int, shown string, ok bool) {
	for i := range f.Estimates {
		e := &f.Estimates[i]
		total := e.Total
		if !total.Present() {
			total = e.N
		}
		x, okX := e.Events.Int()
		n, okN := total.Int()
		if isShare(e.Measure) && okX && okN && n > 0 && x >= 0 && x <= n {
			return x, n, fmt.Sprintf("%d/%d", x, n), true
		}
	}
	return 0, 0, "", false
}

// farApart is the factor by which two P values must differ to be told of: other tests, ties, a cluster design and
// covariates move a P value by less.
const farApart = 10

// checkArmsP works a P value out from what is printed of two arms: Welch's t test of means with standard deviations,
// Pearson's and Fisher's test of counts. Authors adjust, and use other tests: a difference is explainable at most.
func checkArmsP(s *subject, f *evidence.Finding) {
	if !f.P.Value.Present() || !tested(f) {
		return
	}
	a, b, ok := s.pair(f)
	if !ok {
		return
	}
	var least, most float64
	var how string
	if x, okX := s.sampleOf(a); okX {
		y, okY := s.sampleOf(b)
		if !okY {
			return
		}
		va, vb := x.sd*x.sd/x.n, y.sd*y.sd/y.n
		t := (x.mean - y.mean) / math.Sqrt(va+vb)
		df := (va + vb) * (va + vb) / (va*va/(x.n-1) + vb*vb/(y.n-1))
		p := studentP(t, df)
		least, most = p, p
		how = fmt.Sprintf("%s against %s: t = %s with %s degrees of freedom, P %s", x.shown, y.shown, show(t), show(df), showP(p))
	} else if x, n, shownX, okX := fractionOf(a); okX {
		y, m, shownY, okY := fractionOf(b)
		if !okY {
			return
		}
		pearson := tableP(float64(x), float64(n), float64(y), float64(m))
		if math.IsNaN(pearson) {
			return
		}
		fisher := pearson // the same where there are many
		if n+m <= 20_000 {
			fisher = exactP(x, n, y, m)
		}
		least, most = math.Min(pearson, fisher), math.Max(pearson, fisher)
		how = fmt.Sprintf("%s against %s: chi-square P %s, exact P %s", shownX, shownY, showP(pearson), showP(fisher))
	} else {
		return
	}
	printed := fmt.Sprintf("P %s %s", relation(f.P), f.P.Value)
	switch {
	case allows(f.P, least/farApart, most*farApart):
		s.add(Consistent, fmt.Sprintf("%s is of the size that the arms' values give", printed), how)
	default:
		text := fmt.Sprintf("%s; the arms' values alone give P %s", printed, showP(most))
		if showP(least) != showP(most) {
			text = fmt.Sprintf("%s; the arms' values alone give P %s to %s", printed, showP(least), strings.TrimPrefix(showP(most), "= "))
		}
		s.add(Explainable, text+"; adjustment, pairing, clustering or another test can account for it", how)
	}
}

// checkSpreads compares the interval of a mean difference with what the arms' standard deviations give. A standard
// error printed as a standard deviation, the most frequent slip in such tables, shows as an interval that is wider by the
// root of the sample size.
func checkSpreads(s *subject, f *evidence.Finding) {
	a, b, ok := s.pair(f)
	if !ok {
		return
	}
	x, okX := s.sampleOf(a)
	y, okY := s.sampleOf(b)
	if !okX || !okY {
		return
	}
	for i := range f.Estimates {
		e := &f.Estimates[i]
		m, ok := s.measure(e.Measure)
		if !ok || m.ID != "MD" || m.Scale != vocab.ScaleDifference || !bounded(e) || e.CI.High.Float() <= e.CI.Low.Float() {
			continue
		}
		printed := (e.CI.High.Float() - e.CI.Low.Float()) / (2 * deviate(1-level(e.CI).Float()/100))
		asSD := math.Sqrt(x.sd*x.sd/x.n + y.sd*y.sd/y.n)
		asSE := math.Sqrt(x.sd*x.sd + y.sd*y.sd)
		how := fmt.Sprintf("standard error from the interval %s; from the standard deviations %s; were they standard errors %s", show(printed), show(asSD), show(asSE))
		switch ratio := printed / asSD; {
		case ratio > 1.0/3 && ratio < 3:
			s.add(Consistent, fmt.Sprintf("the interval (%s) has the width that the standard deviations give", ends(e.CI)), how)
		case printed/asSE > 0.5 && printed/asSE < 2:
			s.add(Explainable, fmt.Sprintf("the interval (%s) is %s times as wide as the standard deviations give; it fits if %s and %s are standard errors",
				ends(e.CI), show(ratio), show(x.sd), show(y.sd)), how)
		default:
			s.add(Explainable, fmt.Sprintf("the interval (%s) is %s times as wide as the standard deviations give; adjustment, pairing or clustering can account for it",
				ends(e.CI), show(ratio)), how)
		}
	}
}
