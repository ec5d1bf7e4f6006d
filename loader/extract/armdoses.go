package extract

import (
	"slices"
	"strings"

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

// contrasts are words that set the arms of a list apart where the last alone has the noun: "oral versus regional clonidine".
var contrasts = wordSet(`low high medium moderate early late immediate delayed oral regional topical intravenous intramuscular subcutaneous intrathecal
	epidural inhaled nasal intranasal true real sham active placebo single double dual triple combined separate standard conventional traditional
	intensive intermittent continuous sequential simultaneous short long open closed laparoscopic manual automated automatic individual basic enhanced
	bilateral unilateral preoperative postoperative prophylactic therapeutic fixed flexible passive dynamic static internal external daily weekly
	mobile wet dry warm cold hot cool strong weak full partial total local general deep moderate slow fast rapid upper lower lateral medial anterior posterior`)

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
	if last.name != "" || len(words) < 2 || len(words) > 7 || !contrast(words[0]) || contrast(words[1]) && len(words) < 3 {
		return arms
	}
	for _, d := range arms[:len(arms)-1] {
		if word := r.doc.At(d.label); d.name != "" || d.detail.Len() > 0 || strings.EqualFold(word, words[0]) || strings.ContainsAny(word, " ") || !contrast(word) || isControlLabel(word) {
			return arms
		}
	}
	for i := range arms[:len(arms)-1] {
		arms[i].name = r.doc.At(arms[i].label) + " " + strings.Join(words[1:], " ")
		arms[i].aliases = append(arms[i].aliases, r.doc.At(arms[i].label))
	}
	return arms
}
