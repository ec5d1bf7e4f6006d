package queries

import (
	"slices"

	"github.com/picograph/picograph/graph/vocab"
)

// retag mends tags that only the whole question can tell: words that stand together otherwise than the tables have them.
func (r *reader) retag() {
	r.studiesIncluded()
	for i := 0; i+1 < len(r.tags); i++ {
		if t, ok := r.doseOf(i); ok {
			r.tags = slices.Concat(r.tags[:i], []tag{t}, r.tags[i+2:])
		}
	}
}

// studiesIncluded takes "which studies included ..." for studies and whom they enrolled, where no review is asked about.
func (r *reader) studiesIncluded() {
	review := slices.ContainsFunc(r.tags, func(t tag) bool {
		return t.use == useKind && t.value == "review" || len(t.names) > 0 && t.names[0].kind == studyName
	})
	for i := range r.tags {
		t := &r.tags[i]
		if review || t.use != useAttribute || t.value != "included studies" || t.to-t.from != 2 || r.phrases[r.words[t.from].norm].value != "studies" {
			continue
		}
		t.phrase = phrase{useNoun, "studies", ""}
	}
}

// doseOf joins a drug and the word dose after it where the documents speak of the dose of that drug: "methadone dose" is no
// outcome of methadone, and no dose of opioids as such.
func (r *reader) doseOf(i int) (tag, bool) {
	drug, dose := &r.tags[i], &r.tags[i+1]
	isDrug := slices.ContainsFunc(drug.concepts, func(id string) bool {
		c, ok := r.vocab.Concept(id)
		return ok && c.Type == vocab.TypeDrug
	})
	if !isDrug || dose.to-dose.from != 1 || dose.from != drug.to || r.words[dose.from].norm != "dose" && r.words[dose.from].norm != "dosage" {
		return tag{}, false
	}
	t := tag{from: drug.from, to: dose.to}
	for _, k := range r.textsOf(content(r.text(t))) {
		if n := r.texts[k]; n.kind == outcomeName {
			t.names = append(t.names, n)
		}
	}
	return t, len(t.names) > 0
}
