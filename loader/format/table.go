package format

import (
	"strconv"
	"strings"
)

// Bounds of tables: what spans further is cut.
const (
	maxColumns = 64
	maxRows    = 2000
)

// grid builds the rows of a table. A cell that spans columns stands in the first of them, one that spans rows in each.
type grid struct {
	rows [][]string
	held [maxColumns]struct {
		text string
		rows int
	}
}

// span returns how many columns or rows a cell spans.
func span(s string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

// row begins a row.
func (g *grid) row() *rowBuilder {
	return &rowBuilder{grid: g}
}

// rowBuilder takes the cells of a row.
type rowBuilder struct {
	grid  *grid
	cells []string
}

// fill puts what earlier rows hold into the columns that come next.
func (r *rowBuilder) fill() {
	for len(r.cells) < maxColumns {
		h := &r.grid.held[len(r.cells)]
		if h.rows == 0 {
			return
		}
		h.rows--
		r.cells = append(r.cells, h.text)
	}
}

// cell takes a cell.
func (r *rowBuilder) cell(text string, columns, rows int) {
	r.fill()
	for i := 0; i < columns && len(r.cells) < maxColumns; i++ {
		h := &r.grid.held[len(r.cells)]
		h.text, h.rows = text, rows-1
		r.cells = append(r.cells, text)
		text = ""
	}
}

// end takes the row into the table, unless nothing stands in it.
func (r *rowBuilder) end() {
	r.fill()
	if strings.Join(r.cells, "") != "" && len(r.grid.rows) < maxRows {
		r.grid.rows = append(r.grid.rows, r.cells)
	}
}

// lines returns the rows, each as a line with its cells apart.
func (g *grid) lines() []string {
	out := make([]string, 0, len(g.rows))
	for _, row := range g.rows {
		out = append(out, strings.TrimRight(strings.Join(row, " | "), "| "))
	}
	return out
}

// tableTitle returns the line above a table: "TABLE 1. Caption".
func tableTitle(label, caption string) string {
	label = strings.ToUpper(strings.TrimRight(label, ".: "))
	if label == "" {
		label = "TABLE"
	}
	if caption == "" {
		return label
	}
	return label + ". " + caption
}

// tables takes in the tables of an article, wherever they stand, under a heading of their own.
func (a *jats) tables(n *node) {
	var out []string
	visit := func(w *node) {
		var g grid
		w.within(func(tr *node) {
			r := g.row()
			for _, c := range tr.kids {
				if c.name == "td" || c.name == "th" {
					r.cell(c.plain(), span(c.attr("colspan"), maxColumns), span(c.attr("rowspan"), maxRows))
				}
			}
			r.end()
		}, "tr")
		if len(g.rows) > 0 {
			out = append(out, "\n"+tableTitle(w.first("label").plain(), w.first("caption").plain()))
			out = append(out, g.lines()...)
		}
	}
	for _, part := range []string{"body", "floats-group", "floats-wrap", "back"} {
		n.first(part).within(visit, "table-wrap")
	}
	if len(out) > 0 {
		a.paragraphs = append(a.paragraphs, "\nTABLES")
		a.paragraphs = append(a.paragraphs, out...)
	}
}
