package shell

import (
	"context"
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/queries/syntax"
)

// schema lists what conditions may be about and the kinds of things that a graph keeps; of one kind, what is kept of it.
func (sh *Shell) schema(_ context.Context, args []string) error {
	if len(args) > 1 {
		return usage("schema")
	}
	if len(args) == 1 {
		return sh.Session.class(args[0])
	}
	fields := section("fields of conditions", "what", "means")
	for _, f := range syntax.Fields() {
		fields.add(f.Name, f.Does+": "+f.Example)
	}
	kinds := section("kinds of things in the graph (.schema KIND lists what is kept of one)", "what", "means")
	for _, c := range graph.Classes() {
		kinds.add(c.Name, c.Meaning)
	}
	return sh.Session.list("of", fields, kinds)
}

// class prints what is kept of one kind of thing.
func (s *Session) class(name string) error {
	names := classNames()
	for _, c := range graph.Classes() {
		if !strings.EqualFold(c.Name, name) {
			continue
		}
		kept := section(c.Name+", "+c.IRI+": "+c.Meaning, "what", "kept as", "is", "means")
		for _, p := range graph.Properties() {
			if p.Class == c.Name {
				kept.add(p.Field, p.IRI, p.Range, p.Meaning)
			}
		}
		return s.list("of", kept)
	}
	hint := "there is " + strings.Join(names, ", ")
	if near := Nearest(name, names); near != "" {
		hint = "did you mean .schema " + near + "? " + hint
	}
	return &Advised{fmt.Errorf("a graph keeps nothing of the kind %q", name), hint}
}

func classNames() []string {
	var out []string
	for _, c := range graph.Classes() {
		out = append(out, c.Name)
	}
	return out
}
