package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// tellMore adds to the label of an arm what a bracket behind it prints: its dose, or what a code stands for that is
// written out nowhere. The text goes on calling the arm by the bare label.
func (r *reading) tellMore(a *evidence.Arm, d draft) {
	more := ""
	switch bare := a.Label; {
	case d.name != "" || strings.ContainsAny(bare, "(["):
	case d.dose.Len() > 0 && !strings.ContainsAny(bare, "0123456789"):
		more = r.doc.At(d.dose)
	case d.detail.Len() > 0 && isShort(bare) && !digitStart(bare) && (!strings.Contains(bare, " ") || codedGroup.MatchString(bare)) && !versusWord.MatchString(r.doc.At(d.detail)):
		if _, written := r.long(bare); !written {
			more = r.standsFor(d.detail)
		}
	case d.detail.Len() > 0 && d.label.Len() > 0 && !strings.ContainsAny(bare, "0123456789"):
		if m := doseBehind.FindStringSubmatch(r.doc.At(d.detail)); m != nil && strings.EqualFold(m[1], bare) {
			a.Aliases = append(a.Aliases, bare)
			a.Label = m[0]
		}
	}
	if more == "" {
		return
	}
	if isShort(a.Label) && a.Abbreviation == "" {
		a.Abbreviation = a.Label
	} else if !strings.EqualFold(a.Abbreviation, a.Label) {
		a.Aliases = append(a.Aliases, a.Label)
	}
	a.Label += " (" + more + ")"
}

var (
	versusWord = rules.New(`(?i)\b(?:vs|versus|groups?)\b`)
	codedGroup = rules.New(`(?i)^(?:group|arm) \S+$`)
	doseText   = `\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?[ -]?(?:mg|g|mcg|µg|μg|ug|ml|iu|units|mmol|cc|%)(?:\s?/\s?(?:kg|m2|d|day|h|hr|min|ml|dose)\b)*`
	// doseBehind is a name with the dose that follows it: "propofol 1 mg/kg".
	doseBehind = rules.New(`(?i)^(\p{L}[\p{L} -]*?) ` + doseText)
	// doseAround is a dose alone, before or behind a name.
	doseAround = rules.New(`(?i)^(?:` + doseText + ` (?:of )?)?$`)
)

// sameButDose reports whether another draft has the label of a draft and nothing more than a dose before or behind it.
func (r *reading) sameButDose(d, other draft) bool {
	bare, full := strings.ToLower(r.doc.At(d.label)), strings.ToLower(r.doc.At(other.label))
	if strings.ContainsAny(bare, "0123456789") || len(full) <= len(bare) {
		return false
	}
	before, behind, found := strings.Cut(full, bare)
	return found && (behind == "" && doseAround.MatchString(before) || before == "" && doseAround.MatchString(strings.TrimPrefix(behind, " ")))
}

// standsFor returns what a description says that a code stands for, or "" where it is long.
func (r *reading) standsFor(detail document.Span) string {
	text := strings.Join(strings.Fields(r.doc.At(detail)), " ")
	if len(strings.Fields(text)) > 10 {
		text = strings.Join(strings.Fields(r.doc.At(cutBefore(r.doc.Text, detail, labelEnd))), " ")
	}
	if n := len(strings.Fields(text)); n == 0 || n > 10 || strings.ContainsAny(text, "=()[];") || sizeMark.MatchString(text) {
		return ""
	}
	return strings.TrimRight(text, ".,;")
}
