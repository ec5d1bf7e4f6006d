package export

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

//go:embed page
var pageFiles embed.FS

// mostNodes is how many nodes a page shows: no further study is begun when it has as many. It says what it left out.
const mostNodes = 2000

// page writes a view as one page of HTML that needs nothing else and may do nothing else: its policy lets only its own
// script and its own style in. What it shows is laid out here; the script draws it, and makes tables of the same.
func page(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	r.View = cmp.Or(r.View, Evidence)
	f, err := emptyFlow(ctx, g, r)
	if err != nil {
		return err
	}
	defer f.close()
	shown, err := newPageData(ctx, g, r, f)
	if err != nil {
		return err
	}
	data, err := json.Marshal(shown) // escapes all that could end the script element
	if err != nil {
		return err
	}
	source, err := pageFiles.ReadFile("page/page.html")
	if err != nil {
		return err
	}
	style, err := pageFiles.ReadFile("page/page.css")
	if err != nil {
		return err
	}
	script, err := pageScript()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	_, _ = strings.NewReplacer(
		"{{title}}", html(cmp.Or(evidence.Printable(r.Question), "Evidence graph")),
		"{{policy}}", "default-src 'none'; script-src "+sourceHash(script)+"; style-src "+sourceHash(string(style))+
			"; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
		"{{style}}", string(style),
		"{{script}}", script,
		"{{data}}", string(data),
		"{{figures}}", figuresOf(r.Figures),
	).WriteString(out, string(source))
	return out.Flush()
}

// figuresOf returns the plots as the page holds them.
func figuresOf(figures []Figure) string {
	var s strings.Builder
	for _, f := range figures {
		s.WriteString("<figure><figcaption>" + html(f.Title) + "</figcaption>\n")
		s.Write(f.SVG)
		s.WriteString("</figure>\n")
	}
	return s.String()
}

// pageScript returns the page's script: its files in the order in which they rest on one another.
func pageScript() (string, error) {
	var s strings.Builder
	s.WriteString("\"use strict\";\n")
	for _, name := range []string{"model", "draw", "move", "card", "tables", "filters", "start"} {
		b, err := pageFiles.ReadFile("page/" + name + ".js")
		if err != nil {
			return "", err
		}
		s.Write(b)
	}
	return s.String(), nil
}

// sourceHash returns what a content security policy knows an inline script or style by.
func sourceHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// pageData is what the page's script reads.
type pageData struct {
	About      *preface      `json:"about"`
	View       View          `json:"view"`
	Shown      pageCount     `json:"shown"`
	Of         pageCount     `json:"of"`
	Kinds      []pageName    `json:"kinds"`      // of findings, in the order of the legend
	Directions []pageName    `json:"directions"` // likewise
	Studies    []pageStudy   `json:"studies"`
	Findings   []pageFinding `json:"findings"`
	Nodes      []pageNode    `json:"nodes"`
	Edges      []pageEdge    `json:"edges"`
}

type pageCount struct {
	Studies  int `json:"studies"`
	Findings int `json:"findings"`
}

type pageName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type pageStudy struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Design     string `json:"design,omitempty"`
	N          string `json:"n,omitempty"`
	SecondHand bool   `json:"second_hand,omitempty"`
}

// pageFinding is a finding in words that need no more work. Study and Document are indices.
type pageFinding struct {
	ID            string        `json:"id"`
	Kind          string        `json:"kind"`
	Direction     string        `json:"direction"`
	Result        string        `json:"result"`
	Details       string        `json:"details,omitempty"`
	Study         int           `json:"study"`
	Document      int           `json:"document"`
	Arm           []string      `json:"arm,omitempty"`
	Comparator    []string      `json:"comparator,omitempty"`
	Interventions []string      `json:"interventions,omitempty"` // of its arms and comparators
	Outcome       string        `json:"outcome,omitempty"`
	Printed       string        `json:"printed,omitempty"` // the outcome as printed, where it is called otherwise
	Population    string        `json:"population,omitempty"`
	Time          string        `json:"time,omitempty"`
	Checks        []string      `json:"checks,omitempty"`
	Retracted     string        `json:"retracted,omitempty"`
	Passages      []pagePassage `json:"passages,omitempty"`
}

// pagePassage is where a finding stands. The text is in pieces: every second one is a number of the finding.
type pagePassage struct {
	Section string   `json:"section,omitempty"`
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Text    []string `json:"text"`
}

