package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

const doseUnit = `((?:mg|g|mcg|µg|μg|ug|ml|iu|u|units|mmol|gy)(?:/(?:kg|m2|d|day|h|min|ml))*(?: (?:once|twice) daily| daily| per day| a day)?)`

// seriesUnit is what else arms can differ in by a number: how long, how much work, how strong.
const seriesUnit = `(?:weeks|days|months|minutes|min|hours|h|sessions|cycles|visits|nmol|µmol|μmol|ng|kcal|%|ppm|hz|khz|mm|cm)(?:/(?:kg|m2|d|day|h|min|ml|l|week))*`

var (
	doseOnly   = rules.New(`(?i)^(\d[\d.,]*)(?:[ -]?(?:` + doseUnit + `|(` + seriesUnit + `)))?$`)
	seriesOnly = rules.New(`(?i)^` + seriesUnit + `$`)
	doseFirst  = rules.New(`(?i)^(\d[\d.,]*)[ -]?` + doseUnit + `\s(?:of )?(\p{L}[\p{L}\d -]*)$`)
	doseLast   = rules.New(`(?i)^(\p{L}[\p{L}\d -]*?)\s(\d[\d.,]*)(?:[ -]?` + doseUnit + `)?$`)
)

// dosed is an item of a list of arms that differ in the dose of what they are given.
type dosed struct{ drug, amount, unit string }

// doses reads the items of a list as doses; the items of another kind are empty.
func (r *reading) doses(parts []document.Span) []dosed {
	out := make([]dosed, len(parts))
	for i, p := range parts {
		text := strings.Join(strings.Fields(strings.ReplaceAll(outer(r.doc.At(p)), "\x00", " ")), " ")
		if m := doseOnly.FindStringSubmatch(text); m != nil {
			out[i] = dosed{"", m[1], m[2] + m[3]}
		} else if m := doseFirst.FindStringSubmatch(text); m != nil {
			out[i] = dosed{m[3], m[1], m[2]}
		} else if m := doseLast.FindStringSubmatch(text); m != nil {
			out[i] = dosed{m[1], m[2], m[3]}
		}
	}
	return out
}

// nameDoses names the arms of which a list prints the dose alone by the drug and the unit that it prints once: "5, 10 or
// 20 mg of A", "A 150 mg/d, 300 mg/d or 600 mg/d". A number that no drug can be found for is no arm.
func (r *reading) nameDoses(parts []document.Span, arms []draft) []draft {
	all := r.doses(parts)
	if len(arms) != len(parts) || !slices.ContainsFunc(all, func(d dosed) bool { return d.amount != "" && d.drug == "" }) {
		return arms
	}
	for i := range all { // back to the drug that opens the series
		if i > 0 && all[i].amount != "" && all[i].drug == "" && (all[i].unit == "" || all[i-1].unit == "" || !seriesOnly.MatchString(all[i].unit)) {
			all[i].drug = all[i-1].drug
		}
	}
	for i := len(all) - 2; i >= 0; i-- { // on to the drug and the unit that end it
		if next := all[i+1]; all[i].amount != "" && next.amount != "" {
			if all[i].drug == "" {
				all[i].drug = next.drug
			}
			if all[i].unit == "" && all[i].drug == next.drug {
				all[i].unit = next.unit
			}
		}
	}
	out := arms[:0]
	for i, d := range arms {
		if x := all[i]; x.amount != "" && x.unit != "" && x.drug != "" {
			d.name, d.drug = x.drug+" "+x.amount+" "+x.unit, x.drug
		} else if x.amount != "" && x.unit != "" && strings.TrimSpace(x.amount) == strings.TrimSpace(r.doc.At(d.label)) {
			d.name = x.amount + " " + x.unit // "48 or 24 weeks of treatment"
		} else if x.amount != "" && x.drug == "" && x.unit == "" {
			continue
		}
		out = append(out, d)
	}
	return out
}

// lengthOf is how long something is given, before what it is: "5 days of amoxicillin".
var lengthOf = rules.New(`(?i)^(?:an? |the )?((?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen))[ -](days?|weeks?|months?|years?) (?:of |courses? of )(\p{L}.*)$`)

