package quantity

import (
	"encoding/json"
	"testing"
)

func TestParseDecimal(t *testing.T) {
	for in, want := range map[string]Decimal{
		"0.10": "0.10", ".61": "0.61", "-33": "-33", "6.0": "6.0", "1,234": "1234", "+5": "5", "007": "7", "0": "0",
		"\u22126": "-6", "\u2013 6": "-6", "0\u00b774": "0.74", "-.5": "-0.5", "12,345,678.90": "12345678.90",
		"": "", "-": "", "1,23": "", ",123": "", "1.": "", "1.2.3": "", "12a": "", "1e5": "", "1,2345": "",
	} {
		got, err := ParseDecimal(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("ParseDecimal(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestDecimal(t *testing.T) {
	if Compare("0.1", "0.10") != 0 || Compare("-2", "1") >= 0 || Compare("10", "9") <= 0 || Compare("", "0") >= 0 {
		t.Error("Compare does not order by value, the missing number first")
	}
	if Decimal("").Present() || !Decimal("0").Present() {
		t.Error("a missing number must not be zero")
	}
	if got := Round(-0.04, 1); got != "0.0" {
		t.Errorf("Round(-0.04, 1) = %q", got)
	}
	if got := Decimal("-0.44").Negate(); got != "0.44" {
		t.Errorf("Negate = %q", got)
	}
	if n, ok := Decimal("58.0").Int(); n != 58 || !ok {
		t.Errorf("Int = %d, %v", n, ok)
	}
	type holder struct {
		N Decimal `json:"n,omitempty"`
	}
	b, err := json.Marshal([]holder{{"6.0"}, {}, {"0"}})
	if want := `[{"n":6.0},{},{"n":0}]`; err != nil || string(b) != want {
		t.Errorf("Marshal = %s, %v; want %s", b, err, want)
	}
	var back []holder
	if err := json.Unmarshal(b, &back); err != nil || back[0].N != "6.0" || back[1].N != "" || back[2].N != "0" {
		t.Errorf("Unmarshal = %v, %v", back, err)
	}
}

// TestRelate holds the rule by which populations match: at least 90 lies within at least 50, which lies within at least
// 20; below 90 and at least 50 share some people.
func TestRelate(t *testing.T) {
	r := func(rel Relation, value, high Decimal, unit string) Range {
		got, ok := NewRange(rel, value, high, unit)
		if !ok {
			t.Fatalf("NewRange(%s, %s) is no range", rel, value)
		}
		return got
	}
	const mme = "MME/day"
	for _, c := range []struct {
		a, b Range
		want Overlap
	}{
		{r(AtLeast, "90", "", mme), r(AtLeast, "90.0", "", mme), Same},
		{r(AtLeast, "90", "", mme), r(AtLeast, "50", "", mme), Narrower},
		{r(AtLeast, "20", "", mme), r(AtLeast, "50", "", mme), Wider},
		{r(Below, "90", "", mme), r(AtLeast, "50", "", mme), Overlapping},
		{r(Below, "90", "", mme), r(AtLeast, "90", "", mme), Disjoint},
		{r(AtMost, "90", "", mme), r(AtLeast, "90", "", mme), Overlapping},
		{r(Above, "90", "", mme), r(AtLeast, "90", "", mme), Narrower},
		{r(Equal, "60", "", mme), r(Between, "50", "90", mme), Narrower},
		{r(AtLeast, "90", "", mme), r(AtLeast, "90", "", "mg/d"), Unlike},
	} {
		if got := Relate(c.a, c.b); got != c.want {
			t.Errorf("Relate(%+v, %+v) = %s, want %s", c.a, c.b, got, c.want)
		}
	}
	if _, ok := NewRange(Has, "90", "", mme); ok {
		t.Error("a relation in words gives a range")
	}
	if _, ok := NewRange(Between, "50", "", mme); ok {
		t.Error("between one number gives a range")
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{".61", "1,234.5", "\u22126", "0\u00b774", "--1", "١"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDecimal(s)
		if err != nil {
			if d != "" {
				t.Fatalf("ParseDecimal(%q) = %q with an error", s, d)
			}
			return
		}
		if !json.Valid([]byte(d)) {
			t.Fatalf("ParseDecimal(%q) = %q is no JSON number", s, d)
		}
		if again, err := ParseDecimal(string(d)); err != nil || again != d {
			t.Fatalf("ParseDecimal(%q) = %q, %v", d, again, err)
		}
	})
}
