package seeds_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/seeds"
)

// The gold of a seed document, testdata/gold/NAME.json, is what a careful reader finds in NAME.txt, in the form that
// `picograph extract -o jsonl` prints.

// golds returns every gold document under the name of its seed.
func golds(t *testing.T) map[string]*evidence.Document {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "gold", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	docs := make(map[string]*evidence.Document, len(paths))
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d := json.NewDecoder(bytes.NewReader(b))
		d.DisallowUnknownFields()
		doc := new(evidence.Document)
		if err := d.Decode(doc); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if d.More() {
			t.Errorf("%s: more than one document", path)
		}
		docs[strings.TrimSuffix(filepath.Base(path), ".json")] = doc
		if diff := cmp.Diff(canonical(t, doc), string(b)); diff != "" {
			t.Errorf("%s is not in the order and indentation of the model (-want +got):\n%s", path, diff)
		}
	}
	return docs
}

// canonical returns the document as the gold files print it.
func canonical(t *testing.T, doc *evidence.Document) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(doc); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// text returns the text of a seed document.
func text(t *testing.T, name string) string {
	t.Helper()
	b, err := seeds.Documents.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestEverySeedHasGold(t *testing.T) {
	entries, err := fs.ReadDir(seeds.Documents, ".")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) == 0 {
		t.Fatal("no seed documents")
	}
	docs := golds(t)
	for _, e := range entries {
		name := e.Name()
		if s := text(t, name); !utf8.ValidString(s) || strings.TrimSpace(s) == "" {
			t.Errorf("%s is empty or not UTF-8", name)
		}
		doc := docs[strings.TrimSuffix(name, ".txt")]
		switch {
		case doc == nil:
			t.Errorf("%s has no gold", name)
		case doc.Source != name:
			t.Errorf("gold of %s says it is of %s", name, doc.Source)
		case doc.SHA256 != fmt.Sprintf("%x", sha256.Sum256([]byte(text(t, name)))):
			t.Errorf("gold of %s is of another version of the text", name)
		}
	}
	if len(docs) != len(entries) {
		t.Errorf("%d gold documents for %d seeds", len(docs), len(entries))
	}
}

func TestGoldQuotesItsDocument(t *testing.T) {
	for name, doc := range golds(t) {
		s := text(t, doc.Source)
		n := 0
		eachPassage(doc, func(where string, p evidence.Passage) {
			n++
			if p.Start < 0 || p.End > len(s) || p.Start >= p.End {
				t.Errorf("%s: %s: passage %d-%d lies outside the text", name, where, p.Start, p.End)
				return
			}
			if got := s[p.Start:p.End]; got != p.Text {
				t.Errorf("%s: %s: text at %d-%d is %q, gold has %q", name, where, p.Start, p.End, got, p.Text)
			}
			for _, skip := range doc.Ignored {
				if p.Start < skip.End && skip.Start < p.End {
					t.Errorf("%s: %s: passage %d-%d lies in ignored text (%s)", name, where, p.Start, p.End, skip.Reason)
				}
			}
		})
		if n == 0 {
			t.Errorf("%s: no passages", name)
		}
		for _, skip := range doc.Ignored {
			if skip.Reason == "" || skip.Start >= skip.End || skip.End > len(s) {
				t.Errorf("%s: ignored text %+v is not a stretch of the document", name, skip)
			}
		}
	}
}

// eachPassage calls f with every passage of a document and the place that it supports.
func eachPassage(doc *evidence.Document, f func(where string, p evidence.Passage)) {
	all := func(where string, passages []evidence.Passage) {
		for _, p := range passages {
			f(where, p)
		}
	}
	for _, c := range doc.Cites {
		all("citation "+c.ID, c.Passages)
	}
	for _, st := range doc.Studies {
		for _, a := range st.Arms {
			all("arm "+a.Label, a.Passages)
		}
		for _, p := range st.Populations {
			all("population "+p.ID, p.Passages)
			for _, c := range p.Criteria {
				all("criterion "+c.Variable, c.Passages)
			}
		}
		for _, o := range st.Outcomes {
			all("outcome "+o.ID, o.Passages)
		}
		for _, i := range st.Instruments {
			all("instrument "+i.Label, i.Passages)
		}
		for _, fd := range st.Findings {
			all("finding "+fd.ID, fd.Passages)
		}
		all("conclusion", st.Conclusions)
		for _, s := range st.Stated {
			all("field "+s.Field, s.Passages)
		}
	}
}

