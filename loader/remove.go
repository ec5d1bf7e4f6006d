package loader

import (
	"context"

	"github.com/picograph/picograph/graph"
)

// Remove takes out of a graph what was loaded from the paths - files with their records, archives with their members, folders - as they were
// called when they were loaded, in one transaction, and returns the sources that are gone. A document that came from another source too stays, with that
// one. When the graph holds nothing from one of the paths, nothing is changed.
func Remove(ctx context.Context, g *graph.Graph, paths []string) ([]string, error) {
	w, err := g.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer w.Rollback()
	var gone []string
	for _, path := range cleaned(paths) {
		var sources []string
		if path != "" { // which would be everything
			if sources, err = w.Sources(path); err != nil {
				return nil, err
			}
		}
		if len(sources) == 0 {
			return nil, notLoaded(w, path)
		}
		for _, name := range sources {
			if _, err := w.Remove(name); err != nil {
				return nil, err
			}
		}
		gone = append(gone, sources...)
	}
	return gone, w.Commit(ctx)
}

// notLoaded is the error of a path that the graph holds nothing from, with how it was called, where that is known.
func notLoaded(w *graph.Writer, path string) error {
	e := &Error{Path: path, Err: ErrNotLoaded, Hint: "name it as it was named when it was loaded: answers name it behind their rows"}
	if other, ok := otherForm(path); ok && path != "" {
		if sources, err := w.Sources(other); err == nil && len(sources) > 0 {
			e.Hint = "it was loaded as " + other + ": name it so"
		}
	}
	return e
}
