package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/vocab"
)

// What a name that some words could be is meant as, where they can be something plainer too.

// isThing reports whether words are the name of a thing that the vocabulary knows, whatever article stands before it: a
// cited report titled "The Hospital Anxiety and Depression Scale" is meant less often than the scale.
func (r *reader) isThing(from, to int) bool {
	for from < to && from < len(r.words) && emptyWords[r.words[from].norm] {
		from++
	}
	to = min(to, len(r.words))
	return from < to && r.isNamed(r.vocab.Named(r.question[r.words[from].start:r.words[to-1].end]))
}

// opensWithThing reports whether words are, or begin with, the name of a thing that the vocabulary knows, of several words, behind
// which nothing or a word of what happened to something comes: "cognitive therapy reduces pain".
func (r *reader) opensWithThing(from, to int) bool {
	for k := min(to, len(r.words)); k > from+1; k-- {
		if !r.isThing(from, k) {
			continue
		}
		if k == to {
			return true
		}
		p := r.phrases[r.words[k].norm]
		return p.use == useRelation || emptyWords[r.words[k].norm]
	}
	return false
}

// asksOfThing reports whether words are the beginning of a title and of many questions alike: "the effect of exercise", "long-term
// effects of".
func (r *reader) asksOfThing(from, to int) bool {
	for from < to && (emptyWords[r.words[from].norm] || formsOf("opener")[r.words[from].norm] != "") {
		from++
	}
	return from == to || len(r.vocab.Named(r.between(from, to))) > 0
}

// inTables reports whether words are in the tables, but for what stands before them and means nothing by itself: "the United Kingdom".
func (r *reader) inTables(from, to int) bool {
	for from+1 < to && emptyWords[r.words[from].norm] {
		from++
	}
	return r.phrases[key(r.between(from, to))].use != ""
}

// onlyEmpty reports whether words are all ones that mean nothing by themselves, in small letters: "had a" is no scale.
func (r *reader) onlyEmpty(from, to int) bool {
	for _, w := range r.words[from:to] {
		if !emptyWords[w.norm] || acronym(w.text) {
			return false
		}
	}
	return true
}

// saysWhen reports whether words that name a concept begin with a time that the concept is not called by, and name it without that too:
// "30-day mortality" is mortality, at 30 days.
func (r *reader) saysWhen(from, to int, ids []string) bool {
	if to-from < 3 {
		return false
	}
	if _, ok := r.numberAt(from); !ok {
		return false
	}
	unit, k := r.unitAt(from + 1)
	if k == from+1 || k >= to || !timeUnit(unit.ID) || len(r.vocab.Named(r.between(k, to), vocab.TypeOutcome)) == 0 {
		return false
	}
	return !slices.ContainsFunc(ids, func(id string) bool {
		c, ok := r.vocab.Concept(id)
		return ok && slices.Contains(norms(c.Label), r.words[from].norm)
	})
}

// wordRather reports whether a word in small letters is meant as the word that it is, and not as the abbreviation that has other
// meanings too: "stop" is no therapy called STOP, "more" none called MORE.
func (r *reader) wordRather(from, to int, ids []string) bool {
	if to != from+1 {
		return false
	}
	w := r.words[from].text
	if len(w) < 4 || w != strings.ToLower(w) {
		return false
	}
	for _, id := range ids {
		c, ok := r.vocab.Concept(id)
		if !ok || !slices.ContainsFunc(c.Forms, func(f vocab.Form) bool { return f.Abbreviation && f.Ambiguous && strings.EqualFold(f.Text, w) }) {
			return false
		}
	}
	return len(ids) > 0
}
