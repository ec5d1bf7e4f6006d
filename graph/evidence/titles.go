package evidence

import (
	"slices"

	"github.com/picograph/picograph/graph/lazyregexp"
)

// ownName matches the acronym that a title gives its study: "(SHORT)", "the SHORT trial", "the randomized SHORT study".
var ownName = lazyregexp.New(`\(([A-Z][A-Z0-9-]{3,})\)|\b(?:[Tt]he|[Rr]andomi[sz]ed)(?: [A-Z]?[a-z]+){0,2} ([A-Z][A-Z0-9-]{3,})(?: [a-z]+){0,2} (?:trial|study|RCT)\b`)

// NamesInTitle returns the acronyms that a title gives its study.
func NamesInTitle(title string) []string {
	var out []string
	for _, m := range ownName.FindAllStringSubmatch(title, -1) {
		if own := m[1] + m[2]; !slices.Contains(out, own) {
			out = append(out, own)
		}
	}
	return out
}
