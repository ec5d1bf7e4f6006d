package format

import (
	"regexp"
	"strings"
	"testing"
)

// TestHeadWords holds the list of first words to the pattern of labels: none of its alternatives begins with another word.
func TestHeadWords(t *testing.T) {
	for _, word := range regexp.MustCompile(`\b[A-Z][a-z]+`).FindAllString(label, -1) {
		if labelAlone.MatchString(word) && !mayHead(word) {
			t.Errorf("%q heads a part of an abstract, and is not among the first words", word)
		}
	}
	for _, s := range []string{"Main outcome measures", "Authors' conclusions", "Level of Evidence", "TRIAL registration", "Hypotheses"} {
		if !mayHead(s) {
			t.Errorf("%q may head a part of an abstract", s)
		}
	}
	if mayHead("Walking was better") || mayHead(strings.ToLower("walking")) {
		t.Error("words of a sentence head nothing")
	}
}
