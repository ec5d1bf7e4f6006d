package plot

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// gathered is the findings of a request, in the order of its rows, each once.
type gathered struct {
	findings []*found
	studies  []*rowStudy // in the order in which the rows come to them
	vocab    *vocab.Vocabulary

	byPopulation bool // see Request
}

// rowStudy is a study that a row is of, directly or by a finding.
type rowStudy struct {
	*graph.Study
	row  int // the first
	name string
	from []Source // the findings that led to it, else where its design is told
}

// found is one result: the finding that is drawn and those of other documents that tell the same.
type found struct {
	*graph.Finding
	row    int
	also   []*graph.Finding
	study  *rowStudy
	labels Labels
	told   evidence.Direction // by the answer; empty where it tells none
	better string             // vocab.Lower, vocab.Higher, or empty where that is not known
}

// gather reads what the rows name. A row that is a study stands for all its findings.
func gather(ctx context.Context, g *graph.Graph, r Request) (*gathered, error) {
	c := &collector{graph: g, out: &gathered{vocab: r.Vocab, byPopulation: r.Patients}, seen: map[graph.FindingID]bool{}, studies: map[string]*rowStudy{}}
	for _, row := range r.Rows {
		if err := c.row(ctx, row); err != nil {
			return nil, err
		}
	}
	for _, f := range c.out.findings {
		f.fill(r.Vocab)
	}
	for _, s := range c.out.studies {
		s.fill()
	}
	return c.out, nil
}

// collector reads the findings and studies of rows, each once.
type collector struct {
	graph   *graph.Graph
	out     *gathered
	seen    map[graph.FindingID]bool
	studies map[string]*rowStudy
}

// row adds the findings of a row, or, where it names a study alone, those of the study.
func (c *collector) row(ctx context.Context, row Row) error {
	if err := c.add(ctx, row.Findings, row); err != nil || len(row.Findings) > 0 || row.Study == "" {
		return err
	}
	if _, err := c.study(ctx, row.Study, row.Number, row.Labels.Study); err != nil {
		return err
	}
	ids, err := c.graph.Findings(ctx, graph.ByStudy, row.Study)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := c.add(ctx, []graph.FindingID{id}, Row{Number: row.Number, Labels: Labels{Study: row.Labels.Study}}); err != nil {
			return err
		}
	}
	return nil
}

// study returns a study with the row that names it first.
func (c *collector) study(ctx context.Context, id string, row int, label string) (*rowStudy, error) {
	if s, ok := c.studies[id]; ok {
		return s, nil
	}
	st, err := c.graph.Study(ctx, id)
	if err != nil {
		return nil, err
	}
	s := &rowStudy{Study: st, row: row, name: cmp.Or(label, studyName(st))}
	c.studies[id] = s
	c.out.studies = append(c.out.studies, s)
	return s, nil
}

// add adds findings of one row that were not added yet; those of one study and kind that follow each other are one mark.
func (c *collector) add(ctx context.Context, ids []graph.FindingID, row Row) error {
	var one *found
	for _, id := range ids {
		if c.seen[id] {
			continue
		}
		c.seen[id] = true
		f, err := c.graph.Finding(ctx, id)
		if err != nil {
			return err
		}
		if one != nil && (f.StudyID != one.StudyID || f.Kind != one.Kind) {
			c.out.findings, one = append(c.out.findings, one), nil
		}
		if one != nil {
			one.also = append(one.also, f)
			continue
		}
		st, err := c.study(ctx, f.StudyID, row.Number, row.Labels.Study)
		if err != nil {
			return err
		}
		one = &found{Finding: f, row: row.Number, study: st, labels: row.Labels, told: row.Direction}
	}
	if one != nil {
		c.out.findings = append(c.out.findings, one)
	}
	return nil
}

// unnamed stands for the name of an outcome that none was read of.
const unnamed = "outcome not named"

// fill completes the labels with the words of the document, and looks up which direction is good.
func (f *found) fill(v *vocab.Vocabulary) {
	l := &f.labels
	l.Study = cmp.Or(l.Study, f.study.name)
	l.Arm = cmp.Or(l.Arm, f.arms(f.Arm))
	l.Comparator = cmp.Or(l.Comparator, f.arms(f.Comparator))
	l.Outcome = cmp.Or(l.Outcome, f.Outcome.Text, strings.ReplaceAll(f.Outcome.Concept, "_", " "), unnamed)
	switch {
	case !f.Subgroup:
		l.Population = "" // the whole study
	case l.Population == "":
		l.Population = f.Population.Text
	}
	if l.Time == "" && f.Timepoint.Text != "" {
		l.Time = f.Timepoint.Text
	}
	if l.Time == "not stated" {
		l.Time = ""
	}
	for _, o := range f.Telling.Study.Outcomes {
		if o.Better != "" && (o.Concept != "" && o.Concept == f.Outcome.Concept || o.Text == f.Outcome.Text) {
			f.better = o.Better
		}
	}
	if v != nil && f.better == "" {
		if c, ok := v.Concept(f.Outcome.Concept); ok {
			f.better = c.Better
		}
	}
}

