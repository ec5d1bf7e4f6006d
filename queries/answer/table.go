package answer

import (
	"cmp"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/picograph/picograph/queries"
)

// writeTable writes every block as a table with aligned columns. A block that does not fit the width becomes records:
// one line a cell.
func writeTable(w io.Writer, a *queries.Answer, o Options) error {
	p := &page{Options: o}
	if a.Text != "" {
		p.para(p.bold(a.Text), "")
	}
	n := 0
	for _, s := range a.Sections {
		p.blank()
		p.para(p.head(s.Title), "")
		if len(s.Rows) == 0 {
			p.para(s.Note, "")
			continue
		}
		p.some(append([]string{"#"}, s.Columns...), numbered(s.Rows, n))
		n += len(s.Rows)
	}
	if len(a.Near) > 0 {
		p.blank()
		p.para(p.head(nearTitle), "")
		p.some([]string{"#", "What", "Why"}, nearRows(a.Near, n))
	}
	p.footer(a)
	return p.flush(w)
}

// WriteRows writes the rows of a block that is part of no answer as a table for people.
func WriteRows(w io.Writer, s queries.Section, o Options) error {
	if o.Width <= 0 {
		o.Width = 80
	}
	p := &page{Options: o}
	cells := make([][]string, len(s.Rows))
	for i, r := range s.Rows {
		cells[i] = r.Cells
	}
	p.some(s.Columns, cells)
	return p.flush(w)
}

// some lays out a table of at most MaxRows rows, and says how many more there are.
func (p *page) some(columns []string, rows [][]string) {
	shown := rows
	if p.MaxRows > 0 && len(rows) > p.MaxRows {
		shown = rows[:p.MaxRows]
	}
	p.grid(columns, shown)
	if more := len(rows) - len(shown); more > 0 {
		p.more(more)
	}
}

func numbered(rows []queries.Row, n int) [][]string {
	out := make([][]string, len(rows))
	for i, r := range rows {
		out[i] = append([]string{fmt.Sprint(n + i + 1)}, r.Cells...)
	}
	return out
}

func nearRows(near []queries.Near, n int) [][]string {
	out := make([][]string, len(near))
	for i, m := range near {
		out[i] = []string{fmt.Sprint(n + i + 1), m.What, m.Why}
	}
	return out
}

// minColumn is the narrowest that a column may get before a table turns into records.
const minColumn = 9

// longWord is the longest word for which a column stays wider than it has to be.
const longWord = 32

// grid lays out a table: columns as wide as they need, the widest made narrower until the table fits, but none narrower than
// its longest word.
func (p *page) grid(columns []string, rows [][]string) {
	widths, least := make([]int, len(columns)), make([]int, len(columns))
	for i, c := range columns {
		widths[i], least[i] = width(c), 0
		for _, r := range rows {
			widths[i] = max(widths[i], width(r[i]))
			for word := range strings.FieldsSeq(r[i]) {
				least[i] = max(least[i], min(width(word), longWord))
			}
		}
	}
	total := func() int {
		t := 2 * (len(widths) - 1)
		for _, w := range widths {
			t += w
		}
		return t
	}
	for total() > p.Width {
		wide := -1
		for i, w := range widths {
			if w > max(least[i], minColumn) && (wide < 0 || w > widths[wide]) {
				wide = i
			}
		}
		if wide < 0 {
			p.records(columns, rows)
			return
		}
		widths[wide]--
	}
	rule := make([]string, len(columns))
	for i, w := range widths {
		rule[i] = strings.Repeat("-", w)
	}
	p.tableRow(columns, widths)
	p.tableRow(rule, widths)
	for _, r := range rows {
		p.tableRow(r, widths)
	}
}

// tableRow adds one row, its cells wrapped within their columns.
func (p *page) tableRow(cells []string, widths []int) {
	wrapped := make([][]string, len(cells))
	high := 1
	for i, c := range cells {
		wrapped[i] = wrapTo(c, widths[i])
		high = max(high, len(wrapped[i]))
	}
	for k := range high {
		parts := make([]string, len(cells))
		for i := range cells {
			if k < len(wrapped[i]) {
				parts[i] = pad(wrapped[i][k], widths[i])
			} else {
				parts[i] = strings.Repeat(" ", widths[i])
			}
		}
		p.lines = append(p.lines, strings.Join(parts, "  "))
	}
}

// wrapTo wraps to any width, also one of a few columns.
func wrapTo(s string, n int) []string {
	if width(s) <= n {
		return []string{s}
	}
	return wrap(s, max(n, minColumn))
}

func (p *page) records(columns []string, rows [][]string) {
	wide := 0
	for _, c := range columns {
		wide = max(wide, width(c))
	}
	for i, r := range rows {
		if i > 0 {
			p.lines = append(p.lines, "")
		}
		for k, c := range columns {
			if r[k] == "" {
				continue
			}
			for m, l := range wrap(r[k], p.Width-wide-2) {
				name := ""
				if m == 0 {
					name = c
				}
				p.lines = append(p.lines, pad(name, wide)+"  "+l)
			}
		}
	}
}

