package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// namedGroups finds the arms of a study that nowhere lists them by the names its sentences give to groups: "in the
// fenoldopam group", "the intervention and control groups", "group II", "than with placebo". It returns nil unless at
// least two are named.
func (r *reading) namedGroups(t *telling) []draft {
	w := r.witnessesOf(t)
	out := r.namedApart(r.trulyNamed(t, w), w)
	if len(out) < 2 {
		return nil
	}
	return out
}

// partsNamed returns the groups of a study that does not say how it is set up, where its results tell of a group that had an intervention
// and of a control group.
func (r *reading) partsNamed(t *telling) []draft {
	var tested, control []draft
	for _, x := range r.witnessesOf(t).all {
		switch {
		case x.grouped < 2 || x.told == 0 || x.generic == "":
		case x.generic == "intervention" || x.generic == "experimental" || x.generic == "trial":
			tested = append(tested, x.draft)
		case x.generic == "control" || x.generic == "comparison":
			control = append(control, x.draft)
		}
	}
	if len(tested) != 1 || len(control) != 1 {
		return nil
	}
	return []draft{tested[0], control[0]}
}

// namedApart joins the one name of a treatment among three names of groups to the generic one of its part: "intervention",
// "control" and "massage" are two groups.
func (r *reading) namedApart(ds []draft, w *witnesses) []draft {
	ds = r.testedOnce(r.withoutDoses(ds), w)
	if len(ds) == 4 {
		return r.pairedApart(ds)
	}
	if len(ds) != 3 {
		return ds
	}
	at, tested, control := -1, -1, -1
	for i, d := range ds {
		switch {
		case d.generic == "":
			at = i
		case isControl(d.generic):
			control = i
		case !numberedName.MatchString(d.generic):
			tested = i
		}
	}
	if at < 0 || tested < 0 || control < 0 {
		return ds
	}
	if isControlLabel(r.doc.At(ds[at].label)) {
		tested = control
	}
	ds[tested] = merged(ds[tested], ds[at])
	return slices.Delete(ds, at, at+1)
}

// withoutDoses joins names that are one but for numbers and words for a treatment: "hypertonic saline" and "5% hypertonic saline". Where
// several differ by their numbers alone they stay apart.
func (r *reading) withoutDoses(ds []draft) []draft {
	var out []draft
	for i, d := range ds {
		bare := r.bareName(d)
		same := 0
		at := -1
		for j, x := range ds {
			if j != i && bare != "" && r.bareName(x) == bare {
				same++
				if j < i {
					at = slices.IndexFunc(out, func(o draft) bool { return o.label == x.label })
				}
			}
		}
		if same == 1 && at >= 0 {
			out[at] = merged(out[at], d)
			out[at].aliases = append(out[at].aliases, r.doc.At(d.label))
			continue
		}
		out = append(out, d)
	}
	return out
}

// bareName returns the words of a name but for numbers and words for a treatment.
func (r *reading) bareName(d draft) string {
	if d.label.Len() == 0 || d.generic != "" {
		return ""
	}
	ws := slices.DeleteFunc(contentWords(r.fullName(d)), func(w string) bool {
		return digitStart(w) || doseUnits[w] || w == "treatment" || w == "therapy" || w == "%"
	})
	return strings.Join(ws, " ")
}

