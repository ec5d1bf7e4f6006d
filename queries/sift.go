package queries

import (
	"fmt"
	"slices"
	"sync"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/queries/syntax"
)

const (
	// Of a graph that is too large to be read, so much is read for an answer that may rest on more than is worth reading, unless its
	// query asks for more by a limit; of findings that may be near, a fourth of it.
	mostRead = 100
	// complete is up to how many times as much is read as a whole: an answer that is complete is worth the time.
	complete = 10
)

// moreRead is how many times as much is read each time that nothing was found.
const moreRead = 10

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
	out := newFound(conds)
	out.bounds = make([]bounds, len(conds))
	if err := j.boundAll(s, conds, out.bounds); err != nil {
		return nil, err
	}
	in := make([]within, len(conds))
	first := len(j.answer.Explain.Plan)
	for i, c := range conds {
		in[i] = out.bounds[i].yes
		if !in[i].all {
			j.step(in[i].size(), "about as many findings may have %s", c.words)
		}
	}
	met := inAll(in)
	defer j.tellMet(first, out.bounds, out)
	passed := s.findings(met)
	if err := j.siftMet(s, passed, conds, out); err != nil {
		return nil, err
	}
	for k := range conds {
		in[k] = out.bounds[k].close
		close := inAll(in)
		in[k] = out.bounds[k].yes
		if err := j.siftNear(s, s.findings(close).Without(passed), conds[k], out); err != nil {
			return nil, err
		}
	}
	return out, s.err
}

// siftMet reads and judges some of the findings that may meet all conditions, and more where none of them does.
func (j *job) siftMet(s *sieve, passed graph.Set, conds []*cond, out *found) error {
	read, err := j.readSome(s, passed, j.mostRead())
	if err != nil {
		return err
	}
	j.step(read.total, "have passed all %d conditions by the indexes; %d are read", len(conds), read.set.Len())
	if err := j.judgeSome(s, read, out); err != nil {
		return err
	}
	done := read.set
	for len(out.items) == 0 && done.Len() < min(passed.Len(), mostStudies) { // nothing yet: it may be further on
		some, err := j.readSome(s, passed.Without(done), moreRead*j.mostRead())
		if err != nil {
			return err
		}
		j.step(some.set.Len(), "more are read, since none of those met all conditions")
		if err := j.judgeSome(s, some, out); err != nil {
			return err
		}
		done = done.Or(some.set)
	}
	out.unread = passed.Len() - done.Len()
	j.unread += out.unread
	j.sayUnread(out.unread, done.Len(), conds)
	return nil
}

// siftNear reads and judges some of the findings that may meet all conditions but one.
func (j *job) siftNear(s *sieve, close graph.Set, but *cond, out *found) error {
	some, err := j.readSome(s, close, j.most/4)
	if err != nil {
		return err
	}
	if some.total > 0 {
		j.step(some.total, "may be near in %s; %d are read", but.words, some.set.Len())
	}
	if err := j.judgeSome(s, some, out); err != nil {
		return err
	}
	if n := some.total - some.set.Len(); n > 0 {
		j.answer.Cautions = append(j.answer.Cautions, fmt.Sprintf("%d more findings that may meet all but “%s” were not looked at", n, but.words))
	}
	return nil
}

// mostWithout returns how many findings of a large graph may meet all conditions but one; 0 where that is not known.
func (j *job) mostWithout(f *found, one int) int {
	if f.bounds == nil {
		return 0
	}
	s, err := j.sieve()
	if err != nil {
		return 0
	}
	in := make([]within, len(f.bounds))
	for i, b := range f.bounds {
		in[i] = b.yes
	}
	in[one] = anywhere
	return s.findings(inAll(in)).Len()
}

// tellMet adds to the steps that say how many findings may meet a condition how many of those that were read do.
func (j *job) tellMet(step int, all []bounds, out *found) {
	for i, b := range all {
		if !b.yes.all {
			j.answer.Explain.Plan[step].Do += fmt.Sprintf("; of %d that were read %d do", out.read, out.meet[i])
			step++
		}
	}
}

