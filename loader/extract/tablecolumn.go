package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/loader/document"
)

// columnKind is what a column of a table holds.
type columnKind int

// The kinds of columns.
const (
	columnOther    columnKind = iota
	columnArm                 // values of an arm
	columnTotal               // values of all participants
	columnEffect              // an effect measure, perhaps with its interval
	columnInterval            // the interval of the effect or value to its left
	columnP
	columnTime // values at a time; the rows or the caption name the arm
)

// sheetColumn is a column with what its header says.
type sheetColumn struct {
	kind       columnKind
	path       []piece
	arms       []int // indexes into the study's arms
	comparator []int
	n          quantity.Decimal
	time       evidence.Timepoint
	baseline   bool
	change     bool   // changes within the arm
	part       string // a column that holds a part of a value: "n", "mean", "SD", ... as style has it
	style      cellStyle
	measure    string
	adjusted   bool
	pOf        string
	within     bool // of a P value: of changes within arms
	swapped    bool // of an effect: the rows show that the comparator is set against the arm
}

// name returns the column's header as one text.
func (c *sheetColumn) name() string {
	var parts []string
	for _, p := range c.path {
		parts = append(parts, p.text)
	}
	return strings.Join(parts, ", ")
}

var (
	pHeader        = lazyregexp.New(`(?i)^(?:p|p[- ]?val(?:ue)?s?|probability|sig(?:nificance)?\.?)\b(?:\s*(?:for|of|\(|between|within|,|value|-|$)|$)|\bp[- ]?values?\b|^p$`)
	withinHeader   = lazyregexp.New(`(?i)\bwithin|\bpaired\b|\bpre[- ]?(?:vs\.?|to|–|-)[- ]?post|\bintra-?group`)
	interactHeader = lazyregexp.New(`(?i)\binteraction\b|\btime\s?[×x*]\s?group|\bgroup\s?[×x*]\s?time`)
	trendHeader    = lazyregexp.New(`(?i)\btrend\b`)
	intervalHeader = lazyregexp.New(`(?i)^[(\[]?(?:(?:9\d(?:\.\d)?|80)\s?%\s?)?(?:CIs?|C\.I\.|confidence intervals?|CrIs?)[)\]]?$`)
	intervalNote   = lazyregexp.New(`(?i)\b(?:CIs?|C\.I\.|confidence intervals?|CrIs?|credible)\b`)
	levelNote      = lazyregexp.New(`(8\d|9\d(?:\.\d)?)\s?%\s?-?(?:CIs?|C\.I\.|confidence|CrI|credible)`)
	totalHeader    = lazyregexp.New(`(?i)^(?:totals?|all|overall|both groups|all (?:participants|patients|subjects|groups)|(?:whole|entire|total|full) (?:sample|cohort|group|population))\b`)
	changeHeader   = lazyregexp.New(`(?i)^(?:(?:mean|absolute|within[- ]group|average|adjusted|ls mean)\s)*(?:change|changes|Δ|delta|difference from baseline)\b|\bchange from baseline\b|^Δ`)
	baselineHeader = lazyregexp.New(`(?i)^(?:at )?(?:baseline|pre-?(?:treatment|intervention|test|operative(?:ly)?)?|before(?: (?:treatment|intervention))?|at (?:entry|enrol?ment|inclusion|randomi[sz]ation)|enrol?ment|t0|week 0|day 0|month 0)\b(?:\s*[(\[,].*)?$`)
	namedTime      = lazyregexp.New(`(?i)^(?:at )?(?:(?:end of (?:treatment|study|intervention|therapy|follow[- ]?up))|post-?(?:treatment|intervention|test|operative(?:ly)?)?|follow[- ]?up|end ?point|final(?: visit)?|after(?: (?:treatment|intervention))?|discharge|last visit|t[1-9])\b`)
	adjustedHeader = lazyregexp.New(`(?i)\badj(?:usted|\.)?|\baOR|\baRR|\baHR|\bmultivaria\w+`)
	crudeHeader    = lazyregexp.New(`(?i)\b(?:un-?adjusted|crude)\b`)
	effectNote     = lazyregexp.New(`\s*[(\[{].*$|(?i)[,;]?\s*\b(?:with\s)?(?:9\d\s?%\s?)?(?:CI|confidence intervals?)\b.*$`)
	effectLead     = lazyregexp.New(`(?i)^(?:(?:un-?adjusted|adjusted|adj\.?|crude|estimated|estimate of(?: the)?|model-based|multivariable|mean (?:adjusted|estimated)|the)\s+)+`)
	groupWords     = lazyregexp.New(`(?i)\b(?:groups?|arms?)\b`)
	// setAgainst stands between the sides of a comparison.
	setAgainst = lazyregexp.New(`(?i)\s(?:vs?\.?|versus|minus|compared (?:with|to)|over|relative to|against|from)\s|\s?[-–−—/]\s?`)
)

