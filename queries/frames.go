package queries

import "strings"

// use is what a word or phrase of a question is for.
type use string

// The uses that the tables below give. Those of names come from the vocabulary and the graph.
const (
	useFrame     use = "frame"     // which, how many, does, compare: value says which
	useNoun      use = "noun"      // what is asked for: interventions, studies, ...
	useRelation  use = "relation"  // reduced, improved, better than, predicts
	useAttribute use = "attribute" // registration, setting, ...
	useKind      use = "kind"      // a kind of evidence or of study
	useLink      use = "link"      // in, with, vs: how the neighbours belong together
	useSetting   use = "setting"   // high-dose
	useText      use = "text"      // words that only the documents have
	useDesign    use = "design"    // cluster-randomized, double-blind: a design that studies have
	useCountry   use = "country"
	useEmpty     use = "empty"
	useNamed     use = "named"  // everyday words for what the vocabulary calls value
	useStated    use = "stated" // who paid, or the journal: value is the field
	useOrder     use = "order"  // largest, newest: value is the field and how it is ordered
	// useUnrecorded is of words that are understood and that nothing in a graph answers to
	useUnrecorded use = "unrecorded"
)

// phrase is one row of the tables: its forms, separated by commas, mean value.
type phrase struct {
	use   use
	value string
	forms string
}

// frames are the words that say what is asked for. The order is that of the documentation; the longest form wins.
var frames = []phrase{
	{useFrame, "which", "which, what, what are the, what were the"},
	{useFrame, "who", "who, whom"},
	{useFrame, "when", "when"},
	{useFrame, "where", "where"},
	{useFrame, "how many", "how many, number of, count, count the, tally, how many of"},
	{useFrame, "how much", "how much, by how much, to what extent, how strongly, how large, how big, how far, how well, how quickly, how long did it take"},
	{useFrame, "how common", "how common, how frequent, how often, how prevalent"},
	{useFrame, "how old", "how old, what age"},
	{useFrame, "share", "what share, what percentage, what proportion, what percent, what fraction, percentage, percent, proportion, share, how many percent, %"},
	{useFrame, "yes or no", "does, do, did, is, are, was, were, has, have, can, could, will, would, should, is there, are there, is it"},
	{useFrame, "list", "list, list all, give, give me, enumerate, name, all, show all"},
	{useFrame, "show", "show, show me, describe, summarize, summarise, tell me about, tell, explain, about, summary, overview, what is known about, what do we know about"},
	{useFrame, "compare", "compare, comparison, comparison of, comparing"},
	{useFrame, "more than one", "more than one, more than a single, only one, just one, a single, independent"},
	{useFrame, "what is", "what is, whats, what exactly is, what was, what does, what do, what did, what exactly, what exactly was"},
	{useFrame, "conflicts", "conflict, conflicting, conflicting evidence, conflicting result, conflicting finding, disagree, disagreement, contradictory, contradictory result, contradictory finding, where do study disagree, inconsistent result, inconsistent finding, do the study disagree"},
	{useFrame, "gaps", "gap, evidence gap, gap in the evidence, evidence map, gap map, evidence gap map, map of evidence, research gap, where is evidence missing, where is there no evidence, without evidence, has nobody measured, nobody has measured, nobody measured, has no one measured, no one has measured, has not been measured, have not been measured, never been measured, not been measured, not been studied, never been studied, has nobody studied, nobody has studied, has no one studied, missing evidence, where is evidence lacking"},
	{useFrame, "summary", "summary of finding, summary of findings table, sof, sof table, grade table, summary of finding table"},
	{useFrame, "how", "how"},
	{useFrame, "why", "why"},

	{useNoun, "interventions", "intervention, treatment, therapy, strategy, approach, program, option, drug"},
	{useNoun, "studies", "study, trial, rct, experiment, investigation, clinical trial, trials"},
	{useNoun, "reports", "report, paper, publication, article, manuscript"},
	{useNoun, "outcomes", "outcome, endpoint, end point, outcome measure"},
	{useNoun, "populations", "population"},
	{useNoun, "people", "participant, patient, people, person, subject, individual, adult, user, those, who are, someone, member, volunteer"},
}

