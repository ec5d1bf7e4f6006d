package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// tableReader reads the results tables of a study: what the columns are of by their headers, what the rows are of by
// their labels and the headings above them, what the numbers are by the words of labels, headers, caption and notes.
// What none of these says is not read: the table's problem tells of it.
type tableReader struct {
	f      *finder
	r      *reading
	c      *conceptualizer
	styles *styles

	sheet    *sheet
	baseline bool              // the table describes those enrolled
	style    cellStyle         // what the caption and the notes say of all cells
	marked   map[string]string // the notes by their marks
	time     evidence.Timepoint
	measure  string // an effect measure that the caption names
	ci       bool   // the table speaks of intervals
	level    quantity.Decimal
	unbound  []string // headers of groups that are none of the study's arms
	read     int      // cells that were read
	unread   []unreadCell
	found    []*toldFinding
}

// unreadCell is a cell whose numbers could not be read safely.
type unreadCell struct {
	document.Span
	reason string
}

const stageExtract = "extract"

var (
	tableOfBaseline = lazyregexp.New(`(?i)\bbaseline\b|\bcharacteristics\b|\bdemographic\w*|\bat (?:study )?(?:entry|enrol?ment|randomi[sz]ation|recruitment|inclusion)\b`)
	tableOfOutcomes = lazyregexp.New(`(?i)\b(?:outcomes?|changes?|effects?|effectiveness|efficacy|follow[- ]?up|results|end ?points?|post-?(?:treatment|intervention)|adverse|between[- ]group|differences?)\b`)
	// tableNotRead are captions of tables whose rows or columns are something other than outcomes and arms.
	tableNotRead = []struct {
		pattern *lazyregexp.Regexp
		reason  string
	}{
		{lazyregexp.New(`(?i)\bsub-?groups?\b|\bstratified by\b|\bmoderat(?:or|ion)`), "its rows are subgroups"},
		{lazyregexp.New(`(?i)\bpredict(?:ors?|ing|ion)\b|\brisk factors?\b|\bfactors associated\b|\bcorrelat\w+|\bmediat(?:or|ion)\w*|\bunivaria\w+|\bmultivaria\w+ (?:analys|regression|logistic)|\bregression (?:analys[ei]s|models?|results)\b|\bdeterminants of\b`), "it tells of associations"},
		{lazyregexp.New(`(?i)\bsensitivity and specificity\b|\bdiagnostic accuracy\b|\breliability\b|\bcronbach|\bfactor loadings?\b`), "it tells of a measure's properties"},
		{lazyregexp.New(`(?i)\bcharacteristics of (?:the )?(?:included )?(?:studies|trials)\b|\bincluded studies\b`), "its rows are studies"},
	}
	captionSize   = lazyregexp.New(`(?i)[(\[]\s*n\s*=\s*` + cellNumber + `\s*[)\]]`)
	noteStyleMark = lazyregexp.New(`(?i)(?:^|[\s;.,(])([*†‡§¶#]+|[a-h])\s*(?:which (?:are|is)|are|is|:|=|indicates?|denotes?)?\s*((?:values? (?:are|is) |data (?:are|is) )?(?:mean|median|n\b|number|no\.)[^;.]*)`)
	noteP         = lazyregexp.New(`(?i)([*†‡§¶#]+|\b[a-h])\s*[:=]?\s*(p\s*[<≤=]\s*0?\.\d+)`)
)

// tables reads the study's tables and adds what they tell to the findings.
func (f *finder) tables() {
	tables := f.r.doc.Known.Tables
	if len(tables) == 0 || f.t.secondHand || !f.assigns() || len(f.t.study.Arms) == 0 {
		return
	}
	c := &conceptualizer{
		reading: f.r, marker: annotate.New(f.r.vocab), outcomes: map[string]string{}, times: map[string]quantity.Decimal{}, phrases: map[string]string{},
	}
	st := &styles{styleRows()}
	for i := range tables {
		t := &tableReader{f: f, r: f.r, c: c, styles: st}
		t.table(&tables[i])
	}
}

// problem takes down why a table, or a part of it, was not read.
func (t *tableReader) problem(at document.Span, format string, args ...any) {
	t.r.out.Problems = append(t.r.out.Problems, evidence.Problem{
		Stage: stageExtract, Message: t.label() + ": " + fmt.Sprintf(format, args...), Start: at.Start, End: at.End,
	})
}

// label returns the name of the table, in small letters.
func (t *tableReader) label() string {
	if l := t.sheet.table.Label; l.Len() > 0 {
		return strings.ToLower(t.r.doc.At(l))
	}
	return "a table"
}

