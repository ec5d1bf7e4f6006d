package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
)

// TestRegistryPages holds what a registry's page says in entries and lists, with values behind or below their labels.
func TestRegistryPages(t *testing.T) {
	v := loadVocabulary(t)
	for _, test := range []struct {
		name, text, design, n string
		criteria              []string
	}{
		{
			"values behind labels", "Walking for Adults With Back Pain\n\nStudy Type: Interventional\nAllocation: Randomized\nIntervention Model: Parallel Assignment\nMasking: Single (Outcomes Assessor)\nEnrollment: 51\n\n" +
				"Inclusion Criteria:\n- Age 18 to 80\n- Taking opioids at a dose of 50 mg MED or more daily for at least 90 days\n- Chronic pain\n- Free of depression\n\nExclusion Criteria:\n- Current cancer\n- Pregnancy\n",
			"trial randomized parallel Single (Outcomes Assessor)", "51",
			[]string{"low_back_pain has", "adults has", "age between18", "opioid_dose >=50", "chronic_pain has", "not current cancer has", "not pregnancy has"},
		},
		{
			"values below labels", "Walking Support: The STRIDEX Study\n\nStatus\n\nCompleted\n\nThe aim of this study is to compare walking with talking.\n\nEnrollment\n\n1,462 patients\n\nSex\n\nAll\n\nAges\n\n18 to 85 years old\n\nVolunteers\n\nNo Healthy Volunteers\n\n" +
				"Inclusion criteria\n\n  • Chronic non-cancer pain (≥ 6 months in duration)\n  • Receiving prescription opioids (≥ 10 MEDD) for ≥ 3 months\n\nExclusion criteria\n\n  • Unable to give informed consent\n\nTrial design\n\nAllocation\n\nRandomized\n\nInterventional model\n\nParallel Assignment\n\nMasking\n\nSingle Blind\n",
			"trial randomized parallel Single Blind", "1462",
			[]string{"cncp has", "age between18", "opioid_dose >=10", "not unable to give informed consent has"},
		},
		{
			"a copy of a record", "Walking or Talking - 1\n\nNCT ID: NCT00000815\n\nClinical Phase\n\nPhase 2\n\nTotal Enrollment\n\n119 participants\n\nStudy Classification\n\nINTERVENTIONAL\n\nStudy Start Date\n\n2004-12-31\n\nBrief Summary\n\nWalking is compared with talking.\n",
			"trial   ", "119",
			[]string{},
		},
		{
			"an enrollment on a line", "Walking or Talking\n\nClinicalTrials.gov Identifier: NCT00000815\n\nBrief Summary:\nWalking is compared with talking.\n\nLayout table\nStudy Type : Interventional  (Clinical Trial)\nActual Enrollment : 29 participants\nAllocation: Randomized\nStudy Start Date : January 2011\n",
			"trial randomized parallel ", "29",
			[]string{},
		},
		{
			"a masking paragraph of an article", "Walking for back pain\n\nMETHODS\n\nMasking\n\nSingle persons did not know who walked.\n\nRESULTS\n\nPain fell.\n",
			"", "", nil,
		},
	} {
		_, tell := study(t, v, test.text)
		d := tell.study.Design
		if test.criteria == nil {
			if d.Masking != "" || d.Allocation != "" {
				t.Errorf("%s: %+v", test.name, d)
			}
			continue
		}
		if got := fmt.Sprint(d.Kind, " ", d.Allocation, " ", d.Model, " ", d.Masking); got != test.design || string(tell.study.N) != test.n {
			t.Errorf("%s: %q, n %q", test.name, got, tell.study.N)
		}
		if strings.Contains(test.text, "Phase 2") && d.Phase != "2" {
			t.Errorf("%s: phase %q", test.name, d.Phase)
		}
		var got []string
		for _, p := range tell.study.Populations {
			for _, c := range p.Criteria {
				s := c.Variable + " " + string(c.Relation) + c.Value
				if c.Exclude {
					s = "not " + s
				}
				got = append(got, s)
			}
		}
		if !slices.Equal(got, test.criteria) {
			t.Errorf("%s: criteria %q", test.name, got)
		}
	}
}

// A registry's page names its study before its number, and lists the arms with their roles and the dates.
func TestRegistryPageLines(t *testing.T) {
	text := "ClinicalTrials.gov\nFind Studies\nCompleted\nWalking in Company Versus Reading Aloud for Adults With Sore Knees (WALK-ON)\nClinicalTrials.gov ID NCT09876543\n" +
		"Sponsor Free University of Walking\nStudy Overview\nBrief Summary\nThis study tests whether walking in company eases sore knees of adults.\nStudy Start (Actual)\n2018-01-15\n" +
		"Primary Completion (Actual)\n2021-09-30\nStudy Completion (Actual)\n2022-03-31\nEnrollment (Actual)\n230\nStudy Type\nInterventional\nAllocation: Randomized\n" +
		"Interventional Model: Parallel Assignment\nMasking: Single (Outcomes Assessor)\nArms and Interventions\nExperimental: Company\nTwelve walks of an hour with a guide\n" +
		"Active Comparator: Reading aloud\nTwelve hours of reading aloud to others\n"
	r, tell := study(t, loadVocabulary(t), text)
	s := tell.study
	if s.Name != "WALK-ON" || s.Recruited.From != "2018-01-15" || s.FollowUpEnded != "2022-03-31" || s.Sponsor != "Free University of Walking" || s.N != "230" {
		t.Errorf("name %q, recruited %v, ended %q, sponsor %q, n %q", s.Name, s.Recruited, s.FollowUpEnded, s.Sponsor, s.N)
	}
	if !strings.HasPrefix(r.out.Report.Title, "Walking in Company") {
		t.Errorf("title %q", r.out.Report.Title)
	}
	if len(s.Arms) != 2 || s.Arms[0].Label != "Company" || s.Arms[0].Role != evidence.Experimental || s.Arms[1].Label != "Reading aloud" || s.Arms[1].Role != evidence.ActiveComparator {
		t.Errorf("arms %+v", s.Arms)
	}
	for _, x := range s.Stated {
		for _, p := range x.Passages {
			if text[p.Start:p.End] != p.Text {
				t.Errorf("%s: %q stands at %d", x.Field, text[p.Start:p.End], p.Start)
			}
		}
	}
}
