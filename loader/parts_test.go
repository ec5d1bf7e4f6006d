package loader

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/format"
)

// textStages keep only the text and where it stands.
var textStages = stages{
	parse: func(source, text string, _ func(string) (string, bool), _ ...evidence.Skip) *document.Document {
		return &document.Document{Source: source, Text: text, Sentences: []document.Sentence{{}}}
	},
	extract: func(d *document.Document, _ *vocab.Vocabulary) *evidence.Document {
		return &evidence.Document{Source: d.Source, SHA256: d.SHA256, Format: d.Format, Report: d.Known.Report}
	},
}

// told tells of each document of some paths what it is called, its text, and the bytes of the file that its title comes from.
func told(t *testing.T, o Options, data []byte, paths ...string) []string {
	t.Helper()
	var out []string
	err := run(context.Background(), paths, o, textStages, func(r result) error {
		d := r.doc
		if !r.read {
			out = append(out, fmt.Sprint(filepath.Base(d.Source), " ", d.Problems))
			return nil
		}
		_, key, _ := strings.Cut(filepath.Base(d.Source), "#")
		line := fmt.Sprint(key, " ", d.SHA256, " ", d.Format, " ", d.Text)
		if e, ok := d.Origin.Place(0, len(d.Report.Title)); ok && data != nil {
			line += " = " + string(data[e.Start:e.End])
		}
		out = append(out, line)
		return nil
	})
	if err != nil && !errors.Is(err, ErrUnread) {
		t.Fatal(err)
	}
	return out
}

// TestParts reads large files, which are read in parts, and the same bytes as members of an archive, which are not: records,
// their names, digests, texts and places in the file are the same.
func TestParts(t *testing.T) {
	for name := range inventions {
		if name == "screening" {
			continue // cannot be cut
		}
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			const n = 300
			if err := invention(&b, name, 0, n); err != nil {
				t.Fatal(err)
			}
			o := options(t)
			o.Jobs, o.part = 3, 8<<10
			dir := tree(t, map[string]string{"a": b.String(), "a.gz": gzipped(t, b.String()), "z.zip": zipped(t, "a", b.String())})
			parts, packed, whole := told(t, o, b.Bytes(), dir+"/a"), told(t, o, b.Bytes(), dir+"/a.gz"), told(t, o, b.Bytes(), dir+"/z.zip")
			if len(parts) != n {
				t.Fatalf("%d documents: %v", len(parts), parts[:min(len(parts), 3)])
			}
			if diff := cmp.Diff(first(whole, parts), first(parts, whole)); diff != "" {
				t.Errorf("in parts it is otherwise (-whole +parts): %s", diff)
			}
			if diff := cmp.Diff(first(parts, packed), first(packed, parts)); diff != "" {
				t.Errorf("packed it is otherwise: %s", diff)
			}
		})
	}
}

// first returns the first few of a list from where it differs from another one.
func first(a, b []string) []string {
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return a[i:min(len(a), i+2)]
		}
	}
	return a[min(len(a), len(b)):]
}

// TestPartsBroken reads a large file of PubMed's XML in which one record is broken, one is huge, bytes are in Windows-1252, one
// record comes again and the end is cut off: all other records are there.
func TestPartsBroken(t *testing.T) {
	var b strings.Builder
	f := inventions["pubmed"]
	b.WriteString(f.before)
	const n = 600
	for i := range n {
		s := f.record(invent(i))
		switch i {
		case 17:
			s = strings.Replace(s, "</ArticleTitle>", "</Article", 1)
		case 200:
			s = strings.Replace(s, "</ArticleTitle>", strings.Repeat("huge ", 1<<20)+"</ArticleTitle>", 1)
		case 300:
			s = strings.Replace(s, "clinic", "caf\xe9", 1)
		case 400:
			s = f.record(invent(5))
		case n - 1:
			s = s[:len(s)/2]
		}
		b.WriteString(s)
	}
	dir := tree(t, map[string]string{"a.xml": b.String()})
	o := options(t)
	o.part = 128 << 10
	got := told(t, o, nil, dir+"/a.xml")
	var problems []string
	texts := strings.Join(got, "\n")
	for _, line := range got {
		if strings.HasPrefix(line, "a.xml ") {
			problems = append(problems, line)
		}
	}
	if len(got)-len(problems) != n-3 {
		t.Errorf("%d records are read, want %d", len(got)-len(problems), n-3)
	}
	for _, want := range []string{"pmid:50000005~2 ", "café", "pmid:50000018 ", "pmid:50000201 "} {
		if !strings.Contains(texts, want) {
			t.Errorf("no %q", want)
		}
	}
	for i, want := range []string{"invalid characters between </Article", "more than 4 MB of text", "unexpected EOF"} {
		if i >= len(problems) || !strings.Contains(problems[i], want) || !strings.Contains(problems[i], "at byte") {
			t.Errorf("problems %q, want %q", problems, want)
		}
	}
}

