package loader_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader"
)

const trial = `Group Exercise or Leaflets for Knee Pain: The STEPS%d Randomized Trial
Smith A, Jones B, Lee C. J Knee. 2021;6(2):101-110. doi: 10.9999/steps.%d
Objective: To compare group exercise with leaflets.
Methods: Adults with knee pain (N = 3%02d) were randomized to exercise (n = 150) or leaflets (n = 150).
Results: At 12 months the mean pain score fell by 2.%d points (95%% CI, 1.0 to 3.2) with exercise. Pain did not differ between groups (P = .4%d).
Conclusions: Exercise helped.
Trial registration: NCT0%07d
We use cookies on this website. See our privacy policy.
`

// folder writes n trials, and some files that cannot be read, into a new folder.
func folder(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		write(t, fmt.Sprintf("%s/%03d.txt", dir, i), fmt.Sprintf(trial, i, i, i%100, i%10, i%10, i))
	}
	write(t, dir+"/empty.txt", "")
	write(t, dir+"/image.png", "\x89PNG\r\n")
	return dir
}

func write(t *testing.T, path, data string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func words(t *testing.T) *vocab.Vocabulary {
	t.Helper()
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func open(t *testing.T, v *vocab.Vocabulary) *graph.Graph {
	t.Helper()
	g, err := graph.Open(context.Background(), "mem:", graph.Options{Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	return g
}

// TestJobs checks that the number of jobs changes nothing in what comes out.
func TestJobs(t *testing.T) {
	dir, v := folder(t, 8), words(t)
	var want []byte
	for jobs := 1; jobs <= 8; jobs++ {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		err := loader.Extract(context.Background(), []string{dir}, loader.Options{Vocab: v, Jobs: jobs}, func(d *evidence.Document) error { return enc.Encode(d) })
		if err != nil {
			t.Fatal(err)
		}
		if jobs == 1 {
			want = b.Bytes()
			if n := bytes.Count(want, []byte("\n")); n != 10 {
				t.Fatalf("%d documents", n)
			}
		}
		if !bytes.Equal(want, b.Bytes()) {
			t.Fatalf("%d jobs give other bytes than one", jobs)
		}
	}
}

// TestPassages checks that every passage is what stands at its offsets, in a file with a byte-order mark and CRLF.
func TestPassages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "crlf.txt")
	data := "\uFEFF" + strings.ReplaceAll(fmt.Sprintf(trial, 1, 1, 1, 1, 1, 1), "\n", "\r\n")
	write(t, path, data)
	n := 0
	err := loader.Extract(context.Background(), []string{path}, loader.Options{Vocab: words(t)}, func(d *evidence.Document) error {
		if d.Text != data {
			t.Error("the text is not the file's bytes")
		}
		for _, s := range d.Studies {
			for _, f := range s.Findings {
				for _, p := range f.Passages {
					n++
					if data[p.Start:p.End] != p.Text {
						t.Errorf("passage %q is %q at %d", p.Text, data[p.Start:p.End], p.Start)
					}
				}
			}
		}
		return nil
	})
	if err != nil || n == 0 {
		t.Errorf("%d passages, %v", n, err)
	}
}

func TestLoad(t *testing.T) {
	dir, v := folder(t, 3), words(t)
	g := open(t, v)
	r, err := loader.Load(context.Background(), g, []string{dir}, loader.Options{Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	if r.Documents != 5 || r.Read != 3 || r.Failed() != 2 || len(r.Problems) != 2 || r.Studies == 0 || r.Findings == 0 {
		t.Errorf("%+v", r)
	}
	docs, err := g.Documents(context.Background())
	if err != nil || len(docs) != 3 {
		t.Fatalf("%d documents in the graph, %v", len(docs), err)
	}
	var text strings.Builder
	if err := r.Write(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"read 3 documents of 5 (2 could not be read)", "page furniture: cookie notice: 3 places", "empty.txt: detect: the file is empty", "this is a PNG image",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the report does not say %q:\n%s", want, text.String())
		}
	}
	digest := g.Digest()
	if _, err := loader.Load(context.Background(), g, []string{dir}, loader.Options{Vocab: v, Jobs: 3}); err != nil {
		t.Fatal(err)
	}
	if g.Digest() != digest {
		t.Error("loading again changed the graph")
	}
}

func TestLoadNothing(t *testing.T) {
	v := words(t)
	g := open(t, v)
	digest := g.Digest()
	dir := folder(t, 0)
	r, err := loader.Load(context.Background(), g, []string{dir}, loader.Options{Vocab: v})
	if !errors.Is(err, loader.ErrUnread) || r.Failed() != 2 {
		t.Errorf("%v, %+v", err, r)
	}
	if _, err := loader.Load(context.Background(), g, []string{dir, dir + "/nowhere"}, loader.Options{Vocab: v}); !errors.Is(err, loader.ErrNotFound) {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := loader.Load(ctx, g, []string{folder(t, 5)}, loader.Options{Vocab: v}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if g.Digest() != digest {
		t.Error("a load that failed changed the graph")
	}
	if _, err := loader.Load(context.Background(), g, []string{folder(t, 1)}, loader.Options{Vocab: v}); err != nil {
		t.Errorf("after a load that failed: %v", err)
	}
}

// TestSeeds reads shared documents where they are there, and checks the shape of what comes out.
func TestSeeds(t *testing.T) {
	const dir = "../../shared/seeds"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no shared documents here")
	}
	var reasons []string
	err := loader.Extract(context.Background(), []string{dir}, loader.Options{Vocab: words(t)}, func(d *evidence.Document) error {
		if len(d.Problems) > 0 {
			t.Errorf("%s: %+v", d.Source, d.Problems)
		}
		for _, s := range d.Ignored {
			reasons = append(reasons, s.Reason)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"page furniture: metadata", "page furniture: metadata", "page furniture: mark", "page furniture: label", "page furniture: mark",
		"translation of the text above (zh)",
		"page furniture: cookie notice", "repetition of the text above", "repetition of the text above", "page furniture: mission statement",
		"page furniture: cookie notice", "page furniture: mission statement",
	}
	if diff := cmp.Diff(want, reasons); diff != "" {
		t.Error(diff)
	}
}

// TestProblemsByKind prints many problems of one kind as one, with the names of all.
func TestProblemsByKind(t *testing.T) {
	var r loader.Report
	trouble := func(source, message string, start int, fatal bool) {
		p := loader.Trouble{Source: source, Problem: evidence.Problem{Stage: "read", Message: message}, Fatal: fatal}
		if start > 0 {
			p.Start, p.End = start, start+1
		}
		r.Problems = append(r.Problems, p)
	}
	trouble("a.xml", "damaged: </b> closes nothing at byte 12", 12, true)
	trouble("p\nq.txt", "the file is empty", 0, true)
	trouble("a.xml", "damaged: </i> closes nothing at byte 340", 340, true)
	trouble("b.xml", "damaged: </u> closes nothing at byte 9", 9, true)
	trouble("c.txt", "no sentence end", 7, false)
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	const want = `problems:
  3 places: read: damaged: </b> closes nothing at byte 12
    a.xml [byte 12]
    a.xml [byte 340]
    b.xml [byte 9]
  p␊q.txt: read: the file is empty
  c.txt: read: no sentence end [bytes 7 to 8]
`
	if _, got, _ := strings.Cut(b.String(), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
