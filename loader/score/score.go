// Package score compares what was read of documents with what a careful reader finds in them, the gold: how much of it
// was found, how much was found that is not there, field by field, and which. It reads no documents itself.
package score

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// Tally counts, for one kind of thing, those that were found, those of the gold that were missed, and those found that the
// gold does not have.
type Tally struct {
	Name      string  `json:"name"`
	Hit       int     `json:"hit"`
	Missed    int     `json:"missed"`
	Extra     int     `json:"extra"`
	Precision float64 `json:"precision"` // hit / (hit + extra); 1 where nothing was found
	Recall    float64 `json:"recall"`    // hit / (hit + missed); 1 where there was nothing to find
	F1        float64 `json:"f1"`        // the harmonic mean of the two (van Rijsbergen 1979, Information Retrieval, chapter 7)
}

// Miss is one thing in which what was read differs from the gold: Want is empty where the gold has nothing of it, Got
// where nothing was found.
type Miss struct {
	Document string `json:"document"`
	What     string `json:"what"`
	Want     string `json:"want,omitempty"`
	Got      string `json:"got,omitempty"`
	Sentence string `json:"sentence,omitempty"`
}

// Score is the sum over documents.
type Score struct {
	Documents int     `json:"documents"`
	Tallies   []Tally `json:"tallies"`
	Misses    []Miss  `json:"misses"`

	at       map[string]int
	document string
}

// names are the tallies in the order in which they are told.
func names() []string {
	out := []string{"report", "study", "registration", "arm", "arm size", "outcome", "finding"}
	for _, k := range kinds() {
		out = append(out, "finding: "+string(k))
	}
	return append(out, "of findings: outcome", "of findings: arm", "of findings: comparator", "of findings: time", "of findings: estimate",
		"of findings: interval", "of findings: P", "of findings: direction", "of findings: significance")
}

func kinds() []evidence.Kind {
	return []evidence.Kind{
		evidence.BetweenArms, evidence.WithinArm, evidence.ArmLevel, evidence.Baseline, evidence.Interaction, evidence.Association,
		evidence.Prevalence, evidence.VoteCount, evidence.InWords,
	}
}

// New returns a score of no documents.
func New() *Score {
	s := &Score{at: map[string]int{}}
	for i, n := range names() {
		s.Tallies = append(s.Tallies, Tally{Name: n})
		s.at[n] = i
	}
	return s
}

// Finish works out precision, recall and F1.
func (s *Score) Finish() {
	for i := range s.Tallies {
		t := &s.Tallies[i]
		t.Precision, t.Recall = part(t.Hit, t.Extra), part(t.Hit, t.Missed)
		if t.F1 = 0; t.Precision+t.Recall > 0 {
			t.F1 = 2 * t.Precision * t.Recall / (t.Precision + t.Recall)
		}
	}
}

func part(hit, other int) float64 {
	if hit+other == 0 {
		return 1
	}
	return float64(hit) / float64(hit+other)
}

// Of returns the tally of a name.
func (s *Score) Of(name string) Tally { return s.Tallies[s.at[name]] }

func (s *Score) tally(name string) *Tally { return &s.Tallies[s.at[name]] }

// weigh counts one field: want is what the gold has, got what was found, same whether they agree.
func (s *Score) weigh(name, want, got string, same bool, sentence string) {
	t := s.tally(name)
	switch {
	case want == "" && got == "":
		return
	case same && want != "" && got != "":
		t.Hit++
		return
	}
	if want != "" {
		t.Missed++
	}
	if got != "" {
		t.Extra++
	}
	s.Misses = append(s.Misses, Miss{s.document, name, want, got, sentence})
}