func writeMarkdown(w io.Writer, a *queries.Answer, _ Options) error {
	var b strings.Builder
	esc := func(s string) string {
		return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", "*", `\*`, "_", `\_`).Replace(s)
	}
	if a.Question != "" {
		fmt.Fprintf(&b, "# %s\n\n", esc(a.Question))
	}
	if a.Reading != "" {
		fmt.Fprintf(&b, "*Read as:* %s\n\n", esc(a.Reading))
	}
	if a.Text != "" {
		fmt.Fprintf(&b, "**%s**\n\n", esc(a.Text))
	}
	head := func(title string) {
		if title != "" {
			fmt.Fprintf(&b, "## %s\n\n", esc(title))
		}
	}
	table := func(title string, columns []string, rows [][]string) {
		head(title)
		for i, r := range append([][]string{columns}, rows...) {
			cells := make([]string, len(r))
			for k, c := range r {
				cells[k] = esc(c)
			}
			fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
			if i == 0 {
				fmt.Fprintf(&b, "|%s\n", strings.Repeat(" --- |", len(columns)))
			}
		}
		b.WriteString("\n")
	}
	n := 0
	for _, s := range a.Sections {
		if len(s.Rows) == 0 {
			head(s.Title)
			fmt.Fprintf(&b, "%s\n\n", esc(s.Note))
			continue
		}
		table(s.Title, append([]string{"#"}, s.Columns...), numbered(s.Rows, n))
		n += len(s.Rows)
	}
	if len(a.Near) > 0 {
		table(nearTitle, []string{"#", "What", "Why"}, nearRows(a.Near, n))
	}
	list := func(title string, items []string) {
		if len(items) == 0 {
			return
		}
		head(title)
		for _, i := range items {
			fmt.Fprintf(&b, "- %s\n", esc(i))
		}
		b.WriteString("\n")
	}
	list("Studies", studyLines(a))
	list("Cautions", a.Cautions)
	list("Sources", sourceLines(a))
	if a.Graph != "" {
		fmt.Fprintf(&b, "Graph %s.\n", short(a.Graph))
	}
	_, err := io.WriteString(w, strings.TrimRight(b.String(), "\n")+"\n")
	return err
}

func studyLines(a *queries.Answer) []string {
	out := make([]string, len(a.Studies))
	for i, s := range a.Studies {
		out[i] = s.Name + ": " + s.What
	}
	return out
}

func sourceLines(a *queries.Answer) []string {
	out := make([]string, len(a.Sources))
	for i, s := range a.Sources {
		out[i] = fmt.Sprintf("%s, bytes %d to %d: “%s”", s.Document, s.Passage.Start, s.Passage.End, strings.Join(strings.Fields(s.Passage.Text), " "))
	}
	return out
}

func short(digest string) string { return digest[:min(12, len(digest))] }

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ddd}
th{border-bottom:2px solid #888}.read,.graph,li.source{color:#555}.answer{font-weight:600}.caution{color:#7a4b00}
@media(prefers-color-scheme:dark){body{background:#181818;color:#eee}th,td{border-color:#444}.read,.graph,li.source{color:#aaa}.caution{color:#e0a84f}}`

func writeHTML(w io.Writer, a *queries.Answer, _ Options) error {
	var b strings.Builder
	esc := html.EscapeString
	tagged := func(before, text, after string) {
		if text != "" {
			b.WriteString(before + esc(text) + after + "\n")
		}
	}
	title := cmp.Or(a.Question, a.Query)
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n", esc(cmp.Or(title, "picograph")), style)
	tagged("<h1>", title, "</h1>")
	if a.Reading != "" {
		fmt.Fprintf(&b, "<p class=\"read\">Read as: %s</p>\n", esc(a.Reading))
	}
	tagged(`<p class="answer">`, a.Text, "</p>")
	table := func(title string, columns []string, rows [][]string) {
		tagged("<h2>", title, "</h2>")
		b.WriteString("<table>\n<thead><tr>")
		for _, c := range columns {
			fmt.Fprintf(&b, "<th>%s</th>", esc(c))
		}
		b.WriteString("</tr></thead>\n<tbody>\n")
		for _, r := range rows {
			b.WriteString("<tr>")
			for _, c := range r {
				fmt.Fprintf(&b, "<td>%s</td>", esc(c))
			}
			b.WriteString("</tr>\n")
		}
		b.WriteString("</tbody>\n</table>\n")
	}
	n := 0
	for _, s := range a.Sections {
		if len(s.Rows) == 0 {
			tagged("<h2>", s.Title, "</h2>")
			tagged("<p>", s.Note, "</p>")
			continue
		}
		table(s.Title, append([]string{"#"}, s.Columns...), numbered(s.Rows, n))
		n += len(s.Rows)
	}
	if len(a.Near) > 0 {
		table(nearTitle, []string{"#", "What", "Why"}, nearRows(a.Near, n))
	}
	list := func(title, class string, items []string) {
		if len(items) == 0 {
			return
		}
		fmt.Fprintf(&b, "<h2>%s</h2>\n<ul>\n", title)
		for _, i := range items {
			fmt.Fprintf(&b, "<li class=\"%s\">%s</li>\n", class, esc(i))
		}
		b.WriteString("</ul>\n")
	}
	list("Studies", "study", studyLines(a))
	list("Cautions", "caution", a.Cautions)
	list("Sources", "source", sourceLines(a))
	if a.Graph != "" {
		fmt.Fprintf(&b, "<p class=\"graph\">Graph %s</p>\n", esc(short(a.Graph)))
	}
	b.WriteString("</body>\n</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}
