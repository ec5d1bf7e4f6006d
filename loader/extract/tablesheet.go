package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/loader/document"
)

// sheet is a table with its parts told apart: the header rows, the columns of labels, and the rows with what stands
// above them.
type sheet struct {
	doc     *document.Document
	table   *document.Table
	head    int // header rows
	stub    int // columns of labels
	columns []sheetColumn
	rows    []sheetRow
}

// piece is a part of the path that leads to a column or a row: a cell's text, without the signs of notes.
type piece struct {
	document.Span
	text  string
	marks string // signs of notes behind it
}

// sheetRow is a row with values, or several that belong together: a value, and below it its interval and its P value.
type sheetRow struct {
	at    []int   // rows of the table
	path  []piece // the headings that it stands under, then its own label
	whole bool    // its label spans all its lines
}

// heading is a row with nothing but a label, that rows under it belong to.
type sheetHeading struct {
	piece
	level    int
	inner    int     // the level of the first row below it
	rows     int     // how many belong to it so far
	form     rowForm // of the first of them
	percents float64 // the sum of the percentages in its first column of values
	times    bool    // its rows are moments in time
}

// rowForm is what tells rows of one kind from those of another.
type rowForm struct {
	form    cellForm
	percent bool
}

var (
	stripMarks = lazyregexp.New(`[*†‡§¶#‖]+`)
	// headerWord is what stands in header rows that a source does not mark: units and kinds of numbers.
	headerWord = lazyregexp.New(`(?i)^(?:n|no\.?|%|n\s?\(%\)|mean|sd|mean\s?[(±]\s?sd\)?|median|iqr|median\s?\(iqr\)|95\s?% ?ci|p|p[- ]values?|value|estimate)\.?$`)
)

// newSheet tells the parts of a table apart. It is nil for a table without values.
func newSheet(d *document.Document, t *document.Table) *sheet {
	s := &sheet{doc: d, table: t}
	if len(t.Rows) < 2 || t.Columns() < 2 {
		return nil
	}
	s.head = s.headerRows()
	if s.head >= len(t.Rows) {
		return nil
	}
	s.stub = s.labelColumns()
	if s.stub >= t.Columns() {
		return nil
	}
	return s
}

// text returns what stands in a cell.
func (s *sheet) text(c document.Cell) string { return s.doc.At(c.Span) }

// value reads the cell at a place.
func (s *sheet) value(r, k int) cellValue { return readCell(s.text(s.table.Rows[r][k])) }

// piece returns a cell as a part of a path.
func (s *sheet) piece(c document.Cell) piece {
	text := s.text(c)
	marks := c.Marks
	for _, m := range stripMarks.FindAllString(text, -1) {
		marks = strings.TrimPrefix(marks+","+m, ",")
	}
	return piece{Span: c.Span, text: strings.TrimSpace(stripMarks.ReplaceAllString(text, "")), marks: marks}
}

// headerRows returns how many rows at the top are header: those that the source marks, or the first, and those after it
// that say only what kind of numbers stand below.
func (s *sheet) headerRows() int {
	t := s.table
	n := t.Head
	if n == 0 {
		for n < len(t.Rows) && allHeader(t.Rows[n]) {
			n++
		}
	}
	if n == 0 {
		if s.values(0) > 0 {
			return 0
		}
		n = 1
	}
	for n < len(t.Rows)-1 {
		words, others := 0, 0
		for k := 1; k < t.Columns(); k++ {
			c := t.Rows[n][k]
			switch text := strings.TrimSpace(stripMarks.ReplaceAllString(s.text(c), "")); {
			case text == "" || !c.Begins(n, k):
			case headerWord.MatchString(text) || groupSize.MatchString(text):
				words++
			default:
				others++
			}
		}
		if words == 0 || others > 0 {
			break
		}
		n++
	}
	return n
}

// groupSize is the size of a group in its header: "(n = 94)", "N=1,020", "n 300".
var groupSize = lazyregexp.New(`(?i)[(\[,;]?\s*\bn\s*[=:]?\s*` + cellNumber + `\s*[)\]]?$`)

func allHeader(row []document.Cell) bool {
	for _, c := range row {
		if c.Rows > 0 && !c.Header {
			return false
		}
	}
	return len(row) > 0
}

// values returns how many cells of a row, but for the first, hold numbers.
func (s *sheet) values(r int) int {
	n := 0
	for k := 1; k < s.table.Columns(); k++ {
		if c := s.table.Rows[r][k]; c.Begins(r, k) && s.value(r, k).numeric() {
			n++
		}
	}
	return n
}

// labelColumns returns how many columns at the left hold labels: the first, and those beside it that hold words.
func (s *sheet) labelColumns() int {
	t := s.table
	for k := 1; k < t.Columns()-1; k++ {
		words, numbers := 0, 0
		for r := s.head; r < len(t.Rows); r++ {
			c := t.Rows[r][k]
			if !c.Begins(r, k) || c.Len() == 0 {
				continue
			}
			if v := s.value(r, k); v.numeric() {
				numbers++
			} else if v.form == cellText {
				words++
			}
		}
		if words <= numbers || words == 0 {
			return k
		}
	}
	return t.Columns() - 1
}

