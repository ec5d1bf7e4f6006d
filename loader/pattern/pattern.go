// Package pattern holds regular expressions that are quick to say no. A rule of extraction fits few of the sentences it
// is tried on, so what counts is the cost of a miss: a pattern asks an automaton that reads each character once, and looks for
// groups only in the stretch where that says that a match stands; and a set of patterns tells by one pass over a sentence
// which of them can match in it, for their syntax says which words each match holds. What a pattern answers is what the package
// regexp answers, byte for byte; it knows nothing of what the patterns are for.
package pattern

import (
	"regexp"
	"regexp/syntax"
	"sync"
	"unicode/utf8"
)

// Pattern is a regular expression in the syntax of the package regexp. It is compiled when it is first used, and safe
// for use by several goroutines. A nil pattern matches nothing.
type Pattern struct {
	expr     string
	set      *Set   // that it belongs to, or nil
	groups   [2]int // in the hits of its set: its needs, from and to
	prepared sync.Once
	quick    *quick
	prog     *syntax.Prog
	captures int  // how many numbers a match and its groups are
	empty    bool // it can match no characters
	plain    func() *regexp.Regexp
}

// maxWork is how many times the length of a text a search reads, place by place, before it leaves the text to the plain
// regular expression, whose cost does not depend on how many places look like the start of a match.
const maxWork = 24

// New returns the pattern of an expression. It panics, when the pattern is first used, if the expression is none.
func New(expr string) *Pattern { return &Pattern{expr: expr} }

// String returns the expression.
func (p *Pattern) String() string { return p.expr }

// needs returns sets of words, of each of which each match holds one.
func (p *Pattern) needs() [][]word {
	tree := p.parse()
	starts, holds := required(tree.Simplify(), folds(tree))
	if starts != nil {
		holds = append([][]word{starts}, holds...)
	}
	return holds
}

func (p *Pattern) parse() *syntax.Regexp {
	tree, err := syntax.Parse(p.expr, syntax.Perl)
	if err != nil {
		panic("pattern: " + err.Error())
	}
	return tree
}

// prepare compiles the expression.
func (p *Pattern) prepare() {
	p.prepared.Do(func() {
		tree := p.parse()
		p.captures = 2 * (tree.MaxCap() + 1)
		p.quick, p.empty = newQuick(tree), mayBeEmpty(tree)
		if p.prog = p.quick.prog; !p.quick.exact {
			p.prog = program(tree)
		}
		p.plain = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(p.expr) })
	})
}

// may reports whether a text can hold a match: it does where the automaton is exact.
func (p *Pattern) may(s string) bool {
	if p == nil {
		return false
	}
	p.prepare()
	return p.quick.matches(s)
}

// MatchString reports whether a text holds a match.
func (p *Pattern) MatchString(s string) bool {
	switch {
	case !p.may(s):
		return false
	case p.quick.exact && !p.quick.off.Load():
		return true
	}
	return p.FindStringIndex(s) != nil
}

// FindStringIndex returns where the first match starts and ends, nil where there is none.
func (p *Pattern) FindStringIndex(s string) []int {
	if p == nil {
		return nil
	}
	loc, ok := p.find(s, 0, false)
	if !ok {
		return p.plain().FindStringIndex(s)
	}
	return loc
}

// FindStringSubmatchIndex returns where the first match and its groups start and end, nil where there is none.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	if p == nil {
		return nil
	}
	loc, ok := p.find(s, 0, true)
	if !ok {
		return p.plain().FindStringSubmatchIndex(s)
	}
	return loc
}

// FindAllStringIndex returns where each of the first n matches starts and ends; all of them when n is negative.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	if !p.may(s) {
		return nil
	}
	all, ok := p.findAll(s, n, false)
	if !ok {
		return p.plain().FindAllStringIndex(s, n)
	}
	return all
}

