package format_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/format"
)

var update = flag.Bool("update", false, "write the golden records anew")

// told is how a golden tells a record.
type told struct {
	Key      string              `json:"key,omitempty"`
	Text     []string            `json:"text"` // its lines
	Report   evidence.Report     `json:"report"`
	Keywords []evidence.Keyword  `json:"keywords,omitempty"`
	Cites    []evidence.Citation `json:"cites,omitempty"`
	Studies  []evidence.Study    `json:"studies,omitempty"`
	Asides   []string            `json:"asides,omitempty"` // reason, and how the stretch begins and ends
	Tables   []toldTable         `json:"tables,omitempty"`
	Left     []string            `json:"left,omitempty"` // reasons
}

// toldTable is how a golden tells a table: for each place its cell's text, "<" where it reaches there from the left, "^"
// from above, "" where the source has no cell or an empty one; marked as header with "#" before it, in bold with "!",
// its indent with ">", the marks of its notes behind it in brackets.
type toldTable struct {
	Label   string     `json:"label,omitempty"`
	Caption string     `json:"caption,omitempty"`
	Head    int        `json:"head,omitempty"`
	Rows    [][]string `json:"rows"`
	Notes   []string   `json:"notes,omitempty"`
}

// tellTables tells the tables of a record.
func tellTables(r format.Record) []toldTable {
	at := func(s document.Span) string { return r.Text[s.Start:s.End] }
	var out []toldTable
	for _, t := range r.Known.Tables {
		o := toldTable{Label: at(t.Label), Caption: at(t.Caption), Head: t.Head}
		for i, row := range t.Rows {
			var cells []string
			for k, c := range row {
				s := strings.Repeat(">", c.Indent) + at(c.Span)
				if c.Strong {
					s = "!" + s
				}
				if c.Header {
					s = "#" + s
				}
				if c.Marks != "" {
					s += " [" + c.Marks + "]"
				}
				switch {
				case c.Rows > 0 && c.Row < i:
					s = "^"
				case c.Rows > 0 && c.Column < k:
					s = "<"
				}
				cells = append(cells, s)
			}
			o.Rows = append(o.Rows, cells)
		}
		for _, n := range t.Notes {
			o.Notes = append(o.Notes, at(n))
		}
		out = append(out, o)
	}
	return out
}

// tellAsides tells what a record sets aside.
func tellAsides(r format.Record) []string {
	var out []string
	for _, a := range r.Asides {
		text := r.Text[a.Start:a.End]
		if len(text) > 40 {
			text = text[:20] + " ... " + text[len(text)-20:]
		}
		out = append(out, a.Reason+": "+text)
	}
	return out
}

// TestGolden reads the files of testdata: each archive holds files, and after each what comes of it, as JSON, in a
// file of the same name with ".golden" after it.
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no goldens", err)
	}
	for _, path := range archives {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		golden := make(map[string][]byte)
		var inputs []txtar.File
		for _, f := range a.Files {
			if name, ok := strings.CutSuffix(f.Name, ".golden"); ok {
				golden[name] = f.Data
			} else {
				inputs = append(inputs, f)
			}
		}
		a.Files = nil
		for _, in := range inputs {
			t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar")+"/"+in.Name, func(t *testing.T) {
				got := tell(t, format.File{Name: in.Name, Data: in.Data})
				if diff := cmp.Diff(string(golden[in.Name]), string(got)); diff != "" && !*update {
					t.Errorf("records (-want +got), with -update to accept:\n%s", diff)
				}
				a.Files = append(a.Files, in, txtar.File{Name: in.Name + ".golden", Data: got})
			})
		}
		if *update && len(a.Files) == 2*len(inputs) {
			if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// tell returns what comes of a file, as JSON.
func tell(t *testing.T, file format.File) []byte {
	t.Helper()
	var out struct {
		Format  string `json:"format,omitempty"`
		Records []told `json:"records,omitempty"`
		Error   string `json:"error,omitempty"`
		Hint    string `json:"hint,omitempty"`
	}
	f, err := format.Detect(file)
	if err == nil {
		out.Format = f.Name
		err = f.Read(file, func(r format.Record) error {
			traces(t, file.Data, r)
			k := r.Known
			out.Records = append(out.Records, told{r.Key, strings.Split(r.Text, "\n"), k.Report, k.Keywords, k.Cites, k.Studies, tellAsides(r), tellTables(r), tellLeft(r)})
			return nil
		})
	}
	var e *format.Error
	if errors.As(err, &e) {
		out.Error, out.Hint = e.Error(), e.Hint
	} else if err != nil {
		t.Fatalf("the error is no *Error: %v", err)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// structure checks that what a record sets aside and the tables it tells lie in its text, in order.
func structure(t *testing.T, r format.Record) {
	t.Helper()
	last := 0
	for _, a := range r.Asides {
		if a.Start < last || a.End <= a.Start || a.End > len(r.Text) || a.Reason == "" {
			t.Fatalf("aside %+v after %d of %d", a, last, len(r.Text))
		}
		last = a.End
	}
	for _, table := range r.Known.Tables {
		for i, row := range table.Rows {
			if len(row) != table.Columns() {
				t.Fatalf("row of %d cells in a table of %d columns", len(row), table.Columns())
			}
			for k, c := range row {
				if c.Start < table.Start || c.End > table.End || c.End < c.Start || c.Rows > 0 && (i < c.Row || i >= c.Row+c.Rows || k < c.Column || k >= c.Column+c.Columns) {
					t.Fatalf("cell %+v at %d, %d of table %v", c, i, k, table.Span)
				}
			}
		}
	}
}

// tellLeft returns the reasons for what a record leaves out of its text.
func tellLeft(r format.Record) []string {
	var out []string
	for _, l := range r.Left {
		out = append(out, l.Reason)
	}
	return out
}

// fuzzFormat checks of a format that whatever a file holds, reading it ends, its records are UTF-8 with keys that
// differ, and its error is an *Error whose offset lies in the file.
func fuzzFormat(f *testing.F, name string) {
	var read func(format.File, func(format.Record) error) error
	for _, one := range format.Formats() {
		if one.Name == name {
			read = one.Read
		}
	}
	a, err := txtar.ParseFile("testdata/" + name + ".txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, in := range a.Files {
		if !strings.HasSuffix(in.Name, ".golden") {
			f.Add(in.Data)
			f.Add(in.Data[:len(in.Data)*2/3])
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		seen := make(map[string]bool)
		n := 0
		err := read(format.File{Name: "a", Data: data}, func(r format.Record) error {
			if n++; n > 1 && seen[r.Key] {
				t.Errorf("two records %q", r.Key)
			}
			seen[r.Key] = true
			traces(t, data, r)
			if utf8.Valid(data) && !utf8.ValidString(r.Text+r.Key+r.Known.Report.Title) {
				t.Errorf("not UTF-8: %q", r.Text)
			}
			structure(t, r)
			return nil
		})
		var e *format.Error
		if err != nil && (!errors.As(err, &e) || e.Offset > len(data)) {
			t.Errorf("error %#v", err)
		}
	})
}
