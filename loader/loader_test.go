package loader

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

var vocabulary = sync.OnceValues(func() (*vocab.Vocabulary, error) { return vocab.Load() })

// options returns options with the carried vocabulary.
func options(t *testing.T) Options {
	t.Helper()
	v, err := vocabulary()
	if err != nil {
		t.Fatal(err)
	}
	return Options{Vocab: v}
}

// plainStages parse for real and extract the first word as the title: what is tested here is the way there.
var plainStages = stages{
	parse: document.Parse,
	extract: func(d *document.Document, _ *vocab.Vocabulary) *evidence.Document {
		word, _, _ := strings.Cut(strings.TrimSpace(d.Text), " ")
		if word == "panic" {
			panic("a defect")
		}
		return &evidence.Document{Source: d.Source, SHA256: d.SHA256, Format: d.Format, Report: evidence.Report{Title: word}}
	},
}

// tree writes files under a new folder and returns it.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// loads runs the pipeline and tells of each result in a line: its name below dir, and its title or its problem.
func loads(t *testing.T, dir string, o Options, paths ...string) ([]string, error) {
	t.Helper()
	var out []string
	err := run(context.Background(), paths, o, plainStages, func(r result) error {
		name := strings.TrimPrefix(filepath.ToSlash(r.doc.Source), filepath.ToSlash(dir)+"/")
		if r.read {
			out = append(out, name+" = "+r.doc.Report.Title)
		} else {
			p := r.doc.Problems[0]
			out = append(out, fmt.Sprintf("%s: %s: %s", name, p.Stage, p.Message))
		}
		return nil
	})
	return out, err
}

