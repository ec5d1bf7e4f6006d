package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
)

// labelled reads a document whose source labels its studies, such as a record of a registry: nothing is looked for in
// the text. What the source has in its own words gets the concepts of the vocabulary, where they are the same.
func labelled(d *document.Document, v *vocab.Vocabulary) *evidence.Document {
	r := &reading{
		doc: d, vocab: v,
		out: &evidence.Document{
			Source: d.Source, SHA256: d.SHA256, Format: d.Format, Language: d.Language,
			Report: d.Known.Report, Keywords: d.Known.Keywords, Cites: d.Known.Cites,
		},
	}
	r.shorts = abbreviationsOf(r)
	c := conceptualizer{
		reading: r, marker: annotate.New(v), outcomes: map[string]string{}, times: map[string]quantity.Decimal{}, phrases: map[string]string{},
	}
	for _, s := range d.Known.Studies {
		s = copied(s)
		c.study(&s)
		found := renamed(s.Findings)
		for _, f := range found {
			c.finding(&s, f)
		}
		s.Findings = identify(&s, found)
		r.out.Studies = append(r.out.Studies, s)
	}
	r.flag()
	return r.out
}

// copied returns a study of which the parts that get concepts can be written to.
func copied(s evidence.Study) evidence.Study {
	s.Arms = slices.Clone(s.Arms)
	for i := range s.Arms {
		s.Arms[i].Interventions = slices.Clone(s.Arms[i].Interventions)
	}
	s.Populations = slices.Clone(s.Populations)
	for i := range s.Populations {
		s.Populations[i].Conditions = slices.Clone(s.Populations[i].Conditions)
	}
	s.Outcomes = slices.Clone(s.Outcomes)
	return s
}

// renamed prepares findings for their ids: those that a comparison names by the source's own ids become links.
func renamed(list []evidence.Finding) []*toldFinding {
	out := make([]*toldFinding, len(list))
	byID := make(map[string]*toldFinding, len(list))
	for i, f := range list {
		f.Estimates = slices.Clone(f.Estimates)
		out[i] = &toldFinding{Finding: f}
		byID[f.ID] = out[i]
	}
	for _, t := range out {
		for _, id := range t.From {
			if from := byID[id]; from != nil && from != t {
				t.from = append(t.from, from)
			}
		}
		t.ID, t.From = "", nil
		if len(t.Passages) == 0 {
			t.Passages = []evidence.Passage{{}}
		}
	}
	return out
}

// conceptualizer gives the concepts of the vocabulary to what a source has in its own words. The maps keep what has
// been looked up.
type conceptualizer struct {
	*reading
	marker   *annotate.Marker
	outcomes map[string]string
	phrases  map[string]string
	times    map[string]quantity.Decimal
}

// study gives concepts to a study's arms, populations and outcomes.
func (c *conceptualizer) study(s *evidence.Study) {
	for i := range s.Arms {
		list := s.Arms[i].Interventions
		for k, name := range list {
			list[k] = c.concept(name, treatmentTypes...)
		}
		s.Arms[i].Interventions = unique(list)
	}
	for i := range s.Populations {
		p := &s.Populations[i]
		for k, name := range p.Conditions {
			p.Conditions[k] = c.concept(name, vocab.TypeCondition, vocab.TypePopulation)
		}
		p.Conditions = unique(p.Conditions)
		p.Criteria = c.criteria(p.Criteria)
	}
	for i := range s.Outcomes {
		o := &s.Outcomes[i]
		o.Concept = c.outcome(o.Text)
		o.Better = c.better(o.Concept)
		if in := c.instrumentNamed(o.Text + "\n" + o.Definition); in != "" {
			o.Instrument = in
		}
	}
}

// unique returns a list with each of its texts once, in order.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

var (
	bracketNote = rules.New(`\s*[(\[][^()\[\]]*[)\]]`)
	doseWords   = rules.New(`(?i)[,;]?\s+\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|μg|ug|g|ml|iu|u|%)(?:/\S+)?\b.*$|\s+(?:tablets?|capsules?|injections?|oral tablet|oral product|oral capsule|pills?|solution|cream|gel|patch)$`)
)

