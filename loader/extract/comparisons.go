package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// comparison is a list of arms as one place of a document gives it, the more trustworthy the higher its weight.
type comparison struct {
	arms   []draft
	known  []float64 // how well the results know each of them, from 0 to 1
	weight float64
	placed bool // the place itself tells that these are arms, so that its order counts
}

// comparisons returns the lists of arms that the study's title and sentences give.
func (r *reading) comparisons(t *telling) []comparison {
	var out []comparison
	w, told := r.witnessesOf(t), r.groupsTold(t)
	add := func(at int, weight float64, spans ...document.Span) {
		if c, ok := r.weighed(r.drafts(at, spans), weight, told, w); ok {
			out = append(out, c)
		}
	}
	var got []draft
	for _, s := range t.titles {
		for _, l := range r.armLists(s, true) {
			weight := min(l.weight, 1.2)
			if last := l.items[len(l.items)-1]; strings.HasPrefix(r.doc.Text[last.End:], ":") { // "A versus B: a trial" names arms in few words
				weight = min(weight, 0.9)
			}
			add(-1, weight, l.items...)
		}
	}
	for _, i := range t.sentences {
		s := r.doc.Sentences[i].Span
		switch r.roles[i] {
		case roleObjective, roleDesign, roleParticipants, roleInterventions, roleMethods:
			for _, l := range r.armLists(s, false) {
				add(i, l.weight, l.items...)
			}
			if parts := r.askedIn(s); parts != nil {
				add(i, 1.9, parts...)
			}
			got = append(got, r.groupsInTurn(i)...)
			got = append(got, r.groupsGiven(i)...)
			got = append(got, r.counted(i)...)
		case roleOutcomes:
			for _, l := range r.armLists(s, false) {
				if l.weight > 1.6 {
					add(i, l.weight, l.items...)
				}
			}
			got = append(got, r.letteredGiven(i)...)
		case roleResults:
			for _, l := range r.armLists(s, false) {
				if l.weight > 2 {
					add(i, l.weight, l.items...)
				}
			}
			got = append(got, r.counted(i)...)
		}
	}
	if arms := r.dosedGroups(distinct(got)); len(arms) > 1 && len(arms) < 9 {
		weight := 0.8
		for _, d := range arms {
			if d.label.Len() > 0 || d.detail.Len() > 0 {
				weight += 0.5
			}
		}
		known, covers := r.known(arms, w)
		weight += asTold(len(arms), told)
		out = append(out, comparison{arms, known, weight + 1.5*(mean(known)-1) + 0.7*(covers-1), true})
	} else if len(arms) == 1 {
		out = append(out, comparison{arms: arms, known: []float64{0}, weight: -9}) // what one of the groups got, to be told of it
	}
	return out
}

// weighed turns the arms of a list into a comparison of its weight. ok is false where they cannot be those of the study.
func (r *reading) weighed(arms []draft, weight float64, told int, w *witnesses) (c comparison, ok bool) {
	if len(arms) < 2 || len(arms) > 8 || r.outcomesRather(arms) || r.repeats(arms) {
		return c, false
	}
	arms = r.byDoses(r.besideAlone(arms), told, w)
	if arms = r.withoutTotal(arms); len(arms) > 2 && r.collective(arms[0].label) { // "two groups: A and B"
		arms = arms[1:]
	}
	if len(arms) == 2 && told == 2 {
		arms[0] = r.ofTwo(arms[0])
	}
	if slices.ContainsFunc(arms, func(d draft) bool { return numerals[strings.ToLower(r.doc.At(d.label))] > 0 }) {
		return c, false
	}
	people := r.ofPeople(arms)
	for len(arms) > 2 && !people && r.doubtful(arms[len(arms)-1]) >= 2 { // "A or B, conducted"
		arms = arms[:len(arms)-1]
	}
	if n := len(arms) - 1; n > 1 && r.shortTime(arms[n]) && !slices.ContainsFunc(arms[:n], r.shortTime) { // "1 mg or 2 mg, 2 min before surgery"
		arms = arms[:n]
	}
	placed := weight >= 1.2
	sized, doubt := 0, 0.0
	for _, d := range arms {
		if !people {
			doubt = max(doubt, r.doubtful(d))
		}
		if d.n.Present() {
			weight += 0.5
			sized++
		}
		if d.abbr != "" || numberedName.MatchString(d.generic) {
			weight += 0.3
		}
		if d.label.Len() == 0 {
			weight -= 0.6
		}
	}
	weight += asTold(len(arms), told) - doubt
	known, covers := r.known(arms, w)
	for n := len(arms); told > 1 && n > told && known[n-1] == 0 && !arms[n-1].n.Present(); n-- { // "A and B, up to three files"
		arms, known = arms[:n-1], known[:n-1]
	}
	mean := mean(known)
	weight += 1.5*(mean-1) + 0.7*(covers-1)
	ok = weight >= 0.4 || sized > 1 || w.text == "" || mean >= 0.5 && weight > -0.5
	if !slices.ContainsFunc(arms, func(d draft) bool { return d.name != "" || d.label.Len() == 0 || !contrast(r.doc.At(d.label)) }) {
		weight -= 0.6 // "fixed" and "flexible" of what is told elsewhere
	}
	return comparison{arms, known, weight, placed && doubt < 1}, ok
}

