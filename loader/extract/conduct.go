package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

const (
	peopleNoun  = `(?:patients|participants|subjects|individuals|people|persons|women|men|adults|children|adolescents|infants|neonates|newborns|veterans|volunteers|veterans|students|adults|pregnant women|mothers|caregivers|dyads|couples|families|residents|nurses|clients|smokers|users|girls|boys|teenagers|youths?|outpatients|inpatients|survivors|athletes|workers|soldiers|females|males|eyes|teeth|employees|parents|cases|respondents|inmates|prisoners|seniors|toddlers|preschoolers|physicians|practitioners|injectors|drinkers|gamblers|offenders|recipients|donors|runners|players|trainees|recruits|schoolchildren|refugees)`
	clusterNoun = `(?:clinics|practices|schools|villages|hospitals|wards|sites|clusters|communities|facilities|units|centers|centres|homes|nursing homes|pharmacies|classrooms|classes|districts|departments|health systems|teams|prisons|churches|neighborhoods|households|kindergartens|general practices)`
	// adjectives are the words that may stand between a number and the noun it counts.
	adjectives = `(?:(?:[\p{L}'’/-][\p{L}\d'’/-]*,? ){0,5}?)`
	// described is what may stand between people and what was done with them: "(aged 18-65 years) with low back pain".
	described = `(?: \([^()]{1,120}\))?[^.;]{0,80}?(?: \([^()]{1,120}\))? `
	// wereDivided says that people were put into groups, without saying whether by chance.
	wereDivided = `(?:were|was) (?:[\p{L}]+ (?:and |by |in )?){0,4}?(?:divided|split|separated|allocated|assigned|distributed)(?: \p{L}+)? (?:in|into|to|between|among|amongst) (?:one of |either of )?(?:the )?(?:two|three|four|five|2|3|4|5|equal|study|treatment|parallel)(?: [\p{L}-]+){0,2} (?:groups|arms)\b`
)

