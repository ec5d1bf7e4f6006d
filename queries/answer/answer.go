// Package answer writes answers: as text for people, as tables, as CSV, TSV, JSON, Markdown and HTML. It says what an
// answer says and adds nothing; it knows nothing of graphs or questions beyond the answer it is given.
package answer

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/picograph/picograph/queries"
)

// Format is one way of writing an answer.
type Format struct {
	Name  string
	Does  string
	write func(io.Writer, *queries.Answer, Options) error
}

// Options says how an answer is written. The zero value is 80 columns, Unicode, without color.
type Options struct {
	Width int  // columns of the terminal; 0 is 80
	Color bool // emphasis by terminal colors
	ASCII bool // signs beyond ASCII are spelled out

	// MaxRows is how many rows of a block, and how many near misses, text and table show at most. 0: text shows as many
	// as keep it readable, table all.
	MaxRows int
}

var formats = []Format{
	{"text", "for people: the reading, the answer, the evidence in blocks, near misses, cautions", writeText},
	{"table", "every row with all its columns, aligned", writeTable},
	{"csv", "comma-separated values: one line a row, the block in the first column", writeCSV},
	{"tsv", "tab-separated values", writeTSV},
	{"json", "the whole answer with findings, passages and sources", writeJSON},
	{"jsonl", "the same on one line", writeJSONL},
	{"markdown", "headings and tables", visibly(writeMarkdown)},
	{"html", "a page of its own, without scripts", writeHTML},
}

// Formats returns the formats in the order in which help shows them.
func Formats() []Format { return slices.Clone(formats) }

// Write writes an answer. The error names the formats when there is none of that name.
func Write(w io.Writer, a *queries.Answer, format string, o Options) error {
	if o.Width <= 0 {
		o.Width = 80
	}
	names := make([]string, len(formats))
	for i, f := range formats {
		if f.Name == format {
			return f.write(w, a, o)
		}
		names[i] = f.Name
	}
	return fmt.Errorf("no format named %q: there is %s", format, strings.Join(names, ", "))
}

// visibly writes with signs in place of control characters, which may reach a terminal.
func visibly(write func(io.Writer, *queries.Answer, Options) error) func(io.Writer, *queries.Answer, Options) error {
	return func(w io.Writer, a *queries.Answer, o Options) error {
		var b strings.Builder
		if err := write(&b, a, o); err != nil {
			return err
		}
		_, err := io.WriteString(w, Visible(b.String()))
		return err
	}
}

// listed returns the answer with an empty list wherever it has none, so that programs find a list and no null.
func listed(a *queries.Answer) *queries.Answer {
	b := *a
	b.Sections = append([]queries.Section{}, a.Sections...)
	for i := range b.Sections {
		s := &b.Sections[i]
		s.Columns = append([]string{}, s.Columns...)
		s.Rows = append([]queries.Row{}, s.Rows...)
		for k := range s.Rows {
			s.Rows[k].Cells = append([]string{}, s.Rows[k].Cells...)
			s.Rows[k].Findings = append([]queries.Finding{}, s.Rows[k].Findings...)
		}
	}
	b.Near = append([]queries.Near{}, a.Near...)
	for i := range b.Near {
		b.Near[i].Findings = append([]queries.Finding{}, b.Near[i].Findings...)
	}
	b.Cautions = append([]string{}, a.Cautions...)
	b.Sources = append([]queries.Source{}, a.Sources...)
	return &b
}

func writeJSON(w io.Writer, a *queries.Answer, _ Options) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(listed(a))
}

func writeJSONL(w io.Writer, a *queries.Answer, _ Options) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(listed(a))
}

// flat returns all rows of an answer as one table: the block, the row's number, then every column that any block has.
func flat(a *queries.Answer) (columns []string, rows [][]string) {
	columns = []string{"Block", "Row"}
	for _, s := range a.Sections {
		for _, c := range s.Columns {
			if !slices.Contains(columns, c) {
				columns = append(columns, c)
			}
		}
	}
	if len(a.Near) > 0 && !slices.Contains(columns, "Why") {
		columns = append(columns, "Near miss", "Why")
	} else if len(a.Near) > 0 {
		columns = append(columns, "Near miss")
	}
	n := 0
	for _, s := range a.Sections {
		for _, r := range s.Rows {
			n++
			row := make([]string, len(columns))
			row[0], row[1] = s.Title, fmt.Sprint(n)
			for i, c := range s.Columns {
				row[slices.Index(columns, c)] = r.Cells[i]
			}
			rows = append(rows, row)
		}
	}
	for _, m := range a.Near {
		n++
		row := make([]string, len(columns))
		row[0], row[1] = nearTitle, fmt.Sprint(n)
		row[slices.Index(columns, "Near miss")] = m.What
		row[slices.Index(columns, "Why")] = m.Why
		rows = append(rows, row)
	}
	return columns, rows
}

const nearTitle = "Near, not counted"

func writeCSV(w io.Writer, a *queries.Answer, _ Options) error {
	columns, rows := flat(a)
	c := csv.NewWriter(w)
	if err := c.Write(columns); err != nil {
		return err
	}
	if err := c.WriteAll(rows); err != nil {
		return err
	}
	c.Flush()
	return c.Error()
}

// writeTSV writes tab-separated values; tabs and line ends within a value become blanks.
func writeTSV(w io.Writer, a *queries.Answer, _ Options) error {
	columns, rows := flat(a)
	clean := strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")
	for _, row := range append([][]string{columns}, rows...) {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = clean.Replace(c)
		}
		if _, err := fmt.Fprintln(w, strings.Join(cells, "\t")); err != nil {
			return err
		}
	}
	return nil
}
