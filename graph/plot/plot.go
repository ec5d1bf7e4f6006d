// Package plot draws findings: a forest plot and its kin. A request names the rows of an answer, New makes of them a plot,
// which is data: labels, numbers, where each mark leads to. The renderers lay that out for a terminal, as SVG and as PNG.
// The package pools nothing and weighs nothing, and it knows nothing of questions: what was asked is a text that it passes on.
package plot

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// Kind is one way of drawing findings, a row of the table below.
type Kind struct {
	Name  string
	Title string
	Does  string
	make  func(*gathered, *Plot) // fills in the plot; leaves Body nil when there is nothing to draw
}

// Kinds returns the kinds of plot in the order in which help shows them.
func Kinds() []Kind {
	return []Kind{
		{"forest", "Forest plot", "estimates with their intervals as printed, a panel for each measure", forest},
		{"map", "Evidence map", "how many studies there are of each intervention (or population) and outcome, and what happened to it", evidenceMap},
		{"direction", "Effect directions", "what happened to each outcome in each study, for results without a common measure", effectDirection},
		{"network", "Network of comparisons", "what was compared with what: nodes by participants, lines by studies", network},
		{"timeline", "Timeline", "the studies by year, with the time of recruitment, by design", timeline},
	}
}

// KindNames returns the names of the kinds.
func KindNames() []string {
	var out []string
	for _, k := range Kinds() {
		out = append(out, k.Name)
	}
	return out
}

// Request says what is drawn, and what for.
type Request struct {
	Kind     string
	Rows     []Row
	Question string // that the rows answer; may be empty
	Query    string // how it was read, in the canonical language; may be empty
	Patients bool   // an evidence map has populations in place of interventions
	Near     int    // how many findings came close and do not count: they are not drawn, and that is said
	Vocab    *vocab.Vocabulary
}

// Row is a row of an answer: one result, told by each of the findings, or a study, which stands for all its findings. The
// labels are what the answer calls things; where one is empty, the words of the document are used.
type Row struct {
	Number   int // that the answer gives it
	Findings []graph.FindingID
	Study    string // Study.ID, of a row without findings
	// Direction is what happened to the outcome, as the answer has it; where it is empty, the finding says so.
	Direction evidence.Direction
	Labels    Labels
}

// Labels are what a row calls its study, arms, outcome and population, and its time.
type Labels struct {
	Study      string `json:"study"`
	Arm        string `json:"arm,omitempty"`
	Comparator string `json:"comparator,omitempty"`
	Outcome    string `json:"outcome,omitempty"`
	Population string `json:"population,omitempty"`
	Time       string `json:"time,omitempty"`
}

// Plot is a picture as data. It marshals to JSON, which is what a PNG carries with it.
type Plot struct {
	Kind      string     `json:"kind"`
	Title     string     `json:"title"`
	Question  string     `json:"question,omitempty"`
	Query     string     `json:"query,omitempty"`
	Graph     string     `json:"graph"`               // the digest of the whole graph
	Documents []Document `json:"documents,omitempty"` // behind the marks, sorted by source
	Body      Body       `json:"body"`
	Notes     []string   `json:"notes,omitempty"` // what the signs mean, and what is not to be read into them
	Left      []Left     `json:"left,omitempty"`  // what could not be drawn, and why
}

// Body is what the kinds differ in: it can lay itself out for a terminal and draw itself on a sheet.
type Body interface {
	print(*printer)
	draw(*sheet)
	marks() []*Mark
}

// Document is a document that a plot rests on.
type Document struct {
	ID     string `json:"id"`
	Source string `json:"source"`
}

// Left is a row that was not drawn, and why.
type Left struct {
	Why string `json:"why"`
	Mark
}

// Mark is one sign of a plot: what it is of and where that stands.
type Mark struct {
	Row    int      `json:"row,omitempty"` // of the answer
	Label  string   `json:"label"`         // all of it, however much of it is shown
	Labels Labels   `json:"labels,omitzero"`
	From   []Source `json:"from"`
}

// Source is a finding that a mark shows, with where it stands.
type Source struct {
	Finding  graph.FindingID `json:"finding,omitempty"` // empty where the mark is of a study as such
	Document string          `json:"document"`
	Name     string          `json:"source"`
	Offsets  [][2]int        `json:"offsets,omitempty"` // byte offsets into the document's text
	Sentence string          `json:"sentence,omitempty"`
}