// pageNode is a node with its place. Findings are indices.
type pageNode struct {
	ID       string          `json:"id"`
	Kind     string          `json:"kind"`
	Label    string          `json:"label"`
	X        json.Number     `json:"x"`
	Y        json.Number     `json:"y"`
	Tall     *[2]json.Number `json:"tall,omitempty"` // its place where the screen is higher than wide, if another
	R        json.Number     `json:"r"`
	Side     int             `json:"side,omitempty"` // where its label stands: -1 at the left, 1 at the right, else beneath
	Facts    [][2]string     `json:"facts,omitempty"`
	Findings []int           `json:"findings,omitempty"`
}

// pageEdge is all that the view has between two nodes of one kind, of findings one kind and direction. From, To and
// Findings are indices.
type pageEdge struct {
	From      int      `json:"from"`
	To        int      `json:"to"`
	Kind      string   `json:"kind"`
	Labels    []string `json:"labels,omitempty"`
	Line      string   `json:"line,omitempty"` // the kind of its findings
	Direction string   `json:"direction,omitempty"`
	Findings  []int    `json:"findings,omitempty"`
	Text      string   `json:"text,omitempty"` // where it rests on no finding: what stands there
}

// newPageData paints the studies into an empty flow, those with the most findings first, as long as there is room. Its documents can be
// written until the flow is closed.
func newPageData(ctx context.Context, g *graph.Graph, r Request, f *flow) (*pageData, error) {
	d := &pageData{Kinds: []pageName{}, Directions: []pageName{}, Studies: []pageStudy{}, Findings: []pageFinding{}, Nodes: []pageNode{}, Edges: []pageEdge{}}
	parts, err := chosen(ctx, g, r.Only)
	if err != nil {
		return nil, err
	}
	for i := range parts {
		parts[i] = narrowed(parts[i], r.Only)
		parts[i].findings = slices.DeleteFunc(slices.Clone(parts[i].findings), func(x drawn) bool { return !f.view.shows(x) })
		d.Of.Studies++
		d.Of.Findings += len(parts[i].findings)
	}
	slices.SortStableFunc(parts, func(x, y part) int { return cmp.Compare(len(y.findings), len(x.findings)) })
	documents := map[string]int{}
	if err := f.about.documents(func(s source) error { documents[s.ID] = len(documents); return nil }); err != nil {
		return nil, err
	}
	nodes := map[string]bool{}
	at := map[string]int{} // findings, by identifier
	for i, p := range parts {
		if len(nodes) >= mostNodes {
			break
		}
		b, err := f.paint(p)
		if err != nil {
			return nil, err
		}
		for _, n := range b.nodes {
			nodes[n.id] = true
		}
		d.add(b, p, i, at, documents)
	}
	picture, err := f.collect()
	if err != nil {
		return nil, err
	}
	d.About, d.View = f.about, f.view
	d.Shown = pageCount{len(d.Studies), len(d.Findings)}
	d.names()
	d.draw(picture, at)
	return d, nil
}

// add notes a study that was painted, and its findings.
func (d *pageData) add(b *painter, p part, study int, at, documents map[string]int) {
	first := p.Tellings[0].Study
	d.Studies = append(d.Studies, pageStudy{p.ID, cmp.Or(p.Name, p.ID), designOf(first), string(cmp.Or(first.NRandomized, first.N, first.NAnalyzed)), first.SecondHand})
	arms := newLineup(p.Tellings)
	for _, f := range p.findings {
		at[string(f.key)] = len(d.Findings)
		d.Findings = append(d.Findings, b.pageFinding(f, arms, study, documents[f.telling.DocumentID]))
	}
}

// shows reports whether a finding is in a view.
func (v View) shows(f drawn) bool {
	switch v {
	case Network:
		return f.Kind == evidence.BetweenArms
	case Citations:
		return false
	}
	return true
}

// names tells the kinds and directions that there are.
func (d *pageData) names() {
	kinds, used := map[string]bool{}, map[string]bool{}
	for _, f := range d.Findings {
		kinds[f.Kind], used[f.Direction] = true, true
	}
	for _, k := range kindLines() {
		if kinds[string(k.kind)] {
			d.Kinds = append(d.Kinds, pageName{string(k.kind), k.name})
		}
	}
	for _, c := range directions() {
		if used[string(c.direction)] {
			d.Directions = append(d.Directions, pageName{string(c.direction), string(c.direction)})
		}
	}
}