// totalSigns are the turns of phrase in which totals are printed, with the field that each of them fills. The number
// is the pattern's one group.
var totalSigns = compileTotals([]struct{ field, pattern string }{
	{"n_planned", `\b(?:will|to|would|plan(?:s|ned)? to|aims? to|intends? to) (?:be )?(?:enrol\w*|recruit|randomi[sz]e|include|follow|assign|study) (?:a total of |up to |approximately |about )?` + countPattern + `\b`},
	{"n_planned", `\bwill (?:involve|comprise) (?:a total of |up to |approximately |about )?` + countPattern + ` ` + adjectives + peopleNoun + `\b`},
	{"n_planned", `\b(?:target|planned|required|needed|estimated|calculated) (?:total )?(?:sample|enrol\w*ment|recruitment|number)(?: size)?(?: of| was| is|:)?(?: set at)? ` + countPattern + `\b`},
	{"n_planned", `\bsample size (?:of|was|is) (?:calculated (?:as|to be) |estimated (?:as|to be) )?` + countPattern + `\b`},
	{"n_planned", `\b` + countPattern + ` ` + adjectives + peopleNoun + `[^.;]{0,60}? (?:will be|are to be|(?:have|need) to be) (?:\w+ )?(?:enrol\w*|recruited|randomi[sz]ed|included|randomly|followed|assigned|allocated)\b`},
	{"n_randomized", `\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided)|random(?:ly)? (?:assignment|allocation) of|randomi[sz]ation of) (?:a total of |all )?` + countPattern + ` ` + adjectives + peopleNoun + `\b`},
	{"n_randomized", `\b` + countPattern + ` (?:of (?:them|these|whom) |` + adjectives + peopleNoun + described + `)?(?:were|was|underwent) (?:then |subsequently |finally |eventually |ultimately )?(?:enrol\w+,? and |included,? and |eligible,? and |recruited,? and )?(?:randomi[sz]ed|randomly (?:assigned|allocated|divided)|randomi[sz]ation|assigned randomly|allocated randomly)\b`},
	{"n_randomized", `\b` + countPattern + ` (?:randomi[sz]ed (?:` + peopleNoun + `)|` + adjectives + peopleNoun + ` (?:randomi[sz]ed|randomly (?:assigned|allocated)))\b`},
	{"n_randomized", `\brandomi[sz]ation (?:\w+ )?(?:assigned|allocated|divided|included|of) ` + countPattern + ` ` + adjectives + peopleNoun + `\b`},
	{"n_randomized", `\b` + peopleNoun + `(?: [^.;()]{1,60})? \([Nn]\s?=\s?` + countPattern + `\)[^.;]{0,120}? (?:were|was) (?:\w+ (?:and )?)?(?:randomi[sz]ed|randomly (?:\p{L}+ed)|randomi[sz]ation|assigned randomly|allocated randomly)\b`},
	{"n_randomized", `^` + countPattern + `, (?:[\p{L}\d'’/()-]+ ){1,5}?` + peopleNoun + described + `(?:were|was) (?:\w+ )?(?:randomi[sz]ed|randomly (?:assigned|allocated|divided))\b`},
	{"n_randomized", `(?:^|[.;:,] )(?:\p{L}[\p{L}-]* ){0,3}?[\p{L}-]+s \([Nn]\s?=\s?` + countPattern + `\) (?:were|was) (?:\w+ )?(?:randomi[sz]ed|randomly (?:assigned|allocated|divided))\b`},
	{"n_divided", `\b` + countPattern + ` ` + adjectives + peopleNoun + described + wereDivided},
	{"n_divided", `\b` + countPattern + ` ` + adjectives + peopleNoun + described + `were (?:\w+ )?(?:allocated|assigned) (?:\w+ )?to [^.;]{2,160}? or \b`},
	{"n_divided", `(?:^|[,;:] )` + countPattern + ` ` + adjectives + peopleNoun + described + `received (?:either )?[^.;,\d]{2,60} or \b`},
	{"n_randomized", `(?:^|[;:,] )(?:and |in total,? |overall,? |a total of )?` + countPattern + ` (?:[\p{L}-]+ ){0,3}?[\p{L}-]+s (?:were|was) (?:\w+ )?(?:randomi[sz]ed|randomly (?:assigned|allocated|divided|split))\b`},
	{"n_randomized", `\ball ` + countPattern + ` ` + adjectives + `randomi[sz]ed\b`},
	{"n_analyzed", `\b` + countPattern + ` (?:` + adjectives + peopleNoun + `[^.;]{0,40}? )?(?:were|was) (?:\w+ )?(?:included in (?:the )?(?:\w+[- ]?){0,5}analys[ie]s|analy[sz]ed|available for (?:the )?(?:\w+ )?analys[ie]s|evaluable)\b`},
	{"n_analyzed", `\banalys[ie]s (?:included|comprised|was (?:based|performed) on|of) (?:data (?:from|of) )?(?:all )?` + countPattern + ` ` + adjectives + peopleNoun + `\b`},
	{"n_analyzed", `\bdata (?:on|from|for) (?:all )?` + countPattern + ` ` + adjectives + peopleNoun + `\b[^.;]{0,60}? (?:were|was) available\b`},
	{"n", `\b(?:taking part|participating|included|enrolled) were ` + countPattern + ` ` + adjectives + peopleNoun + `\b`},
	{"n", `\b(?:a? ?total of|in total,?) ` + countPattern + ` ` + adjectives + peopleNoun + `\b`},
	{"n", `\b` + countPattern + ` ` + adjectives + peopleNoun + `\b[^.;]{0,90}? (?:participated|took part|were (?:\w+ )?(?:enrol\w+|recruited|included|studied))\b`},
	{"n", `\b(?:trial|study|survey|rct) (?:was |were )?(?:\w+ )?(?:conducted|performed|carried out|done|undertaken) (?:on|in|with|among) (?:a total of )?` + countPattern + ` ` + adjectives + peopleNoun + `\b`},
	{"n", `\b(?:we |study |trial )?(?:enrol\w+|recruited|included|studied|surveyed|queried|interviewed|followed) (?:a total of |a (?:[\w-]+ ){0,3}cohort of )?` + countPattern + ` ` + adjectives + peopleNoun + `\b`},
	{"n", `\bN\s?=\s?` + countPattern + `\b`},
	{"n", `^` + countPattern + ` ` + adjectives + peopleNoun + `(?: \([^()]*\))? (?:with|aged|who|undergoing|suffering|diagnosed|scheduled|attending|seeking)\b`},
	{"n", `^(?:of|among) (?:the |all )?` + countPattern + ` (?:included |enrolled |eligible )?` + peopleNoun + `\b`},
	{"n", `^` + countPattern + ` ` + adjectives + peopleNoun + `\b`},
	{"n", `\b` + countPattern + `(?: \([^()]{3,60}\))? were (?:enrolled|recruited)\b`},
	{"n", `\b(?:participants|patients|subjects|population|sample|participants included|participants were|cohort of|sample of|trial (?:of|among|in)|study (?:of|among|in)|involving|in) (?:were |was |included )?` + countPattern + ` ` + adjectives + peopleNoun + `\b`},
})

