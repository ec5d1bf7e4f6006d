package graph

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// probe is a context that looks, now and then when it is asked whether to go on, at how much memory is in use.
type probe struct {
	context.Context
	every int

	mu   sync.Mutex
	n    int
	most uint64 // bytes
}

func (p *probe) Err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.n++; p.n%p.every == 0 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		p.most = max(p.most, m.HeapAlloc)
	}
	return p.Context.Err()
}

// pubmedRecord returns a small document of a study that has a registration and an acronym that many have, of which one in eight is of the study of
// an earlier one, and that cites an earlier report.
func pubmedRecord(i int) *evidence.Document {
	trial := i
	if i%8 == 7 {
		trial = i / 2
	}
	d := simple(fmt.Sprintf("pubmed/%d.nbib#%d", i/100, i), fmt.Sprint("Of study ", i))
	d.Report = evidence.Report{Title: fmt.Sprint("The effect of care number ", i, " in those who need it"), Year: 2020, Authors: []string{"Doe J"}, DOI: fmt.Sprintf("10.1000/%d", i), PMID: fmt.Sprint(30000000 + i)}
	if i%10 == 9 {
		d.Cites = []evidence.Citation{{ID: "c1", Relation: "comments on", Report: evidence.Report{DOI: fmt.Sprintf("10.1000/%d", i/3)}}}
	}
	s := evidence.Study{ID: "s1", Name: fmt.Sprint("ALFA-", trial%100), Registrations: []string{fmt.Sprintf("NCT%08d", trial)}}
	for _, label := range []string{"care", "usual care"} {
		s.Arms = append(s.Arms, evidence.Arm{Label: label, Interventions: []string{label}})
	}
	s.Outcomes = []evidence.Outcome{{ID: "o1", Text: fmt.Sprint("outcome ", i%50)}}
	d.Studies = []evidence.Study{s}
	return d
}

// bytesOfLoad loads so many documents into a new graph and returns how much memory was in use at most, while next to
// nothing may be kept.
func bytesOfLoad(t *testing.T, documents int) uint64 {
	t.Helper()
	p := &probe{Context: t.Context(), every: documents / 10}
	g, err := Open(p, filepath.Join(t.TempDir(), "g.db"), Options{BatchBytes: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close() //nolint:errcheck // it goes with the folder
	w, err := g.Begin(p)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Rollback()
	for i := range documents {
		if err := w.Put(pubmedRecord(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(p); err != nil {
		t.Fatal(err)
	}
	if p.n < 20*p.every {
		t.Fatalf("memory was looked at %d times only", p.n/p.every)
	}
	st, err := g.Stats(t.Context())
	if err != nil || st.Documents != documents || st.Joined == 0 {
		t.Fatalf("%+v %v", st, err)
	}
	return p.most
}

// bytesOfDocument is how much memory a load may take for each of its documents.
const bytesOfDocument = 260

// TestMemoryOfLoads compares loads of few documents and of many: what memory holds of each is little, whatever they say.
func TestMemoryOfLoads(t *testing.T) {
	if testing.Short() {
		t.Skip("it loads twelve thousand documents")
	}
	few, many := 2000, 10000
	bytesOfLoad(t, 500) // what is made once
	a, b := bytesOfLoad(t, few), bytesOfLoad(t, many)
	each := (float64(b) - float64(a)) / float64(many-few)
	t.Logf("%d documents take %.1f MB, %d take %.1f MB: %.0f bytes each", few, float64(a)/1e6, many, float64(b)/1e6, each)
	if each > bytesOfDocument {
		t.Errorf("a document takes %.0f bytes, want no more than %d", each, bytesOfDocument)
	}
}
