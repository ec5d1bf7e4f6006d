package export

import (
	"context"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

// preface says of an export what it is of: it stands in a comment or in a field of metadata, as the format has it.
type preface struct {
	Question  string   `json:"question,omitempty"`
	Query     string   `json:"query,omitempty"` // the question in the canonical language
	Graph     string   `json:"graph"`           // the digest of the whole graph
	Documents []source `json:"documents"`       // sorted by identifier
}

// source is a document that an export rests on.
type source struct {
	ID     string `json:"id"`
	Source string `json:"source"`
	DOI    string `json:"doi,omitempty"`
	PMID   string `json:"pmid,omitempty"`
}

// newPreface goes through the documents of what is requested.
func newPreface(ctx context.Context, g *graph.Graph, r Request) (preface, error) {
	p := preface{Question: r.Question, Query: r.Query, Graph: g.Digest(), Documents: []source{}}
	wanted := map[string]bool{}
	if r.Only != nil {
		for s, err := range parts(ctx, g, r.Only) {
			if err != nil {
				return p, err
			}
			for _, t := range s.Tellings {
				if slices.Contains(r.Only.Studies, s.ID) || slices.ContainsFunc(s.findings, func(f drawn) bool { return f.telling == t }) {
					wanted[t.DocumentID] = true
				}
			}
		}
	}
	for d, err := range g.EachDocument(ctx) {
		if err != nil {
			return p, err
		}
		if r.Only == nil || wanted[d.ID] {
			p.Documents = append(p.Documents, source{d.ID, d.Source, d.Report.DOI, d.Report.PMID})
		}
	}
	slices.SortFunc(p.Documents, func(a, b source) int { return strings.Compare(a.ID, b.ID) })
	return p, nil
}

// lines returns the preface as lines of plain text without control characters.
func (p preface) lines() []string {
	out := []string{"picograph: from the graph with sha256 " + p.Graph}
	if p.Question != "" {
		out = append(out, "question: "+evidence.Printable(p.Question))
	}
	if p.Query != "" {
		out = append(out, "query: "+evidence.Printable(p.Query))
	}
	for _, d := range p.Documents {
		line := "document: " + d.ID + " " + evidence.Printable(d.Source)
		if d.DOI != "" {
			line += " doi:" + evidence.Printable(d.DOI)
		} else if d.PMID != "" {
			line += " pmid:" + evidence.Printable(d.PMID)
		}
		out = append(out, line)
	}
	return out
}