// nameLengths calls arms that are given one thing for different times by these: "5 days of amoxicillin". The groups can be known by their
// times alone, "the 5-day group".
func (r *reading) nameLengths(parts []document.Span, arms []draft) []draft {
	if len(arms) < 2 || len(arms) != len(parts) {
		return arms
	}
	times := make([]string, len(arms))
	for i, p := range parts {
		m := lengthOf.FindStringSubmatch(outer(r.doc.At(p)))
		if m == nil || arms[i].name != "" || !strings.EqualFold(r.doc.At(arms[i].label), r.doc.At(arms[0].label)) {
			return arms
		}
		times[i] = m[1] + " " + m[2]
		if slices.Contains(times[:i], times[i]) {
			return arms
		}
	}
	for i := range arms {
		n, unit, _ := strings.Cut(times[i], " ")
		arms[i].name = times[i] + " of " + r.doc.At(arms[i].label)
		arms[i].aliases = append(arms[i].aliases, n+"-"+strings.TrimSuffix(unit, "s"), times[i])
	}
	return arms
}

// doseSeries is a bracket that holds several doses of one unit: "5, 10 or 15 mg", "5 mg/day or 15 mg/day".
var doseSeries = rules.New(`(?i)^(\d[\d.,]*(?:\s?` + doseUnit + `)?(?:,? (?:or|and) |, )(?:\d[\d.,]*(?:\s?` + doseUnit + `)?(?:,? (?:or|and) |, ))*)(\d[\d.,]*)\s?` + doseUnit + `$`)

// byDoses sets the doses apart that a bracket gives of one arm, where the study says that it has so many arms, or else tells of one of
// the doses alone: "risedronate (5 mg or 15 mg) or placebo".
func (r *reading) byDoses(arms []draft, told int, w *witnesses) []draft {
	for i, d := range arms {
		if d.dose.Len() == 0 || d.label.Len() == 0 || d.name != "" || d.generic != "" || d.n.Present() {
			continue
		}
		m := doseSeries.FindStringSubmatch(r.doc.At(d.dose))
		if m == nil {
			continue
		}
		unit := m[len(m)-1]
		amounts := append(amountIn.FindAllString(m[1], -1), m[len(m)-2])
		apart := 0
		for _, a := range amounts {
			if doseTold(w.text, a, unit) {
				apart++
			}
		}
		if n := len(arms) + len(amounts) - 1; n > 8 || n != told && (len(arms) == told || apart == 0) {
			continue
		}
		out := slices.Clone(arms[:i])
		for _, a := range amounts {
			x := d
			x.name, x.drug, x.dose = r.fullName(d)+" "+a+" "+unit, r.fullName(d), document.Span{}
			out = append(out, x)
		}
		return append(out, arms[i+1:]...)
	}
	return arms
}

// amountIn is a number in a series of doses.
var amountIn = rules.New(`\d+(?:[.,]\d+)*`)

// doseTold reports whether a text in small letters has a dose by itself, rather than in a series: "with 15 mg", not "5 or 15 mg".
func doseTold(text, amount, unit string) bool {
	unit, _, _ = strings.Cut(strings.ToLower(unit), "/")
	for at := 0; ; {
		k := strings.Index(text[at:], amount)
		if k < 0 {
			return false
		}
		at += k + len(amount)
		before, behind := text[:at-len(amount)], strings.TrimLeft(text[at:], " -\u00a0")
		if strings.HasPrefix(behind, unit) && !strings.HasSuffix(before, ".") && !seriesBefore.MatchString(before[max(0, len(before)-12):]) {
			return true
		}
	}
}

// seriesBefore is what stands before a dose that ends a series.
var seriesBefore = rules.New(`\d[^\p{L}]*(?: or | and |, |-|–|/)(?:or |and )?$`)

// series reads arms that a list tells apart by a number alone, with the unit of all behind the last: "48 (n = 9) or 24 (n = 8) weeks
// of treatment". It is nil where the list has anything else.
func (r *reading) series(ws []word) []document.Span {
	i := 0
	for i < len(ws) && i < 8 && !digitStart(ws[i].lower) {
		if l := ws[i].lower; l == "," || l == "or" || l == "and" || l == "." || l == ";" || l == ":" || againstWords[l] || groupNouns[l] || peopleCount(ws[i:]) > 0 {
			return nil
		}
		i++
	}
	var out []document.Span
	for ; i+1 < len(ws) && onlyDigits(ws[i].lower); i++ {
		s := document.Span{Start: ws[i].Start, End: bracketsEnd(r.doc.Text, ws[i].End)}
		switch next := ws[i+1].lower; {
		case next == "or" || next == "and" || next == ",":
			out = append(out, s)
			if i++; next == "," && i+1 < len(ws) && (ws[i+1].lower == "or" || ws[i+1].lower == "and") {
				i++
			}
		case len(out) > 0 && seriesOnly.MatchString(next):
			if slices.ContainsFunc(ws[i+2:], func(w word) bool { return w.lower == "or" || againstWords[w.lower] || w.lower == "," }) {
				return nil
			}
			return append(out, document.Span{Start: ws[i].Start, End: ws[i+1].End})
		default:
			return nil
		}
	}
	return nil
}

