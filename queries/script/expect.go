package script

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/picograph/picograph/queries"
)

// Expect is something to be expected of an answer.
type Expect struct {
	Text string // as written, without the word expect
	Line int
	hold func(*queries.Answer) string // what is there instead; empty when the expectation holds
}

// Unmet returns what an answer has instead of what is expected of it, in a line or a few; empty when it is met.
func (e Expect) Unmet(a *queries.Answer) string { return e.hold(a) }

// subject is something that an expect line can be about: one row of the table that the documentation shows.
type subject struct {
	form string
	does string
	read func(words []string) (func(*queries.Answer) string, error)
}

// Subject describes one kind of expect line.
type Subject struct{ Form, Does string }

// Subjects returns the kinds of expect lines in the order in which help shows them.
func Subjects() []Subject {
	out := make([]Subject, 0, len(subjects()))
	for _, s := range subjects() {
		out = append(out, Subject{s.form, s.does})
	}
	return out
}

func subjects() []subject {
	return []subject{
		{"rows >= N", "the number of rows in all blocks; also <=, =, > and <", expectRows},
		{"status NAME", "answered, near, empty, unknown term or not understood", expectStatus},
		{"[no] study NAME", "a study is among those of the rows", expectStudy},
		{"[no] section \"TEXT\"", "a block with rows whose title contains it", containing("section", sectionTitles)},
		{"[no] cell contains \"TEXT\"", "a cell of a row contains it", containing("cell contains", cells)},
		{"[no] near contains \"TEXT\"", "a near miss contains it", containing("near contains", nearMisses)},
		{"[no] caution contains \"TEXT\"", "a caution contains it", containing("caution contains", func(a *queries.Answer) []string { return a.Cautions })},
		{"[no] answer contains \"TEXT\"", "the sentences of the answer contain it", containing("answer contains", func(a *queries.Answer) []string { return []string{a.Text} })},
	}
}

func forms() []string {
	var out []string
	for _, s := range subjects() {
		out = append(out, s.form)
	}
	return out
}

// parseExpect reads what follows the word expect.
func parseExpect(text string) (Expect, error) {
	words, err := Fields(text)
	if err != nil {
		return Expect{}, err
	}
	for _, s := range subjects() {
		hold, err := s.read(words)
		if err != nil {
			return Expect{}, err
		}
		if hold != nil {
			return Expect{Text: strings.TrimSpace(text), hold: hold}, nil
		}
	}
	return Expect{}, fmt.Errorf("cannot expect %q", strings.TrimSpace(text))
}

func expectRows(words []string) (func(*queries.Answer) string, error) {
	if len(words) == 0 || words[0] != "rows" {
		return nil, nil
	}
	if len(words) != 3 {
		return nil, fmt.Errorf("expect rows needs a comparison and a number")
	}
	n, err := strconv.Atoi(words[2])
	if err != nil || n < 0 {
		return nil, fmt.Errorf("%q is not a number of rows", words[2])
	}
	compare, ok := map[string]func(a, b int) bool{
		">=": func(a, b int) bool { return a >= b }, "<=": func(a, b int) bool { return a <= b },
		">": func(a, b int) bool { return a > b }, "<": func(a, b int) bool { return a < b },
		"=": func(a, b int) bool { return a == b },
	}[words[1]]
	if !ok {
		return nil, fmt.Errorf("%q is not a comparison", words[1])
	}
	return func(a *queries.Answer) string {
		if compare(a.RowCount(), n) {
			return ""
		}
		return among(fmt.Sprintf("there are %d rows", a.RowCount()), cells(a))
	}, nil
}

func expectStatus(words []string) (func(*queries.Answer) string, error) {
	if len(words) == 0 || words[0] != "status" {
		return nil, nil
	}
	want := queries.Status(strings.Join(words[1:], " "))
	switch want {
	case queries.Answered, queries.NearOnly, queries.Empty, queries.UnknownTerm, queries.NotUnderstood:
	default:
		return nil, fmt.Errorf("%q is not a status", want)
	}
	return func(a *queries.Answer) string {
		if a.Status == want {
			return ""
		}
		return "the status is " + string(a.Status)
	}, nil
}

