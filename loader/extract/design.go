package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// place is a stretch of text that may tell of the design: a title, or a sentence.
type place struct {
	document.Span
	sentence int // -1 for a title
	role     role
}

// places returns the study's titles and its sentences with one of some roles, in text order; titles come first.
func (r *reading) places(t *telling, roles ...role) []place {
	var out []place
	for _, s := range t.titles {
		out = append(out, place{s, -1, roleNone})
	}
	for _, i := range t.sentences {
		if slices.Contains(roles, r.roles[i]) {
			out = append(out, place{t.own(r, i), i, r.roles[i]})
		}
	}
	return out
}

// own returns the stretch of a sentence that tells of this study alone.
func (t *telling) own(r *reading, i int) document.Span {
	if p, ok := t.parts[i]; ok {
		return p.own
	}
	return r.doc.Sentences[i].Span
}

// state records the passage behind a field of the study.
func (t *telling) state(r *reading, field string, s document.Span) {
	p := r.doc.Passage(r.around(s))
	for i := range t.study.Stated {
		if t.study.Stated[i].Field == field {
			t.study.Stated[i].Passages = appendPassage(t.study.Stated[i].Passages, p)
			return
		}
	}
	t.study.Stated = append(t.study.Stated, evidence.Statement{Field: field, Passages: []evidence.Passage{p}})
}

// kindSigns say what kind a study is, the more specific kinds first.
var kindSigns = []struct {
	kind    string
	titled  bool // holds in titles only, or where the sentence speaks of this study
	pattern *pattern.Pattern
}{
	{evidence.KindProtocol, true, rules.New(`(?i)\bthis (?:study )?(?:paper|article|protocol|report) (?:describes|presents|outlines|reports the protocol)|\bthe protocol (?:of|for) (?:this|the) [\w -]{3,40} is (?:described|presented)\b`)},
	{evidence.KindMetaAnalysis, true, rules.New(`(?i)\bmeta[-‐ ]?analys[ie]s\b`)},
	{evidence.KindSystematicReview, true, rules.New(`(?i)\b(?:systematic|scoping|umbrella|rapid|cochrane) (?:literature )?review\b|\boverview of (?:cochrane |systematic )?reviews\b|\breviewed ` + countPattern + ` (?:[\w-]+ ){0,3}(?:trials|studies|rcts)\b`)},
	{evidence.KindSecondaryAnalysis, true, rules.New(`(?i)\b(?:secondary|post[- ]?hoc|ancillary|subgroup|moderator|mediation|exploratory|planned) (?:data )?(?:analys[ie]s|study|substudy) (?:of|from|using|examin\w+|evaluat\w+|was|compar\w+|includ\w+|in which|that|on)\b|[:(,]\s?an? (?:secondary|post[- ]?hoc|ancillary|subgroup) (?:data )?analysis\b|\b(?:is|was|report|present|conducted|performed) (?:an? |the )?(?:[\w-]+,? ){0,2}?(?:secondary|post[- ]?hoc|ancillary|subgroup) analysis\b`)},
	{evidence.KindTrial, false, rules.New(`(?i)\brandomi[sz]ed\b|\brandomly (?:assigned|allocated)\b|\brandom(?:ly)? (?:allocat|assign)\w*|\brandomi[sz]ation\b|\bRCT\b|\b(?:clinical|controlled|crossover|cross-over|single[- ]arm|open[- ]label|pragmatic|feasibility) (?:\w+ )?trial\b|\btrial\b|\bquasi-experimental\b|\bpilot study\b|\b(?:single|one)[- ]arm\b|\bphase (?:[1-4]|I{1,3}|IV)[ab]?\b|\bstudy was an? (?:[\w-]+ ){0,3}pilot\b|\bpre-?test\b.*\bpost-?(?:test|intervention)\b`)},
	{evidence.KindQualitative, true, rules.New(`(?i)\bqualitative|\bfocus groups?\b|\bsemi-?structured interviews?\b|\bmixed[- ]methods\b|\binterview study\b`)},
	{evidence.KindCohort, true, rules.New(`(?i)\bcohort\b|\blongitudinal (?:study|analysis)\b|\bcase[-‐]control\b|\b(?:prospective|retrospective) (?:observational )?(?:study|analysis)\b|\bregistry[- ]based\b`)},
	{evidence.KindCrossSectional, true, rules.New(`(?i)\bcross[-‐ ]sectional\b|\bsurvey (?:study|of|was)\b|\bnational survey\b`)},
	{evidence.KindGuideline, true, rules.New(`(?i)\b(?:clinical )?practice guidelines?\b|\bguidelines? (?:for|on|from|of the)\b|\bconsensus (?:panel |statement|guideline|recommendation)|\brecommendation statement\b|\bposition (?:statement|paper)\b`)},
	{evidence.KindNarrative, true, rules.New(`(?i)\b(?:narrative|literature|critical) review\b|\breview of the literature\b|\beditorial\b|\bcommentary\b`)},
}

