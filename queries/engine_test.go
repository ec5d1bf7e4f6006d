package queries

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/picograph/picograph/queries/syntax"
)

// The same question in other words is the same query.
func TestParaphrases(t *testing.T) {
	e := goldEngine(t)
	for _, group := range [][]string{
		{
			"which interventions reduced opioid dose in high-MME patients",
			"what lowered opioid dosage among high-dose opioid users?",
			"which treatments brought the dose down in people on 90+ MME",
			"What interventions decreased daily opioid dosage in patients on ≥90 MME/day?",
			"which interventions cut the opioid dose in people on at least 90 morphine milligram equivalents",
		},
		{"NCT number of VOICE", "what is the registration number of the VOICE trial?", "where is VOICE registered"},
		{"how do IPT and PCM compare for pain?", "IPT vs PCM pain", "IPT versus PCM: pain"},
		{"how many RCTs are in the graph?", "count the randomized trials", "number of randomised controlled trials"},
	} {
		want := ""
		for _, q := range group {
			a, err := e.Ask(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			if want == "" {
				want = a.Query
			}
			if a.Query != want || want == "" {
				t.Errorf("%s\n got %s\nwant %s", q, a.Query, want)
			}
		}
	}
}

// A population counts when it is the same or narrower; a wider one is near. The threshold is a setting.
func TestThresholds(t *testing.T) {
	for threshold, want := range map[string][]string{
		"90 MME/day":    {"MI + CBT", "SDM"},
		"50 MME/day":    {"MI + CBT", "SDM"},
		"20 MME/day":    {"IPT", "PCM", "MI + CBT", "SDM"},
		">= 120 MME":    nil,
		"20 mg MED/day": {"IPT", "PCM", "MI + CBT", "SDM"},
	} {
		e := goldEngine(t)
		if err := e.Settings.Set("high-dose", threshold); err != nil {
			t.Fatal(err)
		}
		a, err := e.Ask(context.Background(), "which interventions reduced opioid dose in high-dose patients")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range a.Sections {
			for _, r := range s.Rows {
				if s.Kind == "within" {
					got = append(got, r.Cells[0])
				}
				if s.Kind == "better" {
					t.Errorf("%s: %v is called better", threshold, r.Cells)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", threshold, got, want)
		}
		if len(a.Near) == 0 {
			t.Errorf("%s: no near misses", threshold)
		}
	}
	var s Settings
	for _, bad := range [][2]string{{"high-dose", "lots"}, {"high-dose", "50 to 90"}, {"speed", "9"}} {
		if err := s.Set(bad[0], bad[1]); err == nil {
			t.Errorf("set %s to %q: no error", bad[0], bad[1])
		}
	}
}

func TestStates(t *testing.T) {
	e := goldEngine(t)
	for q, want := range map[string]Status{
		"does IPT reduce opioid dose?":               Answered,
		"how does IPT compare with usual care?":      NearOnly,
		"do the trials report deaths from overdose?": Empty,
		"who sponsored VOICE?":                       Empty,
		"does zorbamine reduce opioid dose?":         UnknownTerm,
		"findings where intervention is zorbamine":   UnknownTerm,
		"registration of study NOSUCH":               UnknownTerm,
		"wibble wobble flub":                         NotUnderstood,
		"":                                           NotUnderstood,
		"?":                                          NotUnderstood,
		"studies where year > 2090":                  Empty,
		"findings where kind is within and study is VOICE": Answered,
		"interventions where component is mindfulness":     Empty,
	} {
		a, err := e.Ask(context.Background(), q)
		if err != nil {
			t.Errorf("%q: %v", q, err)
			continue
		}
		if a.Status != want {
			t.Errorf("%q: %s (%s), want %s", q, a.Status, a.Text, want)
		}
		if (want == UnknownTerm || want == NotUnderstood) && a.Fault == nil {
			t.Errorf("%q: no words at fault", q)
		}
	}
}

// Every row leads to its sentence, and the sentence is what stands in the document.
func TestWhy(t *testing.T) {
	e := goldEngine(t)
	ctx := context.Background()
	a, err := e.Ask(ctx, "how far did opioid dose fall with SDM in people on at least 90 MME/day")
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= a.RowCount()+len(a.Near); n++ {
		trace, err := e.Why(ctx, a, n)
		if err != nil {
			t.Fatal(err)
		}
		if len(trace.Places) == 0 {
			t.Errorf("row %d: no place", n)
		}
		for _, p := range trace.Places {
			if len(p.Passage.Text) != p.Passage.End-p.Passage.Start {
				t.Errorf("row %d: passage and offsets differ", n)
			}
			for _, m := range p.Marks {
				if m.Start < 0 || m.End > len(p.Passage.Text) || m.Start >= m.End {
					t.Errorf("row %d: mark %v outside of the passage", n, m)
				}
			}
		}
	}
	trace, err := e.Why(ctx, a, 2)
	if err != nil || len(trace.Places) == 0 {
		t.Fatal(err)
	}
	var marked []string
	for _, m := range trace.Places[0].Marks {
		marked = append(marked, trace.Places[0].Passage.Text[m.Start:m.End])
	}
	if !strings.Contains(strings.Join(marked, " "), "-25") {
		t.Errorf("marked %q, want -25 among them", marked)
	}
	if trace.Places[0].Before == "" {
		t.Error("no text before the passage")
	}
	if _, err := e.Why(ctx, a, 99); !errors.Is(err, ErrNoRow) {
		t.Errorf("row 99: %v", err)
	}
}

// An answer's JSON has the keys that programs rely on, and its findings their own first.
func TestJSON(t *testing.T) {
	e := goldEngine(t)
	a, err := e.Ask(context.Background(), "does IPT reduce opioid dose?")
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, k := range []string{`"question"`, `"status"`, `"reading"`, `"query"`, `"answer"`, `"sections"`, `"title"`, `"columns"`, `"rows"`, `"cells"`, `"findings":[{"id"`, `"study"`, `"document"`, `"kind"`, `"near"`, `"cautions"`, `"sources"`, `"graph"`} {
		i := strings.Index(string(b[at+1:]), k)
		if i < 0 {
			t.Fatalf("no %s after byte %d of %s", k, at, b)
		}
		at += i
	}
	again, err := e.Ask(context.Background(), "does IPT reduce opioid dose?")
	if err != nil {
		t.Fatal(err)
	}
	c, _ := json.Marshal(again)
	if string(b) != string(c) {
		t.Error("the same question gave other bytes")
	}
}

func TestCanceled(t *testing.T) {
	e := goldEngine(t)
	if _, err := e.Ask(context.Background(), "show VOICE"); err != nil { // the names are read
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Ask(ctx, "which interventions reduced opioid dose?"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// No question panics; what is understood prints a query that parses; every word is accounted for.
func FuzzAsk(f *testing.F) {
	for _, q := range []string{
		"which interventions reduced dose in high-MME patients", "IPT vs PCM", "how many trials > 200 participants after 2020?",
		"does MI+CBT work in ≥65 years", "NCT03026790", "Fortney et al 2025 doi", "“quoted” naïve 阿片类 90 MME/day or more +",
		"what is the effect of “A (B)” versus C on \\D\" in E", "(a[intervention] OR b[pt]) AND NOT c[dp]", "and without VOICE or in women?", "only > 50 MME",
		"findings where outcome is pain and p <= .05 | limit 2", "p < 0.05 n >= 3 at 12 months",
	} {
		f.Add(q)
	}
	e := goldEngine(f)
	lex, err := e.names(context.Background(), "")
	if err != nil {
		f.Fatal(err)
	}
	before := Answer{Query: `findings where intervention is IPT and outcome is pain and population has dose >= 90 MME/day`}
	f.Fuzz(func(t *testing.T, q string) {
		if len(q) > 300 {
			return
		}
		for _, read := range []func() (*syntax.Query, bool){
			func() (*syntax.Query, bool) { return lex.inForm(q) },
			func() (*syntax.Query, bool) { n, _ := lex.follow(&before, q, &e.Settings); return n, n != nil },
		} {
			if read, ok := read(); ok {
				if _, err := syntax.Parse(read.String()); err != nil {
					t.Fatalf("%q read as %s: %v", q, read, err)
				}
			}
		}
		u := lex.understand(q, &e.Settings)
		if u.query == nil {
			if u.fault == nil || u.fault.Start < 0 || u.fault.End > len(q)+40 || u.fault.Start > u.fault.End {
				t.Fatalf("%q: fault %+v", q, u.fault)
			}
			return
		}
		s := u.query.String()
		if _, err := syntax.Parse(s); err != nil {
			t.Fatalf("%q read as %s: %v", q, s, err)
		}
		if _, err := e.Ask(context.Background(), q); err != nil {
			t.Fatalf("%q: %v", q, err)
		}
	})
}

// TestMoreThanALimit asks for fewer rows than a sentence counts: it does not say that the others stand below.
func TestMoreThanALimit(t *testing.T) {
	e := goldEngine(t)
	for query, below := range map[string]bool{"findings": true, "findings | limit 1": false} {
		a, err := e.Ask(t.Context(), query)
		if err != nil || !strings.Contains(a.Text, " more") || strings.Contains(a.Text, "more below") != below {
			t.Errorf("%s: %v\n%s", query, err, a.Text)
		}
	}
}
