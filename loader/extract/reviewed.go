package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

const (
	// randomizedKind and otherKind are what says of studies how they were done.
	randomizedKind = `(?:randomi[sz]ed|RCTs?)`
	otherKind      = `(?:observational|non-?randomi[sz]ed|non-?experimental|cohort|case[- ]control|cross-sectional|before[- ]and[- ]after|quasi-experimental|uncontrolled)`
	// studiesCounted is a number of studies, as a group: "Twelve parallel-group randomized trials".
	studiesCounted = countPattern + `\s(?:(?:[A-Za-z][\w-]*,?\s){0,5}?)(?:trials|studies|RCTs|articles|papers|publications)\b`
	// ofEvidence is what a review rates.
	ofEvidence = `(?:(?:certainty|quality|strength|level|confidence) (?:of|in) (?:(?:the|this|that|these|available|current|overall|supporting|body|of|existing|included) ){0,4}(?:evidence|studies|trials|RCTs|estimates?)|(?:overall )?evidence (?:quality|certainty|strength|level)|(?:study|trial|methodological) quality|risks? of bias|(?:the |GRADE |overall )certainty|\bGRADE(?: (?:ratings?|levels?|assessments?))?|\bSOE)`
	// grades are the words of ratings.
	grades = `(?:(?:very|extremely|generally|mostly|critically) )?(?:low|moderate|high|poor|good|fair|weak|strong|insufficient|unclear|serious|critical|downgraded)\b`
)

var (
	// includedStudies say how many studies a review included, the surest forms first: what was only found may have been left out later.
	includedStudies = []*pattern.Pattern{
		rules.New(`(?i)\b(?:included|synthesi[sz]ed|reviewed|review of|summari[sz]ed|analy[sz]ed|pooled|pooling|comprised)(?: (?:data|results|from|findings|a|of|total|the|all|in)){0,4}\s` + studiesCounted),
		rules.New(`(?i)\b` + studiesCounted + `[^.;]{0,120}?\s(?:met|meeting|fulfill?ed|satisfied) (?:[\w-]+ ){0,5}?criteria\b`),
		rules.New(`(?i)\b` + studiesCounted + `(?: ?\([^()]*\))?(?:,? (?:with|of|involving|comprising|enrolling|examining|reporting)[^.;]{0,120}?)?,? (?:were|was) (?:(?:finally|ultimately|subsequently|then|thus|therefore) )?(?:included|synthesi[sz]ed|reviewed|analy[sz]ed|selected)\b`),
		rules.New(`(?i)^(?:[\w ]{2,40}: )?(?:a total of |in total,? |overall,? |we (?:found|identified) (?:a total of )?)?` + studiesCounted + `[^.;]{0,200}?,? (?:were|was|proved) (?:eligible|found|identified|retrieved|located)\b`),
		rules.New(`(?i)\b(?:identified|found|retrieved|located)(?: a total of)?\s` + studiesCounted),
	}
	// countsOthers is what stands before a number of studies that is a limit, a plan, or somebody else's, or those of which some were kept.
	countsOthers      = rules.New(`(?i)\b(?:at least|more than|fewer than|less than|minimum of|will|would|(?:previous|prior|earlier|another|other|one|that) (?:[\w-]+ ){0,3}(?:reviews?|meta-analys[ie]s))\b[^.;]*$|^(?:[\w ]+: )?(?:of|from|among|out of)(?: the| a total of)?\s$`)
	randomizedStudies = rules.New(`(?i)` + countPattern + `\s(?:(?:were|was|parallel[- ]group|cluster|small|large)[\s-])*` + randomizedKind + `\b`)
	otherStudies      = rules.New(`(?i)` + countPattern + `\s(?:(?:were|was|prospective|retrospective)\s)*` + otherKind + `\b`)
	randomizedPhrase  = rules.New(`(?i)(?:^|\s)` + randomizedKind + `\b`)
	observedPhrase    = rules.New(`(?i)(?:^|\s)` + otherKind + `\b`)
	// partsOfStudies is what follows a number of studies and tells its parts: " (11 randomized trials and ...)", ", of which 11 were ...".
	partsOfStudies = rules.New(`(?i)^(?:[^.;()]{0,60})?(?:\(([^()]*)\)|,? (?:of which|of these|including|comprising|consisting of):? ([^.;]*)|[:—–] ?([^.;]*))`)
	studiesBefore  = rules.New(`(?i)` + studiesCounted + `(?: ?\([^()]*\))?,? (?:and|plus|as well as) $`)
	besideStudies  = rules.New(`(?i)^(?: ?\([^()]*\))?,? (?:and|plus|as well as) ` + studiesCounted)

	// rated is a sentence in which a review rates its evidence: "quality of evidence was very low", "very low-certainty evidence".
	rated = []*pattern.Pattern{
		rules.New(`(?i)\b` + grades + `[- ](?:(?:to|or|and)[- ](?:very[- ])?(?:low|moderate|high)[- ])?(?:overall |GRADE )?(?:certainty|quality|strength)[- ](?:of[- ](?:the )?)?(?:GRADE )?evidence\b`),
		rules.New(`(?i)\b` + grades + `[- ](?:overall )?(?:strength|certainty|quality) of (?:the )?evidence\b`),
		rules.New(`(?i)\b` + ofEvidence + `(?: ?\([^()]*\))?(?:[^.;]{0,80}?\b(?:was|were|is|are|as|to be|from|remained|being)(?: (?:\w+ly|rated|judged|graded|considered|assessed|deemed|as|at|to|be|a)){0,4}|\s?[:=,(–—-]\s?|\s(?:certainty |quality )?)\s?` + grades),
		rules.New(`(?i)[(;,] ?` + grades + `[- ](?:certainty|quality)(?: evidence)?\s?[);]`),
		rules.New(`(?i)\b(?:at )?` + grades + `(?:[- ]to[- ]\w+)? risks? of bias\b`),
	}
	// yetWanted and wantedAfter stand around evidence that is asked for, not rated.
	yetWanted   = rules.New(`(?i)\b(?:will|would|needs? for|need|needs|lack of|require|further|future|more|designed to|aims? to|should|whether)\b[^.;(]{0,40}$`)
	wantedAfter = rules.New(`(?i)^[^.;,(]{0,40}?\b(?:is|are) (?:\w+ )?(?:needed|required|warranted|lacking)\b`)
)