var (
	clusterSign = rules.New(`(?i)\bcluster[-‐ ]?(?:randomi[sz]ed|randomi[sz]ation|controlled|rct|crossover|level)|\bgroup-randomi[sz]ed (?:trial|controlled)|\bstepped[- ]wedge\b|\brandomi[sz](?:ed|ation) (?:was )?(?:at|by) (?:the )?(?:level of (?:the )?)?(?:clinic|practice|school|village|hospital|ward|site|center|centre|community|provider|clinician|cluster|unit|facility)\b|\b(?:clinics|practices|schools|villages|hospitals|wards|sites|clusters|communities|facilities|units|centers|centres|nursing homes|pharmacies|classrooms)(?: \([^()]{1,60}\)| (?:in|from|of|at|across|within) (?:[\p{L}’'-]+ ){0,4}[\p{L}’'-]+)? were (?:cluster[- ])?(?:randomi[sz]ed|randomly)\b`)
	randomSign  = rules.New(`(?i)\brandomi[sz]ed\b|\brandomly (?:assigned|allocated|divided)\b|\brandom(?:ly)? (?:allocat|assign)\w*|\brandomi[sz]ation\b|\bRCT\b`)
	quasiSign   = rules.New(`(?i)\b(?:non-?randomi[sz]ed|quasi[- ]randomi[sz]ed|quasi[- ]experimental|not randomi[sz]ed|without randomi[sz]ation|alternat(?:ely|ing) (?:assigned|allocated))`)
	singleSign  = rules.New(`(?i)\b(?:single[- ](?:arm|group|cohort)|one[- ](?:arm|group)|uncontrolled|pre[-–]?(?:test)?[- /–]?(?:and )?post[-–]?(?:test|intervention)?(?: (?:study|design|test|trial))|before[- ]and[- ]after|before-after|without (?:a )?(?:control|comparison) group|no control group)\b|\bpre-?test,? (?:and )?post-?(?:test|intervention)\b|\bbefore the (?:program(?:me)?|intervention|treatment|therapy|training|course),? (?:and )?after\b`)
	crossSign   = rules.New(`(?i)\bcross-?over\b|\b(?:the|whose) (?:order|sequence)(?: of (?:the )?(?:treatments?|interventions?|conditions|sessions|periods|visits))? (?:was|were|being) (?:randomi[sz]ed|random)\b`)
	factorSign  = rules.New(`(?i)\bfactorial\b|\b2\s?[x×]\s?2\b`)
	parallel    = rules.New(`(?i)\bparallel\b`)
	maskingSign = rules.New(`(?i)\b(?:double|single|triple|quadruple|assessor|observer|investigator|rater|evaluator|participant|patient|outcome|outcome assessor|examiner|fully)[- ]?(?:blind(?:ed)?|mask(?:ed)?)\b|\b(?:masked|blinded|blind) (?:outcome |endpoint |end-point |outcomes )?(?:assess(?:ment|ments|or|ors)|evaluat(?:ion|or|ors)|adjudicat\w+|raters?|observers?|investigators?|endpoints?|end points?)\b|\bopen[- ]?label(?:l?ed)?\b|\bun(?:blinded|masked)\b|\bnon-?(?:blinded|masked)\b|\b(?:those|people|clinicians|researchers|assessors|investigators|raters|participants|patients|evaluators|statisticians|staff)(?: and [\w ]{3,30})?(?: who [\w ]{3,30}?)? were (?:blinded|masked)(?: to [\w ]{3,40})?`)
	phaseSign   = rules.New(`(?i)\bphase[- ](1|2|3|4|I{1,3}|IV)(?:\s?[/-]\s?(1|2|3|4|I{1,3}|IV))?([ab])?\b`)
	// designNoun ends the phrase that names a design.
	designNoun     = rules.New(`(?i)\b(?:trials?|study|analys[ie]s|review|cohort|survey|experiment|rct|substudy)\b`)
	nextDesignNoun = rules.New(`(?i)^ (?:trials?|study|studies|analys[ie]s|reviews?)\b`)
	designWord     = rules.New(`(?i)\b(?:randomi[sz]ed|randomised|controlled|clinical|pragmatic|pilot|feasibility|hybrid|cluster|crossover|cross-over|factorial|parallel|secondary|post[- ]?hoc|systematic|meta|cohort|prospective|retrospective|observational|cross-sectional|open-label|blind|double-blind|single-arm|single-group|phase|comparative|noninferiority|non-inferiority|equivalence|superiority|multicent\w+|multi-cent\w+|multisite|qualitative|longitudinal|case-control|stepped-wedge|quasi-experimental|exploratory|ancillary|subgroup|implementation|scoping|narrative)\b`)
	// reviewedStudies is how many studies a review included: "reviewed 18 randomized controlled trials".
	reviewedStudies = rules.New(`(?i)\b(?:reviewed|review of|included|identified|synthesi[sz]ed)(?: \w+){0,2}\s+(` + countPattern + `\s+(?:[\w-]+\s){0,4}(?:trials|studies|rcts))\b`)
	secondaryWord   = rules.New(`(?i)secondary|post|ancillary|subgroup`)
	determiner      = rules.New(`(?i)^(?:an?|the|this|our|these|in|of|is|was|were|as|with|from|using|conducted|performed|and|present|current|we|large|for|to|by|that|on|at|during|used|did|undertook|report|reports)$`)
)

