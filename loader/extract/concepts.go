package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// conceptMention is a stretch of text that names a concept.
type conceptMention struct {
	document.Span
	id string
}

// conceptsIn returns the concepts of the given types that a stretch of text names, in text order; no type means all.
// An abbreviation that the document defines stands for what its long form names; an ambiguous one that it does not
// define stands for nothing.
func (r *reading) conceptsIn(s document.Span, types ...string) []conceptMention {
	var out []conceptMention
	text := r.doc.At(s)
	found, ok := r.mentions[s]
	if !ok {
		found = r.mentionsIn(s)
		if r.mentions == nil {
			r.mentions = map[document.Span][]vocab.Mention{}
		}
		r.mentions[s] = found
	}
	for _, m := range found {
		form := r.doc.Text[m.Start:m.End]
		ids := m.Concepts
		if long, ok := r.long(form); ok && isShort(form) {
			if named := r.named(long); len(named) > 0 {
				ids = named
			} else if m.Ambiguous || r.otherwise(m.Concepts, long) {
				if ids = r.spelledOut(m.Concepts, long); len(ids) == 0 {
					ids = r.longNamed(long)
				}
			}
		} else if m.Ambiguous || !r.inField(m.Needs) {
			continue
		}
		for _, id := range ids {
			if r.typed(id, types) {
				out = append(out, conceptMention{document.Span{Start: m.Start, End: m.End}, id})
				break
			}
		}
	}
	for short := range r.shorts { // sorted below
		for at := 0; ; {
			i := strings.Index(text[at:], short)
			if i < 0 {
				break
			}
			from, to := at+i, at+i+len(short)
			at = to
			span := document.Span{Start: s.Start + from, End: s.Start + to}
			if !wordBounds(text, from, to) || slices.ContainsFunc(out, func(c conceptMention) bool { return c.Overlaps(span) }) {
				continue
			}
			for _, id := range r.longNamed(r.shorts[short]) {
				if r.typed(id, types) {
					out = append(out, conceptMention{span, id})
					break
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b conceptMention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), strings.Compare(a.id, b.id))
	})
	return out
}

// mentionsIn finds what the vocabulary knows in a stretch of text.
func (r *reading) mentionsIn(s document.Span) []vocab.Mention {
	if i, ok := r.sentenceAround(s); ok && i < len(r.sentences) { // a labelled document has none that were marked
		if t, ok := r.sentences[i].Tokens.In(s.Start, s.End); ok {
			return t.Mentions()
		}
	}
	return r.vocab.Mentions(r.doc.At(s), s.Start)
}

// inField reports whether the document names one of some concepts, or one narrower; no concepts are always named.
func (r *reading) inField(needs []string) bool {
	if len(needs) == 0 {
		return true
	}
	if r.mentioned == nil {
		r.mentioned = map[string]bool{}
		for i := range r.sentences {
			for _, m := range r.sentences[i].Mentions {
				if m.Ambiguous || len(m.Needs) > 0 {
					continue
				}
				for _, id := range m.Concepts {
					for _, b := range r.vocab.Broader(id) {
						r.mentioned[b] = true
					}
				}
			}
		}
	}
	return slices.ContainsFunc(needs, func(id string) bool { return r.mentioned[id] })
}

// wholly returns the concepts that a phrase is a form of.
func (r *reading) wholly(phrase string, types ...string) []string {
	for _, m := range r.vocab.Mentions(phrase, 0) {
		if m.End-m.Start == len(phrase) && !r.inField(m.Needs) {
			return nil
		}
	}
	return r.vocab.Named(phrase, types...)
}

// otherwise reports whether the long form that a text gives for an abbreviation has next to nothing of any name of what the abbreviation stands for
// elsewhere: "SSI" of "surgical stress index".
func (r *reading) otherwise(concepts []string, long string) bool {
	words := contentWords(long)
	return len(words) > 1 && !slices.ContainsFunc(concepts, func(id string) bool {
		c, ok := r.vocab.Concept(id)
		return ok && slices.ContainsFunc(c.Forms, func(f vocab.Form) bool {
			form := contentWords(f.Text)
			return likeness(words, form) >= 0.4 || len(form) == 1 && slices.ContainsFunc(words, func(w string) bool { return sameStem(w, form[0]) })
		})
	})
}

// spelledOut returns those of some concepts of which a form has most of the words of a long form.
func (r *reading) spelledOut(concepts []string, long string) []string {
	words := contentWords(long)
	var out []string
	for _, id := range concepts {
		c, ok := r.vocab.Concept(id)
		if ok && slices.ContainsFunc(c.Forms, func(f vocab.Form) bool {
			form := contentWords(f.Text)
			return len(form) > 1 && likeness(words, form) >= 0.75
		}) {
			out = append(out, id)
		}
	}
	return out
}

// named returns the concepts that a whole phrase names: those of the mention that covers at least half of it.
func (r *reading) named(phrase string) []string {
	ids, ok := r.phrases[phrase]
	if !ok {
		ids = r.nameOf(phrase)
		if r.phrases == nil {
			r.phrases = map[string][]string{}
		}
		r.phrases[phrase] = ids
	}
	return ids
}

func (r *reading) nameOf(phrase string) []string {
	if ids := r.wholly(phrase); len(ids) > 0 {
		return ids
	}
	for _, m := range r.vocab.Mentions(phrase, 0) {
		if !m.Ambiguous && 2*(m.End-m.Start) >= len(phrase) {
			return m.Concepts
		}
	}
	return nil
}

// tellsMore matches the words behind the head of a long form from which on it says how, when or for what.
var tellsMore = rules.New(`(?i),?\s(?:that|which|who|whose|given|taken|administered|delivered|injected|infused|provided|offered|started|once|twice|for|at|on|in|by|via|during|before|after)\s`)

