package format

import (
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// ctRecord is a record that is being told: its lines, what the source labels, and the study.
type ctRecord struct {
	ctLines
	s      *ctStudy
	report evidence.Report
	words  []evidence.Keyword
	cites  []evidence.Citation
	out    evidence.Study
	groups map[string]string // labels of arms by how groups are named
	labels map[string]int    // arms by their labels
	people evidence.Ref      // the people of the study
}

// record tells a study as a record. data is its JSON, which stands in the file at a byte.
func (s *ctStudy) record(data []byte, at int) Record {
	c := &ctRecord{s: s, groups: map[string]string{}, labels: map[string]int{}}
	c.identify()
	c.design()
	c.describe()
	c.arms()
	c.registered()
	c.eligibility()
	c.places()
	c.references()
	c.flow()
	c.baseline()
	c.measured()
	c.adverse()
	r := Record{Text: c.b.String()}
	r.Origin = &evidence.Origin{Record: evidence.Extent{Start: at, End: at + len(data)}, Runs: pointed(c.told, data, at)}
	r.Known.Report, r.Known.Keywords, r.Known.Cites = c.report, c.words, c.cites
	r.Known.Studies = []evidence.Study{c.out}
	return r
}

// states writes a fact of the study and notes which fields it stands behind.
func (c *ctRecord) states(pointer, text string, fields ...string) evidence.Passage {
	p := c.line(pointer, text)
	if p.Text == "" {
		return p
	}
	for _, f := range fields {
		i := slices.IndexFunc(c.out.Stated, func(s evidence.Statement) bool { return s.Field == f })
		if i < 0 {
			c.out.Stated = append(c.out.Stated, evidence.Statement{Field: f})
			i = len(c.out.Stated) - 1
		}
		c.out.Stated[i].Passages = append(c.out.Stated[i].Passages, p)
	}
	return p
}

// registration is the form of an identifier that a registry of studies gives, without blanks.
var registration = lazyregexp.New(`^(?:NCT\d{8}|ISRCTN\d{8}|(?:EUCTR)?20\d\d-\d{6}-\d\d(?:-\d\d|-[A-Z]{2})?|ACTRN\d{14}p?|DRKS\d{8}|PACTR\d{15,16}|ChiCTR[-A-Za-z]*\d{8,10}|CTRI/\d{4}/\d{2,3}/\d{6}|IRCT\d{8,}N\d+|UMIN\d{9}|jRCTs?\d{9,10}|JPRN-\w+|KCT\d{7}|TCTR\d{11}|SLCTR/\d{4}/\d{3}|RBR-\w{5,8}|RPCEC\d{8}|NTR\d{3,5}|NL-OMON\d+|U1111-\d{4}-\d{4}|CRD\d{11,14})$`)

// identify tells what the study is called.
func (c *ctRecord) identify() {
	const at = "/protocolSection/identificationModule"
	id := &c.s.Protocol.Identification
	nct := strings.ToUpper(strings.Join(strings.Fields(id.NCTID.line()), ""))
	title, from := id.Title.line(), "/briefTitle"
	if title == "" {
		title, from = id.Official.line(), "/officialTitle"
	}
	if title == "" {
		title, from = nct, "/nctId"
	}
	c.title(at+from, title)
	c.b.WriteByte('\n')
	c.section = "Registration"
	c.report.Title = title
	c.report.Journal = "ClinicalTrials.gov"
	c.out.ID, c.out.Name = nct, id.Acronym.line()
	if c.out.ID == "" {
		c.out.ID = id.Org.ID.line()
	}
	if c.out.ID == "" {
		c.out.ID = title
	}
	if c.out.ID == "" {
		c.out.ID = "study"
	}
	if c.out.Name == "" {
		c.out.Name = c.out.ID
	}
	if registration.MatchString(nct) {
		c.report.URLs = []string{"https://clinicaltrials.gov/study/" + nct}
		c.out.Registrations = append(c.out.Registrations, nct)
	}
	c.states(at+"/nctId", labelled("ClinicalTrials.gov identifier", nct), "registrations")
	for i, a := range id.Aliases {
		if n := a.line(); registration.MatchString(n) {
			c.register(n)
			c.states(item(at+"/nctIdAliases", i), "Former identifier: "+n, "registrations")
		}
	}
	c.states(at+"/acronym", labelled("Acronym", id.Acronym.line()), "name")
	if official := id.Official.line(); official != title {
		c.line(at+"/officialTitle", labelled("Official title", official))
	}
	c.line(at+"/orgStudyIdInfo/id", labelled("Sponsor's identifier", id.Org.ID.line()))
	for i, s := range id.Secondary {
		n := s.ID.line()
		what := "Secondary identifier"
		if kind := joined(", ", ctText(s.Type.words()), s.Domain); kind != "" {
			what += " (" + kind + ")"
		}
		fields := []string(nil)
		if n = strings.TrimPrefix(n, "EudraCT "); registration.MatchString(strings.Join(strings.Fields(n), "")) || s.Type == "REGISTRY" && n != "" {
			c.register(strings.Join(strings.Fields(n), ""))
			fields = []string{"registrations"}
		}
		c.states(item(at+"/secondaryIdInfos", i)+"/id", labelled(what, n), fields...)
	}
	sponsors := &c.s.Protocol.Sponsors
	c.out.Sponsor = sponsors.Lead.Name.line()
	c.states("/protocolSection/sponsorCollaboratorsModule/leadSponsor/name", labelled("Sponsor", c.out.Sponsor), "sponsor")
	for i, s := range sponsors.With {
		c.line(item("/protocolSection/sponsorCollaboratorsModule/collaborators", i)+"/name", labelled("Collaborator", s.Name.line()))
	}
	status := &c.s.Protocol.Status
	posted := joined("", status.Posted.Date)
	if posted == "" {
		posted = joined("", status.Submitted)
	}
	c.report.Year = yearIn(posted)
	c.line("/protocolSection/statusModule/studyFirstPostDateStruct/date", labelled("First posted", joined("", status.Posted.Date)))
	c.line("/protocolSection/statusModule/resultsFirstPostDateStruct/date", labelled("Results first posted", joined("", status.Results.Date)))
}

// register adds a registration, once.
func (c *ctRecord) register(n string) {
	if !slices.Contains(c.out.Registrations, n) {
		c.out.Registrations = append(c.out.Registrations, n)
	}
}

// design tells how the study is done, how large it is and when.
func (c *ctRecord) design() {
	const at = "/protocolSection/designModule"
	c.heading("Design")
	d, out := &c.s.Protocol.Design, &c.out.Design
	info := &d.Info
	switch d.StudyType {
	case "INTERVENTIONAL":
		out.Kind = evidence.KindTrial
	case "OBSERVATIONAL":
		switch {
		case info.Time == "CROSS_SECTIONAL":
			out.Kind = evidence.KindCrossSectional
		case info.Observational != "CASE_CONTROL" && !strings.HasPrefix(string(info.Observational), "ECOLOGIC") && info.Observational != "FAMILY_BASED":
			out.Kind = evidence.KindCohort
		}
	}
	clusters := inClusters.MatchString(joined(" ", info.ModelText, c.s.Protocol.Identification.Title, c.s.Protocol.Identification.Official))
	switch info.Allocation {
	case "RANDOMIZED":
		out.Allocation = evidence.Randomized
		if clusters {
			out.Allocation = evidence.ClusterRandomized
		}
	case "NON_RANDOMIZED":
		out.Allocation = evidence.NonRandomized
	case "NA":
		out.Allocation = evidence.NoAllocation
	}
	out.Model = info.Model.words()
	if m := info.Masking.Masking; m == "NONE" {
		out.Masking = "none (open label)"
	} else if m != "" {
		out.Masking = m.words()
		if len(info.Masking.Who) > 0 {
			who := make([]string, len(info.Masking.Who))
			for i, w := range info.Masking.Who {
				who[i] = w.words()
			}
			out.Masking += " (" + strings.Join(who, ", ") + ")"
		}
	}
	out.Phase = phaseOf(d.Phases)
	out.Status = c.s.Protocol.Status.Overall.words()
	out.Text = strings.Join(slices.DeleteFunc([]string{
		d.StudyType.words(), out.Phase, info.Allocation.words(), out.Model, info.Observational.words(), info.Time.words(), prefixed("masking ", out.Masking), info.Purpose.words(),
	}, func(s string) bool { return s == "" || s == "na" }), ", ")
	c.states(at, labelled("Design", out.Text), "design")
	c.states(at+"/designInfo/interventionModelDescription", labelled("Model", info.ModelText.line()), "design")
	c.states(at+"/designInfo/maskingInfo/maskingDescription", labelled("Masking", info.Masking.Text.line()), "design")
	c.states("/protocolSection/statusModule/overallStatus", labelled("Status", out.Status), "design")
	c.line("/protocolSection/statusModule/whyStopped", labelled("Why stopped", c.s.Protocol.Status.WhyStopped.line()))
	c.enrolled()
	c.dates()
}

// inClusters is how a trial says that it assigns groups of people.
var inClusters = lazyregexp.New(`(?i)\bcluster[- ](?:level )?(?:randomi|assign|alloc|controlled|crossover|trial|rct)|\bclusters\b|\brandomi[sz]ed by (?:cluster|site|clinic|practice|hospital|school|village)`)

// phaseOf returns the phases of a trial in words.
func phaseOf(phases []ctText) string {
	var out []string
	for _, p := range phases {
		s := strings.ReplaceAll(p.words(), "phase", "phase ")
		if s = strings.Join(strings.Fields(s), " "); s != "" && s != "na" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "/")
}

// enrolled tells how many took part, or are to.
func (c *ctRecord) enrolled() {
	const at = "/protocolSection/designModule/enrollmentInfo"
	e := &c.s.Protocol.Design.Enrollment
	n := e.Count.number()
	if !n.Present() {
		return
	}
	if e.Type == "ESTIMATED" || e.Type == "ANTICIPATED" {
		c.out.NPlanned = n
		c.states(at, "Enrollment planned: "+string(n)+" participants", "n_planned")
		return
	}
	c.out.N = n
	c.states(at, "Enrollment: "+string(n)+" participants", "n")
}

// dates tells when the study began and ended. What is only expected is told and not taken for a fact.
func (c *ctRecord) dates() {
	const at = "/protocolSection/statusModule"
	s := &c.s.Protocol.Status
	happened := func(d ctDate) bool { return d.Type != "ESTIMATED" && d.Type != "ANTICIPATED" }
	tell := func(field, name string, d ctDate, of string) {
		text := labelled(name, d.Date.line())
		if text != "" && !happened(d) {
			text, of = text+" (expected)", ""
		}
		if of == "" {
			c.line(at+"/"+field+"/date", text)
			return
		}
		c.states(at+"/"+field+"/date", text, of)
	}
	if happened(s.Start) {
		c.out.Recruited.From = s.Start.Date.line()
	}
	tell("startDateStruct", "Start", s.Start, "recruited")
	of := ""
	switch {
	case s.Completion.Date != "" && happened(s.Completion):
		c.out.FollowUpEnded = s.Completion.Date.line()
	case s.Completion.Date == "" && happened(s.Primary):
		c.out.FollowUpEnded, of = s.Primary.Date.line(), "follow_up_ended"
	}
	tell("primaryCompletionDateStruct", "Primary completion", s.Primary, of)
	tell("completionDateStruct", "Completion", s.Completion, "follow_up_ended")
}

// describe tells the summary and the conditions.
func (c *ctRecord) describe() {
	p := &c.s.Protocol
	c.heading("Summary")
	c.lines("/protocolSection/descriptionModule/briefSummary", p.Description.Brief)
	c.heading("Description")
	c.lines("/protocolSection/descriptionModule/detailedDescription", p.Description.Detailed)
	seen := map[evidence.Keyword]bool{}
	add := func(source string, t ctText) {
		k := evidence.Keyword{Text: t.line(), Source: source}
		if k.Text != "" && !seen[k] {
			seen[k] = true
			c.words = append(c.words, k)
		}
	}
	for _, k := range p.Conditions.Keywords {
		add("author keyword", k)
	}
	for _, b := range []ctBrowse{c.s.Derived.Conditions, c.s.Derived.Interventions} {
		for _, m := range b.Meshes {
			add("MeSH", m.Term)
		}
	}
}

// armRoles are the registry's types of arm in the terms of the model.
var armRoles = map[ctText]evidence.Role{
	"EXPERIMENTAL": evidence.Experimental, "ACTIVE_COMPARATOR": evidence.ActiveComparator, "PLACEBO_COMPARATOR": evidence.Placebo,
	"SHAM_COMPARATOR": evidence.Sham, "NO_INTERVENTION": evidence.NoIntervention,
}

// arms tells the arms and what they receive.
func (c *ctRecord) arms() {
	const at = "/protocolSection/armsInterventionsModule"
	c.heading("Arms and interventions")
	m := &c.s.Protocol.Arms
	for i, g := range m.Groups {
		arm := evidence.Arm{Label: c.freeLabel(g.Label.line()), Role: armRoles[g.Type], Description: g.Description.line()}
		for _, n := range g.Interventions {
			_, name, ok := strings.Cut(n.line(), ": ")
			if !ok {
				name = n.line()
			}
			if name != "" && !slices.Contains(arm.Interventions, name) {
				arm.Interventions = append(arm.Interventions, name)
			}
		}
		what := "Arm"
		if t := g.Type.words(); t != "" {
			what += " (" + t + ")"
		}
		text := sentence(what+": "+arm.Label, labelled("Interventions", strings.Join(arm.Interventions, "; ")), arm.Description)
		arm.Passages = passages(c.line(item(at+"/armGroups", i), text))
		c.addArm(arm)
	}
	for i, v := range m.Interventions {
		what := "Intervention"
		if t := v.Type.words(); t != "" {
			what += " (" + t + ")"
		}
		p := c.line(item(at+"/interventions", i), sentence(what+": "+v.Name.line(), labelled("Also called", joined("; ", v.Others...)), v.Description.line()))
		for _, label := range v.Arms {
			for k := range m.Groups {
				if k < len(c.out.Arms) && m.Groups[k].Label == label && p.Text != "" {
					c.out.Arms[k].Passages = append(c.out.Arms[k].Passages, p)
				}
			}
		}
	}
}

// freeLabel returns a label that no arm has yet.
func (c *ctRecord) freeLabel(label string) string {
	if label == "" {
		label = "arm"
	}
	free := label
	for n := 2; ; n++ {
		if _, taken := c.labels[free]; !taken {
			return free
		}
		free = fmt.Sprintf("%s (%d)", label, n)
	}
}

// addArm adds an arm, whose label no other has.
func (c *ctRecord) addArm(a evidence.Arm) {
	c.labels[a.Label] = len(c.out.Arms)
	c.out.Arms = append(c.out.Arms, a)
}

// registered tells the outcomes that the study announced.
func (c *ctRecord) registered() {
	const at = "/protocolSection/outcomesModule"
	c.heading("Registered outcomes")
	m := &c.s.Protocol.Outcomes
	for _, list := range []struct {
		name, role string
		outcomes   []ctOutcome
	}{{"primaryOutcomes", "primary", m.Primary}, {"secondaryOutcomes", "secondary", m.Secondary}, {"otherOutcomes", "exploratory", m.Other}} {
		for i, o := range list.outcomes {
			name := o.Measure.line()
			text := sentence(capital(list.role)+" outcome: "+name, labelled("Time frame", o.TimeFrame.line()), o.Description.line())
			p := c.line(item(at+"/"+list.name, i), text)
			if name == "" {
				continue
			}
			c.out.Outcomes = append(c.out.Outcomes, evidence.Outcome{
				ID: fmt.Sprintf("o%d", len(c.out.Outcomes)+1), Text: name, Role: list.role,
				Definition: o.Description.line(), Timepoint: o.TimeFrame.line(), Passages: passages(p),
			})
		}
	}
}

// capital returns s with its first letter as a capital; s begins with an ASCII letter.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// places tells where the study was done.
func (c *ctRecord) places() {
	const at = "/protocolSection/contactsLocationsModule/locations"
	c.heading("Locations")
	var countries []string
	for i, l := range c.s.Protocol.Contacts.Locations {
		fields := []string(nil)
		if country := l.Country.line(); country != "" && !slices.Contains(countries, country) {
			countries = append(countries, country)
			fields = append(fields, "country")
		}
		where := joined(", ", l.Facility, l.City, l.Country)
		if len(c.s.Protocol.Contacts.Locations) == 1 && where != "" {
			c.out.Setting = joined(", ", l.Facility, l.City)
			fields = append(fields, "setting")
		}
		c.states(item(at, i), where, fields...)
	}
	c.out.Country = strings.Join(countries, ", ")
}

// relations are the registry's types of reference as relations of the record to the publication.
var relations = map[ctText]string{"RESULT": "reported in", "DERIVED": "derived publication"}

// references tells the publications that the record names.
func (c *ctRecord) references() {
	const at = "/protocolSection/referencesModule/references"
	c.heading("References")
	for i, r := range c.s.Protocol.References.References {
		text := r.Citation.line()
		pmid := barePMID(r.PMID.line())
		if text == "" && pmid == "" {
			continue
		}
		cite := evidence.Citation{ID: fmt.Sprintf("c%d", i+1), Relation: relations[r.Type], Report: citedReport(text)}
		cite.PMID = pmid
		what := "Reference"
		if t := r.Type.words(); t != "" {
			what += " (" + t + ")"
		}
		line := what + ": " + text
		if pmid != "" {
			line += " PMID " + pmid
		}
		if len(r.Retractions) > 0 {
			cite.Status = "retracted"
			line += " [retracted]"
		}
		cite.Passages = passages(c.line(item(at, i), line))
		c.cites = append(c.cites, cite)
	}
}

// authorName is how a citation in PubMed's style names a person.
var authorName = lazyregexp.New(`^[\p{Lu}\p{Ll}][\p{L}'’ -]* \p{Lu}{1,4}(?: (?:Jr|Sr|2nd|3rd))?$`)

// citedReport reads a citation in PubMed's style: "Doe J, Roe R. Title. Journal. 2019 May;4(2):1-9. doi: 10.1/x". Where
// it is in another style, the whole of it is the title.
func citedReport(text string) evidence.Report {
	r := evidence.Report{DOI: bareDOI(text)}
	authors, rest, ok := strings.Cut(text, ". ")
	if !ok {
		r.Title, r.Year = text, yearIn(text)
		return r
	}
	var people []string
	for name := range strings.SplitSeq(authors, ", ") {
		if !authorName.MatchString(name) && name != "et al" && !strings.Contains(name, ";") {
			people = nil
			break
		}
		people = append(people, name)
	}
	if len(people) == 0 {
		r.Title, r.Year = text, yearIn(text)
		return r
	}
	r.Authors = people
	end := strings.Index(rest, ". ")
	if q := strings.Index(rest, "? "); q >= 0 && (end < 0 || q < end) {
		end = q
	}
	if end < 0 {
		r.Title = strings.TrimSuffix(rest, ".")
		return r
	}
	r.Title = strings.TrimSuffix(rest[:end+1], ".")
	journal, tail, _ := strings.Cut(rest[end+2:], ". ")
	if m := issueOf.FindStringSubmatch(tail); m != nil {
		r.Journal, r.Year = journal, yearIn(m[1])
		r.Volume, r.Issue, r.Pages = m[2], m[3], m[4]
	} else {
		r.Year = yearIn(tail)
	}
	return r
}

// issueOf is the date, volume, issue and pages of a citation.
var issueOf = lazyregexp.New(`^(\d{4}[^;.]*)(?:;([\w-]+)?(?:\(([^)]*)\))?(?::([\w-]+))?)?`)
