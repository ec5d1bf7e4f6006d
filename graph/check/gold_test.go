package check_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/check"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// TestGold reads what the seeds' documents tell, and says of each of them what does not add up: nothing else may be
// flagged.
func TestGold(t *testing.T) {
	v := load(t)
	files, err := filepath.Glob(filepath.Join("..", "..", "seeds", "testdata", "gold", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no gold files: %v", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var doc evidence.Document
		if err := json.Unmarshal(b, &doc); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		var flagged []string
		for _, r := range check.Check(&doc, v) {
			t.Logf("%s %s%s [%s] %s: %s (%s)", filepath.Base(file), r.Finding, r.Field, r.Rule, r.Verdict, r.Text, r.Calculation)
			if r.Verdict != check.Consistent {
				text := r.Text
				if r.Finding == "" {
					text = r.Field // its text repeats words that the gold may put otherwise
				}
				flagged = append(flagged, string(r.Verdict)+": "+text)
			}
		}
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		if diff := cmp.Diff(goldFlags[name], flagged); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

var goldFlags = map[string][]string{
	"01-voice-2025": {
		"explainable: populations/p1",
		"explainable: outcomes/o1",
		"inconsistent: 58/350 is 16.6%, printed 16.4%; no whole number of 350 gives 16.4%",
		"explainable: 58/350 and 54/362 give a crude odds ratio of 1.13, printed 1.11; explainable by adjustment",
	},
	"02-fortney-2025": {"explainable: 139 of 254 is 54.7%, printed 59.9%; 59.9% fits a total of 232"},
	"03-inspire-2025": {"explainable: the dash before 6 is presumed to be a minus sign"},
}

func load(t *testing.T) *vocab.Vocabulary {
	t.Helper()
	v, err := loadAll()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var loadAll = sync.OnceValues(func() (*vocab.Vocabulary, error) { return vocab.Load() })