// findDesign reads what kind of study it is and how participants were allocated, from the title and from what the
// text says of the study itself.
func (r *reading) findDesign(t *telling) {
	d := &t.study.Design
	own := r.places(t, roleObjective, roleDesign, roleParticipants, roleInterventions, roleMethods, roleOutcomes, roleResults, roleConclusion)
	if t.secondHand {
		own = r.places(t, roleBackground, roleObjective, roleDesign, roleParticipants, roleInterventions, roleMethods, roleOutcomes, roleResults, roleConclusion)
	}
	own = append(own, slices.DeleteFunc(r.places(t, roleBackground), func(x place) bool {
		return x.sentence < 0 || !r.matches(x.sentence, thisPhase)
	})...)
	r.findKind(t, own)
	if evidence.Unassigned(d.Kind) {
		r.designText(t, own)
		return
	}
	seen := func(p *pattern.Pattern, field func(string)) bool {
		for _, x := range own {
			if m := r.rule(x.Span, p).FindStringIndex(r.doc.At(x.Span)); m != nil && !yetToBe.MatchString(r.doc.At(x.Span)[:m[0]]) {
				if field != nil {
					field(r.doc.Text[x.Start+m[0] : x.Start+m[1]])
					t.state(r, "design", x.Span)
				}
				return true
			}
		}
		return false
	}
	switch {
	case seen(quasiSign, nil):
		d.Allocation = evidence.NonRandomized
	case r.clustersAssigned(own):
		d.Allocation = evidence.ClusterRandomized
	case seen(randomSign, nil):
		d.Allocation = evidence.Randomized
	case seen(singleSign, nil):
		d.Allocation = evidence.NoAllocation
	}
	switch {
	case d.Allocation != evidence.Randomized && d.Allocation != evidence.ClusterRandomized && seen(singleSign, nil):
		d.Model = "single group"
	case seen(crossSign, nil):
		d.Model = "crossover"
	case seen(factorSign, nil):
		d.Model = "factorial"
	case seen(parallel, nil), d.Allocation == evidence.Randomized, d.Allocation == evidence.ClusterRandomized:
		d.Model = "parallel"
	}
	r.findMasking(t, own)
	r.findPhase(t, own)
	if slices.ContainsFunc(stopWords, func(w string) bool { return strings.Contains(r.doc.Text, w) }) {
		seen(stoppedEarly, func(string) { d.Status = evidence.Terminated })
	}
	r.designText(t, own)
}

// stopWords are parts of the words that stoppedEarly needs, of which few documents have one.
var stopWords = []string{"terminat", "stopped", "stopping", "halted", "was closed", "prematurely", "closure of", "ended early", "ended because", "discontinued early", "discontinued because", "discontinued due", "discontinued for"}

