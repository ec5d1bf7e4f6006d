// Package loader loads documents: it opens paths, detects formats, reads records, finds structure and evidence, and
// puts the evidence into a graph. Documents are worked on side by side and come out in the order of the input; one
// that fails has its problem and does not stop the rest. The package knows nothing of questions.
package loader

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
)

// MaxFile is the largest file, in bytes and decompressed, that is read unless Options says otherwise.
const MaxFile = 256 << 20

// bigFile is the size in bytes from which files are worked on one at a time.
const bigFile = 8 << 20

// Options say how to load.
type Options struct {
	Vocab    *vocab.Vocabulary // needed
	Jobs     int               // documents worked on side by side; 0 means as many as there are processors
	Stdin    io.Reader         // what "-" stands for
	MaxFile  int64             // in bytes, decompressed; 0 means MaxFile
	Progress func(Progress)    // called after each document, from the caller's goroutine; may be nil
	Shard    Shard             // the documents that are worked on, of all that are read; the zero value takes all

	// Prune takes out of the graph what came from files of the folders that are no longer there. They are only reported without it.
	Prune bool

	wait time.Duration // for somebody to write into a pipe that is named; 0 means pipeWait
	part int           // bytes of a part of a large file; 0 means partSize
	met  *given        // where what there was is noted, to be read when all is done; may be nil
}

// Shard is a part of the documents: the one of number I, from 1, of N. Which it is that a document belongs to depends on its
// text alone, so that several machines that read the same files each work on their own documents, and all of them on all.
type Shard struct{ I, N int }

// has reports whether a document of some text, or of some name where there is none, is of the shard.
func (s Shard) has(text, name string) bool {
	if s.N <= 1 {
		return true
	}
	if text == "" {
		text = name
	}
	sum := sha256.Sum256([]byte(text))
	return binary.BigEndian.Uint64(sum[:])%uint64(s.N) == uint64(s.I-1)
}

// Progress says how far a load is.
type Progress struct {
	Source string // the document that was just finished
	Done   int    // documents finished
	Found  int    // files found so far; more may come
	Failed int    // documents that could not be read
	Bytes  int64  // of the files, as they lie on the disk, that were worked on
	Total  int64  // of all files that there are
}

// Extract reads the documents at the paths - files, folders, patterns, "-", .gz, and the members of .zip, .tar and .tar.gz - and hands
// what it finds to yield, in the order of the paths, whatever the number of jobs. A document that cannot be read is
// handed over with its source, digest and problem. The error is one of the paths' (then nothing was handed over), one
// of yield's, the context's, or ErrUnread when no document could be read.
func Extract(ctx context.Context, paths []string, o Options, yield func(*evidence.Document) error) error {
	return run(ctx, cleaned(paths), o, realStages, func(r result) error { return yield(r.doc) })
}

// Load extracts the documents at the paths into a graph, in one transaction: either all of them, with the links
// between studies computed anew, or nothing. A document replaces what the graph held of the same source; records and members that a
// file no longer has go; documents that could not be read change nothing. The report is valid with an error too.
func Load(ctx context.Context, g *graph.Graph, paths []string, o Options) (*Report, error) {
	return load(ctx, g, paths, o, realStages)
}

func load(ctx context.Context, g *graph.Graph, paths []string, o Options, st stages) (*Report, error) {
	report := &Report{}
	if err := checkPaths(paths); err != nil {
		return report, err
	}
	paths = cleaned(paths)
	w, err := g.Begin(ctx)
	if err != nil {
		return report, err
	}
	defer w.Rollback()
	in := w.Intake()
	o.met = newGiven()
	broken := make(map[string]bool) // what could not be read
	err = run(ctx, paths, o, st, func(r result) error {
		report.add(r)
		if !r.read {
			broken[r.doc.Source] = true
			return nil
		}
		return in.Put(r.doc)
	})
	if err != nil {
		return report, err
	}
	if err := in.Finish(); err != nil {
		return report, err
	}
	if o.Shard.N <= 1 {
		if err := report.settle(w, paths, o.met, broken, o.Prune); err != nil {
			return report, err
		}
	}
	if err := w.Commit(ctx); err != nil {
		return report, fmt.Errorf("storing the evidence: %w", err)
	}
	return report, nil
}

