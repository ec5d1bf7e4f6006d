package extract

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// armNames finds the arms of one study in text, by every way of naming them.
type armNames struct {
	forms  *formIndex
	arms   int
	tested int                            // of two arms, the one that is tested, where both are named together
	given  []int                          // of more than two arms, the two that were given something, if they are two
	found  map[document.Span][]armMention // by span that was asked for
	alone  map[string]int                 // words that stand in the name of one arm alone, with that arm
	single []bool                         // arms with a name of one word
}

var (
	// everyArm matches what names all arms at once.
	everyArm = rules.New(`(?i)\b(?:both|either|each|all(?: (?:two|three|four|five|of the))?|neither|the (?:two|three|four)|every)(?: of the)? (?:[\w-]+ ){0,3}?(?:groups?|arms?|interventions?|treatments?|conditions?|regimens?)\b|\b(?:between|across|among)(?: the)?(?: (?:two|three|four|study|treatment|intervention|trial|randomi[sz]ed))* (?:groups|arms|treatments|interventions|conditions)\b|\bbetween[- ]group\b|\b(?:between|inter)-?(?:group|arm)\b|\b(?:in|for|within|among) any (?:of the )?(?:(?:two|three|study|treatment) )?(?:groups?|arms?)\b|\b(?:to|in|by|for|of|with|among) (?:both|each|either|neither)(?:$|[.,;:])|^(?:both|neither)\b|\b(?:in|among) all (?:of the )?(?:patients|participants|subjects)(?:$| ?[.,;:(\[])|\b(?:both|the two) (?:[\w-]+ ){0,2}?(?:diets|drugs|techniques|methods|formulations|devices|programs|programmes|strategies|approaches|procedures|modalities|therapies|medications|supplements|protocols|blocks|solutions|agents|vaccines)\b`)
	// thoseInArm matches what makes the words before it the name of a group.
	thoseInArm = rules.New(`(?i)^(?:[- ]treated)?[- ](?:groups?|arms?|patients|participants|subjects|sides?|eyes|knees|controls)\b`)
	// otherPhrase matches what has the words of everyArm and says something else: "above all for conditions", "than in either the A group or B".
	otherPhrase = rules.New(`(?i)^either the |^(?:all|each|every|both)\b.*\b(?:for|with|in|to|that|from|on|by|at|during|who|were|was|had|have) `)
	// otherArm matches what names the arms that were not named before.
	otherArm = rules.New(`(?i)\b(?:the )?other (?:two |three )?(?:groups?|arms?|treatments?|interventions?|conditions?)\b`)
)

// newArmNames prepares the names of some arms.
func newArmNames(r *reading, arms []evidence.Arm) *armNames {
	n := &armNames{arms: len(arms), found: map[document.Span][]armMention{}}
	forms := make([]armForm, 0, 48)
	seen := make(map[string]int, 48)
	add := func(arm int, form string, exact bool) {
		form = strings.TrimSpace(form)
		key := strings.ToLower(form)
		if form == "" {
			return
		}
		if at, ok := seen[key]; ok {
			if at != arm && at >= 0 { // a name of two arms is no name
				seen[key] = -1
				forms = slices.DeleteFunc(forms, func(f armForm) bool { return f.arm == at && strings.EqualFold(f.text, form) })
			}
			return
		}
		seen[key] = arm
		if strings.ContainsFunc(form, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) && utf8.ValidString(form) {
			forms = append(forms, newArmForm(form, exact, arm))
		}
	}
	r.ownForms(arms, add)
	for i, a := range arms {
		for _, short := range n.shortIn(r, a.Label) {
			if !slices.ContainsFunc(arms, func(o evidence.Arm) bool { return o.Label != a.Label && strings.Contains(o.Label, short) }) {
				add(i, short, true)
			}
		}
	}
	for i, a := range arms {
		for _, form := range distinctive(arms, i) {
			add(i, form, len(form) <= 4)
		}
		add(i, doseTail(arms, i), false)
		for _, form := range n.roleForms(arms, i, a) {
			add(i, form, false)
		}
	}
	for _, form := range n.pairForms(arms) {
		add(pairOfArms, form, false)
	}
	n.forms = newFormIndex(forms)
	n.given = givenOf(arms)
	n.alone = wordsAlone(arms)
	for _, a := range arms {
		n.single = append(n.single, !strings.Contains(a.Label, " "))
	}
	return n
}