func TestGoldRefersToWhatItHas(t *testing.T) {
	for name, doc := range golds(t) {
		seen := map[string]bool{}
		unique := func(kind, id string) {
			if id == "" || seen[kind+" "+id] {
				t.Errorf("%s: %s %q is empty or not unique", name, kind, id)
			}
			seen[kind+" "+id] = true
		}
		has := func(where, kind, id string) {
			if id != "" && !seen[kind+" "+id] {
				t.Errorf("%s: %s refers to %s %q, which is not there", name, where, kind, id)
			}
		}
		for _, c := range doc.Cites {
			unique("citation", c.ID)
		}
		for _, st := range doc.Studies {
			unique("study", st.ID)
			has("study "+st.ID, "citation", st.Via)
			for _, a := range st.Arms {
				unique(st.ID+" arm", a.Label)
			}
			for _, p := range st.Populations {
				unique(st.ID+" population", p.ID)
			}
			for _, p := range st.Populations {
				has("population "+p.ID, st.ID+" population", p.Parent)
			}
			for _, o := range st.Outcomes {
				unique(st.ID+" outcome", o.ID)
			}
			for _, f := range st.Findings {
				unique("finding", f.ID)
			}
			for _, f := range st.Findings {
				where := "finding " + f.ID
				has(where, st.ID+" population", f.Population.ID)
				has(where, st.ID+" population", f.ComparatorPopulation.ID)
				for _, a := range slices.Concat(f.Arm, f.Comparator) {
					has(where, st.ID+" arm", a)
				}
				for _, id := range f.From {
					has(where, "finding", id)
				}
			}
		}
	}
}

var (
	kinds = []evidence.Kind{
		evidence.BetweenArms, evidence.WithinArm, evidence.ArmLevel, evidence.Baseline, evidence.Interaction,
		evidence.Association, evidence.Prevalence, evidence.VoteCount, evidence.InWords,
	}
	directions = []evidence.Direction{"", evidence.Increased, evidence.Decreased, evidence.NoDifference, evidence.NotStated}
)

func TestGoldFindingsStandInTheirPassages(t *testing.T) {
	for name, doc := range golds(t) {
		for _, st := range doc.Studies {
			for _, f := range st.Findings {
				where := fmt.Sprintf("%s: finding %s", name, f.ID)
				if !slices.Contains(kinds, f.Kind) || !slices.Contains(directions, f.Direction) {
					t.Errorf("%s: kind %q, direction %q", where, f.Kind, f.Direction)
				}
				if f.Outcome.Text == "" {
					t.Errorf("%s: no outcome", where)
				}
				if len(f.Passages) == 0 {
					t.Errorf("%s: no passage", where)
					continue
				}
				var b strings.Builder
				for _, p := range f.Passages {
					b.WriteString(p.Text + "\n")
				}
				checkNumbers(t, where, f, b.String())
			}
		}
	}
}

// checkNumbers reports numbers and printed forms of a finding that do not stand in the text of its passages.
func checkNumbers(t *testing.T, where string, f evidence.Finding, text string) {
	t.Helper()
	there := numbersIn(text)
	for _, e := range f.Estimates {
		if !strings.Contains(text, e.Printed) {
			t.Errorf("%s: %q is not in the passage", where, e.Printed)
		}
		for _, n := range numbersOf(e) {
			if !slices.ContainsFunc(there, func(m quantity.Decimal) bool { return sameDigits(m, n) }) {
				t.Errorf("%s: number %s is not in the passage", where, n)
			}
		}
	}
	if f.P == (evidence.PValue{}) {
		return
	}
	if !strings.Contains(text, f.P.Printed) || f.P.Of == "" || f.P.Relation == "" {
		t.Errorf("%s: P %+v is not in the passage or says too little", where, f.P)
	}
	if v, err := quantity.ParseDecimal(strings.TrimLeft(f.P.Printed, "Pp <>=")); err != nil || v != f.P.Value {
		t.Errorf("%s: P %s was printed %q", where, f.P.Value, f.P.Printed)
	}
}

// sameDigits reports whether two numbers are the same apart from the sign, which can stand apart from its digits.
func sameDigits(a, b quantity.Decimal) bool {
	return strings.TrimPrefix(string(a), "-") == strings.TrimPrefix(string(b), "-")
}

// numbersOf returns the numbers that an estimate holds.
func numbersOf(e evidence.Estimate) []quantity.Decimal {
	all := []quantity.Decimal{
		e.Value, e.Events, e.Total, e.Percent, e.Mean, e.Median, e.Low, e.High, e.SD, e.SE, e.N, e.Margin,
	}
	if e.CI != nil {
		all = append(all, e.CI.Level, e.CI.Low, e.CI.High)
	}
	for _, m := range []*evidence.Moment{e.Before, e.After} {
		if m != nil {
			all = append(all, m.Mean, m.SD)
		}
	}
	all = append(all, e.IQR...)
	all = append(all, e.Range...)
	return slices.DeleteFunc(all, func(d quantity.Decimal) bool { return !d.Present() })
}

var (
	number = regexp.MustCompile(`\d+(?:\.\d+)?|\.\d+`)
	words  = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve")
)

// numbersIn returns the numbers of a text, in digits or in words.
func numbersIn(text string) []quantity.Decimal {
	var all []quantity.Decimal
	for _, s := range number.FindAllString(text, -1) {
		if d, err := quantity.ParseDecimal(s); err == nil {
			all = append(all, d)
		}
	}
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if w == "no" || w == "none" {
			all = append(all, "0")
		}
		if n := slices.Index(words, w); n >= 0 {
			all = append(all, quantity.FromInt(n))
		}
	}
	return all
}
