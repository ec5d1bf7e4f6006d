package lazyregexp

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRegexp compares what is forwarded with what the package regexp answers.
func TestRegexp(t *testing.T) {
	const expr, text = `(?i)(?P<what>[a-z]+)-(\d+)`, "pain-1, Sleep-22 and mood"
	a, b := New(expr), regexp.MustCompile(expr)
	if a.String() != expr || a.SubexpIndex("what") != 1 || !a.MatchString(text) || a.MatchString("mood") || !a.Match([]byte(text)) {
		t.Error("it does not match")
	}
	if got, want := a.FindAllString(text, -1), b.FindAllString(text, -1); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := a.FindStringSubmatch(text), b.FindStringSubmatch(text); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := a.ReplaceAllString(text, "$2"), b.ReplaceAllString(text, "$2"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := a.ReplaceAllStringFunc(text, strings.ToUpper), b.ReplaceAllStringFunc(text, strings.ToUpper); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := a.Split(text, 2), b.Split(text, 2); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestWrong finds an expression that is none at once in tests, and outside of them when it is first used.
func TestWrong(t *testing.T) {
	panics := func(f func()) (did bool) {
		defer func() { did = recover() != nil }()
		f()
		return
	}
	if !panics(func() { New("(") }) {
		t.Error("a wrong expression is not found in tests")
	}
	inTest = false
	defer func() { inTest = true }()
	var r *Regexp
	if panics(func() { r = New("(") }) || !panics(func() { r.MatchString("") }) {
		t.Error("an expression is not compiled when it is first used")
	}
}
