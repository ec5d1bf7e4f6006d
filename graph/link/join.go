package link

import (
	"math"
	"slices"
	"strings"
)

// Studies groups tellings by study. Groups come sorted by ID. Candidates are found by keys that they share, so the work
// grows with the tellings and not with their square.
func Studies(tellings []Telling) []Group {
	var out []Group
	_ = Groups(inMemory(tellings), Room{Bound: math.MaxInt}, func(g Group) error { // which does not fail in memory
		out = append(out, g)
		return nil
	})
	slices.SortFunc(out, func(a, b Group) int { return strings.Compare(a.ID, b.ID) })
	return out
}

type inMemory []Telling

func (t inMemory) Len() int                       { return len(t) }
func (t inMemory) Telling(i int) (Telling, error) { return t[i], nil }

// stage is one way in which tellings are joined. All that share a key are looked at together, or those that ask for a key find those that
// have it.
type stage struct {
	keys func(*signs) []string
	asks func(*signs) []string
	join func(j *joiner, bucket []int)
	find func(j *joiner, askers []int, owners map[string][]int)
}

// stages returns the ways to join, the surest first.
func stages() []stage {
	return []stage{
		{keys: (*signs).registrationKeys, join: (*joiner).byRegistration},
		{keys: (*signs).reportKeys, join: (*joiner).byReport},
		{keys: (*signs).ownIDs, asks: (*signs).noticedIDs, find: (*joiner).byNotice},
		{keys: (*signs).ownName, asks: (*signs).parentName, find: (*joiner).byParent},
		{keys: (*signs).titleKeys, join: (*joiner).byTitle},
		{keys: (*signs).teamKeys, join: (*joiner).byTeam},
		{keys: (*signs).nameKeys, join: (*joiner).byName},
	}
}

func (j *joiner) root(i int) int {
	for j.up[i] != i {
		j.up[i] = j.up[j.up[i]]
		i = j.up[i]
	}
	return i
}

// union joins the groups of a and b, unless they are one already.
func (j *joiner) union(a, b int, reason, evidence string) {
	if j.rank[a] > j.rank[b] {
		a, b = b, a
	}
	x, y := j.root(a), j.root(b)
	if x == y {
		return
	}
	if j.rank[x] > j.rank[y] {
		x, y = y, x
	}
	known := j.known(x)
	known.add(j.known(y))
	j.up[y], j.traits[x], j.traits[y] = x, known, nil
	j.edges = append(j.edges, Join{j.sign(a).reference(), j.sign(b).reference(), reason, evidence, [2]int{a, b}})
}

// byRegistration joins tellings that give one registration. A telling that gives two numbers of one registry pools
// studies, and is joined only to one that gives just the same.
func (j *joiner) byRegistration(bucket []int) {
	for _, i := range bucket[1:] {
		common := shared(j.sign(bucket[0]).registrations, j.sign(i).registrations)
		j.union(bucket[0], i, ByRegistration, "both give the registration "+strings.Join(common, ", "))
	}
}

// byReport joins tellings of one report: the same paper loaded from two files, or a paper and what another document
// says of it. Where a report has several studies, their names have to agree.
func (j *joiner) byReport(bucket []int) {
	for n, i := range bucket {
		for _, k := range bucket[:min(n, compared)] {
			a, b := j.sign(k), j.sign(i)
			if j.root(i) == j.root(k) || a.document == b.document || a.contradictsRegistration(b) || a.contradictsReport(b) {
				continue
			}
			if (a.alone && b.alone) || (a.name != "" && a.name == b.name) || a.study == b.study {
				j.union(k, i, ByReport, "both are of the report "+reportWords(a, b))
				break
			}
		}
	}
}

