package syntax

import (
	"errors"
	"strings"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	for _, in := range []string{
		`compare "MI + CBT" with SDM`,
		`compare A with B on pain or "opioid dose" where study is VOICE`,
		`studies where design is randomized and (condition is OUD or not n >= 200)`,
		`studies where not (condition is OUD and n >= 200)`,
		`findings where outcome is a or "b c" or direction is improved`,
		`findings where outcome is exactly pain | order by n desc | limit 3`,
		`populations where population has age between 18 years and 65 years`,
		`dates, primary outcome of study where design is "systematic review"`,
		`compare "the \“early\” plan" with SDM`,
		`studies where year between 2010 and 2015 and n between 20 and 50`, `findings where time between 3 months and 6 months`,
		`check`, `check study "Okoye 2021"`, `show VOICE`, `show instrument "the \"X\" scale"`,
		`findings where kind is between and p < 0.05`,
	} {
		q, err := Parse(in)
		if err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if got := q.String(); got != in {
			t.Errorf("parsed %s\nprinted %s", in, got)
		}
	}
	for _, v := range Verbs() {
		q, err := Parse(v.Example)
		if err != nil || q.String() != v.Example {
			t.Errorf("example of %q: %v, printed %v", v.Name, err, q)
		}
	}
	for _, f := range Fields() {
		if _, err := Parse("findings where " + f.Example); err != nil {
			t.Errorf("example of %q: %v", f.Name, err)
		}
	}
	for _, s := range Steps() {
		if _, err := Parse(s.Example); err != nil {
			t.Errorf("example of %q: %v", s.Name, err)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		in, message string
		at          string // the text at fault; "" is the end
		unfinished  bool
	}{
		{``, "a query is missing", "", true},
		{`findings where`, "expected a field", "", true},
		{`findings where outcome is`, "expected a value", "", true},
		{`findings where outcome is "pain`, "a quote is not closed", `"pain`, true},
		{`findings where colour is red`, "expected a field, found colour", "colour", false},
		{`findings where outcome pain`, "expected is, has or a comparison", "pain", false},
		{`compare A B`, "expected with", "B", false},
		{`findings where (outcome is pain`, "a bracket is not closed", "", true},
		{`findings where population has dose >= lots`, "expected a number", "lots", false},
		{`findings | limit none`, "expected how many", "none", false},
		{`findings where outcome is pain dose is 3`, "unexpected dose", "dose", false},
		{`registration VOICE`, "expected of", "", true},
	} {
		_, err := Parse(c.in)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: got %v", c.in, err)
			continue
		}
		if !strings.HasPrefix(e.Message, c.message) || c.in[e.Span.Start:e.Span.End] != c.at || errors.Is(err, ErrUnfinished) != c.unfinished {
			t.Errorf("%q: %q at %q, unfinished %v; want %q at %q, %v", c.in, e.Message, c.in[e.Span.Start:e.Span.End], e.Unfinished, c.message, c.at, c.unfinished)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, v := range verbs {
		f.Add(v.Example)
	}
	f.Add(`findings where not (outcome is "a\"b" or p <= .05) and time is 12 months | order by n desc`)
	f.Fuzz(func(t *testing.T, in string) {
		q, err := Parse(in)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Span.Start < 0 || e.Span.End < e.Span.Start || e.Span.End > len(in) {
				t.Fatalf("%q: error %#v", in, err)
			}
			return
		}
		once := q.String()
		again, err := Parse(once)
		if err != nil {
			t.Fatalf("%q printed %q, which fails: %v", in, once, err)
		}
		if again.String() != once {
			t.Fatalf("%q printed %q, then %q", in, once, again.String())
		}
	})
}
