package link

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// signs is what of a telling can show which study it is of, brought into comparable form.
type signs struct {
	telling         *Telling
	report          *evidence.Report // the study's own report; nil where none is known
	document, study string
	registrations   []string // sorted, unique, capitals
	pooled          bool     // two numbers of one registry: several studies in one
	reportIDs       []string // "doi:...", "pmid:...", "pmcid:..."; the first names the report best
	name            string   // the acronym in capitals; empty where the study has only authors for a name
	aliases         []string // the same of other names that the text gives it, sorted; they join with equal numbers alone
	parent          string   // the same of the parent
	team            []string // groups that sign as author, sorted
	arms            []string // what each arm gets, sorted, unique
	review          bool
	secondary       bool
	alone           bool // the only study that its document tells of this report
	n               int  // randomized; 0 where not stated
	from            string
}

// signsOf reads a telling.
func signsOf(t *Telling) *signs {
	study := briefly(t.Study)
	t = &Telling{t.Document, t.Report, &study, t.Cites}
	s := &signs{telling: t, document: t.Document, study: study.ID, report: t.Report, alone: true}
	if t.Study.SecondHand {
		s.report = nil
		for i := range t.Cites {
			if t.Cites[i].ID == t.Study.Via && t.Study.Via != "" {
				s.report = &t.Cites[i].Report
			}
		}
	}
	for _, r := range t.Study.Registrations {
		s.registrations = append(s.registrations, normalRegistration(r))
	}
	s.name = acronym(t.Study.Name)
	for _, a := range t.Study.Aliases {
		if a = acronym(a); a != "" {
			s.aliases = append(s.aliases, a)
		}
	}
	slices.Sort(s.aliases)
	s.aliases = slices.Compact(s.aliases)
	if p := normalRegistration(t.Study.Parent); isRegistration(p) {
		s.registrations = append(s.registrations, p)
	} else {
		s.parent = acronym(t.Study.Parent)
	}
	slices.Sort(s.registrations)
	s.registrations = slices.Compact(s.registrations)
	registries := map[string]int{}
	for _, r := range s.registrations {
		registries[registry(r)]++
		s.pooled = s.pooled || registries[registry(r)] > 1
	}
	s.review = evidence.Gathers(t.Study.Design.Kind)
	s.secondary = t.Study.Design.Kind == evidence.KindSecondaryAnalysis
	s.secondary = s.secondary || t.Study.Parent != ""
	s.from = t.Study.Recruited.From
	if n, ok := t.Study.NRandomized.Int(); ok && t.Study.NRandomized.Present() {
		s.n = n
	}
	s.reportIDs = reportIDs(s.report)
	if s.report != nil {
		for _, a := range s.report.Authors {
			if g := team(a); g != "" {
				s.team = append(s.team, g)
			}
		}
		slices.Sort(s.team)
		s.team = slices.Compact(s.team)
	}
	for i := range t.Study.Arms {
		s.arms = append(s.arms, armKey(&t.Study.Arms[i]))
	}
	slices.Sort(s.arms)
	s.arms = slices.Compact(s.arms)
	return s
}

// place is a text by whose order tellings are put in an order that depends on content alone.
func (s *signs) place() string {
	first := binary.BigEndian.AppendUint64([]byte{byte(s.standing())}, uint64(year(s.report))^1<<63)
	return string(first) + strings.Join([]string{
		s.document, s.study, s.name, strings.Join(s.registrations, " "), strings.Join(s.reportIDs, " "), strings.Join(s.arms, " "), "",
	}, "\x00")
}

func year(r *evidence.Report) int {
	if r == nil {
		return 0
	}
	return r.Year
}

// How a telling stands to its study.
const (
	ownReport = iota
	secondaryReport
	protocolReport
	secondHand
)

func (s *signs) standing() int {
	switch {
	case s.telling.Study.SecondHand:
		return secondHand
	case s.telling.Study.Design.Kind == evidence.KindProtocol:
		return protocolReport
	case s.secondary:
		return secondaryReport
	}
	return ownReport
}

func (s *signs) reference() Reference { return Reference{s.document, s.study} }

