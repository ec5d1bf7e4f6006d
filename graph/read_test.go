package graph

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/picograph/picograph/graph/evidence"
)

func TestReading(t *testing.T) {
	ctx := t.Context()
	g := open(t, Memory, Options{Vocab: words(t)})
	docs := golds(t)
	put(t, g, docs...)
	all := map[FindingID]*Finding{}
	studies, err := g.Studies(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range studies {
		ids, err := g.Findings(ctx, ByStudy, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		var told []FindingID
		for _, tl := range s.Tellings {
			keys, err := g.Keys(ctx, tl)
			if err != nil {
				t.Fatal(err)
			}
			told = append(told, keys...)
		}
		slices.Sort(told)
		if diff := cmp.Diff(told, ids, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: findings by study and by telling differ:\n%s", s.ID, diff)
		}
		for _, id := range ids {
			f, err := g.Finding(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			if f.StudyID != s.ID || f.Key != id || f.Telling.DocumentID != f.DocumentID {
				t.Errorf("%s: %s is of study %s, document %s", s.ID, f.Key, f.StudyID, f.DocumentID)
			}
			all[id] = f
		}
		if same, err := g.Study(ctx, s.ID); err != nil || same != s {
			t.Errorf("Study(%s) = %v, %v", s.ID, same, err)
		}
	}
	want := 0
	for _, d := range docs {
		for _, s := range d.Studies {
			want += len(s.Findings)
		}
	}
	if len(all) != want {
		t.Errorf("%d findings, want %d", len(all), want)
	}
	// Every relation gives what looking at each finding gives.
	for _, rel := range []Relation{ByKind, ByDirection, ByOutcome, ByIntervention, ByComparator, ByCondition, ByDocument, ByStudy} {
		byValue := map[string][]FindingID{}
		for id, f := range all {
			for _, v := range relationValues(rel, f) {
				if !slices.Contains(byValue[v], id) {
					byValue[v] = append(byValue[v], id)
				}
			}
		}
		if len(byValue) == 0 {
			t.Errorf("%s: nothing to test", rel)
		}
		for v, ids := range byValue {
			slices.Sort(ids)
			got, err := g.Findings(ctx, rel, v)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(ids, got); diff != "" {
				t.Errorf("%s = %q (-want +got):\n%s", rel, v, diff)
			}
			if n, err := g.Count(ctx, rel, v); n != len(ids) || err != nil {
				t.Errorf("Count(%s, %q) = %d, %v, want %d", rel, v, n, err, len(ids))
			}
		}
		if got, err := g.Findings(ctx, rel, "no such thing"); len(got) > 0 || err != nil {
			t.Errorf("%s of nothing = %v, %v", rel, got, err)
		}
	}
}

// relationValues works a relation out from the finding itself.
func relationValues(rel Relation, f *Finding) []string {
	study := f.Telling.Study
	arms := func(labels []string) (out []string) {
		for _, l := range labels {
			if i := slices.IndexFunc(study.Arms, func(a evidence.Arm) bool { return a.Label == l }); i >= 0 {
				out = append(out, append(slices.Clone(study.Arms[i].Interventions), study.Arms[i].Components...)...)
			}
		}
		return out
	}
	switch rel {
	case ByKind:
		return []string{string(f.Kind)}
	case ByDirection:
		if f.Direction != "" {
			return []string{string(f.Direction)}
		}
	case ByOutcome:
		var out []string
		for _, v := range []string{f.Outcome.Concept, f.Outcome.Text} {
			if v != "" {
				out = append(out, v)
			}
		}
		return out
	case ByIntervention:
		return arms(f.Arm)
	case ByComparator:
		return arms(f.Comparator)
	case ByDocument:
		return []string{f.DocumentID}
	case ByStudy:
		return []string{f.StudyID}
	case ByCondition:
		var out []string
		for id := f.Population.ID; id != ""; {
			i := slices.IndexFunc(study.Populations, func(p evidence.Population) bool { return p.ID == id })
			if i < 0 {
				break
			}
			out = append(out, study.Populations[i].Conditions...)
			id = study.Populations[i].Parent
		}
		for _, p := range study.Populations {
			if p.Parent == "" {
				return append(out, p.Conditions...)
			}
		}
		return out
	}
	return nil
}

func TestNamesAndLabels(t *testing.T) {
	g := open(t, Memory, Options{Vocab: words(t)})
	put(t, g, golds(t)...)
	names, err := g.Names(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct{ text, kind string }{
		{"VOICE", "study"},
		{"NCT03026790", "registration"},
		{"PCM", "arm"},
	} {
		if !slices.ContainsFunc(names, func(n Name) bool { return n.Text == want.text && n.Type == want.kind }) {
			t.Errorf("no %s %q among %d names", want.kind, want.text, len(names))
		}
	}
	labels, err := g.Labels(t.Context())
	if err != nil || labels["opioid_dose"] == "" || labels["OR"] == "" {
		t.Errorf("Labels = %v, %v", labels, err)
	}
}

func TestPartIsASubset(t *testing.T) {
	ctx := t.Context()
	g := open(t, Memory, Options{Vocab: words(t)})
	put(t, g, golds(t)...)
	whole := map[string]bool{}
	for q, err := range g.Quads(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		whole[string(AppendNQuad(nil, q))] = true
	}
	ids, err := g.Findings(ctx, ByKind, "between")
	if err != nil || len(ids) < 2 {
		t.Fatal(ids, err)
	}
	for _, sel := range []Selection{{Findings: ids[:1]}, {Findings: ids}, {Studies: []string{mustFinding(t, g, ids[0]).StudyID}}, {Studies: []string{"none"}}, {}} {
		n, wanted := 0, map[string]bool{}
		for q, err := range g.Part(ctx, sel) {
			if err != nil {
				t.Fatal(err)
			}
			line := string(AppendNQuad(nil, q))
			if !whole[line] {
				t.Errorf("%v: not in the graph: %s", sel, line)
			}
			if text(q.Predicate) == rdfType && text(q.Object) == ourTerms+"Finding" {
				wanted[text(q.Subject)] = true
			}
			n++
		}
		keys, err := g.keys(ctx, sel)
		if err != nil {
			t.Fatal(err)
		}
		if len(wanted) != len(keys) || (n > 0) != (len(keys) > 0) {
			t.Errorf("%v: %d findings in %d quads, want %d findings", sel, len(wanted), n, len(keys))
		}
	}
}

func mustFinding(t *testing.T, g *Graph, id FindingID) *Finding {
	t.Helper()
	f, err := g.Finding(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestTellingsAreJoined has two reports of one trial, of which the second names the registration only in passing, and
// loads them in both orders and in two steps.
func TestTellingsAreJoined(t *testing.T) {
	main, second := simple("main.txt", "main"), simple("second.txt", "second")
	main.Studies[0].Registrations = []string{"NCT00000042"}
	second.Studies[0].Registrations = []string{"NCT00000042"}
	second.Studies[0].Design.Kind = evidence.KindSecondaryAnalysis
	for _, order := range [][]*evidence.Document{{main, second}, {second, main}} {
		g := open(t, Memory, Options{})
		put(t, g, order[0], simple("third.txt", "third"))
		put(t, g, order[1])
		s, err := g.Study(t.Context(), "NCT00000042")
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Tellings) != 2 || s.Tellings[0].Source != "main.txt" || len(s.Joins) != 1 || s.Joins[0].Reason == "" || s.Joins[0].Evidence == "" {
			t.Errorf("joined: %d tellings, %+v", len(s.Tellings), s.Joins)
		}
		if ids, err := g.Findings(t.Context(), ByStudy, s.ID); err != nil || len(ids) != 2 {
			t.Errorf("findings of the joined study: %v, %v", ids, err)
		}
		st, err := g.Stats(t.Context())
		if err != nil || st.Studies != 2 || st.Tellings != 3 || st.Joined != 1 {
			t.Errorf("stats: %+v, %v", st, err)
		}
		change(t, g, func(w *Writer) error { _, err := w.Remove("second.txt"); return err })
		if s, err := g.Study(t.Context(), "NCT00000042"); err != nil || len(s.Tellings) != 1 || len(s.Joins) > 0 {
			t.Errorf("after the second report was removed: %+v, %v", s, err)
		}
	}
}

func TestReadingAheadTwice(t *testing.T) {
	main, second := simple("main.txt", "main"), simple("second.txt", "second")
	main.Studies[0].Registrations = []string{"NCT00000042"}
	second.Studies[0].Registrations = []string{"NCT00000042"}
	g := open(t, Memory, Options{})
	put(t, g, main, second)
	if err := g.Ahead(t.Context(), Selection{Studies: []string{"NCT00000042", "NCT00000042"}}); err != nil {
		t.Fatal(err)
	}
	s, err := g.Study(t.Context(), "NCT00000042")
	if err != nil || len(s.Tellings) != 2 || s.Tellings[0].DocumentID == s.Tellings[1].DocumentID {
		t.Errorf("a study that was asked for twice has %d tellings, %v", len(s.Tellings), err)
	}
}
