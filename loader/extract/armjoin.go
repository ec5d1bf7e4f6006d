package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/loader/document"
)

// fullest returns the place of the list that the arms are taken from: the best, or one nearly as good that has all of its
// arms and more: as many as the study says it has, where it does. It is -1 for none.
func (r *reading) fullest(lists []comparison, told int) int {
	best := 0
	for k, l := range lists {
		reach := 0.8
		if len(l.arms) == told {
			reach = 1.2
		}
		if len(l.arms) > len(lists[best].arms) && l.weight > lists[0].weight-reach && r.hasAll(l, lists[best].arms, len(l.arms) == told) {
			best = k
		}
	}
	if len(lists) == 0 || len(lists[best].arms) < 2 {
		return -1
	}
	return best
}

// tellOf adds what one group was given to the arm that goes by its name and of which nothing else is known.
func (r *reading) tellOf(arms []draft, d draft) {
	first := strings.ToLower(firstWord(r.doc.At(d.detail)))
	if d.detail.Len() == 0 || infinitives[first] || noArmWords[first] || first == "not" || first == "any" || strings.HasPrefix(first, "follow-up") || digitStart(first) {
		return
	}
	if isControl(d.generic) && first != "no" && !isControlLabel(r.doc.At(d.detail)) {
		return // what a control was given is seldom what it is a control by
	}
	for i := range arms {
		if arms[i].label.Len() == 0 && arms[i].detail.Len() == 0 && arms[i].generic == d.generic {
			arms[i] = merged(arms[i], d)
		}
	}
}

// tellOfGroups adds what the sentences before the results say that groups were given to those arms of which only the name of a group
// is known.
func (r *reading) tellOfGroups(t *telling, arms []draft) {
	if !slices.ContainsFunc(arms, func(d draft) bool { return d.label.Len() == 0 && d.detail.Len() == 0 }) {
		return
	}
	for _, i := range t.sentences {
		switch r.roles[i] {
		case roleObjective, roleDesign, roleParticipants, roleInterventions, roleMethods:
			for _, d := range r.groupsGiven(i) {
				r.tellOf(arms, d)
			}
		case roleOutcomes:
			for _, d := range r.letteredGiven(i) {
				r.tellOf(arms, d)
			}
		}
	}
}

// letteredGiven is groupsGiven for groups that go by letters or numbers alone.
func (r *reading) letteredGiven(i int) []draft {
	return slices.DeleteFunc(r.groupsGiven(i), func(d draft) bool { return !numberedName.MatchString(d.generic) })
}

// hasAll reports whether each of some arms is another of a longer list, of which the results know the rest as well; they need not
// where the list is as long as the study says.
func (r *reading) hasAll(list comparison, of []draft, asTold bool) bool {
	arms, used := list.arms, make([]bool, len(list.arms))
	for _, d := range of {
		best, at := 0.6, -1
		for i := range arms {
			if s := r.sameArm(d, arms[i]); !used[i] && s > best {
				best, at = s, i
			}
		}
		if at < 0 {
			return false
		}
		used[at] = true
	}
	for i := range arms {
		if !used[i] && (list.known[i] < 0.6 && !asTold || r.doubtful(arms[i]) > 0) {
			return false
		}
	}
	return true
}

// join adds what another list says to the arms of the better one. The lists are joined arm by arm where names,
// abbreviations, concepts or words agree; the one pair that is left over in lists of one length goes together when one
// of its names is generic; where placed says so, all go together by the part that they play and their place.
func (r *reading) join(arms, others []draft, placed bool) []draft {
	if len(others) > len(arms) && len(arms) < 2 {
		arms, others = others, arms
	}
	pair := make([]int, len(arms))
	used := make([]bool, len(others))
	matched := 0
	for i := range pair {
		pair[i] = -1
	}
	for range arms {
		best, bi, bj := 0.3, -1, -1
		for i := range arms {
			for j := range others {
				if pair[i] >= 0 || used[j] {
					continue
				}
				if s := r.sameArm(arms[i], others[j]); s > best {
					best, bi, bj = s, i, j
				}
			}
		}
		if bi < 0 {
			break
		}
		pair[bi], used[bj] = bj, true
		matched++
	}
	if len(arms) == len(others) && matched < len(arms) {
		for i := range arms {
			if j := r.partOf(i, arms, others); pair[i] < 0 && !used[j] && placed && (matched == len(arms)-1 || arms[i].label.Len() == 0 || others[j].label.Len() == 0) && fits(arms[i], others[j]) && !r.otherCode(arms[i], others[j]) {
				pair[i], used[j] = j, true
			}
		}
	}
	for i, j := range pair {
		if j >= 0 {
			if arms[i].label.Len() > 0 && r.sameButDose(arms[i], others[j]) { // "propofol 1 mg/kg" elsewhere
				arms[i].aliases = append(arms[i].aliases, r.doc.At(arms[i].label))
				arms[i].label = others[j].label
			}
			if arms[i].label.Len() == 0 && arms[i].detail.Len() > 0 && !r.namesDetail(others[j].label, i, arms) {
				others[j].label = document.Span{} // "oral premedication" for the group that got oral metoprolol
			}
			arms[i] = merged(arms[i], others[j])
		}
	}
	return arms
}

