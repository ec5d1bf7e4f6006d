package annotate

import "strings"

// word is what the grammar knows of a word: an identity in the low byte for the words that rules name, and flags.
type word uint32

const idMask = 0xff

// id returns the identity of a word, 0 when no rule names it.
func (w word) id() word { return w & idMask }

func (w word) is(flag word) bool { return w&flag != 0 }

// The most tokens that a name of a unit has that begins with the word, in the bits above the flags.
const (
	lengthShift = 24
	lengthMask  = 0xf
)

// length returns the most tokens that a name of a unit has that begins with the word.
func (w word) length() int { return int(w>>lengthShift) & lengthMask }

// glues reports whether a hyphen and a number after the word make one name with it, as in "SF-12".
func (w word) glues() bool {
	return w.id() == 0 && !w.is(fTimeUnit|fSpelt|fMonth|fCounted) || w.id() == wN || w.id() == wD || w.id() == wP
}

// The flags of words.
const (
	fLabel    word = 1 << (8 + iota) // takes a number as its name: arm, group, phase
	fTimeUnit                        // day, week, month, year
	fClock                           // second, minute, hour
	fCounted                         // people, places and studies that a size counts
	fPeople                          // of those, people
	fChanges                         // verbs of change
	fSpelt                           // numbers in words
	fMonth                           // January
	fStop                            // ends a noun phrase: prepositions, verbs, pronouns
	fCopula                          // was, were, is
	fMeasure                         // begins a measure of the vocabulary
	fUnit                            // begins a unit of the vocabulary
	fEnrolled                        // randomized, enrolled: what is done with people
)

// The words that rules name.
const (
	_ word = iota
	wP
	wCI
	wIC
	wConfidence
	wInterval
	wLimit
	wUpper
	wLower
	wN
	wD
	wMean
	wMedian
	wAverage
	wSD
	wSE
	wStandard
	wDeviation
	wError
	wIQR
	wInterquartile
	wRange
	wRanging
	wFrom
	wTo
	wAnd
	wOr
	wOf
	wOut
	wThe
	wA
	wIn
	wAt
	wFor
	wOver
	wAfter
	wBy
	wWithin
	wDuring
	wUntil
	wThroughout
	wPast
	wLast
	wLeast
	wMost
	wMore
	wLess
	wFewer
	wGreater
	wHigher
	wOlder
	wYounger
	wThan
	wNo
	wNot
	wUp
	wUnder
	wAbove
	wBelow
	wExceeding
	wMinimum
	wMaximum
	wBetween
	wOld
	wAge
	wAged
	wAll
	wNone
	wHalf
	wBoth
	wEach
	wPercent
	wPer
	wCent
	wPoint
	wValue
	wInteraction
	wTrend
	wGroup
	wNS
	wSignificant
	wAdjusted
	wUnadjusted
	wDifference
	wChange
	wStandardized
	wRisk
	wRate
	wMinus
	wVs
	wThat
	wFollow
	wSided
	wOne
	wTwo
	wEquivalent
	wBound
	wInfinity
	wThrough
	wWas
	wRespectively
	wTotal
	wAmong
	wOnly
	wAs
	wWith
	wEt
	wRatio
	wSecond
	wSince
	wFold
	wBaseline
	wHighest
	wYear
	wMonthUnit
	wWeek
	wDay
	wWhole
)

// words maps a word in lower case to what the grammar knows of it.
var words = dictionary()

func dictionary() map[string]word {
	m := make(map[string]word, 800)
	for form, w := range named {
		m[form] |= w
	}
	for _, g := range classes {
		for form := range strings.FieldsSeq(g.forms) {
			m[form] |= g.flag
			if g.plural {
				m[plural(form)] |= g.flag
			}
		}
	}
	for form := range numerals {
		m[form] |= fSpelt
	}
	return m
}

// numerals are the numbers in words that the grammar joins.
var numerals = map[string]int{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
	"eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "million": 1000000,
}

