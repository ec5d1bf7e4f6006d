package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// tellMore adds to the label of an arm what a bracket behind it prints: its dose, or what a code stands for that is
// written out nowhere. The text goes on calling the arm by the bare label.
func (r *reading) tellMore(a *evidence.Arm, d draft) {
	more := ""
	switch bare := a.Label; {
	case d.name != "" || strings.ContainsAny(bare, "(["):
	case combinedOnly.MatchString(bare) && strings.Contains(d.abbr, "+"): // "combined treatment (A + B)"
		a.Label, a.Aliases = d.abbr, append(a.Aliases, bare)
		a.Abbreviation = ""
	case d.detail.Len() > 0 && r.ofClass(d):
		more = r.dosesOf(d.detail)
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
		} else if detail := r.doc.At(d.detail); doseWithin.MatchString(detail) && strings.HasPrefix(strings.TrimLeft(r.doc.Text[d.label.End:], " "), "("+detail+")") && len(strings.Fields(detail)) < 14 {
			more = r.dosesOf(d.detail) // "Combi (3 mg of A plus 25 mg of B)"
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

// combinedOnly says of an arm that it got several things together, and not which.
var combinedOnly = rules.New(`(?i)^(?:the )?(?:combined|combination|dual|double)(?: (?:treatment|therapy|intervention|program(?:me)?|arm))?$`)

// ofClass reports whether an arm is called by a class of drugs of which the bracket behind it names one.
func (r *reading) ofClass(d draft) bool {
	class, drugs := r.treatments(d.label), r.treatments(d.detail)
	return len(class) == 1 && r.typed(class[0], []string{vocab.TypeDrugClass}) && len(drugs) == 1 && drugs[0] != class[0] && r.vocab.IsA(drugs[0], class[0])
}

// dosesOf returns what a bracket behind the name of an arm tells of doses, without sizes and names: "o-CEE; 0.45 mg/d, n = 209". It is ""
// where the bracket tells of several arms.
func (r *reading) dosesOf(detail document.Span) string {
	var parts []string
	for _, p := range split(r.doc.Text, detail, partJoint) {
		switch part := r.doc.At(p); {
		case strings.Contains(part, "respectively"):
			return ""
		case sizeMark.MatchString(part), isShort(part) && !digitStart(part), brandName.MatchString(part), groupCalled.MatchString(part), genericArm.MatchString(part):
		default:
			parts = append(parts, part)
		}
	}
	if more := strings.Join(parts, ", "); doseWithin.MatchString(more) {
		return more
	}
	return ""
}

var (
	versusWord = rules.New(`(?i)\b(?:vs|versus|groups?)\b`)
	codedGroup = rules.New(`(?i)^(?:group|arm) \S+$`)
	doseText   = `\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?[ -]?(?:mg|g|mcg|µg|μg|ug|ml|iu|units|mmol|cc|%)(?:\s?/\s?(?:kg|m2|d|day|h|hr|min|ml|dose)\b|/\((?:kg|m2)\s?[·./*]\s?(?:d|day|h|hr|min)\))*`
	// doseBehind is a name with the dose that follows it: "propofol 1 mg/kg".
	doseBehind = rules.New(`(?i)^(\p{L}[\p{L} -]*?) ` + doseText)
	doseWithin = rules.New(`(?i)\b` + doseText)
	// doseAround is a dose alone, before or behind a name.
	doseAround = rules.New(`(?i)^(?:` + doseText + ` (?:of )?)?$`)
)

// tellApart names arms that have come to one label by more of what they were given, or else by the names of their groups: "EN with A"
// and "EN with B".
func (r *reading) tellApart(t *telling, drafts []draft) {
	arms := t.study.Arms[len(t.study.Arms)-len(drafts):]
	for i := range arms {
		for j := range arms[:i] {
			if !r.sameLabel(arms[i].Label, arms[j].Label) {
				continue
			}
			a, b := r.moreOf(drafts[i]), r.moreOf(drafts[j])
			if a == "" || b == "" || r.sameLabel(a, b) {
				a, b = drafts[i].generic, drafts[j].generic
			}
			if a != "" && b != "" && a != b {
				t.names = nil
				for k, name := range map[int]string{i: a, j: b} {
					arms[k].Label = name
					arms[k].Aliases = slices.DeleteFunc(arms[k].Aliases, func(s string) bool { return strings.EqualFold(s, name) })
				}
			}
		}
	}
}

// sameLabel reports whether two labels are one but for case and abbreviation.
func (r *reading) sameLabel(a, b string) bool {
	full := func(s string) string {
		if bare, inside, ok := strings.Cut(strings.TrimSuffix(s, ")"), " ("); ok && isShort(inside) && !strings.ContainsAny(inside, " ") {
			s = bare
		}
		if long, ok := r.long(s); ok {
			s = long
		}
		return strings.ToLower(s)
	}
	return full(a) == full(b)
}

// moreOf returns what an arm was given in up to a dozen words, where that is all that names it.
func (r *reading) moreOf(d draft) string {
	if d.label.Len() > 0 || d.detail.Len() == 0 {
		return ""
	}
	s, ok := r.armPhrase(clauseWords(r.words(d.detail), d.detail))
	if !ok {
		return ""
	}
	s.End = min(s.End, d.detail.End)
	if n := len(strings.Fields(r.doc.At(s))); n > 12 {
		return ""
	}
	return strings.Join(strings.Fields(r.doc.At(s)), " ")
}

// sameButDose reports whether another draft has the label of a draft and nothing more than a dose before or behind it.
func (r *reading) sameButDose(d, other draft) bool {
	bare, full := strings.ToLower(r.doc.At(d.label)), strings.ToLower(r.doc.At(other.label))
	if strings.ContainsAny(bare, "0123456789") || len(full) <= len(bare) {
		return false
	}
	before, behind, found := strings.Cut(full, bare)
	return found && (behind == "" && doseAround.MatchString(before) || before == "" && doseAround.MatchString(strings.TrimPrefix(behind, " ")))
}

// namesDetail reports whether a label that another list gives can name the arm at i, of which only what it was given is
// known: not where it has words of what another arm was given rather than of this one's.
func (r *reading) namesDetail(label document.Span, i int, arms []draft) bool {
	words, given := contentWords(r.doc.At(label)), contentWords(r.doc.At(arms[i].detail))
	own, foreign, shared := 0, 0, 0
	for _, w := range words {
		here := slices.Contains(given, w)
		elsewhere := slices.ContainsFunc(arms, func(d draft) bool {
			return d.detail.Len() > 0 && d.detail != arms[i].detail && slices.Contains(contentWords(r.doc.At(d.detail)), w)
		})
		switch {
		case here && elsewhere:
			shared++
		case here:
			own++
		case elsewhere:
			foreign++
		}
	}
	return (foreign == 0 || foreign < own) && (own > 0 || shared == 0 || len(words) > 2)
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

// brackets reads what stands in brackets after the name of an arm.
func (r *reading) brackets(d *draft, name, s document.Span) {
	text := r.doc.Text
	generic := genericArm.MatchString(strings.TrimSpace(r.doc.At(name)))
	for s.Len() > 0 {
		open := strings.IndexAny(text[s.Start:s.End], "([")
		if open < 0 {
			return
		}
		s.Start += open
		end := closes(text[s.Start:s.End])
		if end < 0 {
			return
		}
		inside := document.Span{Start: s.Start + 1, End: s.Start + end}
		s.Start += end + 1
		for _, p := range split(text, inside, partJoint) {
			part := text[p.Start:p.End]
			switch m := sizeMark.FindStringSubmatch(part); {
			case effectFigure.MatchString(part): // the result of the comparison, not a name
			case m != nil && !d.n.Present():
				d.n = count(m[1] + m[2])
			case genericArm.MatchString(part):
				if d.generic == "" {
					d.generic = genericName(part)
				}
				d.aliases = append(d.aliases, genericName(part))
			case d.dose.Len() == 0 && doseBracket.MatchString(text[inside.Start:inside.End]):
				d.dose = inside
			case d.dose.Len() == 0 && doseBracket.MatchString(part) && text[inside.Start:p.Start] == "" && strings.HasPrefix(text[p.End:], ";"):
				d.dose = p
			case bareSize.MatchString(part) && p == inside:
				d.counted = count(part)
			case groupCalled.MatchString(part):
				if name := groupCalled.FindStringSubmatch(part)[1]; isShort(name) && d.abbr == "" {
					d.abbr = name
				} else {
					d.aliases = append(d.aliases, part)
				}
			case generic && p == inside && d.detail.Len() == 0 && givenOnly.MatchString(part) && !notAnArm.MatchString(part):
				d.detail = p // "the treatment group (X tablets)"
			case isShort(part) && d.abbr == "" && len(strings.Fields(part)) <= 3:
				d.abbr = part
			case p == inside && !strings.Contains(part, " ") && len(part) > 3 && strings.HasPrefix(strings.ToLower(r.doc.At(name)), strings.ToLower(part)+" "): // "aerobic exercise (aerobic)"
				d.aliases = append(d.aliases, part)
			case p == inside && name.Len() > 0 && calledBy.MatchString(part):
				d.called = document.Span{Start: p.Start + len(calledBy.FindString(part)), End: p.End}
			case name.Len() > 0 && !generic && p.Start == inside.Start && !strings.Contains(part, " and ") && calledSized.MatchString(text[inside.Start-1:inside.End+1]) && len(strings.Fields(part)) < 4:
				d.aliases = append(d.aliases, part)
			case p == inside && brandName.MatchString(part):
				d.aliases = append(d.aliases, part)
			case len(strings.Fields(text[inside.Start:inside.End])) > 2 && d.detail.Len() == 0 && !strings.ContainsAny(part, "=%"):
				d.detail = inside
				if d.n.Present() { // the size stands first
					d.detail.Start = p.Start
				}
			}
		}
	}
}

// calledBy stands before the name that a bracket gives to an arm: "called Quiet Owl".
var calledBy = rules.New(`^(?:called|named|termed|dubbed|known as) (?:the )?[“"]?`)

// calledItem returns the name that a bracket behind an item of a list gives to it, whatever the item says before: "an app that was made for
// this study (called Quiet Owl)".
func (r *reading) calledItem(part []word) document.Span {
	for len(part) > 0 && trailers[part[len(part)-1].lower] {
		part = part[:len(part)-1]
	}
	if len(part) == 0 {
		return document.Span{}
	}
	last := part[len(part)-1].End
	end := bracketsEnd(r.doc.Text, last)
	if end == last {
		return document.Span{}
	}
	inside := trimmed(r.doc.Text, document.Span{Start: last, End: end})
	m := calledBy.FindString(r.doc.At(inside))
	if n := len(strings.Fields(r.doc.At(inside))); m == "" || n > 6 {
		return document.Span{}
	}
	return trimmed(r.doc.Text, document.Span{Start: inside.Start + len(m), End: inside.End})
}

// effectFigure is a measure of effect with its figure, as it stands behind the second arm of a comparison: "(MD -0.9; 95% CI ...)".
var effectFigure = rules.New(`^(?:MD|SMD|WMD|OR|RR|HR|IRR|RD|ARR|NNT|NNH)\s[-−–+]?\.?\d`)

// givenOnly is what a bracket behind a name that says only what part an arm plays says that it was given: "placebo", "X tablets".
var givenOnly = rules.New(`^(?:\p{L}[\p{L}\d+-]* )?\p{Ll}{5,}$`)

// groupCalled is what a bracket calls a group: "injection group".
var groupCalled = rules.New(`^(?:the )?((?:[\p{L}\d+-]+ ){0,1}[\p{L}\d+-]+) (?:group|arm)$`)

// bareSize is a bracket that holds nothing but a number of people: "(403)". Two figures may count clinics.
var bareSize = rules.New(`^\d{3}$|^\d{1,3},\d{3}$|^\d{4}$`)

// brandName is what a bracket calls a product: "Harmonic".
var brandName = rules.New(`^\p{Lu}\p{Ll}{3,}[®™]?$`)

// doseBracket is a bracket that holds nothing but a dose, or doses: "0.5 mg/kg", "5, 10 or 15 mg".
var doseBracket = rules.New(`(?i)^\d[\d.,]*(?:(?:\s?(?:mg|g|mcg|µg|μg|iu)(?:/day|/d|/kg)?)?(?:\s?[-–]\s?|, (?:or |and )?| or | and | to )\d[\d.,]*)*[ -]?(?:mg|g|mcg|µg|μg|ug|ml|iu|u|units|mmol|gy|cc|%)(?:\s?/\s?(?:kg|m2|d|day|h|hr|min|ml|dose)\b)*(?: (?:once|twice|three times|per|every|for|daily|a|bid|tid|day|week|weeks|month|bolus|iv|[\d.,]+|,|mg|mcg|µg|μg|g|ml)\b,?)*$`)

// letteredGroups reads groups that are named by their letters in a row, with what each is in a bracket: "groups A (control; n = 9),
// B (zolpam; n = 8) and C (pelidone; n = 9)". It returns the place behind them, or 0.
func (r *reading) letteredGroups(words []word, n, sentence int) (out []draft, next int) {
	if words[n].lower != "group" && words[n].lower != "groups" && words[n].lower != "arms" {
		return nil, 0
	}
	at := n + 1
	for at+1 < len(words) && (groupLetter(words[at]) || words[at].Len() == 1 && isLetter(words[at].lower)) && words[at+1].lower == "(" {
		end := matching(words, at+1)
		if end < 0 {
			break
		}
		d := draft{generic: "group " + words[at].lower, at: []int{sentence}}
		inside := document.Span{Start: words[at+1].End, End: words[end].Start}
		r.brackets(&d, document.Span{}, document.Span{Start: words[at+1].Start, End: words[end].End})
		if what := r.saidWithin(inside); what.Len() > 0 {
			d.label, d.abbr, d.detail = what, "", document.Span{}
		}
		out = append(out, d)
		for at = end + 1; at < len(words) && (words[at].lower == "," || words[at].lower == "and" || words[at].lower == "or" || words[at].lower == ";" || words[at].lower == "group"); {
			at++
		}
		next = end + 1
	}
	if len(out) < 2 {
		return nil, 0
	}
	return out, next
}

// saidWithin returns what a bracket behind the letter of a group says that the group is: its first part that is neither a size nor
// says what part the group plays.
func (r *reading) saidWithin(inside document.Span) document.Span {
	for _, p := range split(r.doc.Text, inside, semicolon) {
		var what document.Span
		for _, q := range split(r.doc.Text, p, partJoint) {
			if part := r.doc.At(q); countedThings.MatchString(part) && !doseBracket.MatchString(part) || sizeMark.MatchString(part) || genericArm.MatchString(part) || bareSize.MatchString(part) || what.Len() > 0 && timesGiven.MatchString(part) {
				continue
			}
			if what.Len() == 0 {
				what.Start = q.Start
			}
			what.End = q.End
		}
		if what.Len() == 0 || onlyDigits(r.doc.At(what)) {
			continue
		}
		if len(strings.Fields(r.doc.At(what))) < 9 && !notAnArm.MatchString(r.doc.At(what)) {
			return what
		}
		if s, ok := r.armPhrase(clauseWords(wordsOf(r.doc.Text, what), what)); ok {
			return document.Span{Start: s.Start, End: min(s.End, what.End)}
		}
	}
	return document.Span{}
}

// countedThings is a bracket that counts what a group has: "25 heels".
var countedThings = rules.New(`^\d+ \p{Ll}{4,}s$`)

var (
	semicolon = rules.New(`;\s`)
	// timesGiven is how often or for how long something was given.
	timesGiven = rules.New(`(?i)^(?:every|each|for|over|during|at|once|twice|daily|weekly|per)\b|^\d+ (?:times|days|weeks|months)`)
)

// ownAbbreviations takes from arms the abbreviations that are of a part of what they were given, or of what they went without: "B" of "A plus B"
// beside "B", and of "without B".
func (t *telling) ownAbbreviations() {
	arms := t.study.Arms
	for i := range arms {
		short, label := arms[i].Abbreviation, strings.ToLower(arms[i].Label)
		if short == "" {
			continue
		}
		part := opensNotGiven.MatchString(label) || slices.Contains(strings.Split(strings.ReplaceAll(label, " ", ""), "+"), strings.ToLower(short)) && strings.Contains(label, "+")
		part = part || slices.ContainsFunc(arms, func(b evidence.Arm) bool {
			return b.Abbreviation == short && len(b.Label) < len(label) && strings.Contains(label, strings.ToLower(b.Label))
		})
		if part {
			arms[i].Abbreviation = ""
		}
	}
}
