package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph"
)

// obsidian writes a view as a vault of Markdown notes: one for each node, linked to its neighbours both ways, and an index
// that says what the vault is of.
func obsidian(ctx context.Context, create Create, g *graph.Graph, r Request) error {
	p, err := newPicture(ctx, g, r)
	if err != nil {
		return err
	}
	defer p.close()
	v := newVault(p)
	if err := create("index.md", func(w io.Writer) error { return v.index(w) }); err != nil {
		return err
	}
	for _, n := range p.nodes {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := create(v.paths[n.id]+".md", func(w io.Writer) error { return v.note(w, n) }); err != nil {
			return err
		}
	}
	return nil
}

// vault knows how notes are called, and which edges meet in them.
type vault struct {
	*picture
	paths   map[string]string // of nodes, by identifier, without the ending
	out, in map[string][]edge
}

func newVault(p *picture) *vault {
	v := &vault{p, map[string]string{}, map[string][]edge{}, map[string][]edge{}}
	taken := map[string]int{}
	for _, n := range p.nodes {
		path := n.facts["kind"] + "/" + noteName(n.facts["label"])
		if taken[strings.ToLower(path)]++; taken[strings.ToLower(path)] > 1 {
			path = fmt.Sprintf("%s ~%d", path, taken[strings.ToLower(path)])
		}
		v.paths[n.id] = path
	}
	for _, e := range p.edges {
		v.out[e.source] = append(v.out[e.source], e)
		v.in[e.target] = append(v.in[e.target], e)
	}
	return v
}

// noteName returns a text as the name of a file that every system and a wikilink can hold.
func noteName(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || strings.ContainsRune(`[]#^|\/:*?"<>~`, c) {
			return ' '
		}
		return c
	}, s)
	s = strings.Trim(flat(s), ". ")
	if r := []rune(s); len(r) > 60 { // below the 255 bytes that a name may have, in any script
		s = strings.Trim(string(r[:60]), ". ")
	}
	if s == "" {
		s = "unnamed"
	}
	return s
}

// link returns a wikilink to a node's note.
func (v *vault) link(id string) string {
	path := v.paths[id]
	_, name, _ := strings.Cut(path, "/")
	return "[[" + path + "|" + name + "]]"
}

func (v *vault) index(w io.Writer) error {
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("# Evidence\n\n")
	if err := v.about.lines(func(l string) { _, _ = b.WriteString("- " + markdown(l) + "\n") }); err != nil {
		return err
	}
	_, _ = b.WriteString("\n## Studies\n\n")
	for _, n := range v.nodes {
		if n.facts["kind"] == "study" {
			_, _ = b.WriteString("- " + v.link(n.id) + "\n")
		}
	}
	return b.Flush()
}

// note writes the facts of a node as properties, its sentence, and its neighbours.
func (v *vault) note(w io.Writer, n node) error {
	b := bufio.NewWriter(w)
	put := func(format string, args ...any) { _, _ = fmt.Fprintf(b, format+"\n", args...) }
	put("---\nid: %s", quoted(n.id))
	for a, value := range n.facts.all {
		if a.typ == "string" {
			value = quoted(value)
		}
		put("%s: %s", a.name, value)
	}
	put("---\n\n# %s\n", markdown(n.facts["label"]))
	if s := n.facts["sentence"]; s != "" {
		put("> %s\n", markdown(s))
	}
	for _, e := range v.out[n.id] {
		put("- %s: %s%s", markdown(e.facts["label"]), v.link(e.target), v.provenance(e))
	}
	for _, e := range v.in[n.id] {
		put("- %s → %s%s", v.link(e.source), markdown(e.facts["label"]), v.provenance(e))
	}
	return b.Flush()
}

// provenance says of an edge that carries a finding which one it is and where it stands.
func (v *vault) provenance(e edge) string {
	if e.facts["finding"] == "" {
		return ""
	}
	return markdown(fmt.Sprintf(" (finding %s, %s, bytes %s)", e.facts["finding"], e.facts["document"], e.facts["offsets"]))
}

// markdown returns text on one line in which Markdown and HTML find nothing to obey.
func markdown(s string) string {
	var b strings.Builder
	for _, c := range flat(s) {
		if strings.ContainsRune("\\`*_{}[]<>#|!~$%=&^", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}
