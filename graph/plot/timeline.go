package plot

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

// Timeline is studies by the years in which they were reported, and in which people were recruited, by design.
type Timeline struct {
	First   int      `json:"first"` // the years at the ends of the axis
	Last    int      `json:"last"`
	Ticks   []int    `json:"ticks"`
	Designs []Design `json:"designs"`
}

// Design is the studies of one design.
type Design struct {
	Name    string       `json:"name"`
	Studies []TimedStudy `json:"studies"`
}

// TimedStudy is a study. Recruited are the years in which that began and ended, as parts of a year; both zero where that is not
// stated.
type TimedStudy struct {
	Mark
	Years     []int      `json:"years"` // of its reports, each year once
	Recruited [2]float64 `json:"recruited,omitzero"`
	Size      string     `json:"size"`
}

// timeline makes a timeline of the studies behind the rows.
func timeline(g *gathered, p *Plot) {
	body := &Timeline{First: math.MaxInt}
	at := map[string]int{}
	for _, s := range g.studies {
		m := s.mark()
		t := TimedStudy{Mark: m, Years: s.years(), Recruited: s.recruited(), Size: "N not reported"}
		if len(t.Years) == 0 && t.Recruited[1] == 0 {
			p.Left = append(p.Left, Left{"no year is stated", m})
			continue
		}
		if n := s.size(); n > 0 {
			t.Size = "N " + strconv.Itoa(n)
		}
		t.describe()
		name := designName(s.Study)
		if _, ok := at[name]; !ok {
			at[name] = len(body.Designs)
			body.Designs = append(body.Designs, Design{Name: name})
		}
		d := &body.Designs[at[name]]
		d.Studies = append(d.Studies, t)
		body.span(t)
	}
	if len(body.Designs) == 0 {
		return
	}
	slices.SortStableFunc(body.Designs, func(a, b Design) int { return cmp.Compare(designRank(a.Name), designRank(b.Name)) })
	for _, d := range body.Designs {
		slices.SortStableFunc(d.Studies, func(a, b TimedStudy) int { return cmp.Compare(a.begins(), b.begins()) })
	}
	body.ticks()
	p.Body = body
	p.Notes = []string{"A square is the year of a report (of its publication, or of its entry in a registry); a bar is the time of recruitment, where that is stated. A study has one line, however many reports it has."}
}

// years returns the years in which a study was reported, in order. What is known second-hand has the year of its citation.
func (s *rowStudy) years() []int {
	var out []int
	for _, t := range s.Tellings {
		r := t.Report
		if t.Study.SecondHand {
			r = cited(t)
		}
		if r != nil && r.Year > 0 && !slices.Contains(out, r.Year) {
			out = append(out, r.Year)
		}
	}
	slices.Sort(out)
	return out
}

// cited returns the report through which a study is known that a document only refers to, or nil.
func cited(t *graph.Telling) *evidence.Report {
	for i := range t.Cites {
		if t.Cites[i].ID == t.Study.Via {
			return &t.Cites[i].Report
		}
	}
	return nil
}

// recruited returns when recruitment began and ended, as parts of a year; where only its begin is stated, that month.
func (s *rowStudy) recruited() [2]float64 {
	for _, t := range s.Tellings {
		from, ok := yearOf(t.Study.Recruited.From, 0)
		to, also := yearOf(t.Study.Recruited.To, 1)
		switch {
		case ok && also && to >= from:
			return [2]float64{from, to}
		case ok && !also:
			return [2]float64{from, from + 1.0/12}
		}
	}
	return [2]float64{}
}

// yearOf reads an ISO date of any exactness as a part of a year: its begin, or its end where end is 1.
func yearOf(date string, end float64) (float64, bool) {
	parts := strings.Split(date, "-")
	year, err := strconv.Atoi(parts[0])
	if err != nil || year < 1 || year > 9999 {
		return 0, false
	}
	if len(parts) == 1 {
		return float64(year) + end, true
	}
	month, err := strconv.Atoi(parts[1])
	if err != nil || month < 1 || month > 12 {
		return float64(year) + end, true
	}
	return float64(year) + (float64(month-1)+end)/12, true
}

