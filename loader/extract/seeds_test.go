package extract

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/seeds"
)

func loadVocabulary(t testing.TB) *vocab.Vocabulary {
	t.Helper()
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// extractText reads one text as the loader does.
func extractText(v *vocab.Vocabulary, name, text string) *evidence.Document {
	return Extract(document.Parse(name, text, v.Heading), v)
}

// digest lists the findings of a document, one line each, by what they say rather than by how it is worded: kind, study,
// interventions, population criteria, outcome concept, numbers, P, direction. Statements in words, which can be cut in
// more than one way, are left to retold.
func digest(d *evidence.Document) []string {
	var out []string
	for i := range d.Studies {
		s := &d.Studies[i]
		for _, f := range s.Findings {
			if f.Kind == evidence.InWords {
				continue
			}
			out = append(out, strings.Join([]string{
				string(f.Kind), f.Outcome.Concept, criteria(s, f.Population.ID, f.Subgroup), interventions(s, f.Arm), interventions(s, f.Comparator),
				string(f.Timepoint.Months), numbers(f.Estimates), pText(f.P), strings.TrimPrefix(string(f.Direction), string(evidence.NotStated)), significance(f.Significant),
			}, " | "))
		}
	}
	slices.Sort(out)
	return out
}

func criteria(s *evidence.Study, id string, subgroup bool) string {
	if !subgroup {
		return "all"
	}
	var out []string
	for _, p := range s.Populations {
		if p.ID == id {
			for _, c := range p.Criteria {
				out = append(out, fmt.Sprintf("%s %s %s %s", c.Variable, c.Relation, c.Value, c.Unit))
			}
		}
	}
	return strings.Join(out, ", ")
}

func interventions(s *evidence.Study, labels []string) string {
	var out []string
	for _, l := range labels {
		for _, a := range s.Arms {
			if a.Label == l {
				out = append(out, a.Interventions...)
			}
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), "+")
}

func numbers(es []evidence.Estimate) string {
	var out []string
	for _, e := range es {
		s := fmt.Sprintf("%s %s n%s/%s %s%% mean%s(%s)", cmp.Or(string(e.Value), "-"), e.Unit, e.Events, e.Total, e.Percent, e.Mean, e.SD)
		if e.CI != nil {
			s += fmt.Sprintf(" [%s %s %s]", e.CI.Level, e.CI.Low, e.CI.High)
		}
		if e.Before != nil && e.After != nil {
			s += fmt.Sprintf(" %s(%s)->%s(%s)", e.Before.Mean, e.Before.SD, e.After.Mean, e.After.SD)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func pText(p evidence.PValue) string {
	if !p.Value.Present() {
		return ""
	}
	return fmt.Sprintf("P%s%s %s", p.Relation, p.Value, p.Of)
}

func significance(b *bool) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return "significant"
	}
	return "not significant"
}

// eachSeed runs a test on each seed document: its text, what an expert found in it, and what is extracted.
func eachSeed(t *testing.T, test func(t *testing.T, text string, gold, got *evidence.Document)) {
	t.Helper()
	v := loadVocabulary(t)
	names, err := fs.Glob(seeds.Documents, "*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no seed documents: %v", err)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			text, err := fs.ReadFile(seeds.Documents, name)
			if err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(filepath.Join("..", "..", "seeds", "testdata", "gold", strings.TrimSuffix(name, ".txt")+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var gold evidence.Document
			if err := json.Unmarshal(b, &gold); err != nil {
				t.Fatal(err)
			}
			test(t, string(text), &gold, extractText(v, name, string(text)))
		})
	}
}

// TestSeeds holds what is extracted from the seed documents against what an expert found in them: every finding, and no
// other.
func TestSeeds(t *testing.T) {
	eachSeed(t, func(t *testing.T, text string, gold, got *evidence.Document) {
		exact(t, got, text)
		retold(t, gold, got)
		if diff := gocmp.Diff(digest(gold), digest(got)); diff != "" {
			t.Errorf("findings (-gold +extracted):\n%s", diff)
		}
	})
}

// retold checks that each sentence in which an expert found a statement gives a finding.
func retold(t *testing.T, gold, got *evidence.Document) {
	t.Helper()
	told := map[int]bool{}
	for _, s := range got.Studies {
		for _, f := range s.Findings {
			for _, p := range f.Passages {
				told[p.Start] = true
			}
		}
	}
	for _, s := range gold.Studies {
		for _, f := range s.Findings {
			if f.Kind == evidence.InWords && !told[f.Passages[0].Start] {
				t.Errorf("nothing found in %q", f.Passages[0].Text)
			}
		}
	}
}

// exact checks that every passage is what stands at its offsets, and that none lies in ignored text.
func exact(t *testing.T, d *evidence.Document, text string) {
	t.Helper()
	evidence.WalkPassages(d, func(where string, p *evidence.Passage) {
		if p.Start < 0 || p.End > len(text) || p.Start >= p.End || text[p.Start:p.End] != p.Text {
			t.Errorf("%s: %d to %d is not %q", where, p.Start, p.End, p.Text)
		}
		for _, s := range d.Ignored {
			if p.Start < s.End && s.Start < p.End {
				t.Errorf("%s: %d to %d lies in ignored text (%s)", where, p.Start, p.End, s.Reason)
			}
		}
	})
}

// TestWordingDoesNotMatter holds the seed documents, which retell published ones, against the originals: the same
// findings must come from both.
func TestWordingDoesNotMatter(t *testing.T) {
	originals, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "seeds", "*.txt"))
	names, _ := fs.Glob(seeds.Documents, "*.txt")
	if len(originals) != len(names) {
		t.Skipf("the original documents are not here (%d of %d found)", len(originals), len(names))
	}
	v := loadVocabulary(t)
	for i, name := range names {
		t.Run(name, func(t *testing.T) {
			retold, err := fs.ReadFile(seeds.Documents, name)
			if err != nil {
				t.Fatal(err)
			}
			original, err := os.ReadFile(originals[i])
			if err != nil {
				t.Fatal(err)
			}
			a := extractText(v, name, string(retold))
			b := extractText(v, originals[i], string(original))
			exact(t, b, string(original))
			if diff := gocmp.Diff(digest(a), digest(b)); diff != "" {
				t.Errorf("findings (-retold +original):\n%s", diff)
			}
		})
	}
}
