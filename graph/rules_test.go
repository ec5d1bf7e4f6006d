package graph

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/postgres/pgtest"
)

// TestRules fails when the same documents give other entries or joins than the edition that rules names: raise rules, and note the new digest here.
func TestRules(t *testing.T) {
	const edition, want = "1", "7877f52223e4d036"
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
	return append([]*evidence.Document{registered, followed, named, record, erratum}, alike(doc)...)
}

// alike returns documents that are joined by what they have in common: a named parent, a team, an acronym, a title, a comment, and one that tells of
// a report second-hand.
func alike(doc func(string, evidence.Report, evidence.Study) *evidence.Document) []*evidence.Document {
	const title = "A trial of two ways of care for people in pain at home"
	study := func(change func(s *evidence.Study)) evidence.Study {
		s := evidence.Study{
			Arms:        []evidence.Arm{{Label: "talks", Interventions: []string{"mi_cbt"}}, {Label: "decisions", Interventions: []string{"sdm"}}},
			Outcomes:    []evidence.Outcome{{ID: "o1", Text: "opioid dose", Concept: "opioid_dose"}},
			Populations: []evidence.Population{{ID: "p1", Text: "adults in pain"}}, Instruments: []evidence.Instrument{{Label: "Pain Index", Abbreviation: "PI"}},
			NRandomized: "400", Design: evidence.Design{Kind: evidence.KindTrial},
		}
		change(&s)
		return s
	}
	secondary := func(s *evidence.Study) { s.Design.Kind = evidence.KindSecondaryAnalysis }
	team := []string{"BETA Study Group"}
	first := doc("f.txt", evidence.Report{Title: title, Year: 2020, DOI: "10.1000/beta.1", Authors: team}, study(func(s *evidence.Study) { s.Name = "BETA" }))
	parent := doc("g.txt", evidence.Report{Title: "Sleep in BETA", Year: 2021, DOI: "10.1000/beta.2"}, study(func(s *evidence.Study) { secondary(s); s.Parent = "BETA trial" }))
	sameTeam := doc("h.txt", evidence.Report{Title: "Doses again", Year: 2022, DOI: "10.1000/beta.3", Authors: team}, study(secondary))
	sameName := doc("i.txt", evidence.Report{Title: "Doses once more", Year: 2023, DOI: "10.1000/beta.4"}, study(func(s *evidence.Study) { s.Name = "Beta" }))
	sameTitle := doc("j.txt", evidence.Report{Title: title, Year: 2020}, study(func(*evidence.Study) {}))
	comment := doc("k.txt", evidence.Report{Title: "Comment", Year: 2020, DOI: "10.1000/beta.5"}, study(func(*evidence.Study) {}))
	comment.Cites = []evidence.Citation{{ID: "c1", Relation: "comments on", Report: evidence.Report{DOI: "10.1000/beta.1"}}}
	other := doc("l.txt", evidence.Report{Title: "Comment on arms of another kind", Year: 2020, DOI: "10.1000/beta.6"}, study(func(s *evidence.Study) {
		s.Arms[0].Interventions, s.Arms[1].Interventions = []string{"walking"}, []string{"stretching"}
	}))
	other.Cites = comment.Cites
	told := doc("m.txt", evidence.Report{Title: "What is known", Year: 2024}, study(func(s *evidence.Study) { s.Name, s.SecondHand, s.Via = "Roe 2020", true, "c1" }))
	told.Cites = []evidence.Citation{{ID: "c1", Report: evidence.Report{DOI: "10.1000/beta.1"}}}
	return []*evidence.Document{first, parent, sameTeam, sameName, sameTitle, comment, other, told}
}

// TestOtherRules opens graphs that other editions wrote: they are answered from, and not changed. What is exported of them can be.
func TestOtherRules(t *testing.T) { checkOtherRules(t, filepath.Join(t.TempDir(), "g.db")) }

func TestDatabaseOfOtherRules(t *testing.T) { checkOtherRules(t, pgtest.Start(t).Database("rules")) }

func checkOtherRules(t *testing.T, place string) {
	t.Helper()
	put(t, open(t, place, Options{}), simple("a", "x"))
	for edition, called := range map[string]string{"0": "0", "": "before 1", "77": "77"} {
		g := open(t, place, Options{})
		tx, _, err := g.base.Begin(t.Context(), g.now.Load().state)
		if err != nil {
			t.Fatal(err)
		}
		tx.SetMeta(metaRules, []byte(edition))
		if _, err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		tx.Rollback()
		g = open(t, place, Options{})
		if docs := contents(t, g); len(docs) != 1 {
			t.Errorf("%d documents are read", len(docs))
		}
		message := "edition " + called + "; this one's is " + rules
		wantError(t, second(g.Begin(t.Context())), ErrEdition, "writing the graph "+g.Where()+": another picograph", "export nquads")
		wantError(t, g.Edition(), ErrEdition, message, "into a new graph")
		if v, err := g.Verify(t.Context()); err != nil || len(v.Damage) > 0 {
			t.Errorf("Verify: %+v, %v", v, err)
		}
		if nq := nquads(t, g); nq != "" {
			path := filepath.Join(t.TempDir(), "g.nq")
			if err := os.WriteFile(path, []byte(nq), 0o666); err != nil {
				t.Fatal(err)
			}
			again := open(t, path, Options{})
			if put(t, again, simple("b", "y")); again.Edition() != nil || len(contents(t, again)) != 2 {
				t.Errorf("what was exported of it: %v", again.Edition())
			}
		}
	}
}