type totalSign struct {
	field   string
	pattern *pattern.Pattern
}

func compileTotals(rows []struct{ field, pattern string }) []totalSign {
	out := make([]totalSign, len(rows))
	for i, row := range rows {
		flags := `(?i)`
		if strings.HasPrefix(row.pattern, `\bN\s`) {
			flags = ``
		}
		out[i] = totalSign{row.field, rules.New(flags + row.pattern)}
	}
	return out
}

// wentTo is what follows a number of people who went somewhere: " patients were assigned to ".
const wentTo = `(?: \([^()]{1,30}\))?(?: ` + adjectives + peopleNoun + `)?(?: were| was)?(?: (?:randomly )?(?:randomi[sz]ed|assigned|allocated|included|enrolled|recruited))? (?:in|into|to) `

// partOfTotal matches what follows a number that is only a part: "172 of 212", "90 were randomized to A and 87 to B".
var (
	partOfTotal = rules.New(`(?i)^(?:\s?per ?cent\b|(?:\s` + peopleNoun + `)?\s*\(\s?\d[\d.]*\s?%\)| of (?:the )?\d|\s` + peopleNoun + `\s(?:died|withdrew|dropped out|discontinued|obtained|attained|achieved|experienced|developed|responded|relapsed|progressed|suffered|reported|showed|had (?:an?|no|grade|stable|partial|complete|progressive|severe|mild|at least)\b)\b)`)
	// inParts matches what follows the first of two numbers that went to two groups, "122 were included in the yoga group and 146 in", with
	// where the first went; secondOf what stands before the second.
	inParts   = rules.New(`(?i)^[^.;,:()\d]{0,80}? (?:in|into|to) ([^.;,:()\d]{1,80}?)(?:\s?\([^()]{1,40}\))?(?:,| and| while| versus| vs\.?| compared with),?(?: only)? ` + countPattern + wentTo)
	secondOf  = rules.New(`(?i)\b` + countPattern + ` ` + adjectives + `(?:` + peopleNoun + `)?[^.;,:()\d]{0,80}? (?:in|into|to) [^.;,:()\d]{1,80}?(?:\s?\([^()]{1,40}\))?(?:,| and| while| versus| vs\.?| compared with),?(?: only)? $`)
	toAnother = rules.New(`(?i)^` + wentTo)
	// ofStudy is where all went: "enrolled in the study, 40 to"
	ofStudy  = rules.New(`(?i)\b(?:study|trial|analys[ie]s|groups|arms)$`)
	twoParts = rules.New(`(?i)^[^.;]*? to [^.;]*?(?:,| and| while) ` + countPattern + `(?: ` + peopleNoun + `)? (?:were |was )?(?:(?:randomi[sz]ed|assigned|allocated) )?(?:to|in|received)\b`)
	// secondPart is what stands before the second of two parts: "187 were randomized to A and"; countedOf what makes a
	// number the whole of an arm that some of are counted: "23 (3.6%) of".
	secondPart  = rules.New(`(?i)\b` + countPattern + ` (?:` + peopleNoun + ` )?(?:were |was )?(?:randomi[sz]ed|assigned|allocated) to [^.;]*(?:,| and| while)\s*$`)
	countedOf   = rules.New(`\d\s?%\s?\) of (?:the )?$`)
	screenedFor = rules.New(`(?i)\b(?:screened|assessed for eligibility|approached|invited|were eligible|identified as eligible)\b`)
)