// stoppedEarly says that a study ended before it was to. What its rules allowed, or what did not come about, is told otherwise.
var stoppedEarly = rules.New(`(?i)\b(?:trial|study|enrol?lment|recruitment|accrual|inclusion)(?: (?:of|in) [\p{L} -]{2,40}?)? (?:was|were|had to be) (?:therefore |thus |then )?(?:(?:terminated|stopped|halted|discontinued|closed|ended) (?:early|prematurely|because|due to|owing to|for (?:futility|efficacy|benefit|harm|safety|slow|lack))|prematurely (?:terminated|stopped|halted|closed))\b|\b(?:early|premature) (?:termination|stopping|closure) of (?:the|this|our) (?:trial|study|enrol?lment|recruitment)\b|\b(?:terminated|stopped|halted) (?:the|this|our) (?:trial|study) (?:early|prematurely)\b`)

// thisPhase is how a text speaks of its own study where it stands among what was known: "this phase II study reports".
var thisPhase = rules.New(`(?i)\b(?:this|our|the present|the current) (?:[\w-]+ ){0,3}phase (?:1|2|3|4|i{1,3}|iv)(?:[/-](?:2|3|ii|iii))?[ab]? (?:[\w-]+ ){0,2}(?:study|trial)\b`)

// clustersAssigned reports whether clusters were randomized: not "477 patients in 84 centers were randomized".
func (r *reading) clustersAssigned(own []place) bool {
	return slices.ContainsFunc(own, func(x place) bool {
		text := r.doc.At(x.Span)
		m := r.rule(x.Span, clusterSign).FindStringIndex(text)
		return m != nil && !peopleAt.MatchString(text[:m[0]])
	})
}

// peopleAt is what stands before the places at which people were randomized.
var peopleAt = rules.New(`(?i)\b` + peopleNoun + ` (?:in|at|from|across) (?:the )?(?:` + countPattern + ` )?$`)

// findPhase reads the phase of a trial, which is not the one that a dose is recommended for.
func (r *reading) findPhase(t *telling, own []place) {
	for _, x := range own {
		text := r.doc.At(x.Span)
		for _, m := range r.rule(x.Span, phaseSign).FindAllStringIndex(text, -1) {
			if laterPhase.MatchString(text[m[1]:]) || forPhase.MatchString(text[:m[0]]) {
				continue
			}
			t.study.Design.Phase = strings.TrimLeft(strings.TrimSpace(text[m[0]+len("phase"):m[1]]), "- ")
			t.state(r, "design", x.Span)
			return
		}
	}
}

// laterPhase and forPhase are what stands behind and before the phase of a trial to come: "the recommended phase II dose", "a dose for
// phase II evaluation".
var (
	laterPhase = rules.New(`(?i)^ (?:doses?|dosing|evaluation)\b`)
	forPhase   = rules.New(`(?i)\b(?:for|future|further|subsequent|recommended) $`)
)

// titleKinds are the kinds that a title tells before all other words.
var titleKinds = []string{
	evidence.KindProtocol, evidence.KindMetaAnalysis, evidence.KindSystematicReview, evidence.KindSecondaryAnalysis, evidence.KindQualitative,
}

