package extract

import (
	"fmt"
	"strings"
	"testing"
)

// TestReadCell reads the ways in which journals print values in cells.
func TestReadCell(t *testing.T) {
	for text, want := range map[string]string{
		"12.3":                       "one 12.3",
		"45%":                        "one 45%",
		"1,020":                      "one 1020",
		"12 345":                     "one 12345",
		"<0.001":                     "one <0.001",
		"−0.4‡":                      "one -0.4",
		"–2.1":                       "one -2.1",
		".35":                        "one 0.35",
		"3·4":                        "one 3.4",
		"12.3 (4.5)":                 "pair 12.3 4.5",
		"98 (33%)":                   "pair 98 33%",
		"5 (<1%)":                    "pair 5 %",
		"2219 45%":                   "pair 2219 45%",
		"25 703 26%":                 "pair 25703 26%",
		"54, 26%":                    "pair 54 26%",
		"0.81 ± 0.20":                "plus 0.81 0.20",
		"0.81 (±0.20)":               "plus 0.81 0.20",
		"−1.2 (−4.8 to 2.4)":         "range -1.2 -4.8 2.4",
		"-1.2 (-4.8, 2.4)":           "range -1.2 -4.8 2.4",
		"−0.4‡ (−0.8 to −0.1)":       "range -0.4 -0.8 -0.1",
		"–0.4 (–0.8 – –0.1)":         "range -0.4 -0.8 -0.1",
		"2 [1–3]":                    "range 2 1 3",
		"0.48 (95% CI 0.27–0.85)":    "range 0.48 0.27 0.85",
		"0.48 (0.27–0.85); P = .01":  "range 0.48 0.27 0.85 p=0.01",
		"0.48 (0.27–0.85), p<0.001":  "range 0.48 0.27 0.85 p<0.001",
		"0.48 [0.27, 0.85]":          "range 0.48 0.27 0.85",
		"(2.4 to 10.6)":              "span 2.4 10.6",
		"−1.7, 0.3":                  "span -1.7 0.3",
		"12/94":                      "fraction 12 94",
		"12/94 (12.8)":               "fraction 12 94 12.8",
		"12 of 94 (12.8%)":           "fraction 12 94 12.8",
		"12.8% (12/94)":              "fraction 12 94 12.8",
		"£140":                       "one 140 £",
		"£140 (−£20 to £300)":        "range 140 -20 300 £",
		"54.3 (26.7) (n = 210)":      "pair 54.3 26.7 n=210",
		"":                           "empty",
		"—":                          "empty",
		"N/A":                        "empty",
		"not estimable":              "empty",
		"1.00 (reference)":           "null",
		"Ref.":                       "null",
		"about 12":                   "text",
		"0, 0":                       "span 0 0",
		"12.3 (4.5) (6.7)":           "text",
		"1/2/3":                      "text",
		"3 months":                   "text",
		"10 (2.1) vs 12 (3.0)":       "text",
		"1.2.3":                      "text",
		"(n = 94)":                   "text",
		"P<0.01":                     "empty p<0.01",
		"-":                          "empty",
		"1 (0.9 to 1.1) to 2":        "text",
		"10,5":                       "text",
		strings.Repeat("9", 60):      "one " + strings.Repeat("9", 60),
		"0.0325 (-0.0074 to 0.0724)": "range 0.0325 -0.0074 0.0724",
	} {
		if got := tellCell(readCell(text)); got != want {
			t.Errorf("%q reads as %q, want %q", text, got, want)
		}
	}
}

func tellCell(v cellValue) string {
	names := map[cellForm]string{
		cellEmpty: "empty", cellText: "text", cellOne: "one", cellPair: "pair", cellPlus: "plus", cellRange: "range",
		cellSpan: "span", cellFraction: "fraction", cellNull: "null",
	}
	out := names[v.form]
	if v.form == cellText {
		return out
	}
	sign := func(yes bool) string {
		if yes {
			return "%"
		}
		return ""
	}
	if v.a.Present() {
		out += " " + v.relation + string(v.a) + sign(v.percentA)
	}
	if v.b.Present() || v.percentB {
		out += " " + string(v.b) + sign(v.percentB)
	}
	if v.c.Present() {
		out += " " + string(v.c)
	}
	if v.p.Present() {
		out += fmt.Sprintf(" p%s%s", v.pRel, v.p)
	}
	if v.n.Present() {
		out += " n=" + string(v.n)
	}
	if v.currency != "" {
		out += " " + v.currency
	}
	return out
}

// FuzzReadCell checks that each number read of a cell stands in it, digit by digit.
func FuzzReadCell(f *testing.F) {
	for _, s := range []string{"12.3 (4.5)", "−1.2 (−4.8 to 2.4); P = .01", "12/94 (12.8%)", "£1 020", "25 703 26%", "–0.4 (–0.8 – –0.1)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := readCell(s)
		digits := strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, s)
		for _, d := range []string{string(v.a), string(v.b), string(v.c), string(v.p), string(v.n)} {
			d = strings.TrimLeft(strings.NewReplacer(".", "", "-", "").Replace(d), "0")
			if !strings.Contains(digits, d) {
				t.Errorf("%q of %q", d, s)
			}
		}
	})
}