// findTotals reads how many took part: planned, randomized, analysed, or a total that does not say which. The first
// sentence that prints a total of a kind counts.
func (r *reading) findTotals(t *telling) {
	fields := map[string]*quantity.Decimal{
		"n": &t.study.N, "n_randomized": &t.study.NRandomized, "n_analyzed": &t.study.NAnalyzed, "n_planned": &t.study.NPlanned,
	}
	// Who was divided into groups was randomized where the study is.
	divided := "n"
	if a := t.study.Design.Allocation; a == evidence.Randomized || a == evidence.ClusterRandomized {
		divided = "n_randomized"
	}
	places := r.places(t, roleDesign, roleParticipants, roleResults, roleObjective, roleMethods, roleInterventions, roleOutcomes)
	for _, sign := range totalSigns {
		field := sign.field
		if field == "n_divided" {
			field = divided
		}
		into := fields[field]
		for _, x := range places {
			if into.Present() {
				break
			}
			if x.sentence < 0 || sign.field == "n" && x.role == roleInterventions && (t.study.Design.Allocation != "" || len(t.study.Arms) > 1 || !openTreated.MatchString(r.doc.At(x.Span))) {
				continue
			}
			if r.rule(x.Span, sign.pattern) == nil {
				continue
			}
			text := r.doc.At(x.Span)
			m := r.totalIn(t, sign, text)
			if m == nil {
				continue
			}
			n := count(text[m[2]:m[3]])
			if v, ok := n.Int(); !ok || v < 4 || (sign.field == "n" && (n == t.study.NRandomized || n == t.study.NPlanned)) || isYear(v, text, m) {
				continue
			}
			*into = n
			t.state(r, field, x.Span)
		}
	}
	if len(t.study.Arms) == 1 && t.study.Design.Model == "single group" && !t.study.Arms[0].N.Present() {
		t.study.Arms[0].N = t.study.N
	}
	if t.study.NRandomized.Present() && t.study.Design.Allocation == evidence.ClusterRandomized && t.study.NRandomized == t.study.Clusters {
		t.study.NRandomized = ""
	}
}

// afterMonth ends with the name of a month.
var afterMonth = rules.New(`(?i)\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:\.|uary|ruary|ch|il|ust|ember|tember|ober)? $`)

// isYear reports whether a number is the year of a date.
func isYear(v int, text string, m []int) bool {
	if v < 1950 || v > 2100 {
		return false
	}
	if afterMonth.MatchString(text[:m[2]]) {
		return true
	}
	_, i, j := dateAt(text[max(0, m[2]-20):min(len(text), m[3]+12)])
	return i >= 0 && j-i > 4 || joins(strings.TrimSpace(firstWord(text[m[3]:])))
}

// firstWord returns the first word of s.
func firstWord(s string) string {
	s = strings.TrimLeft(s, " ,")
	if i := strings.IndexByte(s, ' '); i >= 0 {
		return s[:i]
	}
	return s
}

// totalIn returns the submatches of the first number in a text that a sign takes for a total, or nil.
func (r *reading) totalIn(t *telling, sign totalSign, text string) []int {
	for at := 0; at < len(text); {
		m := sign.pattern.FindStringSubmatchIndex(text[at:])
		if m == nil {
			return nil
		}
		for k := range m {
			m[k] += at
		}
		if !betterNumber.MatchString(agesIn.ReplaceAllString(outer(text[m[3]:m[1]]), " ")) && r.wholeTotal(t, sign.field, text, m) {
			return m
		}
		if strings.HasPrefix(sign.pattern.String(), "(?i)^") {
			return nil
		}
		at = m[3]
	}
	return nil
}

// betterNumber is a number between a total and its verb: "Of 512 screened, 302 were randomized".
var betterNumber = rules.New(`(?i)(?:^|[\s,;])\d[\d,]*\s(?:\w+\s){0,3}(?:were|was|patients|participants|people)\b|[,;]\s\d[\d,]*\s`)

// agesIn are ages between a total and its verb, which count nobody: "152 patients aged 15 to 21 years who were randomized".
var agesIn = rules.New(`(?i)\b\d[\d.]*(?:\s?(?:-|–|to|and|through)\s?\d[\d.]*)?[\s-](?:years?|months?|weeks?|days?|yr|y)\b`)

// countedClusters says that what was counted is no people: "24 practices were randomized".
var countedClusters = rules.New(`(?i)^ (?:[\p{L}-]+ ){0,3}?` + clusterNoun + ` (?:were|was)\b`)

// openTreated opens a sentence that says how many were treated in a study of one group.
var openTreated = rules.New(`(?i)^` + countPattern + ` ` + adjectives + peopleNoun + `\b[^.;]{0,60}? (?:were treated|received|underwent)\b`)

// ofStudies is what follows a number of studies, which counts no people: "meta-analysis of 15 RCTs found that more patients".
var ofStudies = rules.New(`(?i)^ (?:[\w-]+ ){0,2}?(?:trials|studies|rcts|reviews|cohorts)\b`)

// lasting is what follows a number of a time; firstOf what stands before a number of those who came first, or were to come.
var (
	lasting = rules.New(`(?i)^[ -]*(?:year|week|month|minute|hour|day|min\b|hr?\b)`)
	firstOf = rules.New(`(?i)\b(?:first|last|next|(?:to|will) (?:enrol|enroll|recruit|include)(?: (?:a total of|about|approximately|up to))?) $`)
)

