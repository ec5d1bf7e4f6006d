package plot

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// Network is what was compared with what: a node for each intervention, an edge for each pair that studies compare. Each part
// that hangs together is drawn on a circle of its own.
type Network struct {
	Parts []Part `json:"parts"`
}

// Part is nodes that edges join, in the order in which they stand around a circle.
type Part struct {
	Nodes []Node `json:"nodes"`
	Edges []Edge `json:"edges"`
}

// Node is an intervention.
type Node struct {
	Mark
	Name    string   `json:"name"`
	N       int      `json:"n,omitempty"`       // participants of the arms that had it, where reported
	Unknown int      `json:"unknown,omitempty"` // arms that do not say how many
	Studies []string `json:"studies"`
}

// Edge is a pair of interventions that studies compare. From and To are places in Nodes.
type Edge struct {
	Mark
	Begin   int      `json:"begin"`
	End     int      `json:"end"`
	Studies []string `json:"studies"` // each once
	Names   []string `json:"names"`
}

// links is a network while it is gathered.
type links struct {
	nodes map[string]*Node
	edges map[[2]string]*Edge
	order []string // the names of nodes as they come
	arms  map[string]bool
}

// network makes a network of comparisons of the findings that compare arms.
func network(g *gathered, p *Plot) {
	l := &links{nodes: map[string]*Node{}, edges: map[[2]string]*Edge{}, arms: map[string]bool{}}
	for _, f := range g.findings {
		switch {
		case f.Kind != evidence.BetweenArms:
			p.leave(f, "it compares no arms")
		case len(f.Arm) == 0 || len(f.Comparator) == 0:
			p.leave(f, "it does not say which arms it compares")
		case !l.join(g, f):
			p.leave(f, "both arms are called the same")
		}
	}
	if len(l.edges) == 0 {
		return
	}
	body := &Network{Parts: l.parts()}
	p.Body = body
	p.Notes = []string{"The area of a node is the number of participants in the arms that had it, as far as reported; the width of a line is the number of studies that compare the two, which stands on it. A study counts once, however many documents and results tell of it."}
	if slices.ContainsFunc(body.Parts, func(p Part) bool {
		return slices.ContainsFunc(p.Nodes, func(n Node) bool { return n.N == 0 })
	}) {
		p.Notes = append(p.Notes, "A hollow node: no arm that had it says how many took part.")
	}
	p.Notes = append(p.Notes, "Nodes are what was given, whomever it was given to: a path between two is an indirect comparison only where participants and outcomes are alike.")
	if len(body.Parts) > 1 {
		p.Notes = append(p.Notes, fmt.Sprintf("%d separate networks: between them nothing is compared, directly or indirectly.", len(body.Parts)))
	}
}

// join adds a finding to the edges between its arms; false where there is none.
func (l *links) join(g *gathered, f *found) bool {
	joined := false
	for _, a := range f.Arm {
		for _, c := range f.Comparator {
			x, y := g.given(f, a), g.given(f, c)
			if strings.EqualFold(x, y) {
				continue
			}
			joined = true
			l.node(x, f, a)
			l.node(y, f, c)
			key := [2]string{strings.ToLower(x), strings.ToLower(y)}
			slices.Sort(key[:])
			e := l.edges[key]
			if e == nil {
				e = &Edge{}
				e.Row, e.Labels = f.row, f.labels
				l.edges[key] = e
			}
			e.From = append(e.From, f.mark().From...)
			if !slices.Contains(e.Studies, f.StudyID) {
				e.Studies, e.Names = append(e.Studies, f.StudyID), append(e.Names, f.labels.Study)
			}
		}
	}
	return joined
}

// node adds an arm to the node of what it was given. An arm counts once, also where several documents tell of it.
func (l *links) node(name string, f *found, arm string) {
	key := strings.ToLower(name)
	n := l.nodes[key]
	if n == nil {
		n = &Node{Name: name}
		n.Row = f.row
		l.nodes[key] = n
		l.order = append(l.order, key)
	}
	n.From = append(n.From, f.mark().From...)
	if !slices.Contains(n.Studies, f.StudyID) {
		n.Studies = append(n.Studies, f.StudyID)
	}
	if l.arms[f.StudyID+"\x1f"+key] {
		return
	}
	l.arms[f.StudyID+"\x1f"+key] = true
	if size := armSize(f.study, f.Telling.Study, arm); size > 0 {
		n.N += size
	} else {
		n.Unknown++
	}
}

