package graph

import (
	"runtime"

	"github.com/picograph/picograph/graph/evidence"
)

// Intake puts documents in their order, as Writer.Put does, and encodes the next ones meanwhile, which is half of the work. It is
// for one goroutine. What was put is there after Finish; a document must not change before that.
type Intake struct {
	writer  *Writer
	ahead   int             // how many documents are encoded before the first of them is put
	waiting []chan encoding // in order
}

type encoding struct {
	doc *encoded
	err error
}

// Intake returns an intake of the writer.
func (w *Writer) Intake() *Intake { return &Intake{writer: w, ahead: 2 * runtime.GOMAXPROCS(0)} }

// Put takes a document up. An error may be that of an earlier one, which it names.
func (in *Intake) Put(doc *evidence.Document) error {
	out := make(chan encoding, 1)
	go func() {
		e, err := in.writer.g.encode(doc)
		out <- encoding{e, err}
	}()
	in.waiting = append(in.waiting, out)
	if len(in.waiting) < in.ahead {
		return nil
	}
	return in.next()
}

// Finish puts the documents that still wait.
func (in *Intake) Finish() error {
	for len(in.waiting) > 0 {
		if err := in.next(); err != nil {
			return err
		}
	}
	return nil
}

func (in *Intake) next() error {
	e := <-in.waiting[0]
	in.waiting = in.waiting[1:]
	if e.err != nil {
		return e.err
	}
	return in.writer.putEncoded(e.doc)
}