// sizesPrinted are numbers of people printed as "N = 40"; where a sentence has two of them, they are of its arms.
var sizesPrinted = rules.New(`\bN\s?=\s?\d`)

// goesTo is what says where a number of people went: "40 patients were randomized to".
var goesTo = rules.New(`(?i)^[^,;.(]*? to `)

// sizesIn are sizes in brackets, whoever is counted; noCount is what stands before a number in a name or of a limit, "WPC-80" and "a score ≥ 13"; andMore is
// what goes on with a number in words, or with another: "five hundred" and "and four".
var (
	andMore = rules.New(`(?i)^ and ` + countPattern + `\b`)
	sizesIn = rules.New(`\b[Nn]\s?=\s?\d`)
	noCount = rules.New(`\p{L}-$|[<>≥≤]\s?$`)
)

// oneOfTwo reports whether a number of people is one of two that went to two groups.
func oneOfTwo(text string, start, end int) bool {
	if g := inParts.FindStringSubmatch(text[end:]); g != nil && !ofStudy.MatchString(g[1]) {
		return true
	}
	return secondOf.MatchString(text[:start]) && toAnother.MatchString(text[end:])
}

// armsExceed reports whether so many of those in the arms are beyond a number that it counts a part of the study: a fifth of them where the
// number is one of any people, and two fifths where these were randomized. Fewer may be a slip of the authors, for the checks to show.
func (t *telling) armsExceed(field string, n quantity.Decimal) bool {
	all, ok := n.Int()
	if !ok || len(t.study.Arms) < 2 || t.study.Design.Model == "crossover" || t.study.Design.Model == "factorial" {
		return false
	}
	sum := 0
	for _, a := range t.study.Arms {
		in, ok := a.N.Int()
		if !ok {
			return false
		}
		sum += in
	}
	if field == "n_randomized" {
		return 5*all <= 3*sum
	}
	return (field == "n" || field == "n_divided") && 5*all <= 4*sum
}

// wholeTotal reports whether a number counts all of the study rather than a part, a subgroup, an arm, or people who
// were only screened.
func (r *reading) wholeTotal(t *telling, field, text string, m []int) bool {
	n, after := text[m[2]:m[3]], text[m[3]:]
	if partOfTotal.MatchString(after) || strings.HasSuffix(strings.TrimRight(text[:m[2]], " "), "%") || strings.HasPrefix(after, "%") || strings.HasPrefix(after, ".") && len(after) > 1 && after[1] >= '0' && after[1] <= '9' {
		return false
	}
	if lasting.MatchString(after) || ofStudies.MatchString(after) || noCount.MatchString(text[:m[2]]) || andMore.MatchString(after) {
		return false
	}
	if oneOfTwo(text, m[2], m[3]) || len(sizesIn.FindAllStringIndex(text[m[0]:m[1]], 2)) > 1 || t.armsExceed(field, count(n)) {
		return false
	}
	if field == "n" && firstOf.MatchString(text[:m[2]]) {
		return false // "the first 15 participants", "to enroll 2,000 patients"
	}
	if field == "n_randomized" && twoParts.MatchString(text[m[2]:]) && !strings.Contains(text[m[2]:m[1]], "(") {
		if goesTo.MatchString(after) {
			return false
		}
	}
	if field == "n_randomized" && (secondPart.MatchString(text[:m[2]]) && goesTo.MatchString(after) || countedOf.MatchString(text[:m[2]])) {
		return false
	}
	if before := text[:m[2]]; strings.HasSuffix(before, "occurred in ") || strings.HasSuffix(before, ".") || strings.HasSuffix(before, "·") {
		return false // what happened to some, or decimals
	}
	if field == "n_randomized" && countedClusters.MatchString(text[m[3]:m[1]]) {
		return false
	}
	if all, ok := t.study.NRandomized.Int(); ok && field == "n" {
		if v, ok := count(n).Int(); ok && v < all {
			return false
		}
	}
	for _, a := range t.study.Arms {
		if a.N.Present() && a.N == count(n) && len(t.study.Arms) > 1 {
			return false
		}
	}
	if field == "n" && sizesPrinted.MatchString(text[m[0]:m[1]]) && len(sizesPrinted.FindAllStringIndex(text, 2)) > 1 {
		return false // sizes of arms
	}
	if field == "n" && screenedFor.MatchString(text[m[0]:m[1]]) {
		return false
	}
	return field != "n" || !onlyScreened.MatchString(after)
}

