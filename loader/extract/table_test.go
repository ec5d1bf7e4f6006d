package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// tabulated returns a document of an abstract, the text of its results and tables. A table is told as "label:", "caption:" and "head:" lines, rows with "|"
// between the cells, and "note:" lines; "<" is a cell that reaches there from the left, "^" one from above; before a
// cell's text "!" sets it in bold and each "~" sets it in by a blank; marks of notes stand in "[[a]]" behind it.
func tabulated(t *testing.T, text, body string, tables []string) *document.Document {
	t.Helper()
	v := loadVocabulary(t)
	start := 0
	if body != "" {
		start = len(text)
		text += "\n" + body
	}
	var all []document.Table
	var asides []evidence.Skip
	for _, source := range tables {
		text += "\n\n"
		start := len(text)
		all = append(all, tableOf(t, &text, source))
		asides = append(asides, evidence.Skip{Reason: document.ReasonTable, Start: start, End: len(text)})
	}
	d := document.Parse("test", text, v.Heading, asides...)
	d.Known.Tables, d.Known.Body = all, start
	return d
}

func tableOf(t *testing.T, text *string, source string) document.Table {
	t.Helper()
	var table document.Table
	table.Start = len(*text)
	put := func(s string) document.Span {
		at := document.Span{Start: len(*text), End: len(*text) + len(s)}
		*text += s
		return at
	}
	for _, line := range strings.Split(strings.TrimSpace(source), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch {
		case key == "label":
			table.Label = put(value)
			*text += ". "
		case key == "caption":
			table.Caption = put(value)
			*text += "\n"
		case key == "head":
			fmt.Sscan(value, &table.Head)
		case key == "note":
			table.Notes = append(table.Notes, put(value))
			*text += "\n"
		default:
			r := len(table.Rows)
			var row []document.Cell
			for k, s := range strings.Split(line, "|") {
				s = strings.TrimSpace(s)
				c := document.Cell{Row: r, Column: k, Rows: 1, Columns: 1}
				switch {
				case s == "<" && k > 0:
					c = row[k-1]
				case s == "^" && r > 0:
					c = table.Rows[r-1][k]
				default:
					if rest, ok := strings.CutPrefix(s, "!"); ok {
						s, c.Strong = rest, true
					}
					for strings.HasPrefix(s, "~") {
						s = s[1:]
						c.Indent++
					}
					if i := strings.Index(s, "[["); i >= 0 {
						s, c.Marks = strings.TrimSpace(s[:i]), strings.Trim(s[i:], "[]")
					}
					c.Span = put(s)
					*text += " | "
				}
				row = append(row, c)
			}
			*text += "\n"
			table.Rows = append(table.Rows, row)
		}
	}
	for r, row := range table.Rows { // how far the cells reach
		if len(row) != len(table.Rows[0]) {
			t.Fatalf("row %d has %d cells, the first %d", r, len(row), len(table.Rows[0]))
		}
		for k, c := range row {
			if c.Row != r || c.Column != k {
				for i := c.Row; i <= r; i++ {
					for j := c.Column; j <= k; j++ {
						o := &table.Rows[i][j]
						o.Rows, o.Columns = max(o.Rows, r-c.Row+1), max(o.Columns, k-c.Column+1)
					}
				}
			}
		}
	}
	table.End = len(*text)
	return table
}

// tellFindings tells the findings that have a cell for a passage, and the problems, a line each.
func tellFindings(d *evidence.Document) string {
	var b strings.Builder
	for _, s := range d.Studies {
		for _, f := range s.Findings {
			var at []string
			for _, p := range f.Passages {
				at = append(at, fmt.Sprintf("{%s} %s", p.Section, p.Text))
			}
			if !strings.Contains(strings.ToUpper(strings.Join(at, "")), "{TABLE") {
				continue
			}
			fmt.Fprintf(&b, "%s: %s", f.Kind, f.Outcome.Text)
			if f.Outcome.Concept != "" {
				fmt.Fprintf(&b, " (%s)", f.Outcome.Concept)
			}
			if len(f.Arm) > 0 {
				fmt.Fprintf(&b, "; %s", strings.Join(f.Arm, " + "))
			}
			if len(f.Comparator) > 0 {
				fmt.Fprintf(&b, " v %s", strings.Join(f.Comparator, " + "))
			}
			if f.Timepoint.Text != "" {
				fmt.Fprintf(&b, "; at %s", f.Timepoint.Text)
			}
			for _, e := range f.Estimates {
				e.Printed = ""
				fmt.Fprintf(&b, "; %s", strings.ReplaceAll(key(e), `"`, ""))
			}
			if f.P.Printed != "" {
				fmt.Fprintf(&b, "; P %s %s %s", f.P.Relation, f.P.Value, f.P.Of)
			}
			if f.Direction != "" {
				fmt.Fprintf(&b, "; %s", f.Direction)
			}
			if len(f.From) > 0 {
				var from []string
				for _, id := range f.From {
					for _, g := range s.Findings {
						if g.ID == id {
							from = append(from, strings.Join(g.Arm, " + "))
						}
					}
				}
				fmt.Fprintf(&b, "; from %s", strings.Join(from, ", "))
			}
			fmt.Fprintf(&b, "\n    %s\n", strings.Join(at, "\n    "))
		}
	}
	for _, p := range d.Problems {
		fmt.Fprintf(&b, "problem: %s\n", p.Message)
	}
	return b.String()
}

// TestTables reads the tables of testdata/tables: a file "text", perhaps one "body", files "table" and the golden "findings".
func TestTables(t *testing.T) {
	names, err := filepath.Glob("testdata/tables/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var text, body, want string
			var tables []string
			var inputs []txtar.File
			for _, f := range a.Files {
				switch f.Name {
				case "text":
					text = string(f.Data)
				case "body":
					body = string(f.Data)
				case "table":
					tables = append(tables, string(f.Data))
				case "findings":
					want = string(f.Data)
					continue
				}
				inputs = append(inputs, f)
			}
			d := tabulated(t, text, body, tables)
			out := Extract(d, loadVocabulary(t))
			out.Text = d.Text
			evidence.WalkPassages(out, func(where string, p *evidence.Passage) {
				if d.Text[p.Start:p.End] != p.Text {
					t.Errorf("%s: %q stands at %d, not %q", where, d.Text[p.Start:p.End], p.Start, p.Text)
				}
			})
			got := tellFindings(out)
			if *update {
				a.Files = append(inputs, txtar.File{Name: "findings", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("findings (-want +got), with -update to accept:\n%s", diff)
			}
		})
	}
}
