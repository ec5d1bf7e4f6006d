package extract

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestTimesInTurn holds at which of several times that stand in one list each result was found.
func TestTimesInTurn(t *testing.T) {
	v := loadVocabulary(t)
	const head = "METHODS: Adults were randomised to yoga (n = 53) or reading (n = 55). RESULTS: "
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a difference each", "Pain was lower with yoga at 4, 8 and 12 weeks (mean difference -1.0, -1.2 and -1.5, respectively).", []string{"MD -1.0 at 4 weeks", "MD -1.2 at 8 weeks", "MD -1.5 at 12 weeks"}},
		{"the unit ahead", "Pain was lower with yoga on days 4 and 11 (mean difference -1.0 and -1.2).", []string{"MD -1.0 at day 4", "MD -1.2 at day 11"}},
		{"two arms at two times", "Follow-up at 15 and 33 weeks was higher with yoga (89% vs 72% at 15 weeks and 88% vs 61% at 33 weeks).", []string{"proportion 89% at 15 weeks", "proportion 72% at 15 weeks", "proportion 88% at 33 weeks", "proportion 61% at 33 weeks", " at 15 and 33 weeks"}},
		{"each time ahead of its results", "Abstinence from months 24 to 36 (45.8% vs 4.0%) and months 24 to 48 (44.3% vs 5.1%) was higher with yoga than with reading.", []string{"proportion 45.8% at months 24 to 36", "proportion 4.0% at months 24 to 36", "proportion 44.3% at months 24 to 48", "proportion 5.1% at months 24 to 48", " at months 24 to 36 and months 24 to 48"}},
		{"each time behind its results", "Success was 73% vs 71% at six months and 72% vs 68% at 12 months with yoga and reading, respectively.", []string{"proportion 73% at six months", "proportion 71% at six months", "proportion 72% at 12 months", "proportion 68% at 12 months", " at six months and 12 months"}},
		{"one result at both", "Pain was lower with yoga (P = .01) at 3 and 6 months.", []string{" at 3 and 6 months"}},
		{"no time but a name or a value", "Pain was lower with yoga on the 24-h average pain rating (mean difference -1.0). Sleep came sooner with yoga (median 180 versus 30 minutes). Pain was lower with yoga at 6 weeks (mean difference -1.2).", []string{"MD -1.2 at 6 weeks"}},
		{"what lasted so long is no time", "The median survival was 9.1 months (early: 6.9 months, late: 11.4 months) with yoga. Pain was 12% with yoga 7.3 years after surgery.", []string{"proportion 12% at 7.3 years"}},
		{"more results than times", "Pain at 4 and 8 weeks was lower with yoga (mean difference -1.0, -1.2 and -1.5).", []string{"MD -1.0 at 4 and 8 weeks", "MD -1.2 at 4 and 8 weeks", "MD -1.5 at 4 and 8 weeks"}},
	}
	for _, test := range tests {
		r, tell := study(t, v, head+test.text)
		f := finder{r: r, t: tell}
		var got []string
		for _, x := range f.findings() {
			told := ""
			if len(x.Estimates) > 0 {
				e := x.Estimates[0]
				if told = e.Measure + " " + string(e.Value); e.Percent.Present() {
					told = e.Measure + " " + string(e.Percent) + "%"
				}
			}
			if x.Timepoint.Text != "" && (told != "" || !strings.Contains(test.text, "difference")) {
				got = append(got, told+" at "+x.Timepoint.Text)
			}
		}
		if diff := gocmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