// partOf returns the place of the arm of one list that plays the part that the arm at i plays in another as long: a control goes
// with a control, else both stand in the same order.
func (r *reading) partOf(i int, arms, others []draft) int {
	if len(arms) != 2 {
		return i
	}
	control := func(d draft) bool {
		return isControl(d.generic) || d.label.Len() > 0 && isControlLabel(r.doc.At(d.label))
	}
	if a, b := control(arms[0]), control(others[0]); a != control(arms[1]) && b != control(others[1]) && a != b {
		return 1 - i
	}
	if a, b := control(arms[0]), control(others[0]); a != control(arms[1]) && a && b == control(others[1]) || b != control(others[1]) && b && a == control(arms[1]) {
		return 1 - i // the tested one stands first where neither is a control by name
	}
	return i
}

// fits reports whether two drafts can be one arm by their generic names: a control is no experimental arm.
func fits(a, b draft) bool {
	return isControl(a.generic) == isControl(b.generic) || a.generic == "" || b.generic == ""
}

// isControl reports whether a generic name is that of a control group.
func isControl(s string) bool {
	return strings.Contains(s, "control") || strings.Contains(s, "compar") || strings.Contains(s, "reference")
}

// sameArm returns how much speaks for two drafts being one arm, from 0 to 2.
func (r *reading) sameArm(a, b draft) float64 {
	if a.abbr != "" && a.abbr == b.abbr {
		return 2
	}
	if r.namesCode(a, b) || r.namesCode(b, a) {
		return 1.8
	}
	if r.otherCode(a, b) || r.otherCode(b, a) {
		return 0
	}
	an, bn := r.fullName(a), r.fullName(b)
	if an != "" && strings.EqualFold(an, bn) {
		return 2
	}
	if a.generic != "" && (a.generic == b.generic || slices.Contains(b.aliases, a.generic)) || b.generic != "" && slices.Contains(a.aliases, b.generic) {
		return 1.5
	}
	score := 0.0
	words := func(d draft) []string {
		w := contentWords(r.fullName(d))
		if d.detail.Len() > 0 {
			w = append(w, contentWords(r.doc.At(cutBefore(r.doc.Text, d.detail, labelEnd)))...)
		}
		return w
	}
	score = likeness(words(a), words(b))
	ca, cb := r.treatments(r.nameSpan(a)), r.treatments(r.nameSpan(b))
	for _, x := range ca {
		for _, y := range cb {
			if r.vocab.IsA(x, y) || r.vocab.IsA(y, x) {
				score += 0.5
			}
		}
	}
	return score
}

// namesCode reports whether the label of a draft opens with the abbreviation that another one has: "TAU at the clinic".
func (r *reading) namesCode(a, b draft) bool {
	return b.abbr != "" && a.abbr == "" && isShort(b.abbr) && strings.HasPrefix(r.doc.At(a.label), b.abbr+" ") && strings.IndexFunc(r.doc.At(a.label)[len(b.abbr):], unicode.IsUpper) < 0
}

// otherCode reports whether a draft is called by an abbreviation that is not the one that another has.
func (r *reading) otherCode(a, b draft) bool {
	label := r.doc.At(a.label)
	if b.abbr == "" || strings.EqualFold(label, b.abbr) || !isShort(label) {
		return false
	}
	long, ok := r.long(label)
	return ok && !strings.EqualFold(long, r.fullName(b))
}

// nameSpan returns the stretch that says what an arm received: its label, else its detail.
func (r *reading) nameSpan(d draft) document.Span {
	if d.label.Len() > 0 {
		return d.label
	}
	return d.detail
}

// merged joins two drafts of one arm; what the first says goes first.
func merged(a, b draft) draft {
	if a.label.Len() == 0 {
		a.label = b.label
	}
	if a.generic == "" {
		a.generic = b.generic
	} else if b.generic != "" && b.generic != a.generic {
		a.aliases = append(a.aliases, b.generic)
	}
	if a.abbr == "" {
		a.abbr = b.abbr
	}
	if !a.n.Present() {
		a.n = b.n
	}
	if a.detail.Len() == 0 {
		a.detail = b.detail
	}
	if a.dose.Len() == 0 {
		a.dose = b.dose
	}
	a.aliases = append(a.aliases, b.aliases...)
	a.at = append(a.at, b.at...)
	return a
}