// arms names arms by their abbreviations, else by their labels.
func (f *found) arms(labels []string) string {
	var out []string
	for _, l := range labels {
		for _, a := range f.Telling.Study.Arms {
			if a.Label == l && a.Abbreviation != "" {
				l = a.Abbreviation
			}
		}
		out = append(out, l)
	}
	return strings.Join(out, ", ")
}

// fill gives a study the places where its design is told, when no finding has led to it.
func (s *rowStudy) fill() {
	for _, t := range s.Tellings {
		src := Source{Document: t.DocumentID, Name: t.Source}
		for _, field := range []string{"design", "registrations", "n_randomized", "n"} {
			for _, st := range t.Study.Stated {
				if st.Field == field && len(src.Offsets) == 0 {
					src.Offsets, src.Sentence = offsets(st.Passages)
				}
			}
		}
		s.from = append(s.from, src)
	}
}

// studyName returns what a study is called: its name, else its registration, else the first author and year of its report.
func studyName(s *graph.Study) string {
	if s.Name != "" && s.Name != s.ID {
		return s.Name
	}
	for _, t := range s.Tellings {
		switch {
		case t.Study.Name != "":
			return t.Study.Name
		case len(t.Study.Registrations) > 0:
			return t.Study.Registrations[0]
		case t.Report != nil && len(t.Report.Authors) > 0:
			name, _, _ := strings.Cut(t.Report.Authors[0], " ")
			name = strings.TrimRight(name, ",")
			if t.Report.Year > 0 {
				name += " " + strconv.Itoa(t.Report.Year)
			}
			return name
		}
	}
	return s.ID
}

// mark returns the sign for a finding, without what it shows.
func (f *found) mark() Mark {
	m := Mark{Row: f.row, Labels: f.labels, Label: f.describe()}
	for _, x := range append([]*graph.Finding{f.Finding}, f.also...) {
		m.From = append(m.From, sourceOf(x))
	}
	return m
}

func sourceOf(f *graph.Finding) Source {
	s := Source{Finding: f.Key, Document: f.DocumentID, Name: f.Telling.Source}
	s.Offsets, s.Sentence = offsets(f.Passages)
	return s
}

// offsets returns where passages stand, and the first of them.
func offsets(ps []evidence.Passage) (at [][2]int, sentence string) {
	for _, p := range ps {
		at = append(at, [2]int{p.Start, p.End})
		if sentence == "" {
			sentence = evidence.Printable(evidence.Clip(p.Text, 600))
		}
	}
	return at, sentence
}

// describe says in a line what a finding is of.
func (f *found) describe() string {
	parts := []string{f.labels.Study}
	if c := f.comparison(); c != "" {
		parts = append(parts, c)
	}
	for _, s := range []string{f.labels.Outcome, f.labels.Population, f.labels.Time} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "; ")
}

// comparison names the arms that a finding is of.
func (f *found) comparison() string {
	switch {
	case f.labels.Comparator != "" && f.labels.Arm != "":
		return f.labels.Arm + " vs " + f.labels.Comparator
	case f.Kind == evidence.BetweenArms && f.labels.Arm+f.labels.Comparator != "":
		return cmp.Or(f.labels.Arm, "an arm not named") + " vs " + cmp.Or(f.labels.Comparator, "one not named")
	case f.Kind == evidence.Interaction && f.Modifier != "":
		return strings.TrimSpace(f.labels.Arm + " by " + strings.ReplaceAll(f.Modifier, "_", " "))
	case f.Exposure != "":
		return strings.TrimSpace(f.labels.Arm + " with " + f.Exposure)
	}
	return f.labels.Arm
}

// outcomeKey tells outcomes apart: by concept, else by words.
func (f *found) outcomeKey() string {
	return cmp.Or(f.Outcome.Concept, strings.Join(strings.Fields(strings.ToLower(f.Outcome.Text)), " "))
}

// appendNew appends a text that is not there yet.
func appendNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