// findReviewed reads of a review how many studies it included, and what its authors state of how sure its evidence is. Other
// studies have neither: what a trial calls evidence of low quality is that of others.
func (r *reading) findReviewed(t *telling) {
	switch t.study.Design.Kind {
	case evidence.KindSystematicReview, evidence.KindMetaAnalysis:
	default:
		return
	}
	var own []document.Span
	for _, i := range t.sentences {
		if r.roles[i] != roleBackground || t.secondHand {
			own = append(own, t.own(r, i))
		}
	}
	r.findIncluded(t, own)
	for _, i := range t.sentences {
		if (r.roles[i] != roleBackground || t.secondHand) && r.ratesEvidence(t.own(r, i)) {
			t.study.Certainty = append(t.study.Certainty, r.passage(i))
		}
	}
}

// ratesEvidence reports whether a sentence says how sure evidence is, and does not ask for better.
func (r *reading) ratesEvidence(s document.Span) bool {
	for _, p := range rated {
		for _, m := range r.rule(s, p).FindAllStringIndex(r.doc.At(s), -1) {
			if text := r.doc.At(s); !yetWanted.MatchString(text[:m[0]]) && !wantedAfter.MatchString(text[m[1]:]) {
				return true
			}
		}
	}
	return false
}

// findIncluded reads how many studies a review included, and how many of them were randomized. The first sentence with the surest
// form counts; parts are kept where they do not add up to more than the whole.
func (r *reading) findIncluded(t *telling, own []document.Span) {
	for _, p := range includedStudies {
		for _, s := range own {
			text := r.doc.At(s)
			for from := 0; ; {
				m := r.rule(s, p).FindStringSubmatchIndex(text[from:])
				if m == nil {
					break
				}
				at, end := from+m[2], from+m[3]
				from = end
				n := count(text[at:end])
				if v, ok := n.Int(); !ok || v < 1 || isYear(v, text, []int{0, 0, at, end}) || countsOthers.MatchString(text[:at]) {
					continue
				}
				if first, end := countedBeside(text[:at]); end > 0 {
					at, n = first, count(text[first:end])
					t.study.N = "" // it is of the trials alone
				}
				countStudies(t.study, text, at, n)
				t.state(r, "n_studies", s)
				if people := peopleOf(text[at:], n); people.Present() && !t.study.N.Present() {
					t.study.N = people
					t.state(r, "n", s)
				}
				return
			}
		}
	}
}

