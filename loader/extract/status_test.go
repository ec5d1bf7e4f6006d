package extract

import (
	"testing"

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
