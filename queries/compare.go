package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// compare answers what two interventions did against each other.
func (j *job) compare(c *syntax.Compare) error {
	j.answer.Reading = "compare " + c.A.Text + " with " + c.B.Text
	if len(c.On) > 0 {
		j.answer.Reading += " on " + join(texts(c.On), "or")
	}
	if c.Where != nil {
		j.answer.Reading += ", " + readCondition(c.Where)
	}
	conds, ok := j.compileAll(c.Where)
	if !ok {
		return nil
	}
	a, b := j.meaning("intervention", c.A.Text, false), j.meaning("comparator", c.B.Text, false)
	named := a.known && b.known
	for _, v := range c.On {
		named = named && j.meaning("outcome", v.Text, false).known
	}
	if named {
		if err := j.compareNamed(c, a, b, conds); err != nil || j.answer.RowCount()+len(j.answer.Near) > 0 {
			return err
		}
	}
	j.answer.Status = ""
	return j.compareAlike(c, a, conds)
}

// compareNamed compares two interventions that are known by name.
func (j *job) compareNamed(c *syntax.Compare, a, b *meaning, conds []*cond) error {
	for _, m := range []*meaning{a, b} {
		j.answer.Explain.Names = append(j.answer.Explain.Names, NameUse{Name: m.text, As: "intervention", To: m.direct, How: m.how})
	}
	if len(c.On) > 0 {
		on, _ := j.compileAll(&syntax.Test{Field: "outcome", Relation: "=", Values: c.On})
		conds = append(on, conds...)
	}
	if j.partial {
		if err := j.knowCompared(a, b); err != nil {
			return err
		}
	}
	p := &pair{job: j, a: a, b: b, asked: c, named: j.calledSo(a, b), known: map[*graph.Study]bool{}}
	f, err := j.search(append([]*cond{p.cond()}, conds...))
	if err != nil {
		return err
	}
	j.show1(f, "compare")
	if len(c.On) > 0 {
		j.answer.Direction = p.direction(f.items)
	}
	if j.unread == 0 && !slices.ContainsFunc(j.studies, p.comparing) && !slices.ContainsFunc(f.items, func(it *item) bool { return it.Kind == evidence.BetweenArms }) {
		j.answer.Text = "No study here compares " + c.A.Text + " with " + c.B.Text + "." + j.comparedInstead(a)
	}
	return nil
}

// pair is two interventions that are compared.
type pair struct {
	*job
	a, b  *meaning
	asked *syntax.Compare
	named map[*meaning]map[*evidence.Arm]bool // see calledSo
	known map[*graph.Study]bool               // which studies have an arm of each
}

// is reports whether an arm is of one of the two, and is not a package that contains it.
func (p *pair) is(x *evidence.Arm, m *meaning) bool {
	if meant, ok := p.named[m][x]; ok {
		return meant
	}
	ok, how := p.armHas(x, m)
	return ok && !strings.Contains(how, " contains ") || roleFits(x.Role, m)
}

// all reports whether there are arms, and all are of one of the two.
func (p *pair) all(arms []*evidence.Arm, m *meaning) bool {
	return len(arms) > 0 && !slices.ContainsFunc(arms, func(x *evidence.Arm) bool { return !p.is(x, m) })
}

// some reports whether one of several arms is of one of the two.
func (p *pair) some(arms []*evidence.Arm, m *meaning) bool {
	return slices.ContainsFunc(arms, func(x *evidence.Arm) bool { return p.is(x, m) })
}

// comparing reports whether a study has an arm of each.
func (p *pair) comparing(s *graph.Study) bool {
	is, ok := p.known[s]
	if !ok {
		is = slices.ContainsFunc(s.Tellings, func(t *graph.Telling) bool {
			one := slices.ContainsFunc(t.Study.Arms, func(x evidence.Arm) bool { return p.is(&x, p.a) && !p.is(&x, p.b) })
			two := slices.ContainsFunc(t.Study.Arms, func(x evidence.Arm) bool { return p.is(&x, p.b) && !p.is(&x, p.a) })
			return one && two
		})
		p.known[s] = is
	}
	return is
}

// cond is the condition that a finding is of the two.
func (p *pair) cond() *cond {
	c := &cond{words: "compares " + p.asked.A.Text + " with " + p.asked.B.Text, values: []lookup{}, judge: p.judge}
	for _, s := range p.studies {
		if has := func(m *meaning) bool { return p.studyHasArm(s, m) || playsRole(s, m) }; has(p.a) || has(p.b) {
			c.values = append(c.values, lookup{graph.ByStudy, s.ID})
		}
	}
	c.bounds = func(s *sieve) bounds { return s.comparisons(p.a, p.b) }
	return c
}

