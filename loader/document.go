package loader

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/extract"
	"github.com/picograph/picograph/loader/format"
)

// The stages of a load, as problems name them.
const (
	stageOpen    = "open"
	stageDetect  = "detect"
	stageRead    = "read"
	stageSegment = "segment"
	stageExtract = "extract"
)

// stages is how a record becomes evidence. Tests put failing ones in their place.
type stages struct {
	parse   func(source, text string, headings func(string) (string, bool), asides ...evidence.Skip) *document.Document
	extract func(*document.Document, *vocab.Vocabulary) *evidence.Document
}

var realStages = stages{parse: document.Parse, extract: extract.Extract}

// documents reads a source, or a part of one, into evidence documents, one a record. What fails gives a document that has
// only its source, its digest and the problem.
func (p *pipeline) documents(ctx context.Context, j job) (out []result) {
	s := j.source
	if s.done != nil {
		defer s.done()
	}
	stage := stageOpen
	defer func() {
		if v := recover(); v != nil {
			out = append(out, failed(s.name, "", stage, defect(v)))
		}
	}()
	if j.part != nil {
		stage = stageRead
		if j.part.quads {
			return p.read(ctx, s.name, "", func(yield func(*evidence.Document) error) error { return graph.ReadPart(j.part.file.Data, yield) })
		}
		return p.records(ctx, j.part)
	}
	data, err := readAll(ctx, s, p.max)
	if err != nil {
		return []result{failed(s.name, "", stage, err)}
	}
	if len(data) > bigFile {
		p.big.Lock() // one at a time, or memory is short
		defer p.big.Unlock()
	}
	digest := sha256.Sum256(data)
	sum := hex.EncodeToString(digest[:])
	stage = stageDetect
	if graph.IsGraph(data) {
		return p.read(ctx, s.name, sum, func(yield func(*evidence.Document) error) error {
			return graph.ReadDocuments(ctx, bytes.NewReader(data), yield)
		})
	}
	if graph.IsFragment(data) {
		return []result{failed(s.name, sum, stage, &Error{
			Err:  errors.New("these are N-Quads that are no whole graph of picograph"),
			Hint: "a part of a graph has no texts: export the whole graph, without --about",
		})}
	}
	file, doubt := format.UTF8(format.File{Name: s.name, Data: data})
	f, err := format.Detect(file)
	if err != nil {
		return []result{failed(s.name, sum, stage, err)}
	}
	stage = stageRead
	return p.records(ctx, &part{file: file, format: f, sum: sum, doubt: doubt})
}

// records reads the records of a file, or of a part of one. The first of them has the problem of what was presumed of all.
func (p *pipeline) records(ctx context.Context, t *part) (out []result) {
	err := t.format.Read(t.file, func(r format.Record) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := t.file.Name
		if r.Key != "" {
			name += "#" + r.Key
		}
		if !p.shard.has(r.Text, name) {
			out = append(out, left(name))
			return nil
		}
		out = append(out, p.document(name, t.sum, t.format.Name, r))
		return nil
	})
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range several.Unwrap() {
			out = append(out, failed(t.file.Name, t.sum, stageRead, one))
		}
	} else if err != nil {
		out = append(out, failed(t.file.Name, t.sum, stageRead, err))
	}
	if t.doubt != nil && len(out) > 0 {
		d := out[0].doc
		d.Problems = append(d.Problems, evidence.Problem{Stage: stageRead, Message: t.doubt.Message})
	}
	return out
}

// read returns the documents of a graph that was exported, or of a part of one, as they were put into it.
func (p *pipeline) read(ctx context.Context, name, sum string, documents func(yield func(*evidence.Document) error) error) (out []result) {
	err := documents(func(d *evidence.Document) error {
		if p.shard.has(d.Text, d.Source) {
			out = append(out, result{doc: d, read: true})
		} else {
			out = append(out, left(d.Source))
		}
		return ctx.Err()
	})
	if err != nil {
		return []result{failed(name, sum, stageRead, &Error{Err: err, Hint: graph.Advice(err)})}
	}
	if len(out) == 0 {
		return []result{failed(name, sum, stageRead, &Error{Err: errors.New("the graph has no documents")})}
	}
	return out
}

// document turns the text of one record into evidence. A panic in a stage is a problem of the document.
func (p *pipeline) document(name, sum, kind string, rec format.Record) (r result) {
	stage := stageSegment
	defer func() {
		if v := recover(); v != nil {
			r = failed(name, sum, stage, defect(v))
		}
	}()
	d := p.stages.parse(name, rec.Text, p.vocab.Heading, rec.Asides...)
	d.SHA256, d.Format, d.Known = sum, kind, rec.Known
	if err := prose(d); err != nil {
		return failed(name, sum, stage, err)
	}
	stage = stageExtract
	e := p.stages.extract(d, p.vocab)
	e.Text, e.Origin, e.Ignored = d.Text, rec.Origin, append(e.Ignored, rec.Left...)
	return result{doc: e, read: true}
}

// maxProse is the most text, in bytes of sentences, that is taken for one document: some ten times a long article.
const maxProse = 1 << 20

// prose reports an error for a document that has no sentences at all because it is no prose, or too many to be one
// document.
func prose(d *document.Document) error {
	total := 0
	for _, s := range d.Sentences {
		total += s.Len()
	}
	switch {
	case total == 0 && len(d.Problems) > 0:
		return &Error{Err: errors.New(d.Problems[0].Message), Hint: "check that it is the text of an article and not data"}
	case total > maxProse:
		return &Error{
			Err:  fmt.Errorf("%w: %.1f MB of sentences, and one document has at most %d MB", ErrTooLarge, float64(total)/(1<<20), maxProse>>20),
			Hint: "are these many documents? Split it into one file a document",
		}
	}
	return nil
}

// defect is the error for a panic.
func defect(v any) error {
	return &Error{Err: fmt.Errorf("internal error: %v", v), Hint: "this is a defect of picograph: please report it with the document"}
}

// result is what came of one record.
type result struct {
	doc       *evidence.Document
	read      bool
	elsewhere bool // it belongs to another shard, and is here for its name alone
	err       error
}

// left is the result for a record that belongs to another shard.
func left(name string) result {
	return result{doc: &evidence.Document{Source: name}, elsewhere: true}
}

// failed is the result for what could not be read.
func failed(name, sum, stage string, err error) result {
	message := err.Error()
	if hint := Advice(err); hint != "" {
		message += " (" + hint + ")"
	}
	p := evidence.Problem{Stage: stage, Message: message}
	if e, ok := err.(*format.Error); ok && e.Offset > 0 {
		p.Start, p.End = e.Offset, e.Offset+1
	}
	return result{
		doc: &evidence.Document{Source: name, SHA256: sum, Problems: []evidence.Problem{p}},
		err: &Error{Path: name, Err: err, Hint: Advice(err)},
	}
}
