package script

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/picograph/picograph/queries"
)

const sample = `-- Which walking programmes eased back pain.
-- Two statements, one of them over several lines.

param least quantity = "30 min/day" "the shortest daily walk that counts"
param way   up|down  = down

which programmes changed back pain by $least
  or more ;  -- a trailing comment
expect rows >= 2
expect cell contains "go ${least}"

findings where text is "a; b" ; count studies; expect no study Heron

last question, no end mark
`

func TestParse(t *testing.T) {
	got, err := Parse("walk.pq", sample)
	if err != nil {
		t.Fatal(err)
	}
	want := &Script{
		Name:  "walk.pq",
		About: "Which walking programmes eased back pain.\nTwo statements, one of them over several lines.",
		Params: []Param{
			{Name: "least", Type: "quantity", Default: "30 min/day", About: "the shortest daily walk that counts", Line: 4},
			{Name: "way", Type: "up|down", Default: "down", Line: 5},
		},
		Statements: []Statement{
			{Text: "which programmes changed back pain by $least or more", Line: 7, Expects: []Expect{
				{Text: "rows >= 2", Line: 9}, {Text: `cell contains "go ${least}"`, Line: 10},
			}},
			{Text: `findings where text is "a; b"`, Line: 12},
			{Text: "count studies", Line: 12, Expects: []Expect{{Text: "no study Heron", Line: 12}}},
			{Text: "last question, no end mark", Line: 14},
		},
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Expect{})); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if got.Title() != "Which walking programmes eased back pain." {
		t.Errorf("title %q", got.Title())
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, err, hint string }{
		{"", "s.pq: there is no question in it", "semicolon"},
		{"-- only\n-- comments\n", "s.pq: there is no question in it", ""},
		{"param x\nq;", "s.pq:1: a parameter needs a name, a type and a default", "param NAME TYPE"},
		{"param x colour = red\nq;", `s.pq:1: "colour" is not a type of parameter`, "quantity"},
		{"param 9x number = 1\nq;", `s.pq:1: "9x" cannot be the name`, "letters"},
		{"param x number = one\nq;", `s.pq:1: the default of x: "one" is not a number`, "for example"},
		{"\nparam x number = 1\nparam x text = a\nq;", "s.pq:3: parameter x was declared on line 2", ""},
		{"param x text = a b c\nq;", "s.pq:1: a parameter has one default", "quotes"},
		{"param x text = \"a\nq;", "s.pq:1: a quote is not closed", ""},
		{"expect rows >= 1\nq;", "s.pq:1: there is no question yet", "below"},
		{"q;\nexpect rows", `s.pq:2: expect rows needs`, "rows >= N"},
		{"q;\nexpect rows ~ 1", `s.pq:2: "~" is not a comparison`, ""},
		{"q;\nexpect rows > many", `s.pq:2: "many" is not a number of rows`, ""},
		{"q;\nexpect status fine", `s.pq:2: "fine" is not a status`, ""},
		{"q;\nexpect the best", `s.pq:2: cannot expect "the best"`, "study NAME"},
		{"q;\nexpect cell contains a b", "s.pq:2: expect cell contains needs one text", ""},
	} {
		_, err := Parse("s.pq", c.text)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if !strings.Contains(e.Error(), c.err) || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%q: %s (hint %s)", c.text, e, e.Hint)
		}
	}
}

func TestBind(t *testing.T) {
	s := &Script{Name: "s", Params: []Param{
		{Name: "dose", Type: "quantity", Default: "90 MME/day"},
		{Name: "top", Type: "number", Default: "5"},
		{Name: "way", Type: "up|down", Default: "up"},
	}}
	for _, c := range []struct {
		args string
		want Values
		err  string
		hint string
	}{
		{"", Values{"dose": "90 MME/day", "top": "5", "way": "up"}, "", ""},
		{"dose=50", Values{"dose": "50 MME/day", "top": "5", "way": "up"}, "", ""},
		{"DOSE=50.0  mg/d,way=DOWN", Values{"dose": "50.0 mg/d", "top": "5", "way": "down"}, "", ""},
		{"dose=high", nil, `s: parameter dose: "high" is not a quantity`, `dose="90 MME/day"`},
		{"top=", nil, `s: parameter top: "" is not a number`, "top=5"},
		{"way=left", nil, `s: parameter way: "left" is not one of its words`, "up, down"},
		{"doze=50", nil, `s: there is no parameter "doze"`, `dose="90 MME/day", top=5, way=up`},
		{"50", nil, `s: "50" sets no parameter`, "NAME=VALUE"},
	} {
		var args []string
		if c.args != "" {
			args = strings.Split(c.args, ",")
		}
		got, err := s.Bind(args)
		if c.err == "" {
			if d := cmp.Diff(c.want, got); d != "" || err != nil {
				t.Errorf("%q: %v %s", c.args, err, d)
			}
			continue
		}
		var e *Error
		if !errors.As(err, &e) || e.Error() != c.err || !strings.Contains(e.Hint, c.hint) {
			t.Errorf("%q: %#v", c.args, err)
		}
	}
}

