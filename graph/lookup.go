package graph

import (
	"context"
	"slices"
	"sort"
	"strings"
	"unicode"
)

// Fold returns the form in which Lookup and NamesWithPrefix compare names: lower case, with one blank between words, where
// anything that is neither a letter nor a digit parts words. "NCT-0302 6790" and "nct 0302 6790" are one form.
func Fold(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Lookup returns what a person may call by the name, compared by Fold, in the order of Names. Nothing is no error.
func (g *Graph) Lookup(ctx context.Context, name string) ([]Name, error) {
	want := Fold(name)
	var out []Name
	err := g.folded(ctx, func(all []foldedName) {
		for _, n := range all[startOf(all, want):] {
			if n.form != want || want == "" {
				break
			}
			out = append(out, n.Name)
		}
	})
	return out, err
}

// NamesWithPrefix returns the names whose form by Fold begins with that of prefix, sorted by that form, at most limit of
// them. It is for completion.
func (g *Graph) NamesWithPrefix(ctx context.Context, prefix string, limit int) ([]Name, error) {
	want := Fold(prefix)
	var out []Name
	err := g.folded(ctx, func(all []foldedName) {
		for _, n := range all[startOf(all, want):] {
			if len(out) >= limit || !strings.HasPrefix(n.form, want) {
				break
			}
			out = append(out, n.Name)
		}
	})
	return out, err
}

// foldedName is a name with its form by Fold.
type foldedName struct {
	form string
	Name
}

func startOf(all []foldedName, form string) int {
	return sort.Search(len(all), func(i int) bool { return all[i].form >= form })
}

// folded lets f look at the names, sorted by form. They are made at the first call.
func (g *Graph) folded(ctx context.Context, f func([]foldedName)) error {
	g.mu.RLock()
	c := g.cache
	g.mu.RUnlock()
	c.mu.Lock()
	all := c.names
	c.mu.Unlock()
	if all == nil {
		names, err := g.Names(ctx)
		if err != nil {
			return err
		}
		all = make([]foldedName, 0, len(names))
		for _, n := range names {
			all = append(all, foldedName{Fold(n.Text), n})
		}
		slices.SortStableFunc(all, func(a, b foldedName) int { return strings.Compare(a.form, b.form) })
		c.mu.Lock()
		c.names = all
		c.mu.Unlock()
	}
	f(all)
	return nil
}
