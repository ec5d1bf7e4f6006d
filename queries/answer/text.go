package answer

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/picograph/picograph/queries"
)

// maxLines is how many lines a text answer has at most; -o table has no such limit.
const maxLines = 80

// limits are how many rows a block, and how many near misses, are shown: the first that keeps an answer within
// maxLines. Near misses go first.
var limits = []struct{ rows, near int }{
	{1 << 20, 1 << 20}, {1 << 20, 6}, {1 << 20, 3}, {24, 3}, {16, 3}, {12, 3}, {9, 3}, {9, 2}, {7, 2}, {6, 2}, {5, 2}, {4, 2}, {3, 2}, {2, 2}, {1, 1},
}

// page collects lines within a width.
type page struct {
	Options
	lines []string
}

func writeText(w io.Writer, a *queries.Answer, o Options) error {
	var p *page
	if o.MaxRows > 0 {
		p = &page{Options: o}
		p.text(a, o.MaxRows, o.MaxRows)
		return p.flush(w)
	}
	for _, l := range limits {
		p = &page{Options: o}
		p.text(a, l.rows, l.near)
		if len(p.lines) <= maxLines {
			break
		}
	}
	if len(p.lines) > maxLines {
		p.lines = append(p.lines[:maxLines-1], "… more: -o table shows all")
	}
	return p.flush(w)
}

func (p *page) flush(w io.Writer) error {
	for _, l := range p.lines {
		if p.ASCII {
			l = toASCII(l)
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(p.visible(l), " ")); err != nil {
			return err
		}
	}
	return nil
}

// text lays an answer out, with at most limit rows a block and so many near misses.
func (p *page) text(a *queries.Answer, limit, near int) {
	if a.Reading != "" {
		p.para(p.dim("Read as: "+strings.TrimRight(a.Reading, ".")+"."), "")
	}
	p.status(a)
	if a.Text != "" {
		p.para(p.bold(a.Text), "")
	}
	n := 0
	for _, s := range a.Sections {
		p.blank()
		if len(s.Rows) == 0 && s.Note != "" {
			p.para(p.head(s.Title+":")+" "+s.Note, "")
			continue
		}
		p.para(p.head(s.Title+":"), "")
		switch {
		case len(s.Rows) == 0:
		case s.Kind == "gaps":
			p.gaps(s, n, limit)
		case s.Kind == "statistics" || s.Kind == "summary":
			rows := numbered(s.Rows, n)
			if len(rows) > limit {
				rows = rows[:limit]
			}
			p.grid(append([]string{"#"}, s.Columns...), rows)
			if len(rows) < len(s.Rows) {
				p.more(len(s.Rows) - len(rows))
			}
		case slices.Contains(s.Columns, "Result"):
			p.findings(s, n, limit)
		default:
			p.rows(s, n, limit)
		}
		n += len(s.Rows)
		if s.Note != "" {
			p.para(s.Note, "  ")
		}
	}
	if len(a.Near) > 0 {
		p.blank()
		p.para(p.head(nearTitle+":"), "")
		for i, m := range a.Near {
			if i == near {
				p.more(len(a.Near) - near)
				break
			}
			p.item(n+i+1, m.What+" — "+m.Why)
		}
	}
	p.footer(a)
}

// status says what kind of answer this is, where it is none.
func (p *page) status(a *queries.Answer) {
	switch a.Status {
	case queries.UnknownTerm, queries.NotUnderstood:
		if a.Fault != nil && a.Fault.End > 0 && a.Fault.End <= len(a.Question) && a.Fault.Start < a.Fault.End {
			p.lines = append(p.lines, "  "+a.Question, "  "+strings.Repeat(" ", width(a.Question[:a.Fault.Start]))+p.warn(strings.Repeat("^", max(1, width(a.Question[a.Fault.Start:a.Fault.End])))))
		}
		if a.Status == queries.NotUnderstood && len(a.Hints) > 0 {
			p.para("Hint: "+strings.Join(a.Hints, "; ")+".", "")
		}
	case queries.NearOnly:
		p.para(p.warn("Nothing matches exactly; what is near is listed with the reason."), "")
	case queries.Empty:
		p.para(p.warn("No evidence in the graph for this."), "")
	}
}

func (p *page) footer(a *queries.Answer) {
	if len(a.Studies) > 0 {
		p.blank()
		names := make([]string, len(a.Studies))
		for i, s := range a.Studies {
			names[i] = s.Name + " (" + s.What + ")"
		}
		if len(names) > 6 {
			names = append(names[:6], fmt.Sprintf("and %d more", len(names)-6))
		}
		p.para("Studies: "+strings.Join(names, "; ")+".", "")
	}
	if len(a.Cautions) > 0 {
		p.para(p.warn("Cautions: ")+strings.Join(a.Cautions, "; ")+".", "")
	}
	if a.RowCount()+len(a.Near) > 0 {
		p.para(p.dim("[.why N shows the source of row N]"), "")
	}
}

