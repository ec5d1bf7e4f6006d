package check

import (
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// registries are the forms of registration numbers, by what they begin with. Numbers of other registries are not
// judged.
var registries = []struct {
	name, says     string
	prefix, number *lazyregexp.Regexp
}{
	registry("ClinicalTrials.gov", "NCT and 8 digits", `NCT`, `\d{8}`),
	registry("ISRCTN", "ISRCTN and 8 digits", `ISRCTN`, `\d{8}`),
	registry("ANZCTR", "ACTRN and 14 digits", `ACTRN`, `\d{14}p?`),
	registry("DRKS", "DRKS and 8 digits", `DRKS`, `\d{8}`),
	registry("PACTR", "PACTR and 15 or 16 digits", `PACTR`, `\d{15,16}`),
	registry("PROSPERO", "CRD and 11 to 14 digits", `CRD`, `\d{11,14}`),
	registry("ChiCTR", "ChiCTR and 10 digits, or a kind of study and 8 digits", `ChiCTR`, `(?:\d{10}|-?[A-Z]{2,4}-?\d{8})`),
	registry("CTRI", "CTRI, a year, a month and 6 digits", `CTRI/`, `20\d\d/\d{2,3}/\d{6}`),
	registry("IRCT", "IRCT, 11 to 20 digits and N with its number", `IRCT`, `\d{11,20}(?:N\d+)?`),
	registry("UMIN", "UMIN and 9 digits", `UMIN`, `(?:-?CTR)?\d{9}`),
	registry("jRCT", "jRCT and 9 or 10 digits", `jRCTs?`, `\d{9,10}`),
	registry("CRIS", "KCT and 7 digits", `KCT`, `\d{7}`),
	registry("TCTR", "TCTR and 11 digits", `TCTR`, `\d{11}`),
	registry("SLCTR", "SLCTR, a year and 3 digits", `SLCTR/`, `20\d\d/\d{3}`),
	registry("ReBec", "RBR and 6 to 8 letters and digits", `RBR-`, `[0-9a-z]{6,8}`),
}

func registry(name, says, prefix, number string) struct {
	name, says     string
	prefix, number *lazyregexp.Regexp
} {
	return struct {
		name, says     string
		prefix, number *lazyregexp.Regexp
	}{name, says, lazyregexp.New(`^` + prefix), lazyregexp.New(`^` + prefix + number + `$`)}
}

func checkRegistrations(s *subject) {
	for _, r := range s.study.Registrations {
		for _, k := range registries {
			prefix := k.prefix.FindString(r)
			if prefix == "" {
				continue
			}
			if k.number.MatchString(r) {
				s.addField("registrations", Consistent, r+" has the form of a "+k.name+" number", k.says, s.stated("registrations"))
			} else {
				s.addField("registrations", Inconsistent, fmt.Sprintf("%s is not a %s number, which is %s", r, k.name, k.says),
					fmt.Sprintf("%d characters after %s", len(r)-len(prefix), prefix), s.stated("registrations"))
			}
			break
		}
	}
}

var (
	doiForm   = lazyregexp.New(`^10\.\d{4,9}(?:\.\d+)*/\S+$`)
	pmidForm  = lazyregexp.New(`^[1-9]\d{0,7}$`)
	pmcidForm = lazyregexp.New(`^PMC[1-9]\d{3,8}$`)
	// issnIn is an ISSN that a text names.
	issnIn = lazyregexp.New(`\bISSN(?:-?L)?(?:\s*\((?:print|online|electronic)\))?\s*[:#]?\s*(\d{4})[-–]?(\d{3})([\dXx])\b`)
)

// checkIdentifiers tests the form of a report's identifiers, and the check digit of an ISSN that the text prints.
func checkIdentifiers(s *subject, d *evidence.Document) {
	for _, id := range []struct {
		field, value, says string
		form               *lazyregexp.Regexp
	}{
		{"report/doi", d.Report.DOI, "10., the registrant's number, a slash and a suffix", doiForm},
		{"report/pmid", d.Report.PMID, "up to 8 digits", pmidForm},
		{"report/pmcid", d.Report.PMCID, "PMC and digits", pmcidForm},
	} {
		if id.value == "" {
			continue
		}
		name := strings.ToUpper(strings.TrimPrefix(id.field, "report/"))
		if id.form.MatchString(id.value) && !strings.HasSuffix(id.value, ".") && strings.Count(id.value, "(") == strings.Count(id.value, ")") {
			s.addField(id.field, Consistent, id.value+" has the form of a "+name, id.says, nil)
		} else {
			s.addField(id.field, Inconsistent, fmt.Sprintf("%q is not a %s, which is %s", id.value, name, id.says), fmt.Sprintf("%d characters", len(id.value)), nil)
		}
	}
	for _, m := range issnIn.FindAllStringSubmatchIndex(d.Text, -1) {
		at := []evidence.Passage{{Start: m[0], End: m[1], Text: d.Text[m[0]:m[1]]}}
		s.serial(d.Text[m[2]:m[3]]+d.Text[m[4]:m[5]], strings.ToUpper(d.Text[m[6]:m[7]]), at)
	}
}

// serial tests the check digit of an ISSN: seven digits, weighted 8 down to 2, and the digit that brings the sum to a
// multiple of 11.
func (s *subject) serial(digits, last string, at []evidence.Passage) {
	sum := 0
	for i := range len(digits) {
		sum += (8 - i) * int(digits[i]-'0')
	}
	want := fmt.Sprint((11 - sum%11) % 11)
	if want == "10" {
		want = "X"
	}
	issn := digits[:4] + "-" + digits[4:] + last
	how := fmt.Sprintf("the digits weighted 8 to 2 add up to %d; the check digit is %s", sum, want)
	if want == last {
		s.addField("report/issn", Consistent, issn+" has the check digit of an ISSN", how, at)
	} else {
		s.addField("report/issn", Inconsistent, fmt.Sprintf("the last digit of ISSN %s should be %s: a digit is mistaken", issn, want), how, at)
	}
}