var (
	clusterCount  = rules.New(`(?i)\b(?:randomi[sz]ed|randomly (?:assigned|allocated)) ` + countPattern + ` (` + adjectives + clusterNoun + `)\b|\b` + countPattern + ` (` + adjectives + clusterNoun + `)(?: \([^()]*\)| (?:across|in|from|throughout|within) (?:[\p{L}.'’-]+ ?){1,5}?)? (?:were|was) (?:cluster[- ])?(?:randomi[sz]ed|randomly|allocated|assigned)\b|\bcluster[- ]randomi[sz]ed (?:trial|study)[^.;]{0,40}? (?:in|of|across|at|among) ` + countPattern + ` (` + adjectives + clusterNoun + `)\b`)
	settingSaid   = rules.New(`(?i)\b(?:study |trial )?(?:sites?|settings?) (?:were|was|included|consisted of|comprised) (?:the )?([^.;()]{4,140})`)
	notSetting    = rules.New(`(?i)\b(?:show|shows|that|this|these|can|reduce|improve|approach|was|were|intervention|control|trial)\b`)
	settingServed = rules.New(`(?i)(?:^|[.;,]\s)((?:the |a |an )?(?:[\p{L}\d’'-]+ ){0,8}?` + clusterNoun + `(?: (?:of|in|across) [^.;,()]{3,60}?)?) (?:served|acted|functioned) as (?:the )?(?:study |trial )?(?:sites?|settings?)\b|\b((?:[\p{L}-]+ ){0,3}(?:clinics|hospitals|practices|schools|centers|centres)) (?:used|implemented|adopted)\b`)
	settingIn     = rules.New(`(?i)\b(?:conducted|performed|carried out|done|undertaken|place|recruited|enrolled|recruitment|took place|seen|set|attending|visiting|treated|admitted|trial|study|randomi[sz]ed|patients|participants|adults|people|used|women|children)\b[^.;()]{0,70}?\s(?:in|at|from|across|within|to)\s((?:` + countPattern + `\s)?(?:[\p{L}\d.'’-]+,?\s){0,8}?(?:clinics?|hospitals?|centers|centres|medical cent(?:er|re)s?|health systems?|health care systems?|general practices|primary care(?: (?:clinics?|practices?|cent(?:er|re)s?|settings?|offices?|facilities))?|schools|universit(?:y|ies)(?: (?:hospitals?|clinics?|medical cent(?:er|re)s?|teaching hospitals?))?|intensive care units?|emergency departments?|departments?|nursing homes|care homes|communit(?:y|ies)(?: (?:health |medical |mental health )?(?:cent(?:er|re)s?|clinics?|hospitals?))?|prisons?|facilities|sites|institutions|practices|program(?:me)?s|villages))\b((?: (?:in|of|across|throughout) (?:the )?(?:[\p{L}.-]+ ){0,2}?\p{Lu}[\p{L}.]+(?: \p{Lu}[\p{L}.]+)*)?)`)
	recruitSign   = rules.New(`(?i)\b(?:recruit\w*|enrol\w*|conducted|performed|carried out|took place|done|accrual|accrued|inclusion|included|randomi[sz]\w*|screened|study period|trial period|undertaken|ran|admitted|presenting|treated|attending|began|started|studied|trial|study)\b`)
	followSign    = rules.New(`(?i)\b(?:follow[- ]up|data collection|final (?:visit|assessment)|last (?:visit|assessment|participant))\b[^.;]{0,50}?\b(?:took place|lasted|complet\w+|end\w*|concluded|through|until|was|occurred|finished|closed)\b`)
	dataSign      = rules.New(`(?i)\b(?:data (?:were |was )?analy[sz]ed|analys[ie]s (?:was|were) (?:performed|conducted|completed)|analy[sz]ed (?:from|between|in|on))\b`)
	startSign     = rules.New(`(?i)\b(?:enrol\w+|recruitment|accrual|study|trial|inclusion|participant enrol\w+)[^.;]{0,30}? (?:began|started|opened|commenced|was initiated|start date)\b|\b(?:start date|study start)\b`)
	sponsorSaid   = rules.New(`(?i:\bsponsor(?:ed by)?(?: of (?:the|this) (?:trial|study))?(?: (?:is|was))?\s?:?\s+(?:the )?)(\p{Lu}[^.;\n()]{1,90})`)
	fundedBy      = rules.New(`(?i:(?:\b(?:funded by|financed by)|\bfunding:|\b(?:study|trial|work|research|project|authors?|publication)\b[^.;]{0,40}?\bsupported by)\s+(?:(?:a|an) )?(?:(?:grants?|funding|awards?)(?: \S+)? from )?(?:the )?)(\p{Lu}[^.;,\n()]{1,110})`)
	fundedFrom    = rules.New(`(?i:\b(?:funding|support) (?:for|of) (?:this|the) (?:study|trial|work|research|project) (?:was |were |is )?(?:provided|given|received|obtained|came|comes)? ?(?:by|from) (?:(?:a|an|the) )?|\breceived (?:\w+ )?(?:funding|support|grants?) for (?:this|the) (?:study|trial|work|research|project) from (?:the )?)(\p{Lu}[^.;,\n()]{1,110})`)
	funds         = rules.New(`(?:^|[.;] )(?:The )?(\p{Lu}[^.;,\n()]{1,110}?) (?i:(?:has |have )?(?:funds|funded|sponsored|sponsors|financed|pays for|paid for) (?:this|the) (?:study|trial|work|research|project)\b)`)
	fundedBefore  = rules.New(`\b(\p{Lu}[\p{L}&.]+)[- ](?:funded|sponsored)\b`)
)