// armSize returns how many participants an arm had, also as another telling of the study has it; 0 where none says.
func armSize(s *rowStudy, telling *evidence.Study, arm string) int {
	var own *evidence.Arm
	for i := range telling.Arms {
		if telling.Arms[i].Label == arm {
			own = &telling.Arms[i]
		}
	}
	if own == nil {
		return 0
	}
	if n, ok := own.N.Int(); ok {
		return n
	}
	for _, t := range s.Tellings {
		for _, a := range t.Study.Arms {
			if n, ok := a.N.Int(); ok && len(a.Interventions) > 0 && slices.Equal(a.Interventions, own.Interventions) {
				return n
			}
		}
	}
	return 0
}

// parts splits the network into what hangs together, the largest first, and orders the nodes around their circles.
func (l *links) parts() []Part {
	keys := make([][2]string, 0, len(l.edges))
	for k := range l.edges {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	next := map[string][]string{}
	for _, k := range keys {
		next[k[0]], next[k[1]] = append(next[k[0]], k[1]), append(next[k[1]], k[0])
	}
	var out []Part
	done := map[string]bool{}
	for _, first := range l.order {
		if done[first] {
			continue
		}
		var members []string
		for todo := []string{first}; len(todo) > 0; {
			k := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if done[k] {
				continue
			}
			done[k] = true
			members = append(members, k)
			todo = append(todo, next[k]...)
		}
		out = append(out, l.part(around(members, next), keys))
	}
	slices.SortStableFunc(out, func(a, b Part) int { return cmp.Compare(len(b.Nodes), len(a.Nodes)) })
	return out
}

// around orders nodes so that lines cross little: neighbours in the ring are moved to where the lines are shorter, until
// no swap of two makes them so.
func around(nodes []string, next map[string][]string) []string {
	const many = 60 // beyond it the ring is left as it is
	if len(nodes) > many {
		return nodes
	}
	at := map[string]int{}
	length := func() float64 {
		for i, n := range nodes {
			at[n] = i
		}
		sum := 0.0
		for _, n := range nodes {
			for _, m := range next[n] {
				sum += math.Sin(math.Pi * math.Abs(float64(at[n]-at[m])) / float64(len(nodes)))
			}
		}
		return sum
	}
	best := length()
	for better := true; better; {
		better = false
		for i := range nodes {
			for k := i + 1; k < len(nodes); k++ {
				nodes[i], nodes[k] = nodes[k], nodes[i]
				if now := length(); now < best-1e-9 {
					best, better = now, true
					continue
				}
				nodes[i], nodes[k] = nodes[k], nodes[i]
			}
		}
	}
	return nodes
}

// part makes a part of its nodes.
func (l *links) part(members []string, keys [][2]string) Part {
	var p Part
	for _, k := range members {
		n := l.nodes[k]
		n.Label = n.Name + ": " + participants(n) + "; " + countedStudies(len(n.Studies))
		p.Nodes = append(p.Nodes, *n)
	}
	for _, k := range keys {
		a, b := slices.Index(members, k[0]), slices.Index(members, k[1])
		if a < 0 {
			continue
		}
		e := l.edges[k]
		e.Begin, e.End = a, b
		e.Label = l.nodes[k[0]].Name + " and " + l.nodes[k[1]].Name + ": compared in " + countedStudies(len(e.Studies)) + ": " + strings.Join(e.Names, ", ")
		p.Edges = append(p.Edges, *e)
	}
	return p
}

// participants says how many took part.
func participants(n *Node) string {
	switch {
	case n.N == 0:
		return "N not reported"
	case n.Unknown > 0:
		return fmt.Sprintf("N %d, and %s that does not say", n.N, counted(n.Unknown, "arm"))
	}
	return fmt.Sprintf("N %d", n.N)
}

func (b *Network) marks() []*Mark {
	var out []*Mark
	for i := range b.Parts {
		for k := range b.Parts[i].Edges {
			out = append(out, &b.Parts[i].Edges[k].Mark)
		}
	}
	return out
}

// most returns the most participants of a node and the most studies of an edge.
func (b *Network) most() (people, studies int) {
	people, studies = 1, 1
	for _, p := range b.Parts {
		for _, n := range p.Nodes {
			people = max(people, n.N)
		}
		for _, e := range p.Edges {
			studies = max(studies, len(e.Studies))
		}
	}
	return people, studies
}