func TestExpand(t *testing.T) {
	v := Values{"dose": "90 MME", "a-b": "x"}
	for _, c := range []struct{ in, want, err string }{
		{"over $dose.", "over 90 MME.", ""},
		{"${dose}s", "90 MMEs", ""},
		{"$a-b", "x", ""},
		{"$dose-", "90 MME-", ""},
		{"costs $5, or $", "costs $5, or $", ""},
		{"$dosage", "", "$dosage is not a parameter"},
		{"${dose", "", "not closed"},
	} {
		got, err := v.Expand(c.in)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%q: %v", c.in, err)
			}
		} else if got != c.want || err != nil {
			t.Errorf("%q: %q %v", c.in, got, err)
		}
	}
}

func answer() *queries.Answer {
	return &queries.Answer{
		Status: queries.NearOnly, Text: "Nothing matches exactly.",
		Sections: []queries.Section{
			{Title: "Changed from baseline", Columns: []string{"study", "result"}, Rows: []queries.Row{
				{Cells: []string{"Heron", "\u221212 min"}}, {Cells: []string{"Wader 2020", "4"}, Findings: []queries.Finding{{Study: "Wader"}}},
			}},
			{Title: "Better than the comparator"},
		},
		Near:     []queries.Near{{What: "Stork", Why: "children only"}},
		Cautions: []string{"one study"},
	}
}

func TestExpectations(t *testing.T) {
	for _, c := range []struct{ expect, got string }{
		{"rows >= 2", ""},
		{"rows = 2", ""},
		{"rows > 2", "there are 2 rows\n    Heron"},
		{"rows <= 1", "there are 2 rows"},
		{"status near", ""},
		{"status unknown term", "the status is near"},
		{"study heron", ""},
		{"study Wader", ""},
		{"study Crane", "the studies are\n    Heron\n    Wader\n    Wader 2020"},
		{"no study Crane", ""},
		{"no study Heron", "Heron is listed"},
		{"section baseline", ""},
		{"section Better", "no section does; there is\n    Changed from baseline"},
		{"no section Better", ""},
		{`cell contains "-12  MIN"`, ""},
		{`cell contains "13"`, "no cell does; there is\n    Heron"},
		{"no cell contains 4", `there is "4"`},
		{"near contains children", ""},
		{"caution contains one", ""},
		{`answer contains "matches exactly"`, ""},
		{"answer contains everything", "no answer does; there is\n    Nothing matches exactly."},
	} {
		e, err := parseExpect(c.expect)
		if err != nil {
			t.Errorf("%s: %v", c.expect, err)
			continue
		}
		if got := e.Unmet(answer()); (got == "") != (c.got == "") || !strings.HasPrefix(got, c.got) {
			t.Errorf("%s: got %q, want %q", c.expect, got, c.got)
		}
	}
}

func TestRun(t *testing.T) {
	s, err := Parse("s.pq", "param n number = 3\nfirst $n;\nexpect rows >= 9\n\nsecond;\nexpect rows >= 1\n\nthird")
	if err != nil {
		t.Fatal(err)
	}
	values, err := s.Bind([]string{"n=4"})
	if err != nil {
		t.Fatal(err)
	}
	var asked, lacks []string
	ask := func(_ context.Context, text string) (*queries.Answer, error) {
		asked = append(asked, text)
		if text == "third" {
			return nil, errors.New("no ground")
		}
		return answer(), nil
	}
	err = s.Run(t.Context(), values, ask, func(r Result) error {
		for _, m := range r.Mismatches {
			lacks = append(lacks, m.String())
		}
		return nil
	})
	if err == nil || err.Error() != "s.pq:8: no ground" {
		t.Errorf("error %v", err)
	}
	if d := cmp.Diff([]string{"first 4", "second", "third"}, asked); d != "" {
		t.Error(d)
	}
	if len(lacks) != 1 || !strings.HasPrefix(lacks[0], "s.pq:3: expected rows >= 9\n  but there are 2 rows\n") {
		t.Errorf("mismatches %q", lacks)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Run(ctx, values, ask, func(Result) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("a script that is cancelled returns %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("q;\nexpect no cell contains \"a\\\"b\"")
	f.Add("param x a|b = a\n${x} $x $")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("f.pq", text)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Line > strings.Count(text, "\n")+1 {
				t.Errorf("%v", err)
			}
			return
		}
		lines := strings.Split(text, "\n")
		for _, st := range s.Statements {
			if st.Text == "" || st.Line < 1 || st.Line > len(lines) {
				t.Errorf("statement %q on line %d", st.Text, st.Line)
			}
			for _, e := range st.Expects {
				_ = e.Unmet(answer())
			}
		}
		values, err := s.Bind(nil)
		if err != nil {
			t.Errorf("the defaults do not bind: %v", err)
		}
		for _, st := range s.Statements {
			_, _ = values.Expand(st.Text)
		}
	})
}