// ownForms adds the names that each arm has by itself: its label, its abbreviations and aliases, and the forms that the vocabulary has of what it was
// given.
func (r *reading) ownForms(arms []evidence.Arm, add func(arm int, form string, exact bool)) {
	for i, a := range arms {
		add(i, a.Abbreviation, !strings.ContainsAny(a.Abbreviation, " +/-"))
		add(i, a.Label, isShort(a.Label))
		if bare := aloneTail.ReplaceAllString(a.Label, ""); bare != a.Label {
			add(i, bare, isShort(bare))
		}
		if bare := doseInside.ReplaceAllString(a.Label, ""); bare != a.Label {
			add(i, bare, isShort(bare)) // "X alone" of "X 20 mg alone"
		}
		for _, alias := range a.Aliases {
			if !isRoleName(alias) {
				add(i, alias, false)
			}
		}
		for _, id := range a.Interventions {
			if c, ok := r.vocab.Concept(id); ok {
				for _, f := range c.Forms {
					if !f.Ambiguous {
						add(i, f.Text, f.Abbreviation)
					}
				}
			}
		}
		for short, long := range r.shorts {
			if strings.EqualFold(long, a.Label) {
				add(i, short, true)
			}
		}
	}
}

// givenOf returns the two of three arms that were given something, or nil.
func givenOf(arms []evidence.Arm) (out []int) {
	for i, a := range arms {
		if a.Role == evidence.Experimental || a.Role == evidence.ActiveComparator && !isControl(a.Label) && !slices.ContainsFunc(a.Aliases, isControl) {
			out = append(out, i)
		}
	}
	if len(arms) != 3 || len(out) != 2 {
		return nil
	}
	return out
}

// twoGiven names two arms of more by what they were given: "the two drugs", beside a placebo.
var twoGiven = rules.New(`(?i)\btwo (?:active |study |experimental |investigational )?(?:drugs|agents|medications|medicines|doses|vaccines|formulations|supplements|active (?:groups|treatments|arms))$`)

// shortIn returns the abbreviations that the document defines and a label has: "BUP-D" of "monthly BUP-D 300 mg". One of a
// condition, a measure or the like does not tell arms apart.
func (n *armNames) shortIn(r *reading, label string) []string {
	var out []string
	for _, short := range slices.Sorted(maps.Keys(r.shorts)) {
		i := strings.Index(label, short)
		if i < 0 || len(short) == len(label) || !wordBounds(label, i, i+len(short)) {
			continue
		}
		if !slices.ContainsFunc(r.longNamed(r.shorts[short]), func(id string) bool {
			return r.typed(id, []string{vocab.TypeCondition, vocab.TypePopulation, vocab.TypeOutcome, vocab.TypeInstrument, vocab.TypeSetting})
		}) {
			out = append(out, short)
		}
	}
	return out
}

// pairOfArms stands for both arms of a name such as "treatment and control".
const pairOfArms = 1 << 16

// pairForms returns the names that two arms have together, where one is tested and the other is what it is tested
// against: "the treatment and control groups".
func (n *armNames) pairForms(arms []evidence.Arm) []string {
	tested := slices.IndexFunc(arms, func(a evidence.Arm) bool { return a.Role == evidence.Experimental })
	if len(arms) != 2 || tested < 0 || arms[1-tested].Role == evidence.Experimental || arms[1-tested].Role == "" {
		return nil
	}
	n.tested = tested
	return pairNames
}

// pairNames are the names that an arm and its control have together.
var pairNames = func() (out []string) {
	for _, a := range []string{"treatment", "experimental", "study", "active", "test", "case", "trial"} {
		for _, b := range []string{"control", "the control", "placebo", "comparison"} {
			out = append(out, a+" and "+b)
		}
	}
	return out
}()

// aloneTail is a word that sets a label off from a combination and is left out elsewhere: "HIC alone".
var aloneTail = rules.New(`(?i) (?:alone|only|monotherapy)$`)

// isRoleName reports whether an alias says only what part an arm plays, so that it needs "group" after it.
func isRoleName(s string) bool {
	return genericArm.MatchString(s) && !numberedArm.MatchString(s)
}

