package queries

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// printers returns the table of attributes; their words in English are in the table attributes of frames.go.
func printers() []attributePrinter {
	return []attributePrinter{
		{"registration", "the numbers under which a study is registered", each(func(t *graph.Telling) []string { return t.Study.Registrations }, "registrations")},
		{"reference", "the full reference of each report", ofReport("reference")},
		{"doi", "the DOI of each report", ofReport("doi")},
		{"pmid", "the PubMed identifiers of each report", ofReport("pmid")},
		{"title", "the title of each report", ofReport("title")},
		{"authors", "who wrote each report", ofReport("authors")},
		{"journal", "where each report was published", ofReport("journal")},
		{"year", "when each report was published", ofReport("year")},
		{"design", "the kind of study, how it assigned, what it assigned", printDesign},
		{"unit randomized", "what was randomized, and how many", printUnit},
		{"clusters", "how many clusters were randomized, and of what; else how many sites there were", printSites},
		{"masking", "who did not know the assignment", each(func(t *graph.Telling) []string { return some(t.Study.Design.Masking) }, "design.masking", "design")},
		{"setting", "where it was done", each(func(t *graph.Telling) []string {
			return some(strings.Trim(t.Study.Setting+"; "+t.Study.Country, "; "))
		}, "setting", "country")},
		{"dates", "when people were recruited and followed up", printDates},
		{"follow-up", "when outcomes were measured", printTimes},
		{"sponsor", "who sponsored or funded it", each(func(t *graph.Telling) []string { return some(t.Study.Sponsor) }, "sponsor")},
		{"sample size", "how many people took part", printSize},
		{"number analyzed", "how many people were analyzed", each(func(t *graph.Telling) []string { return some(string(t.Study.NAnalyzed)) }, "n_analyzed")},
		{"eligibility", "who could take part", printEligibility},
		{"arms", "the groups that were compared", printArms},
		{"content", "what the interventions consisted of", printContent},
		{"primary outcome", "the primary outcome, its definition and its results", printOutcomes("primary")},
		{"secondary outcomes", "the secondary outcomes and their results", printOutcomes("secondary")},
		{"outcomes", "all that was measured", printOutcomes("")},
		{"definition", "how outcomes were defined", printDefinitions},
		{"instruments", "what outcomes were measured with", printInstruments},
		{"included studies", "what a review included", printIncluded},
		{"items", "the items of the instruments that are described", printItems},
		{"certainty", "what the documents say that bears on certainty and risk of bias", printCertainty},
		{"conclusions", "what the authors conclude, in their words", printConclusions},
		{"loaded reports", "which loaded documents tell of the study, and why they were joined", printTellings},
		{"status", "whether a report was retracted or corrected", each(func(t *graph.Telling) []string {
			if t.Report == nil {
				return nil
			}
			return some(t.Report.Status)
		})},
		{"reason stopped", "why a study was stopped, in the words of its text", func(*job, *graph.Study) []value { return nil }},
		{"parent", "the study that it is a secondary analysis of", each(func(t *graph.Telling) []string { return some(t.Study.Parent) }, "parent")},
		{"references", "what the documents cite", printReferences},
		{"results", "the findings", nil},
	}
}

func some(s string) []string {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return []string{s}
}

// each makes a printer of what every telling states in some fields; the same statement is printed once.
func each(get func(*graph.Telling) []string, fields ...string) func(*job, *graph.Study) []value {
	return func(_ *job, s *graph.Study) []value {
		var out []value
		for _, t := range s.Tellings {
			for _, text := range get(t) {
				out = addValue(out, value{text, stated(t, fields...), shortSource(t.Source)})
			}
		}
		return out
	}
}

// addValue adds a value, or the passages of one that is there already.
func addValue(list []value, v value) []value {
	for i := range list {
		if list[i].text == v.text {
			list[i].passages = append(list[i].passages, v.passages...)
			if !strings.Contains(list[i].source, v.source) {
				list[i].source += ", " + v.source
			}
			return list
		}
	}
	return append(list, v)
}

// ofReport makes a printer of an attribute of each report of a study.
func ofReport(attr string) func(*job, *graph.Study) []value {
	return func(j *job, s *graph.Study) []value {
		var out []value
		own := slices.ContainsFunc(s.Tellings, func(t *graph.Telling) bool { return !t.Study.SecondHand })
		for _, t := range s.Tellings {
			r := telledReport(t)
			if r == nil || own && t.Study.SecondHand {
				continue
			}
			if text := reportAttribute(*r, attr); text != "" {
				if attr == "authors" && j.andOthers(t, r.Authors) {
					text += ", et al (the document names no more)"
				}
				out = addValue(out, value{text, reportPassages(t), shortSource(t.Source)})
			}
		}
		return out
	}
}