// layRows finds the rows with values, and under which headings they stand. It needs the columns: a row whose columns
// with results are empty is a heading.
func (s *sheet) layRows() {
	var open []sheetHeading
	carried := make([]piece, s.stub)
	t := s.table
	for r := s.head; r < len(t.Rows); r++ {
		label, own := s.label(r, carried)
		filled := s.filled(r)
		switch {
		case filled == 0 && own.Len() == 0:
		case filled == 0:
			open = s.openHeading(open, own, s.level(r))
		case s.goesOn(r, own):
			last := &s.rows[len(s.rows)-1]
			last.at = append(last.at, r)
		default:
			form, percent := s.formOf(r)
			open = closeHeadings(open, s.level(r), form, momentLabel.MatchString(own.text))
			row := sheetRow{at: []int{r}}
			for i := range open {
				row.path = append(row.path, open[i].piece)
				h := &open[i]
				if h.rows == 0 {
					h.form, h.times, h.inner = form, momentLabel.MatchString(own.text), s.level(r)
				}
				h.rows++
				h.percents += percent
			}
			row.path = append(row.path, label...)
			row.whole = t.Rows[r][0].Rows > 1 && s.stub == 1
			s.rows = append(s.rows, row)
		}
	}
}

// momentLabel is a label that says only when: "6 mo", "Week 12", "Baseline", "At 12 months (n = 80)".
var momentLabel = lazyregexp.New(`(?i)^(?:at |after )?(?:(?:\d+(?:\.\d+)?|three|six|nine|twelve|one|two)[- ]?(?:mo|months?|m|wks?|weeks?|w|yrs?|years?|y|days?|d|hours?|h)\b|(?:week|month|day|year|visit|wave|time)\s?\d+|(?:pre|post)[- ]?(?:treatment|intervention|test)?\b|baseline|follow[- ]?up|end ?point|discharge|end of (?:treatment|study|intervention)|t\d)(?:[\s-]*(?:follow[- ]?up|post\S*|visit|assessment))?\s*(?:[(\[].*)?$`)

// label returns the labels of a row, from left to right, those that reach down from above included, and its own: the last
// that begins in it.
func (s *sheet) label(r int, carried []piece) (path []piece, own piece) {
	t := s.table
	for k := range s.stub {
		c := t.Rows[r][k]
		p := s.piece(c)
		if p.text != "" {
			if c.Row == r || carried[k].Span != p.Span {
				for j := k + 1; j < s.stub; j++ {
					carried[j] = piece{}
				}
			}
			carried[k] = p
			if c.Row == r && c.Column <= k {
				own = p
			}
		} else if k == s.stub-1 && s.stub > 1 {
			continue
		}
		if carried[k].text != "" && (len(path) == 0 || path[len(path)-1].Span != carried[k].Span) {
			path = append(path, carried[k])
		}
	}
	return path, own
}

// level returns how deep the label of a row is set in; one in bold or italics stands above one that is not.
func (s *sheet) level(r int) int {
	for k := range s.stub {
		if c := s.table.Rows[r][k]; c.Len() > 0 && c.Row == r {
			level := 4 * (c.Indent + 8*k)
			if !c.Strong {
				level += 2
			}
			return level
		}
	}
	return 2
}

// filled returns how many columns of a row hold values of its own; a P value alone is one of a heading.
func (s *sheet) filled(r int) int {
	n := 0
	for k := s.stub; k < s.table.Columns(); k++ {
		c := s.table.Rows[r][k]
		if c.Begins(r, k) && c.Len() > 0 && (k >= len(s.columns) || s.columns[k].kind != columnOther && s.columns[k].kind != columnP) {
			n++
		}
	}
	return n
}

// goesOn reports whether a row goes on with the one before: its label is that one's, or it has none and holds what
// belongs below a value: an interval, a P value.
func (s *sheet) goesOn(r int, own piece) bool {
	if own.Len() > 0 || len(s.rows) == 0 {
		return false
	}
	last := s.rows[len(s.rows)-1]
	if last.at[len(last.at)-1] != r-1 {
		return false
	}
	c := s.table.Rows[r][s.stub-1]
	return c.Row < r || c.Len() == 0
}

// formOf returns what kind of values a row has, by its first column of results, and the percentage there.
func (s *sheet) formOf(r int) (rowForm, float64) {
	for k := s.stub; k < s.table.Columns(); k++ {
		if k < len(s.columns) && s.columns[k].kind != columnArm && s.columns[k].kind != columnTotal {
			continue
		}
		v := s.value(r, k)
		if !v.numeric() {
			continue
		}
		f := rowForm{v.form, v.percentA || v.percentB}
		if v.form == cellFraction && v.c.Present() {
			return f, v.c.Float()
		}
		if v.form == cellPair && whole(v.a) && v.b.Present() && quantity.Compare(v.b, "100") <= 0 {
			return f, v.b.Float()
		}
		if v.form == cellOne && v.percentA {
			return f, v.a.Float()
		}
		return f, 0
	}
	return rowForm{}, 0
}

// openHeading puts a heading below those that are wider. One that follows another of its level at once stands below it.
func (s *sheet) openHeading(open []sheetHeading, own piece, level int) []sheetHeading {
	for len(open) > 0 {
		top := open[len(open)-1]
		if top.level < level || top.level == level && top.rows == 0 {
			break
		}
		open = open[:len(open)-1]
	}
	if n := len(open); n > 0 && open[n-1].level == level {
		level++
	}
	return append(open, sheetHeading{piece: own, level: level})
}

// closeHeadings returns the headings that a row stands under: those that it is set in below; of those that it is level
// with, the ones whose rows are of its kind and not yet complete.
func closeHeadings(open []sheetHeading, level int, form rowForm, moment bool) []sheetHeading {
	for len(open) > 0 {
		top := open[len(open)-1]
		if (top.level < level-1 || top.rows == 0 && top.level <= level+1) && level >= top.inner {
			break
		}
		if top.level <= level+1 && level >= top.inner {
			complete := top.percents >= 98.5 && top.form.form != cellOne
			if top.times == moment && (moment || top.form == form) && !complete {
				break
			}
		}
		open = open[:len(open)-1]
	}
	return open
}
