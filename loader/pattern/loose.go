package pattern

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"sync"
	"unicode"
)

// forms are the ways in which an expression is compiled, each when it is first used.
type forms struct {
	anywhere func() *regexp.Regexp // as written
	first    func() *regexp.Regexp // a match that starts where the text does
	after    func() *regexp.Regexp // a match that starts after the first character of the text
}

// compiled returns the forms of an expression.
func compiled(expr string) *forms {
	once := func(expr string) func() *regexp.Regexp {
		return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
	}
	return &forms{once(expr), once(`\A(?:` + expr + `)`), once(`\A(?s:.)(?:` + expr + `)`)}
}

// placed returns the form for a match at place i of a text, of which it gets what starts with the character before.
func (f *forms) placed(i int) *regexp.Regexp {
	if i == 0 {
		return f.first()
	}
	return f.after()
}

// largest is how many instructions a program may have for the package regexp to backtrack in it; larger ones it runs
// as a slow simulation.
const largest = 500

// loose returns an expression that is shorter than a large one and matches all that it matches, and more: lists of words
// are replaced by their letters, the longest lists alone where that is enough. It returns nil for an expression that is
// not large, and for one that stays so.
func loose(tree *syntax.Regexp, fold bool) *syntax.Regexp {
	if size(tree) < largest {
		return nil
	}
	for _, shortest := range []int{90, 60, 30, 15} {
		if l := (loosener{fold, shortest}).of(tree); size(l) < largest {
			return l
		}
	}
	return nil
}

// size returns how many instructions an expression has, with those that its placed forms add.
func size(tree *syntax.Regexp) int {
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return 0
	}
	return len(prog.Inst) + 20
}

// loosener replaces lists of words of at least so many letters.
type loosener struct {
	fold     bool
	shortest int
}

func (l loosener) of(re *syntax.Regexp) *syntax.Regexp {
	out := *re
	out.Sub = nil
	var list []word
	for _, sub := range re.Sub {
		if re.Op == syntax.OpAlternate {
			set := (analyzer{l.fold}).of(sub.Simplify()).exact
			if len(set) > 0 && !slices.ContainsFunc(set, func(w word) bool { return w.run != "" }) {
				list = append(list, set...)
				continue
			}
		}
		out.Sub = append(out.Sub, l.of(sub))
	}
	total := 0
	for _, w := range list {
		total += len(w.text)
	}
	switch {
	case len(list) == 0:
		return &out
	case total < l.shortest: // all subexpressions as they are
		out.Sub = nil
		for _, sub := range re.Sub {
			out.Sub = append(out.Sub, l.of(sub))
		}
		return &out
	case len(out.Sub) == 0:
		return letters(list, l.fold)
	}
	out.Sub = append(out.Sub, letters(list, l.fold))
	return &out
}

// letters returns an expression for one or more of the characters of some words; for none too, where a word is empty.
func letters(set []word, fold bool) *syntax.Regexp {
	var all []rune
	op := syntax.OpPlus
	for _, w := range set {
		if w.text == "" {
			op = syntax.OpStar
		}
		for _, c := range w.text {
			all = append(all, c)
			for f := unicode.SimpleFold(c); fold && f != c; f = unicode.SimpleFold(f) {
				all = append(all, f)
			}
		}
	}
	slices.Sort(all)
	class := &syntax.Regexp{Op: syntax.OpCharClass, Flags: syntax.Perl}
	for _, c := range slices.Compact(all) {
		class.Rune = append(class.Rune, c, c)
	}
	return &syntax.Regexp{Op: op, Flags: syntax.Perl, Sub: []*syntax.Regexp{class}}
}