// distinctive returns the words of an arm's label that no other arm has and that name it alone: "naltrexone" of
// "extended-release naltrexone", where the other arm is "buprenorphine-naloxone".
func distinctive(arms []evidence.Arm, i int) []string {
	all := map[string]int{}
	for j := range arms {
		for _, w := range slices.Compact(sorted(contentWords(arms[j].Label))) {
			all[w]++
		}
	}
	var out []string
	for _, w := range strings.FieldsFunc(arms[i].Label, func(c rune) bool { return unicode.IsSpace(c) || strings.ContainsRune("(),;/", c) }) {
		k := stem(strings.ToLower(w))
		parts := contentWords(w)
		alone := len(parts) > 0 && !slices.ContainsFunc(parts, func(p string) bool { return all[p] != 1 })
		if alone && (len(w) > 4 || len(w) > 2 && w == strings.ToUpper(w) && isShort(w) && !digitStart(w)) && !commonLabelWord[k] {
			out = append(out, w)
			if one := vocab.Singular(strings.ToLower(w)); strings.HasSuffix(w, "es") && len(one) == len(w)-2 {
				out = append(out, one) // "the patch arm" of patches
			}
		}
	}
	return out
}

// doseTail returns the dose that sets an arm's label off from those of other arms with the same drug, or "": "300 mg/100 mg"
// of "BUP-XR 300 mg/100 mg", where another arm is "BUP-XR 300 mg/300 mg".
func doseTail(arms []evidence.Arm, i int) string {
	drug, dose := cutDose(arms[i].Label)
	if drug == "" {
		return ""
	}
	for j := range arms {
		if other, have := cutDose(arms[j].Label); j != i && strings.EqualFold(other, drug) && have != dose {
			return dose
		}
	}
	return ""
}

// cutDose cuts a label before a dose that ends it.
func cutDose(label string) (drug, dose string) {
	m := endsInDose.FindStringIndex(label)
	if m == nil {
		return "", ""
	}
	return strings.TrimSpace(label[:m[0]]), strings.TrimSpace(label[m[0]:])
}

// endsInDose matches a dose at the end of a label: " 300 mg/100 mg", " 20 mg".
var endsInDose = rules.New(`(?i) \d[\d.,]*\s?(?:mg|mcg|µg|μg|ug|g|ml|iu|units?|%)(?:/\s?(?:\d[\d.,]*\s?)?(?:mg|mcg|µg|μg|ug|g|ml|iu|kg|day|d|week))*$`)

// doseInside matches the doses of a label that goes on behind them.
var doseInside = rules.New(`(?i) \d[\d.,]*\s?(?:mg|mcg|µg|μg|ug|g|ml|iu|units?|%)(?:/\s?(?:mg|ml|kg|day|d|week))*\b(?: daily| once daily| twice daily)?`)

func sorted(s []string) []string { sort.Strings(s); return s }

func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return sorted(out)
}

// commonLabelWord are words that stand in many labels and name no arm alone.
var commonLabelWord = wordSet(`treatment therapy care management program programme intervention training exercise daily weekly oral
	standard usual control dose high low once twice plus alone only session visit group week month year hour minute combination combined
	extended release integrated brief intensive telephone online standardized routine early late delayed immediate supplement
	supplementation support education health medical clinical symptom mental pain patient physical placebo injection tablet capsule
	decision making shared model team practice primary additional enhanced surgery surgical technique`)

// testedGroups and controlGroups are the generic names of a group that is tested and of one that it is tested against.
var (
	testedGroups  = append(groupsNamed("intervention", "experimental", "treatment", "active", "study"), "trial group")
	controlGroups = groupsNamed("control", "comparison", "comparator", "reference")
)

// groupsNamed returns names with each of the nouns for a group behind it.
func groupsNamed(names ...string) []string {
	var out []string
	for _, s := range names {
		for _, g := range []string{"group", "arm", "condition", "participants", "patients", "care team", "cohort", "clinics", "practices"} {
			out = append(out, s+" "+g)
		}
	}
	return out
}

