package extract

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// tellings returns the studies that the document tells of, without their findings: its own, or, where it is a
// write-up of other people's work, each of those that it describes or cites a result of. It uses r.out.Report and
// r.out.Cites, which must be filled first.
func (r *reading) tellings() []*telling {
	var out []*telling
	if r.writeUp {
		out = r.othersStudies()
	} else if t := r.ownStudy(); t != nil {
		out = append(out, t)
	}
	ids := map[string]bool{}
	for _, t := range out {
		r.tell(t)
		for ids[t.study.ID] {
			t.study.ID += "-b"
		}
		ids[t.study.ID] = true
	}
	return out
}

// ownStudy returns the study that the document itself reports, or nil when it has no prose.
func (r *reading) ownStudy() *telling {
	t := &telling{study: &evidence.Study{}, cited: -1, described: true}
	for i := range r.sentences {
		if r.roles[i] != roleNone {
			t.sentences = append(t.sentences, i)
		}
	}
	for _, l := range r.lines {
		if l.kind == titleLine && l.head {
			t.titles = append(t.titles, l.Span)
		}
	}
	if i := r.ownReference(); i >= 0 && len(t.titles) == 0 {
		t.titles = r.printed(r.lines[i].Span, r.out.Report.Title)
	}
	if len(t.sentences) == 0 {
		return nil
	}
	return t
}

// printed returns where a text stands within a span, or nothing.
func (r *reading) printed(s document.Span, text string) []document.Span {
	if text == "" {
		return nil
	}
	if i := strings.Index(r.doc.At(s), text); i >= 0 {
		return []document.Span{{Start: s.Start + i, End: s.Start + i + len(text)}}
	}
	return nil
}

// tell fills in what the text says of a study, apart from its findings.
func (r *reading) tell(t *telling) {
	t.study.SecondHand = t.secondHand
	report := r.out.Report
	if t.cited >= 0 {
		report = r.out.Cites[t.cited].Report
		t.study.Via = r.out.Cites[t.cited].ID
	} else if t.secondHand {
		report = evidence.Report{}
	}
	r.findDesign(t)
	r.findRegistrations(t)
	r.findArms(t)
	r.findConduct(t)
	r.findTotals(t)
	r.findReviewed(t)
	r.findEntries(t)
	r.findRegistryLines(t)
	r.findPopulations(t)
	r.findOutcomes(t)
	r.findInstruments(t)
	for _, i := range t.sentences {
		if r.roles[i] == roleConclusion && r.concludes(t, i) {
			t.study.Conclusions = append(t.study.Conclusions, r.passage(i))
		}
	}
	r.findParent(t, report)
	r.findName(t, report)
	r.findAliases(t)
	r.identifyStudy(t, report)
	slices.SortStableFunc(t.study.Stated, func(a, b evidence.Statement) int { return strings.Compare(a.Field, b.Field) })
}

// concludes reports whether a sentence that reads as a conclusion stands where conclusions do: in a text whose headings
// announce them, not under another heading.
func (r *reading) concludes(t *telling, i int) bool {
	if t.secondHand || r.sectionRole(i) == document.Conclusions || r.doc.Sections[r.doc.Sentences[i].Section].Heading == "" {
		return true
	}
	for _, s := range r.doc.Sections {
		if s.Role == document.Conclusions && s.Heading != "" {
			return false
		}
	}
	return true
}