var (
	// selectsStudies and gathersStudies match the headings under which reviews tell how they chose and gathered studies, as
	// PRISMA for Abstracts and the Cochrane Handbook have them.
	selectsStudies = rules.New(`(?i)^(?:study selection|selection criteria|study eligibility(?: criteria)?|eligibility criteria for (?:selecting|study)\b.*)\W*$`)
	gathersStudies = rules.New(`(?i)^(?:search (?:methods|strategy)|data sources?(?: and searches)?|data (?:synthesis|collection and analysis|extraction(?: and synthesis)?)|review methods)\W*$`)
	// opensReview is a sentence that begins with what the document is, "This network meta-analysis pooled ...", or with what was done in
	// it: "Our study was to perform a systematic review".
	opensReview = rules.New(`(?i)^(?:(?:in )?(?:this|the present|the current|our) (?:[\w-]+ ){0,4}|(?:we|(?:this|our|the present|the current) study(?: (?:was|aimed|aims))?(?: to)?|the (?:aim|purpose|objective) (?:of [\w ]{3,30} )?(?:was|is) to) (?:(?:therefore|thus) )?(?:perform|conduct|carry out|carried out|undertake|undertook)(?:ed)? an? (?:[\w-]+ ){0,2})(?:meta[-‐ ]?analysis|systematic review|scoping review|umbrella review|cochrane review)\b`)
	// searchedFor is a sentence that says in which databases studies were looked for: only a review does that.
	searchedFor = rules.New(`(?i)\b(?:MEDLINE|PubMed|EMBASE|PsycINFO|CINAHL|Web of Science|Scopus|Cochrane (?:Library|Central|databases?))\b[^.;]{0,160}\b(?:(?:was|were) (?:systematically |electronically |comprehensively )?(?:searched|screened|queried)|searched (?:from|through|up to|until))\b|\b(?:search(?:ed|es)?|queried|screened)\b[^.;]{0,120}\b(?:MEDLINE|PubMed|EMBASE|PsycINFO|CINAHL|Web of Science|Scopus|Cochrane (?:Library|Central|databases?))\b`)
	// opensObserved is the same of a study that watched what happened: "In this retrospective cohort study, ...".
	opensObserved = rules.New(`(?i)^(?:in )?(?:this|the present|our) (?:[\w-]+ ){0,4}(?:observational|cohort) (?:study|analysis)\b`)
	// opensSecondary is the same of an analysis of data that a trial had gathered: "This post-hoc analysis examined".
	opensSecondary = rules.New(`(?i)^(?:in )?(?:this|the present|our) (?:[\w-]+ ){0,3}(?:secondary|post[-‐ ]?hoc|ancillary) (?:data )?analysis\b`)
	// surveyed is how a text tells that people were asked, and given nothing.
	surveyed = rules.New(`(?i)\b(?:we|authors|researchers) (?:\w+ )?(?:surveyed|queried|polled)\b|\b(?:[\w-]+ )?survey,? (?:which )?was (?:\w+ )?(?:distributed|sent|administered|e?-?mailed|conducted|completed)\b|\b(?:electronic|online|web-based|postal|anonymous|telephone) (?:\w+ )?survey (?:of|among|to|was)\b|\b(?:participated in|responded to|completed) (?:the|our|an?) (?:[\w-]+ )?survey\b`)
	// observedTold is how a page tells of a study that watched what happened: "These findings, from a cohort study, were published".
	observedTold = rules.New(`(?i)\b(?:findings|results|data),? (?:come |came )?from an? (?:[\w-]+ ){0,4}(?:cohort|observational) study\b|\bconducted an? (?:[\w-]+ ){0,3}(?:cohort|observational) study\b`)
	// policyDesign is how the effect of a policy or a program is told from what would have come without it.
	policyDesign = rules.New(`(?i)\bvariation in the timing of\b|\bfixed effects and (?:\w+ )?(?:linear )?time trends\b|\binterrupted[- ]time[- ]series\b|\bdifference[- ]in[- ]differences?\b|\bregression discontinuity\b|\bsynthetic control\b|\bcontrolled before[- ](?:and[- ])?after\b`)
)

// countsStudies reports whether some place says how many studies were included, found or eligible.
func (r *reading) countsStudies(own []place) bool {
	return slices.ContainsFunc(own, func(x place) bool {
		return slices.ContainsFunc(includedStudies, func(p *pattern.Pattern) bool { return r.rule(x.Span, p).MatchString(r.doc.At(x.Span)) })
	})
}

// pooledAll says that what studies found was put together in numbers.
var pooledAll = rules.New(`(?i)\bmeta[-‐ ]?analy[sz]\w+|\bpooled\b`)

// kindOfWhole returns the kind of a document that its headings or its own words tell, where no title did: a review, or an
// evaluation of a policy that assigned nobody at random.
func (r *reading) kindOfWhole(t *telling, own []place) (kind string, at document.Span) {
	if t.secondHand {
		return "", at
	}
	var selects, gathers bool
	for _, s := range r.doc.Sections {
		if selectsStudies.MatchString(s.Heading) {
			selects, at = true, s.Head
		}
		gathers = gathers || gathersStudies.MatchString(s.Heading)
	}
	if selects && gathers {
		return evidence.KindSystematicReview, at
	}
	for _, i := range t.sentences {
		s := r.doc.Sentences[i].Span
		if r.rule(s, opensReview).MatchString(r.doc.At(s)) && !ofOthers.MatchString(r.doc.At(s)) {
			if strings.Contains(strings.ToLower(opensReview.FindString(r.doc.At(s))), "review") {
				return evidence.KindSystematicReview, s
			}
			return evidence.KindMetaAnalysis, s
		}
	}
	for _, x := range own {
		if x.sentence >= 0 && x.role != roleConclusion && r.rule(x.Span, searchedFor).MatchString(r.doc.At(x.Span)) && r.countsStudies(own) {
			if slices.ContainsFunc(own, func(o place) bool { return pooledAll.MatchString(r.doc.At(o.Span)) }) {
				return evidence.KindMetaAnalysis, x.Span
			}
			return evidence.KindSystematicReview, x.Span
		}
	}
	if at := r.firstOf(t, opensSecondary); at.Len() > 0 {
		return evidence.KindSecondaryAnalysis, at
	}
	at = document.Span{}
	observed, asked := r.firstOf(t, opensObserved, observedTold), r.firstOf(t, surveyed)
	for _, x := range own {
		text := r.doc.At(x.Span)
		if x.role != roleConclusion && r.rule(x.Span, randomSign).MatchString(text) {
			return "", at
		}
		if at.Len() == 0 && x.role != roleResults && x.role != roleConclusion && r.rule(x.Span, policyDesign).MatchString(text) {
			at = x.Span
		}
	}
	switch {
	case at.Len() > 0:
		return evidence.KindQuasiExperiment, at
	case observed.Len() > 0:
		return evidence.KindCohort, observed
	case asked.Len() > 0 && !slices.ContainsFunc(own, func(x place) bool { return r.rule(x.Span, nonSurvey).MatchString(r.doc.At(x.Span)) }):
		return evidence.KindCrossSectional, asked
	}
	return "", at
}