// stated counts a field that is judged only where the gold states it.
func (s *Score) stated(name, field, want, got string) {
	if want != "" {
		s.weigh(name, field+": "+want, prefixed(field+": ", got), strings.EqualFold(want, got), "")
	}
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// Add compares what was read of a document with its gold.
func (s *Score) Add(gold, got *evidence.Document) {
	s.Documents++
	s.document = gold.Source
	r, h := gold.Report, got.Report
	s.stated("report", "title", r.Title, h.Title)
	s.stated("report", "journal", r.Journal, h.Journal)
	s.stated("report", "doi", r.DOI, h.DOI)
	s.stated("report", "pmid", r.PMID, h.PMID)
	s.stated("report", "pmcid", r.PMCID, h.PMCID)
	used := make([]bool, len(got.Studies))
	for i := range gold.Studies {
		k := sameStudy(&gold.Studies[i], got.Studies, used)
		if k < 0 {
			s.study(&gold.Studies[i], &evidence.Study{})
			continue
		}
		used[k] = true
		s.study(&gold.Studies[i], &got.Studies[k])
	}
	for k := range got.Studies {
		if !used[k] {
			s.study(&evidence.Study{}, &got.Studies[k])
		}
	}
}

// sameStudy returns which of the studies found is one of the gold: that of its registration or name, else the first that is
// told of in the same way.
func sameStudy(want *evidence.Study, got []evidence.Study, used []bool) int {
	for pass := range 2 {
		for k := range got {
			if used[k] {
				continue
			}
			shared := slices.ContainsFunc(want.Registrations, func(r string) bool { return slices.Contains(got[k].Registrations, r) })
			if shared || want.Name != "" && strings.EqualFold(want.Name, got[k].Name) || pass == 1 && want.SecondHand == got[k].SecondHand {
				return k
			}
		}
	}
	return -1
}

// study compares a study with one found.
func (s *Score) study(want, got *evidence.Study) {
	d, g := want.Design, got.Design
	for _, f := range [][3]string{
		{"kind", d.Kind, g.Kind},
		{"allocation", d.Allocation, g.Allocation},
		{"model", d.Model, g.Model},
		{"n_randomized", string(want.NRandomized), string(got.NRandomized)},
		{"n", string(want.N), string(got.N)},
		{"n_analyzed", string(want.NAnalyzed), string(got.NAnalyzed)},
		{"clusters", string(want.Clusters), string(got.Clusters)},
	} {
		s.stated("study", f[0], f[1], f[2])
	}
	list := func(name string, want, got []string) {
		for _, w := range want {
			s.weigh(name, w, pick(got, w), slices.Contains(got, w), "")
		}
		for _, g := range got {
			if !slices.Contains(want, g) {
				s.weigh(name, "", g, false, "")
			}
		}
	}
	list("registration", want.Registrations, got.Registrations)
	arms := s.arms(want.Arms, got.Arms)
	pairs := match(len(want.Outcomes), len(got.Outcomes), func(i, k int) float64 {
		a, b := want.Outcomes[i], got.Outcomes[k]
		return likeOutcome(evidence.OutcomeRef{Text: a.Text, Concept: a.Concept}, evidence.OutcomeRef{Text: b.Text, Concept: b.Concept})
	}, 0.5)
	s.paired("outcome", pairs, len(want.Outcomes), len(got.Outcomes), func(i int) string { return want.Outcomes[i].Text }, func(k int) string { return got.Outcomes[k].Text })
	s.findings(want, got, arms)
}

func pick(list []string, s string) string {
	if slices.Contains(list, s) {
		return s
	}
	return ""
}

// paired counts the pairs of two lists, and what is left over in each.
func (s *Score) paired(name string, pairs map[int]int, wants, gots int, want, got func(int) string) {
	taken := map[int]bool{}
	for i := range wants {
		k, ok := pairs[i]
		if !ok {
			s.weigh(name, want(i), "", false, "")
			continue
		}
		taken[k] = true
		s.weigh(name, want(i), got(k), true, "")
	}
	for k := range gots {
		if !taken[k] {
			s.weigh(name, "", got(k), false, "")
		}
	}
}

// arms compares arms and returns, for each label found, the label of the gold.
func (s *Score) arms(want, got []evidence.Arm) map[string]string {
	pairs := match(len(want), len(got), func(i, k int) float64 { return likeArm(&want[i], &got[k]) }, 0.4)
	s.paired("arm", pairs, len(want), len(got), func(i int) string { return want[i].Label }, func(k int) string { return got[k].Label })
	labels := map[string]string{}
	for i := range want {
		if k, ok := pairs[i]; ok {
			labels[got[k].Label] = want[i].Label
			if want[i].N.Present() {
				s.weigh("arm size", want[i].Label+": "+string(want[i].N), prefixed(got[k].Label+": ", string(got[k].N)), want[i].N == got[k].N, "")
			}
		}
	}
	return labels
}

// match pairs two lists one to one, the likest first, none below least.
func match(wants, gots int, like func(i, k int) float64, least float64) map[int]int {
	type pair struct {
		i, k int
		like float64
	}
	var all []pair
	for i := range wants {
		for k := range gots {
			if l := like(i, k); l >= least {
				all = append(all, pair{i, k, l})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int { return cmp.Compare(b.like, a.like) })
	out, taken := map[int]int{}, map[int]bool{}
	for _, p := range all {
		if _, done := out[p.i]; !done && !taken[p.k] {
			out[p.i], taken[p.k] = p.k, true
		}
	}
	return out
}

// likeArm returns how alike two arms are, from 0 to 1: by their words, and by those of their other names.
func likeArm(a, b *evidence.Arm) float64 {
	if a.Abbreviation != "" && a.Abbreviation == b.Abbreviation {
		return 1
	}
	best := 0.0
	for _, x := range append([]string{a.Label, a.Abbreviation}, a.Aliases...) {
		for _, y := range append([]string{b.Label, b.Abbreviation}, b.Aliases...) {
			best = max(best, overlap(words(x), words(y)))
		}
	}
	return best
}

// likeOutcome returns how alike two outcomes are, from 0 to 1.
func likeOutcome(a, b evidence.OutcomeRef) float64 {
	if a.Concept != "" && a.Concept == b.Concept {
		return 1
	}
	return overlap(words(a.Text), words(b.Text))
}

// words returns the words of a text that carry meaning, in small letters.
func words(s string) []string {
	small := map[string]bool{"the": true, "a": true, "an": true, "of": true, "in": true, "on": true, "at": true, "to": true, "and": true, "or": true, "for": true, "with": true, "by": true}
	return slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }),
		func(w string) bool { return small[w] })
}

// overlap is the F1 of two sets of words.
func overlap(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}

// equal compares two numbers by value.
func equal(a, b quantity.Decimal) bool {
	return a.Present() && b.Present() && quantity.Compare(a, b) == 0
}
