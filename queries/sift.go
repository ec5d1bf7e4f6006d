package queries

import (
	"fmt"
	"slices"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/queries/syntax"
)

// Of a graph that is too large to be read, at most so much is read for an answer, unless its query asks for more by a limit; of
// findings that may be near, a fourth of it.
const mostRead = 200

// sieve returns what finds bounds in the job's graph.
func (j *job) sieve() (*sieve, error) {
	sets, err := j.graph.Sets(j.ctx)
	if err != nil {
		return nil, fmt.Errorf("looking at the graph: %w", err)
	}
	return &sieve{lexicon: j.lexicon, ctx: j.ctx, sets: sets}, nil
}

// sift searches a graph that is too large to be read: the bounds of all conditions are joined as sets, and what is left is read and
// judged.
func (j *job) sift(conds []*cond) (*found, error) {
	s, err := j.sieve()
	if err != nil {
		return nil, err
	}
	all := make([]bounds, len(conds))
	met := anywhere
	for i, c := range conds {
		all[i] = s.bounds(c)
		if !all[i].yes.all {
			j.step(all[i].yes.size(), "about as many findings may have %s", c.words)
		}
		met = met.and(all[i].yes)
	}
	out := newFound(conds)
	passed := s.findings(met)
	read, err := j.readSome(s, passed, j.mostRead())
	if err != nil {
		return nil, err
	}
	j.step(read.total, "have passed all %d conditions by the indexes; %d are read", len(conds), len(read.ids))
	if err := j.judgeAll(read.ids, out); err != nil {
		return nil, err
	}
	out.unread = read.total - len(read.ids)
	j.sayUnread(out.unread, len(read.ids), conds)
	for k := range conds {
		close := all[k].close
		for i := range conds {
			if i != k {
				close = close.and(all[i].yes)
			}
		}
		some, err := j.readSome(s, s.findings(close).Without(passed), j.most/4)
		if err != nil {
			return nil, err
		}
		if some.total > 0 {
			j.step(some.total, "may be near in %s; %d are read", conds[k].words, len(some.ids))
		}
		if err := j.judgeAll(some.ids, out); err != nil {
			return nil, err
		}
		if n := some.total - len(some.ids); n > 0 {
			j.answer.Cautions = append(j.answer.Cautions, fmt.Sprintf("%d more findings that may meet all but “%s” were not looked at", n, conds[k].words))
		}
	}
	return out, s.err
}

// sayUnread tells that an answer does not rest on all findings that there are.
func (j *job) sayUnread(unread, read int, conds []*cond) {
	if unread == 0 {
		return
	}
	what := "findings"
	if len(conds) > 0 {
		what = "findings with " + join(condWords(conds), "and")
	}
	j.answer.Cautions = append(j.answer.Cautions, fmt.Sprintf("this rests on %d of up to %d %s, those of the first studies by source: ask for less, or add “| limit N”, to see others", read, read+unread, what))
}

// mostRead is how many findings or studies are read for the query.
func (j *job) mostRead() int {
	most := j.most
	if m, ok := j.query.Selection.(*syntax.Match); ok && (m.Noun == "gaps" || m.Noun == "conflicts" || m.Noun == "summary") {
		return mostStudies // what is worked out over rows needs all of them
	}
	for _, s := range j.query.Steps {
		switch s.Name {
		case "limit":
			most = max(most, s.N)
		case "group", "order":
			return mostStudies
		case "show":
			for _, c := range s.Columns {
				if c.Statistic != "" {
					return mostStudies
				}
			}
		}
	}
	return most
}

// sample are findings of which not all may be read.
type sample struct {
	ids   []graph.FindingID
	total int // how many there are, or may be
}

// fewDocuments is up to how many documents are asked for their findings, rather than all findings for their documents.
const fewDocuments = 1000

// findings returns the findings that are within some bounds.
func (s *sieve) findings(w within) graph.Set {
	switch {
	case w.all:
		return s.keep(s.sets.All(s.ctx, "Finding"))
	case w.documents.Len() > fewDocuments:
		return w.findings.Or(s.keep(s.sets.All(s.ctx, "Finding")).In(w.documents))
	case w.documents.Len() > 0:
		return w.findings.Or(s.keep(s.sets.FindingsIn(s.ctx, w.documents)))
	}
	return w.findings
}