// relations are the words that say what happened, or what stands to what.
var relations = []phrase{
	{useRelation, "decreased", "reduce, reduced, reducing, reduction, lower, lowered, lowering, decrease, decreased, decreasing, fall, fell, fallen, falling, drop, dropped, decline, declined, cut, cutting, down, diminish, diminished, fewer, less, shrink, shrank, prevent, prevented, preventing, prevention, halving, halve, halved, come down, go down, went down, bring down, brought down, bring the, get down, smaller"},
	{useRelation, "increased", "increase, increased, increasing, raise, raised, raising, rise, rose, risen, rising, higher, go up, went up, grew, grow, boost, boosted, elevate, elevated, enhance, enhanced, greater, up"},
	{useRelation, "improved", "improve, improved, improving, improvement, help, helped, helping, helpful, benefit, benefits, benefited, benefitted, benefiting, beneficial, ease, eased, relieve, relieved, work, worked, working, effective, effectiveness, efficacy, efficacious, successful, success, good for, good"},
	{useRelation, "worsened", "worse, worsen, worsened, worsening, deteriorate, deteriorated, deterioration, aggravate, aggravated, harmed, make worse, exacerbate, exacerbated"},
	{useRelation, "changed", "change, changed, changing, affect, affected, affecting, effect, impact, influence, influenced, alter, altered, interfere, interfered, happen to, before and after, response to, baseline and"},
	{useRelation, "beats", "beat, beats, superior, superiority, outperform, outperformed, better than, more effective than, more than control, significant difference, significant between arm difference, significant between group difference, between arm difference, between group difference, significantly better, better, best, win, won, stronger than, more effective, most effective"},
	{useRelation, "non-inferior", "non inferior, noninferior, non inferiority, noninferiority, not inferior"},
	{useRelation, "equivalent", "equivalence"},
	{useRelation, "no difference", "no difference, not find a difference, not find any difference, not find difference, not find a significant difference, not show a difference, not show any difference, not show a significant difference, not detect a difference, no evidence of a difference, not find any benefit, not find a benefit, not find benefit, not show any benefit, not show a benefit, no effect, not differ, did not differ, equivalent, ineffective, not effective, failed, no benefit, no better, no better than, no more effective, no more effective than, no different, no different from, not superior, no superiority, no improvement, no change, unchanged, non significant, nonsignificant, not significant, no significant difference, negative result, negative finding, negative outcome, null result, null finding"},
	{useRelation, "predicts", "predict, predicted, predictor, predictive, predicting, baseline predictor, associated with, association, associated, risk factor, correlate, correlated, correlation, prognostic, determinant, linked to, related to"},
	{useRelation, "modifies", "effect modification, effect modifier, modify, modified, modifier, moderator, moderate the effect, moderated, interaction, subgroup difference, subgroup effect, subgroup analysis, heterogeneity of effect, differ by, differ between, work better for, works better for, work better in, worked better for, worked better in, better for people, better for patient, more effective for people, which patient benefit most, which patient benefited most, who benefit most, who benefited most, who benefits most, benefit most, benefited most, benefited more, respond best, responded best, who responded best"},
	{useRelation, "prevalence", "prevalence, prevalent, rate of, how common is, common, frequency, frequency of, occurrence, epidemiology"},
	{useRelation, "contains", "use, used, using, include, included, including, contain, contained, containing, involve, involved, appear, appeared, feature, featured, incorporate, incorporated, deliver, delivered, offer, offered, based on"},
	{useRelation, "versus", "vs, versus, against, compared with, compared to, relative to, in comparison with, in comparison to, compare with, compare to, rather than, instead of, over, than, as effective as, as good as, no worse than, work as well as, works as well as, worked as well as, do as well as, does as well as, did as well as"},
	{useRelation, "results", "result, no effect size, no effect estimate, effect size, effect estimate, size of the effect, find, found, finding, show, showed, shown, main result, main finding, key finding, say, said, says, evidence, evidence for, conclude about, outcome data, data on, demonstrate, demonstrated, happen, happened, reported, report"},
}