// bareDose returns the amount that an item of a list consists of, where the list goes on with its unit: "5" of "5, 10 or
// 20 mg of A".
func bareDose(part, list []word) (document.Span, bool) {
	part = withoutOpeners(part)
	for len(part) > 1 && (part[len(part)-1].lower == "," || part[len(part)-1].lower == "or" || part[len(part)-1].lower == "and") {
		part = part[:len(part)-1]
	}
	if len(part) != 1 || !digitStart(part[0].lower) {
		return document.Span{}, false
	}
	for i, w := range list {
		if w.Start > part[0].Start && i > 0 && digitStart(list[i-1].lower) && doseOnly.MatchString(list[i-1].lower+" "+w.lower) {
			return part[0].Span, true
		}
	}
	return document.Span{}, false
}

// nameDosed adds to the label of an arm the dose that the title, the aim and the methods print beside it, where they print one alone:
// "tiotropium" is "tiotropium 18 µg". The text goes on calling the arm by the bare label.
func (r *reading) nameDosed(t *telling) {
	for i := range t.study.Arms {
		a := &t.study.Arms[i]
		name := strings.ToLower(a.Label)
		if len(name) < 3 || strings.ContainsAny(name, "0123456789+()[]") || isControlLabel(name) || genericArm.MatchString(name) || strings.Contains(name, "plus") || slices.ContainsFunc(t.study.Arms, func(b evidence.Arm) bool {
			return b.Label != a.Label && strings.Contains(strings.ToLower(b.Label), name)
		}) {
			continue
		}
		dose := ""
		for _, p := range r.places(t, roleObjective, roleDesign, roleParticipants, roleInterventions, roleMethods) {
			found, one := dosesBeside(r.doc.At(p.Span), r.small(p.Span), name)
			if !one || dose != "" && found != "" && !sameDose(dose, found) {
				dose = ""
				break
			}
			if len(found) > len(dose) {
				dose = found
			}
		}
		if dose == "" {
			continue
		}
		if a.Abbreviation == "" && isShort(a.Label) {
			a.Abbreviation = a.Label
		} else {
			a.Aliases = append(a.Aliases, a.Label)
		}
		a.Label += " " + dose
		t.names = nil
	}
}

