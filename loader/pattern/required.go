package pattern

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// word is a stretch of text that a match holds, in small letters where the expression ignores case.
type word struct {
	run   string // before it, one or more characters of this class, as pairs of bounds; empty for none
	text  string
	edge  bool // what stands before it is no letter, digit or underscore of ASCII
	first bool // it starts the text
}

// needs is what the syntax of an expression tells about its matches.
type needs struct {
	exact    []word   // all that it can match, nil when that is not a small set
	starts   []word   // what each match starts with, nil when that is not known
	holds    [][]word // of each of these sets, each match holds one word
	optional []word   // what each match that is not empty starts with, of an expression that may be missing
}

// maxWords is how many words a set may have, maxExact how many it may have to be crossed with another, and maxClass how
// many characters a class may have to be written out as words.
const (
	maxWords = 256
	maxExact = 64
	maxClass = 12
)

// required returns the words that each match of an expression starts with, nil where they are not known, and sets of
// which each match holds one word, the most telling first.
func required(re *syntax.Regexp, fold bool) (starts []word, holds [][]word) {
	n := analyzer{fold}.of(re)
	if telling(n.starts) {
		starts = n.starts
	}
	var sets [][]word
	for _, set := range n.holds {
		if telling(set) && (starts == nil || !slices.Equal(set, starts)) {
			sets = append(sets, set)
		}
	}
	for len(sets) > 0 && len(holds) < 4 {
		best := 0
		for i := range sets {
			if weight(sets[i]) > weight(sets[best]) {
				best = i
			}
		}
		holds = append(holds, sets[best])
		sets = append(sets[:best], sets[best+1:]...)
	}
	return starts, holds
}

// folds reports whether any part of an expression ignores case.
func folds(re *syntax.Regexp) bool {
	if re.Flags&syntax.FoldCase != 0 && re.Op == syntax.OpLiteral {
		return true
	}
	for _, sub := range re.Sub {
		if folds(sub) {
			return true
		}
	}
	return false
}

// mayBeEmpty reports whether an expression can match no characters.
func mayBeEmpty(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpNoMatch, syntax.OpLiteral, syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return false
	case syntax.OpCapture, syntax.OpPlus:
		return mayBeEmpty(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min == 0 || mayBeEmpty(re.Sub[0])
	case syntax.OpConcat:
		return !slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return !mayBeEmpty(sub) })
	case syntax.OpAlternate:
		return slices.ContainsFunc(re.Sub, mayBeEmpty)
	}
	return true
}

// telling reports whether a set of words rules anything out.
func telling(set []word) bool {
	for _, w := range set {
		if w.text == "" {
			return false
		}
	}
	return len(set) > 0 && len(set) <= maxWords
}

// weight returns how much a set rules out: the length of its shortest word, and less the more words it has.
func weight(set []word) float64 {
	shortest := len(set[0].text)
	for _, w := range set {
		shortest = min(shortest, len(w.text))
	}
	return float64(min(shortest, 6)) - float64(len(set))/16
}

// analyzer reads the syntax of an expression that ignores case, or of one that does not.
type analyzer struct{ fold bool }

var nothing = []word{{}}

func (a analyzer) of(re *syntax.Regexp) needs {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpEndLine, syntax.OpEndText, syntax.OpNoWordBoundary, syntax.OpBeginLine:
		return exactly(nothing)
	case syntax.OpBeginText:
		return exactly([]word{{first: true}})
	case syntax.OpWordBoundary:
		return exactly([]word{{edge: true}})
	case syntax.OpLiteral:
		return a.literal(re)
	case syntax.OpCharClass:
		return a.class(re)
	case syntax.OpCapture:
		return a.of(re.Sub[0])
	case syntax.OpConcat:
		return a.concat(re.Sub)
	case syntax.OpAlternate:
		return a.alternate(re.Sub)
	case syntax.OpPlus:
		if class := re.Sub[0]; class.Op == syntax.OpCharClass && !slices.ContainsFunc(class.Rune, func(r rune) bool { return !utf8.ValidRune(r) }) {
			n := exactly([]word{{run: string(class.Rune)}})
			n.starts = a.spelled(n.exact)
			n.holds = [][]word{n.starts}
			return n
		}
		n := a.of(re.Sub[0])
		n.exact = nil
		return n
	case syntax.OpQuest, syntax.OpStar:
		n := a.of(re.Sub[0])
		if re.Op == syntax.OpQuest && n.exact != nil && len(n.exact) < maxExact {
			return needs{exact: append([]word{{}}, n.exact...)}
		}
		return needs{optional: n.starts}
	}
	return needs{}
}

func exactly(set []word) needs { return needs{exact: set, starts: set, holds: [][]word{set}} }

// literal gives the word of a literal; where case is ignored it ends before a character that is not of ASCII, whose
// other forms are not known here.
func (a analyzer) literal(re *syntax.Regexp) needs {
	text := make([]byte, 0, len(re.Rune))
	for i, r := range re.Rune {
		if a.fold && r >= utf8.RuneSelf && unicode.SimpleFold(r) != r || r == utf8.RuneError {
			if i == 0 {
				return needs{}
			}
			set := []word{{text: string(text)}}
			return needs{starts: set, holds: [][]word{set}}
		}
		if a.fold {
			r = unicode.ToLower(r)
		}
		text = utf8.AppendRune(text, r)
	}
	return exactly([]word{{text: string(text)}})
}