// andOthers reports whether a document goes on with "et al" behind the last author that it names.
func (j *job) andOthers(t *graph.Telling, authors []string) bool {
	if len(authors) == 0 {
		return false
	}
	text, err := j.graph.Text(j.ctx, t.DocumentID)
	last := authors[len(authors)-1]
	i := strings.Index(text, last)
	return err == nil && i >= 0 && strings.HasPrefix(strings.TrimLeft(text[i+len(last):], ",; \t\r\n"), "et al")
}

// reportAttribute prints one attribute of a report; "" where it is not stated.
func reportAttribute(r evidence.Report, attr string) string {
	switch attr {
	case "doi":
		return r.DOI
	case "pmid":
		ids := []string{}
		if r.PMID != "" {
			ids = append(ids, "PMID "+r.PMID)
		}
		if r.PMCID != "" {
			ids = append(ids, r.PMCID)
		}
		return strings.Join(ids, ", ")
	case "title":
		return r.Title
	case "authors":
		return nameList(r.Authors)
	case "journal":
		return r.Journal
	case "year":
		if r.Year == 0 {
			return ""
		}
		return itoa(r.Year)
	}
	return reference(r)
}

// nameList prints names in a row: with semicolons between them where a name has a comma of its own ("Doe, Jane").
func nameList(names []string) string {
	for _, n := range names {
		if strings.Contains(n, ",") {
			return strings.Join(names, "; ")
		}
	}
	return strings.Join(names, ", ")
}

// reference prints a report in full, with what is known of it.
func reference(r evidence.Report) string {
	var b strings.Builder
	add := func(before, s string) {
		if s != "" {
			if b.Len() > 0 {
				b.WriteString(before)
			}
			b.WriteString(s)
		}
	}
	authors := nameList(r.Authors)
	if len(r.Authors) > 8 {
		authors = nameList(append(r.Authors[:6:6], "et al"))
	}
	add("", authors)
	if r.Year != 0 {
		add(" ", "("+itoa(r.Year)+")")
	}
	add(". ", cmp.Or(r.Title, "[title not stated]"))
	add(". ", r.Journal)
	vol := r.Volume
	if r.Issue != "" {
		vol += "(" + r.Issue + ")"
	}
	add(" ", vol)
	add(": ", r.Pages)
	if r.DOI != "" {
		add(". ", "doi "+r.DOI)
	}
	if r.PMID != "" {
		add(". ", "PMID "+r.PMID)
	}
	return b.String()
}

var monthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// date prints an ISO 8601 date, as exact as it is, in words.
func date(iso string) string {
	parts := strings.Split(iso, "-")
	if len(parts) < 2 || len(parts[1]) != 2 || !digit(parts[1][0]) || !digit(parts[1][1]) {
		return iso
	}
	m := int(parts[1][0]-'0')*10 + int(parts[1][1]-'0')
	if m < 1 || m > 12 {
		return iso
	}
	s := monthNames[m-1] + " " + parts[0]
	if len(parts) > 2 {
		s = strings.TrimPrefix(parts[2], "0") + " " + s
	}
	return s
}

func printDates(_ *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		r := t.Study.Recruited
		switch {
		case r.From != "" && r.To != "":
			out = addValue(out, value{"recruited " + date(r.From) + " to " + date(r.To), stated(t, "recruited"), shortSource(t.Source)})
		case r.From != "":
			out = addValue(out, value{"recruitment began " + date(r.From), stated(t, "recruited"), shortSource(t.Source)})
		case r.To != "":
			out = addValue(out, value{"recruitment ended " + date(r.To), stated(t, "recruited"), shortSource(t.Source)})
		}
		if t.Study.FollowUpEnded != "" {
			out = addValue(out, value{"follow-up completed " + date(t.Study.FollowUpEnded), stated(t, "follow_up_ended"), shortSource(t.Source)})
		}
	}
	return out
}

func printDesign(_ *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		st := t.Study
		var parts []string
		for _, p := range []string{st.Design.Text, st.Design.Kind, st.Design.Allocation, st.Design.Model, st.Design.Masking, st.Design.Phase} {
			if p != "" && p != evidence.NoAllocation && !slices.ContainsFunc(parts, func(q string) bool { return strings.Contains(strings.ToLower(q), strings.ToLower(p)) }) {
				parts = append(parts, p)
			}
		}
		if st.Design.Allocation == evidence.NoAllocation {
			parts = append(parts, "nobody was assigned")
		}
		if c := clusters(st); c != "" {
			parts = append(parts, "randomized unit: "+c)
		}
		if st.Design.Status != "" {
			parts = append(parts, "status: "+st.Design.Status)
		}
		if len(parts) > 0 {
			out = addValue(out, value{strings.Join(parts, "; "), stated(t, "design", "clusters"), shortSource(t.Source)})
		}
	}
	return out
}

