package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// A sentence often names an outcome in other words than the study announced it in, or than the sentence before told of it. While findings
// are told, both stand under one name, by which they are compared and joined; a finding is handed out with the words of its own
// sentence, beside the concept and the role of the study's outcome. Where these words say less than the name, and the
// sentence has the rest of it too, the name stays.

// namedAs is an outcome in a sentence, which is known by where it starts.
type namedAs struct {
	sentence int
	outcome  evidence.OutcomeRef
}

// calls keeps the words by which a sentence calls an outcome. What goes on about the outcome in fewer words leaves the fuller name.
func (f *finder) calls(o evidence.OutcomeRef, s document.Span) {
	i, ok := f.r.sentenceAround(s)
	if !ok || o.Text == "" {
		return
	}
	if s, ok = f.nameIn(s); !ok || f.r.doc.At(s) == o.Text {
		return
	}
	at := namedAs{f.r.doc.Sentences[i].Start, o}
	if have, ok := f.called[at]; ok && wordsAmong(f.r.doc.At(s), f.r.doc.At(have)) {
		return
	}
	if f.called == nil {
		f.called = map[namedAs]document.Span{}
	}
	f.called[at] = s
}

// nameIn cuts the words by which a sentence calls an outcome to a name; ok is false where they name nothing by themselves.
func (f *finder) nameIn(s document.Span) (name document.Span, ok bool) {
	whole := s
	if s, ok = f.nominal(s); !ok {
		return s, false
	}
	if lead := strings.ToLower(f.r.doc.At(document.Span{Start: whole.Start, End: s.Start})); strings.HasSuffix(lead, "overall ") {
		s.Start -= len("overall ") // "overall survival" is a name
	}
	ws := f.r.words(s)
	for len(ws) > 0 && ws[0].depth == 0 && isBracket(ws[0].lower) { // "(SD) score"
		end := slices.IndexFunc(ws[1:], func(w word) bool { return w.depth == 0 })
		ws = ws[end+2:]
	}
	if len(ws) > 2 && changeSigns[ws[0].lower] != "" && (ws[1].lower == "in" || ws[1].lower == "of") {
		ws = ws[2:]
	}
	if len(ws) > 2 && personNouns[ws[0].lower] && (ws[1].lower == "'" || ws[1].lower == "’") {
		ws = ws[2:]
	}
	for len(ws) > 1 && (comparative(ws[0].lower) && !sited[ws[1].lower] || determiners[ws[0].lower] && ws[0].lower != "overall" || numerals[ws[0].lower] > 0) {
		ws = ws[1:]
	}
	for len(ws) > 1 && (digitStart(ws[len(ws)-1].lower) && phraseStops[ws[len(ws)-2].lower] || phraseStops[ws[len(ws)-1].lower] || !isLetter(ws[len(ws)-1].lower[:1]) && ws[len(ws)-1].lower != ")") {
		ws = ws[:len(ws)-1]
	}
	if len(ws) == 0 {
		return s, false
	}
	s = f.toLimit(document.Span{Start: ws[0].Start, End: ws[len(ws)-1].End})
	if len(ws) == 1 && strings.HasSuffix(ws[0].lower, "ic") {
		return s, false // "aerobic and anaerobic counts"
	}
	return s, slices.ContainsFunc(topicWords(f.r.doc.At(s)), func(w string) bool { return !saysLittle(w) })
}

// toLimit goes on from a name over the limit that follows it: "viral load <50 copies/mL".
func (f *finder) toLimit(s document.Span) document.Span {
	i, _ := f.r.sentenceAround(s)
	ws := wordsOf(f.r.doc.Text, document.Span{Start: s.End, End: min(s.End+40, f.r.doc.Sentences[i].End)})
	if len(ws) < 2 || !strings.ContainsAny(ws[0].lower, "<>≤≥") || !digitStart(ws[1].lower) {
		return s
	}
	if s.End = ws[1].End; len(ws) > 2 && (ws[2].lower == "%" || strings.Contains(ws[2].lower, "/")) {
		s.End = ws[2].End
	}
	return s
}

// saysLittle reports whether a word of a name, without the ending of its plural, says of itself nothing of what was measured.
func saysLittle(w string) bool {
	return plainNames[w] || measureNoun[w] || backWords[w] || courseOfStudy[w] || personNouns[w] || personNouns[w+"s"] || vagueNames[w] || digitStart(w)
}

