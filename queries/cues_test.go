package queries

import (
	"os"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/vocab"
)

// TestCues holds that the quick test misses no text that the slow one takes.
func TestCues(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	l := &lexicon{vocab: v}
	texts := []string{
		"Anaemia in women's wards", "Oedema of the legs", "Non-opioid treatment", "nonopioid treatment", "behavioural therapy", "PTSDs and MIs",
		"Randomised trial of counselling", "foetal tumours", "programmes for children", "chronic low-back pain", "Crohn’s disease", "hæmorrhage",
	}
	for _, c := range v.Concepts() {
		for _, f := range c.Forms {
			texts = append(texts, "of "+f.Text+" and others", strings.ToUpper(f.Text), f.Text+"s")
		}
	}
	for _, f := range []string{"testdata/effects.txt", "testdata/lookups.txt"} {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, strings.Split(string(b), "\n")...)
	}
	found := 0
	for i, c := range v.Concepts() {
		if i%40 != 0 {
			continue
		}
		m := &meaning{all: map[string]bool{c.ID: true}, words: content(c.Label)}
		for _, n := range v.Narrower(c.ID) {
			m.all[n] = true
		}
		words := func(x string) bool { return containsAll(content(x), m.words) }
		slow := func(x string) bool { return words(x) || l.textMeans(x, m) }
		quick, said := l.mentioned(m, slow), m.spoken(words)
		for _, x := range texts {
			if slow(x) != quick(x) || words(x) != said(x) {
				t.Fatalf("%s in %q", c.ID, x)
			}
			if quick(x) {
				found++
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d texts were found", found)
	}
}
