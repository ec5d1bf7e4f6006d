package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// wordsAlone returns the words that stand in the name of one arm alone, each with that arm.
func wordsAlone(arms []evidence.Arm) map[string]int {
	out := make(map[string]int, 8)
	for i, a := range arms {
		for _, w := range topicWords(a.Label) {
			if at, ok := out[w]; ok && at != i {
				out[w] = -1
			} else if !ok && len(w) > 3 && !groupNouns[w] && !givenNouns[w] {
				out[w] = i
			}
		}
	}
	return out
}

// headOfAnother returns the arm that a single word of the name of another is said of, as the word right before it tells, with where that begins;
// -1 where none is: in "lower with short-term psychotherapy" psychotherapy does not name the arm "long-term psychodynamic psychotherapy".
func (n *armNames) headOfAnother(s string, from, to, arm int) (other, start int) {
	word := strings.ToLower(s[from:to])
	if arm < 0 || from < 2 || s[from-1] != ' ' || strings.ContainsAny(word, " \n") || n.alone[strings.TrimSuffix(word, "s")] != arm || n.single[arm] {
		return -1, 0
	}
	start = strings.LastIndexAny(s[:from-1], " \n(") + 1
	before := strings.ToLower(s[start : from-1])
	if other, ok := n.alone[strings.TrimSuffix(before, "s")]; ok && other >= 0 && other != arm && !n.single[other] {
		return other, start
	}
	return -1, 0
}
