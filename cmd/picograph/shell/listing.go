package shell

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/picograph/picograph/queries"
	"github.com/picograph/picograph/queries/answer"
)

// block is a section that is being filled.
type block struct{ queries.Section }

func section(title string, columns ...string) *block {
	return &block{queries.Section{Title: title, Columns: columns}}
}

func (b *block) add(cells ...string) {
	b.Rows = append(b.Rows, queries.Row{Cells: cells, Findings: []queries.Finding{}})
}

// Stats prints what the graph holds, in numbers.
func (s *Session) Stats(ctx context.Context) error {
	st, err := s.Engine.Graph.Stats(ctx)
	if err != nil {
		return err
	}
	counts := section("", "what", "number")
	for _, c := range []struct {
		what string
		n    int
	}{
		{"documents", st.Documents},
		{"reports", st.Reports},
		{"reports that were retracted", st.Retracted},
		{"studies", st.Studies},
		{"studies told of by several documents", st.Joined},
		{"tellings known only second-hand", st.SecondHand},
		{"arms", st.Arms},
		{"populations", st.Populations},
		{"outcomes", st.Outcomes},
		{"findings", st.Findings},
		{"citations", st.Citations},
		{"concepts in use", st.Concepts},
		{"quads", st.Quads},
	} {
		counts.add(c.what, fmt.Sprint(c.n))
	}
	kinds := section("findings by kind", "what", "number")
	for _, t := range st.Kinds {
		kinds.add(t.Name, fmt.Sprint(t.N))
	}
	designs := section("studies by design", "what", "number")
	for _, t := range st.Designs {
		designs.add(t.Name, fmt.Sprint(t.N))
	}
	return s.list("of", counts, kinds, designs)
}

// Joins prints which documents are of one study, and why, and which are of one report or of one that was retracted.
func (s *Session) Joins(ctx context.Context) error {
	studies, err := s.Engine.Graph.Studies(ctx)
	if err != nil {
		return err
	}
	reports, err := s.Engine.Graph.Reports(ctx)
	if err != nil {
		return err
	}
	docs, err := s.Engine.Graph.Documents(ctx)
	if err != nil {
		return err
	}
	source := map[string]string{}
	for _, d := range docs {
		source[d.ID] = d.Source
		source[strings.TrimPrefix(d.ID, "urn:picograph:document:")] = d.Source
	}
	joined := section("studies told of by several documents", "what", "of one", "why", "the first", "the second")
	for _, st := range studies {
		for _, j := range st.Joins {
			joined.add(st.ID, j.Reason, j.Evidence, source[j.A.Document], source[j.B.Document])
		}
	}
	several := section("reports in several documents, or retracted", joined.Columns...)
	for _, r := range reports {
		for _, d := range r.Documents[1:] {
			several.add(r.ID, "report", r.Retracted, source[r.Documents[0]], source[d])
		}
		if len(r.Documents) == 1 && r.Retracted != "" {
			several.add(r.ID, "report", r.Retracted, source[r.Documents[0]], "")
		}
	}
	return s.list("of", joined, several)
}

// Queries prints the saved queries of a library, with their parameters.
func (s *Session) Queries(library fs.FS) error {
	saved := section("", "name", "answers", "parameters")
	for _, name := range ScriptNames(library) {
		sc, err := OpenScript(library, name)
		if err != nil {
			return err
		}
		var params []string
		for _, p := range sc.Params {
			params = append(params, p.Example())
		}
		saved.add(name, sc.Title(), strings.Join(params, ", "))
	}
	return s.list("", saved)
}

