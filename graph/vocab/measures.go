package vocab

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
)

// Measure is a way of telling a result as a number. Null is the value that means no effect, empty where there is
// none. IRI is the class of the Statistics Ontology (STATO), or of another one it imports, empty where none is known.
type Measure struct {
	ID    string
	Label string
	Scale string // one of the Scale... constants
	IRI   string
	Null  quantity.Decimal
	Forms []string // the ID first
}

// The scales of measures.
const (
	ScaleRatio        = "ratio"        // above zero; no effect is 1; symmetric on the log scale
	ScaleDifference   = "difference"   // in the unit of the outcome, or in percentage points; no effect is 0
	ScaleStandardized = "standardized" // in standard deviations; no effect is 0
	ScaleShare        = "share"        // of a whole
	ScaleLevel        = "level"        // in the unit of the outcome; no value means no effect
	ScaleCount        = "count"
	ScaleRate         = "rate" // events by time
	ScaleCoefficient  = "coefficient"
)

// readMeasures reads measures.tsv.
func (v *Vocabulary) readMeasures() error {
	rows, err := carried("measures.tsv", "id", "label", "scale", "null", "iri", "forms", "note")
	if err != nil {
		return err
	}
	scales := []string{ScaleRatio, ScaleDifference, ScaleStandardized, ScaleShare, ScaleLevel, ScaleCount, ScaleRate, ScaleCoefficient}
	v.measure = map[string]*Measure{}
	for _, r := range rows {
		m := &Measure{ID: r.cells["id"], Label: r.cells["label"], Scale: r.cells["scale"], IRI: r.cells["iri"]}
		if !slices.Contains(scales, m.Scale) {
			return r.errorf("measure %s has scale %q (hint: the scales are %s)", m.ID, m.Scale, strings.Join(scales, ", "))
		}
		if n := r.cells["null"]; n != "" {
			if m.Null, err = quantity.ParseDecimal(n); err != nil {
				return r.errorf("measure %s: null value: %w", m.ID, err)
			}
		}
		m.Forms = append([]string{m.ID}, r.list("forms")...)
		for _, form := range append(m.Forms, m.Label) {
			key := measureKey(form)
			if other := v.measure[key]; other != nil && other != m {
				return r.errorf("%q is a form of the measures %s and %s", form, other.ID, m.ID)
			}
			v.measure[key] = m
		}
		v.measures = append(v.measures, m)
	}
	return nil
}

// measureKey brings the ways of writing one measure together. A form in capitals (OR, HR) keeps its case: "or" is a
// word of its own.
func measureKey(form string) string {
	form = strings.Join(strings.Fields(form), " ")
	if strings.ToUpper(form) == form || isMixedAbbreviation(form) {
		return "x " + form
	}
	return "f " + strings.Join(tokens(form, false), " ")
}

// isMixedAbbreviation reports whether a form is like aOR, cHR, sHR: at most two small letters, then capitals.
func isMixedAbbreviation(form string) bool {
	upper := strings.TrimLeft(form, "abcdefghijklmnopqrstuvwxyz")
	return len(form)-len(upper) <= 3 && len(upper) >= 2 && strings.ToUpper(upper) == upper && !strings.Contains(form, " ")
}

// Measure returns the measure that a form names. Abbreviations are matched with their case, words without it.
func (v *Vocabulary) Measure(form string) (*Measure, bool) {
	m, ok := v.measure[measureKey(form)]
	if !ok {
		m, ok = v.measure["f "+strings.Join(tokens(form, false), " ")]
	}
	return m, ok
}

// Measures returns all measures in the order of their ids.
func (v *Vocabulary) Measures() []*Measure { return v.measures }
