package pattern

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// TestQuickGivesUp reads texts that lead an expression to more states than an automaton may have.
func TestQuickGivesUp(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for range 20000 {
		b.WriteByte("ab"[random.IntN(2)])
	}
	expr := `\ba[ab]*a[ab]{8}[ab]{8}b\b`
	p, re := New(expr), regexp.MustCompile(expr)
	for _, s := range []string{b.String(), "x abab y", b.String()[:3000] + " " + b.String()[3000:]} {
		if got, want := p.FindString(s), re.FindString(s); got != want {
			t.Errorf("%.40q, the regexp has %.40q", got, want)
		}
	}
	if !p.quick.off.Load() {
		t.Error("the automaton is still used")
	}
}

// TestQuickReadsManyCharacters reads more characters outside ASCII than an automaton remembers.
func TestQuickReadsManyCharacters(t *testing.T) {
	p := New(`\p{L}+(?:\x{2022}|\d)x`)
	var b strings.Builder
	for r := 'a'; b.Len() < 20000; r++ {
		b.WriteRune(r)
	}
	if p.MatchString(b.String()) || !p.MatchString(b.String()+" é•x") {
		t.Error("a match is missed or made up")
	}
	if p.quick.off.Load() {
		t.Error("the automaton is not used any more")
	}
}

// TestQuickIsShared has several goroutines make the states of one automaton.
func TestQuickIsShared(t *testing.T) {
	for _, e := range expressions {
		p, re := New(e), regexp.MustCompile(e)
		var wait sync.WaitGroup
		for k := range 4 {
			wait.Go(func() {
				for i := range passages {
					s := passages[(i+k*7)%len(passages)]
					if got, want := p.MatchString(s), re.MatchString(s); got != want {
						t.Errorf("%s in %q: %v, the regexp has %v", e, s, got, want)
					}
				}
			})
		}
		wait.Wait()
	}
}

func TestUncounted(t *testing.T) {
	for expr, exact := range map[string]bool{`a{2,3}b?`: true, `\d{8}`: true, `(?:[a-z]+ ){0,6}x`: false, `(x|y[^.]{4,160})z`: false, `a*b+`: true} {
		p := New(expr)
		p.prepare()
		if p.quick.exact != exact {
			t.Errorf("%s: exact is %v", expr, p.quick.exact)
		}
	}
}