func expectStudy(words []string) (func(*queries.Answer) string, error) {
	words, absent := cutNo(words)
	if len(words) == 0 || words[0] != "study" {
		return nil, nil
	}
	want := strings.Join(words[1:], " ")
	if want == "" {
		return nil, fmt.Errorf("expect study needs a name")
	}
	return func(a *queries.Answer) string {
		names := studies(a)
		listed := false
		for _, name := range names {
			listed = listed || plain(name) == plain(want)
		}
		switch {
		case listed && absent:
			return want + " is listed"
		case !listed && !absent:
			return among("the studies are", names)
		}
		return ""
	}, nil
}

// containing reads "[no] WORDS TEXT", which holds when one of the texts (none of them) contains TEXT.
func containing(words string, texts func(*queries.Answer) []string) func([]string) (func(*queries.Answer) string, error) {
	return func(given []string) (func(*queries.Answer) string, error) {
		given, absent := cutNo(given)
		lead := strings.Fields(words)
		if len(given) < len(lead) || strings.Join(given[:len(lead)], " ") != words {
			return nil, nil
		}
		if len(given) != len(lead)+1 {
			return nil, fmt.Errorf("expect %s needs one text, in quotes if it has blanks", words)
		}
		want := given[len(lead)]
		return func(a *queries.Answer) string {
			for _, text := range texts(a) {
				if strings.Contains(plain(text), plain(want)) {
					if absent {
						return "there is " + strconv.Quote(text)
					}
					return ""
				}
			}
			if absent {
				return ""
			}
			return among("no "+lead[0]+" does; there is", texts(a))
		}, nil
	}
}

func cutNo(words []string) ([]string, bool) {
	if len(words) > 0 && words[0] == "no" {
		return words[1:], true
	}
	return words, false
}

// plain folds what a reader would not tell apart: case, blanks, and the kinds of dash and minus.
func plain(s string) string {
	s = strings.NewReplacer("\u2212", "-", "\u2013", "-", "\u2014", "-", "\u00a0", " ", "\u2265", ">=", "\u2264", "<=").Replace(s)
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

func cells(a *queries.Answer) []string {
	var out []string
	for _, s := range a.Sections {
		for _, r := range s.Rows {
			out = append(out, r.Cells...)
		}
	}
	return out
}

func sectionTitles(a *queries.Answer) []string {
	var out []string
	for _, s := range a.Sections {
		if len(s.Rows) > 0 {
			out = append(out, s.Title)
		}
	}
	return out
}

func nearMisses(a *queries.Answer) []string {
	var out []string
	for _, n := range a.Near {
		out = append(out, n.What+": "+n.Why)
	}
	return out
}

// studies returns the studies of the rows: by the findings behind them, and by the cells of a column that is about
// studies, for rows that state an attribute.
func studies(a *queries.Answer) []string {
	var out []string
	seen := map[string]bool{}
	add := func(name string) {
		if name != "" && !seen[name] {
			seen[name] = true
			out = append(out, name)
		}
	}
	for _, s := range a.Sections {
		for _, r := range s.Rows {
			for _, f := range r.Findings {
				add(f.Study)
			}
			for i, c := range r.Cells {
				if i < len(s.Columns) && strings.EqualFold(s.Columns[i], "study") {
					add(c)
				}
			}
		}
	}
	return out
}

// among joins a lead with texts: at most a dozen, each of them short.
func among(lead string, texts []string) string {
	const most, long = 12, 60
	var b strings.Builder
	b.WriteString(lead)
	n := 0
	for _, t := range texts {
		if t == "" {
			continue
		}
		if n++; n > most {
			fmt.Fprintf(&b, "\n    ... and more")
			break
		}
		if r := []rune(t); len(r) > long {
			t = string(r[:long]) + "..."
		}
		b.WriteString("\n    " + t)
	}
	if n == 0 {
		b.WriteString(" nothing")
	}
	return b.String()
}