// registrationKeys are the registrations, or all of them as one where they are of several studies. A review that gives
// a trial's number is still no report of the trial.
func (s *signs) registrationKeys() []string {
	switch {
	case s.pooled:
		return []string{"pooled " + strings.Join(s.registrations, " ")}
	case s.review && len(s.registrations) > 0:
		return []string{"review " + s.registrations[0]}
	}
	return s.registrations
}

// reportKeys are what two tellings of one report share: its identifiers, or where these are missing the title together
// with the year and the first author.
func (s *signs) reportKeys() []string {
	if len(s.reportIDs) > 0 || s.report == nil {
		return append(slices.Clone(s.reportIDs), citationKey(s.report)...)
	}
	return citationKey(s.report)
}

// citationKey is title, year and first author; a title alone is no key.
func citationKey(r *evidence.Report) []string {
	if r == nil || r.Title == "" || r.Year == 0 || len(r.Authors) == 0 {
		return nil
	}
	title := strings.Join(words(r.Title), " ")
	author := words(r.Authors[0])
	if len(title) < 20 || len(author) == 0 {
		return nil
	}
	return []string{"cited " + title + " " + strconv.Itoa(r.Year) + " " + author[0]}
}

// reportIDs are the identifiers of a report, the best first.
func reportIDs(r *evidence.Report) []string {
	if r == nil {
		return nil
	}
	var out []string
	if r.DOI != "" {
		out = append(out, "doi:"+strings.ToLower(r.DOI))
	}
	if r.PMID != "" {
		out = append(out, "pmid:"+r.PMID)
	}
	if r.PMCID != "" {
		out = append(out, "pmcid:"+strings.ToUpper(r.PMCID))
	}
	return out
}

