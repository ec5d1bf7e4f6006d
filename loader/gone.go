package loader

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
)

// given is what a load has met: the files and members of archives that were handed out, by name, and the archives whose members were.
type given struct{ sources, archives map[string]bool }

func newGiven() *given { return &given{make(map[string]bool), make(map[string]bool)} }

// has reports whether a file was met, as a whole or, being an archive, with all its members.
func (g *given) has(file string) bool { return g.sources[file] || g.archives[file] }

// heads yields a source and what it may be of, the longest first: the record FILE#KEY is of FILE, the member ARCHIVE!NAME of ARCHIVE. Names have
// these signs too.
func heads(source string, yield func(string) bool) bool {
	for end := len(source); end > 0; end = strings.LastIndexAny(source[:end], "#!") {
		if !yield(source[:end]) {
			return false
		}
	}
	return true
}

// settle takes out what the graph had from the paths before and the load has not met again, and notes what it leaves. What is of a document that
// could not be read, by name in broken, stays, and so do what is in the same archive and what came by standard input.
func (r *Report) settle(w *graph.Writer, paths []string, met *given, broken map[string]bool, prune bool) error {
	for name := range maps.Clone(broken) {
		heads(name, func(head string) bool { broken[head] = broken[head] || met.archives[head]; return true })
	}
	places, others := placesOf(paths)
	for name, err := range w.Left(slices.Concat(places, others)...) {
		if err != nil {
			return err
		}
		of, kept := false, false
		heads(name, func(head string) bool {
			of, kept = of || met.has(head), kept || broken[head] || head == "-"
			return true
		})
		lies := func(place string) bool { return liesIn(name, place) }
		switch {
		case kept:
		case of:
			r.Removed = append(r.Removed, name)
		case slices.ContainsFunc(places, lies):
			if !thereStill(name) {
				r.Gone = append(r.Gone, name)
			}
		case slices.ContainsFunc(others, lies) && thereStill(name):
			r.Otherwise = append(r.Otherwise, name)
		}
	}
	for _, list := range []*[]string{&r.Removed, &r.Gone, &r.Otherwise} {
		slices.Sort(*list)
	}
	gone := slices.Clone(r.Removed)
	if r.Pruned = prune; prune {
		gone = append(gone, r.Gone...)
	}
	for _, name := range gone {
		if _, err := w.Remove(name); err != nil {
			return err
		}
	}
	var err error
	r.Otherwise, err = changedSince(w, r.Otherwise)
	return err
}

// changedSince returns those of some sources that are of another document than what is called by the other form of their path.
func changedSince(w *graph.Writer, names []string) (out []string, err error) {
	for _, name := range names {
		was, err := w.Holder(name)
		if err != nil {
			return nil, err
		}
		now := ""
		if other, ok := otherForm(name); ok {
			if now, err = w.Holder(other); err != nil {
				return nil, err
			}
		}
		if was != now {
			out = append(out, name)
		}
	}
	return out, nil
}

// otherForm returns a path from the root as one from the current folder, and any other as one from the root.
func otherForm(path string) (string, bool) {
	if !filepath.IsAbs(path) {
		abs, err := filepath.Abs(path)
		return abs, err == nil
	}
	here, err := os.Getwd()
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(here, path)
	return rel, err == nil
}

// liesIn reports whether a source is called as a place or lies in it; in the current folder lies all that does not lead out of it.
func liesIn(source, place string) bool {
	if place == "" {
		return filepath.IsLocal(source)
	}
	return graph.Within(source, place)
}

// placesOf returns what sources of the paths begin with, and what they would if each path were told in its other form: from the root, or from the
// current folder.
func placesOf(paths []string) (places, others []string) {
	for _, path := range paths {
		if path == "-" {
			continue
		}
		all := []string{path}
		if _, err := os.Stat(path); err != nil && hasMeta(path) {
			all, _ = glob(path)
		}
		for _, path := range all {
			places = append(places, placeOf(path))
			if other, ok := otherForm(path); ok {
				others = append(others, placeOf(other))
			}
		}
	}
	return places, slices.DeleteFunc(others, func(p string) bool { return slices.Contains(places, p) })
}

// placeOf returns what the sources of a path begin with: those of the current folder are called without it.
func placeOf(path string) string {
	if path == "." {
		return ""
	}
	return validName(path)
}

// thereStill reports whether the file of a source is there, or cannot be looked for.
func thereStill(source string) bool {
	missing := heads(source, func(file string) bool {
		_, err := os.Lstat(file)
		return errors.Is(err, fs.ErrNotExist)
	})
	return !missing
}