// nonSurvey are words of studies that asked people too, and did more.
var nonSurvey = rules.New(`(?i)\b(?:trial|intervention|cohort|interviews?|focus groups?|pre-?test|follow-?up)\b`)

// firstOf returns the first sentence of a study that matches one of some rules.
func (r *reading) firstOf(t *telling, signs ...*pattern.Pattern) document.Span {
	for _, i := range t.sentences {
		for _, sign := range signs {
			if s := r.doc.Sentences[i].Span; r.rule(s, sign).MatchString(r.doc.At(s)) {
				return s
			}
		}
	}
	return document.Span{}
}

// findKind says what kind of study it is.
func (r *reading) findKind(t *telling, own []place) {
	for _, x := range own {
		if x.sentence >= 0 {
			break
		}
		title := r.doc.At(x.Span)
		for _, k := range titleKinds {
			for _, sign := range kindSigns {
				if sign.kind == k && (r.rule(x.Span, sign.pattern).MatchString(title) || k == evidence.KindProtocol && endsProtocol.MatchString(title)) {
					t.study.Design.Kind = k
					t.state(r, "design", x.Span)
					return
				}
			}
		}
	}
	if kind, at := r.kindOfWhole(t, own); kind != "" {
		t.study.Design.Kind = kind
		t.state(r, "design", at)
		return
	}
	for _, k := range kindSigns {
		for _, x := range own {
			if k.titled && x.sentence >= 0 && x.role != roleObjective && x.role != roleDesign && !(t.secondHand && x.role != roleConclusion) && x.role != roleParticipants {
				continue
			}
			text := r.doc.At(x.Span)
			m := r.rule(x.Span, k.pattern).FindStringIndex(text)
			if m == nil || (x.sentence >= 0 && k.titled && k.kind != evidence.KindSecondaryAnalysis && (t.described || !t.secondHand) && !ofThisStudy(text, m[0])) || x.sentence >= 0 && ofOthers.MatchString(text[m[0]:]) || k.kind == evidence.KindTrial && yetToBe.MatchString(text[:m[0]]) {
				continue
			}
			t.study.Design.Kind = k.kind
			if k.kind == evidence.KindTrial && r.yetToCome(t) {
				t.study.Design.Kind = evidence.KindProtocol
			}
			t.state(r, "design", x.Span)
			return
		}
	}
}

// stillToStudy is what stands before what other studies are to do: "further research is needed to see whether open-label use".
var stillToStudy = rules.New(`(?i)\b(?:further|future|additional|more|larger) (?:[\w-]+ ){0,2}(?:stud(?:y|ies)|trials?|research|work|investigations?)\b[^.;]{0,40}\b(?:required|needed|necessary|warranted|should|will|must|could)\b`)

// yetToBe is what stands before a trial that is to come: "an intervention for future evaluation in a randomised trial".
var yetToBe = rules.New(`(?i)\b(?:future (?:evaluation|testing|test|use|assessment)|(?:for|before|in) (?:a |the )?(?:future|subsequent|forthcoming|later|upcoming))\b[^.;]{0,140}$`)

// future matches what a protocol says of its own trial.
var future = rules.New(`(?i)\b(?:will (?:be|\w+)|are to be|is to be|we (?:propose|plan)|investigators propose)\b`)