var (
	// titleAcronym is an acronym that a title gives the study: "The VOICE Randomized Clinical Trial".
	titleAcronym = rules.New(`(?:^|[\s(:–—-])(?:[Tt]he |[Rr]esults (?:from|of) (?:the )?)?\(?([\p{Lu}][\p{L}\d+-]*[\p{Lu}\d][\p{L}\d+-]*(?: ?\d)?)\)?\s(?:(?i:randomi[sz]ed|cluster|pragmatic|clinical|phase|multicent(?:er|re)|multinational|controlled|feasibility|pilot|noninferiority|non-inferiority|international|open-label|double-blind|prospective|factorial|crossover|adaptive|stepped-wedge|collaborative|secondary|follow-up|extension|open|cohort)[- ,]*)*(?i:trials?|study|rct|programme|program|project|cohort|investigators|registry)\b`)
	// endAcronym is an acronym in brackets or after a colon at the end of a title: "... (HOPE-4)", "... : STAMPEDE".
	endAcronym = rules.New(`(?:\(([\p{Lu}\d+-]{3,}[\p{L}\d+-]*)\)|:\s(?:[Tt]he )?([\p{Lu}][\p{Lu}\d+-]{3,}))\s*\.?$`)
	// midAcronym is an acronym in brackets before the design in a title: "... (HOPE:4): a multicentre, randomised trial".
	midAcronym = rules.New(`\(([\p{Lu}][\p{L}\d:+-]*[\p{Lu}\d])\): (?i:an?|the|results|rationale|protocol|study|design|primary|final|main|long-term|follow-up|randomi[sz]ed|multicent\w+|\d+-\w+)\b`)
	// registeredAs is an acronym before the registration at the end of an abstract: "(Funded by ...; HOPE ClinicalTrials.gov number, NCT...)".
	registeredAs = rules.New(`[;(] ?([\p{Lu}][\p{L}\d:+-]*[\p{Lu}\d][\p{L}\d+-]*) (?:ClinicalTrials\.gov|Clinical ?Trials\.gov|Current Controlled Trials|ISRCTN|EudraCT|ANZCTR|Netherlands Trial Register)\b`)
	// otherName is a name that stands behind the long one: "the Heart Outcomes study, or HOPE-2 study".
	otherName = rules.New(`\b(?:[Ss]tudy|[Tt]rial),? (?:or|also (?:called|known as)) (?:the )?([\p{Lu}][\p{L}\d:+-]*[\p{Lu}\d]) (?:[Ss]tudy|[Tt]rial)\b`)
	// textAcronym is an acronym that the text gives its own study: "in the PREDIMED trial".
	textAcronym = rules.New(`\b(?:[Tt]he|[Oo]ur)\s(?:[\w–-]+ ){0,6}?\(?([\p{Lu}][\p{L}\d+-]*[\p{Lu}\d][\p{L}\d+-]*)\)?\s(?i:(?:randomi[sz]ed|cluster|pragmatic|clinical|controlled|feasibility|pilot|multicent(?:er|re)) )*(?i:trial|study)\b`)
	// fromTrial is "secondary analysis of (data from) the VOICE trial".
	fromTrial = rules.New(`(?i:\b(?:secondary|post[- ]?hoc|ancillary|subgroup|exploratory|planned|further|re-?)\s?(?:data )?(?:analys[ie]s|study|substudy|analy[sz]ed)\s(?:\w+ ){0,3}?(?:of|from|within|using|to|in|on)\s(?:(?:the|a|an|data|results|outcomes|participants|patients|from|of|in|randomi[sz]ed|pragmatic|large|multicent(?:er|re)|clinical|controlled|completed|cluster|phase \S+) )*)\(?([\p{Lu}][\p{L}\d+-]*[\p{Lu}\d][\p{L}\d+-]*)\)?\s(?i:(?:\w+[- ]){0,4}?(?:trial|study|rct|cohort|programme|program|project))\b`)
)

// findName names the study by its acronym: that of its title, of its group author, or of its text; else by the first
// author and the year of its report.
func (r *reading) findName(t *telling, report evidence.Report) {
	if t.study.Name != "" {
		return
	}
	for _, s := range t.titles {
		if t.study.Name = cmp.Or(r.nameInTitle(r.doc.At(s)), r.namedIn(s)); t.study.Name != "" {
			t.state(r, "name", s)
			return
		}
	}
	if t.study.Name = r.nameInTitle(report.Title); t.study.Name != "" {
		if at := strings.Index(r.doc.Text, report.Title); at >= 0 {
			t.state(r, "name", document.Span{Start: at, End: at + len(report.Title)})
		}
		return
	}
	for _, a := range report.Authors {
		if name := groupAcronym(a); name != "" {
			t.study.Name = name
			if at := strings.Index(r.doc.Text, a); at >= 0 {
				t.state(r, "name", document.Span{Start: at, End: at + len(a)})
			}
			return
		}
	}
	for _, i := range t.sentences {
		s := r.doc.Sentences[i].Span
		if m := r.rule(s, otherName).FindStringSubmatch(r.doc.At(s)); m != nil && r.isStudyName(m[1]) && !t.secondHand {
			t.study.Name = m[1]
			t.state(r, "name", s)
			return
		}
	}
	if t.study.Name = reportName(report); t.study.Name != "" || t.secondHand {
		return
	}
	if len(t.titles) == 0 && r.namedByLine(t) {
		return
	}
	for _, i := range t.sentences {
		if name := r.namedIn(r.doc.Sentences[i].Span); name != "" && r.roles[i] != roleBackground {
			t.study.Name = name
			t.state(r, "name", r.doc.Sentences[i].Span)
			return
		}
	}
}

