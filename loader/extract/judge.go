package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// judge sets a finding's direction and significance from its numbers and the words of its clause. Significance follows
// the printed P, else the interval, else the words. A comparison that is not significant, or that the authors call
// alike, is no difference; a change within an arm keeps the authors' word.
func (f *finder) judge(e *evidence.Finding, c *clause) {
	f.judgeSignificance(e, c)
	v := c.telling
	words := v.of(e.Outcome, f)
	if v.noChange && !deniesChange(f.r.small(v.at)) && f.refersBack(c) {
		words = f.lastDirection()
		v.noChange = false
	}
	switch e.Kind {
	case evidence.WithinArm:
		e.Direction = f.changeDirection(e, c, v, words)
	case evidence.BetweenArms, evidence.Interaction, evidence.Association:
		e.Direction = f.comparedDirection(e, c, v, words)
	default:
		e.Direction = words
		if v.hedged || v.at.Len() > 0 && f.farFromOutcome(c) {
			e.Direction = evidence.NotStated // what may happen, or is said of something else, is not claimed of the outcome
		}
		if e.Significant != nil && !*e.Significant || v.noDifference {
			e.Direction = evidence.NoDifference
		}
	}
}

// judgeSignificance sets a finding's significance.
func (f *finder) judgeSignificance(e *evidence.Finding, c *clause) {
	v, no := c.telling, false
	if e.Significant = f.significant(e); v.nonInferior && e.Kind == evidence.BetweenArms {
		if by := f.byInterval(e); by != nil {
			e.Significant = by // the P value is of the margin
		}
	}
	if e.P.Relation == "=" && e.P.Value.Float() == 0.05 && v.significant != nil && *v.significant && !v.hedged && !v.trend {
		e.Significant = v.significant // rounded to the bound: the authors know on which side it lies
	}
	if e.Significant == nil && (e.Kind != evidence.WithinArm || v.negated && v.significant != nil) {
		e.Significant = v.significant
	}
	if e.Significant != nil {
		return
	}
	switch p := e.P; {
	case v.trend && (e.Kind == evidence.BetweenArms || e.Kind == evidence.InWords):
		e.Significant = &no // what is called a trend was not shown
	case v.hedged && p.Value.Present() && p.Value.Float() > 0.05:
		e.Significant = &no // "marginally lower (P < 0.1)"
	case p.Of == evidence.PBetween && p.Relation == "<" && p.Value.Float() > 0.1:
		e.Significant = &no // "between-group differences P < 0.19"
	case e.Kind == evidence.WithinArm && v.at.Len() > 0 && !v.noDifference:
		if said := f.calledSignificant(c, v.at); said != nil && !*said {
			e.Significant = said // "non-significantly reduced": the change keeps its side
		}
	}
}

// changeDirection tells which way an outcome went within an arm, of which the words say one thing and the numbers may say another.
func (f *finder) changeDirection(e *evidence.Finding, c *clause, v verdict, words evidence.Direction) evidence.Direction {
	to := words
	if v.similarChange || v.compares && !v.noChange {
		if to = f.signOf(e); to == evidence.NotStated || v.signal == vocab.SignalDown && f.namedChange(c) && to == evidence.Increased {
			w := v
			w.noDifference, w.negated = false, false
			to = w.of(e.Outcome, f)
		}
	}
	if by := f.byBeforeAndAfter(e); by != "" && (to == evidence.Increased || to == evidence.Decreased) {
		to = by // "improved from 2 to 8": which way is better was a guess, and a verb may be of another arm
	}
	if len(e.Estimates) > 0 && e.Estimates[0].CI == nil && to != evidence.NoDifference {
		if by := signOfPrint(e.Estimates[0]); by != "" {
			to = by // "more vegetables and less use of cheese (-12%)"
		}
	}
	if to == evidence.NotStated {
		to = f.signOf(e)
	}
	return to
}

