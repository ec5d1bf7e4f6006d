package export

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/spool"
)

// preface says of an export what it is of: it stands in a comment or in a field of metadata, as the format has it.
type preface struct {
	question string
	query    string       // the question in the canonical language
	graph    string       // the digest of the whole graph
	sources  spool.Sorter // the documents, by identifier
}

// source is a document that an export rests on.
type source struct {
	ID     string `json:"id"`
	Source string `json:"source"`
	DOI    string `json:"doi,omitempty"`
	PMID   string `json:"pmid,omitempty"`
}

// newPreface goes through the documents of what is requested. It is to be closed.
func newPreface(ctx context.Context, g *graph.Graph, r Request) (*preface, error) {
	p := &preface{question: r.Question, query: r.Query, graph: g.Digest(), sources: spool.Sorter{Bound: spoolBytes / 8}}
	if err := p.gather(ctx, g, r.Only); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *preface) gather(ctx context.Context, g *graph.Graph, only *graph.Selection) error {
	wanted := map[string]bool{}
	if only != nil {
		for s, err := range parts(ctx, g, only) {
			if err != nil {
				return err
			}
			for _, t := range s.Tellings {
				if slices.Contains(only.Studies, s.ID) || slices.ContainsFunc(s.findings, func(f drawn) bool { return f.telling == t }) {
					wanted[t.DocumentID] = true
				}
			}
		}
	}
	for d, err := range g.EachDocument(ctx) {
		if err != nil {
			return err
		}
		if only != nil && !wanted[d.ID] {
			continue
		}
		if err := p.sources.Add(d.ID, packText(packText(packText(nil, d.Source), d.Report.DOI), d.Report.PMID)); err != nil {
			return err
		}
	}
	return nil
}

// close takes away the temporary files.
func (p *preface) close() { p.sources.Close() }

// documents hands over the documents by identifier.
func (p *preface) documents(take func(source) error) error {
	return p.sources.Each(func(id string, body []byte) error {
		s := source{ID: id}
		s.Source, body = unpackText(body)
		s.DOI, body = unpackText(body)
		s.PMID, _ = unpackText(body)
		return take(s)
	})
}

// lines hands over the preface as lines of plain text without control characters.
func (p *preface) lines(put func(line string)) error {
	put("picograph: from the graph with sha256 " + p.graph)
	if p.question != "" {
		put("question: " + evidence.Printable(p.question))
	}
	if p.query != "" {
		put("query: " + evidence.Printable(p.query))
	}
	return p.documents(func(d source) error {
		line := "document: " + d.ID + " " + evidence.Printable(d.Source)
		if d.DOI != "" {
			line += " doi:" + evidence.Printable(d.DOI)
		} else if d.PMID != "" {
			line += " pmid:" + evidence.Printable(d.PMID)
		}
		put(line)
		return nil
	})
}

// joined hands over the lines with something between them.
func (p *preface) joined(between string, put func(string)) error {
	before := ""
	return p.lines(func(line string) {
		put(before + line)
		before = between
	})
}

// json hands over the preface as an object of JSON, a line for each document.
func (p *preface) json(put func(string)) error {
	put("{")
	if p.question != "" {
		put(`"question":` + quoted(p.question) + ",")
	}
	if p.query != "" {
		put(`"query":` + quoted(p.query) + ",")
	}
	put(`"graph":` + quoted(p.graph) + `,"documents":[`)
	next := commas()
	err := p.documents(func(d source) error {
		b, err := json.Marshal(d)
		put(next() + string(b))
		return err
	})
	put("\n]}")
	return err
}

// MarshalJSON is json in memory.
func (p *preface) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	err := p.json(func(s string) { b.WriteString(s) })
	return b.Bytes(), err
}
