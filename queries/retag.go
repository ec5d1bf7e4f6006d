package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
)

// retag mends tags that only the whole question can tell: words that stand together otherwise than the tables have them.
func (r *reader) retag() {
	r.studiesIncluded()
	r.dosesGiven()
	r.limits()
	r.longerArms()
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

// dosesGiven joins a drug and the amount after it, "naltrexone 50 mg", which says which arm is meant and not who was studied. An amount
// that is compared, or is one of opioids of any kind, limits the people.
func (r *reader) dosesGiven() {
	for i := 0; i+1 < len(r.tags); i++ {
		drug, amount := &r.tags[i], &r.tags[i+1]
		a := amount.amount
		if a == nil || a.time || a.age || a.field != "" || a.relation != quantity.Equal && a.relation != "" || amount.from != drug.to || !r.given1(drug.concepts) {
			continue
		}
		if u, ok := r.vocab.Unit(a.value.Unit); ok && u.ID == "MME/day" {
			continue
		}
		text := r.text(tag{from: drug.from, to: amount.to})
		r.tags[i] = tag{from: drug.from, to: amount.to, concepts: drug.concepts, reads: text}
		r.tags = slices.Delete(r.tags, i+1, i+2)
	}
}

// longerArms joins a concept and a word of no meaning of its own behind it where arms are called so: "taper support" is not all tapering.
func (r *reader) longerArms() {
	for i := 0; i+1 < len(r.tags); i++ {
		t, next := &r.tags[i], &r.tags[i+1]
		if !slices.ContainsFunc(t.concepts, r.given) || next.use != useEmpty || next.as != "" || next.from != t.to || next.to-next.from != 1 || len(r.words[next.from].norm) < 5 {
			continue
		}
		called := r.text(tag{from: t.from, to: next.to})
		want := " " + key(called) + " "
		var found []name
		for _, k := range r.textsOf(content(r.text(*t))) {
			if n := r.texts[k]; n.kind == armName && strings.Contains(" "+key(n.text)+" ", want) {
				found = append(found, n)
			}
		}
		if len(found) == 0 || len(r.vocab.Named(called)) > 0 {
			continue
		}
		r.tags[i] = tag{from: t.from, to: next.to, names: found}
		r.tags = slices.Delete(r.tags, i+1, i+2)
	}
}

// limits gives an amount that is no dose the name of what it limits, which stands before it: "an HVPG of at least 16 mm Hg". One that
// limits nothing, and an amount of something that was given, "100 mL of coffee", says nothing of who was studied.
func (r *reader) limits() {
	for i := range r.tags {
		a := r.tags[i].amount
		if a == nil || a.time || a.age || a.field != "" || r.ofChange(&r.tags[i]) {
			continue
		}
		equal := a.relation == quantity.Equal || a.relation == ""
		switch {
		case a.value.Unit != "" && r.isDose(a.value.Unit):
			if unit, ok := r.vocab.Unit(a.value.Unit); equal && ok && !strings.HasSuffix(unit.Dimension, "time") && unit.ID != "MME/day" && i+2 < len(r.tags) && key(r.text(r.tags[i+1])) == "of" {
				r.tags[i] = tag{from: r.tags[i].from, to: r.tags[i].to, phrase: phrase{use: useEmpty}, as: "the amount of what follows"}
			}
			continue
		case !equal && a.value.Unit == "%" && r.countsEvents(i):
		case !equal:
			if _, k := r.before(i); k >= 0 && slices.Contains([]string{"of", "was", "is", "were"}, key(r.text(r.tags[k]))) {
				_, k = r.before(k)
				a.variable = r.limited(k)
			} else {
				a.variable = r.limited(k)
			}
		}
		if a.variable == "" {
			r.tags[i] = tag{from: r.tags[i].from, to: r.tags[i].to, phrase: phrase{use: useEmpty}, as: "not used"}
		}
	}
}

// countsEvents reports whether what stands before tag i is how many had something, "a dropout rate above 20%", which limits nobody.
func (r *reader) countsEvents(i int) bool {
	before, _ := r.before(i)
	switch before[strings.LastIndexByte(before, ' ')+1:] {
	case "rate", "proportion", "percentage", "share", "incidence", "prevalence", "risk":
		return true
	}
	return false
}

// limited takes what tag k names for what an amount after it limits, and returns its words; "" where it names nothing.
func (r *reader) limited(k int) string {
	if k < 0 || len(r.tags[k].concepts)+len(r.tags[k].names) == 0 && r.tags[k].use != useText {
		return ""
	}
	text := r.text(r.tags[k])
	r.tags[k] = tag{from: r.tags[k].from, to: r.tags[k].to, phrase: phrase{use: useEmpty}, as: "what is limited"}
	return text
}

// isDose reports whether an amount in a unit can be how much people take.
func (r *reader) isDose(unit string) bool {
	u, ok := r.vocab.Unit(unit)
	if !ok {
		return true
	}
	return strings.HasPrefix(u.Dimension, "mass") && u.Dimension != "mass concentration" || strings.HasPrefix(u.Dimension, "opioid") ||
		strings.HasPrefix(u.Dimension, "international") || u.Dimension == "volume" || u.Dimension == "tablets"
}

// given1 reports whether concepts are of one drug, and not of a class.
func (r *reader) given1(ids []string) bool {
	return slices.ContainsFunc(ids, func(id string) bool {
		c, ok := r.vocab.Concept(id)
		return ok && c.Type == vocab.TypeDrug
	})
}

// doseOf joins a drug and the word dose after it where the documents speak of the dose of that drug: "methadone dose" is no
// outcome of methadone, and no dose of opioids as such.
func (r *reader) doseOf(i int) (tag, bool) {
	drug, dose := &r.tags[i], &r.tags[i+1]
	if !r.given1(drug.concepts) || dose.to-dose.from != 1 || dose.from != drug.to || r.words[dose.from].norm != "dose" && r.words[dose.from].norm != "dosage" {
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
