package queries

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// run answers a query; how says what a question's words add to it.
func (e *Engine) run(ctx context.Context, l *lexicon, q *syntax.Query, how asked) (*Answer, error) {
	a := &Answer{Query: q.String(), Graph: l.digest, Explain: &Explanation{}}
	job := &job{lexicon: l, ctx: ctx, answer: a, query: q, asked: how, settings: &e.Settings, most: cmp.Or(e.most, mostRead)}
	q = narrowed(q)
	var err error
	switch s := q.Selection.(type) {
	case *syntax.Match:
		switch s.Noun {
		case "interventions", "findings", "predictors":
			err = job.evidence(s.Noun, s.Where)
		case "summary":
			err = job.summary(s.Where)
		case "conflicts":
			err = job.conflicts(s.Where)
		case "gaps":
			err = job.gaps(s.Where)
		default:
			err = job.list(s.Noun, s.Where)
		}
	case *syntax.Compare:
		err = job.compare(s)
	case *syntax.Count:
		err = job.count(s)
	case *syntax.Attributes:
		err = job.attributes(s)
	case *syntax.Show:
		err = job.show(s)
	case *syntax.Check:
		err = job.check(s)
	default:
		err = fmt.Errorf("running %s: no such selection", q)
	}
	if err != nil {
		return nil, err
	}
	job.finish()
	return a, nil
}

// narrowed returns a query whose where steps are part of its selection.
func narrowed(q *syntax.Query) *syntax.Query {
	var more []syntax.Condition
	for _, s := range q.Steps {
		if s.Name == "where" {
			more = append(more, s.Where)
		}
	}
	if len(more) == 0 {
		return q
	}
	out := *q
	switch s := q.Selection.(type) {
	case *syntax.Match:
		out.Selection = &syntax.Match{Noun: s.Noun, Where: syntax.Join(append([]syntax.Condition{s.Where}, more...)...)}
	case *syntax.Count:
		out.Selection = &syntax.Count{Noun: s.Noun, Where: syntax.Join(append([]syntax.Condition{s.Where}, more...)...)}
	case *syntax.Compare:
		c := *s
		c.Where = syntax.Join(append([]syntax.Condition{s.Where}, more...)...)
		out.Selection = &c
	}
	return &out
}

// job is one query being answered.
type job struct {
	*lexicon
	ctx      context.Context
	answer   *Answer
	query    *syntax.Query
	asked    asked
	settings *Settings
	about    []*meaning // the outcomes that attributes are looked up of; none: all
	beyond   *float64   // by the number that puts rows in order, the first document that was not read
	most     int        // of a large graph, how much is read
	unlisted int        // studies of it that meet all conditions and were not read
	met      graph.Set  // the studies of it that meet all conditions
	unread   int        // findings of it that may meet all conditions and were not read
}

// finish fills what every answer has.
func (j *job) finish() {
	a := j.answer
	if j.unread > 0 && a.RowCount()+len(a.Near) == 0 && (a.Status == "" || a.Status == Empty) { // what is not known to be empty is near
		a.Status = NearOnly
		a.Near = []Near{{What: itoa(j.unread) + " findings that were not read", Why: "they may meet this: ask for less, or add “| limit N”", Findings: []Finding{}}}
		a.Text = "Nothing was found among the findings that were read, and not all that may meet this were."
	}
	if a.Status == "" {
		switch {
		case a.RowCount() > 0:
			a.Status = Answered
		case len(a.Near) > 0:
			a.Status = NearOnly
		default:
			a.Status = Empty
		}
	}
	for _, s := range j.query.Steps {
		if s.Name == "group" && a.Reading != "" {
			a.Reading += ", by " + strings.ReplaceAll(s.Groups(), ", ", " and ")
		}
	}
	if a.Sections == nil {
		a.Sections = []Section{}
	}
	if a.Near == nil {
		a.Near = []Near{}
	}
	if a.Cautions == nil {
		a.Cautions = []string{}
	}
	a.Sources = []Source{}
	seen := map[Source]bool{}
	add := func(s Source) {
		if !seen[s] {
			seen[s] = true
			a.Sources = append(a.Sources, s)
		}
	}
	all := func(fs []Finding, ps []Located) {
		for _, f := range fs {
			for _, p := range f.Passages {
				add(Source{f.ID, f.Document, p})
			}
		}
		for _, p := range ps {
			add(Source{"", p.Document, p.Passage})
		}
	}
	for _, s := range a.Sections {
		for _, r := range s.Rows {
			all(r.Findings, r.Passages)
		}
	}
	for _, n := range a.Near {
		all(n.Findings, n.Passages)
	}
}