// notices are the relations of a report to another one of the same study, in words. A registry says in which publications a
// study is reported.
var notices = map[string]string{
	"corrects": "corrects", "corrected by": "is corrected by", "retracts": "retracts", "retracted by": "is retracted by", "retracts in part": "retracts in part",
	"retracted in part by": "is retracted in part by", "updates": "updates", "updated by": "is updated by", "republished from": "is republished from",
	"republished as": "is republished as", "comments on": "comments on", "commented on in": "is commented on in",
	"reported in": "is reported in", "derived publication": "is reported in",
	"expresses concern about": "expresses concern about", "concern expressed in": "has concern expressed in",
}

// ownIDs are the identifiers of a report under which a notice finds what it is of.
func (s *signs) ownIDs() []string {
	if !s.alone || s.telling.Study.SecondHand {
		return nil
	}
	return s.reportIDs
}

// noticedIDs are the identifiers of the reports that a telling is a notice of.
func (s *signs) noticedIDs() (out []string) {
	if !s.alone || s.telling.Study.SecondHand {
		return nil
	}
	for i := range s.telling.Cites {
		if c := &s.telling.Cites[i]; notices[c.Relation] != "" {
			out = append(out, reportIDs(&c.Report)...)
		}
	}
	return out
}

// byNotice joins what a document tells of a study with what the report tells that it corrects, retracts, updates or comments
// on, as far as each has only one study to tell of and nothing speaks against it.
func (j *joiner) byNotice(askers []int, owners map[string][]int) {
	for _, i := range askers {
		s := j.sign(i)
		for c := range s.telling.Cites {
			cite := &s.telling.Cites[c]
			verb := notices[cite.Relation]
			if verb == "" {
				continue
			}
			for _, id := range reportIDs(&cite.Report) {
				for _, k := range owners[id] {
					registry := verb == "is reported in" // which names arms in its own way
					if j.root(i) != j.root(k) && !j.blocked(i, k) && (registry || !s.contradictsArms(j.sign(k))) {
						j.union(i, k, ByNotice, "one "+verb+" the other, "+id)
					}
				}
			}
		}
	}
}

// ownName is the name of a study under which an analysis finds its parent.
func (s *signs) ownName() []string {
	if s.name == "" || s.parent != "" || s.review {
		return nil
	}
	return []string{s.name}
}

// parentName is the name of the parent of an analysis.
func (s *signs) parentName() []string {
	if s.parent == "" || s.review {
		return nil
	}
	return []string{s.parent}
}

// byParent joins an analysis that names its parent with the study of that name. Acronyms are used more than once: the
// name has to belong to one study only, and nothing may speak against it.
func (j *joiner) byParent(askers []int, owners map[string][]int) {
	for _, i := range askers {
		s := j.sign(i)
		var fit []int
		roots := map[int]bool{}
		for _, k := range owners[s.parent] {
			if j.root(k) == j.root(i) || j.blocked(i, k) || s.contradictsArms(j.sign(k)) {
				continue
			}
			if r := j.root(k); !roots[r] {
				roots[r] = true
				fit = append(fit, k)
			}
		}
		if len(fit) == 1 {
			j.union(fit[0], i, ByParent, parentWords(s, j.sign(fit[0])))
		}
	}
}

// byTeam joins tellings with one team or acronym, the same arms and a common outcome, where a paper prints no
// registration.
func (j *joiner) byTeam(bucket []int) {
	open := j.undecided(bucket)
	for n, i := range bucket {
		for _, k := range bucket[:min(n, compared)] {
			a, b := j.sign(k), j.sign(i)
			if j.root(i) == j.root(k) || a.document == b.document || j.blocked(i, k) || open[i] || open[k] || !sameArms(a, b) || !a.relatedTo(b) {
				continue
			}
			if outcome, ok := commonOutcome(a, b); ok {
				j.union(k, i, ByTeam, teamWords(a, b, outcome))
				break
			}
		}
	}
}