// FindAllStringSubmatchIndex returns where each of the first n matches and its groups start and end; all of them when
// n is negative.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !p.may(s) {
		return nil
	}
	all, ok := p.findAll(s, n, true)
	if !ok {
		return p.plain().FindAllStringSubmatchIndex(s, n)
	}
	return all
}

// FindString returns the first match, empty where there is none.
func (p *Pattern) FindString(s string) string {
	loc := p.FindStringIndex(s)
	if loc == nil {
		return ""
	}
	return s[loc[0]:loc[1]]
}

// FindStringSubmatch returns the first match and its groups, nil where there is none.
func (p *Pattern) FindStringSubmatch(s string) []string {
	return texts(s, p.FindStringSubmatchIndex(s))
}

// FindAllString returns the first n matches; all of them when n is negative.
func (p *Pattern) FindAllString(s string, n int) []string {
	var out []string
	for _, loc := range p.FindAllStringIndex(s, n) {
		out = append(out, s[loc[0]:loc[1]])
	}
	return out
}

// FindAllStringSubmatch returns the first n matches with their groups; all of them when n is negative.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	var out [][]string
	for _, loc := range p.FindAllStringSubmatchIndex(s, n) {
		out = append(out, texts(s, loc))
	}
	return out
}

// ReplaceAllString returns a text with each match replaced; $1 in the replacement stands for the first group.
func (p *Pattern) ReplaceAllString(s, with string) string {
	if !p.MatchString(s) {
		return s
	}
	return p.plain().ReplaceAllString(s, with)
}

// ReplaceAllStringFunc returns a text with each match replaced by what with makes of it.
func (p *Pattern) ReplaceAllStringFunc(s string, with func(string) string) string {
	if !p.MatchString(s) {
		return s
	}
	return p.plain().ReplaceAllStringFunc(s, with)
}

// texts returns the stretches of a text that a match and its groups take.
func texts(s string, loc []int) []string {
	if loc == nil {
		return nil
	}
	out := make([]string, len(loc)/2)
	for i := range out {
		if loc[2*i] >= 0 {
			out[i] = s[loc[2*i]:loc[2*i+1]]
		}
	}
	return out
}

// find returns the first match at or after from; ok is false where the plain expression has to look.
func (p *Pattern) find(s string, from int, groups bool) (loc []int, ok bool) {
	p.prepare()
	if p.quick.first {
		if from > 0 {
			return nil, true
		}
		loc, _, ok = p.at(s, 0, groups)
		return loc, ok
	}
	work := 0
	for i := from; i <= len(s); {
		begin, end, known := p.quick.search(s, i)
		if end < 0 || !known {
			return nil, known
		}
		for i = begin; i <= end; {
			loc, read, ok := p.at(s, i, groups)
			if loc != nil || !ok {
				return loc, ok
			}
			if work += read; work > maxWork*len(s) {
				return nil, false
			}
			_, size := utf8.DecodeRuneInString(s[i:])
			i += max(size, 1)
		}
	}
	return nil, true
}

// at returns the match that starts at i, with its groups where they are asked for, nil where there is none; and how much of
// the text was read for it. Where ok is false the plain expression has to look.
func (p *Pattern) at(s string, i int, groups bool) (loc []int, read int, ok bool) {
	end, read, known := p.quick.at(s, i)
	switch {
	case end < 0:
		return nil, read, true
	case known && !groups:
		return []int{i, end}, read, true
	case !known:
		end = len(s)
	}
	n := 2
	if groups {
		n = p.captures
	}
	loc, steps, ok := walk(p.prog, s, i, end, known, n)
	return loc, read + steps, ok
}

// findAll returns the first n matches, none of which overlaps another.
func (p *Pattern) findAll(s string, n int, groups bool) (all [][]int, ok bool) {
	if p.empty {
		return nil, false
	}
	for at := 0; n < 0 || len(all) < n; {
		loc, ok := p.find(s, at, groups)
		if !ok {
			return nil, false
		}
		if loc == nil {
			break
		}
		all = append(all, loc)
		at = loc[1]
	}
	return all, true
}