// shortTime reports whether a draft is called by a time alone: "2 min".
func (r *reading) shortTime(d draft) bool {
	return shortTimes.MatchString(r.fullName(d))
}

var shortTimes = rules.New(`(?i)^\d+ (?:s|seconds|min|minutes?|h|hours?)$`)

// besideAlone joins the first two of three arms that were given together: of "A and B or B alone" the first is "A and B".
func (r *reading) besideAlone(arms []draft) []draft {
	if len(arms) != 3 || slices.ContainsFunc(arms, func(d draft) bool { return d.label.Len() == 0 || d.name != "" }) || arms[0].n.Present() && arms[1].n.Present() {
		return arms
	}
	last := r.doc.At(arms[2].label)
	bare := aloneTail.ReplaceAllString(last, "")
	if long, ok := r.long(bare); ok {
		bare = long
	}
	between := r.doc.Text[min(arms[0].label.End, arms[1].label.Start):arms[1].label.Start]
	if len(bare) == len(last) || !strings.EqualFold(bare, r.fullName(arms[1])) && !strings.EqualFold(bare, r.doc.At(arms[1].label)) || !slices.Contains(strings.Fields(between), "and") {
		return arms
	}
	both := arms[0]
	both.name, both.n = r.fullName(arms[0])+" and "+r.fullName(arms[1]), cmp.Or(arms[1].n, arms[0].n)
	both.abbr, both.dose, both.detail = "", document.Span{}, document.Span{}
	return []draft{both, arms[2]}
}

// asTold tells how far the length of a list agrees with the number of groups that the study says it has.
func asTold(n, told int) float64 {
	switch {
	case told == 0:
		return 0
	case n == told:
		return 0.4
	case told > 3 && n == told-1:
		return -0.2
	}
	return -0.4
}

// withoutTotal drops the first of a list where its size is what the others have together: "dogs (n = 20) got A (n = 5), B (n = 7) or C
// (n = 8)". A treatment is none, since an arm may have twice the people of the other two.
func (r *reading) withoutTotal(arms []draft) []draft {
	if len(arms) < 3 || arms[0].label.Len() == 0 || len(r.treatments(arms[0].label)) > 0 || arms[0].abbr != "" {
		return arms
	}
	words := contentWords(r.doc.At(arms[0].label))
	if slices.ContainsFunc(arms[1:], func(d draft) bool { return likeness(words, contentWords(r.doc.At(d.label))) > 0 }) {
		return arms
	}
	total, sum := arms[0].n, 0
	for _, d := range arms[1:] {
		n, ok := d.n.Int()
		if !ok {
			return arms
		}
		sum += n
	}
	if n, ok := total.Int(); ok && n == sum {
		return arms[1:]
	}
	return arms
}

// repeats reports whether a list has one name twice.
func (r *reading) repeats(arms []draft) bool {
	bare := func(d draft) bool {
		return d.label.Len() > 0 && d.name == "" && d.generic == "" && d.dose.Len() == 0 && !isControlLabel(r.doc.At(d.label))
	}
	for i, d := range arms {
		if bare(d) && slices.ContainsFunc(arms[:i], func(x draft) bool { return bare(x) && strings.EqualFold(r.doc.At(x.label), r.doc.At(d.label)) }) {
			return true
		}
	}
	return false
}

func mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(max(1, len(xs)))
}

// outcomesRather reports whether what looks like a list of arms is one of outcomes: "compared intraocular pressure, blood
// pressure and perfusion pressure".
func (r *reading) outcomesRather(arms []draft) bool {
	n := 0
	for _, d := range arms {
		if d.n.Present() {
			return false
		}
		if d.label.Len() > 0 && len(r.conceptsIn(d.label, outcomeTypes...)) > 0 && len(r.treatments(d.label)) == 0 {
			n++
		}
	}
	last := arms[len(arms)-1].label
	if n == 1 && len(r.conceptsIn(last, outcomeTypes...)) > 0 && len(r.treatments(last)) == 0 && len(strings.Fields(r.doc.At(last))) > 1 {
		for _, d := range arms[:len(arms)-1] { // "systolic and diastolic blood pressure": the last has the noun of all
			if strings.ContainsAny(r.doc.At(d.label), " ") || d.label.Len() == 0 || len(r.treatments(d.label)) > 0 {
				return false
			}
		}
		return true
	}
	return 2*n > len(arms)
}

