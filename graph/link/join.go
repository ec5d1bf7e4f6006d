package link

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Studies groups tellings by study. Groups come sorted by ID. Candidates are found by keys that they share, so the work
// grows with the tellings and not with their square.
func Studies(tellings []Telling) []Group {
	j := &joiner{signs: make([]*signs, len(tellings)), up: make([]int, len(tellings))}
	order := make([]int, len(tellings))
	for i := range tellings {
		j.signs[i] = signsOf(&tellings[i])
		j.up[i] = i
		order[i] = i
	}
	j.markAlone()
	slices.SortStableFunc(order, func(a, b int) int { return compareTellings(j.signs[a], j.signs[b]) })
	j.order = order
	j.rank = make([]int, len(order))
	for place, i := range order {
		j.rank[i] = place
	}
	j.traits = make([]*traits, len(tellings))
	for i, s := range j.signs {
		j.traits[i] = traitsOf(s)
	}
	j.byRegistration()
	j.byReport()
	j.byNotice()
	j.byParent()
	j.byTitle()
	j.byTeam()
	j.byName()
	return j.groups()
}

// markAlone notes which tellings are the only one that their document has of their report.
func (j *joiner) markAlone() {
	count := map[string]int{}
	key := func(s *signs) string {
		if s.telling.Study.SecondHand {
			return s.document + "\x00" + s.telling.Study.Via
		}
		return s.document
	}
	for _, s := range j.signs {
		count[key(s)]++
	}
	for _, s := range j.signs {
		s.alone = count[key(s)] == 1
	}
}

// joiner holds a partition of the tellings (union by the first in order) and the joins that led to it.
type joiner struct {
	signs  []*signs
	order  []int // tellings in an order that depends on their content alone
	rank   []int // place of each telling in order
	up     []int
	traits []*traits // of the group, at its root
	edges  []edge
}

type edge struct {
	a, b             int
	reason, evidence string
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
	j.up[y] = x
	j.traits[x].add(j.traits[y])
	j.edges = append(j.edges, edge{a, b, reason, evidence})
}

// buckets groups the tellings by the keys that keysOf gives, in an order that depends on content alone.
func (j *joiner) buckets(keysOf func(*signs) []string) [][]int {
	index := map[string]int{}
	var names []string
	var out [][]int
	for _, i := range j.order {
		for _, k := range keysOf(j.signs[i]) {
			at, ok := index[k]
			if !ok {
				at = len(out)
				index[k] = at
				names = append(names, k)
				out = append(out, nil)
			}
			if n := len(out[at]); n == 0 || out[at][n-1] != i {
				out[at] = append(out[at], i)
			}
		}
	}
	sorted := make([]int, len(out))
	for i := range sorted {
		sorted[i] = i
	}
	slices.SortFunc(sorted, func(a, b int) int { return strings.Compare(names[a], names[b]) })
	buckets := make([][]int, 0, len(out))
	for _, i := range sorted {
		if len(out[i]) > 1 {
			buckets = append(buckets, out[i])
		}
	}
	return buckets
}

// byRegistration joins tellings that give one registration. A telling that gives two numbers of one registry pools
// studies, and is joined only to one that gives just the same.
func (j *joiner) byRegistration() {
	for _, bucket := range j.buckets(func(s *signs) []string { return s.registrationKeys() }) {
		for _, i := range bucket[1:] {
			common := shared(j.signs[bucket[0]].registrations, j.signs[i].registrations)
			j.union(bucket[0], i, ByRegistration, "both give the registration "+strings.Join(common, ", "))
		}
	}
}

