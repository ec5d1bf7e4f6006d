// Package gizmo asks a graph in Gizmo, the language of Cayley: JavaScript with paths over quads. Some queries end the engine
// and with it the process, and none can be told to use less memory, so that each is run by a process of its own, for which
// Serve is all there is to do; Ask starts it, watches it, and tells what became of it. The graph is only read.
package gizmo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Limits bound what one query may take.
type Limits struct {
	Time   time.Duration
	Memory int64 // bytes, beyond what the process has when it begins
	Rows   int
}

// DefaultLimits returns what is enough for looking around in a graph.
func DefaultLimits() Limits { return Limits{Time: 30 * time.Second, Memory: 1 << 30, Rows: 10000} }

// outputBytes is how much text the rows of a query may have.
const outputBytes = 64 << 20

// Result is what a query found: rows with a cell a column. IRIs are in angle brackets with the prefixes of the schema, as a
// query takes them; texts and numbers are as they are.
type Result struct {
	Columns []string // "id", where paths end, comes first
	Rows    [][]string
	More    bool // there are more rows than the limits allow
}

// Error says why there is no result.
type Error struct {
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// Error returns the message without the hint.
func (e *Error) Error() string { return e.Message }

// Advice returns what can be done about it.
func (e *Error) Advice() string { return e.Hint }

// request is what the process that runs a query is told, as JSON on its standard input.
type request struct {
	Where  string // a file of package store, or a database
	Query  string
	Limits Limits
}

// message is a line of what it answers: one for each row, then one that says how it ended.
type message struct {
	Row  map[string]string `json:"row,omitempty"`
	Done bool              `json:"done,omitempty"`
	More bool              `json:"more,omitempty"`
	Err  *Error            `json:"error,omitempty"`
}

// Ask runs a query in a process of its own on the graph at where. Process returns a command that calls Serve.
func Ask(ctx context.Context, process func(context.Context) *exec.Cmd, where, query string, l Limits) (*Result, error) {
	in, err := json.Marshal(request{where, query, l})
	if err != nil {
		return nil, err
	}
	running, cancel := context.WithTimeout(ctx, l.Time)
	defer cancel()
	cmd := process(running)
	cmd.WaitDelay = 2 * time.Second
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append(cmd.Env, "GOTRACEBACK=none")
	cmd.Stdin = bytes.NewReader(in)
	said := &head{most: 64 << 10}
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the process for the query: %w", err)
	}
	rows, end, rerr := receive(out)
	if rerr != nil || end.Done {
		cancel() // nothing more is wanted of it
	}
	werr := cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case end.Err != nil:
		return nil, end.Err
	case end.Done:
		return table(rows, end.More), nil
	case errors.Is(running.Err(), context.DeadlineExceeded):
		return nil, &Error{
			fmt.Sprintf("the query was ended after %v", l.Time),
			"does it come to an end? Begin at fewer nodes, or give it more time: .lang gizmo SECONDS",
		}
	case rerr != nil:
		return nil, fmt.Errorf("reading what the query found: %w", rerr)
	}
	return nil, died(cmd.ProcessState, said.String(), werr, l)
}

// receive reads the messages up to the one that is the end; without one it returns an empty message.
func receive(out io.Reader) (rows []map[string]string, end message, err error) {
	d := json.NewDecoder(io.LimitReader(out, 4*outputBytes))
	for {
		var m message
		switch err := d.Decode(&m); {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, os.ErrClosed):
			return rows, message{}, nil // it died
		case err != nil:
			return rows, message{}, err
		case m.Row == nil:
			return rows, m, nil
		}
		rows = append(rows, m.Row)
	}
}

// table lays rows out in columns.
func table(rows []map[string]string, more bool) *Result {
	r := &Result{More: more}
	seen := map[string]bool{}
	for _, row := range rows {
		for name := range row {
			if !seen[name] {
				seen[name] = true
				r.Columns = append(r.Columns, name)
			}
		}
	}
	slices.SortFunc(r.Columns, func(a, b string) int {
		if (a == idColumn) != (b == idColumn) {
			if a == idColumn {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	for _, row := range rows {
		cells := make([]string, len(r.Columns))
		for i, name := range r.Columns {
			cells[i] = row[name]
		}
		r.Rows = append(r.Rows, cells)
	}
	return r
}

var (
	panicked = regexp.MustCompile(`(?m)^(?:panic|fatal error): (.*)$`)
	noMemory = regexp.MustCompile(`out of memory|cannot allocate memory|failed to allocate|pthread_create failed`)
)

// died tells why a process ended that said nothing of its end.
func died(state *os.ProcessState, said string, err error, l Limits) error {
	why := ""
	if m := panicked.FindStringSubmatch(said); m != nil {
		why, _, _ = strings.Cut(m[1], " [recovered")
	}
	switch {
	case state.ExitCode() == exitMemory, noMemory.MatchString(said):
		return &Error{
			fmt.Sprintf("the query was ended: it took more than %d MiB of memory", l.Memory>>20),
			"begin at fewer nodes, or keep fewer values in arrays: .all() and g.emit() hand rows out as they are found",
		}
	case why != "":
		return &Error{
			"the query ended Cayley's engine: " + why,
			`Cayley does not look at what some steps are given: names as texts, such as .out("<pg:finding>"), or paths are safe`,
		}
	}
	said, _, _ = strings.Cut(strings.TrimSpace(said), "\n")
	if said == "" && err != nil {
		said = err.Error()
	}
	return &Error{"the process of the query ended: " + said, "is there too little memory?"}
}

// head keeps the beginning of what is written.
type head struct {
	bytes.Buffer
	most int
}

// Write keeps what fits.
func (h *head) Write(b []byte) (int, error) {
	h.Buffer.Write(b[:min(len(b), max(0, h.most-h.Len()))])
	return len(b), nil
}