// nameInTitle returns the acronym that a title gives a study.
func (r *reading) nameInTitle(title string) string {
	if strings.ToUpper(title) == title {
		return "" // in capitals every word is like an acronym
	}
	for _, p := range []*pattern.Pattern{titleAcronym, midAcronym, endAcronym} {
		m := p.FindStringSubmatch(title)
		if m == nil {
			continue
		}
		if r.isStudyName(m[1]) || p == titleAcronym && r.spelledName(m[1]) || p == endAcronym && r.isRegistryPage() && isAcronym(m[1]) {
			return m[1]
		}
		if len(m) > 2 && r.isStudyName(m[2]) {
			return m[2]
		}
	}
	return ""
}

// lineAcronym is the acronym at the end of a line that reads as a title where a page has none, "...: The STEPS Study", or a line of its own.
var lineAcronym = rules.New(`(?m)(?:[:–—-] ?(?:The |the )|^(?:The )?)([\p{Lu}][\p{Lu}\d+-]{2,}) (?:[Ss]tudy|[Tt]rial)\s*$`)

// namedByLine names a study by one of the first lines of a page without a title.
func (r *reading) namedByLine(t *telling) bool {
	head := r.doc.Text[:min(len(r.doc.Text), 600)]
	m := lineAcronym.FindStringSubmatchIndex(head)
	if m == nil || !r.isStudyName(head[m[2]:m[3]]) {
		return false
	}
	t.study.Name = head[m[2]:m[3]]
	t.state(r, "name", document.Span{Start: m[2], End: m[3]})
	return true
}

// spelledName reports whether the text spells an acronym out by a name of several words in capitals, as studies have:
// "Working in New Ways (WINW)".
func (r *reading) spelledName(s string) bool {
	long, ok := r.long(s)
	return ok && r.isProperName(s) && spells(long, s)
}

// isStudyName reports whether an acronym can name a study: it is none of an intervention, a condition, a place or a
// method that the vocabulary or the document itself knows.
func (r *reading) isStudyName(s string) bool {
	if !isAcronym(s) || notNames[s] || len(registrationsIn(s, nil)) > 0 || len(r.vocab.Named(s)) > 0 {
		return false
	}
	if long, ok := r.long(s); ok && (len(r.named(long)) > 0 || !studyWord.MatchString(long)) {
		return false
	}
	_, place := countryOf[s]
	return !place
}

// notNames are acronyms of methods and bodies that stand before "trial" and "study" without naming one.
var notNames = wordSet(`RCT RCTs HIV AIDS COVID COVID-19 SARS-CoV-2 MRI CT PET DNA RNA NIH VA WHO FDA NHS EHR ITT GRADE CONSORT PRISMA II III IV
	HCV HBV COPD CVD CKD BMI ICU DBPC DBPCFC US USA UK EU PICO SMD OUD PTSD ADHD NSCLC`)

// findParent names the study that this one is an analysis of, where the text says so.
func (r *reading) findParent(t *telling, report evidence.Report) {
	if t.study.Design.Kind != evidence.KindSecondaryAnalysis {
		return
	}
	spans := slices.Clone(t.titles)
	for _, i := range t.sentences {
		spans = append(spans, r.doc.Sentences[i].Span)
	}
	for _, p := range []*pattern.Pattern{fromTrial, titleAcronym, textAcronym} {
		for _, s := range spans {
			if m := p.FindStringSubmatch(r.doc.At(s)); m != nil && r.isStudyName(m[1]) {
				t.study.Parent = m[1]
				t.state(r, "parent", s)
				return
			}
		}
	}
	for _, a := range report.Authors {
		if name := groupAcronym(a); name != "" {
			t.study.Parent = name
			if at := strings.Index(r.doc.Text, a); at >= 0 {
				t.state(r, "parent", document.Span{Start: at, End: at + len(a)})
			}
			return
		}
	}
	if t.study.Parent == "" && len(t.study.Registrations) > 0 {
		t.study.Parent = t.study.Registrations[0]
	}
}