// class writes a small class of characters out.
func (a analyzer) class(re *syntax.Regexp) needs {
	var set []word
	seen := map[rune]bool{}
	for i := 0; i+1 < len(re.Rune); i += 2 {
		for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
			c := r
			if a.fold {
				switch {
				case r == 'ſ': // goes with s, and the Kelvin sign with k
					c = 's'
				case r == '\u212a':
					c = 'k'
				case r < utf8.RuneSelf:
					c = unicode.ToLower(r)
				case unicode.SimpleFold(r) != r:
					return needs{}
				}
			}
			if r == utf8.RuneError || len(set) >= maxClass {
				return needs{}
			}
			if !seen[c] {
				seen[c] = true
				set = append(set, word{text: string(c)})
			}
		}
	}
	return exactly(set)
}

func (a analyzer) concat(subs []*syntax.Regexp) needs {
	out := needs{}
	run, all := nothing, true // what the parts so far match, since the last that can match too much
	var before []word         // what a match starts with that has the optional parts which the others may start without
	whole := true
	cut := func(set []word) {
		set = a.spelled(set)
		if all {
			out.starts, all = slices.Concat(before, set), false
		}
		if !whole { // an optional part may stand before the words
			set = inside(set)
		}
		out.holds = append(out.holds, set)
	}
	for _, sub := range subs {
		n := a.of(sub)
		if n.optional != nil && all && !anyText(run) {
			if c, ok := cross(run, n.optional); ok {
				before, whole = append(before, c...), false
				continue
			}
		}
		if n.exact != nil {
			if c, ok := cross(run, n.exact); ok {
				run = c
				continue
			}
		}
		next := run
		if n.starts != nil {
			if c, ok := cross(run, n.starts); ok {
				next = c
			}
		}
		cut(next)
		out.holds = append(out.holds, n.holds...)
		run = nothing
		if n.exact != nil {
			run = n.exact
		}
	}
	if all && whole {
		return exactly(run)
	}
	cut(run)
	return out
}

// spelled returns some words with each that is only a run of a small class as the characters of that class.
func (a analyzer) spelled(set []word) []word {
	var out []word
	for _, w := range set {
		chars := []word{w}
		if w.text == "" && w.run != "" {
			if n := a.class(&syntax.Regexp{Op: syntax.OpCharClass, Rune: []rune(w.run)}); n.exact != nil {
				chars, _ = cross([]word{{edge: w.edge, first: w.first}}, n.exact)
			}
		}
		out = append(out, chars...)
	}
	return out
}

// inside returns some words without what they need before them.
func inside(set []word) []word {
	out := slices.Clone(set)
	for i := range out {
		out[i].edge, out[i].first = false, false
	}
	return out
}

// anyText reports whether any of some words has text.
func anyText(set []word) bool {
	return slices.ContainsFunc(set, func(w word) bool { return w.text != "" || w.run != "" })
}

func (a analyzer) alternate(subs []*syntax.Regexp) needs {
	out := needs{exact: []word{}, starts: []word{}}
	var holds []word
	known := true
	for _, sub := range subs {
		n := a.of(sub)
		if out.exact != nil && n.exact != nil && len(out.exact)+len(n.exact) <= maxWords {
			out.exact = append(out.exact, n.exact...)
		} else {
			out.exact = nil
		}
		if out.starts != nil && n.starts != nil && len(out.starts)+len(n.starts) <= maxWords {
			out.starts = append(out.starts, n.starts...)
		} else {
			out.starts = nil
		}
		best := -1
		for i, set := range n.holds {
			if telling(set) && (best < 0 || weight(set) > weight(n.holds[best])) {
				best = i
			}
		}
		if best < 0 || len(holds)+len(n.holds[best]) > maxWords {
			known = false
			continue
		}
		holds = append(holds, n.holds[best]...)
	}
	if known {
		out.holds = [][]word{holds}
	}
	return out
}

// inRun reports whether the first character of a text is one of a class, in any case.
func inRun(class, text string) bool {
	c, _ := utf8.DecodeRuneInString(text)
	bounds := []rune(class)
	for i := 0; i+1 < len(bounds); i += 2 {
		for r := c; ; {
			if bounds[i] <= r && r <= bounds[i+1] {
				return true
			}
			if r = unicode.SimpleFold(r); r == c {
				break
			}
		}
	}
	return false
}

// cross returns each word of one set followed by each of another, unless these are too many.
func cross(a, b []word) ([]word, bool) {
	if len(a)*len(b) > maxExact && len(a) > 1 && len(b) > 1 {
		return nil, false
	}
	out := make([]word, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			switch {
			case x.text == "" && x.run == "":
				y.edge = y.edge || x.edge
				y.first = y.first || x.first
			case y.run != "", x.text == "" && y.text != "" && inRun(x.run, y.text):
				return nil, false
			default:
				y = word{x.run, x.text + y.text, x.edge, x.first}
			}
			out = append(out, y)
		}
	}
	return out, true
}
