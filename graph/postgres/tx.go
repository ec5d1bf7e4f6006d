package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/lib/pq"
)

// lockKey is the advisory lock of the database that a change holds.
const lockKey = 0x7069636f67726170

// Tx is a change of a graph: one transaction of the database. It is for one goroutine. While it is open no other one can
// change a graph of the database; all can read.
type Tx struct {
	d     *DB
	ctx   context.Context
	tx    *sql.Tx
	base  *State
	limit int64 // of bytes, roughly, that wait in memory

	wait    waiting
	meta    map[string][]byte
	indexes []string // to be made when all is there: of a new graph
	written bool     // something was sent to the server
	quads   int      // how many more there are than before
	done    bool
}

// waiting is what was not sent yet.
type waiting struct {
	labels     map[quad.Value][]quad.Quad
	adds, dels []quad.Quad             // of quads one by one
	entries    map[int]map[string]bool // by set: put or taken out
	bytes      int64
}

func newWaiting() waiting {
	return waiting{labels: map[quad.Value][]quad.Quad{}, entries: map[int]map[string]bool{}}
}

func (w *waiting) empty() bool {
	return len(w.labels) == 0 && len(w.adds) == 0 && len(w.dels) == 0 && len(w.entries) == 0
}

// Options says how a change is made.
type Options struct {
	Bytes   int64               // of what waits in memory, roughly; zero means 256 MiB
	Waiting func(holder string) // told whom a change waits for that cannot begin at once; may be nil
}