// classes are words that rules take by class. Plural adds the regular plural of each.
var classes = []struct {
	flag   word
	plural bool
	forms  string
}{
	{fLabel, true, `arm group type phase grade stage class category level cohort stratum step table figure fig article part
		version module study trial experiment aim item question chapter section appendix number no tier wave cycle visit
		session dose time model quartile tertile quintile case set line objective hypothesis domain factor cluster region zone
		site pool block interim protocol schedule regimen scenario task test position degree`},
	{fLabel, false, "categories series strata"},
	{fTimeUnit, true, "day week month year wk mo yr"},
	{fTimeUnit, false, "d y"},
	{fClock, true, "second minute hour hr min sec"},
	{fClock, false, "h s"},
	{fCounted | fPeople, true, `patient participant subject adult child woman man person individual infant volunteer adolescent
		veteran student boy girl male female mother father parent caregiver carer family neonate newborn baby survivor respondent
		smoker nonsmoker user resident worker nurse physician clinician doctor gp practitioner provider pharmacist couple dyad
		twin athlete player soldier recruit inpatient outpatient enrollee client member case control attendee responder
		nonresponder completer non-responder teacher toddler schoolchild pregnancy birth death event people men women children babies families
		recipient donor driver drinker prisoner offender refugee citizen consumer customer employee officer youth teen
		teenager senior elder peer counselor therapist midwife dentist surgeon resident trainee intern candidate applicant
		runner cyclist swimmer rower preschooler schoolgirl schoolboy pupil cohabitant spouse partner sibling relative friend`},
	{fCounted | fPeople, false, "people men women children babies families schoolchildren pregnancies midwives spouses personnel staff"},
	{fCounted, true, `clinic hospital center centre site practice school village household community cluster ward unit facility
		trial study article review cohort country city town district nation state university department pharmacy laboratory
		eye tooth knee hip lesion sample specimen biopsy implant embryo cycle oocyte limb leg arm breast ear foot wound fracture
		nursing-home home prison church workplace company station health-system system program programme network record paper report publication
		meta-analysis questionnaire interview survey swab blood-sample animal rat mouse dog cat horse cow pig sheep episode admission procedure operation surgery transplant graft stent
		randomization recording injection restoration root canal molar premolar tumor tumour node pair team region province county neighborhood neighbourhood municipality classroom class
		comparison estimate dataset database`},
	{fCounted, false, "studies countries cities communities facilities universities pharmacies laboratories biopsies counties municipalities mice teeth feet surgeries"},
	{fChanges, false, `decreased decrease decreases increased increase increases reduced reduces reduce improved improves improve rose rise
		rises fell fall falls dropped drop drops declined decline declines went changed change changes grew lowered lower raised
		worsened worsens worsen shortened prolonged lengthened extended shrank climbed doubled halved deteriorated diminished moved shifted reduction
		improvement elevated gained lost decreasing increasing declining falling rising improving reducing dropping`},
	{fMonth, false, `january february march april may june july august september october november december jan feb mar apr jun jul
		aug sep sept oct nov dec`},
	{fCopula, false, "was were is are be been being equals equalled equaled averaged reached remained"},
	{fStop, false, `of in with to for from by at who that which was were is are be been being had has have than as on the a an its their
		this these those did do does not no but if when while whereas where after before between among during within without
		into over under per via vs versus because since until through throughout against about across each both either or
		and nor we they it he she our his her also only then there here randomized-to would could should may might can will compared`},
	{fEnrolled, false, `randomized randomised assigned allocated enrolled included recruited analyzed analysed completed received
		participated screened eligible consented invited registered treated excluded withdrew evaluated studied followed assessed
		responded died discontinued entered underwent started provided returned dropped declined lost available`},
}