// Nothing is the error of a request that leaves nothing to draw.
type Nothing struct {
	Kind string
	Left []Left // what there was, and why it cannot be drawn
}

// Error says why there is no plot.
func (n *Nothing) Error() string {
	if len(n.Left) == 0 {
		return "no " + n.Kind + " plot: the answer has no findings"
	}
	return "no " + n.Kind + " plot: nothing here can be drawn: " + strings.Join(reasons(n.Left), "; ")
}

// reasons returns why things are not drawn, each once with how many there are of it.
func reasons(left []Left) []string {
	var whys []string
	count := map[string]int{}
	for _, l := range left {
		if count[l.Why]++; count[l.Why] == 1 {
			whys = append(whys, l.Why)
		}
	}
	for i, w := range whys {
		if count[w] > 1 {
			whys[i] = fmt.Sprintf("%s (%d)", w, count[w])
		}
	}
	return whys
}

// New makes a plot of the rows of an answer. The error is a *Nothing where none of them can be drawn.
func New(ctx context.Context, g *graph.Graph, r Request) (*Plot, error) {
	i := slices.IndexFunc(Kinds(), func(k Kind) bool { return k.Name == r.Kind })
	if i < 0 {
		return nil, fmt.Errorf("unknown kind of plot %q: known are %s", r.Kind, strings.Join(KindNames(), ", "))
	}
	kind := Kinds()[i]
	all, err := gather(ctx, g, r)
	if err != nil {
		return nil, fmt.Errorf("gathering what to plot: %w", err)
	}
	p := &Plot{Kind: kind.Name, Title: kind.Title, Question: r.Question, Query: r.Query, Graph: g.Digest()}
	kind.make(all, p)
	if p.Body == nil {
		return nil, &Nothing{kind.Name, p.Left}
	}
	if r.Near > 0 {
		p.Notes = append(p.Notes, fmt.Sprintf("%s that came near and %s not count %s not drawn.", counted(r.Near, "finding"), plural(r.Near, "does", "do"), plural(r.Near, "is", "are")))
	}
	p.cite()
	return p, nil
}

// cite lists the documents behind the marks.
func (p *Plot) cite() {
	marks := p.Body.marks()
	for i := range p.Left {
		marks = append(marks, &p.Left[i].Mark)
	}
	for _, m := range marks {
		for _, s := range m.From {
			p.Documents = append(p.Documents, Document{s.Document, s.Name})
		}
	}
	slices.SortFunc(p.Documents, func(a, b Document) int {
		if a.Source != b.Source {
			return strings.Compare(a.Source, b.Source)
		}
		return strings.Compare(a.ID, b.ID)
	})
	p.Documents = slices.Compact(p.Documents)
}

// leave lists a finding that is not drawn.
func (p *Plot) leave(f *found, why string) {
	p.Left = append(p.Left, Left{why, f.mark()})
}

// plural chooses the form of a word for a number.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// counted writes a number with a noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if head, ok := strings.CutSuffix(noun, "y"); ok {
		return fmt.Sprintf("%d %sies", n, head)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// baseName returns the last part of a document's path.
func baseName(source string) string {
	source = evidence.Printable(strings.ReplaceAll(source, `\`, "/"))
	return source[strings.LastIndexByte(source, '/')+1:]
}

// Formats returns the formats that a plot can be written in, the first of them for a terminal.
func Formats() []string { return []string{"text", "svg", "png"} }

// FormatOf returns the format that the ending of a file's name asks for: text, where it has none. One that no plot is written
// in is an error.
func FormatOf(file string) (string, error) {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	switch {
	case ending == "" || ending == "txt":
		return Formats()[0], nil
	case ending != Formats()[0] && slices.Contains(Formats(), ending):
		return ending, nil
	}
	return "", fmt.Errorf("no plot is written as .%s: known are .svg, .png and .txt", ending)
}

// Write writes the plot in one of the formats. The options are for text.
func (p *Plot) Write(w io.Writer, format string, o Options) error {
	switch format {
	case "text":
		return p.WriteText(w, o)
	case "svg":
		return p.WriteSVG(w)
	case "png":
		return p.WritePNG(w)
	}
	return fmt.Errorf("unknown format %q of plots: known are %s", format, strings.Join(Formats(), ", "))
}
