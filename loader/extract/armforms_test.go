package extract

import (
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// expression writes a form of an arm as the regular expression that it stands for.
func expression(f armForm) *regexp.Regexp {
	p := strings.NewReplacer(" \\+ ", ` ?\+ ?`, "-", "[- \u2010\u2011]?", " ", `[- \x{00a0}\n]+`).Replace(regexp.QuoteMeta(f.text))
	flags := `(?i)`
	if f.exact {
		flags = ``
	}
	return regexp.MustCompile(flags + `(?:^|[^\p{L}\d])((?:(?i:the|those in|participants in|patients in) )?` + p + `s?(?i:` + groupNoun + `))(?:$|[^\p{L}\d])`)
}

// matched finds a form as its expression does.
func matched(f armForm, s string) []formMatch {
	var out []formMatch
	re := expression(f)
	for at := 0; at < len(s); {
		m := re.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		out = append(out, formMatch{at + m[2], at + m[3], f.arm})
		at += m[3]
	}
	return out
}

var armTexts = []string{
	"The beta-blocker group and the beta blocker, betablockers, BETA BLOCKER users; those in beta-\nblocker group",
	"tea + milk or tea+milk, TEA +MILK; patients in the tea group, the teas, steal, teapot, tea-treated patients only",
	"MI and mi; the MI group's, MIs, MIS, (MI)-allocated participants, MI care team members",
	"lathe control, the control groups, control, those in the control arm. controls, Participants in control-assigned cohort",
	"naïve group and NAÏVE arms, the naïvety, placebo", "5-FU alone, 5FU, 5 FU groups", "", "s", "the", "tea",
}

func TestArmFormsAgreeWithTheirExpressions(t *testing.T) {
	forms := []armForm{
		newArmForm("beta-blocker", false, 0), newArmForm("tea + milk", false, 1), newArmForm("tea", false, 2), newArmForm("MI", true, 3),
		newArmForm("control", false, 4), newArmForm("the control", false, 5), newArmForm("naïve", false, 6), newArmForm("5-FU", true, 7),
		newArmForm("control group", false, 8),
	}
	for _, f := range forms {
		for _, s := range armTexts {
			if diff := gocmp.Diff(matched(f, s), newFormIndex([]armForm{f}).find(s), gocmp.AllowUnexported(formMatch{})); diff != "" {
				t.Errorf("%q in %q (-expression +form):\n%s", f.text, s, diff)
			}
		}
	}
}

func FuzzArmForm(f *testing.F) {
	for _, s := range armTexts {
		f.Add("beta-blocker", s, false)
		f.Add("tea + milk", s, true)
	}
	f.Fuzz(func(t *testing.T, form, s string, exact bool) {
		for _, m := range newFormIndex([]armForm{newArmForm(form, exact, 0)}).find(s) {
			if m.start < 0 || m.start > m.end || m.end > len(s) {
				t.Fatalf("%q in %q: %d to %d", form, s, m.start, m.end)
			}
		}
	})
}
