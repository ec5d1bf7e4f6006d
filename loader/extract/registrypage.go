package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// A registry's page as text says how a study was done in entries, a label with its value behind or below it: "Allocation:
// Randomized". Who could take part it lists under a heading, a line for each criterion.

// entries are the labels that are read, with the forms of their values. A page is a registry's when it has three of them.
var entries = []struct {
	label, value *pattern.Pattern
	read         func(t *telling, value string)
}{
	{rules.New(`(?i)^study (?:type|classification)\b`), rules.New(`(?i)^interventional\b`), func(t *telling, _ string) { t.assigns() }},
	{rules.New(`(?i)^allocation\b`), rules.New(`(?i)^(?:non-? ?)?randomi[sz]ed\b`), func(t *telling, value string) {
		t.assigns()
		switch {
		case t.study.Design.Allocation != "":
		case strings.EqualFold(value[:1], "n"):
			t.study.Design.Allocation = evidence.NonRandomized
		default:
			t.study.Design.Allocation = evidence.Randomized
		}
	}},
	{rules.New(`(?i)^intervention(?:al)? (?:study )?model\b`), rules.New(`(?i)^(?:parallel|cross-?over|factorial|single[- ]group)\b`), func(t *telling, value string) {
		t.study.Design.Model = strings.ReplaceAll(strings.ToLower(value), "-", " ")
		if strings.HasPrefix(t.study.Design.Model, "cross") {
			t.study.Design.Model = "crossover"
		}
	}},
	{rules.New(`(?i)^(?:masking|blinding)\b`), rules.New(`(?i)^(?:none|open|single|double|triple|quadruple)\b[^.;]*`), func(t *telling, value string) {
		if t.study.Design.Masking == "" {
			t.study.Design.Masking = value
		}
	}},
	{rules.New(`(?i)^(?:clinical |trial |study )?phase\b`), rules.New(`(?i)^(?:phase )?(?:[1-4](?:/[1-4])?|NA|N/A|not applicable)$`), func(t *telling, value string) {
		if p := strings.TrimPrefix(strings.ToLower(value), "phase "); t.study.Design.Phase == "" && digitStart(p) {
			t.study.Design.Phase = p
		}
	}},
	{rules.New(`(?i)^(?:actual |estimated |anticipated |total |target )?(?:enrol?lment|recruitment)\b`), rules.New(`^\d[\d,]*`), func(t *telling, value string) {
		if n := count(value); !t.study.N.Present() && !t.study.NRandomized.Present() && !t.study.NPlanned.Present() && n.Present() {
			t.study.N = n
		}
	}},
}

// assigns marks a study whose page says that it assigns what people get.
func (t *telling) assigns() {
	if t.study.Design.Kind == "" {
		t.study.Design.Kind = evidence.KindTrial
	}
}

// findEntries reads the entries of a registry's page.
func (r *reading) findEntries(t *telling) {
	if t.secondHand {
		return
	}
	values := make([]document.Span, len(entries))
	found := 0
	for k, e := range entries {
		for n := range r.doc.Sections {
			s := r.entryValue(n, e.label)
			if s.Len() == 0 {
				continue
			}
			if m := e.value.FindStringIndex(r.doc.At(s)); m != nil && s.Len() < 80 {
				values[k] = document.Span{Start: s.Start, End: s.Start + m[1]}
				found++
				break
			}
		}
	}
	if found < 3 {
		return
	}
	for k, e := range entries {
		if values[k].Len() == 0 {
			continue
		}
		e.read(t, r.doc.At(values[k]))
		if k == len(entries)-1 {
			t.state(r, "n", values[k])
		} else {
			t.state(r, "design", values[k])
		}
	}
}

// entryKind is what a label says of how sure its value is: "Enrollment (Actual)".
var entryKind = rules.New(`(?i)^\((?:actual|estimated|anticipated)\)\s*:?$`)

