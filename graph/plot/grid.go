package plot

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// Grid is a plot of signs in rows and columns: an evidence map, and an effect-direction plot. It has a panel for each kind of
// finding, so that an effect against a comparator and a change from baseline never stand in one cell.
type Grid struct {
	Panels []GridPanel `json:"panels"`
	Counts bool        `json:"counts,omitempty"` // the signs' areas are numbers of trials; else their sizes are classes of participants
}

// GridPanel is the cells of findings of one kind.
type GridPanel struct {
	Kind    evidence.Kind `json:"kind"`
	Heading string        `json:"heading"`
	Across  string        `json:"across"` // what the columns are
	Down    string        `json:"down"`   // what the rows are
	Columns []string      `json:"columns"`
	Rows    []GridRow     `json:"rows"`
}

// GridRow is a row: a cell for each column, nil where there is nothing.
type GridRow struct {
	Label string  `json:"label"`
	About string  `json:"about,omitempty"`
	Cells []*Cell `json:"cells"`
}

// Cell is a sign: what happened to an outcome, and in how many trials or participants.
type Cell struct {
	Mark
	Direction evidence.Direction `json:"direction"`
	Studies   []string           `json:"studies"`         // each once, however many documents tell of it
	N         int                `json:"n,omitempty"`     // participants; 0 where not reported
	Text      string             `json:"text,omitempty"`  // that stands beside the sign
	Facts     []string           `json:"facts,omitempty"` // what each finding says, for the full label
}

// mixed is the direction of findings that do not agree.
const mixed evidence.Direction = "mixed"

// direction returns what happened to the outcome of a finding, as far as it can be told.
func (f *found) direction() evidence.Direction {
	if f.told == "" && len(f.Estimates) > 0 && f.Estimates[0].Measure == "HR" && f.better == vocab.Higher {
		return evidence.NotStated // it may be that of the event which ends the outcome
	}
	switch d := cmp.Or(f.told, f.Direction); d {
	case evidence.Increased, evidence.Decreased, evidence.NoDifference:
		return d
	}
	return evidence.NotStated
}

// agreed returns the direction that several have in common; those that are not stated do not count beside others.
func agreed(all []evidence.Direction) evidence.Direction {
	all = slices.DeleteFunc(slices.Clone(all), func(d evidence.Direction) bool { return d == evidence.NotStated })
	slices.Sort(all)
	switch all = slices.Compact(all); len(all) {
	case 0:
		return evidence.NotStated
	case 1:
		return all[0]
	}
	return mixed
}

// place is where a finding goes in a grid.
type place struct {
	kind               evidence.Kind
	row, about, column string
	rowKey, columnKey  string
}

// lay puts findings into the cells of a grid, by kind.
func lay(findings []*found, where func(*found) []place) []GridPanel {
	var out []GridPanel
	for _, k := range gridKinds() {
		t := &table{cells: map[[2]string][]*found{}, labels: map[string]place{}}
		for _, f := range findings {
			for _, at := range where(f) {
				if at.kind == k.kind {
					t.put(f, at)
				}
			}
		}
		if len(t.cells) > 0 {
			out = append(out, t.panel(k.kind, k.heading))
		}
	}
	return out
}

type kindHeading struct {
	kind    evidence.Kind
	heading string
}

// gridKinds are the kinds of finding that have a direction, in the order of their panels.
func gridKinds() []kindHeading {
	return []kindHeading{
		{evidence.BetweenArms, "Compared between arms"},
		{evidence.WithinArm, "Changed from baseline, each arm alone (no effect against a comparator)"},
		{evidence.Association, "Associated (not assigned)"},
		{evidence.InWords, "Reported in words"},
		{evidence.VoteCount, "Counts of studies in reviews (not sizes of effects)"},
	}
}

// table is a grid while it is filled.
type table struct {
	rows, columns []string // keys
	labels        map[string]place
	cells         map[[2]string][]*found
}

func (t *table) put(f *found, at place) {
	r, c := "r"+at.rowKey, "c"+at.columnKey
	if _, ok := t.labels[r]; !ok {
		t.rows, t.labels[r] = append(t.rows, r), at
	}
	if _, ok := t.labels[c]; !ok {
		t.columns, t.labels[c] = append(t.columns, c), at
	}
	t.cells[[2]string{r, c}] = append(t.cells[[2]string{r, c}], f)
}

// studies counts the studies with a finding in a row or a column.
func (t *table) studies(key string) int {
	seen := map[string]bool{}
	for k, fs := range t.cells {
		if k[0] == key || k[1] == key {
			for _, f := range fs {
				seen[f.StudyID] = true
			}
		}
	}
	return len(seen)
}

