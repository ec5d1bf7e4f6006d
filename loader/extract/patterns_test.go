package extract

import (
	"io/fs"
	"regexp"
	"slices"
	"testing"

	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/seeds"
)

// TestRulesAgreeWithRegexp compares each rule with the package regexp on each sentence of the seeds: neither the words
// that a rule needs nor those that a sentence has may rule out what matches.
func TestRulesAgreeWithRegexp(t *testing.T) {
	v := loadVocabulary(t)
	names, err := fs.Glob(seeds.Documents, "*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	var sentences []string
	for _, name := range names {
		text, err := fs.ReadFile(seeds.Documents, name)
		if err != nil {
			t.Fatal(err)
		}
		d := document.Parse(name, string(text), v.Heading)
		for _, s := range d.Sentences {
			sentences = append(sentences, d.At(s.Span), outer(d.At(s.Span)))
		}
	}
	matched := 0
	for _, p := range rules.Patterns() {
		re := regexp.MustCompile(p.String())
		for _, s := range sentences {
			want := re.FindAllStringSubmatchIndex(s, -1)
			if want != nil {
				matched++
			}
			if got := p.FindAllStringSubmatchIndex(s, -1); !slices.EqualFunc(want, got, slices.Equal) {
				t.Errorf("%s in %q: %v, the regexp has %v", p, s, got, want)
			}
			if want != nil && !rules.Read(s).May(p) {
				t.Errorf("%s is ruled out in %q", p, s)
			}
		}
	}
	if matched < 500 {
		t.Errorf("only %d matches", matched)
	}
}
