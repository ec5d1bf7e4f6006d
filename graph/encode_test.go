package graph

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// elsewhere tells the types that are not kept with what a document says, but with where it was loaded from.
func elsewhere(t reflect.Type) bool {
	return t == reflect.TypeFor[*evidence.Origin]() || t == reflect.TypeFor[evidence.Extent]()
}

// fill sets every field under v to something, with lists of up to three items, empty now and then when sparse.
func fill(r *rand.Rand, v reflect.Value, sparse bool) {
	if sparse && r.IntN(3) == 0 || elsewhere(v.Type()) {
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i), sparse)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		if !sparse || r.IntN(4) > 0 {
			fill(r, v.Elem(), sparse)
		}
	case reflect.Slice:
		n := 1 + r.IntN(3)
		if v.Type().Elem() == reflect.TypeFor[evidence.Finding]() || r.IntN(20) == 0 {
			n += r.IntN(12)
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(r, v.Index(i), sparse && v.Type().Elem().Kind() == reflect.Struct)
		}
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0 || !sparse)
	case reflect.Int:
		v.SetInt(int64(r.IntN(3000)))
	case reflect.String:
		if v.Type() == reflect.TypeFor[quantity.Decimal]() {
			v.SetString([]string{"0.10", "-33", "6.0", "0", "350", "-0.05", "12.000"}[r.IntN(7)])
			return
		}
		v.SetString([]string{
			"plain", "two words", "f1", "f2", "10", "0.10", "ключ – ≥90\u00a0mg", "\"quoted\" \\ back", "line\nbreak\ttab\r", "a\u0001b",
			"opioid_dose_reduction", "<tag>", "x~2", "a/b#c?d%41", "", "NCT01234567",
		}[r.IntN(16)])
	default:
		panic(v.Kind())
	}
}

// randomDocument returns a document with strange content; its text is made from name.
func randomDocument(r *rand.Rand, name string, sparse bool) *evidence.Document {
	d := &evidence.Document{}
	fill(r, reflect.ValueOf(d).Elem(), sparse)
	d.Source, d.SHA256, d.Format, d.Text = name+".txt", "00ff", "text", "text of "+name
	return d
}

func roundTrip(t *testing.T, d *evidence.Document) *evidence.Document {
	t.Helper()
	quads, _, err := encode(documentID(d), d, []source{{d.Source, d.SHA256, d.Format, ""}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := parseAll(strings.Join(lines(quads), "\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(quads, again); diff != "" {
		t.Fatalf("N-Quads read back (-written +read):\n%s", diff)
	}
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
	s, err := decode(again)
	if err != nil {
		t.Fatal(err)
	}
	if s.doc.Text, err = inflate(s.pieces); err != nil {
		t.Fatal(err)
	}
	return s.doc
}

func TestRoundTrip(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		d := randomDocument(r, fmt.Sprint("d", seed), seed%3 > 0)
		got := roundTrip(t, d)
		if diff := cmp.Diff(d, got); diff != "" {
			t.Fatalf("seed %d: decoded document (-want +got):\n%s", seed, diff)
		}
	}
}

// TestRoundTripFull makes sure that the random documents leave no field out.
func TestRoundTripFull(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	d := randomDocument(r, "full", false)
	var zero []string
	var look func(v reflect.Value, path string)
	look = func(v reflect.Value, path string) {
		if elsewhere(v.Type()) {
			return
		}
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				look(v.Field(i), path+"."+v.Type().Field(i).Name)
			}
		case reflect.Pointer, reflect.Slice:
			if v.IsNil() {
				zero = append(zero, path)
				return
			}
			if v.Kind() == reflect.Pointer {
				look(v.Elem(), path)
			}
		}
	}
	look(reflect.ValueOf(*d), "Document")
	if len(zero) > 0 {
		t.Errorf("left out: %v", zero)
	}
}

func TestSchemaCoversTheModel(t *testing.T) {
	l := theLayout()
	rows := map[string]bool{}
	for _, p := range Properties() {
		if p.Field != "" {
			if rows[p.Class+"."+p.Field] {
				t.Errorf("two rows for %s.%s", p.Class, p.Field)
			}
			rows[p.Class+"."+p.Field] = true
		}
		if strings.Contains(expand(p.IRI), p.IRI) {
			t.Errorf("%s: no such prefix", p.IRI)
		}
		if p.Meaning == "" {
			t.Errorf("%s.%s has no meaning", p.Class, p.Field)
		}
	}
	for _, k := range l.named {
		iris := map[string]string{}
		for _, f := range k.fields {
			if f.missing {
				t.Errorf("evidence has a field that the schema does not know: add a row for %s.%s to schema_table.go", k.Name, f.path)
			}
			if other, taken := iris[f.iri]; taken {
				t.Errorf("%s: %s and %s share %s", k.Name, f.path, other, f.iri)
			}
			iris[f.iri] = f.path
			delete(rows, k.Name+"."+f.path)
		}
		if k.Name == "Citation" {
			continue
		}
	}
	for _, kept := range []string{"Document.Sources", "Document.Chunks"} {
		delete(rows, kept)
	}
	for row := range rows {
		t.Errorf("a row for %s, which evidence does not have", row)
	}
}

func TestDecimalsKeepTheirDigits(t *testing.T) {
	yes, no := true, false
	d := &evidence.Document{Source: "a", Text: "x", Studies: []evidence.Study{{
		ID: "s", N: "350", Findings: []evidence.Finding{
			{ID: "f1", Kind: evidence.BetweenArms, Estimates: []evidence.Estimate{{
				Measure: "OR", Value: "1.10", CI: &evidence.Interval{Level: "95", Low: "0.70", High: "1.70"}, IQR: []quantity.Decimal{"10", "2.0"},
			}}, Significant: &no},
			{ID: "f2", Significant: &yes},
			{ID: "f3"},
		},
	}}}
	if diff := cmp.Diff(d, roundTrip(t, d)); diff != "" {
		t.Errorf("decoded (-want +got):\n%s", diff)
	}
	quads, _, err := encode(documentID(d), d, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `"0.70"^^<http://www.w3.org/2001/XMLSchema#decimal>`
	if !slices.ContainsFunc(lines(quads), func(s string) bool { return strings.Contains(s, want) }) {
		t.Errorf("no %s among the quads", want)
	}
}

func TestEqualNamesStayApart(t *testing.T) {
	d := &evidence.Document{Source: "a", Text: "x", Studies: []evidence.Study{
		{ID: "s", Arms: []evidence.Arm{{Label: "A"}, {Label: "A", N: "5"}}, Findings: []evidence.Finding{
			{ID: "f1", Arm: []string{"A", "nobody"}}, {ID: "f1", From: []string{"f1", "f9"}}, {},
		}},
		{ID: "s", Findings: []evidence.Finding{{ID: "f1"}}},
	}}
	if diff := cmp.Diff(d, roundTrip(t, d)); diff != "" {
		t.Errorf("decoded (-want +got):\n%s", diff)
	}
}

func TestLongText(t *testing.T) {
	var b strings.Builder
	r := rand.New(rand.NewPCG(5, 5))
	for range 300_000 {
		b.WriteByte(byte('a' + r.IntN(26)))
	}
	d := &evidence.Document{Source: "long", Text: b.String() + "\n≥\n"}
	if got := roundTrip(t, d); got.Text != d.Text {
		t.Errorf("the text of %d bytes came back as %d bytes", len(d.Text), len(got.Text))
	}
}