// Begin starts a change of the newest state, which it returns: shown, if that is the newest. It waits while another change is
// open, in whatever process.
func (d *DB) Begin(ctx context.Context, shown *State, o Options) (*Tx, *State, error) {
	tx, err := d.begin(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	t := &Tx{d: d, ctx: ctx, tx: tx, limit: o.Bytes, wait: newWaiting(), meta: map[string][]byte{}}
	if t.limit <= 0 {
		t.limit = 256 << 20
	}
	h, err := t.start(o)
	if err != nil {
		t.Rollback()
		return nil, nil, explain(ended(ctx, err))
	}
	if t.base = shown; shown == nil || shown.head.seq != h.seq || shown.head.there != h.there {
		t.base = &State{d: d, head: h}
	}
	return t, t.base, nil
}

// start takes the lock and looks whether the graph can be changed. A new one is made, which others do not see yet.
func (t *Tx) start(o Options) (h head, err error) {
	if err := t.lock(o.Waiting); err != nil {
		return h, err
	}
	if h, err = headOf(t.ctx, t.tx); err != nil {
		return h, err
	}
	if h.there {
		return h, t.may()
	}
	if t.indexes, err = t.d.create(t.ctx, t.tx); err != nil {
		return h, err
	}
	h, err = readHead(t.ctx, t.tx)
	h.there = false
	return h, err
}

// lock waits for other changes to end.
func (t *Tx) lock(waiting func(string)) error {
	var ours, readOnly bool
	row := t.tx.QueryRowContext(t.ctx, `SELECT current_setting('transaction_read_only')::bool, CASE WHEN current_setting('transaction_read_only')::bool
		THEN false ELSE pg_try_advisory_xact_lock($1) END`, int64(lockKey))
	if err := row.Scan(&readOnly, &ours); err != nil || ours {
		return err
	}
	if readOnly {
		return &Error{fmt.Errorf("%w: the server or the role is for reading only", ErrDenied), "name the primary server, or a role that may write"}
	}
	if waiting != nil {
		waiting(t.holder())
	}
	_, err := t.tx.ExecContext(t.ctx, `SELECT pg_advisory_xact_lock($1)`, int64(lockKey))
	return err
}

// holder says who changes the graph, as far as the server tells.
func (t *Tx) holder() string {
	var user, program string
	var pid int
	var since sql.NullTime
	row := t.tx.QueryRowContext(t.ctx, `SELECT coalesce(a.usename, ''), coalesce(a.application_name, ''), a.pid, a.xact_start
		FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
		WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
		AND l.classid::bigint << 32 | l.objid::bigint = $1 LIMIT 1`, int64(lockKey))
	if row.Scan(&user, &program, &pid, &since) != nil {
		return "another change"
	}
	s := fmt.Sprintf("%s (server process %d", user, pid)
	if since.Valid {
		s += " since " + since.Time.Format(time.DateTime)
	}
	return s + ")"
}

// may reports why the role may not change the graph, so that nobody learns it only at the end of a load.
func (t *Tx) may() error {
	var all bool
	row := t.tx.QueryRowContext(t.ctx, `SELECT bool_and(has_table_privilege(t, p)) AND has_sequence_privilege(pg_get_serial_sequence('quads', 'horizon'), 'USAGE')
		AND has_database_privilege(current_database(), 'TEMP')
		FROM unnest(ARRAY['nodes', 'quads', 'picograph_meta', 'picograph_entries']) t, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) p`)
	if err := row.Scan(&all); err != nil || all {
		return err
	}
	return &Error{fmt.Errorf("%w: the role may not change the graph", ErrDenied), "use a role that may write: docs/scale.md says what it needs"}
}

// Replace makes the quads of a label exactly these. Each of them must have that label.
func (t *Tx) Replace(label quad.Value, quads []quad.Quad) error {
	for i := range quads {
		if err := valid(quads[i]); err != nil {
			return err
		}
		if quads[i].Label != label {
			return fmt.Errorf("not a quad of %v: %v", label, quads[i])
		}
	}
	t.wait.labels[label] = quads
	return t.room(quads...)
}

// Change adds a quad that is not there, or takes one out that is: the caller must know. It does not go together with
// Replace of the same label.
func (t *Tx) Change(q quad.Quad, add bool) error {
	if err := valid(q); err != nil {
		return err
	}
	if add {
		t.wait.adds = append(t.wait.adds, q)
	} else {
		t.wait.dels = append(t.wait.dels, q)
	}
	return t.room(q)
}

// quadBytes is what a quad takes while it waits, with what sending it takes, beside its object's text.
const quadBytes = 400

// room sends what waits when it has become too large for memory.
func (t *Tx) room(more ...quad.Quad) error {
	for i := range more {
		t.wait.bytes += quadBytes + int64(len(stringOf(more[i].Object)))
	}
	if t.wait.bytes < t.limit {
		return nil
	}
	return t.flush(t.ctx)
}

// Put puts an entry into a set. What is there already stays.
func (t *Tx) Put(set int, entry string) { t.entry(set, entry, true) }

// Delete takes an entry out of a set. What is not there is ignored.
func (t *Tx) Delete(set int, entry string) { t.entry(set, entry, false) }

func (t *Tx) entry(set int, entry string, put bool) {
	if t.wait.entries[set] == nil {
		t.wait.entries[set] = map[string]bool{}
	}
	t.wait.entries[set][entry] = put
	t.wait.bytes += int64(len(entry)) + 100
}

// SetMeta keeps some bytes under a name.
func (t *Tx) SetMeta(name string, b []byte) { t.meta[name] = b }

// Empty reports whether the change changes nothing so far. A graph that is not there yet is made in any case.
func (t *Tx) Empty() bool {
	return t.base.head.there && !t.written && t.wait.empty() && len(t.meta) == 0
}

// Quads returns the quads that a label has with what was changed so far by Replace, in no order.
func (t *Tx) Quads(label quad.Value) ([]quad.Quad, error) {
	if quads, ok := t.wait.labels[label]; ok {
		return append([]quad.Quad{}, quads...), nil
	}
	if !t.written {
		return t.base.Under(t.ctx, label)
	}
	f := newFitting()
	if err := eachRow(t.ctx, t.tx, f.row, fitQuery("label_hash"), pq.ByteaArray(hashesOf([]quad.Value{label}))); err != nil {
		return nil, explain(err)
	}
	return f.finish()
}

// Rollback gives a change up. After Commit it does nothing.
func (t *Tx) Rollback() {
	if !t.done {
		t.done = true
		_ = t.tx.Rollback()
	}
}

// analyzeFrom is how many quads a change must have for the statistics of the server to be made anew with it.
const analyzeFrom = 10000

// Commit makes the change and returns the state that follows. When it fails, the graph is as it was, unless the error says
// that this is not known. The change is done after it in any case.
func (t *Tx) Commit(ctx context.Context) (*State, error) {
	if t.done {
		return nil, errors.New("the change is done")
	}
	defer t.Rollback()
	t.ctx = ctx
	if err := t.flush(ctx); err != nil {
		return nil, explain(ended(ctx, err))
	}
	next := head{there: true, seq: t.base.head.seq + 1, quads: t.base.head.quads + t.quads, meta: map[string][]byte{}}
	t.meta[metaSeq], t.meta[metaQuads] = strconv.AppendUint(nil, next.seq, 10), strconv.AppendInt(nil, int64(next.quads), 10)
	for _, m := range []map[string][]byte{t.base.head.meta, t.meta} {
		for name, value := range m {
			next.meta[name] = value
		}
	}
	for name, value := range t.meta {
		if _, err := t.tx.ExecContext(ctx, `INSERT INTO picograph_meta VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value`, name, value); err != nil {
			return nil, explain(ended(ctx, err))
		}
	}
	for _, q := range t.indexes {
		if _, err := t.tx.ExecContext(ctx, q); err != nil {
			return nil, explain(ended(ctx, err))
		}
	}
	if t.quads > analyzeFrom && t.quads > t.base.head.quads/10 {
		// Who does not own the tables gets a warning.
		if _, err := t.tx.ExecContext(ctx, `ANALYZE nodes, quads, picograph_entries`); err != nil {
			return nil, explain(ended(ctx, err))
		}
	}
	t.done = true
	if err := explain(t.tx.Commit()); err != nil {
		if errors.Is(err, ErrLost) {
			return nil, &Error{fmt.Errorf("%w while the server was keeping the change", ErrLost), "it has kept all of it or nothing: load it again, which does no harm"}
		}
		return nil, err
	}
	return &State{d: t.d, head: next}, nil
}
