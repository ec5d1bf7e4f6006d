package shell

import (
	"strings"

	"github.com/picograph/picograph/graph/vocab"
)

// Nearest returns the name most like the one given, or "" when none is like it: at most a third of the letters wrong
// and one more, but always half of them right, or one the beginning of the other.
func Nearest(given string, names []string) string {
	best, least := "", len([]rune(given))/3+1
	for _, name := range names {
		d := vocab.Distance(strings.ToLower(given), strings.ToLower(name), least)
		if len(given) > 1 && strings.HasPrefix(strings.ToLower(name), strings.ToLower(given)) {
			d = min(d, 1)
		}
		if 2*d > max(len([]rune(given)), len([]rune(name))) {
			continue
		}
		if d < least || d == least && best == "" {
			best, least = name, d
		}
	}
	return best
}
