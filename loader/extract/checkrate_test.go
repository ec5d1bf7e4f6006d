package extract

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/check"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

var every = flag.Int("every", 15, "read every n-th abstract of the shared collections")

// TestChecksOfAbstracts works through the arithmetic of some thousand abstracts of trials and counts the verdicts. Nearly
// all that authors print adds up: more than a few contradictions in a thousand checks would be of our own making. Run
// with -v -every 1 to read all of them. It skips where ../shared is absent.
func TestChecksOfAbstracts(t *testing.T) {
	v := loadVocabulary(t)
	counts := map[check.Verdict]int{}
	byRule := map[string]map[check.Verdict]int{}
	documents := 0
	for i, text := range sharedAbstracts(t) {
		if i%*every != 0 {
			continue
		}
		documents++
		d := document.Parse("a", text, v.Heading)
		out := Extract(d, v)
		out.Text = text
		for _, r := range check.Check(out, v) {
			counts[r.Verdict]++
			if byRule[r.Rule] == nil {
				byRule[r.Rule] = map[check.Verdict]int{}
			}
			byRule[r.Rule][r.Verdict]++
			if r.Verdict == check.Inconsistent {
				t.Logf("%s: %s\n    %s\n    %s", r.Rule, r.Text, r.Calculation, where(r.Passages))
			}
		}
	}
	all := counts[check.Consistent] + counts[check.Explainable] + counts[check.Inconsistent]
	t.Logf("%d documents, %d checks: %v", documents, all, counts)
	for _, r := range check.Rules() {
		t.Logf("%-36s %v", r.Name, byRule[r.Name])
	}
	if 100*counts[check.Inconsistent] > all {
		t.Errorf("%d of %d checks contradict", counts[check.Inconsistent], all)
	}
}

func where(ps []evidence.Passage) string {
	if len(ps) == 0 {
		return "no passage"
	}
	return ps[0].Text
}

// sharedAbstracts returns the abstracts of the shared collections, with their titles.
func sharedAbstracts(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, name := range []string{"abstracts-cc-by.jsonl.gz", "evidence-inference/train.jsonl"} {
		f, err := os.Open(filepath.Join("../../../shared/data", name))
		if err != nil {
			t.Skipf("the shared data are absent: %v", err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		if strings.HasSuffix(name, ".gz") {
			z, err := gzip.NewReader(f)
			if err != nil {
				t.Fatal(err)
			}
			lines = bufio.NewScanner(z)
		}
		lines.Buffer(nil, 4<<20)
		for lines.Scan() {
			var a struct{ Title, Abstract string }
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
			out = append(out, a.Title+"\n\n"+a.Abstract)
		}
	}
	return out
}
