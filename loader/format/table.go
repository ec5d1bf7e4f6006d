package format

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/picograph/picograph/loader/document"
)

// Bounds of tables: what spans further is cut.
const (
	maxColumns = 64
	maxRows    = 2000
)

// sourceTable is a table as its source tells it, cell by cell.
type sourceTable struct {
	label   string
	caption traced
	head    int // rows that the source marks as header
	rows    [][]sourceCell
	notes   []traced
}

// sourceCell is a cell and how many columns and rows it spans.
type sourceCell struct {
	text           traced
	columns, rows  int
	header, strong bool
	indent         int
	marks          string
}

// span returns how many columns or rows a cell spans.
func span(s string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

// bare reports whether nothing stands in a row.
func bare(row []sourceCell) bool {
	for _, c := range row {
		if c.text.s != "" {
			return false
		}
	}
	return true
}

// tableTitle returns the label above a table: "TABLE 1".
func tableTitle(label string) string {
	if label = strings.ToUpper(strings.TrimRight(label, ".: ")); label == "" {
		return "TABLE"
	}
	return label
}

// table writes a table: its title, its rows with " | " between the cells, its notes. A cell that spans several places
// is written in the first of them.
func (c *composer) table(s sourceTable) {
	label := tableTitle(s.label)
	title := added("\n" + label)
	if s.caption.s != "" {
		title = joinedTexts([]traced{title, s.caption}, ". ")
	}
	at := c.paragraph(title)
	at.Start++
	t := document.Table{Span: at, Caption: document.Span{Start: at.End - len(s.caption.s), End: at.End}}
	if s.label != "" {
		t.Label = document.Span{Start: at.Start, End: at.Start + len(label)}
	}
	g := grid{head: s.head}
	for _, row := range s.rows {
		if !bare(row) && len(g.rows) < maxRows {
			g.row(row)
		} else if len(g.rows) < g.head {
			g.head--
		}
	}
	t.Head, t.Rows = g.head, g.write(c)
	for _, note := range s.notes {
		if n := c.paragraph(note); n.Len() > 0 {
			t.Notes = append(t.Notes, n)
		}
	}
	t.End = c.b.Len()
	c.tables = append(c.tables, t)
}

// grid resolves which cell stands at which place of a table.
type grid struct {
	head  int
	rows  [][]placed
	width int
}

// placed is a cell at a place; first tells that it begins there.
type placed struct {
	sourceCell
	row, column int
	first       bool
	told        bool // the source has a cell here
}

// row takes in the cells of a row, beside those that reach down from rows above.
func (g *grid) row(cells []sourceCell) {
	n := len(g.rows)
	var out []placed
	held := func() bool { // a cell from above stands here
		k := len(out)
		if n == 0 || k >= len(g.rows[n-1]) || k >= maxColumns {
			return false
		}
		up := g.rows[n-1][k]
		if !up.told || up.row+up.rows <= n {
			return false
		}
		up.first = false
		out = append(out, up)
		return true
	}
	for _, cell := range cells {
		for held() {
		}
		for i := 0; i < cell.columns && len(out) < maxColumns; i++ {
			out = append(out, placed{sourceCell: cell, row: n, column: len(out) - i, first: i == 0, told: true})
		}
	}
	for n > 0 && len(out) < len(g.rows[n-1]) {
		if !held() {
			out = append(out, placed{})
		}
	}
	g.width = max(g.width, len(out))
	g.rows = append(g.rows, out)
}

// write writes the rows and returns them with each cell's place in the text.
func (g *grid) write(c *composer) [][]document.Cell {
	out := make([][]document.Cell, len(g.rows))
	for r, row := range g.rows {
		out[r] = make([]document.Cell, g.width)
		var line weaver
		for k, p := range row {
			if k > 0 {
				line.add(added(" | "))
			}
			cell := document.Cell{Row: r, Column: k}
			switch {
			case p.told && p.first:
				cell = document.Cell{
					Span: document.Span{Start: line.b.Len(), End: line.b.Len() + len(p.text.s)}, Row: r, Column: k,
					Rows: min(p.rows, len(g.rows)-r), Columns: min(p.columns, g.width-k),
					Header: p.header, Strong: p.strong, Indent: p.indent, Marks: p.marks,
				}
				line.add(p.text)
			case p.told:
				cell = document.Cell{Rows: -1, Row: p.row, Column: p.column} // filled in below
			}
			out[r][k] = cell
		}
		for k := len(row); k < g.width; k++ {
			out[r][k] = document.Cell{Row: r, Column: k}
		}
		told := line.text()
		at := c.paragraph(told.cut(0, len(strings.TrimRight(told.s, "| "))))
		for k := range out[r] {
			if cell := &out[r][k]; cell.Rows >= 0 {
				cell.Start, cell.End = min(at.Start+cell.Start, at.End), min(at.Start+cell.End, at.End)
			}
		}
	}
	for r := range out {
		for k := range out[r] {
			if cell := out[r][k]; cell.Rows < 0 {
				out[r][k] = out[cell.Row][cell.Column]
			}
		}
	}
	return out
}

// tables takes in the tables of an article, wherever they stand, under a heading of their own.
func (a *jats) tables(n *node) {
	var found []sourceTable
	visit := func(w *node) {
		if t := jatsTable(w); len(t.rows) > 0 {
			found = append(found, t)
		}
	}
	for _, part := range []string{"body", "floats-group", "floats-wrap", "back"} {
		n.first(part).within(visit, "table-wrap")
	}
	if len(found) == 0 {
		return
	}
	a.text.aside(document.ReasonTable, func() {
		a.text.heading("TABLES")
		for _, t := range found {
			a.text.table(t)
		}
	})
}

// jatsTable reads a table.
func jatsTable(w *node) sourceTable {
	t := sourceTable{label: w.first("label").plain(), caption: w.first("caption").told()}
	read := func(tr *node) []sourceCell {
		var row []sourceCell
		for _, c := range tr.kids {
			if c.name == "td" || c.name == "th" {
				row = append(row, jatsCell(c))
			}
		}
		return row
	}
	w.within(func(table *node) {
		table.within(func(part *node) {
			if part.name == "tr" {
				t.rows = append(t.rows, read(part))
				return
			}
			part.within(func(tr *node) { t.rows = append(t.rows, read(tr)) }, "tr")
			if part.name == "thead" {
				t.head = len(t.rows)
			}
		}, "thead", "tbody", "tfoot", "tr")
	}, "table")
	w.within(func(foot *node) {
		foot.within(func(p *node) { t.notes = append(t.notes, (&node{name: "note", kids: p.kids}).told()) }, "fn", "p", "attrib")
	}, "table-wrap-foot")
	return t
}

// jatsCell reads a cell.
func jatsCell(n *node) sourceCell {
	c := sourceCell{
		columns: span(n.attr("colspan"), maxColumns), rows: span(n.attr("rowspan"), maxRows),
		header: n.name == "th", strong: setOff(n), indent: indented(n.flat()),
	}
	var marks []string
	before := ""
	c.text = unmarked(n, &before, &marks).told()
	c.marks = strings.Join(marks, ",")
	return c
}

// setOff reports whether all the text of an element is in bold or italics.
func setOff(n *node) bool {
	found := false
	for _, k := range n.kids {
		switch k.name {
		case "bold", "italic", "b", "i", "strong", "em":
			found = true
		case "", "break", "br":
			if strings.TrimSpace(k.text.s) != "" {
				return false
			}
		case "sup", "xref":
		case "p", "span", "styled-content":
			if !setOff(k) {
				return false
			}
			found = true
		default:
			return false
		}
	}
	return found
}

// indented returns by how many blanks a text is set in: signs that show as blanks, other than those that lay out the
// source.
func indented(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune(" \t\r\n", r):
		case unicode.IsSpace(r):
			n++
		default:
			return n
		}
	}
	return n
}