// teamKeys are the acronym and the groups that sign, each with one of the arms that tell studies apart.
func (s *signs) teamKeys() []string {
	if s.review || s.pooled || len(s.arms) < 2 {
		return nil
	}
	var out []string
	for _, who := range slices.Concat(s.team, s.aliases, []string{s.name}) {
		if who == "" {
			continue
		}
		for _, arm := range s.arms {
			if !undistinctive[arm] {
				out = append(out, who+"\x00"+arm)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// titleKeys is the title of the report where it is long enough to be that of one only.
func (s *signs) titleKeys() []string {
	if s.review || s.pooled || s.report == nil {
		return nil
	}
	title := words(s.report.Title)
	if len(title) < 9 {
		return nil
	}
	return []string{strings.Join(title, "")} // "non-opioid" and "nonopioid" are one
}

// nameKeys are the acronym and the other names of a study.
func (s *signs) nameKeys() []string {
	if s.review || s.pooled || s.parent != "" {
		return nil
	}
	out := slices.Clone(s.aliases)
	if s.name != "" {
		out = append(out, s.name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// size is how many took part, as the text counts them first: randomized, in all, or analyzed.
func (s *signs) size() int {
	for _, x := range []quantity.Decimal{s.telling.Study.NRandomized, s.telling.Study.N, s.telling.Study.NAnalyzed} {
		if n, ok := x.Int(); ok && n > 0 {
			return n
		}
	}
	return 0
}

// sameSize reports whether both tell how many took part, and the same.
func sameSize(a, b *signs) bool { return a.size() > 1 && a.size() == b.size() }

// commonTreatments returns the concepts that arms of both were given, other than those that most studies have.
func commonTreatments(a, b *signs) []string {
	of := func(s *signs) (out []string) {
		for _, arm := range s.telling.Study.Arms {
			for _, id := range arm.Interventions {
				if !undistinctive[strings.ToLower(id)] {
					out = append(out, id)
				}
			}
		}
		return out
	}
	return shared(of(a), of(b))
}

// undistinctive are arms that so many studies have that they tell nothing.
var undistinctive = map[string]bool{
	"placebo": true, "usual_care": true, "active_control": true, "sham": true, "no_intervention": true, "waiting_list": true,
	"control": true, "intervention": true, "control group": true, "intervention group": true, "standard_medical_management": true,
	"treatment": true, "treatment group": true, "arm 1": true, "arm 2": true, "group 1": true, "group 2": true, "group a": true, "group b": true,
}

// armKey is what an arm gets: its interventions by concept, else its label.
func armKey(a *evidence.Arm) string {
	if len(a.Interventions) > 0 {
		list := slices.Clone(a.Interventions)
		slices.Sort(list)
		return strings.ToLower(strings.Join(slices.Compact(list), " + "))
	}
	return strings.Join(words(a.Label), " ")
}

// team returns the name of a group that signs as author, in small letters; empty for a person.
func team(author string) string {
	list := words(author)
	for _, w := range list {
		switch w {
		case "team", "group", "investigators", "consortium", "collaborators", "collaboration", "network", "committee":
			if len(list) > 1 {
				return strings.Join(list, " ")
			}
		}
	}
	return ""
}

// acronym returns a study's name in a form to compare by, and nothing for a name of authors and a year.
func acronym(name string) string {
	if authorYear(name) {
		return ""
	}
	list := words(name)
	for len(list) > 1 && slices.Contains([]string{"trial", "study", "rct"}, list[len(list)-1]) {
		list = list[:len(list)-1]
	}
	if len(list) > 1 && list[0] == "the" {
		list = list[1:]
	}
	joined := strings.ToUpper(strings.Join(list, " "))
	if len(joined) < 3 {
		return ""
	}
	return joined
}

// authorYear reports whether a name ends in a year: "Heavey 2023".
func authorYear(name string) bool {
	list := strings.Fields(name)
	if len(list) < 2 {
		return false
	}
	n, err := strconv.Atoi(strings.TrimRight(list[len(list)-1], "abc"))
	return err == nil && n > 1900 && n < 2200
}

// words splits text into its letters and digits, in small letters.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// normalRegistration writes a registration in capitals without spaces.
func normalRegistration(s string) string {
	return strings.ToUpper(strings.Join(strings.Fields(s), ""))
}

// isRegistration reports whether a text is like a registration: letters, then digits with signs between.
func isRegistration(s string) bool {
	prefix := registry(s)
	rest := strings.Trim(s[len(prefix):], "0123456789-/.:")
	digits := strings.Count(s, "") - 1 - len(prefix)
	return len(prefix) >= 2 && rest == "" && digits >= 4 || prefix == "" && rest == "" && digits >= 10
}

// registry is the letters that a registration starts with; EudraCT numbers have none.
func registry(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return r < 'A' || r > 'Z' })
	if i < 0 {
		return s
	}
	return s[:i]
}

// compareRegistrations puts ClinicalTrials.gov first, then the alphabet.
func compareRegistrations(a, b string) int {
	first := func(s string) int {
		if strings.HasPrefix(s, "NCT") {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(first(a), first(b)), strings.Compare(a, b))
}

func shared(a, b []string) []string {
	var out []string
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// contradictsRegistration reports whether both have a number of one registry and none in common.
func (s *signs) contradictsRegistration(t *signs) bool {
	return contradictRegistrations(s.registrations, t.registrations)
}

// contradictsReport reports whether both have an identifier of one kind and none in common.
func (s *signs) contradictsReport(t *signs) bool {
	if len(shared(s.reportIDs, t.reportIDs)) > 0 {
		return false
	}
	for _, x := range s.reportIDs {
		for _, y := range t.reportIDs {
			if kind, _, _ := strings.Cut(x, ":"); strings.HasPrefix(y, kind+":") {
				return true
			}
		}
	}
	return false
}

func contradictRegistrations(a, b []string) bool {
	if len(shared(a, b)) > 0 {
		return false
	}
	for _, x := range a {
		for _, y := range b {
			if registry(x) == registry(y) {
				return true
			}
		}
	}
	return false
}

// contradictsArms reports whether both say what their arms get, and nothing is the same.
func (s *signs) contradictsArms(t *signs) bool {
	return len(s.arms) > 1 && len(t.arms) > 1 && len(shared(s.arms, t.arms)) == 0
}

// relatedTo reports whether two tellings with one team may be of one study: those with one acronym may, those that
// their texts call so when as many people were randomized, others when one is told as an analysis or the protocol of an earlier trial. Teams run several trials, also of the same arms.
func (s *signs) relatedTo(t *signs) bool {
	if s.name != "" && s.name == t.name {
		return true
	}
	if s.name != "" && t.name != "" {
		return false
	}
	if s.calledAs(t) != "" {
		return s.n > 0 && s.n == t.n
	}
	for _, x := range []*signs{s, t} {
		if x.secondary || x.standing() == protocolReport {
			return true
		}
	}
	return false
}

// calledAs returns a name that both have, which the text of one at least gives it beside another: a program's name is that of
// all trials of it.
func (s *signs) calledAs(t *signs) string {
	for _, a := range s.aliases {
		if a == t.name || slices.Contains(t.aliases, a) {
			return a
		}
	}
	if s.name != "" && slices.Contains(t.aliases, s.name) {
		return s.name
	}
	return ""
}

// sameArms reports whether the arms are the same: all of the telling with fewer are arms of the other.
func sameArms(a, b *signs) bool {
	n := len(shared(a.arms, b.arms))
	return n >= 2 && n == min(len(a.arms), len(b.arms))
}

// commonOutcome returns an outcome of a that b has too: by concept, or by most of its words.
func commonOutcome(a, b *signs) (string, bool) {
	for _, x := range a.telling.Study.Outcomes {
		for _, y := range b.telling.Study.Outcomes {
			if x.Concept != "" && x.Concept == y.Concept {
				return x.Text, true
			}
		}
	}
	for _, x := range a.telling.Study.Outcomes {
		for _, y := range b.telling.Study.Outcomes {
			if alike(x.Text, y.Text) {
				return x.Text, true
			}
		}
	}
	return "", false
}

// alike reports whether two texts say much the same: three quarters of the shorter one's words, at least two, are in
// the other.
func alike(a, b string) bool {
	x, y := contentWords(a), contentWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	n := len(shared(x, y))
	return n >= 2 && 4*n >= 3*len(x)
}

func contentWords(s string) []string {
	var out []string
	for _, w := range words(s) {
		switch w {
		case "in", "of", "the", "a", "an", "at", "to", "from", "and", "or", "change", "changes", "mean", "average", "score", "total":
			continue
		}
		out = append(out, w)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// traits is what is known of a group that can contradict another.
type traits struct {
	registrations []string
	documents     map[string]bool // that tell of it first-hand
	reviews       bool
	primary       bool
	pooled        bool
	randomized    map[int]bool
	started       map[string]bool
}

func traitsOf(s *signs) *traits {
	t := &traits{
		registrations: slices.Clone(s.registrations), pooled: s.pooled, reviews: s.review, primary: !s.review && s.telling.Study.Design.Kind != "",
		documents: map[string]bool{s.document: true}, randomized: map[int]bool{}, started: map[string]bool{},
	}
	if s.n > 0 && !s.secondary && !s.telling.Study.SecondHand {
		t.randomized[s.n] = true
	}
	if s.from != "" {
		t.started[s.from] = true
	}
	return t
}

func (t *traits) add(o *traits) {
	t.registrations = append(t.registrations, o.registrations...)
	slices.Sort(t.registrations)
	t.registrations = slices.Compact(t.registrations)
	t.pooled, t.reviews, t.primary = t.pooled || o.pooled, t.reviews || o.reviews, t.primary || o.primary
	for d := range o.documents {
		t.documents[d] = true
	}
	for n := range o.randomized {
		t.randomized[n] = true
	}
	for f := range o.started {
		t.started[f] = true
	}
}

// contradict reports whether two groups cannot be one study as far as weak signs go.
func (t *traits) contradict(o *traits) bool {
	if contradictRegistrations(t.registrations, o.registrations) || t.pooled || o.pooled {
		return true
	}
	if t.reviews && o.primary || t.primary && o.reviews {
		return true
	}
	for d := range t.documents {
		if o.documents[d] {
			return true
		}
	}
	return disjoint(t.randomized, o.randomized) || startApart(t.started, o.started)
}

func disjoint(a, b map[int]bool) bool {
	for x := range a {
		if b[x] {
			return false
		}
	}
	return len(a) > 0 && len(b) > 0
}

// startApart reports whether two sets of dates, each as exact as stated, agree nowhere: "2017" and "2017-10" agree.
func startApart(a, b map[string]bool) bool {
	for x := range a {
		for y := range b {
			if strings.HasPrefix(x, y) || strings.HasPrefix(y, x) {
				return false
			}
		}
	}
	return len(a) > 0 && len(b) > 0
}