// named are the words that rules name.
var named = map[string]word{
	"p": wP, "ci": wCI, "cis": wCI, "c.i": wCI, "c.i.": wCI, "cri": wCI, "crl": wCI, "cl": wIC, "ic": wIC, "ui": wIC, "hdi": wIC, "bci": wIC,
	"confidence": wConfidence, "credible": wConfidence, "credibility": wConfidence, "uncertainty": wConfidence, "density": wConfidence,
	"interval": wInterval, "intervals": wInterval, "limits": wLimit, "limit": wLimit, "bound": wBound, "bounds": wBound,
	"upper": wUpper, "lower": wLower, "n": wN, "d": wD, "mean": wMean, "means": wMean, "median": wMedian, "medians": wMedian,
	"average": wAverage, "averages": wAverage, "avg": wAverage, "averaged": wAverage,
	"sd": wSD, "sds": wSD, "s.d": wSD, "se": wSE, "sem": wSE, "ses": wSE, "s.e": wSE, "standard": wStandard, "deviation": wDeviation,
	"deviations": wDeviation, "error": wError, "errors": wError, "iqr": wIQR, "iqrs": wIQR, "interquartile": wInterquartile,
	"inter-quartile": wInterquartile, "quartile": wInterquartile, "range": wRange, "ranges": wRange, "ranging": wRanging, "ranged": wRanging,
	"from": wFrom, "to": wTo, "and": wAnd, "or": wOr, "of": wOf, "out": wOut, "the": wThe, "a": wA, "an": wA, "in": wIn, "at": wAt,
	"for": wFor, "over": wOver, "after": wAfter, "by": wBy, "within": wWithin, "during": wDuring, "until": wUntil, "till": wUntil,
	"throughout": wThroughout, "past": wPast, "previous": wPast, "preceding": wPast, "prior": wPast, "last": wLast, "least": wLeast,
	"most": wMost, "more": wMore, "less": wLess, "fewer": wFewer, "greater": wGreater, "higher": wHigher, "older": wOlder,
	"younger": wYounger, "than": wThan, "no": wNo, "not": wNot, "up": wUp, "under": wUnder, "above": wAbove, "below": wBelow,
	"exceeding": wExceeding, "exceeds": wExceeding, "exceeded": wExceeding, "minimum": wMinimum, "maximum": wMaximum,
	"between": wBetween, "old": wOld, "age": wAge, "ages": wAge, "aged": wAged, "all": wAll, "none": wNone, "half": wHalf, "both": wBoth,
	"each": wEach, "every": wAll, "percent": wPercent, "percentage": wPercent, "per": wPer, "cent": wCent, "point": wPoint, "points": wPoint,
	"value": wValue, "values": wValue, "interaction": wInteraction, "interactions": wInteraction, "trend": wTrend, "trends": wTrend,
	"group": wGroup, "groups": wGroup, "arm": wGroup, "arms": wGroup, "ns": wNS, "n.s": wNS, "nonsignificant": wNS,
	"significant": wSignificant, "adjusted": wAdjusted, "adj": wAdjusted, "corrected": wAdjusted, "adjusting": wAdjusted,
	"unadjusted": wUnadjusted, "crude": wUnadjusted, "difference": wDifference, "differences": wDifference, "diff": wDifference,
	"change": wChange, "changes": wChange, "reduction": wChange, "reductions": wChange, "decrease": wChange, "increase": wChange,
	"improvement": wChange, "decline": wChange, "gain": wChange, "increment": wChange, "drop": wChange,
	"standardized": wStandardized, "standardised": wStandardized, "risk": wRisk, "risks": wRisk, "rate": wRate, "rates": wRate, "minus": wMinus, "negative": wMinus,
	"vs": wVs, "v": wVs, "versus": wVs, "compared": wVs, "that": wThat, "follow": wFollow, "followup": wFollow, "sided": wSided, "tailed": wSided, "one": wOne, "two": wTwo,
	"equivalent": wEquivalent, "equivalents": wEquivalent, "infinity": wInfinity, "through": wThrough, "was": wWas, "were": wWas,
	"is": wWas, "are": wWas, "being": wWas, "respectively": wRespectively, "resp": wRespectively, "total": wTotal, "among": wAmong,
	"only": wOnly, "as": wAs, "with": wWith, "et": wEt, "ratio": wRatio, "ratios": wRatio, "since": wSince,
	"fold": wFold, "baseline": wBaseline, "highest": wHighest, "year": wYear, "years": wYear, "yr": wYear, "yrs": wYear, "y": wYear,
	"month": wMonthUnit, "months": wMonthUnit, "mo": wMonthUnit, "mos": wMonthUnit, "week": wWeek, "weeks": wWeek, "wk": wWeek, "wks": wWeek,
	"day": wDay, "days": wDay,
}

// plural returns the regular plural of a noun.
func plural(s string) string {
	switch {
	case strings.HasSuffix(s, "y") && len(s) > 2 && !strings.ContainsRune("aeiou", rune(s[len(s)-2])):
		return s[:len(s)-1] + "ies"
	case strings.HasSuffix(s, "s"), strings.HasSuffix(s, "x"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "sh"):
		return s + "es"
	}
	return s + "s"
}