var (
	// peopleOfStudies is a number of people behind a number of studies, as all that these had: " (mean duration 6 weeks; 6603 participants)".
	peopleOfStudies = rules.New(`(?i)^[^.;()]{0,60}?(?:,? ?\([^()]{0,60}?(?:^|[(;,:] ?)|[,;:] |\b(?:with|of|on|involving|comprising|enrolling|including|totall?ing|and) )(?:(?:a |in )?total (?:of )?)?` + countPattern + ` ` + adjectives + peopleNoun + `\b`)
	// otherCount is a further number of studies.
	otherCount = rules.New(`(?i)\d[^;(),]{0,40}\b(?:randomi[sz]ed|observational|trials|studies|RCTs|cohorts?|reviews)\b`)
)

// countedBeside returns where a number of studies stands that a text ends with, and "and" behind it: "five trials (953 people) and"; end is 0
// where there is none.
func countedBeside(text string) (start, end int) {
	for from := 0; ; {
		b := studiesBefore.FindStringSubmatchIndex(text[from:])
		if b == nil {
			return start, end
		}
		start, end = from+b[2], from+b[3] // the last of them: "of 3826 records, five trials and"
		from = end
	}
}

// peopleOf returns how many people the studies had that a text begins with the number of; "" where it does not say.
func peopleOf(text string, studies quantity.Decimal) quantity.Decimal {
	named := studiesNamed.FindString(text)
	rest := text[len(named):]
	m := peopleOfStudies.FindStringSubmatchIndex(rest)
	if m == nil || otherCount.MatchString(rest[:m[3]]) || besideStudies.MatchString(rest) {
		return ""
	}
	n := count(rest[m[2]:m[3]])
	if quantity.Compare(n, studies) <= 0 || strings.HasPrefix(rest[m[3]:], "%") {
		return ""
	}
	return n
}

// studiesNamed matches a number of studies where it stands.
var studiesNamed = rules.New(`(?i)^` + studiesCounted)

// countStudies keeps a number of studies that stands at a place of a sentence, and the parts that are told behind it.
func countStudies(study *evidence.Study, text string, at int, n quantity.Decimal) {
	m := studiesNamed.FindStringSubmatchIndex(text[at:])
	phrase, rest := text[at:at+m[1]], text[at+m[1]:]
	named := phrase[m[3]:]
	trials, others := randomizedPhrase.MatchString(named), observedPhrase.MatchString(named)
	if b := besideStudies.FindStringSubmatchIndex(rest); b != nil && trials != others {
		second := rest[b[2]:b[1]]
		switch {
		case trials && observedPhrase.MatchString(second):
			study.NTrials, study.NObservational = n, count(rest[b[2]:b[3]])
			return
		case others && randomizedPhrase.MatchString(second):
			study.NTrials, study.NObservational = count(rest[b[2]:b[3]]), n
			return
		}
	}
	study.NStudies = n
	switch {
	case trials && !others:
		study.NTrials = n
		return
	case others && !trials:
		study.NObservational = n
		return
	}
	p := partsOfStudies.FindStringSubmatch(rest)
	if p == nil {
		return
	}
	parts := strings.Join(p[1:], "")
	one := func(p *pattern.Pattern) quantity.Decimal {
		ms := p.FindAllStringSubmatch(parts, -1)
		if len(ms) != 1 { // several kinds are told apart: the sentence has them
			return ""
		}
		return count(ms[0][1])
	}
	a, b := one(randomizedStudies), one(otherStudies)
	all, _ := n.Int()
	x, _ := a.Int()
	y, _ := b.Int()
	if x+y <= all {
		study.NTrials, study.NObservational = a, b
	}
}