// sameDose reports whether two doses are one, of which one may say more: "50 mg", "50mg/day".
func sameDose(a, b string) bool {
	a, b = strings.ToLower(strings.Join(strings.Fields(a), "")), strings.ToLower(strings.Join(strings.Fields(b), ""))
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// dosesBeside returns the dose that a text, also given in small letters, prints beside a name, or "". one is false where it prints
// several, or says that the dose was changed.
func dosesBeside(text, small, name string) (dose string, one bool) {
	if len(small) != len(text) {
		return "", true
	}
	for at := 0; ; {
		k := strings.Index(small[at:], name)
		if k < 0 {
			return dose, true
		}
		at += k
		end := at + len(name)
		if !wordBounds(small, at, end) {
			at = end
			continue
		}
		found := ""
		if m := doseNext.FindStringSubmatchIndex(text[end:]); m != nil {
			found = text[end+m[2] : end+m[3]]
			if doseGoesOn.MatchString(text[end+m[3]:]) {
				return "", false
			}
		} else if m := doseLeft.FindStringSubmatchIndex(text[max(0, at-40):at]); m != nil && !betweenDose.MatchString(text[max(0, at-40)+m[4]:at]) {
			from := max(0, at-40)
			found = text[from+m[2] : from+m[3]]
			if seriesBefore.MatchString(text[max(0, from+m[2]-12) : from+m[2]]) {
				return "", false
			}
		}
		if found != "" {
			if dose != "" && !sameDose(dose, found) || doseChanged.MatchString(text) {
				return "", false
			}
			if len(found) > len(dose) {
				dose = found
			}
		}
		at = end
	}
}

const doseAmount = `\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?(?:mg|g|mcg|µg|μg|ug|ml|iu|units|mmol|gy)(?:\s?/\s?(?:kg|m2|d|day|h|hr|min|ml|dose)\b|/\((?:kg|m2)\s?[·./*]\s?(?:d|day|h|hr|min)\))*`

var (
	doseNext = rules.New(`(?i)^(?: |\s?\()(` + doseAmount + `)(?:$|[\s).,;])`)
	doseLeft = rules.New(`(?i)(?:^|[\s(])(` + doseAmount + `)\s(?:of\s)?((?:[\p{L}-]+\s){0,2})$`)
	// betweenDose are words that part a dose from the name behind them.
	betweenDose = rules.New(`(?i)\b(?:and|or|plus|with|in|of|versus|vs|than|to|for|from|by|on|at|after|before|equivalent|daily|day|twice|once|per|a|the)\b`)
	// doseGoesOn is what stands behind a dose that is one of several.
	doseGoesOn = rules.New(`(?i)^(?:,? (?:or|and|to|then|followed by) |\s?[-–/,] ?)\d|^ of `)
	// doseChanged tells that a dose was not the same all the time.
	doseChanged = rules.New(`(?i)\b(?:titrat|escalat|increas(?:ed|ing) to|up to \d|tapered|reduced to)`)
)

// contrasts are words that set the arms of a list apart where the last alone has the noun: "oral versus regional clonidine".
var contrasts = wordSet(`low high medium moderate early late immediate delayed oral regional topical intravenous intramuscular subcutaneous intrathecal
	epidural inhaled nasal intranasal true real sham active placebo single double dual triple combined separate standard conventional traditional
	intensive intermittent continuous sequential simultaneous short long open closed laparoscopic manual automated automatic individual basic enhanced
	bilateral unilateral preoperative postoperative prophylactic therapeutic fixed flexible passive dynamic static internal external daily weekly
	mobile wet dry warm cold hot cool strong weak full partial total local general deep moderate slow fast rapid upper lower lateral medial anterior posterior
	concurrent concomitant alternating consecutive genuine acute chronic rigid secure neutral positive negative custom private governmental public fixed`)

// setsApart reports whether a word can set arms apart that share the noun behind it: a contrast, another adjective, or words joined by
// a hyphen.
func setsApart(w string) bool {
	w = strings.ToLower(w)
	return contrast(w) || len(w) > 5 && adjective(w) || strings.Contains(w, "-") && !strings.ContainsAny(w, "0123456789") && len(w) > 7
}

// contrast reports whether a word is one that sets arms apart: one of the list, or one that ends in "-based" and the like.
func contrast(w string) bool {
	w = strings.ToLower(w)
	return contrasts[w] || contrastTail.MatchString(w)
}

var contrastTail = rules.New(`-(?:based|led|assisted|guided|delivered|driven|dose|fat|carbohydrate|protein|volume|pressure|flow|frequency|intensity)$`)

// nameShared names the arms of which a list prints a contrasting word alone by what the last item says that all of them are.
func (r *reading) nameShared(arms []draft) []draft {
	if len(arms) < 2 {
		return arms
	}
	last := arms[len(arms)-1]
	words := strings.Fields(r.doc.At(last.label))
	if last.name != "" || len(words) < 2 || len(words) > 7 || !setsApart(words[0]) || contrast(words[1]) && len(words) < 3 || joint(words[1]) {
		return arms
	}
	shares := func(d draft) bool { return d.generic == "" || d.label.Len() > 0 } // a control group has a name of its own
	for i, d := range arms[:len(arms)-1] {
		word := r.doc.At(d.label)
		if i == 0 && len(arms) > 2 && !shares(d) {
			continue
		}
		if k := strings.LastIndexByte(word, ' '); k > 0 && !strings.Contains(word[:k], " ") && setsApart(word[:k]) { // "individual short-term"
			word = word[k+1:]
		}
		if d.name != "" || d.detail.Len() > 0 || strings.EqualFold(word, words[0]) || strings.ContainsAny(word, " ") || !setsApart(word) || !contrast(word) && !contrast(words[0]) || isControlLabel(word) || len(r.treatments(d.label)) > 0 {
			return arms
		}
	}
	shared := slices.DeleteFunc(slices.Clone(words[1:]), func(w string) bool { return strings.HasPrefix(w, "(") && strings.HasSuffix(w, ")") })
	if len(shared) > 1 && contrast(shared[0]) && strings.HasSuffix(shared[0], "ing") && !joint(shared[1]) { // "sequential alternating zolpam"
		shared = shared[1:]
	}
	for i := range arms[:len(arms)-1] {
		if !shares(arms[i]) {
			continue
		}
		arms[i].name = r.doc.At(arms[i].label) + " " + strings.Join(shared, " ")
		arms[i].aliases = append(arms[i].aliases, r.doc.At(arms[i].label))
	}
	return arms
}
