package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// resultSides finds the arms of a study that nowhere lists them by what its results set against one another: "lower
// with A than with B", "A resulted in less X than B". A side counts when it comes twice, or when it stands against one
// that does. The arm that is known otherwise, if any, is one of the sides.
func (r *reading) resultSides(t *telling, known draft) []draft {
	var pairs [][2]document.Span
	for _, i := range t.sentences {
		if r.roles[i] != roleResults && r.roles[i] != roleConclusion {
			continue
		}
		pairs = append(pairs, r.sidesIn(r.doc.Sentences[i].Span)...)
	}
	name := func(s document.Span) string { return strings.Join(contentWords(r.doc.At(s)), " ") }
	times := map[string]int{}
	for _, p := range pairs {
		times[name(p[0])]++
		times[name(p[1])]++
	}
	own := strings.Join(contentWords(r.doc.At(known.label)), " ")
	for _, p := range pairs {
		a, b := name(p[0]), name(p[1])
		if a == b || a == "" || b == "" || !twins(a, b) && times[a] < 2 && a != own && (times[b] < 2 && b != own) {
			continue
		}
		x, okx := r.draft(p[0])
		y, oky := r.draft(p[1])
		if okx && oky && r.doubtful(x) < 1 && r.doubtful(y) < 1 {
			return []draft{x, y}
		}
	}
	return nil
}

// twins reports whether two names of sides differ in their first word alone: "low fat diet", "high fat diet".
func twins(a, b string) bool {
	_, x, _ := strings.Cut(a, " ")
	_, y, _ := strings.Cut(b, " ")
	return x != "" && x == y && !personNouns[x] && !personNouns[x+"s"]
}

// allocatedBefore reads the arms of a study that tells of its allocation only where its background stands: "the children had
// been randomized to A or B in the parent trial".
func (r *reading) allocatedBefore(t *telling) []draft {
	for _, i := range t.sentences {
		if r.roles[i] != roleBackground || len(r.citedIn(r.doc.Sentences[i].Span)) > 0 {
			continue
		}
		for _, l := range r.armLists(r.doc.Sentences[i].Span, false) {
			if l.weight < 2.2 {
				continue
			}
			if arms := r.drafts(i, l.items); len(arms) > 1 && len(arms) < 9 && !r.outcomesRather(arms) {
				return arms
			}
		}
	}
	return nil
}

// withAndWithout reads the arms of a study that compares what it does "with and without A".
func (r *reading) withAndWithout(t *telling) []draft {
	for _, p := range r.places(t, roleObjective, roleDesign, roleParticipants, roleInterventions, roleMethods) {
		ws := clauseWords(r.words(p.Span), p.Span)
		for i := 0; i+3 < len(ws); i++ {
			if ws[i].lower != "with" || ws[i+1].lower != "and" && ws[i+1].lower != "or" || ws[i+2].lower != "without" {
				continue
			}
			a, ok := r.armPhrase(ws[i+3 : r.listEnd(ws, i+3, receptionList)])
			if !ok {
				continue
			}
			if arms := r.drafts(p.sentence, []document.Span{a, {Start: ws[i+2].Start, End: a.End}}); arms != nil {
				return arms
			}
		}
	}
	return nil
}

// sideMarks stand before the name of a side of a comparison.
var sideMarks = setOf("in", "with", "for", "after", "following", "by", "under", "during", "among", "on", "of", "to", "from", "at")

// sideBehind reads the side that stands behind "than" or "versus".
func (r *reading) sideBehind(ws []word) (document.Span, bool) {
	named := func() bool { return ws[0].lower == "placebo" && (groupWord[ws[1].lower] || groupNouns[ws[1].lower]) } // "the placebo condition"
	for len(ws) > 1 && (sideMarks[ws[0].lower] || ws[0].lower == "the" || ws[0].lower == "those" || ws[0].lower == "that" || personNouns[ws[0].lower] && !named() || ws[0].lower == "receiving") {
		ws = ws[1:]
	}
	end := 0
	for end < len(ws) && end < 6 && !phraseStops[ws[end].lower] && !finiteVerbs[ws[end].lower] && !listStops[ws[end].lower] && ws[end].lower != "," && ws[end].lower != "." && ws[end].lower != ";" && ws[end].lower != "and" && ws[end].lower != "or" {
		end++
	}
	if slices.ContainsFunc(ws[:end], func(w word) bool { return comparative(w.lower) }) {
		return document.Span{}, false
	}
	if end == 0 || end == 6 || ws[0].lower == "before" || digitStart(ws[0].lower) {
		return document.Span{}, false
	}
	return r.armPhrase(ws[:end])
}

// sideBefore reads the side that stands before "than" or "versus": behind the last preposition, or the subject of the
// clause.
func (r *reading) sideBefore(ws []word) (document.Span, bool) {
	end := len(ws)
	for at := end - 1; at >= 0 && at > end-9; at-- {
		switch l := ws[at].lower; {
		case l == "with" || l == "in" || l == "following" || l == "after" || l == "for" || l == "by":
			if s, ok := r.sideBehind(ws[at:end]); ok && s.End >= ws[end-1].Start-30 {
				return s, true
			}
		case l == ";" || l == ".":
			return document.Span{}, false
		}
	}
	start := 0
	for i := end - 1; i > 0; i-- {
		if l := ws[i].lower; l == "," || l == ";" || clauseOpeners[l] && finiteVerbs[ws[min(i+3, end-1)].lower] {
			start = i + 1
			break
		}
	}
	verb := slices.IndexFunc(ws[start:], func(w word) bool { return finiteVerbs[w.lower] || resultVerbs[w.lower] })
	if verb < 1 || verb > 5 {
		return document.Span{}, false
	}
	return r.armPhrase(ws[start : start+verb])
}

// resultVerbs are verbs of which the subject is what was tried.
var resultVerbs = setOf("produced", "displayed", "resulted", "provided", "caused", "induced", "led", "yielded", "exhibited", "performed", "showed", "reduced", "increased", "improved", "decreased")
