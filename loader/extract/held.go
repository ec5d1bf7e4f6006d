package extract

import (
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// heldMark stands before a conjunction inside a name, so that no list is divided there.
const heldMark = "&"

// holdNames finds the conjunctions that stand inside names rather than between the items of a list: in the long form of an abbreviation whose letters
// go across it, "Timed Up and Go (TUG)", wherever that form stands.
func (r *reading) holdNames() {
	for _, long := range r.shorts {
		if !strings.Contains(long, " and ") || !spelledAcross(r.shorts, long) {
			continue
		}
		for at := 0; ; {
			k := strings.Index(r.doc.Text[at:], long)
			if k < 0 {
				break
			}
			at += k
			r.hold(long, at)
			at += len(long)
		}
	}
}

// hold notes each conjunction of a name that stands at a place.
func (r *reading) hold(name string, at int) {
	for from := 0; ; {
		i := strings.Index(name[from:], " and ")
		if i < 0 {
			return
		}
		if r.held == nil {
			r.held = map[int]bool{}
		}
		r.held[at+from+i+1] = true
		from += i + 4
	}
}

// holds reports whether a conjunction inside a name stands in a stretch of the document.
func (r *reading) holds(s document.Span) bool {
	for i := s.Start; i < s.End && r.held != nil; i++ {
		if r.held[i] {
			return true
		}
	}
	return false
}

// spelledAcross reports whether an abbreviation takes letters from both sides of the last conjunction in its long form.
func spelledAcross(shorts map[string]string, long string) bool {
	i := strings.LastIndex(long, " and ")
	head, tail := strings.ToLower(long[:i]), strings.ToLower(long[i+len(" and "):])
	for short, l := range shorts {
		if l != long || tail == "" {
			continue
		}
		if short = strings.ToLower(short); strings.HasPrefix(head, short[:1]) && strings.Contains(short[1:], tail[:1]) {
			return true
		}
	}
	return false
}

// cutWords cuts a stretch of the document into words; a conjunction inside a name is no conjunction.
func (r *reading) cutWords(s document.Span) []word {
	ws := wordsOf(r.doc.Text, s)
	if r.held == nil {
		return ws
	}
	for i := range ws {
		if r.held[ws[i].Start] {
			ws[i].lower = heldMark + ws[i].lower
		}
	}
	return ws
}