// table reads one table.
func (t *tableReader) table(table *document.Table) {
	if t.sheet = newSheet(t.r.doc, table); t.sheet == nil {
		return
	}
	caption := t.r.doc.At(table.Caption)
	numbers := 0
	for r := t.sheet.head; r < len(table.Rows); r++ {
		numbers += t.sheet.values(r)
	}
	if numbers < 2 {
		return // it tells no numbers
	}
	for _, no := range tableNotRead {
		if no.pattern.MatchString(caption) {
			t.problem(table.Span, "not read, for %s", no.reason)
			return
		}
	}
	t.words(caption)
	t.layColumns()
	if m := captionSize.FindStringSubmatch(caption); m != nil {
		for k := range t.sheet.columns {
			if c := &t.sheet.columns[k]; c.kind == columnTotal && !c.n.Present() {
				c.n = cellDecimal(m[1])
			}
		}
	}
	t.baseline = tableOfBaseline.MatchString(caption) && !tableOfOutcomes.MatchString(caption) && !t.hasResults()
	t.sheet.layRows()
	if why := t.unsafe(); why != "" {
		t.problem(table.Span, "not read, for %s", why)
		return
	}
	t.orient()
	for i := range t.sheet.rows {
		t.row(&t.sheet.rows[i])
	}
	t.report()
	t.f.found = append(t.f.found, t.found...)
}

// report takes down the cells that could not be read, by reason.
func (t *tableReader) report() {
	if len(t.unbound) > 0 {
		t.problem(t.sheet.table.Span, "left out the columns of groups that are none of the study's arms: %s", strings.Join(t.unbound, "; "))
	}
	first := map[string]document.Span{}
	count := map[string]int{}
	var reasons []string
	for _, u := range t.unread {
		if count[u.reason]++; count[u.reason] == 1 {
			first[u.reason] = u.Span
			reasons = append(reasons, u.reason)
		}
	}
	for _, reason := range reasons {
		t.problem(first[reason], "%d of %d cells were not read: %s, as in %q", count[reason], t.read+len(t.unread), reason, t.r.doc.At(first[reason]))
	}
}

// hasResults reports whether the columns hold effects or values after the start.
func (t *tableReader) hasResults() bool {
	return slices.ContainsFunc(t.sheet.columns, func(c sheetColumn) bool {
		return c.kind == columnEffect || c.change || c.time.Text != "" && !c.baseline
	})
}

// unsafe returns why no cell of the table can be given to an arm, or nothing.
func (t *tableReader) unsafe() string {
	s := t.sheet
	type place struct {
		arm            int
		time           string
		baseline, diff bool
		part           string
	}
	seen := map[place]bool{}
	usable := false
	for k := s.stub; k < len(s.columns); k++ {
		c := &s.columns[k]
		switch c.kind {
		case columnEffect, columnTotal:
			usable = true
		case columnTime:
			usable = usable || len(t.f.t.study.Arms) == 1 || t.rowsAreArms()
		case columnArm:
			usable = true
			at := place{c.arms[0], c.time.Text, c.baseline, c.change, c.part}
			if seen[at] {
				return fmt.Sprintf("two columns are of one arm and nothing tells them apart (%q)", c.name())
			}
			seen[at] = true
		case columnOther, columnInterval, columnP:
		}
	}
	if !usable {
		return "its columns are none of the study's arms, and no comparison of them"
	}
	return ""
}

// rowsAreArms reports whether the labels of the rows name arms.
func (t *tableReader) rowsAreArms() bool {
	n := 0
	for i := range t.sheet.rows {
		if t.rowArm(&t.sheet.rows[i]) >= 0 {
			n++
		}
	}
	return n > 1 && 2*n >= len(t.sheet.rows)
}

// rowArm returns the arm that a row's label is the name of, or -1.
func (t *tableReader) rowArm(row *sheetRow) int {
	for i := len(row.path) - 1; i >= 0; i-- {
		text := groupSize.ReplaceAllString(row.path[i].text, "")
		if t.f.t.names == nil {
			t.f.t.names = newArmNames(t.r, t.f.t.study.Arms)
		}
		ms := t.f.t.names.find(text, document.Span{End: len(text)})
		if len(ms) == 1 && len(ms[0].arms) == 1 && 10*ms[0].Len() >= 7*len(text) {
			return ms[0].arms[0]
		}
	}
	return -1
}