// panel sorts rows and columns, the one with most studies first, and makes the cells.
func (t *table) panel(kind evidence.Kind, heading string) GridPanel {
	p := GridPanel{Kind: kind, Heading: heading}
	for _, keys := range [][]string{t.rows, t.columns} {
		count := map[string]int{}
		for _, k := range keys {
			count[k] = t.studies(k)
		}
		slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	}
	for _, c := range t.columns {
		p.Columns = append(p.Columns, t.labels[c].column)
	}
	for _, r := range t.rows {
		row := GridRow{Label: t.labels[r].row, About: t.labels[r].about, Cells: make([]*Cell, len(t.columns))}
		for i, c := range t.columns {
			if fs := t.cells[[2]string{r, c}]; len(fs) > 0 {
				row.Cells[i] = newCell(fs, row.Label, t.labels[c].column)
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// newCell makes a cell of its findings. A study has one direction: that of its findings on all its participants, where it has
// such, and not those of subgroups.
func newCell(fs []*found, row, column string) *Cell {
	c := &Cell{}
	of := map[string][]*found{}
	for _, f := range fs {
		if len(of[f.StudyID]) == 0 {
			c.Studies = append(c.Studies, f.StudyID)
			c.N += f.study.size()
		}
		of[f.StudyID] = append(of[f.StudyID], f)
		m := f.mark()
		c.From = append(c.From, m.From...)
		if c.Row == 0 {
			c.Row, c.Labels = m.Row, m.Labels
		}
		c.Facts = appendNew(c.Facts, m.Label+": "+directionWords(f.direction())) // what two documents tell alike is one
	}
	var all []evidence.Direction
	var names []string
	for _, id := range c.Studies {
		own := of[id]
		if slices.ContainsFunc(own, func(f *found) bool { return !f.Subgroup }) {
			own = slices.DeleteFunc(slices.Clone(own), func(f *found) bool { return f.Subgroup })
		}
		var ds []evidence.Direction
		for _, f := range own {
			ds = append(ds, f.direction())
		}
		all = append(all, agreed(ds))
		names = append(names, of[id][0].labels.Study)
	}
	c.Direction = agreed(all)
	c.Label = fmt.Sprintf("%s, %s: %s; %s: %s\n%s", row, column, directionWords(c.Direction), countedStudies(len(names)), strings.Join(names, ", "), strings.Join(c.Facts, "\n"))
	return c
}

func countedStudies(n int) string { return counted(n, "study") }

func directionWords(d evidence.Direction) string {
	switch d {
	case evidence.NoDifference:
		return "no difference shown"
	case evidence.NotStated:
		return "direction not stated"
	case mixed:
		return "findings differ"
	}
	return string(d)
}

// size returns how many participants a study had, 0 where it does not say.
func (s *rowStudy) size() int {
	for _, t := range s.Tellings {
		for _, d := range []interface{ Int() (int, bool) }{t.Study.NRandomized, t.Study.NAnalyzed, t.Study.N} {
			if n, ok := d.Int(); ok && n > 0 {
				return n
			}
		}
	}
	return 0
}

// upright turns a panel over whose columns are more than its rows and than a sheet can hold: the longer side runs down.
func (p *GridPanel) upright() {
	const across = 8
	if len(p.Columns) <= max(len(p.Rows), across) {
		return
	}
	rows := make([]GridRow, len(p.Columns))
	columns := make([]string, len(p.Rows))
	for i, r := range p.Rows {
		columns[i] = strings.TrimSpace(r.Label + ", " + r.About)
		columns[i] = strings.TrimSuffix(columns[i], ",")
		for k, c := range r.Cells {
			rows[k].Label = p.Columns[k]
			rows[k].Cells = append(rows[k].Cells, c)
		}
	}
	p.Columns, p.Rows = columns, rows
	p.Across, p.Down = p.Down, p.Across
}

// The most rows and columns of a panel.
const (
	mostRows    = 60
	mostColumns = 30
)

// bound leaves out the rows and columns beyond what a picture can hold, those with the fewest studies, and says so.
func (p *GridPanel) bound() (note string) {
	rows, columns := len(p.Rows), len(p.Columns)
	if rows > mostRows {
		p.Rows = p.Rows[:mostRows]
	}
	if columns > mostColumns {
		p.Columns = p.Columns[:mostColumns]
		for i := range p.Rows {
			p.Rows[i].Cells = p.Rows[i].Cells[:mostColumns]
		}
		p.Rows = slices.DeleteFunc(p.Rows, func(r GridRow) bool { return !slices.ContainsFunc(r.Cells, func(c *Cell) bool { return c != nil }) })
	}
	if rows <= mostRows && columns <= mostColumns {
		return ""
	}
	return fmt.Sprintf("%s: shown are %d of %d rows and %d of %d columns, those with most studies: a narrower question shows the rest.", p.Heading, len(p.Rows), rows, len(p.Columns), columns)
}

func (g *Grid) marks() []*Mark {
	var out []*Mark
	for _, p := range g.Panels {
		for _, r := range p.Rows {
			for _, c := range r.Cells {
				if c != nil {
					out = append(out, &c.Mark)
				}
			}
		}
	}
	return out
}

// most returns the largest number of studies in a cell.
func (g *Grid) most() int {
	n := 1
	for _, p := range g.Panels {
		for _, r := range p.Rows {
			for _, c := range r.Cells {
				if c != nil {
					n = max(n, len(c.Studies))
				}
			}
		}
	}
	return n
}

// The classes of participants of an effect-direction plot, those of Boon and Thomson.
const (
	fewPeople  = 50
	manyPeople = 300
)

// radius returns the size of a cell's sign, of which the largest has radius most.
func (g *Grid) radius(c *Cell, most float64) float64 {
	if g.Counts {
		return most * math.Sqrt(float64(len(c.Studies))/float64(g.most()))
	}
	switch {
	case c.N > manyPeople:
		return most
	case c.N >= fewPeople || c.N == 0:
		return most * 0.75
	}
	return most * 0.5
}