// attributes are what can be looked up of a study, report, intervention or instrument; value is the attribute's name
// in the canonical language. What each one prints is in the table attributePrinters.
var attributes = []phrase{
	{useAttribute, "registration", "registration, registration number, registry number, trial registration, nct, nct number, nct id, registered, trial number, trial id, trial identifier, registry id, registry identifier, isrctn, isrctn number, registration id, clinicaltrials gov identifier, registry, where registered"},
	{useAttribute, "doi", "doi, doi of, digital object identifier"},
	{useAttribute, "pmid", "pmid, pubmed id, pmcid, pubmed number"},
	{useAttribute, "reference", "reference, full reference, citation, cite, bibliographic reference, full citation, bibliographic detail, how to cite"},
	{useAttribute, "references", "reference list, bibliography, cited work, cited report, cited reference, list of reference, which reference, what reference, cites"},
	{useAttribute, "title", "title, called, full title, named"},
	{useAttribute, "authors", "author, who wrote, wrote, written by, written, author of, who authored, investigator, who conducted, who led"},
	{useAttribute, "journal", "journal, published in, which journal, where published, where was it published, where was published"},
	{useAttribute, "year", "year, publication date, published, publication year, when published, date of publication, when was it published, year of publication"},
	{useAttribute, "primary outcome", "primary outcome, primary endpoint, primary end point, main outcome, primary outcome measure, main endpoint, main outcome measure, main result, key outcome, principal outcome, primary result, co primary outcome, multiple primary outcome"},
	{useAttribute, "secondary outcomes", "secondary outcome, secondary endpoint, secondary end point, secondary outcome measure, secondary result"},
	{useAttribute, "outcomes", "outcome measured, what was measured, measured outcome, outcomes measured, outcome assessed, what did measure, endpoints"},
	{useAttribute, "eligibility", "eligible, eligibility, eligibility criteria, inclusion criteria, exclusion criteria, inclusion criterion, inclusion and exclusion criteria, entry criteria, threshold to enter, enter, to enter, qualify, qualified, who could take part, who could join, who was included, who were included, excluded, exclusion, criteria, who took part, who participated, who was studied, allowed to participate, who could participate, who could not take part, who could not join, who could not participate, who was not eligible, not eligible, ineligible, who was ineligible, join, threshold"},
	{useAttribute, "design", "design, study design, kind of study, type of study, sort of study, what kind of study, trial design, study type, phase, hybrid, hybrid type, methodology, was randomized, were randomized, type of trial, kind of trial"},
	{useAttribute, "unit randomized", "unit of randomization, randomization unit, unit of allocation, unit randomized, unit of analysis, who was randomized, what was randomized, unit, randomization"},
	{useAttribute, "masking", "masking, masked, blinding, blinded, blind, who was masked, who was blinded"},
	{useAttribute, "setting", "setting, location, site, study site, country, place, took place, take place, conducted, carried out, run, countries, city, where done, performed, held"},
	{useAttribute, "dates", "date, recruitment date, recruited, recruitment, recruitment period, enrollment date, enrollment period, enrollment, recruit, enrolled from, period, start, started, began, begin, begun, start date, end date, ended, follow up completed, study period, when done, study date, study dates, timeline, time frame"},
	{useAttribute, "follow-up", "follow up, follow up time, time of follow up, follow up period, period of follow up, follow up duration, duration of follow up, how long, last, lasted, length of follow up, duration, assessment time, assessment schedule, followed up, when assessed, timepoint, time point"},
	{useAttribute, "sponsor", "sponsor, sponsored, funder, funded, funding, who paid, paid for, financed, who funded, grant, source of funding, funding source"},
	{useAttribute, "arms", "arm, group compared, treatment group, study arm, treatment arm, randomized to, control group, comparator, comparator arm, control arm, control, active control, what was compared, interventions compared, allocated to, assigned to, what was it compared with"},
	{useAttribute, "content", "content, consist of, consisted of, consist, made up of, composed of, what exactly is, session, how many session, component, comprise, comprised, intervention content, content and dose, what happen in, what happened in, ingredient, dose of the intervention, how delivered, who delivered, intensity of the intervention, part, element, frequency of session"},
	{useAttribute, "sample size", "sample size, how many participant, how many patient, how many people, how many subject, how many individual, number of participant, number of patient, number of people, enrolled, enroll, n, size, number randomized, number enrolled, how many were randomized, total number, how many adult, how many were enrolled, how many took part, how many will be randomized, how many will be enrolled, how many will be recruited, how many will take part, will be randomized, will be enrolled, will be recruited, to be enrolled, to be recruited, are planned, is planned, planned enrollment, planned size, planned sample size, target enrollment, target sample size, large, big"},
	{useAttribute, "number analyzed", "how many were analyzed, how many was analyzed, number analyzed, how many patient were analyzed, how many participant were analyzed, how many completed, how many people completed, how many completed follow up, how many completed the study, how many completed the trial, how many participant completed, how many patient completed, analysis population, analysis set"},
	{useAttribute, "clusters", "how many cluster, how many clinic, how many site, how many unit, how many practice, how many center, how many hospital, how many school, how many village, how many ward, number of cluster, number of clinic, number of site, number of center, number of practice, cluster"},
	{useAttribute, "included studies", "how many trial include, number of included study, included trial, included study, studies included, trials included, trial did include, reviewed"},
	{useAttribute, "items", "item, checklist item, checklist, principle, task, principle and task, domain, question, subscale, what is on"},
	{useAttribute, "instruments", "measured, assessed, measure, instrument, questionnaire, scale, how was measured, how measured, measured with, measured by, tool, assessed with, which scale, what scale, what instrument, which instrument, measuring instrument"},
	{useAttribute, "definition", "defined, definition, defined as, define, how was defined, how defined, mean by"},
	{useAttribute, "certainty", "grade, grade certainty, certainty, certainty of evidence, certainty of the evidence, quality of evidence, quality of the evidence, risk of bias, rob, rob 2, rob2, robins, robins i, strength of evidence, strength of the evidence, bias, trustworthy, reliable, rating, study quality, quality, methodological quality, how good is the evidence, confidence in the evidence, certain, how certain, how sure, how strong is the evidence, how reliable, how trustworthy, limits of the evidence, limit of the evidence, limitation of the evidence, limitation, limitations, weakness, weakness of the evidence, strength and limitation, internal validity, grade rating"},
	{useAttribute, "check", "add up, adds up, inconsistent, inconsistency, error, data error, mistake, do not add up, not add up, arithmetic, consistent, discrepancy, check, numbers wrong, implausible, wrong, typo, miscalculated, contradiction, correct"},
	{useAttribute, "conclusions", "conclude, concluded, conclusion, authors conclude, recommend, recommended, recommendation, implication, interpretation, bottom line, take home message"},
	{useAttribute, "loaded reports", "which report, which paper, how many report, how many paper, how many publication, report of, paper of, publication of, linked, joined, same study, same trial, belong"},
	{useAttribute, "status", "retracted, retraction, withdrawn, corrected, erratum, errata, publication status"},
	{useAttribute, "reason stopped", "why stopped, reason stopped, reason for stopping, reason for termination, why it was stopped, why was it stopped"},
	{useAttribute, "parent", "secondary analysis of, parent trial, parent study, post hoc analysis of, analysis of which trial"},
}