// comparedDirection tells which way an outcome lies between arms, or goes with an exposure. What the words and the P value deny each other is kept
// as a remark, and no direction is taken.
func (f *finder) comparedDirection(e *evidence.Finding, c *clause, v verdict, words evidence.Direction) evidence.Direction {
	between, significant := e.Kind == evidence.BetweenArms, e.Significant != nil && *e.Significant
	denied := v.noDifference && !v.nonInferior && between && e.P.Value.Present() && significant
	against := ""
	if between && e.P.Value.Present() && !v.nonInferior {
		against = f.wordsAgainstP(e, c)
	}
	if against != "" && !slices.Contains(e.Checks, against) {
		e.Checks = append(e.Checks, against)
	}
	to := words
	switch {
	case denied, against != "":
		to = evidence.NotStated // the words deny what the P value shows: neither is taken
	case len(e.Estimates) > 0 && e.Estimates[0].Measure == "correlation" && e.Estimates[0].Value.Present() && (e.Significant == nil || significant):
		to = f.signOf(e) // the words say which way each of the two went
	case v.nonInferior && f.excludesNull(e):
		to = f.signOf(e) // no worse by its margin, and more or less by its interval
	case e.Significant != nil && !significant, v.noDifference && e.Kind != evidence.Association:
		to = evidence.NoDifference
	case words == evidence.NotStated || v.noChange:
		to = f.signOf(e)
	case v.carried && (f.excludesNull(e) || e.Significant != nil && f.signOf(e) != evidence.NotStated):
		to = f.signOf(e) // what was said of another result gives way to the numbers of this one
	}
	if to == evidence.NotStated && between && significant && c.goesWith(e.Outcome.Text) {
		to = evidence.Increased
	}
	return to
}

// namedChange reports whether a clause claims by a noun of change which way something went, so that its numbers are amounts: "the decrease in pain was 2.1
// with A and 6.4 with B".
func (f *finder) namedChange(c *clause) bool {
	return slices.ContainsFunc(c.words, func(w word) bool {
		return c.telling.at.Contains(w.Span) && changeSigns[w.lower] != "" && w.lower != "effect"
	})
}

// goesWith reports whether a clause tells of an association of an event with a treatment, and nothing of its side: "an
// association between remission and A" is more remission with A.
func (c *clause) goesWith(outcome string) bool {
	return c.hasPrefix("association") && !c.hasPrefix("invers") && !c.hasPrefix("negativ") && events.MatchString(outcome)
}

// events matches outcomes that happen to people or do not.
var events = rules.New(`(?i)\b(?:abstinen\w+|remission|relapses?|cure|survival|mortality|deaths?|recovery|response|pregnancy|discontinuation|dropout|infections?|fractures?|falls)\b`)

// wordsAgainstP says how a sentence that tells of one comparison alone denies what its P value shows, or "". A sentence
// of several clauses, P values or changes may say the words of something else.
func (f *finder) wordsAgainstP(e *evidence.Finding, c *clause) string {
	if len(c.ps) != 1 || c.telling.change || c.telling.similarChange || e.Significant == nil {
		return ""
	}
	s := f.r.doc.Sentences[c.sentence].Span
	if s.Len()-c.Len() > 3 {
		return ""
	}
	words := f.r.doc.At(s)
	switch {
	case *e.Significant && len(e.Estimates) == 0 && c.telling.noDifference && !saidSignificant.MatchString(words):
		return "said to be no difference, but " + e.P.Printed + " shows one"
	case !*e.Significant && e.P.Value.Float() > 0.1 && saidSignificant.MatchString(words):
		return "called significant, but " + e.P.Printed + " is not"
	}
	return ""
}

// saidSignificant matches a difference that is called significant outright, rather than nearly so.
var saidSignificant = rules.New(`(?i)\b(?:was|were) (?:statistically )?significantly (?:lower|higher|greater|smaller|better|worse|less|more|longer|shorter|reduced|increased|decreased|improved)\b`)

