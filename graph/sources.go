package graph

import (
	"iter"
	"slices"
	"strings"
)

// places are what sources may be called or lie in.
type places map[string]bool

func placesOf(all []string) places {
	p := places{}
	for _, place := range all {
		p[place] = true
	}
	return p
}

// within are the signs behind which stands what lies in a place: a record of a file, a member of an archive, a file of a folder.
const within = "#!/"

// has reports whether a source is called as one of the places, or lies in one.
func (p places) has(source string) bool {
	if p[""] || p[source] {
		return true
	}
	for i := range len(source) {
		if strings.IndexByte(within, source[i]) >= 0 && (p[source[:i]] || p[source[:i+1]]) {
			return true
		}
	}
	return false
}

// Within reports whether a source is called as a place, or lies in it: behind the place stand '#' or '!' (the records and members of a file) or a slash
// (what is in a folder), or the place ends with one of them. Everything lies in the empty place.
func Within(source, place string) bool { return places{place: true}.has(source) }

// fewPlaces is how many places are each looked for in the order of the sources; of more is looked at what begins as all of them do that have the
// first letter in common, such as all from the root.
const fewPlaces = 16

// begins returns what the sources in the places begin with: no two of it begin the same.
func (p places) begins() []string {
	var out []string
	for place := range p {
		out = append(out, place)
	}
	slices.Sort(out)
	if len(out) > fewPlaces {
		out = shortened(out)
	}
	kept := out[:0]
	for _, place := range out {
		if n := len(kept); n == 0 || !strings.HasPrefix(place, kept[n-1]) {
			kept = append(kept, place)
		}
	}
	return kept
}

// shortened returns what sorted places begin with, once for all that have the first letter in common.
func shortened(sorted []string) (out []string) {
	letter := func(i int) string { return sorted[i][:min(1, len(sorted[i]))] }
	for from, to := 0, 0; from < len(sorted); from = to {
		for to < len(sorted) && letter(to) == letter(from) {
			to++
		}
		first, last, n := sorted[from], sorted[to-1], 0
		for n < min(len(first), len(last)) && first[n] == last[n] {
			n++
		}
		out = append(out, first[:n])
	}
	return out
}

// Left yields the sources in some places that the graph had before this change and that it has neither put nor taken out so far, in no order: see
// Within.
func (w *Writer) Left(in ...string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		p := placesOf(in)
		for path, err := range w.was.Strings(w.ctx, ourTerms+"path", p.begins()...) {
			if err != nil {
				yield("", w.g.damage(err))
				return
			}
			if _, changed := w.from[identify(path)]; !changed && p.has(path) && !yield(path, nil) {
				return
			}
		}
	}
}

// Sources returns the sources in some places that the graph would have after a commit, sorted: see Within.
func (w *Writer) Sources(in ...string) ([]string, error) {
	var out []string
	for path, err := range w.Left(in...) {
		if err != nil {
			return nil, err
		}
		out = append(out, path)
	}
	p := placesOf(in)
	for i := range w.revisions {
		sources, err := w.sourcesOf(i)
		if err != nil {
			return nil, err
		}
		for _, s := range sources {
			if at, changed := w.from[identify(s.Path)]; changed && int(at) == i && p.has(s.Path) {
				out = append(out, s.Path)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Holder returns the identifier of the document that a source is of from now on, or "".
func (w *Writer) Holder(source string) (string, error) {
	id, err := w.holder(source)
	return id, w.g.damage(err)
}