// kinds are words for a kind of evidence or of study.
var kinds = []phrase{
	{useKind, "baseline", "at baseline, baseline, at enrollment, at enrolment, at entry, at study entry, already, baseline characteristic, at inclusion, at the start, demographic, characteristic"},
	{useKind, "within", "from baseline, since baseline, compared with baseline, compared to baseline, versus baseline, relative to baseline, in both arm, in both group, in either arm, in either group, in each arm, in each group, within arm, within group, within each arm, within each group, pre post, before after"},
	{useKind, "vote", "vote count, vote counting, count of study"},
	{useKind, "significant", "significant, significantly, statistically significant"},
	{useKind, "review", "review, systematic review, meta analysis, metaanalysis, evidence synthesis, scoping review, pooled analysis"},
	{useKind, "pilot", "pilot, pilot study, feasibility study, feasibility trial"},
	{useKind, "cohort", "cohort, cohort study, observational study, registry study, chart review, retrospective chart review, record review, retrospective review, case series"},
	{useKind, "protocol", "protocol, study protocol"},
	{useKind, "secondary analysis", "secondary analysis, post hoc analysis, secondary analyses"},
	{useKind, "randomized", "randomized trial, randomized controlled trial, randomized clinical trial, rct, controlled trial, randomized study, randomized controlled study"},
	{useKind, "harms", "harm, side effect, adverse event, adverse effect, safety, safe, safer, less safe, more harmful, less harmful"},
}