// yetToCome reports whether a text tells of a trial that is still to be done: its methods stand in the future, and it
// has no results.
func (r *reading) yetToCome(t *telling) bool {
	n := 0
	for _, i := range t.sentences {
		switch r.roles[i] {
		case roleResults:
			if !r.matches(i, future) && figures(r.sentences[i]) > 0 {
				return false
			}
		case roleDesign, roleParticipants, roleInterventions, roleOutcomes, roleMethods, roleObjective:
			if r.matches(i, future) {
				n++
			}
		}
	}
	return n >= 2
}

// endsProtocol matches titles that announce a protocol.
var endsProtocol = rules.New(`(?i)\b(?:study|trial|review) protocol\b|\bprotocol (?:for|of) |: protocol\b|\bprotocol\.?$`)

// selfReference matches the words by which a text speaks of the study that it reports.
var selfReference = rules.New(`(?i)\b(?:this|our|present|current|we|study was|study design|design)\b|^(?:an? |the )?(?:[\w-]+ ){0,4}$|\baccording to (?:an? )?(?:[\w-]+ )*$`)

// ofOthers is what follows a kind of study that somebody else did: "a meta-analysis by Ford and colleagues".
var ofOthers = rules.New(`^[^.;]{0,80}?\bby \p{Lu}[\p{L}-]+ (?:and|et|&)\b`)

// ofThisStudy reports whether what stands at offset i of a sentence is said of the study itself.
func ofThisStudy(text string, i int) bool { return selfReference.MatchString(text[:i]) }

// findMasking reads who did not know the allocation, as stated.
func (r *reading) findMasking(t *telling, own []place) {
	var parts []string
	for _, x := range own {
		for _, m := range r.rule(x.Span, maskingSign).FindAllStringIndex(r.doc.At(x.Span), -1) {
			if before := r.doc.At(x.Span)[:m[0]]; yetToBe.MatchString(before) || stillToStudy.MatchString(before) {
				continue
			}
			s := r.doc.Text[x.Start+m[0] : x.Start+m[1]]
			if !slices.ContainsFunc(parts, func(p string) bool {
				return strings.EqualFold(strings.ReplaceAll(p, "-", " "), strings.ReplaceAll(s, "-", " "))
			}) {
				parts = append(parts, s)
				t.state(r, "design", x.Span)
			}
		}
	}
	t.study.Design.Masking = strings.Join(parts, ", ")
}

// designText finds the words that name the design: "pragmatic multisite randomized trial".
func (r *reading) designText(t *telling, own []place) {
	best, at, score := "", document.Span{}, 0
	for _, x := range own {
		text := r.doc.At(x.Span)
		if m := r.rule(x.Span, reviewedStudies).FindStringSubmatchIndex(text); m != nil && score < 99 && (t.study.Design.Kind == evidence.KindSystematicReview || t.study.Design.Kind == evidence.KindMetaAnalysis) {
			best, at, score = text[m[2]:m[3]], x.Span, 99
		}
		if x.role == roleResults || x.role == roleConclusion && best != "" {
			continue
		}
		for _, m := range r.rule(x.Span, designNoun).FindAllStringIndex(outer(text), -1) {
			if strings.HasPrefix(text[m[1]:], " Network") || strings.HasPrefix(text[m[1]:], " Unit") || strings.HasPrefix(text[m[1]:], " Group") {
				continue // the name of a body
			}
			if next := nextDesignNoun.FindStringIndex(text[m[1]:]); next != nil {
				m[1] += next[1]
			}
			if yetToBe.MatchString(text[:m[0]]) {
				continue
			}
			from := phraseStart(text, m[0])
			phrase := text[from:m[1]]
			n := len(designWord.FindAllString(phrase, -1))
			if n == 0 || m[0] == from {
				continue
			}
			if x.role == roleDesign {
				n += 2
			} else if x.role == roleNone {
				n--
			}
			if t.study.Design.Kind == evidence.KindSecondaryAnalysis && secondaryWord.MatchString(phrase) {
				n += 5
			}
			if n > score {
				best, at, score = phrase, x.Span, n
			}
		}
	}
	if best == "" && !t.described { // only the source of the data is told
		for _, x := range own {
			if ms := r.conceptsIn(x.Span, vocab.TypeDataSource); len(ms) > 0 && x.sentence >= 0 {
				best, at = r.doc.At(ms[0].Span), x.Span
				break
			}
		}
	}
	if best != "" {
		t.study.Design.Text = best
		t.state(r, "design", at)
	}
}

