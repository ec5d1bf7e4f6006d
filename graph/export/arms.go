package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

// lineup is the arms of a study, those that several tellings have taken as one.
type lineup struct {
	all []*merged
}

// merged is one arm as the tellings have it.
type merged struct {
	thing string // names it within the drawing of the study
	arms  []*evidence.Arm
	of    []*graph.Telling
}

// newLineup goes through the tellings in order. An arm of a later telling is one of an earlier when they share a name
// or an abbreviation, or when the same was done in both; never two arms of one telling.
func newLineup(tellings []*graph.Telling) *lineup {
	l := &lineup{}
	for _, t := range tellings {
		for i := range t.Study.Arms {
			a := &t.Study.Arms[i]
			m := l.match(t, a)
			if m == nil {
				m = &merged{thing: fmt.Sprintf("arm %d", len(l.all)+1)}
				l.all = append(l.all, m)
			}
			m.arms, m.of = append(m.arms, a), append(m.of, t)
		}
	}
	return l
}

func (l *lineup) match(t *graph.Telling, a *evidence.Arm) *merged {
	for _, same := range []func(a, b *evidence.Arm) bool{sameName, sameCare} {
		for _, m := range l.all {
			if !slices.Contains(m.of, t) && slices.ContainsFunc(m.arms, func(b *evidence.Arm) bool { return same(a, b) }) {
				return m
			}
		}
	}
	return nil
}

func sameName(a, b *evidence.Arm) bool {
	names := plainNames(b)
	return slices.ContainsFunc(plainNames(a), func(n string) bool { return slices.Contains(names, n) })
}

// plainNames returns the names of an arm without case, hyphens and double blanks.
func plainNames(a *evidence.Arm) []string {
	var out []string
	for _, n := range append([]string{a.Label, a.Abbreviation}, a.Aliases...) {
		if n = strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(n), "-", " ")), " "); n != "" {
			out = append(out, n)
		}
	}
	return out
}

func sameCare(a, b *evidence.Arm) bool {
	x, y := slices.Sorted(slices.Values(a.Interventions)), slices.Sorted(slices.Values(b.Interventions))
	return len(x) > 0 && slices.Equal(x, y)
}

// find returns the arm that a label of a telling names, or nil.
func (l *lineup) find(t *graph.Telling, label string) *merged {
	for _, m := range l.all {
		for i, a := range m.arms {
			if m.of[i] == t && a.Label == label {
				return m
			}
		}
	}
	return nil
}

// thing returns what an arm's node stands for.
func (l *lineup) thing(t *graph.Telling, label string) string {
	if m := l.find(t, label); m != nil {
		return m.thing
	}
	return "arm named " + strings.ToLower(label)
}

// short returns the shortest good name for an arm: its abbreviation in any telling, else the label.
func (l *lineup) short(t *graph.Telling, label string) string {
	if m := l.find(t, label); m != nil {
		if a := m.first(func(a *evidence.Arm) string { return a.Abbreviation }); a != "" {
			return a
		}
		return m.arms[0].Label
	}
	return label
}

// first returns the first value that a telling gives.
func (m *merged) first(get func(*evidence.Arm) string) string {
	for _, a := range m.arms {
		if s := get(a); s != "" {
			return s
		}
	}
	return ""
}