// designs are words for designs that studies have: a condition on studies, or, of a study that is named, a question.
var designs = []phrase{
	{useDesign, "cluster-randomized", "cluster randomized, cluster randomized trial, cluster rct, cluster randomized controlled trial, cluster trial, group randomized, cluster randomized study"},
	{useDesign, "randomized", "randomized"},
	{useDesign, "crossover", "crossover, cross over, crossover trial, cross over trial, crossover study, crossed over"},
	{useDesign, "factorial", "factorial, factorial trial, factorial design, 2x2 factorial"},
	{useDesign, "parallel", "parallel group, parallel arm, parallel group trial"},
	{useDesign, "double-blind", "double blind, double blinded, double masked, double blind trial, double blind rct, double blind study"},
	{useDesign, "single-blind", "single blind, single blinded, single masked"},
	{useDesign, "open-label", "open label, not blinded, not masked, without blinding, no blinding, unblinded, unmasked, open label trial, non blinded"},
	{useDesign, "placebo-controlled", "placebo controlled, placebo controlled trial, placebo controlled rct, placebo controlled study"},
	{useDesign, "sham-controlled", "sham controlled, sham controlled trial"},
	{useDesign, "single group", "single arm, single group, uncontrolled, one arm, single arm trial, single arm study, single group study"},
	{useDesign, "non-randomized", "non randomized, nonrandomized, quasi experimental, quasi experiment, not randomized, non randomized trial"},
	{useDesign, "observational", "observational, non interventional, noninterventional"},
	{useDesign, "pragmatic", "pragmatic, pragmatic trial"},
	{useDesign, "ongoing", "ongoing, recruiting, still recruiting, not yet recruiting, under way, underway, in progress, unfinished, still running, not finished, not completed"},
	{useDesign, "completed", "finished, completed trial, completed study"},
	{useDesign, "terminated", "terminated, stopped early, terminated early"},
	{useDesign, "multicenter", "multicenter, multi center, multisite, multi site, multicenter trial"},
}

// links are words that say how what stands around them belongs together.
var links = []phrase{
	{useLink, "people", "people with, people on, people who have, people in, patient with, patients with, patient on, adults with, adult with, individual with, individual on, participants with, participant with, participant on, people living with, people having, those with, those on, person with, patient who, people who, adults on, adult on, patient taking, people taking, people receiving, patient receiving, users of, prescribed"},
	{useLink, "in", "in, among, amongst, within, for, of, during, to, from"},
	{useLink, "with", "without more, without increasing, without an increase in, without worsening, without worse, without causing, with, on, at, by, after, when, while, under, controlled with, controlled by, treated with, lasting, lasted for"},
	{useLink, "and", "and, &, plus, +, as well as, along with"},
	{useLink, "or", "or, and or"},
	{useLink, "not", "not, without, except, excluding, but not, other than, not including, apart from, except for, leaving out, never, not with, not on, but without, neither, neither of, nor, lacked, lacking, that lack, which lack, avoided, avoiding, that avoid, which avoid, failed to measure, failed to report, failed to assess, failed to include"},
	{useLink, "nobody", "nobody, no one, no patient, no participant"},
	{useLink, "that", "that, this, these, those, its, their, it, they, his, her"},
}

// unrecorded are words for what no study is kept with; value says what is shown instead.
var unrecorded = []phrase{
	{useUnrecorded, "certainty", "high quality, low quality, good quality, poor quality, low risk of bias, high risk of bias, at low risk of bias, at high risk of bias, unclear risk of bias, methodologically sound, well conducted"},
	{useUnrecorded, "setting", "low income country, middle income country, low and middle income country, low middle income country, low or middle income country, lmic, lmics, developing country, high income country, developed country, resource limited, resource poor, low resource, resource limited setting, low resource setting"},
	{useUnrecorded, "masking", "assessor blinded, blinded assessor, assessors blinded, blinded outcome assessor, blinded outcome assessment, assessor masked, masked assessor, blinded participant, participant blinded"},
	{useUnrecorded, "sponsor", "industry, industry funded, commercial, pharma, drug company, pharmaceutical company, pharmaceutical industry, industry sponsored, government funded, publicly funded"},
}