// roleForms returns the generic names under which an arm goes in its comparison, with "group" and the like after them.
func (n *armNames) roleForms(arms []evidence.Arm, i int, a evidence.Arm) []string {
	var out []string
	same := func(match func(evidence.Role) bool) int {
		k := 0
		for _, x := range arms {
			if match(x.Role) {
				k++
			}
		}
		return k
	}
	experimental := func(x evidence.Role) bool { return x == evidence.Experimental }
	inert := func(x evidence.Role) bool { return x != evidence.Experimental && x != "" }
	if a.Role == evidence.Experimental && same(experimental) == 1 {
		out = append(out, testedGroups...)
		out = append(out, "the intervention")
		if len(arms) > 1 && (slices.Contains(a.Aliases, "intervention") || same(inert) == len(arms)-1) {
			out = append(out, "intervention")
		}
	}
	if inert(a.Role) && same(inert) == 1 {
		out = append(out, controlGroups...)
		out = append(out, "controls", "the control", "control", "active control", "comparator")
		if a.Role == evidence.NoIntervention {
			out = append(out, "untreated", "no treatment", "no intervention")
		}
	}
	switch a.Role {
	case evidence.Placebo:
		out = append(out, "placebo")
	case evidence.Sham:
		out = append(out, "sham")
	case evidence.UsualCare:
		out = append(out, "usual care", "standard care", "treatment as usual", "care as usual", "standard of care")
	}
	for _, alias := range a.Aliases {
		if isRoleName(alias) {
			bare := alias
			if alias == "trial" { // "in the trial"
				out = append(out, "trial group")
				continue
			}
			if alias == "case" { // "in case of", but "the cases"
				bare = "cases"
			}
			out = append(append(out, bare), groupsNamed(alias)...)
		}
	}
	return out
}

// find returns the mentions of arms in a span: at each place the longest, none within another.
func (n *armNames) find(text string, span document.Span) []armMention {
	return n.findWith(text, span, everyArm, otherArm)
}

// findWith is find where the rules for all arms and for the others are known to match or not.
func (n *armNames) findWith(text string, span document.Span, every, other *pattern.Pattern) []armMention {
	s := text[span.Start:span.End]
	var all []armMention
	add := func(from, to int, m armMention) {
		m.Span = document.Span{Start: span.Start + from, End: span.Start + to}
		all = append(all, m)
	}
	for _, m := range n.forms.find(s) {
		if m.arm == pairOfArms {
			first := strings.IndexAny(s[m.start:m.end], " \n")
			second := strings.LastIndexAny(s[m.start:m.end], " \n") + 1
			add(m.start, m.start+first, armMention{arms: []int{n.tested}})
			add(m.start+second, m.end, armMention{arms: []int{1 - n.tested}})
			continue
		}
		before := strings.ToLower(s[max(0, m.start-len("non-")):m.start])
		if strings.EqualFold(s[m.start:m.end], "control") && actOfControl(strings.ToLower(s[max(0, m.start-24):m.start]), s[m.end:]) {
			continue
		}
		if strings.HasSuffix(before, "no ") && genericArm.MatchString(s[m.start:m.end]) {
			continue // "the others got no intervention"
		}
		if strings.HasSuffix(before, "non-") || strings.HasSuffix(before, "non ") || strings.HasSuffix(before, "no-") || strings.HasSuffix(before, "non‐") || strings.HasSuffix(before, "non‑") {
			if n.arms == 2 && m.arm >= 0 && (thoseInArm.MatchString(s[m.end:]) || strings.HasSuffix(strings.ToLower(s[m.start:m.end]), " group")) { // "the non-tourniquet group" is the other of two
				add(m.start, m.end, armMention{arms: []int{1 - m.arm}})
			}
			continue
		}
		if other, start := n.headOfAnother(s, m.start, m.end, m.arm); other >= 0 {
			add(start, m.end, armMention{arms: []int{other}})
			continue
		}
		add(m.start, m.end, armMention{arms: []int{m.arm}})
	}
	if n.arms > 0 {
		each := make([]int, n.arms)
		for i := range each {
			each[i] = i
		}
		for _, m := range every.FindAllStringIndex(s, -1) {
			if n.arms < 2 || otherPhrase.MatchString(s[m[0]:m[1]]) {
				continue
			}
			if last := strings.LastIndexAny(s[m[0]:m[1]], " \n"); n.given != nil && last > 0 && twoGiven.MatchString(s[m[0]:m[1]]) {
				add(m[0], m[0]+last, armMention{arms: n.given[:1]})
				add(m[0]+last+1, m[1], armMention{arms: n.given[1:]})
				continue
			}
			add(m[0], m[1], armMention{arms: each, every: true})
		}
		for _, m := range other.FindAllStringIndex(s, -1) {
			add(m[0], m[1], armMention{rest: true})
		}
	}
	out := longest(all)
	n.others(out)
	return out
}

// actOfControl reports whether "control" between two stretches of text is what is done to something, rather than a group: "under control",
// "continuous control of pressure", "pain control".
func actOfControl(before, after string) bool {
	if strings.HasPrefix(after, " of ") {
		return true
	}
	fields := strings.Fields(before)
	if len(fields) == 0 || !strings.HasSuffix(before, " ") {
		return false
	}
	last := fields[len(fields)-1]
	return strings.Trim(last, "abcdefghijklmnopqrstuvwxyz-") == "" && !beforeControl[last]
}

