package gizmo

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	engine "github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/postgres"
	"github.com/picograph/picograph/graph/store"
)

// The columns of what is found: where a path ends, and what was handed out by itself.
const (
	idColumn    = engine.TopResultTag
	valueColumn = "value"
)

// threads is what the stacks of threads may take, beside the memory of the query.
const threads = 256 << 20

// exitMemory is the exit status of a process that took too much memory.
const exitMemory = 3

// Serve carries out the one request that stands on in and writes what is found to out. The process should do nothing else:
// a query may end it, and its memory is bounded from here on.
func Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	var r request
	if err := json.NewDecoder(in).Decode(&r); err != nil {
		return fmt.Errorf("this is for picograph itself, which asks in JSON: %w", err)
	}
	stop := bound(r.Limits)
	defer stop()
	w := bufio.NewWriter(out)
	e := json.NewEncoder(w)
	more, err := r.run(ctx, func(row map[string]string) error { return e.Encode(message{Row: row}) })
	end := message{Done: true, More: more}
	if err != nil {
		var known *Error
		if !errors.As(err, &known) {
			known = &Error{Message: err.Error()}
		}
		end = message{Err: known}
	}
	if err := e.Encode(end); err != nil {
		return err
	}
	return w.Flush()
}

// bound ends the process when it takes too long or too much memory, should the one that started it not do so.
func bound(l Limits) (stop func()) {
	late := time.AfterFunc(l.Time+5*time.Second, func() { os.Exit(1) })
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	used := func() int64 {
		metrics.Read(samples)
		return int64(samples[0].Value.Uint64()) - int64(samples[1].Value.Uint64())
	}
	most := used() + l.Memory
	debug.SetMemoryLimit(most)
	debug.SetMaxStack(int(min(l.Memory/4, 256<<20)))
	limitData(l.Memory + threads) // for what grows too fast to be seen
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				if used() > most {
					os.Exit(exitMemory)
				}
			case <-done:
				return
			}
		}
	}()
	return func() { close(done); late.Stop() }
}

// run runs the query and hands out the rows. More says that there are others.
func (r *request) run(ctx context.Context, row func(map[string]string) error) (more bool, err error) {
	if err := check(r.Query); err != nil {
		return false, err
	}
	qs, err := open(r.Where)
	if err != nil {
		return false, err
	}
	text, moved := expand(r.Query)
	it, err := engine.NewSession(qs).Execute(ctx, text, query.Options{Collation: query.Raw})
	if err != nil {
		return false, err
	}
	rows, size := 0, 0
	for it.Next(ctx) {
		cells, err := cellsOf(ctx, qs, it.Result().(*engine.Result), rows)
		if err != nil {
			return false, err
		}
		if len(cells) == 0 {
			continue
		}
		for name, cell := range cells {
			size += len(name) + len(cell)
		}
		if rows == r.Limits.Rows || size > outputBytes {
			return true, nil
		}
		rows++
		if err := row(cells); err != nil {
			return false, err
		}
	}
	if err := it.Err(); err != nil {
		return false, placed(err, r.Query, moved)
	}
	outlive()
	return false, nil
}

// outlive waits until the goroutine of the engine has ended. One that panics says first that it is done, and ends the process
// only then.
func outlive() {
	stacks := make([]byte, 1<<20)
	for strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), "created by github.com/cayleygraph/cayley/query/gizmo.(*results).Next") {
		time.Sleep(time.Millisecond)
	}
}

// open opens a graph for reading only.
func open(where string) (cayley.QuadStore, error) {
	if postgres.Is(where) {
		return postgres.QuadStore(where)
	}
	s, err := store.Open(where, true, store.Options{})
	if err != nil {
		return nil, err
	}
	return s.QuadStore(), nil
}

// cellsOf returns the cells of one result, which is none when it is the value of a query that handed out rows before.
func cellsOf(ctx context.Context, qs cayley.QuadStore, r *engine.Result, before int) (map[string]string, error) {
	cells := map[string]string{}
	switch {
	case r.Tags != nil:
		for name, ref := range r.Tags {
			v, err := qs.NameOf(ref)
			if err != nil {
				return nil, err
			}
			if v != nil {
				cells[name] = shown(v)
			}
		}
		return cells, ctx.Err()
	case r.Meta && before > 0:
		return nil, nil
	}
	value, ok := plain(r.Val)
	if !ok {
		return nil, &Error{
			"the query ends in a path that nobody walks, or in a function that is not called",
			"end it in .all(), .getLimit(10) or .count(); a line that the next one goes on from ends in a dot or a backslash",
		}
	}
	fields, ok := value.(map[string]any)
	if !ok {
		fields = map[string]any{valueColumn: value}
	}
	for name, v := range fields {
		text, ok := v.(string)
		if !ok {
			var b strings.Builder
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			if err := e.Encode(v); err != nil {
				return nil, err
			}
			text = strings.TrimSpace(b.String())
		}
		cells[name] = text
	}
	return cells, nil
}

// plain returns a value of the engine's language as one that JSON has, with the texts that stand for values of the graph as
// they are shown. It is not ok for what is none: a path, a function.
func plain(v any) (out any, ok bool) {
	switch v := v.(type) {
	case nil, bool, int64, int, float64:
		return v, true
	case string:
		return shown(quad.StringToValue(v)), true
	case quad.Value:
		return shown(v), true
	case time.Time:
		return v.Format(time.RFC3339Nano), true
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			if list[i], ok = plain(item); !ok {
				return nil, false
			}
		}
		return list, true
	case []map[string]any:
		list := make([]any, len(v))
		for i, item := range v {
			if list[i], ok = plain(item); !ok {
				return nil, false
			}
		}
		return list, true
	case map[string]any:
		fields := map[string]any{}
		for name, item := range v {
			if fields[name], ok = plain(item); !ok {
				return nil, false
			}
		}
		return fields, true
	}
	return nil, false
}

// shown returns a value as it is printed.
func shown(v quad.Value) string {
	switch v := v.(type) {
	case quad.IRI:
		return "<" + shorten(string(v)) + ">"
	case quad.String:
		return string(v)
	case quad.LangString:
		return string(v.Value)
	case quad.TypedString:
		return string(v.Value)
	case quad.Time:
		return time.Time(v).Format(time.RFC3339Nano)
	case quad.Float:
		return strconv.FormatFloat(float64(v), 'g', -1, 64)
	case quad.Int, quad.Bool:
		return fmt.Sprint(v.Native())
	}
	return quad.StringOf(v)
}