// readSome returns the identifiers of findings, of many about the first n by the order in which studies are shown.
func (j *job) readSome(s *sieve, set graph.Set, n int) (sample, error) {
	out := sample{total: set.Len()}
	if set.Len() > n {
		studies := s.keep(s.sets.Studies(set.Documents()))
		first := s.keep(s.sets.First(j.ctx, studies, max(1, n*studies.Len()/set.Len())))
		set = set.In(s.keep(s.sets.Told(first)))
	}
	if s.err != nil {
		return out, fmt.Errorf("joining the conditions: %w", s.err)
	}
	ids, err := s.sets.FindingIDs(j.ctx, set)
	slices.Sort(ids)
	out.ids = ids
	return out, err
}

// siftStudies finds the studies of a large graph that meet all conditions. Those that surely do are counted, of which the first are
// read; of the others those that may are read, to tell.
func (j *job) siftStudies(conds []*cond) ([]studyMatch, error) {
	s, err := j.sieve()
	if err != nil {
		return nil, err
	}
	met := reach{}
	bound, exact := false, true
	for _, c := range conds {
		r, ok := s.studyReach(c)
		if !ok {
			exact = false
			continue
		}
		j.step(r.may.Len(), "studies may have %s, %d of them surely", c.words, r.sure.Len())
		if !bound {
			met, bound = r, true
			continue
		}
		met = reach{met.may.And(r.may), met.sure.And(r.sure)}
	}
	switch {
	case !bound:
		met.may = s.keep(s.sets.AllStudies())
		if exact {
			met.sure = met.may
		}
	case !exact:
		met.sure = nil
	}
	var out []studyMatch
	in := met.sure // those that meet all
	add := func(studies graph.Set, judge bool) {
		ids := s.keep1(s.sets.StudyIDs(j.ctx, studies))
		for i, id := range ids {
			if s.err == nil {
				s.err = j.know(id)
			}
			st := j.byID[id]
			if s.err == nil && (!judge || !slices.ContainsFunc(conds, func(c *cond) bool { return !c.study(st) })) {
				out = append(out, studyMatch{study: st})
				if judge {
					in = in.Or(studies[i : i+1])
				}
			}
		}
	}
	first := s.keep(s.sets.First(j.ctx, met.sure, j.mostRead()))
	add(first, false)
	doubtful := met.may.Without(met.sure)
	add(doubtful, true)
	if namesTheRest(conds) && j.isCount() {
		rest := s.keep(s.sets.AllStudies()).Without(in)
		some := s.keep(s.sets.First(j.ctx, rest, j.most/4))
		for _, id := range s.keep1(s.sets.StudyIDs(j.ctx, some)) {
			if s.err == nil {
				s.err = j.know(id)
			}
		}
		if n := rest.Len() - some.Len(); n > 0 {
			j.answer.Cautions = append(j.answer.Cautions, fmt.Sprintf("%d more studies were left out of the count and are not listed", n))
		}
	}
	if s.err != nil {
		return nil, fmt.Errorf("joining the conditions: %w", s.err)
	}
	slices.SortStableFunc(out, func(a, b studyMatch) int { return compareStudies(a.study, b.study) })
	j.unlisted = met.sure.Len() - first.Len()
	if most := j.mostRead(); len(out) > most {
		j.unlisted += len(out) - most
		out = out[:most]
	}
	j.step(len(out)+j.unlisted, "studies meet all %d conditions; %d were in doubt and were read", len(conds), doubtful.Len())
	return out, nil
}

// ofMany says how many there are where only some are listed.
func (j *job) ofMany(noun string, listed int) string {
	return fmt.Sprintf("%d studies meet this, of which %s are listed below. Add “| limit N” to see more.", listed+j.unlisted, itoa(listed))
}

// isCount reports whether the query counts studies.
func (j *job) isCount() bool {
	c, ok := j.query.Selection.(*syntax.Count)
	return ok && c.Noun == "studies"
}
