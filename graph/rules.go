package graph

import "fmt"

// rules is the edition of what is worked out from documents and kept beside them: the entries by which they are found (told), and what joins
// studies and reports. It is raised whenever a change of the program gives other entries or joins for the same documents; TestRules tells when.
const rules = "1"

// metaRules is the name under which a graph keeps the edition that it was written by.
const metaRules = "rules"

// follows refuses to change a graph that was written by another edition: what its documents gave then could not be found again to be taken
// out, and old and new studies would be joined by different rules. Reading it needs only what it holds.
func (w *Writer) follows() error {
	was := string(w.was.Meta(metaRules))
	if w.was.Len() == 0 || was == rules {
		return nil
	}
	if was == "" {
		was = "before 1"
	}
	return &Error{
		Op: "writing the graph", Where: w.g.where,
		Err:  fmt.Errorf("%w (edition %s; this one's is %s): it can still be asked", ErrEdition, was, rules),
		Hint: "load the documents into a new graph, or what `picograph export nquads` writes of this one, or use the picograph that wrote it",
	}
}
