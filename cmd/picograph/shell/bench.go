package shell

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/synth"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries"
)

// Bench is a measurement of a graph of made-up studies on this machine.
type Bench struct {
	Studies int    // how many
	Folder  string // that keeps the graph, as N.db, to measure it again without loading; "" for none
	Batch   int64  // bytes of quads that are held while loading, see graph.Options
	Vocab   *vocab.Vocabulary
}

// Bench loads made-up studies into a new graph, opens it, asks questions of it, each of a graph that was just opened and once again,
// completes a word, and exports it; and prints what time each took on the clock.
func (s *Session) Bench(ctx context.Context, b Bench) error {
	folder := b.Folder
	if folder == "" {
		var err error
		if folder, err = os.MkdirTemp("", "picograph-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(folder) //nolint:errcheck // what is left of it is the system's to clean
	} else if err := os.MkdirAll(folder, 0o777); err != nil {
		return &Advised{fmt.Errorf("keeping the graph in %s: %w", folder, cause(err)), "--keep names a folder, which is made where it is not there"}
	}
	m := &measuring{Bench: b, s: s, path: filepath.Join(folder, fmt.Sprintf("%d.db", b.Studies))}
	for _, step := range []func(context.Context) error{m.load, m.open, m.ask, m.complete, m.export} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return s.list("of", m.sizes, m.first, m.again, m.rows)
}

// measuring is a measurement under way.
type measuring struct {
	Bench
	s     *Session
	path  string
	sizes *block
	first *block // of the questions: the time when the graph was just opened
	again *block
	rows  *block // of their answers
}

// load makes the graph, unless the folder has it.
func (m *measuring) load(ctx context.Context) error {
	block := func(title string) *block { return section(title, "what", "number", "unit") }
	m.sizes, m.first = block("the graph"), block("questions, of a graph that was just opened")
	m.again, m.rows = block("questions, once again"), block("rows of the answers")
	if _, err := os.Stat(m.path); err == nil {
		return nil
	}
	g, err := graph.Open(ctx, m.path, graph.Options{Vocab: m.Vocab, BatchBytes: m.Batch})
	if err != nil {
		return err
	}
	defer g.Close() //nolint:errcheck // what it held is written
	took, err := m.fill(ctx, g)
	if err != nil {
		return err
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	st, err := g.Stats(ctx)
	if err != nil {
		return err
	}
	m.size("load", float64(st.Quads)/took.Seconds(), "quads/s")
	m.size("memory while loading", float64(mem.Sys)/(1<<20), "MiB")
	return nil
}

// madeAtOnce is how many documents are made before the clock runs on: making them is no part of loading.
const madeAtOnce = 500

// fill loads the documents and returns how long that took.
func (m *measuring) fill(ctx context.Context, g *graph.Graph) (took time.Duration, err error) {
	studies := synth.New(1, m.Vocab)
	w, err := g.Begin(ctx)
	if err != nil {
		return 0, err
	}
	defer w.Rollback()
	in := w.Intake()
	for at := 0; at < m.Studies; {
		var docs []*evidence.Document
		for ; at < m.Studies && len(docs) < madeAtOnce; at++ {
			docs = append(docs, studies.Document(at))
		}
		start := time.Now()
		for _, d := range docs {
			if err := in.Put(d); err != nil {
				return 0, err
			}
		}
		if err := in.Finish(); err != nil {
			return 0, err
		}
		took += time.Since(start)
		m.tell("%d of %d studies loaded", at, m.Studies)
	}
	start := time.Now()
	err = w.Commit(ctx)
	m.tell("putting the documents took %.1f s, the commit %.1f s", took.Seconds(), time.Since(start).Seconds())
	return took + time.Since(start), err
}

func (m *measuring) size(what string, number float64, unit string) {
	m.sizes.add(what, digits(number), unit)
	m.tell("%s: %s %s", what, digits(number), unit)
}

// digits prints a number to four digits, a larger one to the last before the point.
func digits(number float64) string {
	if number >= 1000 {
		return fmt.Sprintf("%.0f", number)
	}
	return fmt.Sprintf("%.4g", number)
}

func (m *measuring) tell(format string, args ...any) {
	if !m.s.Quiet {
		fmt.Fprintf(m.s.Err, "picograph: "+format+"\n", args...)
	}
}

// opened opens the graph for reading.
func (m *measuring) opened(ctx context.Context) (*graph.Graph, error) {
	return graph.Open(ctx, m.path, graph.Options{ReadOnly: true, Vocab: m.Vocab})
}

func (m *measuring) open(ctx context.Context) error {
	start := time.Now()
	g, err := m.opened(ctx)
	if err != nil {
		return err
	}
	defer g.Close() //nolint:errcheck // it was read
	took := time.Since(start)
	st, err := g.Stats(ctx)
	if err != nil {
		return err
	}
	file, err := os.Stat(m.path)
	if err != nil {
		return err
	}
	m.size("documents", float64(st.Documents), "")
	m.size("quads", float64(st.Quads), "")
	m.size("file", float64(file.Size())/float64(max(st.Quads, 1)), "bytes/quad")
	m.size("open", milliseconds(took), "ms")
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// ask asks each question of a graph that was just opened, and again.
func (m *measuring) ask(ctx context.Context) error {
	for _, q := range synth.Questions(m.Studies) {
		if err := m.question(ctx, q.Text); err != nil {
			return fmt.Errorf("asking %q: %w", q.Text, err)
		}
	}
	return nil
}

func (m *measuring) question(ctx context.Context, q string) error {
	m.tell("asking: %s", q)
	start := time.Now()
	g, err := m.opened(ctx)
	if err != nil {
		return err
	}
	defer g.Close() //nolint:errcheck // it was read
	var took [2]time.Duration
	var a *queries.Answer
	for i := range took {
		if i > 0 {
			start = time.Now()
		}
		if a, err = (&queries.Engine{Graph: g, Vocab: m.Vocab}).Ask(ctx, q); err != nil {
			return err
		}
		took[i] = time.Since(start)
	}
	for i, b := range []*block{m.first, m.again} {
		b.add(q, fmt.Sprintf("%.1f", milliseconds(took[i])), "ms")
		m.tell("%s: %.1f ms", []string{"just opened", "again"}[i], milliseconds(took[i]))
	}
	m.rows.add(q, fmt.Sprint(a.RowCount()), "")
	return nil
}

// complete completes a word as Tab does.
func (m *measuring) complete(ctx context.Context) error {
	g, err := m.opened(ctx)
	if err != nil {
		return err
	}
	defer g.Close() //nolint:errcheck // it was read
	sh := &Shell{Session: &Session{Engine: &queries.Engine{Graph: g, Vocab: m.Vocab}}}
	for _, when := range []string{"first", "again"} {
		start := time.Now()
		sh.Complete(ctx, benchTyped, len(benchTyped))
		m.size("completion, "+when, milliseconds(time.Since(start)), "ms")
	}
	return nil
}

// benchTyped is what was typed when Tab is pressed.
const benchTyped = "findings where outcome is pa"

// export writes the graph as N-Quads to nowhere.
func (m *measuring) export(ctx context.Context) error {
	g, err := m.opened(ctx)
	if err != nil {
		return err
	}
	defer g.Close() //nolint:errcheck // it was read
	m.tell("exporting")
	var n written
	start := time.Now()
	if err := g.WriteNQuads(ctx, &n); err != nil {
		return err
	}
	m.size("export of N-Quads", float64(n)/(1<<20)/time.Since(start).Seconds(), "MiB/s")
	return nil
}

// written counts bytes.
type written int64

func (n *written) Write(p []byte) (int, error) {
	*n += written(len(p))
	return len(p), nil
}