func clusters(st *evidence.Study) string {
	if !st.Clusters.Present() {
		return st.ClusterUnit
	}
	return string(st.Clusters) + " " + plural(cmp.Or(st.ClusterUnit, "cluster"), st.Clusters)
}

func printClusters(_ *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		if c := clusters(t.Study); c != "" {
			out = addValue(out, value{c, stated(t, "clusters", "cluster_unit", "design"), shortSource(t.Source)})
		}
	}
	return out
}

// printSites prints how many clusters were randomized; of a study without clusters, the setting where that has a number:
// "36 treatment centres".
func printSites(j *job, s *graph.Study) []value {
	out := printClusters(j, s)
	for _, t := range s.Tellings {
		if len(out) == 0 && strings.ContainsAny(t.Study.Setting, "0123456789") {
			out = addValue(out, value{t.Study.Setting, stated(t, "setting"), shortSource(t.Source)})
		}
	}
	return out
}

func printUnit(j *job, s *graph.Study) []value {
	out := printClusters(j, s)
	if len(out) > 0 {
		for i := range out {
			out[i].text += " were randomized"
		}
		return append(out, printSize(j, s)...)
	}
	for _, t := range s.Tellings {
		switch t.Study.Design.Allocation {
		case evidence.Randomized:
			out = addValue(out, value{"individual participants: randomized, and no clusters are mentioned", stated(t, "design"), shortSource(t.Source)})
		case evidence.ClusterRandomized:
			return nil // of what, was not read: the people are not what was randomized
		case evidence.NoAllocation:
			out = addValue(out, value{"nothing was randomized: nobody was assigned", stated(t, "design"), shortSource(t.Source)})
		}
	}
	return append(out, printSize(j, s)...)
}

func printSize(_ *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		for _, n := range []struct {
			n     quantity.Decimal
			what  string
			field string
		}{{t.Study.NRandomized, "randomized", "n_randomized"}, {t.Study.N, "participants", "n"}, {t.Study.NAnalyzed, "analyzed", "n_analyzed"}, {t.Study.NPlanned, "planned", "n_planned"}} {
			if n.n.Present() {
				out = addValue(out, value{string(n.n) + " " + n.what, stated(t, n.field), shortSource(t.Source)})
			}
		}
		for _, a := range t.Study.Arms {
			if a.N.Present() {
				out = addValue(out, value{armLabel(a) + ": " + string(a.N), located(t, a.Passages), shortSource(t.Source)})
			}
		}
	}
	return out
}

func printTimes(j *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		for i := range t.Study.Findings {
			if f := &t.Study.Findings[i]; f.Kind == evidence.Baseline && followedFor.MatchString(f.Outcome.Text) && len(f.Estimates) > 0 {
				out = addValue(out, value{lowerFirst(f.Estimates[0].Printed), located(t, f.Passages[:min(1, len(f.Passages))]), shortSource(t.Source)})
			}
		}
		for _, o := range t.Study.Outcomes {
			if o.Timepoint != "" {
				out = addValue(out, value{o.Text + ": " + o.Timepoint, located(t, o.Passages), shortSource(t.Source)})
			}
		}
		for _, f := range t.Study.Findings {
			if f.Timepoint.Text != "" {
				out = addValue(out, value{"results at " + f.Timepoint.Text, located(t, f.Passages[:min(1, len(f.Passages))]), shortSource(t.Source)})
			}
		}
		if t.Study.FollowUpEnded != "" {
			out = addValue(out, value{"follow-up completed " + date(t.Study.FollowUpEnded), stated(t, "follow_up_ended"), shortSource(t.Source)})
		}
		out = j.addSchedule(out, t)
	}
	return out
}

// followedFor matches an outcome that is how long people were followed.
var followedFor = lazyregexp.New(`(?i)^(?:(?:median|mean|length of|duration of) )*follow[ -]?up(?: (?:time|duration|period))?$`)