// concept returns the one concept of some types that a name is, with or without its brackets and its dose, or the name
// itself.
func (c *conceptualizer) concept(name string, types ...string) string {
	key := strings.Join(types, " ") + "\x00" + name
	if id, ok := c.phrases[key]; ok {
		return id
	}
	out := name
	plain := strings.TrimSpace(bracketNote.ReplaceAllString(name, ""))
	for _, form := range []string{name, plain, strings.TrimSpace(doseWords.ReplaceAllString(plain, "")), lastBracket(name)} {
		if form == "" {
			continue
		}
		if ids := c.vocab.Named(form, types...); len(ids) == 1 {
			out = ids[0]
			break
		}
	}
	c.phrases[key] = out
	return out
}

// lastBracket returns what stands in the brackets that end a name: "Opioid Use Disorder (OUD)" gives "OUD".
func lastBracket(name string) string {
	if i := strings.LastIndexByte(name, '('); i > 0 && strings.HasSuffix(name, ")") {
		return name[i+1 : len(name)-1]
	}
	return ""
}

// criteria gives concepts to criteria in words and adds, after each, the numbers that it sets.
func (c *conceptualizer) criteria(list []evidence.Criterion) []evidence.Criterion {
	out := make([]evidence.Criterion, 0, len(list))
	for _, x := range list {
		if u, ok := c.vocab.Unit(x.Unit); ok {
			x.Unit = u.ID
		}
		words := x.Relation == quantity.Has && len(x.Passages) == 1
		if x.Variable != "age" {
			x.Variable = c.concept(x.Variable, vocab.TypeCondition, vocab.TypePopulation, vocab.TypeDrug, vocab.TypeDrugClass, vocab.TypeIntervention, vocab.TypeCharacteristic)
		}
		out = append(out, x)
		if !words || x.Variable != x.Printed || !strings.ContainsAny(x.Printed, "0123456789") {
			continue
		}
		p := x.Passages[0]
		if p.End > len(c.doc.Text) || c.doc.Text[p.Start:p.End] != p.Text {
			continue
		}
		for _, n := range c.criteriaIn(document.Span{Start: p.Start, End: p.End}, false) {
			if n.Variable == "age" || n.Variable == "" {
				continue // the registered limits say it
			}
			n.Exclude, n.Passages = x.Exclude, x.Passages
			out = append(out, n)
		}
	}
	return out
}

var (
	postedTime   = rules.New(`(?i)[,;]?\s*\b(?:at|by|after|to|through|over|during|in|on|from)\s+(?:the\s+)?(?:end of\s+)?(?:(?:baseline|weeks?|days?|months?|years?|hours?|visits?|\d[\d.]*|and|to|,|-|post\S*|follow-?up|treatment|study)[\s,]*)+$`)
	postedLead   = rules.New(`(?i)^(?:(?:phase \w+\s*[-:]\s*)|(?:the\s+)?(?:absolute |mean |median |percent |percentage |ls |adjusted |average )*(?:changes?|reduction|improvement|decrease|increase|difference)\s+(?:from (?:study |mean )?baseline\s+)?(?:(?:to|at|through) [^,]{1,40}? )?(?:in|of)\s+(?:the\s+)?|(?:number|percentage|proportion|percent|rate|incidence|occurrence) of\s+(?:the\s+)?(?:participants|patients|subjects|people|individuals) (?:with|who (?:had|have|experienced?))\s+(?:an?\s+|any\s+|at least (?:one|1)\s+)?|(?:number|rate|incidence|mean|level|severity|score) of\s+(?:the\s+)?)`)
	postedTail   = rules.New(`(?i)[,;]?\s+(?:(?:total|overall|mean|sum|composite|summary)\s+)?(?:scores?|scales?|total|levels?|ratings?|index scores?|from baseline|change|change from baseline|\(?short form\)?|continuous|categorical|customized)$`)
	changeInName = rules.New(`(?i)\b(?:changes?|reduction|decrease|increase|improvement|decline)\b`)
)

