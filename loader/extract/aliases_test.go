package extract

import (
	"slices"
	"testing"

	"github.com/picograph/picograph/loader/document"
)

// TestNamesInTheText holds which acronyms of a text name its own study, and which name others, instruments or bodies.
func TestNamesInTheText(t *testing.T) {
	v := loadVocabulary(t)
	for _, test := range []struct{ text, name, alias string }{
		{"OBJECTIVE: To see whether an intervention, Walking Regularly in Primary Care (WALKPRIC), lowers pain. METHODS: A total of 90 adults were randomized to walking or usual care.", "", "WALKPRIC"},
		{"METHODS: The RECOUNT (Remission of Constant Unease: Notes on Time; NCT01234567) study randomized 90 adults to walking or usual care.", "RECOUNT", ""},
		{"METHODS: In the Walking And Lasting Talks (WALTAL; identifier: NCT01234567) randomized clinical trial, 90 adults were assigned to walking or usual care.", "WALTAL", ""},
		{"BACKGROUND: In the RESTFUL (Rest For Unhappy Legs; 2011) trial yoga helped. METHODS: We randomized 90 adults to walking or usual care.", "", ""},
		{"METHODS: We randomized 90 adults to walking or usual care. Pain was taken by a model, Pain In Daily Life (PIDL), and by a program, Legs And Talks (LEGTA).", "", ""},
		{"METHODS: We randomized 90 adults to walking or usual care, as clinics of the Veterans Health Administration (VHA; a body) trial network do.", "", ""},
		{"METHODS: We randomized 90 adults to walking or usual care. RESULTS: Pain fell. (Funded by a fund; WALK-2 ClinicalTrials.gov number, NCT01234567.)", "WALK-2", ""},
		{"BACKGROUND: The Walking After Lunch with Kin study, or WALK-2 study, found that walking eased pain. METHODS: It randomized 90 adults to walking or usual care.", "WALK-2", ""},
		{"METHODS: We reviewed charts of 90 adults. An intervention, Walking Regularly in Primary Care (WALKPRIC), was one.", "", ""},
	} {
		_, tell := study(t, v, "Walking for pain\n\n"+test.text+"\n")
		var want []string
		if test.alias != "" {
			want = []string{test.alias}
		}
		if tell.study.Name != test.name || !slices.Equal(tell.study.Aliases, want) {
			t.Errorf("%q: name %q, aliases %q", test.text, tell.study.Name, tell.study.Aliases)
		}
		for _, s := range tell.study.Stated {
			if s.Field == "aliases" && (len(s.Passages) != 1 || s.Passages[0].Section == "") {
				t.Errorf("%q: passages %v", test.text, s.Passages)
			}
		}
	}
	r := read(document.Parse("page", "Roe A, Doe B. Walking for pain. J Pain. 2019;1:2-3.\n\nMETHODS: Adults were randomized to walking or usual care in the STRIDE trial.\n", v.Heading), v)
	for _, x := range r.tellings() {
		r.tell(x)
		if x.study.Name != "Roe 2019" || !slices.Equal(x.study.Aliases, []string{"STRIDE"}) {
			t.Errorf("name %q, aliases %q", x.study.Name, x.study.Aliases)
		}
	}
}
