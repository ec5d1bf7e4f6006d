// Package lazyregexp holds regular expressions that are compiled when they are first used: a call of the command needs few of those
// that its packages have, and compiling all of them took longer than opening a graph. A Regexp answers what one of the package regexp
// answers. It knows nothing of what the expressions are for.
package lazyregexp

import (
	"os"
	"regexp"
	"strings"
	"sync"
)

// Regexp is a regular expression in the syntax of the package regexp. It is safe for use by several goroutines.
type Regexp struct {
	expr     string
	compiled func() *regexp.Regexp
}

// inTest reports whether this is the program of a package's tests, where an expression that is none is to be found out at once.
var inTest = len(os.Args) > 0 && strings.HasSuffix(strings.TrimSuffix(os.Args[0], ".exe"), ".test")

// New returns a regular expression. It panics when it is first used, and in tests at once, if the text is none.
func New(expr string) *Regexp {
	r := &Regexp{expr, sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })}
	if inTest {
		r.compiled()
	}
	return r
}

// String returns the expression.
func (r *Regexp) String() string { return r.expr }

// MatchString reports whether a text holds a match.
func (r *Regexp) MatchString(s string) bool { return r.compiled().MatchString(s) }

// Match reports whether bytes hold a match.
func (r *Regexp) Match(b []byte) bool { return r.compiled().Match(b) }

// FindString returns the first match, empty where there is none.
func (r *Regexp) FindString(s string) string { return r.compiled().FindString(s) }

// FindIndex returns where the first match in bytes starts and ends, nil where there is none.
func (r *Regexp) FindIndex(b []byte) []int { return r.compiled().FindIndex(b) }

// FindAllIndex returns where each of the first n matches in bytes starts and ends; all of them when n is negative.
func (r *Regexp) FindAllIndex(b []byte, n int) [][]int { return r.compiled().FindAllIndex(b, n) }

// FindStringIndex returns where the first match starts and ends, nil where there is none.
func (r *Regexp) FindStringIndex(s string) []int { return r.compiled().FindStringIndex(s) }

// FindStringSubmatch returns the first match and its groups, nil where there is none.
func (r *Regexp) FindStringSubmatch(s string) []string { return r.compiled().FindStringSubmatch(s) }

// FindStringSubmatchIndex returns where the first match and its groups start and end, nil where there is none.
func (r *Regexp) FindStringSubmatchIndex(s string) []int {
	return r.compiled().FindStringSubmatchIndex(s)
}

// FindAllString returns the first n matches; all of them when n is negative.
func (r *Regexp) FindAllString(s string, n int) []string { return r.compiled().FindAllString(s, n) }

// FindAllStringIndex returns where each of the first n matches starts and ends; all of them when n is negative.
func (r *Regexp) FindAllStringIndex(s string, n int) [][]int {
	return r.compiled().FindAllStringIndex(s, n)
}

// FindAllStringSubmatch returns the first n matches with their groups; all of them when n is negative.
func (r *Regexp) FindAllStringSubmatch(s string, n int) [][]string {
	return r.compiled().FindAllStringSubmatch(s, n)
}

// FindAllStringSubmatchIndex returns where each of the first n matches and its groups start and end; all of them when n is negative.
func (r *Regexp) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return r.compiled().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString returns a text with each match replaced; $1 in the replacement stands for the first group.
func (r *Regexp) ReplaceAllString(s, with string) string {
	return r.compiled().ReplaceAllString(s, with)
}

// ReplaceAllStringFunc returns a text with each match replaced by what with makes of it.
func (r *Regexp) ReplaceAllStringFunc(s string, with func(string) string) string {
	return r.compiled().ReplaceAllStringFunc(s, with)
}

// Split returns the parts of a text between matches, at most n of them; all when n is negative.
func (r *Regexp) Split(s string, n int) []string { return r.compiled().Split(s, n) }

// SubexpIndex returns the number of the group of a name, -1 where there is none.
func (r *Regexp) SubexpIndex(name string) int { return r.compiled().SubexpIndex(name) }