func gzipped(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zipped(t *testing.T, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(members); i += 2 {
		m, err := w.Create(members[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(m, members[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestOpen(t *testing.T) {
	dir := tree(t, map[string]string{
		"b.txt": "bee it is.", "a.md": "ay it is.", "sub/c.txt": "see it is.", ".hidden.txt": "no", ".git/x.txt": "no", "x.go": "no",
		"d.txt.gz": gzipped(t, "dee it is."), "graph": "# picograph graph 1\nno", "g.db": "picograph graph 2\nno", "h": "picograph graph 2\nno", "g.db.lock": "1 host",
		"e.zip": zipped(t, "z.txt", "zed.", "m/a.txt", "emm.", ".DS_Store", "no", "__MACOSX/a", "no", "../up.txt", "no", "f/", "", "in.gz", gzipped(t, "gee.")),
	})
	if err := os.Symlink("..", filepath.Join(dir, "sub", "loop")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("b.txt", filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "dangling.txt")); err != nil {
		t.Fatal(err)
	}
	o := options(t)
	all := []string{
		"a.md = ay", "b.txt = bee", "d.txt.gz = dee",
		"dangling.txt: open: no such file or directory",
		"e.zip!../up.txt: open: the archive cannot be used: the member's name leads out of the archive (do not trust this archive)",
		"e.zip!in.gz = gee.", "e.zip!m/a.txt = emm.", "e.zip!z.txt = zed.", "link.txt = bee", "sub/c.txt = see",
	}
	tests := []struct {
		name  string
		stdin string
		paths []string
		want  []string
	}{
		{"folder", "", []string{dir}, all},
		{"folder with a slash", "", []string{dir + "/"}, all},
		{"paths in their order", "", []string{dir + "/sub", dir + "/b.txt"}, []string{"sub/c.txt = see", "sub/loop/a.md = ay", "b.txt = bee"}},
		{"pattern", "", []string{dir + "/*.[tm][xd][t]"}, []string{"b.txt = bee", "dangling.txt: open: no such file or directory", "link.txt = bee"}},
		{"graph by its name", "", []string{dir + "/graph"}, []string{`graph: read: reading the graph, line 2: the graph file is damaged: subject at byte 1: found "no" where an IRI or a literal was expected`}},
		{"twice", "", []string{dir + "/b.txt", dir + "/b.txt"}, []string{"b.txt = bee"}},
		{"standard input", "stdin it is.", []string{"-", dir + "/b.txt"}, []string{"- = stdin", "b.txt = bee"}},
		{"compressed standard input", gzipped(t, "zipped it is."), []string{"-"}, []string{"- = zipped"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := o
			o.Stdin = strings.NewReader(tt.stdin)
			got, err := loads(t, dir, o, tt.paths...)
			if err != nil && !errors.Is(err, ErrUnread) {
				t.Fatal(err)
			}
			if tt.name == "paths in their order" { // the link leads to the whole folder
				got = append(got[:2:2], got[len(got)-1])
				tt.want[2] = got[2]
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPathErrors(t *testing.T) {
	dir := tree(t, map[string]string{"seeds/one.txt": "x", "empty/.keep": ""})
	if err := os.Symlink("nowhere", filepath.Join(dir, "seeds", "broken")); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path string
		err  error
		hint string
	}{
		{dir + "/seeds/one", ErrNotFound, "did you mean " + dir + "/seeds/one.txt?"},
		{dir + "/sedes/one.txt", ErrNotFound, "did you mean " + dir + "/seeds?"},
		{dir + "/seeds/one.txt/x", ErrNotFound, dir + "/seeds/one.txt is a file, not a folder"},
		{dir + "/seeds/broken", ErrNotFound, "mend the link, or name the file itself"},
		{dir + "/seeds/zzzzzzzzzz", ErrNotFound, dir + "/seeds has nothing of a similar name"},
		{dir + "/seeds/*.md", ErrNotFound, dir + "/seeds holds 2 files and folders, none of which matches"},
		{dir + "/seeds/[", nil, "close every [ with a ]"},
		{dir + "/empty", ErrNothing, "files whose name begins with a dot are not read"},
		{"", ErrNotFound, "a path is empty: is a variable of the shell not set?"},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			_, err := loads(t, dir, options(t), tt.path)
			if err == nil || tt.err != nil && !errors.Is(err, tt.err) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if got := Advice(err); got != tt.hint {
				t.Errorf("hint %q, want %q", got, tt.hint)
			}
			if !strings.Contains(err.Error(), tt.path) {
				t.Errorf("error %q does not name the path", err)
			}
		})
	}
}

func TestBadDocuments(t *testing.T) {
	dir := tree(t, map[string]string{
		"a.txt": "good it is.", "empty.txt": "", "latin.txt": "caf\xe9 au lait", "nul.txt": "a\x00b", "panic.txt": "panic it does.",
		"cut.gz": gzipped(t, strings.Repeat("good it is. ", 99))[:30], "x.zip": "PK\x03\x04 no", "y.txt": "fine it is.",
		"data.txt": strings.Repeat("QUJD", 20_000),
	})
	want := []string{
		"a.txt = good",
		"cut.gz: open: the archive cannot be used: unexpected EOF (is it complete? Try gunzip -t on it)",
		"data.txt: segment: no sentence end within 32768 bytes: the text from byte 0 to 80000 was left out (is it prose?) (check that it is the text of an article and not data)",
		"empty.txt: detect: the file is empty (check that it was saved or downloaded in full)",
		"latin.txt = café",
		"nul.txt: detect: not a text: a NUL byte at byte 1 (only text can be read; is this the right file?)",
		"panic.txt: extract: internal error: a defect (this is a defect of picograph: please report it with the document)",
		"x.zip: open: the archive cannot be used: zip: not a valid zip file (is it complete? Try unzip -t on it)",
		"y.txt = fine",
	}
	got, err := loads(t, dir, options(t), dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := loads(t, dir, options(t), dir+"/empty.txt", dir+"/nul.txt"); !errors.Is(err, ErrUnread) {
		t.Errorf("nothing read: %v", err)
	}
}

func TestUnreadable(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "good.", "locked.txt": "no."})
	if err := os.Chmod(dir+"/locked.txt", 0); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Open(dir + "/locked.txt"); err == nil {
		_ = f.Close()
		t.Skip("this user may read everything")
	}
	got, err := loads(t, dir, options(t), dir)
	if diff := cmp.Diff([]string{"a.txt = good.", "locked.txt: open: permission denied (check that you may read it)"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestLimits(t *testing.T) {
	o := options(t)
	o.MaxFile = 1000
	dir := tree(t, map[string]string{
		"big.txt": strings.Repeat("It is. ", 200), "bomb.gz": gzipped(t, strings.Repeat("a", 1<<20)),
		"bomb.zip": zipped(t, "a", strings.Repeat("a", 1<<20), "b", "bee."), "ok.txt": "ok.",
		"sum.zip": zipped(t, "1", strings.Repeat("a ", 490), "2", strings.Repeat("b ", 490), "3", strings.Repeat("c ", 490), "4", strings.Repeat("d ", 490),
			"5", strings.Repeat("e ", 490), "6", strings.Repeat("f ", 490), "7", strings.Repeat("g ", 490), "8", strings.Repeat("h ", 490), "9", strings.Repeat("i ", 490)),
	})
	o.Jobs = 1
	got, err := loads(t, dir, o, dir)
	if err != nil {
		t.Fatal(err)
	}
	const tooLarge = ": open: the file is too large: more than 0 MB (split it into one file a document)"
	want := []string{
		"big.txt" + tooLarge, "bomb.gz" + tooLarge, "bomb.zip!a" + tooLarge, "bomb.zip!b = bee.", "ok.txt = ok.",
		"sum.zip!1 = a", "sum.zip!2 = b", "sum.zip!3 = c", "sum.zip!4 = d", "sum.zip!5 = e", "sum.zip!6 = f", "sum.zip!7 = g", "sum.zip!8 = h",
		"sum.zip!9: open: the archive cannot be used: its members come to too much together (unpack it and load the folder in parts)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// broken is a reader that fails after some bytes.
type broken struct{ left int }

func (b *broken) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, errors.New("the line is dead")
	}
	n := min(len(p), b.left)
	for i := range n {
		p[i] = 'a'
	}
	b.left -= n
	return n, nil
}

func TestReaderError(t *testing.T) {
	dir := tree(t, map[string]string{"b.txt": "bee."})
	o := options(t)
	o.Stdin = &broken{left: 5000}
	got, err := loads(t, dir, o, "-", dir+"/b.txt")
	if diff := cmp.Diff([]string{"-: open: the line is dead", "b.txt = bee."}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestCancel(t *testing.T) {
	files := map[string]string{}
	for i := range 200 {
		files[fmt.Sprintf("%03d.txt", i)] = "It is."
	}
	dir := tree(t, files)
	for _, jobs := range []int{1, 4} {
		ctx, cancel := context.WithCancel(context.Background())
		o := options(t)
		o.Jobs = jobs
		n := 0
		err := run(ctx, []string{dir}, o, plainStages, func(result) error {
			if n++; n == 3 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || n != 3 {
			t.Errorf("%d jobs: %v after %d documents", jobs, err, n)
		}
	}
	stop := errors.New("enough")
	if err := run(context.Background(), []string{dir}, options(t), plainStages, func(result) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("yield's error: %v", err)
	}
}

func TestCancelWhileReading(t *testing.T) {
	r, w := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = w.Write([]byte("a"))
		cancel()
	}()
	o := options(t)
	o.Stdin = r
	err := run(ctx, []string{"-"}, o, plainStages, func(result) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	_ = w.Close()
}

func TestProgress(t *testing.T) {
	dir := tree(t, map[string]string{"a.txt": "ay.", "b.txt": "", "c.txt": "see."})
	o := options(t)
	var got []string
	o.Progress = func(p Progress) {
		got = append(got, fmt.Sprintf("%s %d %d", filepath.Base(p.Source), p.Done, p.Failed))
	}
	if _, err := loads(t, dir, o, dir); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a.txt 1 0", "b.txt 2 1", "c.txt 3 1"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestReportStaysShort(t *testing.T) {
	var r Report
	for i := range 500 {
		r.Flagged = tally(r.Flagged, fmt.Sprintf("P = 0.%03d shows no difference", i), 0, "a.txt")
	}
	r.Flagged = tally(r.Flagged, "P = 0.499 shows no difference", 0, "b.txt")
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if n := len(lines); n != 23 || lines[n-1] != "  and others: 480 places" || lines[2] != "  P = 0.499 shows no difference: 2 places, in a.txt, b.txt" {
		t.Errorf("%d lines:\n%s", n, b.String())
	}
}

// emptyGraph returns a graph in memory, and the vocabulary.
func emptyGraph(t *testing.T) (*graph.Graph, *vocab.Vocabulary) {
	t.Helper()
	v, err := vocabulary()
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.Open(t.Context(), graph.Memory, graph.Options{Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	return g, v
}