// pipeline works on the documents of one load.
type pipeline struct {
	vocab  *vocab.Vocabulary
	stages stages
	shard  Shard
	max    int64
	part   int
	big    sync.Mutex
}

// job is a source on its way, or a part of one: its results come on out.
type job struct {
	source source
	part   *part
	bytes  int64 // of the file as it lies on the disk
	out    chan []result
}

// run expands the paths and works on the sources side by side. Jobs are handed out in order on a queue whose length
// bounds how many wait, and their results are awaited in the same order.
func run(ctx context.Context, paths []string, o Options, st stages, yield func(result) error) error {
	if o.Vocab == nil {
		return errors.New("loading needs a vocabulary")
	}
	if err := checkPaths(paths); err != nil {
		return err
	}
	jobs := o.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	p := &pipeline{vocab: o.Vocab, stages: st, shard: o.Shard, max: o.MaxFile, part: o.part}
	if p.part <= 0 {
		p.part = partSize
	}
	if p.max <= 0 {
		p.max = MaxFile
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	work := make(chan job)
	queue := make(chan job, 2*jobs) // jobs in order, begun or soon to be
	expansion := make(chan error, 1)
	var found counter
	go func() {
		defer close(queue)
		defer close(work)
		op := &opener{stdin: o.Stdin, max: p.max, wait: cmp.Or(o.wait, pipeWait), met: cmp.Or(o.met, newGiven())}
		give := func(j job) error {
			j.out = make(chan []result, 1)
			for _, c := range []chan job{queue, work} {
				select {
				case c <- j:
				case <-ctx.Done():
					if j.source.done != nil {
						j.source.done()
					}
					return ctx.Err()
				}
			}
			return nil
		}
		expansion <- op.each(ctx, paths, func(s source) error {
			found.add()
			if done, err := p.split(ctx, s, give); done || err != nil {
				return err
			}
			return give(job{source: s, bytes: s.disk})
		})
	}()
	for range jobs {
		go func() {
			for j := range work {
				j.out <- p.documents(ctx, j)
			}
		}()
	}
	var total int64
	if o.Progress != nil {
		total = diskSize(paths)
	}
	return collect(ctx, queue, expansion, &Progress{Total: total}, o.Progress, &found, yield)
}

// collect awaits the results of the queued jobs in their order and hands them over.
func collect(ctx context.Context, queue chan job, expansion chan error, pr *Progress, progress func(Progress), found *counter, yield func(result) error) error {
	var first error
	var names distinct
	elsewhere := 0
	for j := range queue {
		var results []result
		select {
		case results = <-j.out:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		pr.Bytes += j.bytes
		for _, r := range results {
			if j.part != nil {
				names.of(j.source.name, &r)
			}
			if r.elsewhere {
				elsewhere++
				continue
			}
			pr.Done++
			if !r.read {
				pr.Failed++
				if first == nil {
					first = r.err
				}
			}
			if err := yield(r); err != nil {
				return err
			}
			if progress != nil {
				pr.Source, pr.Found = r.doc.Source, found.value()
				progress(*pr)
			}
		}
	}
	if err := <-expansion; err != nil {
		return err
	}
	if pr.Failed == pr.Done && elsewhere == 0 {
		if pr.Done == 1 {
			return &Error{Err: fmt.Errorf("%w: %w", ErrUnread, first), Hint: Advice(first)}
		}
		return &Error{Err: fmt.Errorf("%w (%d); the first: %w", ErrUnread, pr.Done, first), Hint: Advice(first)}
	}
	return nil
}

// distinct tells the documents of a file apart that is read in parts: within a part its reader does.
type distinct struct {
	source string
	seen   map[string]int
}

// of gives a document another name where an earlier part has one of its name.
func (d *distinct) of(source string, r *result) {
	if d.source != source {
		d.source, d.seen = source, make(map[string]int)
	}
	name := r.doc.Source
	if name == source {
		return // a problem of the whole
	}
	if d.seen[name]++; d.seen[name] > 1 {
		r.doc.Source = fmt.Sprintf("%s~%d", name, d.seen[name])
	}
}

// counter counts across goroutines.
type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add() {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}

func (c *counter) value() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}