// unknownTerm makes the answer say that a name is not known.
func (j *job) unknownTerm(names []string) {
	a := j.answer
	a.Status = UnknownTerm
	a.Fault = &Fault{Words: names[0]}
	a.Hints = j.nearest(names[0], 3)
	a.Text = "Nothing in the vocabulary or in the loaded documents is called “" + names[0] + "”."
	if len(a.Hints) > 0 {
		a.Text += " Nearest: " + strings.Join(a.Hints, ", ") + "."
	}
}

// found is what a search came to.
type found struct {
	conds []*cond
	items []*item
	near  []nearItem
	// only counts, for each condition, the findings that meet all the others and fail it
	only []int
	// read counts the findings that were judged, and meet, for each condition, those of them that meet it
	read int
	meet []int
	// bounds are where findings are that can meet the conditions, and unread counts those of them that were not read; of a large graph
	bounds []bounds
	unread int
}

type nearItem struct {
	*item
	cond *cond
	why  string
}

func newFound(conds []*cond) *found {
	return &found{conds: conds, only: make([]int, len(conds)), meet: make([]int, len(conds))}
}

// search finds the findings that meet all conditions, and those that are near in one.
func (j *job) search(conds []*cond) (*found, error) {
	var out *found
	var err error
	if j.partial {
		out, err = j.sift(conds)
	} else {
		out = newFound(conds)
		var ids []graph.FindingID
		if ids, err = j.candidates(conds); err == nil {
			err = j.judgeAll(ids, out)
		}
	}
	if err != nil {
		return nil, err
	}
	j.step(len(out.items), "keep what meets all %d conditions; %d near", len(conds), len(out.near))
	order(j.lexicon, out.items)
	return out, nil
}

// judgeAll reads findings and sorts them into those that meet all conditions and those that are near in one.
func (j *job) judgeAll(ids []graph.FindingID, out *found) error {
	for i, id := range ids {
		if i%atOnce == 0 {
			if err := j.ahead(ids[i:min(i+atOnce, len(ids))]); err != nil {
				return err
			}
		}
		f, err := j.graph.Finding(j.ctx, id)
		if err != nil {
			return fmt.Errorf("reading finding %s: %w", id, err)
		}
		if err := j.know(f.StudyID); err != nil {
			return err
		}
		it := j.item(f)
		if it.study == nil {
			continue
		}
		out.read++
		fails, at := 0, -1
		var worst judgement
		for k, c := range out.conds {
			v := c.judge(it)
			if v.verdict == yes {
				out.meet[k]++
				if v.label != "" {
					it.labels = appendNew(it.labels, v.label)
				}
				continue
			}
			fails++
			at, worst = k, v
		}
		switch {
		case fails == 0:
			out.items = append(out.items, it)
		case fails == 1:
			out.only[at]++
			if worst.verdict == near {
				out.near = append(out.near, nearItem{it, out.conds[at], worst.why})
			}
		}
	}
	return nil
}

// know makes a study one of those that the answer knows, where they are not all known.
func (j *job) know(id string) error {
	if !j.partial || j.byID[id] != nil {
		return nil
	}
	s, err := j.graph.Study(j.ctx, id)
	if err != nil {
		return fmt.Errorf("reading study %s: %w", id, err)
	}
	j.byID[id] = s
	at, _ := slices.BinarySearchFunc(j.studies, s, compareStudies)
	j.studies = slices.Insert(j.studies, at, s)
	return nil
}

// atOnce is how many findings are read in one go.
const atOnce = 64

// ahead reads findings in one go, and the studies of them that are not known yet.
func (j *job) ahead(ids []graph.FindingID) error {
	if err := j.graph.Ahead(j.ctx, graph.Selection{Findings: ids}); err != nil {
		return fmt.Errorf("reading findings: %w", err)
	}
	if !j.partial {
		return nil
	}
	var studies []string
	for _, id := range ids {
		f, err := j.graph.Finding(j.ctx, id)
		if err != nil {
			return fmt.Errorf("reading finding %s: %w", id, err)
		}
		if j.byID[f.StudyID] == nil {
			studies = append(studies, f.StudyID)
		}
	}
	if err := j.graph.Ahead(j.ctx, graph.Selection{Studies: studies}); err != nil {
		return fmt.Errorf("reading studies: %w", err)
	}
	return nil
}

func (j *job) step(n int, format string, args ...any) {
	j.answer.Explain.Plan = append(j.answer.Explain.Plan, Step{fmt.Sprintf(format, args...), n})
}

// allKinds is every finding there is.
var allKinds = []evidence.Kind{
	evidence.BetweenArms, evidence.WithinArm, evidence.ArmLevel, evidence.Baseline, evidence.Interaction,
	evidence.Association, evidence.Prevalence, evidence.VoteCount, evidence.InWords,
}