// said are words that are looked for in the sentences of findings as they stand.
var said = []phrase{
	{useText, "", "conflict of interest, competing interest, declaration of interest"},
	{useText, "", "sensitivity analysis, sensitivity analyses"},
	{useText, "", "clinically meaningful, clinically important, clinically relevant, clinically significant, clinically worthwhile"},
}

// orders are words for the first of studies by a number.
var orders = []phrase{
	{useOrder, "n desc", "largest, biggest, most participant, most patient, most people, the most participants, the most patients, the most people, highest number of participant, largest number of participant, largest sample, largest sample size"},
	{useOrder, "n asc", "smallest, fewest participant, fewest patient, fewest people, the fewest participants, the fewest patients, lowest number of participant, smallest number of participant, smallest sample, smallest sample size"},
	{useOrder, "year desc", "newest, latest, most recent, most recently published"},
	{useOrder, "year asc", "oldest, earliest"},
}

// empties are words that are known to add nothing to what is asked.
var empties = phrase{useEmpty, "", "the, a, an, risk of, the risk of, odds of, likelihood of, probability of, chance of, risk for, not only, but also, anyone, anybody, everyone, look, looked, looking, looked at, look at, occur, occurred, analyzed, analysed, examined, investigated, studied, evaluated, explored, tested, policy maker, policy makers, policymaker, decision maker, guideline developer, another, be, been, being, as, any, some, each, every, both, either, at all, all of, exactly, really, actually, overall, please, me, you, i, we, us, our, my, there, here, had, has, have, make, makes, made, making, get, gets, got, take, took, taken, taking, taken part, took part, take part, takes part, part, place, into, out, also, too, then, so, if, else, other, across, own, more, most, many, much, very, via, well, only, main, full, complete, different, level, levels, value, values, difference, anything, reported, given, loaded, graph, in the graph, database, dataset, corpus, collection, document, documents, abstract, text, source, kind, type, sort, one, bring, brought, support, supports, behind, lead, leads, led, cause, caused, cause of, seem, seems, suggest, suggested, follow, following, related, between, arms, group, groups, assess, assessed, used to assess, before, after, since, until, baseline and, set, people, versus each other, exist, exists, available, known, now, currently, average, mean, standardized, standardised, score, scores, points, amount, amounts, number, numbers, involved, everything, anything, something, nothing, due to, thing, things, about, concerning, regarding, do, does, did, done, will, would, may, might, can, could, should, shall, must, not, no, yes, it, its, they, their, them, long, term, daily, prescribed, taking part, help to, able, used, case, cases, respond, receive, received, receiving, having, using, who, whose, whom, which, what, than, up, off, such, like, say, says, trials say, look, see, want, need, know, find out, question, answer, ask, put, going, go, let, d, s, use of, altogether, in total, in all, followed, people followed"}

// weighty marks the words that a query has no place for and that say which evidence is meant: see passedOver.
const weighty = "weighty"

// weights are those words.
var weights = []phrase{
	{useEmpty, weighty, "median, strongest, strong, longer, shorter, alone, subgroup, per"},
	// what an arm or a population is called so only beside the others of its study
	{useEmpty, weighty, "highest, lowest, longest, shortest, long term, short term, low, high, moderate, mild, severe, mild to moderate, moderate to severe, early, late, single, multiple, intensive, single center, single centre, single site, two, three, four, five, six, second, third, times, time a day, time daily, negative, positive"},
}

// emptyWords are the single words of empties and links, folded, for comparing texts by content.
var emptyWords = func() map[string]bool {
	out := map[string]bool{}
	for _, p := range append([]phrase{empties, weights[0]}, links...) {
		for _, f := range strings.Split(p.forms, ",") {
			if n := norms(f); len(n) == 1 {
				out[n[0]] = true
			}
		}
	}
	for _, keep := range []string{"no", "not", "without", "baseline", "mean", "median"} {
		delete(out, keep)
	}
	return out
}()
