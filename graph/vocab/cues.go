package vocab

import (
	"slices"
	"strconv"
	"strings"
)

// The signals of cues: the closed list of what a phrase can tell.
const (
	SignalUp             = "up"              // the outcome rose: "increased", "higher"
	SignalDown           = "down"            // the outcome fell: "decreased", "fewer"
	SignalBetter         = "better"          // it became better, or is: "improved", "superior"
	SignalWorse          = "worse"           // it became worse, or is: "worsened", "inferior"
	SignalNoDifference   = "no difference"   // arms do not differ: "did not differ", "comparable", "similarly"
	SignalNoChange       = "no change"       // nothing changed over time: "remained stable", "no change from baseline"
	SignalNonInferior    = "non-inferior"    // a margin was kept: "non-inferior to", "met criteria for equivalence"
	SignalNegation       = "negation"        // turns what follows round: "not", "no", "neither", "without"
	SignalHedge          = "hedge"           // weakens: "may", "appears", "promising"
	SignalSignificant    = "significant"     // "significantly", "statistically significant"
	SignalNotSignificant = "not significant" // "not statistically significant", "nonsignificant"
	SignalComparison     = "comparison"      // what follows is the comparator: "vs", "compared with", "than"
	SignalBaseline       = "baseline"        // at the start: "at baseline", "at enrolment"
	SignalFromBaseline   = "from baseline"   // a change within an arm: "from baseline", "over 12 months"
	SignalBothArms       = "both arms"       // said of every arm: "in both groups", "either arm"
	SignalBetweenArms    = "between arms"    // said of the comparison: "between groups", "treatment effect"
	SignalSubgroup       = "subgroup"        // said of a part of those enrolled: "among participants with"
	SignalInteraction    = "interaction"     // whether an effect differs between subgroups: "effect modification"
	SignalAssociation    = "association"     // "associated with", "predicted"
	SignalAim            = "aim"             // "to compare", "we aimed"
	SignalMethod         = "method"          // what was done: "were randomized to", "the primary outcome was"
	SignalEligibility    = "eligibility"     // who could take part: "eligible", "were excluded"
	SignalIntervention   = "intervention"    // what an arm received: "received", "consisted of"
	SignalResult         = "result"          // a result follows: "we found", "was achieved in"
	SignalConclusion     = "conclusion"      // "findings indicate", "in conclusion"
	SignalRecommendation = "recommendation"  // "should consider", "is recommended"
	SignalBackground     = "background"      // what was known before: "little is known", "is a leading cause"
	SignalPrior          = "prior"           // other work: "previous studies", "a systematic review found"
	SignalRegistration   = "registration"    // "ClinicalTrials.gov", "registered at", "funded by"
	SignalSafety         = "safety"          // harms: "adverse events were", "well tolerated"
)

// Signals returns the closed list of signals.
func Signals() []string {
	return []string{
		SignalUp, SignalDown, SignalBetter, SignalWorse, SignalNoDifference, SignalNoChange, SignalNonInferior,
		SignalNegation, SignalHedge, SignalSignificant, SignalNotSignificant, SignalComparison, SignalBaseline,
		SignalFromBaseline, SignalBothArms, SignalBetweenArms, SignalSubgroup, SignalInteraction, SignalAssociation,
		SignalAim, SignalMethod, SignalEligibility, SignalIntervention, SignalResult, SignalConclusion,
		SignalRecommendation, SignalBackground, SignalPrior, SignalRegistration, SignalSafety,
	}
}

// The sides to which a cue points: where what it is about stands.
const (
	SideBefore   = "before"
	SideAfter    = "after"
	SideBoth     = "both"
	SideSentence = "sentence" // the whole sentence
)

// Cue is a phrase that tells something about what stands near it. Reach is how many words it governs on its side; 0
// means as far as the clause goes.
type Cue struct {
	Form, Signal, Side, Note string
	Reach                    int
}

// CueMention is a cue in a text. Start and End are byte offsets, End exclusive.
type CueMention struct {
	Start, End int
	Cue        *Cue
}

// readCues reads cues.tsv. A form can have several rows, each with another signal.
func (v *Vocabulary) readCues() error {
	rows, err := carried("cues.tsv", "form", "signal", "side", "reach", "note")
	if err != nil {
		return err
	}
	v.cues = newAutomaton(v.alphabet)
	v.cueRows = make([]Cue, 0, len(rows))
	for _, r := range rows {
		c := Cue{Form: r.cells["form"], Signal: r.cells["signal"], Side: r.cells["side"], Note: r.cells["note"]}
		if !slices.Contains(Signals(), c.Signal) {
			return r.errorf("cue %q has signal %q (hint: the signals are %s)", c.Form, c.Signal, strings.Join(Signals(), ", "))
		}
		switch c.Side {
		case SideBefore, SideAfter, SideBoth, SideSentence:
		default:
			return r.errorf("cue %q has side %q (hint: before, after, both or sentence)", c.Form, c.Side)
		}
		if s := r.cells["reach"]; s != "" {
			if c.Reach, err = strconv.Atoi(s); err != nil || c.Reach < 0 {
				return r.errorf("cue %q has reach %q (hint: a number of words, or nothing)", c.Form, s)
			}
		}
		v.cueRows = append(v.cueRows, c)
		v.cues.add(variants(c.Form, false), false, uint32(len(v.cueRows)-1))
	}
	return nil
}

// Cues finds the cue phrases of a text, leftmost first, the longest at its place. A form with several signals gives
// several mentions of the same place, in the order of the table. The offsets are base plus the position in text.
func (v *Vocabulary) Cues(text string, base int) []CueMention {
	var buf [256]token
	return v.cueMentions(v.alphabet.tokenize(buf[:0], text), text, base)
}

// Cues finds the cue phrases of the text, see Vocabulary.Cues.
func (t Tokens) Cues() []CueMention { return t.vocab.cueMentions(t.list, t.text, t.base) }

func (v *Vocabulary) cueMentions(tokens []token, text string, base int) []CueMention {
	var out []CueMention
	v.cues.scan(tokens, func(start, end int, folded, _ []uint32) {
		switch text[start:end] {
		case "May":
			if isMonth(text, start, end) {
				return
			}
		case "Similarly", "Likewise", "Equally": // at the head of a sentence, it compares sentences
			if strings.HasPrefix(text[end:], ",") {
				return
			}
		}
		for _, i := range folded {
			out = append(out, CueMention{base + start, base + end, &v.cueRows[i]})
		}
	})
	return out
}

// isMonth reports whether a word is written as the name of a month: with a number beside it, or after "in" or "since".
func isMonth(text string, start, end int) bool {
	after := strings.TrimLeft(text[end:], " ,")
	before := strings.TrimRight(text[:start], " ")
	if after != "" && after[0] >= '0' && after[0] <= '9' {
		return true
	}
	if n := len(before); n > 0 && before[n-1] >= '0' && before[n-1] <= '9' {
		return true
	}
	for _, word := range []string{"in", "In", "since", "from", "until", "by", "of"} {
		if rest, ok := strings.CutSuffix(before, word); ok && (rest == "" || strings.HasSuffix(rest, " ")) {
			return true
		}
	}
	return false
}
