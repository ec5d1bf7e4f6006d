// Package pattern holds regular expressions that are quick to say no. A rule of extraction fits few of the sentences it
// is tried on, so what counts is the cost of a miss: a pattern knows from its syntax which words each of its matches
// starts with or holds, looks for those first, then asks an automaton that reads each character once, and runs the regular
// expression only where that says yes. What it answers is what the package regexp answers, byte for byte; it knows nothing of
// what the patterns are for.
package pattern

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"unicode/utf8"
)

// Pattern is a regular expression in the syntax of the package regexp. It is compiled when it is first used, and safe
// for use by several goroutines. A nil pattern matches nothing.
type Pattern struct {
	expr     string
	set      *Set   // that it belongs to, or nil
	groups   [2]int // in the hits of its set: its needs, from and to
	read     sync.Once
	needs    [][]word // of each of these, each match holds one word
	prepared sync.Once
	exact    *forms
	quick    *quick
	empty    bool     // it can match no characters
	starts   *words   // what each match starts with, nil where it can start with too much
	holds    []*words // of each of these, each match holds one word
}

// maxWork is how many times the length of a text a search reads, place by place, before it leaves the text to the plain
// regular expression, whose cost does not depend on how many places look like the start of a match.
const maxWork = 24

// New returns the pattern of an expression. It panics, when the pattern is first used, if the expression is none.
func New(expr string) *Pattern { return &Pattern{expr: expr} }

// String returns the expression.
func (p *Pattern) String() string { return p.expr }

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

// analyze finds the words that the expression needs.
func (p *Pattern) analyze() {
	p.read.Do(func() {
		tree, err := syntax.Parse(p.expr, syntax.Perl)
		if err != nil {
			panic("pattern: " + err.Error())
		}
		fold := folds(tree)
		starts, holds := required(tree.Simplify(), fold)
		if starts != nil {
			p.needs = append(p.needs, starts)
			p.starts = newWords(starts, fold)
		}
		for _, set := range holds {
			p.needs = append(p.needs, set)
			p.holds = append(p.holds, newWords(set, fold))
		}
	})
}

// prepare readies the expression to be compiled.
func (p *Pattern) prepare() {
	p.prepared.Do(func() {
		tree, err := syntax.Parse(p.expr, syntax.Perl)
		if err != nil {
			panic(err) // not after analyze
		}
		p.quick, p.empty = newQuick(tree), mayBeEmpty(tree)
		expr := p.expr
		if strings.Contains(expr, `\Q`) { // which stays open to the end, where the forms close a group
			expr = tree.String()
		}
		p.exact = compiled(expr)
	})
}

// may reports whether a text can hold a match: it does where the automaton is exact.
func (p *Pattern) may(s string) bool {
	if p == nil {
		return false
	}
	p.analyze()
	from := 0
	if p.starts != nil {
		if from = p.starts.next(s, 0); from < 0 {
			return false
		}
	} else if len(p.holds) > 0 && p.holds[0].next(s, 0) < 0 {
		return false
	}
	p.prepare()
	return p.quick.matches(s, from)
}

// MatchString reports whether a text holds a match.
func (p *Pattern) MatchString(s string) bool {
	switch {
	case !p.may(s):
		return false
	case p.quick.exact && !p.quick.off.Load():
		return true
	}
	loc, ok := p.find(s, 0, false)
	if !ok {
		return p.exact.anywhere().MatchString(s)
	}
	return loc != nil
}

// FindStringIndex returns where the first match starts and ends, nil where there is none.
func (p *Pattern) FindStringIndex(s string) []int {
	if !p.may(s) {
		return nil
	}
	loc, ok := p.find(s, 0, false)
	if !ok {
		return p.exact.anywhere().FindStringIndex(s)
	}
	return loc
}

// FindStringSubmatchIndex returns where the first match and its groups start and end, nil where there is none.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	if !p.may(s) {
		return nil
	}
	loc, ok := p.find(s, 0, true)
	if !ok {
		return p.exact.anywhere().FindStringSubmatchIndex(s)
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
		return p.exact.anywhere().FindAllStringIndex(s, n)
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
		return p.exact.anywhere().FindAllStringSubmatchIndex(s, n)
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
	return p.exact.anywhere().ReplaceAllString(s, with)
}

// ReplaceAllStringFunc returns a text with each match replaced by what with makes of it.
func (p *Pattern) ReplaceAllStringFunc(s string, with func(string) string) string {
	if !p.MatchString(s) {
		return s
	}
	return p.exact.anywhere().ReplaceAllStringFunc(s, with)
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

// before returns where the character that ends at i starts.
func before(s string, i int) int {
	_, size := utf8.DecodeLastRuneInString(s[:i])
	return i - size
}

// next returns the first place at or after i, where a character starts, where a match may start; -1 where there is none.
func (p *Pattern) next(s string, i int) int {
	switch {
	case p.starts != nil:
		return p.starts.next(s, i)
	case i >= len(s) || p.quick.first && i > 0:
		return -1
	}
	return i
}

// find returns the first match at or after from; ok is false where the plain expression has to look.
func (p *Pattern) find(s string, from int, groups bool) (loc []int, ok bool) {
	if p.empty {
		return nil, false
	}
	work := 0
	for i := p.next(s, from); i >= 0; {
		loc, read := p.at(s, i, groups)
		if loc != nil {
			return loc, true
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i = p.next(s, i+size)
		if work += read; work > maxWork*len(s) {
			return nil, false
		}
	}
	return nil, true
}

// at returns the match that starts at i, with its groups where they are asked for, nil where there is none; and how much of
// the text was read.
func (p *Pattern) at(s string, i int, groups bool) (loc []int, read int) {
	end, read, known := p.quick.at(s, i)
	switch {
	case end < 0:
		return nil, read
	case known && !groups:
		return []int{i, end}, read
	}
	k := 0
	if i > 0 {
		k = before(s, i)
	}
	if re := p.exact.placed(i); groups {
		loc = re.FindStringSubmatchIndex(s[k:])
	} else {
		loc = re.FindStringIndex(s[k:])
	}
	for n := range loc {
		if loc[n] >= 0 {
			loc[n] += k
		}
	}
	if len(loc) > 0 {
		loc[0] = i
	}
	return loc, len(s)
}

// findAll returns the first n matches, none of which overlaps another.
func (p *Pattern) findAll(s string, n int, groups bool) (all [][]int, ok bool) {
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