// outcome returns the concept that the name of an outcome is, without what says when and how it was measured, or "".
func (c *conceptualizer) outcome(name string) string {
	if id, ok := c.outcomes[name]; ok {
		return id
	}
	id := ""
	forms := []string{name}
	plain := strings.TrimSpace(bracketNote.ReplaceAllString(name, ""))
	for range 4 {
		next := postedTail.ReplaceAllString(postedTime.ReplaceAllString(postedLead.ReplaceAllString(plain, ""), ""), "")
		forms = append(forms, plain)
		if next == plain || next == "" {
			break
		}
		plain = strings.TrimSpace(next)
	}
	forms = append(forms, lastBracket(name))
	for _, form := range forms {
		if id = c.outcomeNamed(form); id != "" {
			break
		}
	}
	if id == "" {
		id = c.onlyMention(plain)
	}
	if id != "" && changeInName.MatchString(name) {
		id = c.changeIn(id)
	}
	c.outcomes[name] = id
	return id
}

// outcomeNamed returns the outcome that a whole phrase names, or that the instrument which it names measures, or "".
func (c *conceptualizer) outcomeNamed(form string) string {
	if form == "" {
		return ""
	}
	if ids := c.vocab.Named(form, vocab.TypeOutcome); len(ids) == 1 {
		return ids[0]
	}
	if ids := c.vocab.Named(form, vocab.TypeInstrument); len(ids) == 1 {
		return c.measuredBy(ids[0])
	}
	return ""
}

// onlyMention returns the outcome of the one mention that covers most of a phrase, or "".
func (c *conceptualizer) onlyMention(phrase string) string {
	best := ""
	for _, m := range c.vocab.Mentions(phrase, 0) {
		if m.Ambiguous || len(m.Needs) > 0 || len(m.Concepts) != 1 || 10*(m.End-m.Start) < 6*len(phrase) {
			continue
		}
		switch id := m.Concepts[0]; {
		case c.typed(id, []string{vocab.TypeOutcome}):
			best = id
		case c.typed(id, []string{vocab.TypeInstrument}) && best == "":
			best = c.measuredBy(id)
		}
	}
	return best
}

// instrumentNamed returns the instrument that a text names first, where it names only one, or "".
func (c *conceptualizer) instrumentNamed(text string) string {
	found := ""
	for _, m := range c.vocab.Mentions(text, 0) {
		if m.Ambiguous || len(m.Needs) > 0 || len(m.Concepts) != 1 || !c.typed(m.Concepts[0], []string{vocab.TypeInstrument}) {
			continue
		}
		id := m.Concepts[0]
		if found != "" && id != found && !slices.Contains(c.vocab.Parts(found), id) && !slices.Contains(c.vocab.Parts(id), found) {
			return ""
		}
		if found == "" || slices.Contains(c.vocab.Parts(found), id) {
			found = id
		}
	}
	return found
}

// months returns the length of the one time that a text names, or none.
func (c *conceptualizer) months(text string) quantity.Decimal {
	if m, ok := c.times[text]; ok {
		return m
	}
	var out quantity.Decimal
	if len(text) <= 200 {
		for _, it := range c.marker.Annotate(text, document.Span{End: len(text)}).Items {
			m := it.Measured.Months
			if it.Kind != annotate.Time || !m.Present() {
				continue
			}
			if out.Present() && quantity.Compare(out, m) != 0 {
				out = ""
				break
			}
			out = m
		}
	}
	c.times[text] = out
	return out
}

// findingOutcome returns the concept of what a finding is about: of its parts, as "Title - class - category", the first
// that is one; of a characteristic the last, such as "Sex: Female, Male - Female".
func (c *conceptualizer) findingOutcome(f *evidence.Finding) string {
	text := f.Outcome.Text
	if f.Kind != evidence.Baseline {
		if id := c.outcome(text); id != "" {
			return id
		}
		title, _, ok := strings.Cut(text, " - ")
		if !ok {
			title, _, _ = strings.Cut(text, " (")
		}
		return c.outcome(title)
	}
	parts := strings.Split(text, " - ")
	for i := len(parts) - 1; i >= 0; i-- {
		form := parts[i]
		if head, tail, ok := strings.Cut(form, ", "); ok && (tail == "Continuous" || tail == "Categorical" || tail == "Customized") {
			form = head
		}
		if id := c.concept(form, vocab.TypeCharacteristic, vocab.TypeOutcome, vocab.TypeInstrument); id != form {
			return id
		}
	}
	return c.outcome(parts[0])
}