// longNamed returns the concepts that the long form of an abbreviation names: those of the whole, else those of its head,
// where more is told behind it: "buprenorphine depot that is given once a month".
func (r *reading) longNamed(long string) []string {
	if found := r.named(long); len(found) > 0 {
		return found
	}
	if m := tellsMore.FindStringIndex(long); m != nil && m[0] > 0 {
		return r.named(long[:m[0]])
	}
	return nil
}

// typed reports whether a concept is of one of some types; no types admit all.
func (r *reading) typed(id string, types []string) bool {
	if len(types) == 0 {
		return true
	}
	c, ok := r.vocab.Concept(id)
	return ok && slices.Contains(types, c.Type)
}

// ids returns the concepts of some mentions, each once, in text order.
func ids(ms []conceptMention) []string {
	var out []string
	for _, m := range ms {
		if !slices.Contains(out, m.id) {
			out = append(out, m.id)
		}
	}
	return out
}

// wordBounds reports whether no letter or digit touches the stretch from i to j.
func wordBounds(text string, i, j int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[j:])
	word := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	return !word(before) && !word(after)
}

// treatmentTypes are the types of concept that an arm can receive.
var treatmentTypes = []string{vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass, vocab.TypeComparator}

// treatments returns what an arm's label says that the arm received, as concepts. Several concepts that a composite
// has all as its parts or in its name give the composite; "collaborative care for X" gives the narrower concept that
// names X, where there is one.
func (r *reading) treatments(s document.Span) []string {
	list := ids(slices.DeleteFunc(r.conceptsIn(s, treatmentTypes...), func(m conceptMention) bool {
		return notGiven.MatchString(r.doc.Text[s.Start:m.Start])
	}))
	if len(list) == 0 {
		return nil
	}
	conditions := ids(r.conceptsIn(s, vocab.TypeCondition, vocab.TypePopulation))
	if narrow := r.narrowed(list[0], conditions); len(list) == 1 && narrow != "" {
		return []string{narrow}
	}
	if len(list) > 1 {
		if whole := r.composite(list); whole != "" {
			return []string{whole}
		}
	}
	return list
}

// notGiven stands in front of what an arm did not receive: "no tourniquet", "surgery without a drain"; opensNotGiven
// begins such a name.
var (
	notGiven      = rules.New(`(?i)(?:^|[\s(])(?:no|without|non)[ -](?:an? |the |any )?$`)
	opensNotGiven = rules.New(`(?i)^(?:no|without|non)[ -]`)
)

// treatmentAbbreviated returns the treatment that the long form of the one abbreviation in a label is one of, nil where the
// label sets several together: a drug that opens it, "BMI 300 mg" for a buprenorphine monthly injection, or an
// intervention that ends it, "SBHC" for school-based humanistic counselling.
func (r *reading) treatmentAbbreviated(label string) []string {
	if together.MatchString(label) {
		return nil
	}
	for _, short := range sortedKeys(r.shorts) {
		i := strings.Index(label, short)
		if i < 0 || !wordBounds(label, i, i+len(short)) {
			continue
		}
		long := r.shorts[short]
		for _, m := range r.vocab.Mentions(long, 0) {
			opens, ends := m.Start == 0 && strings.HasPrefix(long[m.End:], " "), m.End == len(long) && m.Start > 0 && long[m.Start-1] == ' '
			for _, id := range m.Concepts {
				if !m.Ambiguous && r.inField(m.Needs) && (opens && r.typed(id, drugTypes) || ends && r.typed(id, []string{vocab.TypeIntervention})) {
					return []string{id}
				}
			}
		}
	}
	return nil
}

var (
	drugTypes = []string{vocab.TypeDrug, vocab.TypeDrugClass}
	// together matches what sets several treatments together in a label, or says that one was not given.
	together = rules.New(`(?i)\+|/| (?:plus|and|with|or|of|on|to|for) |^(?:without|no|non)\b`)
)

// narrowed returns the concept narrower than id of which one form names exactly the given conditions, or "".
func (r *reading) narrowed(id string, conditions []string) string {
	if len(conditions) == 0 {
		return ""
	}
	for _, n := range r.vocab.Narrower(id) {
		c, ok := r.vocab.Concept(n)
		if !ok || n == id {
			continue
		}
		for _, f := range c.Forms {
			_, what, ok := strings.Cut(f.Text, " for ")
			if !ok {
				continue
			}
			var named []string
			for _, m := range r.vocab.Mentions(what, 0) {
				for _, k := range m.Concepts {
					if r.typed(k, []string{vocab.TypeCondition}) && !slices.Contains(named, k) {
						named = append(named, k)
					}
				}
			}
			if sameSet(named, conditions) {
				return n
			}
		}
	}
	return ""
}

// composite returns the intervention that consists of the given ones, or "": a concept whose parts they are, or of
// which one form is their names joined.
func (r *reading) composite(list []string) string {
	for _, c := range r.vocab.Concepts() {
		if c.Type != vocab.TypeIntervention || slices.Contains(list, c.ID) {
			continue
		}
		if parts := r.vocab.Parts(c.ID); len(parts) == len(list) && r.cover(list, parts) {
			return c.ID
		}
	}
	return ""
}

// cover reports whether each of list is, or is narrower than, one of the parts, each part once.
func (r *reading) cover(list, parts []string) bool {
	used := make([]bool, len(parts))
	for _, id := range list {
		at := slices.IndexFunc(parts, func(p string) bool { return r.vocab.IsA(id, p) })
		if at < 0 || used[at] {
			return false
		}
		used[at] = true
	}
	return true
}

func sameSet(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}