// partHeader are the headers of columns that hold a part of a value.
var partHeader = []struct {
	pattern *lazyregexp.Regexp
	part    string
}{
	{lazyregexp.New(`(?i)^(?:n|no\.?|number|sample size|n analy[sz]ed)$`), "n"},
	{lazyregexp.New(`(?i)^(?:means?|m|average)$`), "mean"},
	{lazyregexp.New(`(?i)^[(\[]?(?:` + styleSD + `)[)\]]?$`), "SD"},
	{lazyregexp.New(`(?i)^[(\[]?(?:` + styleSE + `)[)\]]?$`), "SE"},
	{lazyregexp.New(`(?i)^[(\[]?(?:%|per ?cent(?:age)?)[)\]]?$`), "percent"},
	{lazyregexp.New(`(?i)^(?:medians?|mdn)$`), "median"},
	{lazyregexp.New(`(?i)^[(\[]?(?:iqr|inter-?quartile range)[)\]]?$`), "IQR"},
	{lazyregexp.New(`(?i)^[(\[]?(?:range|min\s?[-–]\s?max)[)\]]?$`), "range"},
	{intervalHeader, "CI"},
	{lazyregexp.New(`(?i)^(?:events?|cases)$`), "count"},
}

// layColumns says of each column what it holds.
func (t *tableReader) layColumns() {
	s := t.sheet
	s.columns = make([]sheetColumn, s.table.Columns())
	for k := s.stub; k < len(s.columns); k++ {
		c := &s.columns[k]
		for r := range s.head {
			cell := s.table.Rows[r][k]
			if p := s.piece(cell); p.text != "" && (len(c.path) == 0 || c.path[len(c.path)-1].Span != p.Span) {
				c.path = append(c.path, p)
			}
		}
		t.readHeader(c)
	}
	t.bindColumns()
}

// readHeader reads the parts of a column's header, each for what it says.
func (t *tableReader) readHeader(c *sheetColumn) {
	effect := false
	for i := range c.path {
		p := &c.path[i]
		text := p.text
		if m := groupSize.FindStringSubmatchIndex(text); m != nil && m[0] > 0 || m != nil && m[0] == 0 && strings.ContainsAny(text, "=") {
			c.n = cellDecimal(text[m[2]:m[3]])
			text = strings.TrimSpace(text[:m[0]])
		}
		switch {
		case text == "":
		case pHeader.MatchString(text):
			c.kind = columnP
			c.within = withinHeader.MatchString(text)
			if interactHeader.MatchString(text) {
				c.pOf = evidence.PInteraction
			} else if trendHeader.MatchString(text) {
				c.pOf = evidence.PTrend
			}
		case t.timeHeader(c, text, p.Span):
		case changeHeader.MatchString(text) && !intervalHeader.MatchString(text) && (len(c.arms) > 0 || !t.comparesArms(text)):
			c.change = true
			t.addStyle(c, text)
		case c.kind == columnP:
		case len(c.arms) == 0 && t.effectHeader(c, text):
			effect = true
			t.sides(c, p.Span)
		case t.part(c, text):
		default:
			t.addStyle(c, text)
			t.namesArm(c, *p, text)
		}
	}
	switch {
	case c.kind == columnP:
	case effect && c.part == "CI":
		c.kind = columnInterval
	case effect:
		c.kind = columnEffect
	case c.kind == columnTotal:
	case len(c.arms) == 1:
		c.kind = columnArm
	case c.part == "CI":
		c.kind = columnInterval
	case c.time.Text != "" || c.baseline || c.change:
		c.kind = columnTime
	}
}

// timeHeader reads a header that says when, and reports whether that is all it says.
func (t *tableReader) timeHeader(c *sheetColumn, text string, at document.Span) bool {
	if baselineHeader.MatchString(text) {
		c.baseline = true
		return true
	}
	if namedTime.MatchString(text) && len(strings.Fields(text)) <= 6 && c.time.Text == "" && !changeHeader.MatchString(text) {
		c.time = t.timeIn(at)
		if c.time.Text == "" || !momentLabel.MatchString(text) {
			c.time.Text = text
		}
		return true
	}
	if tp := t.timeIn(at); tp.Text != "" && c.time.Text == "" {
		c.time = tp
		if momentLabel.MatchString(text) && afterTreatment.MatchString(text) {
			c.time.Text = text
		}
		return len(tp.Text)*2 >= len(text) || momentLabel.MatchString(text)
	}
	return false
}

// effectHeader reads a header that names an effect measure.
func (t *tableReader) effectHeader(c *sheetColumn, text string) bool {
	bare := strings.TrimSpace(effectNote.ReplaceAllString(text, ""))
	if bare == "" {
		return false
	}
	named := effectLead.ReplaceAllString(bare, "")
	id := ""
	for _, form := range []string{bare, named, plainLabel(named)} {
		if m, ok := t.r.vocab.Measure(form); ok && m.Null.Present() && m.ID != "mean change" && m.ID != "percent change" {
			id = m.ID
			break
		}
	}
	low := strings.ToLower(bare)
	switch {
	case id != "":
	case strings.Contains(low, "odds ratio"):
		id = "OR"
	case strings.Contains(low, "hazard ratio"):
		id = "HR"
	case strings.Contains(low, "risk ratio") || strings.Contains(low, "relative risk"):
		id = "RR"
	case strings.Contains(low, "rate ratio"):
		id = "rate ratio"
	case strings.Contains(low, "risk difference"):
		id = "RD"
	case strings.Contains(low, "effect size") || strings.Contains(low, "standardi"):
		id = "SMD"
	case strings.Contains(low, "difference") && !changeHeader.MatchString(text) || strings.Contains(low, "treatment effect"):
		id = "MD"
	default:
		return false
	}
	if c.measure == "" || c.measure == "MD" { // the lower of two headers says it more exactly
		c.measure = id
	}
	c.adjusted = c.adjusted || adjustedHeader.MatchString(text) && !crudeHeader.MatchString(text)
	if intervalNote.MatchString(text) {
		c.style.spread = "CI"
	}
	return true
}

