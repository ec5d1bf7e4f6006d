package extract

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/picograph/picograph/graph/evidence"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestStudies reads small documents of several fields and compares what is said of their reports and studies, apart
// from findings, with goldens.
func TestStudies(t *testing.T) {
	v := loadVocabulary(t)
	files, err := filepath.Glob(filepath.Join("testdata", "study", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := string(section(ar, "text"))
			got := describe(extractText(v, "text", text))
			if *update {
				ar.Files = []txtar.File{{Name: "text", Data: []byte(text)}, {Name: "want", Data: []byte(got)}}
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := gocmp.Diff(string(section(ar, "want")), got); diff != "" {
				t.Errorf("studies (-want +got):\n%s", diff)
			}
		})
	}
}

func section(ar *txtar.Archive, name string) []byte {
	for _, f := range ar.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// describe writes a document's report, citations and studies, a line each, without findings and passages.
func describe(d *evidence.Document) string {
	var b strings.Builder
	line := func(name string, pairs ...any) {
		fmt.Fprintf(&b, "%s", name)
		for i := 0; i+1 < len(pairs); i += 2 {
			if s := plain(pairs[i+1]); s != "" {
				fmt.Fprintf(&b, " | %v: %s", pairs[i], s)
			}
		}
		b.WriteByte('\n')
	}
	report := func(name string, r evidence.Report) {
		line(name, "title", r.Title, "authors", r.Authors, "journal", r.Journal, "year", r.Year, "volume", r.Volume, "issue", r.Issue,
			"pages", r.Pages, "doi", r.DOI, "pmid", r.PMID, "pmcid", r.PMCID, "urls", r.URLs, "status", r.Status)
	}
	report("report", d.Report)
	for _, c := range d.Cites {
		report("cite "+c.ID, c.Report)
	}
	for _, s := range d.Studies {
		line("study", "name", s.Name, "registrations", s.Registrations, "parent", s.Parent, "second hand", s.SecondHand, "via", s.Via)
		line("  design", "kind", s.Design.Kind, "allocation", s.Design.Allocation, "model", s.Design.Model, "masking", s.Design.Masking,
			"phase", s.Design.Phase, "text", s.Design.Text)
		line("  conduct", "n", s.N, "randomized", s.NRandomized, "analyzed", s.NAnalyzed, "planned", s.NPlanned, "clusters", s.Clusters, "unit", s.ClusterUnit,
			"setting", s.Setting, "country", s.Country, "sponsor", s.Sponsor, "from", s.Recruited.From, "to", s.Recruited.To, "follow-up ended", s.FollowUpEnded)
		for _, a := range s.Arms {
			line("  arm", "label", a.Label, "abbreviation", a.Abbreviation, "aliases", a.Aliases, "n", a.N, "role", a.Role,
				"interventions", a.Interventions, "components", a.Components, "description", a.Description)
		}
		for _, p := range s.Populations {
			line("  population "+p.ID, "parent", p.Parent, "text", p.Text, "conditions", p.Conditions)
			for _, c := range p.Criteria {
				line("    criterion", "variable", c.Variable, "relation", string(c.Relation), "value", c.Value, "high", c.High, "unit", c.Unit,
					"duration", c.Duration, "exclude", c.Exclude, "printed", c.Printed, "doubt", c.Doubt)
			}
		}
		for _, o := range s.Outcomes {
			line("  outcome", "text", o.Text, "concept", o.Concept, "role", o.Role, "better", o.Better, "instrument", o.Instrument,
				"definition", o.Definition, "timepoint", o.Timepoint, "doubt", o.Doubt)
		}
		for _, i := range s.Instruments {
			line("  instrument", "label", i.Label, "abbreviation", i.Abbreviation, "concept", i.Concept, "items", i.Items)
		}
		for _, c := range s.Conclusions {
			line("  conclusion", "text", c.Text)
		}
		var stated []string
		for _, x := range s.Stated {
			stated = append(stated, x.Field)
		}
		line("  stated", "fields", stated)
	}
	return b.String()
}

// plain writes a value, and nothing for one that is absent.
func plain(v any) string {
	switch v := v.(type) {
	case []string:
		return strings.Join(v, "; ")
	case int:
		if v == 0 {
			return ""
		}
	case bool:
		if !v {
			return ""
		}
	}
	return fmt.Sprint(v)
}

// FuzzExtract extracts from any text: nothing panics, every passage is what stands at its offsets, and a second run
// says the same.
func FuzzExtract(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "study", "*.txtar"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(section(ar, "text")))
	}
	for _, s := range strange {
		f.Add("METHODS: Adults were randomized to tea or milk. RESULTS: Pain fell (P = .02). " + s)
	}
	f.Add("Smith J (2020). A. B, 1(2), 3.\n(Smith, 2020) (((] [) N = 5 vs. vs or (n = ")
	v := loadVocabulary(f)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4<<10 {
			return
		}
		sound(t, v, text)
	})
}