// beforeControl are the words that may stand before the name of the control.
var beforeControl = setOf("the", "a", "and", "or", "vs", "versus", "than", "with", "to", "in", "for", "from", "of", "by", "both", "either", "between", "while", "whereas", "but", "against", "on", "as", "at", "among", "active", "placebo", "each", "respective", "after", "during", "respectively", "over", "was", "were", "is", "not")

// longest keeps, of mentions that overlap, the one that starts first, and of those the longest.
func longest(all []armMention) []armMention {
	slices.SortStableFunc(all, func(a, b armMention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), slices.Compare(a.arms, b.arms))
	})
	var out []armMention
	for _, m := range all {
		if len(out) == 0 || m.Start >= out[len(out)-1].End {
			out = append(out, m)
		} else if last := &out[len(out)-1]; m.Len() > last.Len() && m.Start > last.Start && !last.every {
			*last = m
		}
	}
	return out
}

// others gives "the other groups" the arms that no mention before them names.
func (n *armNames) others(ms []armMention) {
	for i := range ms {
		if !ms[i].rest {
			continue
		}
		for a := range n.arms {
			if !slices.ContainsFunc(ms[:i], func(m armMention) bool { return !m.every && slices.Contains(m.arms, a) }) {
				ms[i].arms = append(ms[i].arms, a)
			}
		}
	}
}

var (
	placeboWord    = rules.New(`(?i)\bplacebo|\bvehicle\b|\bdummy\b|\bsaline\b`)
	shamWord       = rules.New(`(?i)\bsham\b|\bsimulated\b`)
	usualWord      = rules.New(`(?i)\b(?:usual|standard|routine|conventional|customary|current)(?:[- ](?:of[- ])?(?:medical |clinical |primary |obstetric |nursing |postpartum |postnatal |antenatal |prenatal |postoperative |psychiatric |community )?)(?:care|treatment|practice|management|therapy|service)|\bstandard of care\b|\b(?:care|treatment) as usual\b|\bTAU\b`)
	noneWord       = rules.New(`(?i)^(?:no|not) \pL|\bno (?:treatment|intervention|therapy|supplement\w*|exercise)\b|\bwait(?:ing)?[- ]?list|\buntreated\b|\bdelayed[- ]|\bdeferred\b|\bcontrol group without\b`)
	activeControl  = rules.New(`(?i)\bactive[- ](?:control|comparator)|\battention[- ]control`)
	experimentWord = rules.New(`(?i)^(?:intervention|experimental|treatment|study|trial|investigational|test|active|index)\b`)
)

// armRoles says what each arm is in the comparison: by its name, else by its place: the first that is compared is the
// experimental one, the others are what it is compared with.
func (r *reading) armRoles(t *telling) {
	arms := t.study.Arms
	experimental := 0
	for i := range arms {
		a := &arms[i]
		name := a.Label + " " + strings.Join(a.Aliases, " ")
		bare := contentWords(a.Label)
		combined := strings.Contains(a.Label, " plus ") || strings.Contains(a.Label, " + ") || strings.Contains(strings.ToLower(a.Label), " with ") || strings.Contains(strings.ToLower(a.Label), " and ") || strings.Contains(strings.ToLower(a.Label), " alongside ")
		switch {
		case placeboWord.MatchString(a.Label) && (!combined || len(bare) <= 2 || startsWith(a.Label, placeboWord)):
			a.Role = evidence.Placebo
		case slices.Contains(a.Aliases, "placebo"): // "barley water" for the placebo group
			a.Role = evidence.Placebo
		case shamWord.MatchString(a.Label):
			a.Role = evidence.Sham
		case noneWord.MatchString(a.Label):
			a.Role = evidence.NoIntervention
		case strings.HasSuffix(strings.ToLower(a.Label), " as usual") && !combined:
			a.Role = evidence.UsualCare
		case usualWord.MatchString(a.Label) && !r.treats(a) && (!combined || startsWith(a.Label, usualWord) && !addsToArm(arms, i)):
			a.Role = evidence.UsualCare
		case activeControl.MatchString(name):
			a.Role = evidence.ActiveComparator
		case slices.ContainsFunc(a.Aliases, isControl) || isControl(a.Label):
			a.Role = r.controlRole(t, a)
		case slices.ContainsFunc(a.Aliases, experimentWord.MatchString):
			a.Role = evidence.Experimental
		}
		if a.Role == evidence.Experimental {
			experimental++
		}
	}
	if !slices.ContainsFunc(arms, func(a evidence.Arm) bool { return a.Role != evidence.Placebo }) {
		for i := range arms { // "hypertonic saline" against "normal saline": the one tried comes first
			if len(arms) > 1 && !startsWith(arms[i].Label, placeboWord) {
				arms[i].Role = ""
			}
		}
	}
	if i := r.titled(t, arms); i >= 0 && experimental == 0 {
		arms[i].Role = evidence.Experimental
		experimental++
	}
	if i := slices.IndexFunc(arms, func(a evidence.Arm) bool { return oldWay.MatchString(a.Label) }); i >= 0 && len(arms) == 2 && arms[0].Role == "" && arms[1].Role == "" && !oldWay.MatchString(arms[1-i].Label) {
		arms[i].Role = evidence.ActiveComparator
	}
	if len(arms) == 2 && arms[0].Role == "" && arms[1].Role == "" && aloneTail.MatchString(arms[0].Label) && addsToArm(arms, 1) { // "A alone or A and B"
		arms[0].Role, arms[1].Role = evidence.ActiveComparator, evidence.Experimental
		experimental++
	}
	inert := slices.ContainsFunc(arms, func(a evidence.Arm) bool { return a.Role != "" && a.Role != evidence.Experimental })
	for i := range arms {
		switch {
		case arms[i].Role != "":
		case inert || experimental == 0:
			arms[i].Role = evidence.Experimental
			experimental++
		default:
			arms[i].Role = evidence.ActiveComparator
		}
	}
}