// farFromOutcome reports whether the words that claim a direction stand well apart from every outcome of the clause.
func (f *finder) farFromOutcome(c *clause) bool {
	for _, m := range c.outcomes {
		if m.Overlaps(c.telling.at) || f.wordsBetween(c, m.End, c.telling.at.Start)+f.wordsBetween(c, c.telling.at.End, m.Start) <= 4 {
			return false
		}
	}
	return len(c.outcomes) > 0
}

// refersBack reports whether a clause speaks of a change told before: "those gains were maintained".
func (f *finder) refersBack(c *clause) bool {
	s, ok := topicPhrase(c.topic, c.Span, c.arms)
	return ok && len(c.outcomes) == 0 && len(topicWords(f.r.doc.At(s))) == 0
}

// deniesChange reports whether a cue of no change says that nothing changed, rather than that what was reached stayed: "no change", not "were maintained".
func deniesChange(cue string) bool {
	return strings.Contains(cue, "no ") || strings.Contains(cue, "not ") || strings.Contains(cue, "chang") || strings.HasPrefix(cue, "neither")
}

// lastDirection returns the direction of the finding told last.
func (f *finder) lastDirection() evidence.Direction {
	if n := len(f.found); n > 0 && f.found[n-1].Direction != "" {
		return f.found[n-1].Direction
	}
	return evidence.NotStated
}

// significant tells whether a finding's P value, else its main interval, shows a difference; nil where neither is
// printed.
func (f *finder) significant(e *evidence.Finding) *bool {
	alpha := 0.05
	if p := e.P; p.Value.Present() {
		yes := false
		switch p.Relation {
		case "=":
			yes = p.Value.Float() < alpha
		case "<", "<=":
			if p.Value.Float() > alpha {
				return nil
			}
			yes = true
		case ">", ">=":
			if p.Value.Float() < alpha {
				return nil
			}
		default: // the sign was lost: what is small may have been "<" or ">"
			if p.Value.Float() <= alpha {
				return nil
			}
		}
		return &yes
	}
	return f.byInterval(e)
}

// byInterval tells whether a finding's main interval leaves out the value that means no difference; nil where no
// interval is printed, or the value is not known.
func (f *finder) byInterval(e *evidence.Finding) *bool {
	for _, est := range e.Estimates {
		if est.CI == nil || !est.CI.Low.Present() || !est.CI.High.Present() {
			continue
		}
		null, ok := f.null(e.Kind, est)
		if !ok {
			return nil
		}
		yes := quantity.Compare(est.CI.Low, null) > 0 || quantity.Compare(est.CI.High, null) < 0
		return &yes
	}
	return nil
}

func (f *finder) excludesNull(e *evidence.Finding) bool {
	yes := f.byInterval(e)
	return yes != nil && *yes
}

// null returns the value of an estimate that means no difference or no change.
func (f *finder) null(kind evidence.Kind, e evidence.Estimate) (quantity.Decimal, bool) {
	if m, ok := f.r.vocab.Measure(e.Measure); ok && m.Null.Present() {
		return m.Null, true
	}
	if kind == evidence.WithinArm {
		return "0", true
	}
	return "", false
}

// signOf reads a direction from the numbers: the side of the null on which the main estimate lies, or the difference of
// the means before and after.
func (f *finder) signOf(e *evidence.Finding) evidence.Direction {
	if len(e.Estimates) == 0 {
		return evidence.NotStated
	}
	m := e.Estimates[0]
	if to := f.byBeforeAndAfter(e); to != "" {
		return to
	}
	null, ok := f.null(e.Kind, m)
	if ok && !m.Value.Present() && m.CI != nil && f.excludesNull(e) {
		return direction(quantity.Compare(m.CI.Low, null)) // the interval alone is printed
	}
	if !ok || !m.Value.Present() {
		return evidence.NotStated
	}
	to := direction(quantity.Compare(m.Value, null))
	if e.Kind != evidence.WithinArm && !m.Value.Negative() && f.ofReduction(e) {
		return opposed(to) // "an absolute risk reduction of 21%"
	}
	if f.magnitude(m) && to == evidence.Increased {
		return f.saidBefore(e)
	}
	if m.Measure == "HR" && timeOutcome.MatchString(e.Outcome.Text) {
		return opposed(to) // the hazard is of what ends the time
	}
	return to
}

