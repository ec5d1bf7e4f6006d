package graph

import "fmt"

// rules is the edition of what is worked out from documents and kept beside them: the entries by which they are found (told), and what joins
// studies and reports. It is raised whenever a change of the program gives other entries or joins for the same documents; TestRules tells when.
const rules = "1"

// metaRules is the name under which a graph keeps the edition that it was written by.
const metaRules = "rules"

// follows refuses to change a graph that was written by another edition: what its documents gave then could not be found again to be taken
// out, and old and new studies would be joined by different rules. Reading it needs only what it holds.
func (w *Writer) follows() error { return w.g.edition(w.was, "writing the graph") }

// Edition returns an error of kind ErrEdition, with advice, when the graph was written by another edition of the rules. Answers from it are by the
// joins and entries of that edition.
func (g *Graph) Edition() error {
	v := g.now.Load()
	if v == nil {
		return ErrClosed
	}
	return g.edition(v, "reading the graph")
}

func (g *Graph) edition(v *view, op string) error {
	was := string(v.Meta(metaRules))
	if v.Len() == 0 || was == rules {
		return nil
	}
	if was == "" {
		was = "before 1"
	}
	return &Error{
		Op: op, Where: g.where,
		Err:  fmt.Errorf("%w (edition %s; this one's is %s): it can be asked, and not be changed", ErrEdition, was, rules),
		Hint: "load the documents into a new graph, or what `picograph export nquads` writes of this one, or use the picograph that wrote it",
	}
}