// candidates looks findings up by the condition that admits the fewest.
func (j *job) candidates(conds []*cond) ([]graph.FindingID, error) {
	best, least := -1, 0
	for i, c := range conds {
		if c.values == nil {
			continue
		}
		n := 0
		for _, v := range c.values {
			k, err := j.graph.Count(j.ctx, v.relation, v.value)
			if err != nil {
				return nil, fmt.Errorf("counting findings by %s: %w", v.relation, err)
			}
			n += k
		}
		j.step(n, "count findings for %s", c.words)
		if best < 0 || n < least {
			best, least = i, n
		}
	}
	values := make([]lookup, 0, len(allKinds))
	if best >= 0 {
		values = conds[best].values
	} else {
		for _, k := range allKinds {
			values = append(values, lookup{graph.ByKind, string(k)})
		}
	}
	ids, err := j.lookUpAll(values)
	if err != nil {
		return nil, err
	}
	if best >= 0 {
		j.step(len(ids), "start with %s", conds[best].words)
	} else {
		j.step(len(ids), "start with all findings")
	}
	return ids, nil
}

// lookUpAll returns the findings that some look-ups lead to, each once.
func (j *job) lookUpAll(values []lookup) ([]graph.FindingID, error) {
	by := map[graph.Relation][]string{}
	var relations []graph.Relation
	for _, v := range values {
		if by[v.relation] == nil {
			relations = append(relations, v.relation)
		}
		by[v.relation] = append(by[v.relation], v.value)
	}
	var ids []graph.FindingID
	for _, r := range relations {
		some, err := j.graph.Findings(j.ctx, r, by[r]...)
		if err != nil {
			return nil, fmt.Errorf("looking findings up by %s: %w", r, err)
		}
		ids = append(ids, some...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// order puts findings in the order in which they are shown: by study, then as the document tells them.
func order(l *lexicon, items []*item) {
	at := map[string]int{}
	for i, s := range l.studies {
		at[s.ID] = i
	}
	slices.SortStableFunc(items, func(a, b *item) int {
		return cmp.Or(cmp.Compare(at[a.StudyID], at[b.StudyID]), cmp.Compare(a.DocumentID, b.DocumentID), cmp.Compare(a.at, b.at), cmp.Compare(a.Key, b.Key))
	})
}

// compileAll makes the conjuncts of a condition ready; false when a name is unknown, which the answer then says.
func (j *job) compileAll(where syntax.Condition) ([]*cond, bool) {
	all := syntax.Conjuncts(where)
	beside := all
	if c, ok := j.query.Selection.(*syntax.Compare); ok && len(c.On) > 0 {
		beside = append(slices.Clone(all), &syntax.Test{Field: "outcome", Relation: "=", Values: c.On})
	}
	var out []*cond
	for _, c := range all {
		k, unknown := j.compile(c, beside)
		if len(unknown) > 0 {
			j.unknownTerm(unknown)
			return nil, false
		}
		out = append(out, k)
		for _, m := range k.means {
			j.answer.Explain.Names = append(j.answer.Explain.Names, NameUse{Name: m.text, As: k.test.Field, To: m.direct, How: m.how})
		}
	}
	return out, true
}

// dedupe drops findings that tell what another report of the same study told: same kind, outcome, arms, people, time
// and number. What it drops is kept with the one that stays.
func dedupe(items []*item) (out []*item, also map[*item][]*item) {
	also = map[*item][]*item{}
	first := map[string]*item{}
	for _, it := range items {
		k := fingerprint(it)
		if f, ok := first[k]; ok && f.DocumentID != it.DocumentID {
			also[f] = append(also[f], it)
			continue
		}
		first[k] = it
		out = append(out, it)
	}
	return out, also
}

func fingerprint(it *item) string {
	var b strings.Builder
	part := func(s string) { b.WriteString(s); b.WriteByte('\x1f') }
	part(it.StudyID)
	part(string(it.Kind))
	part(cmp.Or(it.Outcome.Concept, key(it.Outcome.Text)))
	for _, arms := range [][]*evidence.Arm{it.arms, it.comps} {
		for _, a := range arms {
			part(strings.Join(a.Interventions, "+"))
		}
		part("/")
	}
	for _, p := range it.pops {
		for _, c := range p.Criteria {
			if c.Relation.Numeric() {
				part(c.Variable + string(c.Relation) + c.Value)
			}
		}
	}
	part(string(it.Timepoint.Months))
	for _, e := range it.Estimates {
		part(e.Measure + string(e.Value) + string(e.Events) + string(e.Mean))
		if e.Before != nil {
			part(string(e.Before.Mean))
		}
	}
	if len(it.Estimates) == 0 {
		part(string(it.Direction) + it.Population.Text)
	}
	part(it.Modifier + it.Exposure)
	return b.String()
}