// testedOnce joins the generic names of the group that is tested, "active" and "intervention", and gives them to the one name of a
// treatment where there is one beside a control. Beside several, which it may stand for together, it is left out, as is a name beside
// groups that go by letters.
func (r *reading) testedOnce(ds []draft, w *witnesses) []draft {
	generic := func(d draft) bool {
		return d.generic != "" && !isControl(d.generic) && !numberedName.MatchString(d.generic)
	}
	var out []draft
	named, lettered, tested := 0, 0, -1
	for _, d := range ds {
		switch {
		case numberedName.MatchString(d.generic):
			lettered++
		case generic(d) && tested >= 0:
			out[tested] = merged(out[tested], d)
			continue
		case generic(d):
			tested = len(out)
		case d.generic == "" && !isControlLabel(r.doc.At(d.label)):
			named++
		}
		out = append(out, d)
	}
	if lettered > 1 {
		if told := r.toldUnlettered(ds, w); told != nil {
			return told
		}
		return slices.DeleteFunc(out, func(d draft) bool { return d.generic == "" && !isControlLabel(r.doc.At(d.label)) })
	}
	control := slices.ContainsFunc(out, func(d draft) bool { return isControl(d.generic) })
	if tested < 0 || named == 0 || control || len(out) < 3 {
		return out
	}
	if named == 1 {
		k := slices.IndexFunc(out, func(d draft) bool { return d.generic == "" && !isControlLabel(r.doc.At(d.label)) })
		out[k] = merged(out[k], out[tested])
	}
	return slices.Delete(out, tested, tested+1)
}