func (b *painter) pageFinding(f drawn, arms *lineup, study, document int) pageFinding {
	out := pageFinding{
		ID: string(f.key), Kind: string(f.Kind), Direction: string(cmp.Or(f.Direction, evidence.NotStated)), Result: results(f.Finding),
		Details: details(f.Finding), Study: study, Document: document, Population: populationText(f), Outcome: f.Outcome.Text,
		Time: f.Timepoint.Text, Checks: f.Checks, Retracted: f.telling.Retracted,
	}
	if f.Outcome.Concept != "" {
		out.Outcome = cmp.Or(b.labels[f.Outcome.Concept], f.Outcome.Text)
		if !strings.EqualFold(out.Outcome, f.Outcome.Text) {
			out.Printed = f.Outcome.Text
		}
	}
	for _, l := range f.Arm {
		out.Arm = append(out.Arm, arms.short(f.telling, l))
	}
	for _, l := range f.Comparator {
		out.Comparator = append(out.Comparator, arms.short(f.telling, l))
	}
	for _, l := range slices.Concat(f.Arm, f.Comparator) {
		if m := arms.find(f.telling, l); m != nil {
			for _, a := range m.arms {
				for _, x := range a.Interventions {
					out.Interventions = append(out.Interventions, cmp.Or(b.labels[x], x))
				}
			}
		}
	}
	slices.Sort(out.Interventions)
	out.Interventions = slices.Compact(out.Interventions)
	numbers := numbersOf(f.Finding)
	for _, p := range f.Passages {
		out.Passages = append(out.Passages, pagePassage{p.Section, p.Start, p.End, marked(p.Text, numbers)})
	}
	return out
}

// draw lays the picture out: nodes with their places, edges of one kind between the same two as one.
func (d *pageData) draw(p *picture, findings map[string]int) {
	at := map[string]int{}
	for i, n := range p.nodes {
		at[n.id] = i
		out := pageNode{ID: n.id, Kind: n.facts["kind"], Label: n.facts["label"]}
		if i, ok := findings[n.facts["finding"]]; ok {
			out.Findings = []int{i}
		} else {
			for a, v := range n.facts.all {
				if a.name != "kind" && a.name != "label" {
					out.Facts = append(out.Facts, [2]string{strings.ReplaceAll(a.name, "_", " "), v})
				}
			}
		}
		d.Nodes = append(d.Nodes, out)
	}
	edges := map[string]int{}
	for _, e := range p.edges {
		out := pageEdge{From: at[e.source], To: at[e.target], Kind: e.facts["kind"]}
		for id := range strings.SplitSeq(e.facts["finding"], "; ") {
			if i, ok := findings[id]; ok {
				out.Findings = append(out.Findings, i)
			}
		}
		out.style(d)
		if len(out.Findings) == 0 {
			out.Text = e.facts["sentence"]
		}
		key := fmt.Sprintf("%d %d %q %q %q", out.From, out.To, out.Kind, out.Line, out.Direction)
		i, ok := edges[key]
		if !ok {
			i = len(d.Edges)
			edges[key] = i
			d.Edges = append(d.Edges, out)
		} else {
			d.Edges[i].Findings = append(d.Edges[i].Findings, out.Findings...)
		}
		if l := e.facts["label"]; l != e.facts["kind"] && len(out.Findings) == 0 || out.Kind == "compared" {
			d.Edges[i].Labels = append(d.Edges[i].Labels, l)
		}
	}
	d.place()
}

// style gives an edge the kind of its findings, and the direction that an edge of several kinds of direction has not. The
// edges of a finding's node from its arms and to its outcome look as that finding does.
func (e *pageEdge) style(d *pageData) {
	of := e.Findings
	if len(of) == 0 && len(d.Nodes[e.From].Findings) == 1 && d.Nodes[e.From].Kind == "finding" && slices.Contains([]string{"arm", "comparator", "about"}, e.Kind) {
		of = d.Nodes[e.From].Findings
	}
	if len(of) == 0 {
		return
	}
	e.Line, e.Direction = d.Findings[of[0]].Kind, d.Findings[of[0]].Direction
	for _, i := range of {
		if d.Findings[i].Direction != e.Direction {
			e.Direction = ""
		}
	}
	if e.Kind == "compared" {
		e.Direction = "" // many outcomes
	}
}
