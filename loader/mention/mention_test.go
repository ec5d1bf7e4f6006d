package mention

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/loader/document"
)

// lessons are sentences about outcomes between brackets and interventions between braces.
var lessons = []string{
	"{Metformin} reduced [fasting glucose] compared with {placebo}.",
	"[Pain at rest] was lower with {ibuprofen} than with {placebo}.",
	"There was no difference between groups in [quality of life].",
	"{Counselling} increased [days of abstinence] more than {usual care}.",
	"There was no difference between groups in [time to discharge].",
	"[Wound infection] was lower with {cefazolin} than with {saline}.",
}

// marked takes the signs of mentions out of a sentence.
func marked(s string) Example {
	var b strings.Builder
	var e Example
	start := 0
	for _, r := range s {
		switch r {
		case '[', '{':
			start = b.Len()
		case ']':
			e.Known = append(e.Known, Mention{Span: document.Span{Start: start, End: b.Len()}, Kind: Outcome})
		case '}':
			e.Known = append(e.Known, Mention{Span: document.Span{Start: start, End: b.Len()}, Kind: Intervention})
		default:
			b.WriteRune(r)
		}
	}
	e.Text, e.Role = b.String(), document.Results
	e.Span.End = len(e.Text)
	e.Whole = []Kind{Outcome, Intervention, Participants}
	return e
}

func learned(t *testing.T) []byte {
	t.Helper()
	l := Learner{Rounds: 10, Seed: 1, Margin: 20, Miss: 2}
	for _, s := range lessons {
		l.Add(marked(s))
	}
	return l.Learn()
}

func TestLearnerLearnsWhatItIsShown(t *testing.T) {
	tagger, err := Load(learned(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(lessons, "There was no difference between groups in [length of labour].") {
		e := marked(s)
		var got []string
		for _, m := range tagger.Append(nil, e.Text, e.Span, e.Role) {
			got = append(got, fmt.Sprintf("%s %s", m.Kind, e.Text[m.Start:m.End]))
		}
		var want []string
		for _, k := range []Kind{Outcome, Intervention} {
			for _, m := range e.Known {
				if m.Kind == k {
					want = append(want, fmt.Sprintf("%s %s", m.Kind, e.Text[m.Start:m.End]))
				}
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", s, d)
		}
	}
}

func TestLearningIsRepeatable(t *testing.T) {
	if !bytes.Equal(learned(t), learned(t)) {
		t.Error("two runs over the same examples give different weights")
	}
}

func TestPartlyMarkedSentenceLeavesTheRestOpen(t *testing.T) {
	e := marked("Sleep improved, and [daytime fatigue] fell.")
	e.Whole = nil
	tokens := tokens(nil, e.Text, e.Span)
	got := allow(tokens, e, 0)
	all, begins, on := uint8(7), uint8(1<<outcomeBegins), uint8(1<<outcomeGoesOn)
	want := []uint8{all, all, all, all, begins, on, all &^ on, all}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if allow(tokens, e, 1) != nil {
		t.Error("interventions are taken for known")
	}
}

func TestLoadRefusesWhatIsNoWeights(t *testing.T) {
	good := learned(t)
	for _, b := range [][]byte{nil, []byte("picograph mention 2\n"), good[:len(good)-1], append(good[:len(good):len(good)], 0), append(good[:len(good)-1:len(good)-1], 255)} {
		if _, err := Load(b); err == nil {
			t.Errorf("%d bytes are read as weights", len(b))
		}
	}
}

func TestNewFindsMentions(t *testing.T) {
	tagger := New()
	for _, c := range []struct {
		text string
		kind Kind
		want []string
	}{
		{"There were no significant differences between the groups in length of stay, wound infection or mortality.", Outcome, []string{"length of stay", "wound infection", "mortality"}},
		{"Time to first flatus was significantly shorter in the chewing gum group than in the control group (P = 0.02).", Outcome, []string{"Time to first flatus"}},
		{"Patients were randomised to amlodipine or placebo.", Intervention, []string{"amlodipine", "placebo"}},
		{"No effect was seen.", Outcome, nil},
	} {
		var got []string
		for _, m := range tagger.Append(nil, c.text, document.Span{End: len(c.text)}, document.Results) {
			if m.Kind == c.kind {
				got = append(got, c.text[m.Start:m.End])
			}
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.text, d)
		}
	}
}

func FuzzAppend(f *testing.F) {
	for _, s := range lessons {
		f.Add(s)
	}
	f.Add("β-carotene (10 mg)) é\xff. ((")
	tagger := New()
	f.Fuzz(func(t *testing.T, s string) {
		end := document.Span{}
		for _, m := range tagger.Append(nil, s, document.Span{End: len(s)}, document.Results) {
			if m.Start < 0 || m.End > len(s) || m.Start >= m.End {
				t.Errorf("%+v in %d bytes", m, len(s))
			}
			if m.Kind == Outcome && m.Start < end.End {
				t.Errorf("%+v after %+v", m, end)
			}
			if m.Kind == Outcome {
				end = m.Span
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	tagger := New()
	var all []Mention
	for b.Loop() { // about an abstract
		all = all[:0]
		for range 2 {
			for _, s := range lessons {
				e := s
				all = tagger.Append(all, e, document.Span{End: len(e)}, document.Results)
			}
		}
	}
}