// phraseStart goes back from a noun over the words of its phrase.
func phraseStart(text string, i int) int {
	start := i
	for n := 0; n < 10 && start > 0; n++ {
		j := strings.LastIndexAny(strings.TrimRight(text[:start], " "), " \n")
		w := strings.TrimSpace(text[j+1 : start])
		if w == "" || determiner.MatchString(w) || strings.ContainsAny(w, ":;()[].") || (strings.HasSuffix(w, ",") && !designWord.MatchString(w)) {
			break
		}
		start = j + 1
	}
	return start
}

// registryPatterns are those of registration numbers, which any text is read for.
var registryPatterns = []struct {
	pattern *pattern.Pattern
	normal  func(string) string
}{
	{rules.New(`(?i)\bNCT\s?[.:#-]?\s?(\d{8})\b`), func(s string) string { return "NCT" + s }},
	{rules.New(`(?i)\bISRCTN\s?[.:#-]?\s?(\d{8})\b`), func(s string) string { return "ISRCTN" + s }},
	{rules.New(`(?i)\bEudra ?CT(?: ?(?:number|no\.?|identifier))?:?\s?(\d{4}-\d{6}-\d{2})\b`), func(s string) string { return "EudraCT " + s }},
	{rules.New(`\b(20[12]\d-5\d{5}-\d{2}-\d{2})\b`), func(s string) string { return "EUCT " + s }},
	{rules.New(`(?i)\bACTRN\s?[.:#-]?\s?(\d{14})\b`), func(s string) string { return "ACTRN" + s }},
	{rules.New(`(?i)\b(ChiCTR(?:-?[A-Z]{2,4})?-?\d{8,10})\b`), func(s string) string { return "ChiCTR" + strings.ToUpper(s[6:]) }},
	{rules.New(`(?i)\bDRKS\s?[.:#-]?\s?(\d{8})\b`), func(s string) string { return "DRKS" + s }},
	{rules.New(`(?i)\b(?:JPRN-)?UMIN\s?[.:#-]?\s?(?:CTR\s?)?(\d{9})\b`), func(s string) string { return "JPRN-UMIN" + s }},
	{rules.New(`(?i)\b(?:JPRN-)?(jRCTs?\d{9,10})\b`), func(s string) string { return "JPRN-jRCT" + s[4:] }},
	{rules.New(`\b(CTRI/\d{4}/\d{2,3}/\d{6})\b`), strings.ToUpper},
	{rules.New(`(?i)\b(IRCT\d{8,14}N\d{1,3})\b`), strings.ToUpper},
	{rules.New(`\b(NTR\s?\d{3,5}|NL\d{4,5})\b`), func(s string) string { return strings.ReplaceAll(s, " ", "") }},
	{rules.New(`\b(KCT\d{7})\b`), strings.ToUpper},
	{rules.New(`\b(PACTR\d{15,16})\b`), strings.ToUpper},
	{rules.New(`\b(RBR-[0-9a-z]{6,8})\b`), func(s string) string { return s }},
	{rules.New(`\b(TCTR\d{11})\b`), strings.ToUpper},
	{rules.New(`\b(CRD42\d{9,11})\b`), strings.ToUpper},
}

// findRegistrations reads the registration numbers of any registry, as printed or in a broken link, in text order.
func (r *reading) findRegistrations(t *telling) {
	for _, s := range t.titles {
		for _, reg := range registrationsIn(r.doc.At(s), nil) {
			t.study.Registrations = append(t.study.Registrations, reg)
			t.state(r, "registrations", s)
		}
	}
	for _, i := range t.sentences {
		if r.roles[i] == roleBackground && r.sectionRole(i) != document.Registration {
			continue
		}
		s := r.doc.Sentences[i].Span
		for _, reg := range registrationsIn(r.doc.At(s), r.hit(i)) {
			if !slices.Contains(t.study.Registrations, reg) {
				t.study.Registrations = append(t.study.Registrations, reg)
				t.state(r, "registrations", s)
			}
		}
	}
}

// registrationsIn returns the registration numbers of a text in their registries' own form, in text order. May tells which
// rules can match in the text.
func registrationsIn(text string, may pattern.Hits) []string {
	type hit struct {
		at int
		id string
	}
	var hits []hit
	for _, p := range registryPatterns {
		if !may.May(p.pattern) {
			continue
		}
		for _, m := range p.pattern.FindAllStringSubmatchIndex(text, -1) {
			hits = append(hits, hit{m[0], p.normal(text[m[2]:m[3]])})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.at - b.at })
	var out []string
	for _, h := range hits {
		if !slices.Contains(out, h.id) {
			out = append(out, h.id)
		}
	}
	return out
}