// boundAll finds the bounds of conditions, side by side.
func (j *job) boundAll(s *sieve, conds []*cond, all []bounds) error {
	sieves := make([]*sieve, len(conds))
	var wait sync.WaitGroup
	for i, c := range conds {
		var err error
		if sieves[i], err = j.sieve(); err != nil {
			return err
		}
		wait.Go(func() { all[i] = sieves[i].bounds(c) })
	}
	wait.Wait()
	for _, x := range sieves {
		s.keep(nil, x.err)
	}
	return nil
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

// ofUnread begins what is said of findings of which not all were read.
func (j *job) ofUnread(shown int) string {
	if j.unread == 0 {
		return ""
	}
	return fmt.Sprintf("Of up to %d findings that may meet this %d are shown. ", shown+j.unread, shown)
}

// mostListed is how many studies are listed.
func (j *job) mostListed() int {
	if _, counts := j.query.Selection.(*syntax.Count); counts {
		return j.most
	}
	return j.mostRead()
}

// mostRead is how many findings or studies are read for the query.
func (j *job) mostRead() int {
	most := j.most
	switch x := j.query.Selection.(type) {
	case *syntax.Count:
		return mostStudies // what is worked out over rows needs all of them
	case *syntax.Match:
		if x.Noun == "gaps" || x.Noun == "conflicts" || x.Noun == "summary" {
			return mostStudies
		}
	}
	for _, s := range j.query.Steps {
		switch s.Name {
		case "limit":
			most = max(most, s.N)
		case "group":
			return mostStudies
		case "order":
			if numbered[s.By] == nil {
				return mostStudies
			}
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
	set   graph.Set
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

// readSome returns findings to read: all, or of too many about the first n by the order in which studies are shown.
func (j *job) readSome(s *sieve, set graph.Set, n int) (sample, error) {
	out := sample{total: set.Len()}
	if set.Len() > complete*n {
		studies := s.keep(s.sets.Studies(set.Documents()))
		first := j.foremost(s, studies, max(1, n*studies.Len()/set.Len()))
		set = set.In(s.keep(s.sets.Told(first)))
	}
	if s.err != nil {
		return out, fmt.Errorf("joining the conditions: %w", s.err)
	}
	out.set = set
	return out, nil
}

// judgeSome reads findings and judges them.
func (j *job) judgeSome(s *sieve, some sample, out *found) error {
	for part := range slices.Chunk(some.set, readAtOnce) {
		ids, err := s.sets.FindingIDs(j.ctx, part)
		if err != nil {
			return fmt.Errorf("reading findings: %w", err)
		}
		if err := j.judgeAll(ids, out); err != nil {
			return err
		}
	}
	return nil
}

// meeting returns the studies of a large graph that meet all conditions: those that surely do by the indexes, and of the others those
// that do when they are read.
func (j *job) meeting(s *sieve, conds []*cond) (graph.Set, error) {
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
	in, doubtful := met.sure, met.may.Without(met.sure)
	studies, err := j.knowAll(s, doubtful)
	if err != nil {
		return nil, err
	}
	var more []int
	for i, st := range studies {
		if !slices.ContainsFunc(conds, func(c *cond) bool { return !c.study(st) }) {
			more = append(more, i)
		}
	}
	in = in.Or(doubtful.Pick(more))
	j.step(in.Len(), "studies meet all %d conditions; %d were in doubt and were read", len(conds), doubtful.Len())
	return in, nil
}

// someMeeting reads the first of the studies of a large graph that meet all conditions, and says how many more there are.
func (j *job) someMeeting(conds []*cond, n int) (studies []*graph.Study, more int, err error) {
	plan := j.answer.Explain.Plan
	defer func() { j.answer.Explain.Plan = plan }()
	s, err := j.sieve()
	if err != nil {
		return nil, 0, err
	}
	in, err := j.meeting(s, conds)
	if err != nil {
		return nil, 0, err
	}
	some := s.keep(s.sets.First(j.ctx, in, n))
	studies, err = j.knowAll(s, some)
	slices.SortFunc(studies, compareStudies)
	return studies, in.Len() - some.Len(), err
}

// bring reads the studies of a large graph that may have what a name is of, so that all that are known are all there are; of too many the
// first, which the answer says.
func (j *job) bring(field, name string) error {
	if !j.partial {
		return nil
	}
	c, unknown := j.compile(syntax.Is(field, name), nil)
	if len(unknown) > 0 {
		return nil
	}
	studies, more, err := j.someMeeting([]*cond{c}, complete*j.most)
	if err == nil && more > 0 {
		j.answer.Cautions = appendNew(j.answer.Cautions, fmt.Sprintf("this rests on the first %d by source of %d studies that may have %s", len(studies), len(studies)+more, c.words))
	}
	return err
}

// knowAll reads studies, in the order of the set.
func (j *job) knowAll(s *sieve, studies graph.Set) ([]*graph.Study, error) {
	if s.err != nil {
		return nil, fmt.Errorf("joining the conditions: %w", s.err)
	}
	out := make([]*graph.Study, 0, studies.Len())
	for part := range slices.Chunk(studies, readAtOnce) {
		ids := s.keep1(s.sets.StudyIDs(j.ctx, part))
		if err := j.graph.Ahead(j.ctx, graph.Selection{Studies: ids}); err != nil {
			return nil, fmt.Errorf("reading studies: %w", err)
		}
		for _, id := range ids {
			if err := j.know(id); err != nil {
				return nil, err
			}
			out = append(out, j.byID[id])
		}
	}
	return out, s.err
}

// readAtOnce is how many findings or studies are read in one pass.
const readAtOnce = 100

// siftStudies reads the studies of a large graph that meet all conditions, of many the first.
func (j *job) siftStudies(conds []*cond) ([]studyMatch, error) {
	s, err := j.sieve()
	if err != nil {
		return nil, err
	}
	in, err := j.meeting(s, conds)
	if err != nil {
		return nil, err
	}
	listed := j.enough(s, in, j.mostListed())
	j.unlisted, j.met = in.Len()-listed.Len(), in
	if namesTheRest(conds) && j.isCount() {
		rest := s.keep(s.sets.AllStudies()).Without(in)
		some := s.keep(s.sets.First(j.ctx, rest, j.most/4))
		if _, err := j.knowAll(s, some); err != nil {
			return nil, err
		}
		if n := rest.Len() - some.Len(); n > 0 {
			j.answer.Cautions = append(j.answer.Cautions, fmt.Sprintf("%d more studies were left out of the count and are not listed", n))
		}
	}
	studies, err := j.knowAll(s, listed)
	if err != nil {
		return nil, err
	}
	out := make([]studyMatch, 0, len(studies))
	for _, st := range studies {
		if j.unlisted == 0 && slices.ContainsFunc(conds, func(c *cond) bool { return c.study != nil && !c.study(st) }) {
			continue // the indexes know where a name stands, and not what it stands for
		}
		out = append(out, studyMatch{study: st})
	}
	slices.SortStableFunc(out, func(a, b studyMatch) int { return compareStudies(a.study, b.study) })
	return out, nil
}

// enough returns of studies those that are read: all, or of too many about the first n; see foremost.
func (j *job) enough(s *sieve, studies graph.Set, n int) graph.Set {
	if j.byNumber() == nil && studies.Len() <= complete*n {
		return studies
	}
	return j.foremost(s, studies, n)
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

// countMany counts the outcomes or populations of the studies of a large graph that meet all conditions, without reading them; false
// where that cannot be told, since a document tells of several studies.
func (j *job) countMany(noun string) (int, bool, error) {
	class := map[string]string{"outcomes": "Outcome", "populations": "Population"}[noun]
	if class == "" || j.unlisted == 0 {
		return 0, false, nil
	}
	s, err := j.sieve()
	if err != nil {
		return 0, false, err
	}
	told := s.keep(s.sets.Told(j.met))
	alone := s.keep(s.sets.Alone(told))
	n := s.keep(s.sets.All(j.ctx, class)).In(told).Len()
	return n, s.err == nil && alone.Len() == told.Len(), s.err
}
