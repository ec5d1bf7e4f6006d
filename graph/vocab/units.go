package vocab

import (
	"strings"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/quantity"
)

// Unit is a unit of measurement. Factor turns a number of this unit into the base unit of its dimension, where the
// dimension has one factor for all: 1 year is 12 months. It is empty where a conversion would need more than a factor.
type Unit struct {
	ID        string
	Dimension string
	Factor    quantity.Decimal
	Forms     []string // the ID first
}

// readUnits reads units.tsv.
func (v *Vocabulary) readUnits() error {
	rows, err := carried("units.tsv", "id", "dimension", "factor", "forms", "note")
	if err != nil {
		return err
	}
	v.unitOf = map[string]*Unit{}
	for _, r := range rows {
		u := &Unit{ID: r.cells["id"], Dimension: r.cells["dimension"]}
		if f := r.cells["factor"]; f != "" {
			if u.Factor, err = quantity.ParseDecimal(f); err != nil {
				return r.errorf("unit %s: factor: %w", u.ID, err)
			}
		}
		u.Forms = append([]string{u.ID}, r.list("forms")...)
		for _, form := range u.Forms {
			key := unitKey(form)
			if other := v.unitOf[key]; other != nil && other != u {
				return r.errorf("%q is a form of the units %s and %s", form, other.ID, u.ID)
			}
			v.unitOf[key] = u
		}
		v.units = append(v.units, u)
	}
	// Without case, where that leaves one unit only.
	folded := map[string]*Unit{}
	for _, u := range v.units {
		for _, form := range u.Forms {
			key := strings.ToLower(unitKey(form))
			if other, seen := folded[key]; seen && other != u {
				folded[key] = nil
			} else {
				folded[key] = u
			}
		}
	}
	for key, u := range folded { // each key is set once, so the order makes no difference
		if v.unitOf[key] == nil && u != nil {
			v.unitOf[key] = u
		}
	}
	v.unitWords = map[string]bool{}
	for _, w := range strings.Fields("per a each daily") { // see unitSpelling
		v.unitWords[w] = true
	}
	for key := range v.unitOf {
		for _, w := range strings.FieldsFunc(strings.ToLower(key), func(c rune) bool { return c >= utf8.RuneSelf || !asciiWord[c] }) {
			v.unitWords[w] = true
		}
	}
	return nil
}

// mayBeUnit reports whether each word of a form is one of a unit's: most of what follows a number has others. Characters outside
// ASCII may be written otherwise.
func (v *Vocabulary) mayBeUnit(form string) bool {
	var buf [16]byte
	for i := 0; i < len(form); {
		end := asciiRun(form, i)
		switch {
		case end == i && form[i] >= utf8.RuneSelf:
			return true
		case end == i:
			i++
			continue
		case end < len(form) && form[end] >= utf8.RuneSelf:
			return true
		case end-i > len(buf) || !v.unitWords[string(lowerASCII(buf[:0], form[i:end]))]:
			return false
		}
		i = end
	}
	return true
}

// unitKey brings the ways of writing one unit together: "mg per day", "mg / day", "mg·d-1" stay apart only where the
// table says so.
func unitKey(form string) string {
	if !strings.ContainsFunc(form, func(c rune) bool { return c <= ' ' || c == '-' || c >= utf8.RuneSelf }) {
		return strings.TrimSuffix(form, ".") // most have nothing to replace
	}
	form = strings.Join(strings.Fields(strings.ReplaceAll(form, "\u00a0", " ")), " ")
	form = unitSpelling.Replace(form)
	return strings.TrimSuffix(form, ".")
}

var unitSpelling = strings.NewReplacer(" / ", "/", "/ ", "/", " /", "/", " per ", "/", " a day", "/day", " daily", "/day", " each day", "/day",
	"\u00b5", "\u03bc", "\u00b2", "2", "\u00b3", "3", "\u00b0 ", "\u00b0", "-", " ", "\u2010", " ", "\u2011", " ")

// Unit returns the unit that a form names: first with its case, then without.
func (v *Vocabulary) Unit(form string) (*Unit, bool) {
	if !v.mayBeUnit(form) {
		return nil, false
	}
	key := unitKey(form)
	u, ok := v.unitOf[key]
	if !ok {
		u, ok = v.unitOf[strings.ToLower(key)]
	}
	return u, ok
}

// Units returns all units in the order of their ids.
func (v *Vocabulary) Units() []*Unit { return v.units }
