package graph

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/store"
)

// TestRules fails when the same documents give other entries or joins than the edition that rules names: raise rules, and note the new digest here.
func TestRules(t *testing.T) {
	const edition, want = "1", "a7b57ad5126c35e3"
	g := open(t, Memory, Options{})
	put(t, g, joinable()...)
	v := g.now.Load()
	sum := sha256.New()
	entries := 0
	for _, set := range []int{setNames, setLinks, setReports} {
		for e, err := range v.Entries(t.Context(), set, "") {
			if err != nil {
				t.Fatal(err)
			}
			entries++
			fmt.Fprintf(sum, "%d %q\n", set, e)
		}
	}
	var all bytes.Buffer
	if err := g.WriteNQuads(t.Context(), &all); err != nil {
		t.Fatal(err)
	}
	joins := 0
	for line := range strings.Lines(all.String()) {
		if strings.Contains(line, "<"+joinsIn+">") {
			joins++
			sum.Write([]byte(line))
		}
	}
	if entries < 40 || joins < 20 {
		t.Fatalf("only %d entries and %d quads of joins: the documents of this test no longer show what it is for", entries, joins)
	}
	if got := fmt.Sprintf("%x", sum.Sum(nil)[:8]); rules != edition || got != want {
		t.Errorf("edition %s gives the digest %s, this test knows %s with %s: raise rules in rules.go, and put both here", rules, got, edition, want)
	}
}

// joinable returns documents that are joined for each kind of reason, cite each other, and have names that are folded.
func joinable() []*evidence.Document {
	doc := func(source string, r evidence.Report, s evidence.Study) *evidence.Document {
		d := simple(source, source)
		s.ID, s.Arms, s.Findings = "s1", append(s.Arms, d.Studies[0].Arms...), d.Studies[0].Findings
		d.Report, d.Studies = r, []evidence.Study{s}
		return d
	}
	author := []string{"Öberg A-L", "O'Neil J"}
	registered := doc("a.txt", evidence.Report{Title: "Tapering at home: the SLOW-DOWN trial", Year: 2021, DOI: "10.1000/slow.1", PMID: "30000001", Authors: author},
		evidence.Study{Name: "SLOW-DOWN", Aliases: []string{"Slow Down"}, Registrations: []string{"NCT04000001"}})
	followed := doc("b.txt", evidence.Report{Title: "Two years of SLOW-DOWN", Year: 2023, DOI: "10.1000/slow.2", PMID: "30000002", Authors: author},
		evidence.Study{Name: "SLOW-DOWN", Registrations: []string{"NCT04000001", "ISRCTN10000007"}})
	named := doc("c.txt", evidence.Report{Title: "Costs of the SLOW-DOWN trial", Year: 2022, Authors: author},
		evidence.Study{Name: "SLOW-DOWN", Arms: []evidence.Arm{{Label: "Dose reduction at home", Abbreviation: "DRH"}}})
	record := doc("d.xml", evidence.Report{Title: "Tapering at home: the SLOW-DOWN trial", PMID: "30000001", Year: 2021}, evidence.Study{Name: "SLOW-DOWN"})
	erratum := doc("e.txt", evidence.Report{Title: "Erratum: tapering at home", PMID: "30000003", Year: 2022}, evidence.Study{})
	erratum.Studies = nil
	erratum.Cites = []evidence.Citation{{ID: "c1", Relation: "corrects", Report: evidence.Report{PMID: "30000001"}}}
	return []*evidence.Document{registered, followed, named, record, erratum}
}

// TestOtherRules opens a graph that another edition wrote: it is answered from, and not changed.
func TestOtherRules(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	g := open(t, path, Options{})
	put(t, g, simple("a", "x"))
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(path, false, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	tx.SetMeta(metaRules, []byte("0"))
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	g = open(t, path, Options{})
	if docs := contents(t, g); len(docs) != 1 {
		t.Errorf("%d documents are read", len(docs))
	}
	wantError(t, second(g.Begin(t.Context())), ErrVersion, `edition "0"`, "export nquads")
}
