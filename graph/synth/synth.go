// Package synth makes documents of studies that never were, of the shape and skew of real ones, to measure a graph with.
// The same seed and number give the same document. It knows nothing of how documents are stored or asked for.
package synth

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// Studies makes documents. What a study is about comes from the vocabulary: a few concepts are in many studies, most in few
// (Zipf's law with exponent 1.1, which is how interventions and conditions of ClinicalTrials.gov are spread).
type Studies struct {
	seed                                uint64
	interventions, conditions, outcomes []string
	labels                              map[string]string
}

// New returns studies that use the concepts of a vocabulary.
func New(seed uint64, v *vocab.Vocabulary) *Studies {
	s := &Studies{seed: seed, labels: map[string]string{}}
	r := rand.New(rand.NewPCG(seed, 0))
	for _, c := range v.Concepts() {
		switch c.Type {
		case vocab.TypeIntervention:
			s.interventions = append(s.interventions, c.ID)
		case vocab.TypeCondition:
			s.conditions = append(s.conditions, c.ID)
		case vocab.TypeOutcome:
			s.outcomes = append(s.outcomes, c.ID)
		}
		s.labels[c.ID] = c.Label
	}
	for _, list := range [][]string{s.interventions, s.conditions, s.outcomes} {
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	return s
}

// Question is a question with a short name for it.
type Question struct{ Name, Text string }

// Questions returns questions of all kinds that the first n documents have something to say to: the one that picograph was made for comes
// first.
func Questions(n int) []Question {
	trial := fmt.Sprintf("NCT%08d", firstTrial+min(42, max(n-1, 0)))
	return []Question{
		{"headline", "which interventions reduced dose in high-MME patients"},
		{"trials", "how many trials are there"},
		{"list", `studies where design is randomized and condition is "chronic pain" and n >= 200`},
		{"compare", `compare "mindfulness-based stress reduction" with "usual care" on pain`},
		{"card", "show " + trial},
		{"top", "findings where p < 0.05 and kind is between | order by n desc | limit 10"},
		{"designs", "studies | group by design"},
		{"outcome", "what is the primary outcome of " + trial},
		{"gaps", "gaps"},
		{"conflicts", "conflicts"},
	}
}

// firstTrial is the registration of the first trial.
const firstTrial = 1000000

// writing is a document in the making.
type writing struct {
	*Studies
	r    *rand.Rand
	text strings.Builder
	doc  *evidence.Document
}

// Document returns the document of a number, from 0. About one in ten tells of the trial that an earlier one tells of.
func (s *Studies) Document(n int) *evidence.Document {
	w := &writing{Studies: s, r: rand.New(rand.NewPCG(s.seed, uint64(n)+1)), doc: &evidence.Document{}}
	trial := n
	if n > 0 && w.r.IntN(10) == 0 {
		trial = w.r.IntN(n)
	}
	w.report(n)
	w.study(n, trial)
	w.doc.Text = w.text.String()
	return w.doc
}

// zipf picks one of a list, the first most often.
func (w *writing) zipf(n int) int {
	const exponent = 1.1
	u := w.r.Float64()
	total := (math.Pow(float64(n)+1, 1-exponent) - 1) / (1 - exponent)
	return min(int(math.Pow(u*total*(1-exponent)+1, 1/(1-exponent)))-1, n-1)
}

func (w *writing) pick(list []string) string { return list[w.zipf(len(list))] }

func (w *writing) one(list ...string) string { return list[w.r.IntN(len(list))] }

// say writes a sentence and returns it as a passage.
func (w *writing) say(section, format string, args ...any) evidence.Passage {
	start := w.text.Len()
	fmt.Fprintf(&w.text, format, args...)
	end := w.text.Len()
	w.text.WriteByte(' ')
	return evidence.Passage{Section: section, Start: start, End: end, Text: w.text.String()[start:end]}
}

func (w *writing) report(n int) {
	d := w.doc
	d.Source, d.Format, d.Language = fmt.Sprintf("pubmed/%04d.nbib#%d", n/1000, 30000000+n), "pubmed", "en"
	d.SHA256 = fmt.Sprintf("%064x", n/1000)
	d.Report = evidence.Report{
		Title:   fmt.Sprintf("%s for %s: %s of %s", w.labels[w.pick(w.interventions)], w.labels[w.pick(w.conditions)], w.one("a randomized trial", "effects", "a secondary analysis", "a pilot study"), w.one(places...)),
		Journal: w.pick(journals), Year: 1990 + w.r.IntN(36), PMID: fmt.Sprint(30000000 + n), Volume: fmt.Sprint(1 + w.r.IntN(90)),
		Pages: fmt.Sprintf("%d-%d", 1+w.r.IntN(900), 901+w.r.IntN(90)),
	}
	if w.r.IntN(10) > 0 {
		d.Report.DOI = fmt.Sprintf("10.%d/j.%d.%06d", 1000+w.zipf(300), d.Report.Year, n)
	}
	for range 2 + w.zipf(9) {
		d.Report.Authors = append(d.Report.Authors, fmt.Sprintf("%s %c", w.pick(surnames), 'A'+rune(w.r.IntN(26))))
	}
	for range w.r.IntN(8) {
		d.Keywords = append(d.Keywords, evidence.Keyword{Text: w.labels[w.pick(w.conditions)], Source: "MeSH", Major: w.r.IntN(3) == 0})
	}
	for range 3 + w.r.IntN(4) {
		w.say("Background", "%s is %s in %s, and little is known of %s.", w.labels[w.pick(w.conditions)], w.one("common", "frequent", "a burden", "often overlooked"), w.one(places...), w.labels[w.pick(w.outcomes)])
	}
}

func (w *writing) study(n, trial int) {
	s := evidence.Study{ID: "s1"}
	t := rand.New(rand.NewPCG(w.seed, uint64(trial)+1)) // what the reports of a trial agree on
	if t.IntN(10) < 6 {
		s.Registrations = []string{fmt.Sprintf("NCT%08d", firstTrial+trial)}
	}
	s.Name = fmt.Sprintf("%s %d", strings.Fields(w.doc.Report.Authors[0])[0], w.doc.Report.Year)
	if t.IntN(4) == 0 {
		s.Name = fmt.Sprintf("%s-%d", w.one(acronyms...), trial%997)
	}
	s.Design = evidence.Design{Kind: evidence.KindTrial, Allocation: evidence.Randomized, Model: "parallel", Masking: w.one("open", "double-blind", "masked outcome assessment")}
	if n != trial {
		s.Design.Kind = evidence.KindSecondaryAnalysis
	}
	total := 20 + w.zipf(4000)
	s.NRandomized = number(total)
	s.Country = w.pick(places)
	where := w.say("Methods", "We randomized %d adults in %s from %d on.", total, s.Country, w.doc.Report.Year-3)
	s.Stated = []evidence.Statement{{Field: "n_randomized", Passages: []evidence.Passage{where}}}
	w.populations(&s)
	w.arms(&s, t, total)
	for i := range 1 + w.zipf(7) {
		w.outcome(&s, i)
	}
	s.Conclusions = []evidence.Passage{w.say("Conclusions", "%s may be considered in %s.", s.Arms[0].Label, s.Populations[0].Text)}
	w.doc.Studies = []evidence.Study{s}
}

func (w *writing) populations(s *evidence.Study) {
	condition := w.pick(w.conditions)
	text := "adults with " + w.labels[condition]
	p := evidence.Population{ID: "p1", Text: text, Conditions: []string{condition}}
	p.Passages = []evidence.Passage{w.say("Methods", "Eligible were %s aged %d years or older.", text, 18+w.zipf(40))}
	p.Criteria = []evidence.Criterion{{Variable: "age", Relation: ">=", Value: fmt.Sprint(18 + w.zipf(40)), Unit: "years", Passages: p.Passages}}
	if w.r.IntN(20) == 0 {
		dose := w.one("20", "50", "90", "120")
		at := w.say("Methods", "They had to take at least %s morphine milligram equivalents a day.", dose)
		p.Criteria = append(p.Criteria, evidence.Criterion{Variable: "opioid_dose", Relation: ">=", Value: dose, Unit: "MME/day", Printed: at.Text, Passages: []evidence.Passage{at}})
		p.Conditions = append(p.Conditions, "long_term_opioid_therapy")
	}
	s.Populations = []evidence.Population{p}
	if w.r.IntN(5) == 0 {
		s.Populations = append(s.Populations, evidence.Population{ID: "p2", Parent: "p1", Text: "those older than 65 years", Criteria: []evidence.Criterion{{Variable: "age", Relation: ">", Value: "65", Unit: "years"}}})
	}
}

func (w *writing) arms(s *evidence.Study, t *rand.Rand, total int) {
	n := 2
	for n < 5 && t.IntN(6) == 0 {
		n++
	}
	for i := range n {
		a := evidence.Arm{Label: "usual care", Role: evidence.UsualCare, Interventions: []string{"usual_care"}, N: number(total / n)}
		if i < n-1 {
			what := w.pick(w.interventions)
			a = evidence.Arm{Label: w.labels[what], Role: evidence.Experimental, Interventions: []string{what}, N: number(total / n)}
			if i > 0 {
				a.Label += fmt.Sprintf(" %d mg", 5*(1+w.zipf(40)))
			}
		}
		a.Passages = []evidence.Passage{w.say("Methods", "%d were assigned to %s.", total/n, a.Label)}
		s.Arms = append(s.Arms, a)
	}
}

// outcome adds an outcome with what was found of it: a value of each arm, mostly a comparison, now and then a change.
func (w *writing) outcome(s *evidence.Study, i int) {
	concept := w.pick(w.outcomes)
	if w.r.IntN(40) == 0 {
		concept = "opioid_dose"
	}
	label := w.labels[concept]
	if label == "" {
		label = strings.ReplaceAll(concept, "_", " ")
	}
	o := evidence.Outcome{ID: fmt.Sprint("o", i+1), Text: label, Concept: concept, Role: "secondary", Timepoint: w.one("3 months", "6 months", "12 months")}
	if i == 0 {
		o.Role = "primary"
	}
	s.Outcomes = append(s.Outcomes, o)
	ref := evidence.OutcomeRef{Text: label, Concept: concept, Role: o.Role}
	var values []string
	for k := range s.Arms {
		a := &s.Arms[k]
		mean, sd := w.r.Float64()*80, w.r.Float64()*20
		at := w.say("Results", "Mean %s in the %s group was %.1f (SD %.1f) at %s.", label, a.Label, mean, sd, o.Timepoint)
		f := w.finding(s, evidence.ArmLevel, ref, at)
		f.Arm = []string{a.Label}
		f.Estimates = []evidence.Estimate{{Measure: "mean", Mean: decimal(mean, 1), SD: decimal(sd, 1), N: a.N, Printed: at.Text[len(at.Text)/2:]}}
		values = append(values, f.ID)
		s.Findings = append(s.Findings, f)
	}
	if w.r.IntN(5) > 0 {
		w.comparison(s, ref, values)
	}
	if w.r.IntN(5) == 0 {
		w.within(s, ref)
	}
}

func (w *writing) finding(s *evidence.Study, kind evidence.Kind, o evidence.OutcomeRef, at evidence.Passage) evidence.Finding {
	p := s.Populations[w.r.IntN(len(s.Populations))]
	return evidence.Finding{
		ID: fmt.Sprint("f", len(s.Findings)+1), Kind: kind, Outcome: o, Population: evidence.Ref{Text: p.Text, ID: p.ID}, Subgroup: p.Parent != "",
		Direction: evidence.NotStated, Passages: []evidence.Passage{at},
	}
}

func (w *writing) comparison(s *evidence.Study, o evidence.OutcomeRef, values []string) {
	p := math.Pow(w.r.Float64(), 2.5)
	md := (w.r.Float64() - 0.6) * 12
	half := 0.5 + w.r.Float64()*6
	at := w.say("Results", "%s differed by %.2f (95%% CI %.2f to %.2f; P = %.3f) between groups.", o.Text, md, md-half, md+half, p)
	f := w.finding(s, evidence.BetweenArms, o, at)
	f.Arm, f.Comparator, f.From = []string{s.Arms[0].Label}, []string{s.Arms[len(s.Arms)-1].Label}, values
	f.Estimates = []evidence.Estimate{{
		Measure: "MD", Value: decimal(md, 2), Printed: fmt.Sprintf("%.2f (95%% CI %.2f to %.2f)", md, md-half, md+half),
		CI: &evidence.Interval{Level: "95", Low: decimal(md-half, 2), High: decimal(md+half, 2), Kind: "confidence"},
	}}
	f.P = evidence.PValue{Relation: "=", Value: decimal(p, 3), Printed: fmt.Sprintf("P = %.3f", p), Of: evidence.PBetween}
	w.conclude(&f, p < 0.05, md)
	s.Findings = append(s.Findings, f)
}

func (w *writing) within(s *evidence.Study, o evidence.OutcomeRef) {
	change, p := (w.r.Float64()-0.7)*20, w.r.Float64()*0.1
	at := w.say("Results", "In the %s group %s changed by %.1f from baseline (P = %.3f).", s.Arms[0].Label, o.Text, change, p)
	f := w.finding(s, evidence.WithinArm, o, at)
	f.Arm = []string{s.Arms[0].Label}
	f.Estimates = []evidence.Estimate{{Measure: "mean change", Value: decimal(change, 1)}}
	f.P = evidence.PValue{Relation: "=", Value: decimal(p, 3), Printed: fmt.Sprintf("P = %.3f", p), Of: evidence.PWithin}
	w.conclude(&f, p < 0.05, change)
	s.Findings = append(s.Findings, f)
}

func (w *writing) conclude(f *evidence.Finding, significant bool, change float64) {
	f.Significant = &significant
	switch {
	case !significant:
		f.Direction = evidence.NoDifference
	case change < 0:
		f.Direction = evidence.Decreased
	default:
		f.Direction = evidence.Increased
	}
}

func number(n int) quantity.Decimal { return quantity.Decimal(fmt.Sprint(n)) }

func decimal(x float64, digits int) quantity.Decimal {
	return quantity.Decimal(fmt.Sprintf("%.*f", digits, x))
}

var places = []string{
	"the United States", "China", "Germany", "the United Kingdom", "Canada", "Australia", "Denmark", "Iran", "Brazil", "India", "Japan", "the Netherlands",
	"Norway", "Spain", "Italy", "France", "Egypt", "Nigeria", "Sweden", "Switzerland",
}

var acronyms = []string{"RELIEF", "HOPE", "STEPS", "CARE", "BRIDGE", "PATH", "SHIFT", "ANCHOR", "COMPASS", "ASPIRE"}

var journals = names("Annals of", "Journal of", "Archives of", "International Journal of", "European Journal of")

var surnames = func() []string {
	var out []string
	for _, a := range []string{"Ander", "Berg", "Clar", "Dam", "Eriks", "Fisch", "Gold", "Hart", "Ivan", "Jens", "Kowal", "Lind", "Mar", "Nor", "Ols", "Pet"} {
		for _, b := range []string{"son", "mann", "strom", "ski", "ez", "ova", "ini", "ard", "feld", "berg", "lund", "ley"} {
			out = append(out, a+b)
		}
	}
	return out
}()

func names(beginnings ...string) []string {
	var out []string
	for _, of := range []string{"Pain", "Internal Medicine", "Psychiatry", "Addiction", "Rheumatology", "Nursing", "Primary Care", "Surgery", "Cardiology", "Oncology"} {
		for _, b := range beginnings {
			out = append(out, b+" "+of)
		}
	}
	return out
}