// words reads what the caption and the notes say of all cells, and of those with marks.
func (t *tableReader) words(caption string) {
	t.marked = map[string]string{}
	t.style = t.styles.both(caption)
	all := caption
	for _, n := range t.sheet.table.Notes {
		note := t.r.doc.At(n)
		all += "\n" + note
		m := styleMark.FindStringSubmatch(note)
		if m != nil && len(m[0]) < len(note) {
			t.marked[strings.TrimRight(m[1], ".):")] = untilMark(note[len(m[0]):])
		}
		for _, m := range noteStyleMark.FindAllStringSubmatch(note, -1) {
			if _, ok := t.marked[m[1]]; !ok {
				t.marked[m[1]] = m[2]
			}
		}
		if s := t.styles.both(beforeExcept(note)); m == nil && s.said() && !t.style.said() {
			t.style = s
		}
	}
	t.ci = intervalNote.MatchString(all)
	t.level = "95"
	if m := levelNote.FindStringSubmatch(all); m != nil {
		t.level = quantity.Decimal(m[1])
	}
	t.time = t.timeIn(t.sheet.table.Caption)
	t.measure = t.captionMeasure(caption)
}

// captionMeasure returns the effect measure that a caption names for all values, or nothing where it names several.
func (t *tableReader) captionMeasure(caption string) string {
	found := ""
	for _, m := range t.r.vocab.Measures() {
		if m.Scale != vocab.ScaleRatio && m.ID != "MD" && m.ID != "RD" && m.ID != "SMD" && m.ID != "beta" {
			continue
		}
		for _, form := range m.Forms {
			if form == "difference" || m.ID == "beta" && !strings.Contains(form, "coefficient") || !containsWord(caption, form) {
				continue
			}
			if found != "" && found != m.ID {
				return ""
			}
			found = m.ID
		}
	}
	return found
}

// containsWord reports whether a form, or its plural, stands in a text as a word of its own; a form in capitals with its
// case.
func containsWord(text, form string) bool {
	if strings.ToUpper(form) != form {
		text, form = strings.ToLower(text), strings.ToLower(form)
	}
	for at := 0; ; {
		i := strings.Index(text[at:], form)
		if i < 0 {
			return false
		}
		i += at
		end := i + len(form)
		if end < len(text) && text[end] == 's' {
			end++
		}
		if wordBounds(text, i, end) {
			return true
		}
		at = i + 1
	}
}

// untilMark returns a note up to the next sign of a note in it.
func untilMark(note string) string {
	if i := strings.IndexAny(note, "*†‡§¶#‖"); i > 0 {
		return note[:i]
	}
	return note
}

// beforeExcept returns what a note says of cells before it names those that differ.
func beforeExcept(note string) string {
	if i := strings.Index(note, " except"); i > 0 {
		return note[:i]
	}
	return note
}

// timeIn returns the time that a stretch of the text names: its only one, or nothing.
func (t *tableReader) timeIn(at document.Span) evidence.Timepoint {
	var out evidence.Timepoint
	if at.Len() == 0 || at.Len() > 300 {
		return out
	}
	for _, it := range t.c.marker.Annotate(t.r.doc.Text, at).Items {
		if it.Kind != annotate.Time || it.Measured.Date != "" {
			continue
		}
		if tp := timepoint(t.r.doc, it); out.Text == "" {
			out = tp
		} else if tp.Months != out.Months {
			return evidence.Timepoint{}
		}
	}
	return out
}

// section names the place of a cell in its table: "TABLE 2: Pain, 6 months | Control (n = 300)".
func (t *tableReader) section(row *sheetRow, c *sheetColumn) string {
	name := "table"
	if l := t.sheet.table.Label; l.Len() > 0 {
		name = t.r.doc.At(l)
	}
	var parts []string
	for _, p := range row.path {
		parts = append(parts, p.text)
	}
	name += ": " + strings.Join(parts, ", ")
	if h := c.name(); h != "" {
		name += " | " + h
	}
	return name
}

// passages returns where the numbers of a row in some columns stand: in each of its lines, from the line's label to the
// last of the cells. The section names the place in the table.
func (t *tableReader) passages(row *sheetRow, columns ...int) []evidence.Passage {
	var out []evidence.Passage
	for _, r := range row.at {
		line := t.sheet.table.Rows[r]
		at := document.Span{}
		for _, k := range columns {
			if c := line[k]; c.Begins(r, k) && c.End > at.End && c.Len() > 0 {
				at = c.Span
			}
		}
		if at.Len() == 0 {
			continue
		}
		for k, c := range line {
			if c.Begins(r, k) && c.Len() > 0 {
				at.Start = min(at.Start, c.Start)
			}
		}
		out = append(out, evidence.Passage{Section: t.section(row, &t.sheet.columns[columns[0]]), Start: at.Start, End: at.End, Text: t.r.doc.At(at)})
	}
	return out
}
