package extract

import (
	"slices"
	"strings"
)

// listedFaintly returns the arms of the likeliest list of a study of which no list is good enough by itself: those of its title, of
// its aim and methods, and of sentences that an abstract without headings has before its results. Each of its arms can be one by
// itself, and the results know them or the title has them.
func (r *reading) listedFaintly(t *telling) []draft {
	w := r.witnessesOf(t)
	var best []draft
	top := 1.2
	try := func(at int, less float64, lists []armList) {
		for _, l := range lists {
			arms := r.drafts(at, l.items)
			if l.weight < 1.2 || len(arms) < 2 || len(arms) > 6 || r.outcomesRather(arms) || r.repeats(arms) || !r.giveable(arms) || at >= 0 && l.weight < 2 && !r.allGiven(l.items) {
				continue
			}
			known, covers := r.known(arms, w)
			if weight := l.weight - less + 1.5*(mean(known)-1) + 0.7*(covers-1) + asTold(len(arms), r.groupsTold(t)); weight > top {
				best, top = arms, weight
			}
		}
	}
	for _, s := range t.titles {
		try(-1, -0.8, r.armLists(s, true))
	}
	for _, i := range t.sentences {
		s := r.doc.Sentences[i].Span
		switch r.roles[i] {
		case roleBackground:
			less := 0.1
			if ws := r.words(s); len(ws) > 2 && countsPeople(ws) { // "Forty volunteers received": this study's own
				less = -0.3
			}
			if len(r.citedIn(s)) == 0 {
				try(i, less, r.armLists(s, false))
			}
		case roleResults, roleConclusion, roleRegistration, roleNone:
		default:
			try(i, -0.3, r.armLists(s, false))
		}
	}
	return best
}

// giveable reports whether each of some arms can be one by itself, and one of them surely is: a control, something that the vocabulary
// or the tagger knows to be given, or what has a size or an abbreviation.
func (r *reading) giveable(arms []draft) bool {
	sure := false
	for _, d := range arms {
		doubt := r.doubtful(d)
		name := strings.ToLower(r.doc.At(d.label))
		if doubt > 0 || d.label.Len() == 0 && d.generic == "" || !strings.Contains(name, " ") && adjective(name) && len(r.treatments(d.label)) == 0 && d.abbr == "" {
			return false
		}
		sure = sure || doubt < 0 || d.generic != "" || d.n.Present() || d.abbr != "" || isControlLabel(r.doc.At(d.label)) || len(r.treatments(d.label)) > 0
	}
	return sure && !slices.ContainsFunc(arms, func(d draft) bool { return r.collective(d.label) })
}

// countsPeople reports whether words open with a number of people in full: "Forty healthy volunteers".
func countsPeople(ws []word) bool {
	if !digitStart(ws[0].lower) && !countingWord.MatchString(ws[0].lower) {
		return false
	}
	return slices.ContainsFunc(ws[1:min(5, len(ws))], func(w word) bool { return peopleHeads[w.lower] })
}

// countingWord is a number in words from eight on.
var countingWord = rules.New(`^(?:eight|nine|ten|eleven|twelve|\p{Ll}+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\p{Ll}+)?)$`)