// judge tells whether a finding is of the two.
func (p *pair) judge(it *item) judgement {
	switch it.Kind {
	case evidence.BetweenArms:
		switch {
		case p.all(it.arms, p.a) && p.all(it.comps, p.b), p.all(it.arms, p.b) && p.all(it.comps, p.a):
			return judgement{verdict: yes}
		case p.all(it.arms, p.a) && p.some(it.comps, p.b) && !p.some(it.comps, p.a):
			return judgement{verdict: yes, label: "told of " + armList(it.comps) + " together"}
		case p.all(it.arms, p.a), p.all(it.comps, p.a):
			return judgement{verdict: near, why: "compares " + armList(it.arms) + " with " + armList(it.comps) + ", not with " + p.asked.B.Text}
		}
	case evidence.WithinArm, evidence.ArmLevel, evidence.Interaction, evidence.InWords:
		arms := slices.Concat(it.arms, it.comps)
		if len(arms) > 0 && p.comparing(it.study) && !slices.ContainsFunc(arms, func(x *evidence.Arm) bool { return !p.is(x, p.a) && !p.is(x, p.b) }) {
			return judgement{verdict: yes}
		}
	}
	return judgement{}
}

// direction returns what happened to the outcome under the first of the two.
func (p *pair) direction(items []*item) evidence.Direction {
	var xs []likeness
	for _, it := range items {
		if it.Kind == evidence.BetweenArms || it.Kind == evidence.ArmLevel && noneOfEither(it.st, &it.Finding.Finding) {
			xs = append(xs, likeness{item: it, went: p.wentTo(it), swapped: !p.all(it.arms, p.a) || !p.all(it.comps, p.b)})
		}
	}
	return alikeDirection(xs)
}

// playsRole reports whether an arm of a study has a role that a name is of.
func playsRole(s *graph.Study, m *meaning) bool {
	return slices.ContainsFunc(s.Tellings, func(t *graph.Telling) bool {
		return slices.ContainsFunc(t.Study.Arms, func(a evidence.Arm) bool { return roleFits(a.Role, m) })
	})
}

// comparisons returns the bounds of what compares two things: studies that gave both. Near are those that gave the first.
func (s *sieve) comparisons(a, b *meaning) bounds {
	first := s.everyTelling(s.given(a).Or(s.inRole(a)))
	return bounds{inside(first.And(s.everyTelling(s.given(b).Or(s.inRole(b))))), inside(first)}
}

// knowCompared reads the studies of a large graph that gave both of two things, of many the first, with the names of their arms.
func (j *job) knowCompared(a, b *meaning) error {
	s, err := j.sieve()
	if err != nil {
		return err
	}
	both := s.keep(s.sets.Studies(s.comparisons(a, b).yes.told()))
	studies, err := j.knowAll(s, j.enough(s, both, j.mostRead()))
	for _, st := range studies {
		j.addStudy(st)
	}
	return err
}

// calledSo tells, of the studies of which several arms were given what is to be compared and one is called by the very words,
// which arm is meant: only that one.
func (j *job) calledSo(ms ...*meaning) map[*meaning]map[*evidence.Arm]bool {
	out := map[*meaning]map[*evidence.Arm]bool{}
	for _, m := range ms {
		want := key(m.text)
		called := func(x *evidence.Arm) bool {
			return slices.ContainsFunc(slices.Concat([]string{x.Label, x.Abbreviation}, x.Aliases), func(f string) bool { return f != "" && key(f) == want })
		}
		for _, n := range j.named[want] {
			st := j.byID[n.study]
			if n.kind != armName || st == nil {
				continue
			}
			for _, t := range st.Tellings {
				meant := map[*evidence.Arm]bool{}
				exact, given := 0, 0
				for i := range t.Study.Arms {
					x := &t.Study.Arms[i]
					meant[x] = called(x)
					if meant[x] {
						exact++
					}
					if ok, _ := j.armHas(x, m); ok {
						given++
					}
				}
				if exact == 0 || given <= exact {
					continue
				}
				if out[m] == nil {
					out[m] = map[*evidence.Arm]bool{}
				}
				for x, is := range meant {
					out[m][x] = is
				}
			}
		}
	}
	return out
}

// comparedInstead says what an intervention was compared with.
func (j *job) comparedInstead(a *meaning) string {
	var out []string
	for _, s := range j.studies {
		for _, t := range s.Tellings {
			var mine, others []string
			for i := range t.Study.Arms {
				x := &t.Study.Arms[i]
				if ok, _ := j.armHas(x, a); ok {
					mine = append(mine, j.armName(s, x))
				} else {
					others = append(others, j.armName(s, x))
				}
			}
			if len(mine) > 0 && len(others) > 0 {
				out = append(out, " "+studyLabel(s)+" compared "+join(mine, "and")+" with "+join(others, "and")+".")
				break
			}
		}
	}
	if len(out) > 2 {
		out = out[:2]
	}
	return strings.Join(out, "")
}