// byBeforeAndAfter returns which way the means before and after went that the first estimate of a finding has, or "".
func (f *finder) byBeforeAndAfter(e *evidence.Finding) evidence.Direction {
	if len(e.Estimates) == 0 {
		return ""
	}
	b, a := e.Estimates[0].Before, e.Estimates[0].After
	if b == nil || a == nil || !b.Mean.Present() || !a.Mean.Present() {
		return ""
	}
	return direction(quantity.Compare(a.Mean, b.Mean))
}

// ofReduction reports whether an estimate is of a reduction of risk, which its own words say, or those at the head of the list that it stands in: "absolute
// risk reductions were 30% (15% to 45%) and 44% (29% to 59%)".
func (f *finder) ofReduction(e *evidence.Finding) bool {
	m := e.Estimates[0]
	if strings.Contains(strings.ToLower(m.Printed), "risk reduction") {
		return true
	}
	if m.Measure == "percent change" && len(e.Passages) > 0 {
		before, _, _ := strings.Cut(e.Passages[0].Text, m.Printed)
		said := wentBy.FindAllStringSubmatchIndex(before, -1)
		return len(said) > 0 && said[len(said)-1][2] >= 0 && !effectiveness.MatchString(e.Outcome.Text)
	}
	if m.Measure != "RD" || len(e.Passages) == 0 || strings.ContainsFunc(m.Printed, unicode.IsLetter) && !strings.Contains(m.Printed, "CI") {
		return false
	}
	before, _, _ := strings.Cut(strings.ToLower(e.Passages[0].Text), strings.ToLower(m.Printed))
	return strings.LastIndex(before, "risk reduction") > strings.LastIndex(before, "risk difference")
}

// wentBy matches words that say which way something went by a share in percent that follows: less in the first group, else more.
var wentBy = rules.New(`(?i)\b(?:(reduc\w+|decreas\w+|lower\w*|fell|declin\w+|efficacy|effectiveness|VE)|increas\w+|rose|raised|higher|more)\b`)

// effectiveness matches an outcome that is how much was kept off.
var effectiveness = rules.New(`(?i)\b(?:efficacy|effectiveness|protection)\b`)

// magnitude reports whether an estimate is printed as the size of an effect, which tells nothing of its side: "effect sizes
// were 0.78", "d = 0.4".
func (f *finder) magnitude(m evidence.Estimate) bool {
	k, ok := f.r.vocab.Measure(m.Measure)
	return ok && k.Scale == "standardized" && (m.Measure != "SMD" || !signedSize.MatchString(m.Printed)) && (m.CI == nil || !m.CI.Low.Negative())
}

// signedSize matches the names of standardized differences that are printed with their side.
var signedSize = rules.New(`(?i)\bSMDs?\b|standardi[sz]ed`)

// saidBefore returns the direction of the finding told last of the same outcome and the same arms, or that none is stated.
func (f *finder) saidBefore(e *evidence.Finding) evidence.Direction {
	for i := len(f.found) - 1; i >= 0; i-- {
		if d := f.found[i]; d.Kind == e.Kind && d.Outcome == e.Outcome && allAmong(e.Arm, d.Arm) && slices.Equal(d.Comparator, e.Comparator) {
			return d.Direction
		}
	}
	return evidence.NotStated
}

func opposed(d evidence.Direction) evidence.Direction {
	switch d {
	case evidence.Increased:
		return evidence.Decreased
	case evidence.Decreased:
		return evidence.Increased
	}
	return d
}

func direction(order int) evidence.Direction {
	switch {
	case order > 0:
		return evidence.Increased
	case order < 0:
		return evidence.Decreased
	}
	return evidence.NoDifference
}
