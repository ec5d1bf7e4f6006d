package format_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/format"
)

// ctgov reads the studies of a file that is in the form of ClinicalTrials.gov.
func ctgov(t testing.TB, data []byte) []format.Record {
	t.Helper()
	file := format.File{Name: "a.txt", Data: data}
	f, err := format.Detect(file)
	if err != nil || f.Name != "ctgov" {
		t.Fatalf("detected %q, %v", f.Name, err)
	}
	var out []format.Record
	if err := f.Read(file, func(r format.Record) error {
		out = append(out, r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// exact checks that every passage of a record is a line of its text.
func exact(t testing.TB, r format.Record) {
	t.Helper()
	d := &evidence.Document{Studies: r.Known.Studies, Cites: r.Known.Cites}
	evidence.WalkPassages(d, func(where string, p *evidence.Passage) {
		switch {
		case p.Start < 0 || p.End > len(r.Text) || p.Start > p.End || r.Text[p.Start:p.End] != p.Text:
			t.Fatalf("%s: passage %+v is not what stands there", where, *p)
		case p.Start > 0 && r.Text[p.Start-1] != '\n' || p.End < len(r.Text) && r.Text[p.End] != '\n':
			t.Fatalf("%s: passage %+v is no line", where, *p)
		case !strings.HasPrefix(p.Pointer, "/protocolSection/") && !strings.HasPrefix(p.Pointer, "/resultsSection/"):
			t.Fatalf("%s: pointer %q", where, p.Pointer)
		}
	})
}

func TestCTGovPassages(t *testing.T) {
	a, err := txtar.ParseFile("testdata/ctgov.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files[:1] {
		for _, r := range ctgov(t, f.Data) {
			exact(t, r)
			labels := map[string]bool{}
			for _, arm := range r.Known.Studies[0].Arms {
				labels[arm.Label] = true
			}
			for _, found := range r.Known.Studies[0].Findings {
				for _, label := range append(found.Arm, found.Comparator...) {
					if !labels[label] {
						t.Errorf("finding %s names the arm %q, which is none", found.ID, label)
					}
				}
			}
		}
	}
}

// TestCTGovMany reads a long page without holding it all in records.
func TestCTGovMany(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(`{"studies": [`)
	const n = 2000
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"protocolSection": {"identificationModule": {"nctId": "NCT%08d"}}}`, i)
	}
	b.WriteString(`]}`)
	rs := ctgov(t, b.Bytes())
	if len(rs) != n || rs[7].Key != "NCT00000007" || rs[7].Known.Studies[0].ID != "NCT00000007" {
		t.Fatalf("%d records", len(rs))
	}
}

// TestCTGovShared reads the registry's own files, where they are there.
func TestCTGovShared(t *testing.T) {
	paths, _ := filepath.Glob("../../../shared/data/clinicaltrials-v2/*.json")
	if len(paths) == 0 {
		t.Skip("no files of the registry here")
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rs := ctgov(t, data)
		if len(rs) != 1 || rs[0].Known.Studies[0].ID != strings.TrimSuffix(filepath.Base(path), ".json") {
			t.Errorf("%s: %d records", path, len(rs))
			continue
		}
		exact(t, rs[0])
		measured := bytes.Count(data, []byte(`"measurements"`))
		if values := bytes.Count(data, []byte(`"groupIds"`)); measured > 0 && len(rs[0].Known.Studies[0].Findings) < measured+values {
			t.Errorf("%s: %d findings of %d categories and %d analyses", path, len(rs[0].Known.Studies[0].Findings), measured, values)
		}
	}
}

func FuzzCTGov(f *testing.F) { fuzzFormat(f, "ctgov") }

func BenchmarkCTGov(b *testing.B) {
	a, err := txtar.ParseFile("testdata/ctgov.txtar")
	if err != nil {
		b.Fatal(err)
	}
	one := bytes.TrimSpace(a.Files[0].Data)
	data := append([]byte{'['}, bytes.Repeat(append(one, ','), 99)...)
	data = append(append(data, one...), ']')
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if n := len(ctgov(b, data)); n != 100 {
			b.Fatal(n)
		}
	}
}