// byTitle joins tellings under one long title where one of them at least gives no identifier of its report, as pages that copy
// an abstract do, when their arms or their numbers agree.
func (j *joiner) byTitle(bucket []int) {
	j.weakly(bucket, func(a, b *signs) (reason, evidence string) {
		if a.contradictsReport(b) || !sameArms(a, b) && !sameSize(a, b) {
			return "", ""
		}
		return ByReport, "both are of the report \u201c" + a.report.Title + "\u201d (same title, and the same arms or number)"
	})
}

// byName joins tellings that call the study by one acronym and agree on how many took part and on what one arm got: pages of
// news name trials so and nothing else of them.
func (j *joiner) byName(bucket []int) {
	j.weakly(bucket, func(a, b *signs) (reason, evidence string) {
		if !sameSize(a, b) || len(commonTreatments(a, b)) == 0 {
			return "", ""
		}
		return ByTeam, "same acronym (" + a.telling.Study.Name + "), same number of participants and a treatment in common" + withoutRegistration(a, b)
	})
}

// weakly joins the tellings of a bucket that a test finds to be of one study, unless anything speaks against it.
func (j *joiner) weakly(bucket []int, same func(a, b *signs) (reason, evidence string)) {
	if j.ofSeveral(bucket) {
		return // nothing tells to which of them the others belong
	}
	for n, i := range bucket {
		for _, k := range bucket[:min(n, compared)] {
			a, b := j.sign(k), j.sign(i)
			if j.root(i) == j.root(k) || a.document == b.document || j.blocked(i, k) {
				continue
			}
			if reason, evidence := same(a, b); reason != "" {
				j.union(k, i, reason, evidence)
				break
			}
		}
	}
}

// ofSeveral reports whether a bucket holds tellings whose registrations contradict each other.
func (j *joiner) ofSeveral(bucket []int) bool {
	var known *signs
	for _, i := range bucket[:min(len(bucket), compared)] {
		switch s := j.sign(i); {
		case len(s.registrations) == 0:
		case known == nil:
			known = s
		case known.contradictsRegistration(s):
			return true
		}
	}
	return false
}

// blocked reports whether anything known of the groups of a and b speaks against a weak join.
func (j *joiner) blocked(a, b int) bool { return j.known(j.root(a)).contradict(j.known(j.root(b))) }

// groupName takes the acronym of the first member that has one, else its name.
func (j *joiner) groupName(list []int) string {
	name := ""
	for _, i := range list {
		n := strings.TrimSpace(j.sign(i).telling.Study.Name)
		if n == "" {
			continue
		}
		if !authorYear(n) {
			return n
		}
		if name == "" {
			name = n
		}
	}
	return name
}

// groupID takes a registration, else a report, else the first member's own identifiers.
func (j *joiner) groupID(list []int) string {
	var registrations []string
	for _, i := range list {
		if s := j.sign(i); !s.pooled {
			registrations = append(registrations, s.registrations...)
		}
	}
	if len(registrations) > 0 {
		return slices.MinFunc(registrations, compareRegistrations)
	}
	for _, i := range list {
		if keys := j.sign(i).reportIDs; len(keys) > 0 {
			return keys[0]
		}
	}
	s := j.sign(list[0])
	return s.document + "." + s.study
}

// undecided returns which tellings of a bucket, without a registration of their own, fit trials of different
// registrations equally well: such a telling is joined to none of them.
func (j *joiner) undecided(bucket []int) map[int]bool {
	out := map[int]bool{}
	for _, i := range bucket {
		b := j.sign(i)
		if len(b.registrations) > 0 {
			continue
		}
		var fits *signs
		for _, k := range bucket[:min(len(bucket), compared)] {
			a := j.sign(k)
			if len(a.registrations) == 0 || a.document == b.document || !sameArms(a, b) || !a.relatedTo(b) {
				continue
			}
			if fits != nil && fits.contradictsRegistration(a) {
				out[i] = true
				break
			}
			fits = a
		}
	}
	return out
}