// addsToArm reports whether an arm has by its label what another one has, and more: "usual care with massage" beside "usual care alone".
func addsToArm(arms []evidence.Arm, i int) bool {
	words := contentWords(arms[i].Label)
	for j, b := range arms {
		other := contentWords(aloneTail.ReplaceAllString(b.Label, ""))
		if j != i && len(other) > 0 && len(other) < len(words) && within(other, words) {
			return true
		}
	}
	return false
}

// oldWay is how an arm is called that another is tried against.
var oldWay = rules.New(`(?i)^(?:the )?(?:conventional|standard|traditional|usual|routine|classical|classic)\b`)

// titled returns the one arm without a role of which the name begins with what a title says that the effect is of, where all
// of them give it: "Effect of A implants on ..." of "A with placebo implants" and "A implants with placebo". It is -1 for none.
func (r *reading) titled(t *telling, arms []evidence.Arm) int {
	for _, s := range t.titles {
		ws := clauseWords(r.words(s), s)
		at := effectsOfAt(ws)
		if at == 0 {
			continue
		}
		a, ok := r.armPhrase(ws[at:r.listEnd(ws, at, receptionList)])
		if !ok {
			continue
		}
		name, found := contentWords(r.doc.At(a)), -1
		for i := range arms {
			label := contentWords(arms[i].Label)
			if arms[i].Role != "" || !within(name, label) {
				return -1
			}
			if slices.Equal(label[:len(name)], name) {
				if found >= 0 {
					return -1
				}
				found = i
			}
		}
		return found
	}
	return -1
}

// treats reports whether an arm received an intervention that is more than usual care.
func (r *reading) treats(a *evidence.Arm) bool {
	return slices.ContainsFunc(a.Interventions, func(id string) bool {
		return r.typed(id, []string{vocab.TypeIntervention, vocab.TypeDrug}) && !r.vocab.IsA(id, "usual_care") && !usualWord.MatchString(strings.ReplaceAll(id, "_", " ")) && id != "standard_medical_management"
	})
}

func startsWith(s string, p *pattern.Pattern) bool {
	m := p.FindStringIndex(s)
	return m != nil && m[0] <= 4
}

// controlRole says what a "control" arm is, from what the text says that it received.
func (r *reading) controlRole(t *telling, a *evidence.Arm) evidence.Role {
	said := a.Label + " " + a.Description
	switch {
	case placeboWord.MatchString(said):
		return evidence.Placebo
	case shamWord.MatchString(said):
		return evidence.Sham
	case usualWord.MatchString(said):
		return evidence.UsualCare
	case noneWord.MatchString(said):
		return evidence.NoIntervention
	case len(a.Interventions) > 0 && r.typed(a.Interventions[0], []string{vocab.TypeComparator}):
		return evidence.UsualCare
	}
	return evidence.ActiveComparator
}

var numberedArm = rules.New(`(?i)^(?:arm|group|cohort|sequence) `)