// list prints tables that answer no question. In the formats for programs they are one table of the columns of all, with a column
// of that name for the blocks' titles when there are several; what a block has no column for is empty, or left out of an object.
func (s *Session) list(title string, blocks ...*block) error {
	columns, rows, had := flat(title, blocks)
	switch s.Format {
	case "csv", "tsv":
		w := csv.NewWriter(s.Out)
		if s.Format == "tsv" {
			w.Comma = '\t'
		}
		return w.WriteAll(append([][]string{columns}, rows...)) // which flushes
	case "json", "jsonl":
		return s.objects(columns, rows, had)
	case "text", "table":
		return s.aligned(blocks)
	}
	a := &queries.Answer{}
	for _, b := range blocks {
		if len(b.Rows) > 0 {
			a.Sections = append(a.Sections, b.Section)
		}
	}
	return answer.Write(s.Out, a, s.Format, s.Style)
}

// aligned prints blocks for people, each under its title: the columns aligned, numbers to the right, and the last
// column folded at the terminal's width.
func (s *Session) aligned(blocks []*block) error {
	var b strings.Builder
	for i, block := range blocks {
		if len(block.Rows) == 0 {
			continue
		}
		if i > 0 {
			b.WriteString("\n" + block.Title + "\n")
		}
		widths := make([]int, len(block.Columns))
		for _, r := range block.Rows {
			for k, c := range r.Cells {
				widths[k] = max(widths[k], len([]rune(c)))
			}
		}
		last := len(widths) - 1
		room := s.Style.Width - 2*last
		for _, w := range widths[:last] {
			room -= w
		}
		for _, r := range block.Rows {
			lead := ""
			for k, c := range r.Cells[:last] {
				lead += c + strings.Repeat(" ", widths[k]-len([]rune(c))+2)
			}
			end := r.Cells[last]
			if block.Columns[last] == "number" {
				end = fmt.Sprintf("%*s", widths[last], end)
			}
			wide := room
			if s.Style.Width > 0 && room < 20 && end != "" { // no room beside the others
				b.WriteString(strings.TrimRight(lead, " ") + "\n")
				lead, wide = "    ", s.Style.Width-5
			}
			for _, part := range fold(end, wide) {
				b.WriteString(strings.TrimRight(lead+part, " ") + "\n")
				lead = strings.Repeat(" ", len([]rune(lead)))
			}
		}
	}
	_, err := io.WriteString(s.Out, b.String())
	return err
}

// flat returns blocks as one table of all their columns; had tells which of them each row has.
func flat(title string, blocks []*block) (columns []string, rows [][]string, had [][]bool) {
	if len(blocks) > 1 {
		columns = append(columns, title)
	}
	for i, b := range blocks {
		if i > 0 && len(b.Rows) == 0 {
			continue
		}
		for _, c := range b.Columns {
			if !slices.Contains(columns, c) {
				columns = append(columns, c)
			}
		}
	}
	for _, b := range blocks {
		for _, r := range b.Rows {
			row, has := make([]string, len(columns)), make([]bool, len(columns))
			if len(blocks) > 1 {
				row[0], has[0] = b.Title, true
			}
			for k, cell := range r.Cells {
				at := slices.Index(columns, b.Columns[k])
				row[at], has[at] = cell, true
			}
			rows, had = append(rows, row), append(had, has)
		}
	}
	return columns, rows, had
}

// objects prints rows as JSON objects whose keys are the columns, in their order: in an array, or one a line.
func (s *Session) objects(columns []string, rows [][]string, had [][]bool) error {
	lines := make([]string, len(rows))
	for i, row := range rows {
		var fields []string
		for k, cell := range row {
			if !had[i][k] {
				continue
			}
			key, err := quoted(columns[k])
			if err != nil {
				return err
			}
			value, err := quoted(cell)
			if err != nil {
				return err
			}
			if columns[k] == "number" {
				value = cell
			}
			fields = append(fields, key+": "+value)
		}
		lines[i] = "{" + strings.Join(fields, ", ") + "}"
	}
	text := strings.Join(lines, "\n")
	if s.Format == "json" {
		text = "[\n  " + strings.Join(lines, ",\n  ") + "\n]"
	}
	_, err := fmt.Fprintln(s.Out, text)
	return err
}

// quoted returns a text as JSON has it, with no more escapes than there must be.
func quoted(text string) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(text)
	return strings.TrimSuffix(b.String(), "\n"), err
}
