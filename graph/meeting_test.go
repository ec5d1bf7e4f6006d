package graph

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// related returns a document whose studies may be told of by others too: registrations, DOIs, acronyms, parents and teams
// come from few.
func related(r *rand.Rand, source string) *evidence.Document {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	d := &evidence.Document{Source: source, SHA256: source, Format: "text", Text: fmt.Sprint(source, r.IntN(1000))}
	d.Report = evidence.Report{Title: pick("A trial of two ways of care for people in pain", "Sleep after two ways of care for those in pain"), Year: 2018 + r.IntN(3), Authors: []string{pick("Adams A", "Brown B"), pick("ALFA Study Group", "BETA Investigators", "Clark C")}}
	if r.IntN(3) == 0 {
		d.Report.DOI = fmt.Sprintf("10.1000/%d", r.IntN(4))
	}
	if r.IntN(4) == 0 {
		d.Report.PMID = fmt.Sprint(100 + r.IntN(4))
	}
	d.Report.Status = pick("", "", "", "retracted")
	for i := range r.IntN(3) {
		d.Cites = append(d.Cites, evidence.Citation{
			ID: fmt.Sprint("c", i), Relation: pick("", "corrects", "retracts", "retracted by", "comments on"),
			Report: evidence.Report{DOI: fmt.Sprintf("10.1000/%d", r.IntN(4)), PMID: pick("", "101", "102")},
		})
	}
	for i := range 1 + r.IntN(3) {
		s := evidence.Study{ID: pick("s1", "s2", fmt.Sprint("s", i+3)), Name: pick("", "ALFA", "BETA", "Adams 2018")}
		if r.IntN(3) == 0 {
			s.Registrations = []string{fmt.Sprintf("NCT0000000%d", r.IntN(5))}
			if r.IntN(5) == 0 { // of several studies in one
				s.Registrations = append(s.Registrations, fmt.Sprintf("NCT0000000%d", r.IntN(5)))
			}
		}
		if r.IntN(5) == 0 {
			s.Aliases = []string{pick("ALFA", "BETA")}
		}
		if r.IntN(4) == 0 {
			s.Parent = pick("ALFA", "BETA", "NCT00000001")
		}
		s.Design.Kind = pick("", evidence.KindSecondaryAnalysis, evidence.KindSystematicReview, evidence.KindProtocol)
		if len(d.Cites) > 0 && r.IntN(3) == 0 {
			s.SecondHand, s.Via = true, d.Cites[r.IntN(len(d.Cites))].ID
		}
		s.Arms = []evidence.Arm{{Label: "A", Interventions: []string{pick("drug x", "drug y")}}, {Label: "B", Interventions: []string{"usual care"}}}
		s.Outcomes = []evidence.Outcome{{ID: "o", Text: pick("pain", "sleep")}}
		*[]*quantity.Decimal{&s.NRandomized, &s.N, &s.NAnalyzed}[r.IntN(3)] = quantity.Decimal(pick("", "100", "200"))
		d.Studies = append(d.Studies, s)
	}
	return d
}

// TestJoinsOfChanges compares the joins of a graph that was changed step by step, where only what a change concerns is
// joined anew, with those of a graph into which the same documents come at once.
func TestJoinsOfChanges(t *testing.T) {
	compareJoins(t, func() string { return filepath.Join(t.TempDir(), "g.db") })
}

func compareJoins(t *testing.T, place func() string) {
	t.Helper()
	v := words(t)
	several, seeds := 0, uint64(3)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 3))
		g := open(t, place(), Options{Vocab: v, BatchBytes: []int64{20000, 0, 1}[seed]}) // little, so that joins go through temporary files
		model := map[string]*evidence.Document{}
		for step := range 25 {
			change(t, g, func(w *Writer) error {
				for range 1 + r.IntN(3) {
					source := fmt.Sprint("doc", r.IntN(12))
					if model[source] != nil && r.IntN(3) == 0 {
						delete(model, source)
						if _, err := w.Remove(source); err != nil {
							return err
						}
						continue
					}
					model[source] = related(r, source)
					if err := w.Put(model[source]); err != nil {
						return err
					}
				}
				return nil
			})
			fresh := open(t, Memory, Options{Vocab: v})
			change(t, fresh, func(w *Writer) error {
				for _, source := range slices.Sorted(maps.Keys(model)) {
					if err := w.Put(model[source]); err != nil {
						return err
					}
				}
				return nil
			})
			if g.Digest() != fresh.Digest() || nquads(t, g) != nquads(t, fresh) {
				t.Fatalf("seed %d, step %d (-at once +step by step):\n%s", seed, step, cmp.Diff(strings.Split(nquads(t, fresh), "\n"), strings.Split(nquads(t, g), "\n")))
			}
			one, errA := g.Reports(t.Context())
			all, errB := fresh.Reports(t.Context())
			if diff := cmp.Diff(all, one); diff != "" || errA != nil || errB != nil {
				t.Fatalf("seed %d, step %d, reports (-at once +step by step): %v %v\n%s", seed, step, errA, errB, diff)
			}
			a, errA := g.Names(t.Context())
			b, errB := fresh.Names(t.Context())
			if diff := cmp.Diff(b, a); diff != "" || errA != nil || errB != nil {
				t.Fatalf("seed %d, step %d, names (-at once +step by step): %v %v\n%s", seed, step, errA, errB, diff)
			}
			st, err := g.Stats(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			several += st.Joined
			retracted := 0
			for _, p := range all {
				if p.Retracted != "" {
					retracted++
				}
			}
			bringing := 0
			for _, p := range all {
				bringing += len(p.Documents)
			}
			if bringing != st.Documents {
				t.Errorf("the reports come in %d documents, and there are %d", bringing, st.Documents)
			}
			if st.Reports != len(all) || st.Retracted != retracted {
				t.Errorf("Stats count %d reports, %d retracted; there are %d and %d", st.Reports, st.Retracted, len(all), retracted)
			}
		}
	}
	if several < 20*int(seeds) {
		t.Errorf("only %d joined studies in all: the documents do not meet", several)
	}
}

func nquads(t *testing.T, g *Graph) string {
	t.Helper()
	var b bytes.Buffer
	if err := g.WriteNQuads(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