// distinct joins drafts of one generic name.
func distinct(ds []draft) []draft {
	var out []draft
	for _, d := range ds {
		if k := slices.IndexFunc(out, func(x draft) bool {
			return x.generic == d.generic || slices.Contains(x.aliases, d.generic) || slices.Contains(d.aliases, x.generic)
		}); k >= 0 {
			out[k] = merged(out[k], d)
			continue
		}
		out = append(out, d)
	}
	return out
}

// dosedGroups names the groups of which a list prints the dose alone by the drug that it prints once: "zolpam 5 mg (group A), 10 mg
// (group B)".
func (r *reading) dosedGroups(arms []draft) []draft {
	spans := make([]document.Span, len(arms))
	for i, d := range arms {
		spans[i] = r.nameSpan(d)
	}
	return r.nameDoses(spans, arms)
}

var (
	// superior is "whether A is more effective than B".
	superior = rules.New(`(?i)\b(?:whether|that|if) (.{3,160}?) (?:is|was|are|were|would be|will be|could be) (?:more|less|better|superior|non-?inferior|inferior|equivalent|as|equally|safer)\b[^.;]{0,60}?\b(?:than|to|as|with) ([^.;]+)`)
	// isIt is the same as a question: "Is A inferior to B?".
	isIt = rules.New(`(?i)^(?:is|are) (.{3,160}?) (?:superior|non-?inferior|inferior|equivalent|equal|as (?:effective|good|safe)|(?:more|less) (?:effective|safe)|better|safer)\b[^.;?]{0,60}?\b(?:to|than|as|with) ([^.;?]+)`)
	// linked is "whether A is associated with better rates of X compared with B", also as a question.
	linked = rules.New(`(?i)(?:\b(?:whether|if) (.{3,160}?) (?:is|was|are|were)|^(?:is|are) (.{3,160}?)) associated with [^.;?]{3,120}?,? (?:compared (?:with|to)|than(?: with)?|versus|vs\.?) ([^.;?]+)`)
	// whichOf is "to find out which does more to ...: A, or B".
	whichOf = rules.New(`(?i)\bwhich\b[^.;:]*:\s([^.;]+?),?\s(?:or|and)\s([^.;]+)`)
)

// askedIn reads "whether A is more effective than B" and "which does more: A, or B".
func (r *reading) askedIn(s document.Span) []document.Span {
	flat := outer(r.doc.At(s))
	for _, p := range []*pattern.Pattern{superior, isIt, linked, whichOf} {
		if m := r.rule(s, p).FindStringSubmatchIndex(flat); m != nil {
			n := len(m)
			if m[2] < 0 {
				m[2], m[3] = m[4], m[5]
			}
			a := trimmed(r.doc.Text, document.Span{Start: s.Start + m[2], End: s.Start + m[3]})
			if p != superior && p != whichOf {
				a = cutBefore(r.doc.Text, a, forPurpose)
			}
			b := cutBefore(r.doc.Text, document.Span{Start: s.Start + m[n-2], End: s.Start + m[n-1]}, askedEnd)
			if a.Len() > 0 && b.Len() > 0 {
				return r.sharedTail([]document.Span{a, b})
			}
		}
	}
	return nil
}

// withSize is a generic name of an arm with its size: "intervention group: n = 58".
var withSize = rules.New(`(?i)\b((?:(?:active |attention )?(?:intervention|experimental|treatment|control|comparison|study|trial|placebo|sham)(?: control)? (?:groups?|arms?))|(?:group|arm) (?:\d|[A-D]|I{1,3}))\s?[:,(\[]\s?n\s?=\s?` + countPattern + `\b`)

// counted reads generic arms with their sizes.
func (r *reading) counted(i int) []draft {
	text := r.text(i)
	ms := r.rule(r.doc.Sentences[i].Span, withSize).FindAllStringSubmatch(text, -1)
	if len(ms) == 0 || r.roles[i] == roleResults && !allocated.MatchString(text+" to ") {
		return nil
	}
	var out []draft
	for _, m := range ms {
		out = append(out, draft{generic: genericName(m[1]), n: count(m[2]), at: []int{i}})
	}
	return out
}

// sharedTail cuts "for ..." off the last of several arms when the others have none: it belongs to all of them.
func (r *reading) sharedTail(parts []document.Span) []document.Span {
	text := r.doc.Text
	last := len(parts) - 1
	for _, p := range parts[:last] {
		if forPurpose.MatchString(outer(text[p.Start:p.End])) {
			return parts
		}
	}
	parts[last] = cutBefore(text, parts[last], forPurpose)
	return parts
}