// TestBoundedMemory loads a file of a hundred thousand records from which nothing is kept, with the memory limited to a fraction of it.
func TestBoundedMemory(t *testing.T) {
	if testing.Short() || os.Getenv("PICOGRAPH_VOLUME") == "" {
		t.Skip("takes minutes: set PICOGRAPH_VOLUME to a format and the number of records, such as pubmed:100000")
	}
	name, count, _ := strings.Cut(os.Getenv("PICOGRAPH_VOLUME"), ":")
	n := 0
	if _, err := fmt.Sscan(count, &n); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a")
	w, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	size, err := io.Copy(w, endless(name, n))
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	docs, findings, peak := 0, 0, uint64(0)
	err = Extract(context.Background(), []string{path}, options(t), func(d *evidence.Document) error {
		if docs++; docs%500 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse)
		}
		for i := range d.Studies {
			findings += len(d.Studies[i].Findings)
		}
		return nil
	})
	if err != nil || docs != n {
		t.Fatal(docs, err)
	}
	t.Logf("%d documents, %d findings, %d MB read, %d MB of heap at most", docs, findings, size>>20, peak>>20)
	if peak > 400<<20 {
		t.Errorf("%d MB of heap for a file of %d MB", peak>>20, size>>20)
	}
}

// TestBombs opens files that come to far more than they are.
func TestBombs(t *testing.T) {
	o := options(t)
	o.MaxFile, o.part = 1<<20, 8<<10
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	record := inventions["medline"].record(invent(1)) + "      " + strings.Repeat("a", 400_000) + "\n\n"
	for range 40 {
		if _, err := io.WriteString(z, record); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	bomb := packed.String()
	dir := tree(t, map[string]string{
		"deep.xml":   "<PubmedArticleSet>" + strings.Repeat("<a>", 100_000),
		"entity.xml": `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"> <!ENTITY x SYSTEM "file:///etc/passwd">]>` + "<PubmedArticleSet>" + strings.Replace(inventions["pubmed"].record(invent(1)), "clinic", "&d; &x;", 1) + "</PubmedArticleSet>",
		"packed.gz":  bomb,
		"zeros.gz":   gzipped(t, strings.Repeat("\x00", 8<<20)),
	})
	var m0, m1 runtime.MemStats
	runtime.ReadMemStats(&m0)
	got := told(t, o, nil, dir)
	runtime.ReadMemStats(&m1)
	all := strings.Join(got, "\n")
	for _, want := range []string{"elements lie more than 200 deep", "come to too much together", "more than 1 MB", "&d; &x;"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in %.2000s", want, all)
		}
	}
	if strings.Contains(all, "root:") || strings.Contains(all, "bbbbbbbbbb") {
		t.Error("an entity that the file declares was read")
	}
	if grown := m1.TotalAlloc - m0.TotalAlloc; grown > 4<<30 {
		t.Errorf("%d MB were used", grown>>20)
	}
}

// TestEncodings reads one text in several encodings: it is the same, with the doubt said.
func TestEncodings(t *testing.T) {
	const text = "Café “±” for naïve patients – a trial in München.\n\nWe randomized 12 people."
	utf16 := func(mark string, high bool) string {
		b := []byte(mark)
		for _, r := range text { // all of the basic plane
			if high {
				b = append(b, byte(r>>8), byte(r))
			} else {
				b = append(b, byte(r), byte(r>>8))
			}
		}
		return string(b)
	}
	windows := strings.NewReplacer("é", "\xe9", "“", "\x93", "”", "\x94", "±", "\xb1", "ï", "\xef", "–", "\x96", "ü", "\xfc").Replace(text)
	for _, tt := range []struct{ name, data, want, doubt string }{
		{"UTF-8", text, text, ""},
		{"UTF-16LE with a mark", utf16("\xFF\xFE", false), text, "in UTF-16LE"},
		{"UTF-16BE with a mark", utf16("\xFE\xFF", true), text, "in UTF-16BE"},
		{"UTF-16LE", utf16("", false), text, "in UTF-16LE"},
		{"UTF-16BE", utf16("", true), text, "in UTF-16BE"},
		{"Windows-1252", windows, text, "7 bytes, the first 0xE9 at byte 3, read as Windows-1252"},
		{"mixed", text + " caf\xe9", text + " café", "1 byte, the first 0xE9"},
		{"mojibake", "CafÃ© 0.4 â€“ 0.9 in a trial.", "CafÃ© 0.4 â€“ 0.9 in a trial.", "2 signs such as “Ã© ” at byte 3"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, doubt := format.UTF8(format.File{Name: "a.txt", Data: []byte(tt.data)})
			if string(f.Data) != tt.want {
				t.Errorf("text %q", f.Data)
			}
			if (doubt == nil) != (tt.doubt == "") || doubt != nil && !strings.Contains(doubt.Message, tt.doubt) {
				t.Errorf("doubt %v, want %q", doubt, tt.doubt)
			}
			if _, err := format.Detect(f); err != nil {
				t.Error(err)
			}
		})
	}
}
