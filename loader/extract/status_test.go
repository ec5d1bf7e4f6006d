package extract

import (
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

func TestStatus(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ title, body, want string }{
		{"RETRACTED: Walking for pain: a randomized trial", "", "retracted"},
		{"Retracted article: Walking for pain", "", "retracted"},
		{"[Retracted] Walking for pain", "", "retracted"},
		{"WITHDRAWN: Walking for pain", "", "retracted"},
		{"Walking for pain: a randomized trial\n\nThis article has been retracted.", "We randomized 80 adults.", "retracted"},
		{"Retraction: Walking for pain", "", "retraction"},
		{"Retraction notice to \"Walking for pain\"", "", "retraction"},
		{"Correction to: Walking for pain", "", "correction"},
		{"Erratum: Walking for pain", "", "correction"},
		{"Retracted trials in reviews of pain: a cohort study", "", ""},
		{"Retraction of the scapula in rowers: a cohort study", "", ""},
		{"Retraction exercises after rotator cuff repair", "", ""},
		{"Withdrawal of opioids in chronic pain: a randomized trial", "", ""},
		{"Walking for pain: a randomized trial", "We left out trials that were later retracted.", ""},
	} {
		text := tt.title + "\n\nABSTRACT\nBackground: Pain is common. " + tt.body + "\n"
		d := document.Parse("a.txt", text, v.Heading)
		if got := Extract(d, v).Report.Status; got != tt.want {
			t.Errorf("%q, %q: status %q, want %q", tt.title, tt.body, got, tt.want)
		}
	}
}

// TestIndexed takes from index terms what the text does not say, and says so; what the text says stands.
func TestIndexed(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	terms := []evidence.Keyword{
		{Text: "Randomized Controlled Trial", Source: "publication type"},
		{Text: "Low Back Pain", Source: "MeSH", Major: true},
		{Text: "Migraine Disorders", Source: "MeSH"},
		{Text: "Fibromyalgia", Source: "author keyword", Major: true},
	}
	for _, tt := range []struct{ name, text, conditions, allocation, terms string }{
		{
			"silent", "Walking or stretching at work\n\nMETHODS: We studied 120 adults who sat most of the day. RESULTS: Pain fell by 2 points with walking (n = 60) and by 1 point with stretching (n = 60).",
			"low_back_pain", "randomized", "design: Randomized Controlled Trial (publication type); populations.conditions: Low Back Pain (MeSH)",
		},
		{
			"told", "Walking or stretching for knee osteoarthritis: a non-randomized trial\n\nMETHODS: In this non-randomized trial 120 adults with knee osteoarthritis were allocated to walking (n = 60) or stretching (n = 60). RESULTS: Pain fell by 2 points with walking.",
			"knee_osteoarthritis", "non-randomized", "",
		},
	} {
		d := document.Parse("a", tt.text, v.Heading)
		d.Known.Report.Title, d.Known.Report.PMID, d.Known.Keywords = "Walking or stretching", "7", terms
		got := Extract(d, v)
		if len(got.Studies) != 1 || len(got.Studies[0].Populations) == 0 {
			t.Fatalf("%s: %+v", tt.name, got.Studies)
		}
		s := got.Studies[0]
		var stated []string
		for _, f := range s.Stated {
			if len(f.Terms) > 0 {
				stated = append(stated, f.Field+": "+strings.Join(f.Terms, ", "))
			}
		}
		if c := strings.Join(s.Populations[0].Conditions, " "); c != tt.conditions || s.Design.Allocation != tt.allocation || strings.Join(stated, "; ") != tt.terms {
			t.Errorf("%s: conditions %q, allocation %q, terms %q", tt.name, c, s.Design.Allocation, stated)
		}
	}
}