// unmarked returns an element without the marks of notes in it, which it adds to marks. before is the text that stands
// before the element.
func unmarked(n *node, before *string, marks *[]string) *node {
	if n.name == "" {
		*before += n.text.s
		return n
	}
	if n.name == "sup" || n.name == "xref" && (n.attr("ref-type") == "fn" || n.attr("ref-type") == "table-fn") {
		text := strings.TrimSpace(n.flat())
		if n.name == "xref" || noteMark(*before, text) {
			if m := strings.Trim(text, "(),;[] "); m != "" {
				*marks = append(*marks, m)
			}
			return &node{}
		}
	}
	out := &node{name: n.name, attrs: n.attrs}
	for _, k := range n.kids {
		out.kids = append(out.kids, unmarked(k, before, marks))
	}
	return out
}

// noteMark reports whether raised text is the mark of a note: letters and signs, or digits behind a number that is no
// power of ten and behind words that are no unit.
func noteMark(before, s string) bool {
	inner := strings.Trim(s, "(),;[]^ ")
	before = strings.TrimRight(before, " \t\r\n\u00A0")
	switch {
	case inner == "" || len(inner) > 7:
		return inner == "" && s != ""
	case strings.Trim(inner, "*†‡§¶#‖|") == "":
		return true
	case strings.Trim(inner, "0123456789,–- ") == "":
		return before != "" && unicode.IsDigit(rune(before[len(before)-1])) && raised(before[max(0, len(before)-3):], s) == s ||
			before != "" && strings.ContainsRune(")%", rune(before[len(before)-1]))
	case inner == "st" || inner == "nd" || inner == "rd" || inner == "th" || inner == "TM":
		return false
	}
	for _, part := range strings.FieldsFunc(inner, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		if len(part) > 2 || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz*†‡§¶#") != "" {
			return false
		}
	}
	return true
}
