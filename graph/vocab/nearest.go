package vocab

import (
	"slices"
	"strings"
)

// Nearest returns up to n names of concepts that are written most like a form, the nearest first: for hints. Names
// that differ too much are left out.
func (v *Vocabulary) Nearest(form string, n int) []string {
	names := make([]string, 0, len(v.forms))
	for _, f := range v.forms {
		if !f.form.Abbreviation || len(form) <= 8 {
			names = append(names, f.form.Text)
		}
	}
	return nearestOf(form, n, names)
}

// nearestOf returns up to n of the names that are nearest to a form by edit distance, equal ones in alphabetic order.
func nearestOf(form string, n int, names []string) []string {
	type near struct {
		name     string
		distance int
	}
	form = strings.ToLower(strings.Join(strings.Fields(form), " "))
	limit := max(2, len([]rune(form))/4)
	var found []near
	for _, name := range names {
		lower := strings.ToLower(name)
		d := Distance(form, lower, limit)
		if d > limit && len(form) >= 4 && strings.Contains(lower, form) {
			d = limit // part of a longer name
		}
		if d <= limit {
			found = append(found, near{name, d})
		}
	}
	slices.SortFunc(found, func(a, b near) int {
		if a.distance != b.distance {
			return a.distance - b.distance
		}
		if len(a.name) != len(b.name) {
			return len(a.name) - len(b.name)
		}
		return strings.Compare(a.name, b.name)
	})
	var out []string
	for _, f := range found {
		if len(out) == n {
			break
		}
		if !slices.ContainsFunc(out, func(s string) bool { return strings.EqualFold(s, f.name) }) {
			out = append(out, f.name)
		}
	}
	return out
}

// Distance is the number of insertions, deletions, replacements and swaps of neighbours that lead from a to b (optimal
// string alignment, in letters), or limit+1 when it is more than limit.
func Distance(a, b string, limit int) int {
	s, t := []rune(a), []rune(b)
	if d := len(s) - len(t); d > limit || -d > limit {
		return limit + 1
	}
	before, last, this := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(s); i++ {
		this[0] = i
		least := i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			this[j] = min(last[j]+1, this[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				this[j] = min(this[j], before[j-2]+1)
			}
			least = min(least, this[j])
		}
		if least > limit {
			return limit + 1
		}
		before, last, this = last, this, before
	}
	return min(last[len(t)], limit+1)
}