// findConduct reads where and when the study was done, by whom it was paid for, and what clusters were randomized.
func (r *reading) findConduct(t *telling) {
	for _, x := range r.places(t, roleObjective, roleDesign, roleParticipants, roleInterventions, roleResults, roleMethods) {
		if t.study.Clusters.Present() || t.study.Design.Allocation != evidence.ClusterRandomized {
			break
		}
		text := r.doc.At(x.Span)
		if m := r.rule(x.Span, clusterCount).FindStringSubmatchIndex(text); m != nil && !peopleAt.MatchString(text[:m[0]]) {
			for g := 1; g < 6; g += 2 {
				if m[2*g] >= 0 && !strings.Contains(text[m[0]:m[1]], " in each ") {
					t.study.Clusters = count(text[m[2*g]:m[2*g+1]])
					t.study.ClusterUnit = vocab.Singular(withoutCountry(text[m[2*g+2]:m[2*g+3]]))
					t.state(r, "clusters", x.Span)
					if t.study.Setting == "" && t.study.ClusterUnit != "cluster" {
						t.study.Setting = text[m[2*g+2]:m[2*g+3]]
						t.state(r, "setting", x.Span)
					}
					break
				}
			}
		}
	}
	r.findSetting(t)
	r.findDates(t)
	r.findSponsor(t)
}

// withoutCountry removes a country from the front of a phrase.
func withoutCountry(s string) string {
	if _, i, j := countryIn(s); i == 0 {
		return strings.TrimSpace(s[j:])
	}
	return s
}

// findSetting reads where the study was done: what is said of its sites, what a heading announces, or the kind of
// place that its patients came from.
func (r *reading) findSetting(t *telling) {
	places := r.places(t, roleDesign, roleParticipants, roleObjective, roleInterventions, roleMethods)
	if t.secondHand {
		places = r.places(t, roleDesign, roleParticipants, roleObjective, roleInterventions, roleMethods, roleBackground, roleResults)
	}
	set := func(s document.Span) {
		if s = trimmed(r.doc.Text, s); t.study.Setting == "" && s.Len() > 3 && !notSetting.MatchString(r.doc.At(s)) {
			t.study.Setting = r.doc.At(s)
			t.state(r, "setting", s)
		}
	}
	for _, x := range places {
		if x.sentence < 0 {
			continue
		}
		text := r.doc.At(x.Span)
		n := r.doc.Sentences[x.sentence].Section
		if heading := strings.ToLower(r.doc.Sections[n].Heading); strings.HasPrefix(heading, "setting") && !strings.Contains(heading, "and") && len(text) < 200 {
			set(x.Span)
		}
		if m := r.rule(x.Span, settingSaid).FindStringSubmatchIndex(text); m != nil {
			set(document.Span{Start: x.Start + m[2], End: x.Start + m[3]})
		}
		if m := r.rule(x.Span, settingServed).FindStringSubmatchIndex(text); m != nil {
			if m[2] < 0 {
				m[2], m[3] = m[4], m[5]
			}
			set(document.Span{Start: x.Start + m[2], End: x.Start + m[3]})
		}
	}
	for _, x := range places {
		if x.sentence < 0 {
			continue
		}
		if t.study.Setting != "" {
			break
		}
		if m := r.rule(x.Span, settingIn).FindStringSubmatchIndex(outer(r.doc.At(x.Span))); m != nil {
			set(document.Span{Start: x.Start + m[2], End: x.Start + m[len(m)-1]})
		}
	}
	for _, x := range places {
		if names := countriesIn(r.doc.At(x.Span)); names != "" && t.study.Country == "" {
			t.study.Country = names
			t.state(r, "country", x.Span)
		}
	}
}