// identifyStudy gives the study an identifier that stays the same: its registration, else its report's DOI or PMID,
// else a digest of its title or of its first sentence.
func (r *reading) identifyStudy(t *telling, report evidence.Report) {
	switch {
	case len(t.study.Registrations) > 0:
		t.study.ID = t.study.Registrations[0]
	case report.DOI != "":
		t.study.ID = "doi:" + report.DOI
	case report.PMID != "":
		t.study.ID = "pmid:" + report.PMID
	default:
		text := report.Title
		if text == "" && len(t.sentences) > 0 {
			text = r.text(t.sentences[0])
		}
		sum := sha256.Sum256([]byte(strings.Join(strings.Fields(strings.ToLower(text)), " ")))
		t.study.ID = "study:" + hex.EncodeToString(sum[:8])
	}
}

var (
	// listNumber is the number of an item of a list within running text: "1. ", "(2) ".
	listNumber = rules.New(`(?:^|[\s(])\(?(\d{1,2})[.)]\s+`)
	// instrumentWord is a word that ends the name of an instrument.
	instrumentWord = rules.New(`\b((?:\p{Lu}[\p{L}\d’'-]*|of|for|and|the|&|in)\s){1,14}?(?:Checklist|Scale|Questionnaire|Inventory|Index|Tool|Instrument|Measure|Survey|Screen|Test|Interview|Score)\b`)
)

// findInstruments reads the instruments whose items a study's text lists by number.
func (r *reading) findInstruments(t *telling) {
	for at := 0; at < len(t.sentences); at++ {
		first := t.sentences[at]
		last := at
		for last+1 < len(t.sentences) && r.paragraphs[t.sentences[last+1]] == r.paragraphs[first] {
			last++
		}
		span := document.Span{Start: r.doc.Sentences[first].Start, End: r.doc.Sentences[t.sentences[last]].End}
		r.listedItems(t, span)
		at = last
	}
}

// listedItems reads a numbered list in a paragraph, and the instrument named before it.
func (r *reading) listedItems(t *telling, s document.Span) {
	text := r.doc.At(s)
	var starts, ends []int
	for _, m := range listNumber.FindAllStringSubmatchIndex(text, -1) {
		if n, ok := count(text[m[2]:m[3]]).Int(); ok && n == len(starts)+1 {
			starts, ends = append(starts, m[1]), append(ends, m[0])
		}
	}
	if len(starts) < 3 {
		return
	}
	var items []string
	for k, from := range starts {
		to := len(text)
		if k+1 < len(starts) {
			to = ends[k+1]
		} else {
			for i := range r.doc.Sentences {
				if x := r.doc.Sentences[i]; x.Start <= s.Start+from && s.Start+from < x.End {
					to = x.End - s.Start
				}
			}
		}
		item := r.doc.At(trimmed(r.doc.Text, document.Span{Start: s.Start + from, End: s.Start + to}))
		item = strings.TrimRight(strings.TrimSuffix(strings.TrimSpace(item), " and"), ",; ")
		items = append(items, item)
	}
	before := document.Span{Start: s.Start, End: s.Start + ends[0]}
	in := evidence.Instrument{Items: items, Passages: r.passagesIn(s)}
	if ms := r.conceptsIn(before, vocab.TypeInstrument); len(ms) > 0 {
		in.Concept = ms[0].id
		for _, m := range ms {
			if name := r.doc.At(m.Span); m.id == in.Concept && len(name) > len(in.Label) {
				in.Label = name
			}
		}
		if c, ok := r.vocab.Concept(in.Concept); ok && isShort(in.Label) {
			in.Label = c.Label
		}
	}
	if m := instrumentWord.FindString(r.doc.At(before)); m != "" && len(m) > len(in.Label) {
		in.Label = strings.TrimSpace(m)
	}
	for _, short := range sortedKeys(r.shorts) {
		if long := r.shorts[short]; in.Label != "" && (strings.Contains(in.Label, long) || strings.Contains(long, in.Label)) {
			in.Abbreviation = short
			if len(long) > len(in.Label) {
				in.Label = long
			}
		}
	}
	in.Label = strings.TrimPrefix(in.Label, "the ")
	if in.Label != "" {
		t.study.Instruments = append(t.study.Instruments, in)
	}
}

// passagesIn returns the passages of the sentences within a span.
func (r *reading) passagesIn(s document.Span) []evidence.Passage {
	var out []evidence.Passage
	for i, x := range r.doc.Sentences {
		if s.Contains(x.Span) {
			out = append(out, r.passage(i))
		}
	}
	return out
}

var studyWord = rules.New(`(?i)\b(?:trial|study|evaluation|project|program)\b`)
