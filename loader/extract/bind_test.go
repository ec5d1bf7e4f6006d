package extract

import (
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
)

// TestValuesOfArms holds which arm each printed value is of.
func TestValuesOfArms(t *testing.T) {
	v := loadVocabulary(t)
	head := "OBJECTIVE: To compare zolpam with saline for sleep. METHODS: Adults were randomised to zolpam or saline. RESULTS: "
	tests := []struct {
		text string
		want []string
	}{
		{"Falls were more common with zolpam (32%, 7 of 22) than with saline (13%, 3 of 23).", []string{"[zolpam] 32", "[zolpam] 7", "[saline] 13", "[saline] 3"}},
		{"Overall, 14/40 adults (35%) died, with no difference between the zolpam (6/20; 30%) and saline (8/20; 40%) groups.", []string{"[] 35", "[zolpam] 6", "[zolpam] 30", "[saline] 8", "[saline] 40"}},
		{"Falls were less common with zolpam compared to saline (7.5% zolpam vs 13.3% saline).", []string{"[zolpam] 7.5", "[saline] 13.3"}},
		{"Falls were less common with zolpam than with saline (saline vs zolpam: 13.3% vs 7.5%).", []string{"[saline] 13.3", "[zolpam] 7.5"}},
		{"Falls were less common with zolpam (7.5% vs 13.3%).", []string{"[zolpam] 7.5", "[saline] 13.3"}},
		{"Zolpam led to fewer falls (7.5% vs. 13.3%).", []string{"[zolpam] 7.5", "[saline] 13.3"}},
		{"Falls (31% v 19%) and headache (12% v 9%) were more common with zolpam.", []string{"[zolpam] 31", "[saline] 19", "[zolpam] 12", "[saline] 9"}},
		{"Falls decreased significantly in the zolpam group (31% vs 19%, P = .02).", []string{"[] 31", "[] 19"}},
		{"Falls occurred in 12 (5%) of 238 adults given zolpam and 23 (10%) of 240 adults given saline.", []string{"[zolpam] 5", "[saline] 10"}},
		{"After a median of 26 months of zolpam or saline, a fall occurred in 12.9% of the adults in the zolpam group and in 12.8% of those in the saline group.", []string{"[zolpam] 12.9", "[saline] 12.8"}},
		{"The stay shortened less with zolpam (-0.11 ± 0.06 days, -8 ± 3.9%) than with saline (-0.21 ± 0.10 days, -13.9 ± 6.4%).", []string{"[zolpam] -0.11", "[zolpam] -8", "[saline] -0.21", "[saline] -13.9"}},
		{"The share with falls was 27% with zolpam, 29% with naproxen 550 mg, and 50% with saline.", []string{"[zolpam] 27", "[] 29", "[saline] 50"}},
		{"A placebo-controlled trial. After PA-intervention, weight was 1.0 ± 1.8 kg.", []string{"[] 1.0"}},
		{"The median stay was 13 days in the zolpam group and 7 days in the normal saline-type group (P < .001).", []string{"[zolpam] 13", "[saline] 7"}},
		{"Sleep was longer with zolpam (412 vs.377 minutes, P = .01), and the first nap was later (55 ± 12 vs.41 ± 9 minutes, P = .02).", []string{"[zolpam] 412", "[saline] 377", "[zolpam] 55", "[saline] 41"}},
		{"In all, 14% of adults given zolpam had a fall and 31% felt drowsy, compared with 22% and 9% of those given saline, respectively.", []string{"[zolpam] 14", "[zolpam] 31", "[saline] 22", "[saline] 9"}},
		{"Of the zolpam group, 66.7% (95% CI, 52.9 to 78.6) of adults slept well, compared to 53.6% (95% CI, 39.7 to 67.0) of adults in the Oxa group.", []string{"[zolpam] 66.7", "[] 53.6"}},
		{"Compared to saline, a night on zolpam raised the share with falls (13% versus 8%; P < .001).", []string{"[zolpam] 13", "[saline] 8"}},
		{"Sleep lasted longer after zolpam (before vs after, 5.1 ± 1.5 vs 6.9 ± 1.6 hours).", []string{"[] 5.1", "[] 6.9"}},
		{"The mean change was -29.1% (P = .02) and -8.2% (P = .4) in the treatment and control arms, respectively.", []string{"[zolpam] -29.1", "[saline] -8.2"}},
	}
	for _, test := range tests {
		r, tell := study(t, v, head+test.text)
		f := finder{r: r, t: tell}
		var got []string
		for _, x := range f.findings() {
			if len(x.Estimates) > 0 && x.Kind != evidence.BetweenArms {
				e := x.Estimates[0]
				n := e.Percent
				if e.Median.Present() {
					n = e.Median
				}
				if !n.Present() {
					n = e.Value
				}
				if !n.Present() {
					n = e.Events
				}
				if !n.Present() {
					n = e.Mean
				}
				got = append(got, fmt.Sprint(x.Arm, " ", n))
			}
		}
		if diff := gocmp.Diff(test.want, slices.Clip(got)); diff != "" {
			t.Errorf("%q: values (-want +got):\n%s", test.text, diff)
		}
	}
}
