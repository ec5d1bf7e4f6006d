package extract

import (
	"strings"

	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// role is what a sentence does in its document: its rhetorical role.
type role string

// The roles of a sentence. A sentence that is no prose (a title, a citation, a list of names) has none.
const (
	roleNone          role = ""
	roleBackground    role = "background"    // what was known before, and what others found
	roleObjective     role = "objective"     // the question asked
	roleDesign        role = "design"        // how, where and when the study was done
	roleParticipants  role = "participants"  // who could take part
	roleInterventions role = "interventions" // what the arms received
	roleOutcomes      role = "outcomes"      // what was measured
	roleMethods       role = "methods"       // other methods: analysis, sample size
	roleResults       role = "results"
	roleConclusion    role = "conclusion"
	roleRegistration  role = "registration" // registration, funding, sponsor
)

// moves are the roles in the order in which abstracts go through them; the roles of one step are free among each other.
var moves = []struct {
	role role
	step int
}{
	{roleBackground, 0},
	{roleObjective, 1},
	{roleDesign, 2},
	{roleParticipants, 2},
	{roleInterventions, 2},
	{roleOutcomes, 2},
	{roleMethods, 2},
	{roleResults, 3},
	{roleConclusion, 4},
	{roleRegistration, 5},
}

// sign is a pattern that speaks for a role, with its weight.
type sign struct {
	role    role
	weight  float64
	pattern *pattern.Pattern
}

// signs are the turns of phrase by which sentences show what they do. All that match count.
var signs = compileSigns([]struct {
	role    role
	weight  float64
	pattern string
}{
	{roleObjective, 4, `^(?:the )?(?:primary |main |overall |specific )?(?:aims?|objectives?|purposes?|goals?)\b`},
	{roleObjective, 4, `\b(?:we|study|trial|authors) (?:aim|aims|aimed|sought|hypothesi[sz]ed|set out|intend|intended)\b`},
	{roleObjective, 4, `^to (?:compare|determine|evaluate|assess|examine|investigate|test|explore|describe|estimate|identify|measure|study|establish|develop|quantify|analy[sz]e|find|report|ascertain|verify|characteri[sz]e|understand|review|summari[sz]e)\b`},
	{roleObjective, 2.5, `\b(?:this|the present|the current|our) (?:\w+ ){0,3}(?:study|trial|review|analysis|paper|article|project) (?:aims?|seeks?|examine[sd]?|evaluate[sd]?|investigate[sd]?|assess(?:es|ed)?|compare[sd]?|tests?|tested|explore[sd]?|determine[sd]?|was designed to|was conducted to|was undertaken to)\b`},
	{roleObjective, 2.5, `\bwe (?:\w+ )?(?:compared|evaluated|examined|investigated|assessed|tested|studied|explored|determined|report)\b`},
	{roleObjective, 2.5, `\bthis (?:\w+ ){0,3}(?:study|article|paper|review|trial|project) (?:reviewed|synthesi[sz]ed|summari[sz]ed|introduced|developed|described|presented|tested)\b`},
	{roleObjective, 3, `\bthe question (?:was|is)\b|\bto find out\b|^we (?:set|ask|asked|wanted)\b|\b(?:was|were) to (?:test|compare|determine|assess|evaluate|examine|find)\b|\basks? (?:what|whether|how)\b`},
	{roleObjective, 5, `^(?:is|are|does|do|can|could|will)\b[^?]{8,}\b(?:than|compared (?:with|to)|versus|vs\.?|(?:non-?)?inferior|superior|as (?:effective|good|safe) as)\b[^?]*\?$`},
	{roleObjective, 2, `\b(?:aim|aims|aimed|objective|purpose|goal) (?:of|to|was|is)\b`},
	{roleObjective, 4, `\b(?:wanted|hoped|wished|planned) to (?:learn|know|find out|understand|see|test|compare)\b`},
	{roleDesign, 1.5, `\b(?:randomi[sz]ed|randomly|double-?blind(?:ed)?|single-?blind(?:ed)?|open-label|placebo-controlled|parallel-group|cross-?over|multi-?cent(?:er|re)|multisite|single-cent(?:er|re)|pragmatic|cluster|cohort|cross-sectional|retrospective|prospective|noninferiority|non-inferiority)\b`},
	{roleDesign, 2, `\b(?:this|study|trial) (?:was|is) an? |\b(?:secondary|post[- ]hoc|subgroup|exploratory) analysis|\b(?:study|trial) design\b|\bpilot (?:study|trial)\b`},
	{roleDesign, 3, `\breviewed\b[^.;]{0,30}\b(?:\d+|[a-z]+teen|twenty) [^.;]{0,40}\b(?:trials|studies)\b`},
	{roleDesign, 1, `\b(?:was|were) (?:conducted|performed|carried out|done|recruited|enrolled)\b|\bsites? (?:was|were)\b|\bsetting\b|\bfollow-up was completed\b`},
	{roleParticipants, 2, `\beligib|\binclusion criteria|\bexclusion criteria|\bexcluded if|\b(?:participants|patients|subjects|women|adults) (?:included|were (?:included|eligible|recruited|enrolled))\b`},
	{roleParticipants, 1, `\baged (?:\d|between|from|over|under)|\byears of age|\byears or older|\bwho (?:had|were|was)\b`},
	{roleInterventions, 1.5, `\b(?:received?|involved|consisted of|comprised|was delivered|delivered by|were assigned to|assigned to receive|to receive|sessions?|administered|included (?:patient|weekly|group))\b`},
	{roleInterventions, 2, `\b(?:intervention|interventions|program|programme|therapy|treatment|control|care team|arm|group) (?:\w+ )?(?:involved|consisted|comprised|provided|included|had the same|combined|was delivered|were delivered|was designed)\b`},
	{roleOutcomes, 3.5, `\b(?:outcome|end ?-?points?|measure|outcomes|measures|variable|variables)(?: measures?| variables?)? (?:was|were|is|are|included?|includes|comprised|consisted|will be)\b`},
	{roleOutcomes, -4, `\b(?:outcomes?|end ?-?points?|measures?)(?: measures?)? (?:was|were|is|are) (?:also |not |significantly |more |less |similar|better|worse|improved|higher|lower|comparable|achieved|met|reported by|observed|seen|reached|available for|equivalent|favou?rable|poor|mediated|moderated|maintained|sustained|associated|in favou?r)`},
	{roleOutcomes, -5, `\b(?:primary|secondary|main) (?:outcomes?|end ?-?points?) (?:did not|differed|favou?red|improved|occurred|(?:was|were) in favou?r)`},
	{roleOutcomes, 2, `\b(?:primary|secondary|main|co-primary|principal|exploratory) (?:\w+ ){0,2}(?:outcome|end ?-?point|measure|variable)`},
	{roleOutcomes, 2, `\b(?:was|were) (?:assessed|measured|evaluated|recorded|collected)\b(?: (?:at|with|using|by|before|on|every))?|\bcompleted (?:research )?assessments\b`},
	{roleMethods, 2, `\b(?:analy[sz]ed (?:using|with|by|on|from)|was analy[sz]ed|were analy[sz]ed|data analys|intention[- ]to[- ]treat|regression|mixed(?:-effects)? model|sample size|statistical|imputation|anova|ancova|estimating equations?|analysis of (?:variance|covariance)|used to (?:estimate|compare|assess)|exploratory analys[ei]s (?:evaluated|examined|explored))\b`},
	{roleMethods, 3, `\b\d+% power\b|\bpower (?:of|to detect)\b|\balpha\b|\btype i error\b|\bnoninferiority margin\b|\bnon-inferiority margin\b|\bto detect an?\b`},
	{roleResults, 1.5, `\bthere (?:was|were) (?:no|an?|significant|\w+ )|\bno (?:significant|statistically|change|difference|effect|improvement)|\bsignificantly\b|\bdid not (?:differ|improve|change|reduce|affect|increase|result)|\bdiffer(?:ed)?\b`},
	{roleResults, 1, `\b(?:improved|decreased|increased|reduced|declined|fell|rose|dropped|was associated|were associated|higher|lower|greater|fewer|larger|similar|occurred|experienced|achieved|completed|reported|showed|remained)\b`},
	{roleResults, 1.5, `\b(?:lessened|eased|smaller|worsened|lowered|fell|went (?:up|down)|came down|changed|no longer|did not (?:\w+ )?(?:show|find|reach|meet)|took part|taking part)\b`},
	{roleResults, 1.5, `\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:of the |of |out of )?(?:\w+ ){0,2}(?:studies|trials|rcts)\b`},
	{roleResults, 2, `^(?:a total of|in total|of (?:the )?\d|\d[\d,]* (?:\w+ ){0,3}(?:patients|participants|women|men|adults|children|subjects|individuals|people) (?:were|was|participated|completed|had))`},
	{roleResults, 2, `\b(?:we found|results (?:showed?|indicated?|revealed?|demonstrated?)|findings (?:showed?|indicated)|(?:this|the) (?:\w+ )?(?:review|study|trial|analysis) (?:also )?found|was found|were found)\b`},
	{roleConclusion, 2, `\bin the authors?['’]?s? (?:view|opinion)\b|\bha(?:s|ve) to be\b|\bspeaks? for\b|\bit should\b|\bhas potential\b|\bfurther (?:research|studies) must\b|^according to (?:this|our|these) `},
	{roleConclusion, 4, `^(?:in )?conclusions?\b|^in sum(?:mary)?\b|^on balance\b|^all in all\b|^in short\b|^to conclude\b|^taken together\b`},
	{roleConclusion, 3, `^(?:these|our|the present|the current|this) (?:\w+ )?(?:findings?|results?|data|study|trial|review|analysis) (?:\w+ )?(?:suggests?|indicates?|supports?|demonstrates?|shows?|provides?|confirms?|highlights?|do not|does not)\b|^(?:the )?(?:findings|results) (?:of|from) (?:this|the|our)\b`},
	{roleConclusion, 3, `\bour findings (?:were|are|was)\b|\b(?:was|were) likely (?:successful|effective)\b`},
	{roleConclusion, 2, `\b(?:suggest|suggests|indicate|indicates|conclude) that\b`},
	{roleConclusion, 2, `\b(?:may|might|could|can) (?:be|help|have|offer|provide|represent|find|improve|reduce)\b|\bappears? to be\b|\bpromising\b|\bshows? (?:potential|promise)\b`},
	{roleConclusion, 2.5, `\bshould (?:be|consider|focus|not|now)\b|\b(?:further|future|more|additional|larger) (?:\w+ )?(?:research|studies|trials|strategies|work|investigation)\b|\b(?:is|are) (?:needed|warranted|required|justified)\b`},
	{roleRegistration, 4, `\b(?:clinicaltrials\.gov|trial registration|registered (?:at|with|in|on|under|as)|registration(?: number| no)?:?|isrctn ?\d|nct ?\.?\d{8}|identifier:?)`},
	{roleRegistration, 3, `\b(?:funded by|funding:|supported by (?:a |the )?(?:grant|national|\w+ foundation)|sponsor(?:ed by)?:?|grant support)`},
	{roleBackground, 1.5, `\b(?:little is known|evidence (?:is|remains|on|about)|previous(?:ly)?|prior (?:studies|research|trials)|has been (?:shown|reported|suggested|associated)|have been (?:shown|reported|used)|worldwide|burden|commonly|frequently|often|generally|increasingly|less than an? )\b`},
	{roleBackground, 4, `^(?:in|over|during|for) (?:recent|the (?:past|last)) (?:\w+ )?(?:years|decades?|months)\b`},
	{roleBackground, 1, `\b(?:is|are|remains?) (?:an?|the|common|associated|often|one|not|limited|unknown|unclear|lacking|scarce|widely|frequently|needed)\b|\bhowever\b`},
	{roleBackground, 1, `^(?:\w+ ){0,6}(?:is|are|remains?|causes?|affects?|leads?)\b`},
})

func compileSigns(rows []struct {
	role    role
	weight  float64
	pattern string
},
) []sign {
	out := make([]sign, len(rows))
	for i, row := range rows {
		out[i] = sign{row.role, row.weight, rules.New(`(?i)` + row.pattern)}
	}
	return out
}

// headed are the roles that a section's heading allows.
var headed = map[document.Role][]role{
	document.Background:   {roleBackground, roleObjective},
	document.Objective:    {roleObjective, roleBackground},
	document.Methods:      {roleDesign, roleParticipants, roleInterventions, roleOutcomes, roleMethods},
	document.Results:      {roleResults},
	document.Conclusions:  {roleConclusion},
	document.Registration: {roleRegistration},
}

// foundToo tells a heading that announces the results with the methods: "Methods and Findings".
var foundToo = rules.New(`(?i)findings|results`)

// headingWords say which of the methods a heading announces: "PARTICIPANTS", "MAIN OUTCOMES AND MEASURES".
var headingWords = []struct {
	role    role
	pattern *pattern.Pattern
}{
	{roleDesign, rules.New(`(?i)design|setting`)},
	{roleParticipants, rules.New(`(?i)participant|patient|subject|population|sample`)},
	{roleInterventions, rules.New(`(?i)intervention|exposure|treatment`)},
	{roleOutcomes, rules.New(`(?i)outcome|measure|end ?point`)},
	{roleMethods, rules.New(`(?i)statistic|analys`)},
}

// rolesOf says what each sentence of a reading does: from the heading it stands under, from its own words, and from
// the order in which abstracts go from background to conclusion. A heading that starts a paragraph of a text whose
// other paragraphs have none holds for that paragraph only.
func rolesOf(r *reading) []role {
	out := make([]role, len(r.sentences))
	scores := make([][]float64, len(r.sentences))
	covered := coversResults(r.doc)
	for i := range r.sentences {
		scores[i] = r.score(i, covered)
	}
	narrative := r.writeUp
	for start := 0; start < len(scores); {
		if scores[start] == nil {
			start++
			continue
		}
		end := start + 1
		for end < len(scores) && scores[end] != nil && (!narrative || r.paragraphs[end] == r.paragraphs[start]) {
			end++
		}
		for k, m := range bestPath(scores[start:end]) {
			out[start+k] = moves[m].role
		}
		start = end
	}
	for i := range out {
		if sec := r.sectionRole(i); out[i] == roleResults && sec != document.Results && r.matches(i, citesJournal) {
			out[i] = roleBackground
		}
	}
	return out
}

// citesJournal is the place of an article of others in brackets: what the sentence tells was found there, not here.
var citesJournal = rules.New(`\([^()]{0,60}?\b(?:19|20)\d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: \d{1,2})?;\s?\d`)

// coversResults reports whether a heading announces the results, which tells that the headings divide the whole text.
func coversResults(d *document.Document) bool {
	for _, s := range d.Sections {
		if s.Role == document.Results && s.Heading != "" {
			return true
		}
	}
	return false
}

// score returns how much speaks for each of the moves, or nil for a sentence that is no prose.
func (r *reading) score(i int, covered bool) []float64 {
	sec := r.sectionRole(i)
	switch sec {
	case document.Title, document.Authors, document.Affiliation, document.Citation, document.References:
		return nil
	}
	if l := r.lineOf(i); l != nil && l.kind != proseLine && (l.kind != otherLine || l.head) {
		return nil
	}
	text := r.text(i)
	out := make([]float64, len(moves))
	add := func(to role, w float64) {
		for m := range moves {
			if moves[m].role == to {
				out[m] += w
			}
		}
	}
	for _, s := range signs {
		if r.matches(i, s.pattern) {
			add(s.role, s.weight)
		}
	}
	add(roleResults, figures(r.sentences[i]))
	n := r.doc.Sentences[i].Section
	if allowed := headed[sec]; allowed != nil && (covered || r.firstParagraph(i)) {
		for k, a := range allowed {
			add(a, 8)
			if sec == document.Background && k == 1 {
				add(a, -1) // an aim within the background shows by its words
			}
		}
		for _, h := range headingWords {
			if sec == document.Methods && h.pattern.MatchString(r.doc.Sections[n].Heading) {
				add(h.role, 2)
			}
		}
		if sec == document.Methods && foundToo.MatchString(r.doc.Sections[n].Heading) {
			add(roleResults, 8)
		}
		if sec == document.Methods && r.matches(i, registered) && len(text) < 160 {
			add(roleRegistration, 8)
		}
	}
	if sec == document.Conclusions && (covered || r.firstParagraph(i)) && registrationOnly(text) {
		add(roleRegistration, 9)
	}
	if i > 0 && r.paragraphs[i] == r.paragraphs[i-1] {
		return out
	}
	if len(text) > 2 && strings.EqualFold(text[:3], "to ") {
		add(roleObjective, 1)
	}
	return out
}

var registered = rules.New(`(?i)\b(?:clinicaltrials\.gov|isrctn|nct ?\.?\d{8}|registered (?:at|with|in|on|under|as)|trial registration)`)

// registrationOnly reports whether a sentence says no more than where a trial is registered, or who paid for it.
func registrationOnly(text string) bool {
	return registered.MatchString(text) && len(strings.Fields(text)) < 14 || registrationLine.MatchString(text)
}

// figures returns how much the numbers of a sentence speak for a result.
func figures(s annotate.Sentence) float64 {
	w := 0.0
	for _, it := range s.Items {
		switch it.Kind {
		case annotate.PValue, annotate.Effect:
			w += 3
		case annotate.Value, annotate.Change:
			w += 2.5
		case annotate.Count, annotate.Interval:
			w += 1.5
		case annotate.Moment:
			w += 1
		case annotate.Percent:
			w += 0.7
		}
	}
	return min(w, 6)
}

// firstParagraph reports whether a sentence stands in the first paragraph of its section.
func (r *reading) firstParagraph(i int) bool {
	for j := i; j >= 0 && r.doc.Sentences[j].Section == r.doc.Sentences[i].Section; j-- {
		if r.paragraphs[j] != r.paragraphs[i] {
			return false
		}
	}
	return true
}

// bestPath chooses a move for each sentence so that the scores and the order of the moves together are best.
func bestPath(scores [][]float64) []int {
	const back, same = -2.5, 0.4
	n, k := len(scores), len(moves)
	best, from := make([][]float64, n), make([][]int, n)
	allBest, allFrom := make([]float64, n*k), make([]int, n*k)
	for i := range n {
		best[i], from[i] = allBest[i*k:(i+1)*k], allFrom[i*k:(i+1)*k]
		for m := range k {
			best[i][m] = scores[i][m]
			if i == 0 {
				best[i][m] -= 0.3 * float64(moves[m].step)
				continue
			}
			top, at := -1e9, 0
			for p := range k {
				w := best[i-1][p]
				switch {
				case moves[p].step > moves[m].step:
					w += back * float64(1+(moves[p].step-moves[m].step)/2)
				case p == m:
					w += same
				}
				if w > top {
					top, at = w, p
				}
			}
			best[i][m] += top
			from[i][m] = at
		}
	}
	path := make([]int, n)
	for m := range k {
		if best[n-1][m] > best[n-1][path[n-1]] {
			path[n-1] = m
		}
	}
	for i := n - 1; i > 0; i-- {
		path[i-1] = from[i][path[i]]
	}
	return path
}

var registrationLine = rules.New(`(?i)^(?:trial sponsor|sponsor|funding|participant enrollment began|enrollment began)\b|^https?://`)