// byReport joins tellings of one report: the same paper loaded from two files, or a paper and what another document
// says of it. Where a report has several studies, their names have to agree.
func (j *joiner) byReport() {
	for _, bucket := range j.buckets(func(s *signs) []string { return s.reportKeys() }) {
		for n, i := range bucket {
			for _, k := range bucket[:min(n, 64)] {
				a, b := j.signs[k], j.signs[i]
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

// byNotice joins what a document tells of a study with what the report tells that it corrects, retracts, updates or comments
// on, as far as each has only one study to tell of and nothing speaks against it.
func (j *joiner) byNotice() {
	owners := map[string][]int{}
	for _, i := range j.order {
		if s := j.signs[i]; s.alone && !s.telling.Study.SecondHand {
			for _, id := range s.reportIDs {
				owners[id] = append(owners[id], i)
			}
		}
	}
	for _, i := range j.order {
		s := j.signs[i]
		if !s.alone || s.telling.Study.SecondHand {
			continue
		}
		for c := range s.telling.Cites {
			cite := &s.telling.Cites[c]
			verb := notices[cite.Relation]
			if verb == "" {
				continue
			}
			for _, id := range reportIDs(&cite.Report) {
				for _, k := range owners[id] {
					registry := verb == "is reported in" // which names arms in its own way
					if j.root(i) != j.root(k) && !j.blocked(i, k) && (registry || !s.contradictsArms(j.signs[k])) {
						j.union(i, k, ByNotice, "one "+verb+" the other, "+id)
					}
				}
			}
		}
	}
}

// byParent joins an analysis that names its parent with the study of that name. Acronyms are used more than once: the
// name has to belong to one study only, and nothing may speak against it.
func (j *joiner) byParent() {
	owners := map[string][]int{}
	for _, i := range j.order {
		if s := j.signs[i]; s.name != "" && s.parent == "" && !s.review {
			owners[s.name] = append(owners[s.name], i)
		}
	}
	for _, i := range j.order {
		s := j.signs[i]
		if s.parent == "" || s.review {
			continue
		}
		var fit []int
		roots := map[int]bool{}
		for _, k := range owners[s.parent] {
			if j.root(k) == j.root(i) || j.blocked(i, k) || s.contradictsArms(j.signs[k]) {
				continue
			}
			if r := j.root(k); !roots[r] {
				roots[r] = true
				fit = append(fit, k)
			}
		}
		if len(fit) == 1 {
			j.union(fit[0], i, ByParent, parentWords(s, j.signs[fit[0]]))
		}
	}
}

// byTeam joins tellings with one team or acronym, the same arms and a common outcome, where a paper prints no
// registration.
func (j *joiner) byTeam() {
	for _, bucket := range j.buckets(func(s *signs) []string { return s.teamKeys() }) {
		open := j.undecided(bucket)
		for n, i := range bucket {
			for _, k := range bucket[:min(n, 64)] {
				a, b := j.signs[k], j.signs[i]
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
}

// byTitle joins tellings under one long title where one of them at least gives no identifier of its report, as pages that copy
// an abstract do, when their arms or their numbers agree.
func (j *joiner) byTitle() {
	j.weakly(func(s *signs) []string { return s.titleKeys() }, func(a, b *signs) (reason, evidence string) {
		if a.contradictsReport(b) || !sameArms(a, b) && !sameSize(a, b) {
			return "", ""
		}
		return ByReport, "both are of the report \u201c" + a.report.Title + "\u201d (same title, and the same arms or number)"
	})
}

// byName joins tellings that call the study by one acronym and agree on how many took part and on what one arm got: pages of
// news name trials so and nothing else of them.
func (j *joiner) byName() {
	j.weakly(func(s *signs) []string { return s.nameKeys() }, func(a, b *signs) (reason, evidence string) {
		if !sameSize(a, b) || len(commonTreatments(a, b)) == 0 {
			return "", ""
		}
		return ByTeam, "same acronym (" + a.telling.Study.Name + "), same number of participants and a treatment in common" + withoutRegistration(a, b)
	})
}

// weakly joins the tellings of each bucket that a test finds to be of one study, unless anything speaks against it.
func (j *joiner) weakly(keysOf func(*signs) []string, same func(a, b *signs) (reason, evidence string)) {
	for _, bucket := range j.buckets(keysOf) {
		if j.ofSeveral(bucket) {
			continue // nothing tells to which of them the others belong
		}
		for n, i := range bucket {
			for _, k := range bucket[:min(n, 64)] {
				a, b := j.signs[k], j.signs[i]
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
}

// ofSeveral reports whether a bucket holds tellings whose registrations contradict each other.
func (j *joiner) ofSeveral(bucket []int) bool {
	var known *signs
	for _, i := range bucket[:min(len(bucket), 64)] {
		switch s := j.signs[i]; {
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
func (j *joiner) blocked(a, b int) bool { return j.traits[j.root(a)].contradict(j.traits[j.root(b)]) }

// groups turns the partition into groups.
func (j *joiner) groups() []Group {
	members := map[int][]int{}
	for _, i := range j.order {
		r := j.root(i)
		members[r] = append(members[r], i)
	}
	var out []Group
	at := map[int]int{}
	for _, i := range j.order {
		if j.root(i) != i {
			continue
		}
		list := members[i]
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(j.signs[a].standing(), j.signs[b].standing()) })
		g := Group{Members: list, Parent: -1, Name: j.groupName(list), ID: j.groupID(list)}
		if j.signs[list[0]].standing() == ownReport {
			g.Parent = list[0]
		}
		at[i] = len(out)
		out = append(out, g)
	}
	for _, e := range j.edges {
		g := &out[at[j.root(e.a)]]
		g.Joins = append(g.Joins, Join{j.signs[e.a].reference(), j.signs[e.b].reference(), e.reason, e.evidence})
	}
	j.distinguish(out)
	slices.SortFunc(out, func(a, b Group) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// groupName takes the acronym of the first member that has one, else its name.
func (j *joiner) groupName(list []int) string {
	name := ""
	for _, i := range list {
		n := strings.TrimSpace(j.signs[i].telling.Study.Name)
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
		if !j.signs[i].pooled {
			registrations = append(registrations, j.signs[i].registrations...)
		}
	}
	if len(registrations) > 0 {
		return slices.MinFunc(registrations, compareRegistrations)
	}
	for _, i := range list {
		if keys := j.signs[i].reportIDs; len(keys) > 0 {
			return keys[0]
		}
	}
	s := j.signs[list[0]]
	return s.document + "." + s.study
}

// distinguish makes identifiers unique: two studies of one report have the study's own identifier added.
func (j *joiner) distinguish(groups []Group) {
	count := map[string]int{}
	for _, g := range groups {
		count[g.ID]++
	}
	for i := range groups {
		if count[groups[i].ID] > 1 {
			groups[i].ID += "." + j.signs[groups[i].Members[0]].study
		}
	}
	seen := map[string]int{}
	for i := range groups {
		id := groups[i].ID
		if seen[id]++; seen[id] > 1 {
			groups[i].ID = fmt.Sprintf("%s.%d", id, seen[id])
		}
	}
}

// undecided returns which tellings of a bucket, without a registration of their own, fit trials of different
// registrations equally well: such a telling is joined to none of them.
func (j *joiner) undecided(bucket []int) map[int]bool {
	out := map[int]bool{}
	for _, i := range bucket {
		b := j.signs[i]
		if len(b.registrations) > 0 {
			continue
		}
		var fits *signs
		for _, k := range bucket[:min(len(bucket), 64)] {
			a := j.signs[k]
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