// scheduled matches words that say when people were assessed: "assessments were made at 8 and 20 weeks".
var scheduled = lazyregexp.New(`(?i)\b(?:assess(?:ed|ments?)|follow[ -]?up (?:visits?|interviews?)|followed(?: up)?)\b[^.;]{0,80}?\b(?:at|after|for)\b([^.;]{0,60}\b(?:days?|weeks?|months?|years?)\b)|\bfollow[ -]?up(?: period| time| duration)? \(([^()]{0,60}\b(?:days?|weeks?|months?|years?)\b)`)

// addSchedule adds the sentence by which a document says when people were assessed, where it has a time that the values lack.
func (j *job) addSchedule(out []value, t *graph.Telling) []value {
	text, err := j.graph.Text(j.ctx, t.DocumentID)
	if err != nil || t.Study.SecondHand {
		return out
	}
	for _, m := range scheduled.FindAllStringSubmatchIndex(text, -1) {
		p := sentenceAround(text, m[0], m[1])
		if m[2] < 0 {
			m[2], m[3] = m[4], m[5]
		}
		for _, n := range wholeNumbers.FindAllString(text[m[2]:m[3]], -1) {
			if !slices.ContainsFunc(out, func(v value) bool { return slices.Contains(wholeNumbers.FindAllString(v.text, -1), n) }) {
				out = addValue(out, value{"the text says: “" + evidence.Clip(p.Text, mostQuoted) + "”", []Located{{t.Source, p}}, shortSource(t.Source)})
				break
			}
		}
	}
	return out
}

// wholeNumbers matches numbers.
var wholeNumbers = lazyregexp.New(`\d+(?:\.\d+)?`)

// criteriaTexts prints the criteria of a population, each as a comparable statement, with what was printed.
func (l *lexicon) criteriaTexts(p *evidence.Population) []string {
	var out []string
	for _, c := range p.Criteria {
		s := l.variableText(c)
		switch {
		case c.Relation.Numeric():
			s += " " + sign(c.Relation) + c.Value
			if c.High.Present() {
				s += " to " + string(c.High)
			}
			if c.Unit != "" {
				s += " " + c.Unit
			}
		case c.Relation == quantity.Not:
			s = "no " + s
		case c.Value != "":
			s += " " + string(c.Relation) + " " + plain(l.conceptLabel(c.Value))
		}
		if c.Duration != "" {
			s += " for " + strings.TrimPrefix(c.Duration, "for ")
		}
		if c.Exclude {
			s = excludedMark + s
		}
		if c.Doubt != "" {
			s += " (" + c.Doubt + ")"
		}
		out = append(out, s)
	}
	return out
}

// sign prints a relation as one sign where there is one.
func sign(r quantity.Relation) string {
	switch r {
	case quantity.AtLeast:
		return "≥"
	case quantity.AtMost:
		return "≤"
	case quantity.Between:
		return "from "
	}
	return string(r)
}

// What stands before a criterion where it is printed, and before one that people must not meet.
const (
	criterionMark = "criterion: "
	excludedMark  = "excluded: "
)

func printEligibility(j *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		for i := range t.Study.Populations {
			p := &t.Study.Populations[i]
			if p.Parent != "" {
				continue
			}
			out = addValue(out, value{p.Text, located(t, p.Passages), shortSource(t.Source)})
			for _, c := range j.criteriaTexts(p) {
				out = addValue(out, value{criterionMark + c, located(t, p.Passages), shortSource(t.Source)})
			}
		}
	}
	return out
}

func printArms(j *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		for i := range t.Study.Arms {
			a := &t.Study.Arms[i]
			text := j.armName(s, a)
			if a.Label != "" && a.Label != text {
				text += " (" + a.Label + ")"
			}
			if a.Role != "" {
				text += ", " + string(a.Role)
			}
			if a.N.Present() {
				text += ", n " + string(a.N)
			} else if slices.Contains(j.attributesAsked(), "sample size") {
				text += ", n not reported"
			}
			out = addValue(out, value{text, located(t, a.Passages), shortSource(t.Source)})
		}
	}
	return out
}

// attributesAsked returns the attributes that the query looks up.
func (j *job) attributesAsked() []string {
	if q, ok := j.query.Selection.(*syntax.Attributes); ok {
		return q.Names
	}
	return nil
}

func printContent(j *job, s *graph.Study) []value {
	var out []value
	for _, t := range s.Tellings {
		for i := range t.Study.Arms {
			a := &t.Study.Arms[i]
			if d := describing(a); d != "" {
				out = addValue(out, value{j.armName(s, a) + ": " + d, located(t, a.Passages), shortSource(t.Source)})
			}
			if p := j.partsText(a); p != "" {
				out = addValue(out, value{j.armName(s, a) + " contains " + p, located(t, a.Passages), shortSource(t.Source)})
			}
		}
	}
	return out
}
