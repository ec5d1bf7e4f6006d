package check

import (
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// usual is the level of significance where a report states none.
const usual = 0.05

func checkSignificance(s *subject, f *evidence.Finding) {
	if f.Significant == nil {
		return
	}
	word := "not significant"
	said := showsNot
	if *f.Significant {
		word, said = "significant", shows
	}
	if f.P.Value.Present() {
		if p := pSide(f.P, usual); p != unclear {
			s.weighP(f, word, said, p)
		}
		return
	}
	for i := range f.Estimates {
		e := &f.Estimates[i]
		m, ok := s.measure(e.Measure)
		if !ok || !m.Null.Present() || !bounded(e) || !ordinary(e) {
			continue
		}
		ci := intervalSide(e.CI, m.Null.Float())
		how := fmt.Sprintf("no effect is %s; %s", m.Null, ends(e.CI))
		switch {
		case ci == unclear:
		case ci == said:
			s.add(Consistent, fmt.Sprintf("called %s; the interval (%s) agrees", word, ends(e.CI)), how)
		case said == shows:
			s.add(Inconsistent, fmt.Sprintf("called significant, but the interval (%s) includes no difference", ends(e.CI)), how)
		default:
			s.add(Explainable, fmt.Sprintf("called not significant, but the interval (%s) leaves no difference out; a stricter level can account for it", ends(e.CI)), how)
		}
		return
	}
}

func (s *subject) weighP(f *evidence.Finding, word string, said, p side) {
	printed := fmt.Sprintf("P %s %s", relation(f.P), f.P.Value)
	how := fmt.Sprintf("%s against %.2f", printed, usual)
	switch {
	case p == said:
		s.add(Consistent, fmt.Sprintf("called %s; %s agrees", word, printed), how)
	case said == showsNot:
		s.add(Explainable, fmt.Sprintf("called not significant with %s; a stricter level can account for it", printed), how)
	case f.P.Value.Float() <= 0.1+tiny:
		s.add(Explainable, fmt.Sprintf("called significant with %s; a level of 0.10, or a one-sided test, can account for it", printed), how)
	default:
		s.add(Inconsistent, fmt.Sprintf("called significant with %s", printed), how)
	}
}

// downWords are words in print that carry the sign of a change, so that the number does not.
var (
	downWords = lazyregexp.New(`(?i)reduc|decreas|declin|drop|fell|fall|lower|less|fewer|loss|lost|improv|reliev|shrank|shorten|\bcut|small|benefit|invers|protect|better|favou?r`)
	upWords   = lazyregexp.New(`(?i)increas|higher|greater|larger|more|longer|rose|rise|gain|grew|improv|benefit|better|likel|favou?r`)
)

func checkDirection(s *subject, f *evidence.Finding) {
	want := 0
	switch f.Direction {
	case evidence.Increased:
		want = 1
	case evidence.Decreased:
		want = -1
	default:
		return
	}
	for i := range f.Estimates {
		e := &f.Estimates[i]
		if f.Kind == evidence.WithinArm {
			if d, ok := beforeAfter(e); ok {
				s.weighMeans(f, d, want)
				return
			}
		}
		m, ok := s.measure(e.Measure)
		if !ok || !m.Null.Present() || !e.Value.Present() || m.Scale == vocab.ScaleShare || m.Scale == vocab.ScaleCoefficient || m.ID == "HR" {
			continue // a hazard ratio is of an event, where the outcome named is often the time free of it
		}
		here := sign(e.Value, m.Null)
		how := fmt.Sprintf("%s against %s", e.Value, m.Null)
		switch {
		case here == 0:
		case here == want:
			s.add(Consistent, fmt.Sprintf("%s; %s %s agrees", f.Direction, e.Measure, e.Value), how)
		case want > 0 && says(downWords, f, e), want < 0 && m.Scale != vocab.ScaleDifference && says(upWords, f, e):
			// told of something that went the other way beside it: which is meant does not show
		case want < 0 && m.Scale != vocab.ScaleRatio && says(downWords, f, e):
			s.add(Consistent, fmt.Sprintf("%s; the word carries the sign of %s", f.Direction, e.Value), how)
		case f.Kind == evidence.WithinArm:
			s.add(Explainable, fmt.Sprintf("told as %s, but the %s is %s; the word may carry the sign", f.Direction, e.Measure, e.Value), how)
		default:
			s.add(Explainable, fmt.Sprintf("told as %s, but the %s is %s; the arms, or the outcome, may be counted the other way round",
				f.Direction, e.Measure, e.Value), how)
		}
		return
	}
}

// says reports whether the print around an estimate has one of the words.
func says(words *lazyregexp.Regexp, f *evidence.Finding, e *evidence.Estimate) bool {
	if words.MatchString(e.Printed) {
		return true
	}
	for _, p := range f.Passages {
		if words.MatchString(p.Text) {
			return true
		}
	}
	return false
}

func (s *subject) weighMeans(f *evidence.Finding, d number, want int) {
	how := fmt.Sprintf("%s = %s", d.shown, show(d.v))
	switch {
	case d.v == 0:
	case (d.v > 0) == (want > 0):
		s.add(Consistent, fmt.Sprintf("%s; the means before and after agree", f.Direction), how)
	default:
		s.add(Explainable, fmt.Sprintf("told as %s, but the mean went the other way; the word may be of something else", f.Direction), how)
	}
}

// signDoubt recognises the part of a doubt that is about a sign.
var signDoubt = lazyregexp.New(`(?i)\bsigns?\b|minus|[≥≤≠−]`)

// signs returns the parts of a doubt that are about signs.
func signs(doubt string) string {
	var out []string
	for _, part := range strings.Split(doubt, ";") {
		if part = strings.TrimSpace(part); signDoubt.MatchString(part) {
			out = append(out, part)
		}
	}
	return strings.Join(out, "; ")
}

func checkStudySigns(s *subject) {
	for _, p := range s.study.Populations {
		for _, c := range p.Criteria {
			if d := signs(c.Doubt); d != "" {
				passages := c.Passages
				if len(passages) == 0 {
					passages = p.Passages
				}
				s.addField("populations/"+p.ID, Explainable, quoted(c.Printed)+d, fmt.Sprintf("read as %s %s %s %s", c.Variable, c.Relation, c.Value, c.Unit), passages)
			}
		}
	}
	for _, o := range s.study.Outcomes {
		if d := signs(o.Doubt); d != "" {
			s.addField("outcomes/"+o.ID, Explainable, quoted(o.Text)+d, "as presumed by the reader", o.Passages)
		}
	}
}

func checkSigns(s *subject, f *evidence.Finding) {
	for _, e := range f.Estimates {
		if d := signs(e.Doubt); d != "" {
			s.add(Explainable, d, fmt.Sprintf("read as %s from %q", shown(point(&e)), e.Printed))
		}
	}
}

func shown(d quantity.Decimal) string {
	if !d.Present() {
		return "printed"
	}
	return string(d)
}

// quoted sets what is printed before what is said of it.
func quoted(printed string) string {
	if printed == "" {
		return ""
	}
	return fmt.Sprintf("%q: ", printed)
}
