package graph

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/evidence"
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

// What a name names is kept as a node of a study without the common beginning, "DIGEST/study/N"; as '@' and the digest of a
// document; as '=' and the identifier of a joined study; or as '#' and that of a concept.
const (
	namesDocument = "@"
	namesStudy    = "="
	namesConcept  = "#"
)

// nameEntry is an entry of the index of names.
func nameEntry(text, kind, of string) string {
	return Fold(text) + "\x00" + strings.ReplaceAll(text, "\x00", " ") + "\x00" + kind + "\x00" + of
}

// parseName takes an entry apart.
func parseName(entry string) (n Name, of string, err error) {
	parts := strings.Split(entry, "\x00")
	if len(parts) != 4 {
		return n, "", fmt.Errorf("%w: an entry of the names has %d parts", ErrDamaged, len(parts))
	}
	return Name{Text: parts[1], Type: parts[2]}, parts[3], nil
}

// nameEntries returns the names of what a document tells of, sorted.
func nameEntries(id string, d *evidence.Document) []string {
	short := strings.TrimPrefix(id, documentIRI)
	var out []string
	add := func(kind, of string, texts ...string) {
		for _, t := range texts {
			if t != "" {
				out = append(out, nameEntry(t, kind, of))
			}
		}
	}
	for i := range d.Studies {
		s := &d.Studies[i]
		node := fmt.Sprintf("%s/study/%d", short, i+1)
		add("study", node, s.Name)
		add("study", node, s.Aliases...)
		add("registration", node, s.Registrations...)
		if !s.SecondHand {
			add("report", namesDocument+short, d.Report.Title, d.Report.DOI, d.Report.PMID)
			add("study", node, evidence.NamesInTitle(d.Report.Title)...)
		}
		for _, a := range s.Arms {
			add("arm", node, a.Label, a.Abbreviation)
		}
		for _, o := range s.Outcomes {
			add("outcome", node, o.Text)
		}
		for _, p := range s.Populations {
			add("population", node, p.Text)
		}
		for _, in := range s.Instruments {
			add("instrument", node, in.Label, in.Abbreviation)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// studyNames returns the entries of a joined study: its name and its identifier.
func studyNames(id, name string) []string {
	out := []string{nameEntry(id, "study", namesStudy+id)}
	if name != "" && name != id {
		out = append(out, nameEntry(name, "study", namesStudy+id))
	}
	slices.Sort(out)
	return out
}

// names yields the names whose form begins with a prefix, sorted by form. Equal names that follow one another come once.
// What they name is looked up for more and more of them at once: whoever wants few does not wait for many.
func (v *view) names(ctx context.Context, prefix string) iter.Seq2[Name, error] {
	return func(yield func(Name, error) bool) {
		var last Name
		var entries []string
		give := func() bool {
			names, err := v.named(ctx, entries)
			if err != nil {
				yield(Name{}, err)
				return false
			}
			for _, n := range names {
				if n == last {
					continue
				}
				if last = n; !yield(n, nil) {
					return false
				}
			}
			entries = entries[:0]
			return true
		}
		most := 16
		for e, err := range v.Entries(ctx, setNames, prefix) {
			if err != nil {
				yield(Name{}, err)
				return
			}
			if entries = append(entries, e); len(entries) == most {
				if most = min(4*most, 4096); !give() {
					return
				}
			}
		}
		give()
	}
}

// named returns what entries of the index of names say.
func (v *view) named(ctx context.Context, entries []string) ([]Name, error) {
	out := make([]Name, len(entries))
	of := make([]string, len(entries))
	var nodes []quad.Value // of studies of documents
	var at []int           // whose they are
	for i, e := range entries {
		var err error
		if out[i], of[i], err = parseName(e); err != nil {
			return nil, err
		}
		switch of[i][:min(len(of[i]), 1)] {
		case namesDocument:
			out[i].ID = documentIRI + of[i][1:]
		case namesStudy, namesConcept:
			out[i].ID = of[i][1:]
		default:
			nodes, at = append(nodes, quad.IRI(documentIRI+of[i])), append(at, i)
		}
	}
	studies, err := v.aheadTellings(ctx, nodes)
	if err != nil {
		return nil, err
	}
	for k, i := range at {
		out[i].ID = studies[k]
	}
	return out, nil
}

// Lookup returns what a person may call by the name, compared by Fold, in the order of Names. Nothing is no error. It is
// answered from an index: its cost depends on what it finds and not on the size of the graph.
func (g *Graph) Lookup(ctx context.Context, name string) ([]Name, error) {
	found, err := g.LookupAll(ctx, math.MaxInt, name)
	return found[name], err
}

// LookupAll is Lookup for many names in one go, but of what has one name it returns at most so many of each type. What nothing is called
// by is left out.
func (g *Graph) LookupAll(ctx context.Context, most int, names ...string) (map[string][]Name, error) {
	forms := map[string][]string{}
	for _, n := range names {
		if f := Fold(n); f != "" {
			forms[f] = append(forms[f], n)
		}
	}
	if len(forms) == 0 {
		return nil, ctx.Err()
	}
	var prefixes []string
	for _, f := range slices.Sorted(maps.Keys(forms)) {
		prefixes = append(prefixes, f+"\x00")
	}
	out := map[string][]Name{}
	err := g.look(ctx, func(v *view) error {
		var entries []string
		count := map[string]int{} // by form and type
		for e, err := range v.Entries(ctx, setNames, prefixes...) {
			if err != nil {
				return err
			}
			form, rest, _ := strings.Cut(e, "\x00")
			_, rest, _ = strings.Cut(rest, "\x00")
			kind, _, _ := strings.Cut(rest, "\x00")
			if count[form+"\x00"+kind]++; count[form+"\x00"+kind] <= most {
				entries = append(entries, e)
			}
		}
		found, err := v.named(ctx, entries)
		for i, n := range found {
			f, _, _ := strings.Cut(entries[i], "\x00")
			for _, name := range forms[f] {
				out[name] = append(out[name], n)
			}
		}
		return err
	})
	for name := range out {
		out[name] = sortNames(out[name])
	}
	return out, err
}

// NamesWithPrefix returns the names whose form by Fold begins with that of prefix, sorted by that form, at most limit of
// them. It is for completion, and answered from an index.
func (g *Graph) NamesWithPrefix(ctx context.Context, prefix string, limit int) (out []Name, err error) {
	err = g.look(ctx, func(v *view) error {
		for n, err := range v.names(ctx, Fold(prefix)) {
			if err != nil || len(out) >= limit {
				return err
			}
			out = append(out, n)
		}
		return nil
	})
	return out, err
}

// dull is how many names of one text and type are read before the next of another is looked for.
const dull = 16

// NameTexts returns the names whose form by Fold begins with that of prefix, sorted by that form, without what they name: each text and type
// once, at most limit of them. Its cost depends on what it returns, and not on how many things have one name.
func (g *Graph) NameTexts(ctx context.Context, prefix string, limit int) (out []Name, err error) {
	form := Fold(prefix)
	err = g.look(ctx, func(v *view) error {
		after, same, more := "", 0, true
		for more && len(out) < limit {
			more = false
			for e, err := range v.EntriesAfter(ctx, setNames, form, after) {
				if err != nil {
					return err
				}
				n, of, err := parseName(e)
				if err != nil {
					return err
				}
				if after = e; len(out) == 0 || n != out[len(out)-1] {
					out, same = append(out, n), 0
				} else if same++; same > dull {
					after, more = strings.TrimSuffix(e, of)+"\xff", true // past all that have this name
				}
				if more || len(out) == limit {
					break
				}
			}
		}
		return nil
	})
	return out, err
}

// Names returns what a person may call things in the graph, sorted by text, then type: studies, registrations, reports,
// arms, outcomes, populations, instruments, and the names of the concepts in use. It reads all of them: Lookup, NamesWithPrefix and
// NameTexts do not.
func (g *Graph) Names(ctx context.Context) (out []Name, err error) {
	err = g.look(ctx, func(v *view) error {
		for n, err := range v.names(ctx, "") {
			if err != nil {
				return err
			}
			out = append(out, n)
		}
		return nil
	})
	return sortNames(out), err
}

func sortNames(names []Name) []Name {
	slices.SortFunc(names, func(a, b Name) int {
		return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Type, b.Type), cmp.Compare(a.ID, b.ID))
	})
	return slices.Compact(names)
}