// toldUnlettered returns the names of which the results tell, two or more, where they tell of none of the groups that go by letters, which are then
// not the arms: "Group 1" of those with a disease. It is nil where the results tell of one by its letter.
func (r *reading) toldUnlettered(ds []draft, w *witnesses) []draft {
	told := func(d draft) bool {
		return slices.ContainsFunc(w.all, func(x witness) bool { return x.told > 0 && x.label == d.label && x.generic == d.generic })
	}
	var out []draft
	for _, d := range ds {
		switch lettered := numberedName.MatchString(d.generic); {
		case lettered && told(d):
			return nil
		case !lettered && told(d):
			out = append(out, d)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// pairedApart joins two names of treatments to the generic names of the two groups: the one of a control's kind to the control.
func (r *reading) pairedApart(ds []draft) []draft {
	tested, control, usual, other := -1, -1, -1, -1
	for i, d := range ds {
		name := strings.ToLower(r.fullName(d))
		switch {
		case numberedName.MatchString(d.generic):
			return ds
		case d.generic != "" && isControl(d.generic):
			control = i
		case d.generic != "":
			tested = i
		case isControlLabel(name) || strings.HasPrefix(name, "conventional ") || strings.HasPrefix(name, "standard "):
			usual = i
		default:
			other = i
		}
	}
	if tested < 0 || control < 0 || usual < 0 || other < 0 {
		return ds
	}
	return []draft{merged(ds[tested], ds[other]), merged(ds[control], ds[usual])}
}

// treatedTail ends a word for people by what they were given: "zolpam-treated".
var treatedTail = rules.New(`(?i)[-\x{2010}\x{2011}](?:treated|assigned|allocated|exposed)$`)

// peopleGiven reads what people are said to have received where that tells them from others: "women allocated to X",
// "those who received Y", "patients treated with Z".
func (r *reading) peopleGiven(words []word, n int) (document.Span, bool) {
	k := n + 1
	for k < len(words) && k < n+5 && (words[k].lower == "who" || words[k].lower == "that" || words[k].lower == "were" || words[k].lower == "had" || words[k].lower == "randomly" || words[k].lower == "been" || words[k].lower == "in" || words[k].lower == "the") {
		k++
	}
	if k+2 >= len(words) {
		return document.Span{}, false
	}
	switch l := words[k].lower; {
	case (l == "allocated" || l == "assigned" || l == "randomized" || l == "randomised") && words[k+1].lower == "to", l == "treated" && words[k+1].lower == "with":
		k += 2
	case l == "receiving" || l == "received" || l == "taking" || l == "given" || l == "using" || l == "undergoing":
		k++
	default:
		return document.Span{}, false
	}
	var ws []word
	for _, w := range words[k:min(len(words), k+9)] {
		if w.depth > words[n].depth || finiteVerbs[w.lower] || phraseStops[w.lower] || w.lower == "," || w.lower == "and" || w.lower == "or" || w.lower == "(" || w.lower == ")" || w.lower == "scored" || w.lower == "underwent" || w.lower == "received" {
			break
		}
		ws = append(ws, w)
	}
	if len(ws) == 0 {
		return document.Span{}, false
	}
	return r.armPhrase(ws)
}

// trulyNamed keeps, of the names that stand before "group", those that name one of a study's own: generic ones, those
// that come again, those that the title has, and treatments that the vocabulary knows.
func (r *reading) trulyNamed(t *telling, w *witnesses) []draft {
	title := map[string]bool{}
	for _, s := range t.titles {
		for _, w := range contentWords(r.doc.At(s)) {
			title[w] = true
		}
	}
	var out []draft
	for _, d := range w.all {
		known := d.generic != "" || d.grouped > 1 || isControlLabel(r.doc.At(d.label)) || len(r.treatments(d.label)) > 0 ||
			slices.ContainsFunc(contentWords(r.doc.At(d.label)), func(w string) bool { return title[w] })
		if known && d.grouped > 0 && len(out) < 6 {
			out = append(out, d.draft)
		}
	}
	return out
}

var (
	groupWord = wordSet("group groups arm arms")
	// unnamedGroups are words before "group" that name none.
	unnamedGroups = wordSet(`both two three four five all each either every other another same patient patients age study these those
		research experimental-group affected unaffected left right upper paretic dominant non-dominant operated no any between within among across first-line support focus sub working peer small large largest single
		user ethnic racial risk target client general second opposite parallel remaining respective respectively different similar`)
	groupStops = wordSet(`the a an in of to for with by from than vs versus between among was were had is are ; : ( ) [ ] . as per at on into
		compared that which who while whereas only over after during not did`)
)

// groupNames returns the names that stand before the word "group" at place n: one, or those of a list where the word is
// plural; for "group A" the word and its letter.
func groupNames(text string, words []word, n int) []document.Span {
	w := words[n]
	if n+1 < len(words) && !strings.HasSuffix(w.lower, "s") && (groupLetter(words[n+1]) && text[words[n+1].Start] != 'a' || words[n+1].Len() == 1 && text[words[n+1].Start] >= 'A' && text[words[n+1].Start] <= 'Z') && !(n > 0 && genericLabels[words[n-1].lower] && digitStart(words[n+1].lower)) { // "in the study group a capsule", "in the control group 1 case"
		return []document.Span{{Start: w.Start, End: words[n+1].End}}
	}
	if n > 3 && words[n-1].lower == ")" && words[n-1].depth == w.depth { // "the control (CG) group"
		if k := n - 2; words[k].depth > w.depth && words[k-1].lower == "(" {
			words, n = slices.Concat(words[:k-1], words[n:]), k-1
		}
	}
	start := n
	for start > 0 && n-start < 8 && words[start-1].depth == w.depth && !groupStops[words[start-1].lower] {
		start--
	}
	var out []document.Span
	for from, k := start, start; k <= n; k++ {
		if k < n && words[k].lower != "and" && words[k].lower != "or" && words[k].lower != "," {
			continue
		}
		if k > from && k-from <= 4 && !unnamedGroups[words[from].lower] && !unnamedGroups[words[k-1].lower] && !digitStart(words[from].lower) {
			out = append(out, document.Span{Start: words[from].Start, End: words[k-1].End})
		}
		from = k + 1
	}
	if !strings.HasSuffix(w.lower, "s") && len(out) > 1 { // "pain and the drug group": only the last belongs to the word
		out = out[len(out)-1:]
	}
	return out
}

// groupLetter reports whether a word is the letter or number of a group.
func groupLetter(w word) bool {
	switch w.lower {
	case "a", "b", "c", "d", "1", "2", "3", "4", "i", "ii", "iii", "iv":
		return w.lower != "a" || w.Len() == 1
	}
	return false
}

// setsGroups reports whether a study sets groups against one another, so that its arms may be known by their names
// alone.
func setsGroups(s *evidence.Study) bool {
	d := s.Design
	switch d.Model {
	case "single group":
		return d.Allocation == evidence.Randomized || d.Allocation == evidence.ClusterRandomized
	case "crossover", "parallel", "factorial":
		return true
	}
	return d.Kind == evidence.KindTrial || d.Kind == evidence.KindSecondaryAnalysis || d.Allocation == evidence.Randomized || d.Allocation == evidence.ClusterRandomized
}