// entryValue returns what a section says whose heading begins with a label: behind the colon of the heading, in its first
// line, or, where a short value reads as a heading, in the next one.
func (r *reading) entryValue(n int, label *pattern.Pattern) document.Span {
	s := r.doc.Sections[n]
	head := r.doc.At(s.Head)
	m := label.FindStringIndex(head)
	if m == nil {
		return document.Span{}
	}
	if rest := strings.TrimLeft(head[m[1]:], ": \t"); rest != "" && !entryKind.MatchString(rest) {
		return trimmed(r.doc.Text, document.Span{Start: s.Head.End - len(rest), End: s.Head.End})
	}
	if s.Len() > 0 {
		line := s.Span
		if i := strings.IndexByte(r.doc.At(line), '\n'); i >= 0 {
			line.End = line.Start + i
		}
		return trimmed(r.doc.Text, line)
	}
	if n+1 < len(r.doc.Sections) && r.doc.Sections[n+1].Head.Start-s.Head.End < 8 {
		return r.doc.Sections[n+1].Head
	}
	return document.Span{}
}

var (
	ageHead       = rules.New(`(?i)^ages?(?: eligible for (?:the )?study)?\s*:?$`)
	inclusionHead = rules.New(`(?i)^(?:key |main |participant )?inclusion(?: criteria)?\s*:?$`)
	exclusionHead = rules.New(`(?i)^(?:key |main |participant )?exclusion(?: criteria)?\s*:?$`)
)

// listed returns the lines of a study's text under headings of one kind, where they are criteria for people.
func (r *reading) listed(t *telling, heading *pattern.Pattern) []document.Span {
	var out []document.Span
	if evidence.Gathers(t.study.Design.Kind) { // criteria of studies
		return nil
	}
	last, under := -1, false
	for _, i := range t.sentences {
		s := r.doc.Sentences[i]
		if s.Section != last {
			last, under = s.Section, heading.MatchString(strings.TrimSpace(r.doc.Sections[s.Section].Heading))
		}
		if under && s.Len() < 200 {
			out = append(out, s.Span)
		}
	}
	return out
}

// excludedLine reads a line under a heading of exclusions: what stands there, by concept where it says little else.
func (r *reading) excludedLine(s document.Span) (evidence.Criterion, bool) {
	text := strings.TrimRight(r.doc.At(s), " .;")
	c := evidence.Criterion{Variable: strings.ToLower(text), Relation: quantity.Has, Exclude: true, Printed: text, Passages: []evidence.Passage{r.doc.Passage(s)}}
	if found := r.conceptsIn(s, vocab.TypeCondition, vocab.TypeDrug, vocab.TypeIntervention, vocab.TypeDrugClass); len(found) == 1 && 2*found[0].Len() > len(text) && !absence.MatchString(text) {
		c.Variable = found[0].id
	}
	return c, len(strings.Fields(text)) < 30
}

// listedCriteria reads who could take part from the lines under headings of inclusion and of exclusion.
func (r *reading) listedCriteria(t *telling, main *evidence.Population) {
	has := func(c evidence.Criterion) bool {
		for _, x := range main.Criteria {
			if x.Variable == c.Variable && x.Exclude == c.Exclude && x.Relation == c.Relation && x.Value == c.Value {
				return true
			}
		}
		return false
	}
	for _, s := range r.listed(t, ageHead) {
		for _, c := range r.criteriaIn(s, false) {
			if !has(c) {
				main.Criteria = append(main.Criteria, c)
			}
		}
	}
	for _, s := range r.listed(t, inclusionHead) {
		found := r.criteriaIn(s, false)
		if len(found) == 0 && !absence.MatchString(r.doc.At(s)) {
			for _, m := range r.conditionsOf(s) {
				found = append(found, evidence.Criterion{Variable: m.id, Relation: quantity.Has, Passages: []evidence.Passage{r.doc.Passage(s)}})
			}
		}
		for _, c := range found {
			if !has(c) {
				main.Criteria = append(main.Criteria, c)
			}
		}
		main.Passages = appendPassage(main.Passages, r.doc.Passage(s))
	}
	for _, s := range r.listed(t, exclusionHead) {
		if c, ok := r.excludedLine(s); ok && !has(c) {
			main.Criteria = append(main.Criteria, c)
		}
		main.Passages = appendPassage(main.Passages, r.doc.Passage(s))
	}
}