// findDates reads when participants were recruited and when their follow-up ended; the dates of the analysis are
// neither.
func (r *reading) findDates(t *telling) {
	if evidence.Gathers(t.study.Design.Kind) {
		return // a review recruits nobody: its dates are those of its search
	}
	for _, x := range r.places(t, roleDesign, roleParticipants, roleObjective, roleInterventions, roleOutcomes, roleMethods, roleResults, roleRegistration, roleConclusion) {
		follow, recruit := r.rule(x.Span, followSign), r.rule(x.Span, recruitSign)
		if x.sentence < 0 || follow == nil && recruit == nil {
			continue
		}
		for _, part := range strings.SplitAfter(r.doc.At(x.Span), ";") {
			if loc := follow.FindStringIndex(part); loc != nil {
				if iso, _, _ := dateAt(part[loc[0]:]); iso != "" && t.study.FollowUpEnded == "" {
					if p, _, _ := periodIn(part[loc[0]:]); p.To != "" {
						iso = p.To
					}
					t.study.FollowUpEnded = iso
					t.state(r, "follow_up_ended", x.Span)
				}
				part = part[:loc[0]]
			}
			if !recruit.MatchString(part) || dataSign.MatchString(part) || t.study.Recruited != (evidence.Dates{}) {
				continue
			}
			p, i, _ := periodIn(part)
			switch {
			case i < 0 || !t.described && !strings.Contains(strings.ToLower(part), "recruit") && !strings.Contains(strings.ToLower(part), "enrol"):
			case p.To != "" && p.To != p.From:
				t.study.Recruited = p
				t.state(r, "recruited", x.Span)
			case startSign.MatchString(part):
				t.study.Recruited = evidence.Dates{From: p.From}
				t.state(r, "recruited", x.Span)
			}
		}
	}
}

// findSponsor reads who sponsored the study, or who paid for it where no sponsor is named.
func (r *reading) findSponsor(t *telling) {
	for _, p := range []*pattern.Pattern{sponsorSaid, fundedBy, fundedFrom, funds, fundedBefore} {
		for _, i := range t.sentences {
			if r.roles[i] == roleBackground && !t.secondHand {
				continue
			}
			if m := r.rule(r.doc.Sentences[i].Span, p).FindStringSubmatch(r.text(i)); m != nil && t.study.Sponsor == "" {
				name, _, _ := strings.Cut(m[1], " / ") // what it is part of comes first
				t.study.Sponsor = strings.TrimRight(strings.TrimSpace(name), ".,")
				t.state(r, "sponsor", r.doc.Sentences[i].Span)
			}
		}
	}
	for _, i := range t.sentences {
		s := r.doc.Sentences[i]
		heading := strings.ToLower(r.doc.Sections[s.Section].Heading)
		if t.study.Sponsor != "" || !strings.Contains(heading, "fund") && !strings.Contains(heading, "sponsor") {
			continue
		}
		m := supportedBy.FindStringSubmatch(r.text(i))
		if m == nil {
			m = fundersName.FindStringSubmatch(r.text(i))
		}
		if m != nil && !saysMore.MatchString(m[1]) {
			t.study.Sponsor = strings.TrimSpace(m[1])
			t.state(r, "sponsor", s.Span)
		}
	}
}

var (
	supportedBy = rules.New(`^(?i:(?:[\w ]+ )?supported (?:[\w ]+ )?by (?:(?:a|an) )?(?:(?:grants?|funding|awards?)(?: \S+)? from )?(?:the )?)(\p{Lu}[^.;,\n()]{1,110})`)
	// fundersName is a sentence under the heading of funding that is a name and no more: "Indivior."
	fundersName = rules.New(`^(?:The )?(\p{Lu}[^.;\n()]{1,90}?)(?: \([^()]*\))?\.?$`)
	// saysMore is what makes a sentence of a name.
	saysMore = rules.New(`(?i)\b(?:was|were|is|are|had|has|have|no|none|not|by|this|we|authors?|funder|received|declare|disclose|reported)\b`)
)

// onlyScreened is what follows a number of people who were looked at for the study.
var onlyScreened = rules.New(`(?i)^[^,;.]*\b(?:screened|assessed for eligibility|approached|invited)`)