// comparesArms reports whether a header tells a difference between arms rather than a change within one.
func (t *tableReader) comparesArms(text string) bool {
	return setAgainst.MatchString(text) && len(t.armsNamed(text)) > 1
}

// part reads a header that names a part of a value.
func (t *tableReader) part(c *sheetColumn, text string) bool {
	for _, p := range partHeader {
		if p.pattern.MatchString(text) {
			c.part = p.part
			return true
		}
	}
	return false
}

// addStyle takes in what a header says of the cells below it.
func (t *tableReader) addStyle(c *sheetColumn, text string) {
	if s, _ := t.styles.of(text); s.said() {
		c.style = s
	}
}

// namesArm reads a header that names an arm, or all participants.
func (t *tableReader) namesArm(c *sheetColumn, p piece, text string) {
	if totalHeader.MatchString(text) {
		c.kind = columnTotal
		return
	}
	var single []int
	for _, m := range t.f.t.armsIn(t.r, p.Span) {
		if !m.every && !m.rest && len(m.arms) == 1 && !slices.Contains(single, m.arms[0]) {
			single = append(single, m.arms[0])
		}
	}
	if len(single) == 0 {
		single = t.inLabels(text)
	}
	if len(single) == 1 && len(c.arms) == 0 {
		c.arms = single
	}
}

// inLabels returns the arms of whose labels a header has the words: "Combined" of "combined treatment".
func (t *tableReader) inLabels(text string) []int {
	words := contentWords(text)
	var out []int
	for i, a := range t.f.t.study.Arms {
		if len(words) > 0 && allAmong(words, contentWords(a.Label)) {
			out = append(out, i)
		}
	}
	return out
}

// armsNamed returns the arms that a text of a table names, in order.
func (t *tableReader) armsNamed(text string) []int {
	var out []int
	if t.f.t.names == nil {
		t.f.t.names = newArmNames(t.r, t.f.t.study.Arms)
	}
	for _, m := range t.f.t.names.find(text, document.Span{End: len(text)}) {
		if !m.every && !m.rest && len(m.arms) == 1 && !slices.Contains(out, m.arms[0]) {
			out = append(out, m.arms[0])
		}
	}
	return out
}

// sides reads which arm an effect's header sets against which: "Intervention minus control", "A vs B".
func (t *tableReader) sides(c *sheetColumn, at document.Span) {
	text := t.r.doc.At(at)
	var named []armMention
	for _, m := range t.f.t.armsIn(t.r, at) {
		if !m.every && !m.rest && len(m.arms) == 1 {
			named = append(named, m)
		}
	}
	if len(named) == 2 && !slices.Equal(named[0].arms, named[1].arms) && setAgainst.MatchString(text[named[0].End-at.Start-min(1, named[0].Len()):named[1].Start-at.Start+min(1, named[1].Len())]) {
		c.arms, c.comparator = named[0].arms, named[1].arms
	}
}

// bindColumns gives the one column that has the size of a group and no name of an arm the one arm that is left.
func (t *tableReader) bindColumns() {
	s := t.sheet
	arms := t.f.t.study.Arms
	if k := s.stub; k == len(s.columns)-1 && s.columns[k].kind == columnOther && len(s.columns[k].path) == 0 {
		s.columns[k].kind = columnTotal
	}
	var unnamed []string
	taken := make([]bool, len(arms))
	for k := s.stub; k < len(s.columns); k++ {
		c := &s.columns[k]
		switch {
		case c.kind == columnArm:
			taken[c.arms[0]] = true
		case c.kind == columnOther && len(c.path) > 0 && (c.n.Present() || groupWords.MatchString(c.name())) && !slices.Contains(unnamed, c.path[0].text):
			unnamed = append(unnamed, c.path[0].text)
		}
	}
	left := -1
	for i := range taken {
		if !taken[i] {
			if left >= 0 {
				left = -2
				break
			}
			left = i
		}
	}
	for _, name := range unnamed {
		if len(unnamed) == 1 && left >= 0 && len(arms) > 1 {
			for k := s.stub; k < len(s.columns); k++ {
				if c := &s.columns[k]; len(c.path) > 0 && c.path[0].text == name && c.kind == columnOther {
					c.kind, c.arms = columnArm, []int{left}
				}
			}
			continue
		}
		t.unbound = append(t.unbound, name)
	}
}
