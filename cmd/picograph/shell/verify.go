package shell

import (
	"context"
	"fmt"
	"strings"
)

// Verify reads all of the graph, prints what is damaged, and returns how much that is.
func (s *Session) Verify(ctx context.Context) (int, error) {
	v, err := s.Engine.Graph.Verify(ctx)
	if err != nil {
		return 0, err
	}
	counts := section("", "what", "number")
	counts.add("documents", fmt.Sprint(v.Documents))
	counts.add("quads", fmt.Sprint(v.Quads))
	counts.add("bytes", fmt.Sprint(v.Bytes))
	counts.add("damaged parts", fmt.Sprint(len(v.Damage)))
	damage := section("damage", "part", "what is wrong", "concerns")
	for _, d := range v.Damage {
		concerns := strings.Join(d.Documents, ", ")
		switch {
		case d.Index && concerns == "":
			concerns = "no document: it stands elsewhere in the file too"
		case concerns == "":
			concerns = "not known"
		}
		damage.add(d.What, d.Err.Error(), concerns)
	}
	err = s.list("of", counts, damage)
	if len(v.Damage) > 0 {
		say(s.Err, "hint: load the documents that it concerns again into a new graph, or restore a copy of this one", 0)
	}
	return len(v.Damage), err
}
