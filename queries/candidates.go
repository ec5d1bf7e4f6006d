package queries

import (
	"slices"
	"strings"
)

// candidates returns everything that the words from i on can be.
func (r *reader) candidates(i int, mentions map[int][]tag) []candidate {
	var out []candidate
	for _, at := range []func(int) (tag, bool){r.rangeAt, r.listAt, r.amountAt, r.unitFirst, r.phaseAt, r.namedStating} {
		if t, ok := at(i); ok {
			out = append(out, candidate{t, 9})
		}
	}
	for _, m := range mentions[i] {
		if !r.saysWhen(m.from, m.to, m.concepts) && !r.relationRather(r.text(m), m.concepts) && !r.onlyEmpty(m.from, m.to) && !r.wordRather(m.from, m.to, m.concepts) {
			out = append(out, candidate{m, r.conceptOrder(m)})
		}
	}
	out = append(out, r.titleCandidates(i)...)
	if t, ok := r.titlePart(i); ok {
		out = append(out, candidate{t, 8})
	}
	keyed := ""
	for j := i; j < len(r.words) && j-i < r.longest; j++ {
		if j > i {
			keyed += " "
		}
		keyed += r.words[j].norm
		out = r.appendNamed(out, i, j+1, keyed)
	}
	return out
}

// titleCandidates returns the titles of reports whose first words stand at word i, as far as the question goes on like them.
func (r *reader) titleCandidates(i int) (out []candidate) {
	if i+titleWords > len(r.words) {
		return nil
	}
	var first []string
	for _, w := range r.words[i : i+titleWords] {
		first = append(first, w.norm)
	}
	for _, t := range r.titles[strings.Join(first, " ")] {
		if t.name.kind == citedName && r.isThing(i, i+len(t.words)) {
			continue
		}
		n := titleWords
		for i+n < len(r.words) && n < len(t.words) && r.words[i+n].norm == t.words[n] {
			n++
		}
		if n < len(t.words) && (r.opensWithThing(i, i+n) || r.asksOfThing(i, i+n)) {
			continue // what the title is about, and not the title
		}
		out = append(out, candidate{tag{from: i, to: i + n, names: []name{t.name}}, 9})
	}
	return out
}

// appendNamed adds what some words, of which keyed is the key, are in the tables, in the graph and in the vocabulary.
func (r *reader) appendNamed(out []candidate, from, to int, keyed string) []candidate {
	t := tag{from: from, to: to}
	if p, ok := r.phrases[keyed]; ok && p.use == useNamed {
		if ids := r.vocab.Named(p.value); len(ids) > 0 {
			out = append(out, candidate{tag{from: from, to: to, concepts: ids, reads: p.value}, 6})
		} else if ns := r.named[key(p.value)]; len(ns) > 0 { // no concept, but what the documents call so
			out = append(out, candidate{tag{from: from, to: to, names: ns, reads: p.value}, 6})
		}
	} else if ok {
		t.phrase = p
		out = append(out, candidate{t, phraseOrder(p, to-from)})
		t.phrase = phrase{}
	}
	if ns := r.named[keyed]; len(ns) > 0 && !r.weakName(ns, r.words[from:to]) && !((ns[0].kind == citedName || ns[0].kind == documentName) && r.isThing(from, to)) {
		t.names = ns
		out = append(out, candidate{t, nameOrder(ns)})
		t.names = nil
	}
	if to-from > 6 {
		return out
	}
	form := r.between(from, to)
	if m, ok := r.vocab.Measure(form); ok && !emptyWords[keyed] && !plainMeasures[m.ID] {
		t.measure = m.ID
		out = append(out, candidate{t, 3})
		t.measure = ""
	}
	if ids := r.vocab.Named(form); len(ids) > 0 && !r.onlyEmpty(from, to) && !r.saysWhen(from, to, ids) && !r.relationRather(form, ids) && !r.wordRather(from, to, ids) {
		t.concepts = ids
		out = append(out, candidate{t, r.conceptOrder(t)})
	}
	return out
}

// titlePart reads capitalized words as the study in whose report's title they stand, one after the other; others too that stand before
// "trial" or the like: "the taper support trial".
func (r *reader) titlePart(i int) (tag, bool) {
	if i == 0 {
		return tag{}, false
	}
	for j := min(i+6, len(r.words)); j > i+1; j-- {
		before := j < len(r.words) && !r.partial && (r.words[j].text == "trial" || r.words[j].text == "study" || r.words[j].text == "review")
		if !before && (!capitalised(r.words[i].text) || !capitalised(r.words[j-1].text)) || r.inTables(i, j) || len(r.vocab.Named(r.question[r.words[i].start:r.words[j-1].end])) > 0 {
			continue
		}
		var part []string
		long := 0
		for _, w := range r.words[i:j] {
			if part = append(part, w.norm); len(w.norm) > 2 {
				long++
			}
		}
		if long < 2 { // "Protocol A" is no part of "... protocol: a randomized trial"
			continue
		}
		want := " " + strings.Join(part, " ") + " "
		var found []name
		for _, st := range r.studies {
			for _, t := range st.Tellings {
				if rep := telledReport(t); rep != nil && strings.Contains(" "+key(rep.Title)+" ", want) {
					found = append(found, name{kind: studyName, text: studyLabel(st), id: st.ID, study: st.ID})
					break
				}
			}
		}
		if len(found) == 1 {
			return tag{from: i, to: j, names: found}, true
		}
	}
	return tag{}, false
}

// candidate is a tag with the order in which it wins over others of its length.
type candidate struct {
	tag
	order int
}

func (c candidate) rank() int { return c.order }

// mentions returns the vocabulary's mentions by the word that they start at.
func (r *reader) mentions() map[int][]tag {
	out := map[int][]tag{}
	for _, m := range r.vocab.Mentions(r.question, 0) {
		from := slices.IndexFunc(r.words, func(w word) bool { return w.start >= m.Start })
		if from < 0 || r.words[from].end > m.End {
			continue
		}
		to := from
		for to < len(r.words) && r.words[to].end <= m.End {
			to++
		}
		out[from] = append(out[from], tag{from: from, to: to, concepts: m.Concepts})
	}
	return out
}