// mark returns the sign of a study: it leads to where its design is told.
func (s *rowStudy) mark() Mark {
	return Mark{Row: s.row, Label: s.name, Labels: Labels{Study: s.name}, From: s.from}
}

// describe completes the label of a study.
func (t *TimedStudy) describe() {
	var years []string
	for _, y := range t.Years {
		years = append(years, strconv.Itoa(y))
	}
	if len(years) > 0 {
		t.Label += ": reported " + strings.Join(years, ", ")
	}
	if t.Recruited[1] > 0 {
		t.Label += fmt.Sprintf("; recruitment began in %d", int(t.Recruited[0]))
		if last := int(math.Ceil(t.Recruited[1])) - 1; last > int(t.Recruited[0]) {
			t.Label += fmt.Sprintf(" and ended in %d", last)
		}
	}
	t.Label += "; " + t.Size
}

// begins returns the first year of a study's line.
func (t *TimedStudy) begins() float64 {
	out := math.Inf(1)
	if len(t.Years) > 0 {
		out = float64(t.Years[0])
	}
	if t.Recruited[1] > 0 {
		out = min(out, t.Recruited[0])
	}
	return out
}

// span widens the axis to hold a study.
func (b *Timeline) span(t TimedStudy) {
	for _, y := range t.Years {
		b.First, b.Last = min(b.First, y), max(b.Last, y+1)
	}
	if t.Recruited[1] > 0 {
		b.First, b.Last = min(b.First, int(t.Recruited[0])), max(b.Last, int(math.Ceil(t.Recruited[1])))
	}
}

// ticks chooses the years that the axis shows.
func (b *Timeline) ticks() {
	b.First--
	b.Last++
	for _, step := range []int{1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000} {
		b.Ticks = nil
		for y := (b.First + step - 1) / step * step; y <= b.Last; y += step {
			b.Ticks = append(b.Ticks, y)
			if len(b.Ticks) > 5 {
				break
			}
		}
		if len(b.Ticks) <= 5 {
			return
		}
	}
}

// at returns where a time stands on the axis, from 0 to 1.
func (b *Timeline) at(year float64) float64 {
	return (year - float64(b.First)) / float64(b.Last-b.First)
}

// designNames are the designs in the order in which a timeline shows them.
func designNames() []string {
	return []string{"randomized trials", "cluster-randomized trials", "trials, not randomized", "trials", "cohorts", "cross-sectional studies", "qualitative studies", "secondary analyses", "meta-analyses", "systematic reviews", "protocols", "narratives", "design not stated"}
}

func designRank(name string) int {
	if i := slices.Index(designNames(), name); i >= 0 {
		return i
	}
	return len(designNames())
}

// designName returns the design of a study as a heading: the first that a telling of its own states.
func designName(s *graph.Study) string {
	plurals := map[string]string{
		evidence.KindCohort: "cohorts", evidence.KindCrossSectional: "cross-sectional studies", evidence.KindQualitative: "qualitative studies",
		evidence.KindSecondaryAnalysis: "secondary analyses", evidence.KindMetaAnalysis: "meta-analyses", evidence.KindSystematicReview: "systematic reviews",
		evidence.KindProtocol: "protocols", evidence.KindNarrative: "narratives",
		evidence.KindGuideline: "guidelines", evidence.KindQuasiExperiment: "quasi-experiments",
	}
	best := "design not stated"
	for _, t := range s.Tellings {
		name := plurals[t.Study.Design.Kind]
		if t.Study.Design.Kind == evidence.KindTrial {
			name = map[string]string{evidence.Randomized: "randomized trials", evidence.ClusterRandomized: "cluster-randomized trials", evidence.NonRandomized: "trials, not randomized", evidence.NoAllocation: "trials, not randomized"}[t.Study.Design.Allocation]
			name = cmp.Or(name, "trials")
		}
		if name != "" && designRank(name) < designRank(best) {
			best = name
		}
	}
	return best
}

func (b *Timeline) marks() []*Mark {
	var out []*Mark
	for i := range b.Designs {
		for k := range b.Designs[i].Studies {
			out = append(out, &b.Designs[i].Studies[k].Mark)
		}
	}
	return out
}