// vagueNames are nouns that say of themselves too little of what was measured, and often stand for what was told of before.
var vagueNames = setOf("percent", "average", "person", "difference", "positive", "negative", "response", "responder", "event", "morning", "evening", "data", "participants'", "patients'", "dosage", "dose", "use", "severity",
	"intensity", "symptom", "function", "quality", "volume", "status", "performance", "activity", "control", "risk", "intake", "success", "failure", "efficacy", "effectiveness", "safety", "need", "visit", "test", "measure", "item", "domain",
	"dimension", "component", "complication", "duration", "length", "size", "area", "thickness", "concentration", "ability", "satisfaction", "adherence", "knowledge", "attitude", "behavior", "behaviour", "burden", "cost")

// ownWords hands findings out with the words by which their sentences call their outcomes.
func (f *finder) ownWords(found []*toldFinding) {
	for _, d := range found {
		if s, ok := f.called[namedAs{d.Passages[0].Start, d.Outcome}]; ok && f.tellsMore(d, s) {
			if slices.ContainsFunc(f.t.study.Outcomes, func(o evidence.Outcome) bool { return o.Text == d.Outcome.Text }) {
				d.Outcome.Announced = d.Outcome.Text
			}
			d.Outcome.Text = strings.Join(strings.Fields(f.r.doc.At(s)), " ")
		}
		d.Outcome.Text = closed(d.Outcome.Text)
		if d.Outcome.Concept != "" && f.r.ratesOther(d.Outcome.Text) && f.r.scales(d.Outcome.Text, d.Outcome.Concept) {
			d.Outcome.Concept = f.r.byWords(d.Outcome.Text) // what is rated, not what such scales mostly rate
		}
	}
}

// scales reports whether a name has an instrument that measures a concept.
func (r *reading) scales(name, concept string) bool {
	for _, m := range r.vocab.Mentions(name, 0) {
		if slices.ContainsFunc(m.Concepts, func(id string) bool {
			return r.typed(id, []string{vocab.TypeInstrument}) && r.measuredBy(id) == concept
		}) {
			return true
		}
	}
	return false
}

// closed returns a name without the bracket that opens in it and does not close, and without marks that close one which did not open.
func closed(name string) string {
	var open []int
	out := make([]byte, 0, len(name))
	for i := range len(name) {
		switch name[i] {
		case '(', '[':
			open = append(open, len(out))
		case ')', ']':
			if len(open) == 0 {
				continue
			}
			open = open[:len(open)-1]
		}
		out = append(out, name[i])
	}
	if len(open) > 0 && open[0] > 0 {
		out = out[:open[0]]
	}
	return strings.TrimSpace(string(out))
}

// tellsMore reports whether the words of a sentence are to stand for the name of an outcome: the name says what the sentence does not, it
// does not only go on from where these words end, and it is of no change of what they name.
func (f *finder) tellsMore(d *toldFinding, s document.Span) bool {
	own, name := strings.ToLower(f.r.doc.At(s)), strings.ToLower(d.Outcome.Text)
	for w := range strings.FieldsSeq(name + " " + own) {
		if w = strings.Trim(w, ",;:()"); (changeSigns[w] != "" || turningNames[w]) && strings.Contains(own, w) != strings.Contains(name, w) {
			return false
		}
	}
	return !wordsAmong(name, d.Passages[0].Text) && !(strings.Contains(own, " ") && strings.HasPrefix(name, own+" "))
}

// turningNames are names of what happens to something, of which a direction says the contrary of what it says of the thing.
var turningNames = setOf("relief", "lowering", "normalization", "normalisation", "resolution", "dropout", "discontinuation", "withdrawal", "failure", "response", "remission", "responder", "responders", "improved", "reduced", "decreased", "increased")

// wordsAmong reports whether all words that say what a name is of are among those of a text, in any form.
func wordsAmong(name, text string) bool {
	known := topicWords(text)
	return !slices.ContainsFunc(topicWords(name), func(w string) bool {
		return !saysLittle(w) && !slices.ContainsFunc(known, func(k string) bool { return k == w || sameStem(k, w) || sameStem(w, k) })
	})
}