// findings lays out rows of findings: what they have in common once, then one line each for arms, result and P.
func (p *page) findings(s queries.Section, n, limit int) {
	cell := func(r queries.Row, column string) string {
		if i := slices.Index(s.Columns, column); i >= 0 {
			return r.Cells[i]
		}
		return ""
	}
	head := func(r queries.Row) string {
		return joined("; ", joined(", ", cell(r, "Study"), cell(r, "Population")), joined(", ", cell(r, "Outcome"), timed(cell(r, "Time"))))
	}
	shared := commonNotes(s.Rows, func(r queries.Row) string { return cell(r, "Note") })
	if len(shared) > 0 {
		p.para(p.dim("all: "+strings.Join(shared, "; ")), "  ")
	}
	wide := 0
	for _, r := range s.Rows {
		wide = max(wide, width(lead(cell(r, "Intervention"), cell(r, "Comparator"), cell(r, "By or with"))))
	}
	wide = min(wide, 28, p.Width/3)
	for i := 0; i < len(s.Rows); {
		end, sameN := i+1, true // the rows that have a head in common
		for end < len(s.Rows) && head(s.Rows[end]) == head(s.Rows[i]) {
			sameN = sameN && cell(s.Rows[end], "N") == cell(s.Rows[i], "N")
			end++
		}
		if i >= limit {
			p.more(len(s.Rows) - i)
			return
		}
		h := head(s.Rows[i])
		if n := cell(s.Rows[i], "N"); sameN && n != "" {
			h += " (N " + n + ")"
		}
		p.para(h, "  ")
		for ; i < end; i++ {
			if i >= limit {
				p.more(len(s.Rows) - i)
				return
			}
			r := s.Rows[i]
			who := lead(cell(r, "Intervention"), cell(r, "Comparator"), cell(r, "By or with"))
			line := joined("; ", cell(r, "Result"), cell(r, "P"))
			if n := cell(r, "N"); !sameN && n != "" {
				line += "; N " + n
			}
			if who != "" {
				line = pad(who, wide) + "  " + line
			}
			if src := cell(r, "Source"); src != "" {
				line += "  " + p.dim("["+src+"]")
			}
			p.item(n+i+1, line)
			if note := without(cell(r, "Note"), shared); note != "" {
				p.para(p.dim(note), "      ")
			}
		}
	}
}

// commonNotes returns the notes that all rows have, of several rows: they are shown once.
func commonNotes(rows []queries.Row, note func(queries.Row) string) []string {
	if len(rows) < 2 {
		return nil
	}
	var out []string
	for _, n := range strings.Split(note(rows[0]), "; ") {
		if n != "" && !slices.ContainsFunc(rows, func(r queries.Row) bool { return !slices.Contains(strings.Split(note(r), "; "), n) }) {
			out = append(out, n)
		}
	}
	return out
}

// without drops the notes that are shown already.
func without(note string, shown []string) string {
	return strings.Join(slices.DeleteFunc(strings.Split(note, "; "), func(n string) bool { return slices.Contains(shown, n) }), "; ")
}

func timed(t string) string {
	if t == "not stated" {
		return "time point not stated"
	}
	return t
}

// lead prints who was compared with whom.
func lead(a, b, by string) string {
	if b != "" {
		a += " vs " + b
	}
	return joined(" ", a, by)
}

func joined(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// rows lays out rows that are no findings: a name in front, the rest after it.
func (p *page) rows(s queries.Section, n, limit int) {
	last := ""
	for i, r := range s.Rows {
		if i == limit {
			p.more(len(s.Rows) - limit)
			return
		}
		var parts []string
		source := ""
		for k, c := range s.Columns {
			text := r.Cells[k]
			switch {
			case text == "":
			case c == "Source":
				source = "  " + p.dim("["+text+"]")
			case c == "What" && len(s.Columns) > 2 && (s.Kind == "attributes" || s.Kind == "card"):
				parts = append(parts, text+":")
			case c == "Study" && s.Kind == "attributes", c == "Report" && s.Kind == "attributes":
				if text != last {
					p.para(text, "  ")
					last = text
				}
			default:
				parts = append(parts, text)
			}
		}
		sep := " — "
		if s.Kind == "attributes" || s.Kind == "card" {
			sep = " "
		}
		p.item(n+i+1, strings.Join(parts, sep)+source)
	}
}

// gaps lays a map of evidence out as a list: of each row what there is, then what there is not.
func (p *page) gaps(s queries.Section, n, limit int) {
	for i, r := range s.Rows {
		if i == limit {
			p.more(len(s.Rows) - limit)
			return
		}
		var has, lacks []string
		for k, c := range r.Cells[1:] {
			if c == "–" {
				lacks = append(lacks, s.Columns[k+1])
			} else {
				has = append(has, s.Columns[k+1]+" "+c)
			}
		}
		line := r.Cells[0] + " — " + strings.Join(has, ", ")
		if len(lacks) > 0 {
			line += "; none: " + strings.Join(lacks, ", ")
		}
		p.item(n+i+1, line)
	}
}

func (p *page) more(n int) {
	p.lines = append(p.lines, fmt.Sprintf("      … %d more: -o table shows all", n))
}

// item adds a numbered line, wrapped under its text.
func (p *page) item(n int, text string) {
	num := fmt.Sprintf("%4d  ", n)
	for i, l := range wrap(text, p.Width-6) {
		if i == 0 {
			p.lines = append(p.lines, num+l)
		} else {
			p.lines = append(p.lines, "      "+l)
		}
	}
}

// para adds text, wrapped and indented.
func (p *page) para(text, indent string) {
	for _, l := range wrap(text, p.Width-width(indent)) {
		p.lines = append(p.lines, indent+l)
	}
}

func (p *page) blank() {
	if len(p.lines) > 0 && p.lines[len(p.lines)-1] != "" {
		p.lines = append(p.lines, "")
	}
}
