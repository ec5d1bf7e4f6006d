package postgres

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cayleygraph/cayley/graph/refs"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"

	"github.com/picograph/picograph/graph/store"
)

// State is one state of a graph. It is read in one transaction that sees no other, and which is let go when nobody reads for a
// while: then reading goes on in another one, as long as the graph was not changed.
type State struct {
	d       *DB
	head    head
	numbers numbering

	mu   sync.Mutex // held by a statement
	tx   *sql.Tx
	used time.Time
	let  *time.Timer
}

// Now returns the state to read: the one given, unless it was let go and the graph has changed since.
func (d *DB) Now(ctx context.Context, shown *State) (*State, error) {
	if shown != nil {
		shown.mu.Lock()
		defer shown.mu.Unlock()
		if shown.tx != nil {
			return shown, nil
		}
	}
	tx, h, err := d.look(ctx)
	if err != nil {
		return nil, err
	}
	s := shown
	if s == nil || s.head.seq != h.seq || s.head.there != h.there {
		s = &State{d: d, head: h}
	}
	s.hold(tx)
	return s, nil
}

// look begins to read.
func (d *DB) look(ctx context.Context) (*sql.Tx, head, error) {
	tx, err := d.begin(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, head{}, err
	}
	h, err := headOf(ctx, tx)
	if err != nil {
		_ = tx.Rollback()
		return nil, head{}, explain(err)
	}
	return tx, h, nil
}

// hold keeps the transaction for a while.
func (s *State) hold(tx *sql.Tx) {
	s.tx, s.used = tx, time.Now()
	s.let = time.AfterFunc(s.d.idle, s.letGo)
}

// letGo ends the transaction when nobody has read for a while.
func (s *State) letGo() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tx == nil {
		return
	}
	if left := s.d.idle - time.Since(s.used); left > 0 {
		s.let.Reset(left)
		return
	}
	s.end()
}

// end ends the transaction.
func (s *State) end() {
	s.let.Stop()
	_ = s.tx.Rollback()
	s.tx = nil
}

// Close ends reading.
func (s *State) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tx != nil {
		s.end()
	}
}

// There reports whether the database has a graph.
func (s *State) There() bool { return s.head.there }

// Seq returns the number of the commit that made the state, 0 where there was none.
func (s *State) Seq() uint64 { return s.head.seq }

// Len returns how many quads it has.
func (s *State) Len() int { return s.head.quads }

// Meta returns what was kept under a name, or nil.
func (s *State) Meta(name string) []byte { return s.head.meta[name] }

// each runs a statement and hands each row to f. An empty graph is not asked.
func (s *State) each(ctx context.Context, f func(*sql.Rows) error, query string, args ...any) (err error) {
	if err := ctx.Err(); err != nil || s.head.seq == 0 {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tx == nil {
		tx, h, err := s.d.look(ctx)
		if err != nil {
			return err
		}
		if h.seq != s.head.seq {
			_ = tx.Rollback()
			return &Error{ErrChanged, "ask again"}
		}
		s.hold(tx)
	}
	defer func() {
		s.used = time.Now()
		if err != nil { // PostgreSQL takes no other statement in a transaction after one that failed
			s.end()
			err = explain(err)
		}
	}()
	return eachRow(ctx, s.tx, f, query, args...)
}

func eachRow(ctx context.Context, tx *sql.Tx, f func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return ended(ctx, err)
	}
	defer rows.Close() //nolint // Err says what went wrong
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return ended(ctx, rows.Err())
}

// ended gives the context's error in the place of what the server says of a statement that was ended for it.
func ended(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// From returns the quads of subjects, at any label, those of one subject together.
func (s *State) From(ctx context.Context, subjects ...quad.Value) ([]quad.Quad, error) {
	return s.fit(ctx, "subject_hash", subjects)
}

// Under returns the quads of labels.
func (s *State) Under(ctx context.Context, labels ...quad.Value) ([]quad.Quad, error) {
	return s.fit(ctx, "label_hash", labels)
}

// Bare is Under: what a label has comes in one answer.
func (s *State) Bare(ctx context.Context, labels ...quad.Value) ([]quad.Quad, error) {
	return s.Under(ctx, labels...)
}

// fit returns the quads that have any of some values in a column, those of one label together.
func (s *State) fit(ctx context.Context, column string, values []quad.Value) ([]quad.Quad, error) {
	if len(values) == 0 {
		return nil, ctx.Err()
	}
	f := newFitting()
	if err := s.each(ctx, f.row, fitQuery(column), pq.ByteaArray(hashesOf(values))); err != nil {
		return nil, err
	}
	return f.finish()
}

// fitQuery gives the quads that have any of some values in a column, and then each value that they have, once. How many there
// will be the server guesses too high: OFFSET 0 keeps it from going through the whole table of values for a few. All quads have a
// label, which the index of subjects asks for.
func fitQuery(column string) string {
	none := strings.Repeat(`, NULL`, len(nodeColumns))
	return `WITH q AS MATERIALIZED (SELECT subject_hash AS s, predicate_hash AS p, object_hash AS o, label_hash AS l FROM quads
			WHERE ` + column + ` = ANY ($1) AND label_hash IS NOT NULL)
		SELECT s, p, o, l` + none + ` FROM q UNION ALL
		SELECT n.hash, NULL, NULL, NULL, ` + nodesAs("n") + ` FROM (SELECT s FROM q UNION SELECT p FROM q UNION SELECT o FROM q UNION SELECT l FROM q) AS v (hash)
		CROSS JOIN LATERAL (SELECT * FROM nodes WHERE nodes.hash = v.hash OFFSET 0) AS n`
}

// fitting collects what fitQuery gives.
type fitting struct {
	quads  []hashes
	values map[refs.ValueHash]quad.Value
	h      [4]csql.NodeHash
	n      node
	to     []any
}

func newFitting() *fitting {
	f := &fitting{values: map[refs.ValueHash]quad.Value{}}
	f.to = append([]any{&f.h[0], &f.h[1], &f.h[2], &f.h[3]}, f.n.scan()...)
	return f
}

func (f *fitting) row(rows *sql.Rows) (err error) {
	if err := rows.Scan(f.to...); err != nil {
		return err
	}
	if f.h[1].Valid() {
		f.quads = append(f.quads, hashes{f.h[0].ValueHash, f.h[1].ValueHash, f.h[2].ValueHash, f.h[3].ValueHash})
		return nil
	}
	f.values[f.h[0].ValueHash], err = f.n.get()
	return err
}

// finish returns the quads.
func (f *fitting) finish() ([]quad.Quad, error) {
	slices.SortFunc(f.quads, func(a, b hashes) int {
		for _, i := range []int{3, 0, 1, 2} {
			if c := compare(a[i], b[i]); c != 0 {
				return c
			}
		}
		return 0
	})
	out := make([]quad.Quad, len(f.quads))
	for i, h := range f.quads {
		q := quad.Quad{Subject: f.values[h[0]], Predicate: f.values[h[1]], Object: f.values[h[2]], Label: f.values[h[3]]}
		if q.Subject == nil || q.Predicate == nil || q.Object == nil || q.Label == nil && h[3].Valid() {
			return nil, damaged("a quad has a value that the table of values does not have")
		}
		out[i] = q
	}
	return out, nil
}

// values returns what hashes stand for.
func (s *State) values(ctx context.Context, hashes []refs.ValueHash) (map[refs.ValueHash]quad.Value, error) {
	out := make(map[refs.ValueHash]quad.Value, len(hashes))
	return out, s.each(ctx, func(rows *sql.Rows) error {
		var h csql.NodeHash
		var n node
		if err := rows.Scan(append([]any{&h}, n.scan()...)...); err != nil {
			return err
		}
		v, err := n.get()
		out[h.ValueHash] = v
		return err
	}, `SELECT n.hash, `+nodesAs("n")+` FROM nodes n WHERE n.hash = ANY ($1)`, pq.ByteaArray(bytesOf(hashes)))
}

// To returns the subjects of the quads that lead by a predicate to each of some objects, at any label, sorted.
func (s *State) To(ctx context.Context, predicate string, objects ...quad.Value) ([][]string, error) {
	out := make([][]string, len(objects))
	if len(objects) == 0 {
		return out, ctx.Err()
	}
	p := hashOf(quad.IRI(predicate))
	err := s.each(ctx, func(rows *sql.Rows) error {
		var i int
		var subject sql.NullString
		if err := rows.Scan(&i, &subject); err != nil {
			return err
		}
		if !subject.Valid {
			return damaged("a quad has a value that the table of values does not have")
		}
		out[i-1] = append(out[i-1], subject.String)
		return nil
	}, `SELECT o.i, s.value_string FROM unnest($2::bytea[]) WITH ORDINALITY AS o (hash, i)
		JOIN quads q ON q.predicate_hash = $1 AND q.object_hash = o.hash LEFT JOIN nodes s ON s.hash = q.subject_hash`,
		p[:], pq.ByteaArray(hashesOf(objects)))
	for _, found := range out {
		slices.Sort(found)
	}
	return out, err
}

// Count returns how many quads lead by a predicate to each of some objects.
func (s *State) Count(ctx context.Context, predicate string, objects ...quad.Value) ([]int, error) {
	out := make([]int, len(objects))
	p := hashOf(quad.IRI(predicate))
	return out, s.each(ctx, func(rows *sql.Rows) error {
		var i, n int
		err := rows.Scan(&i, &n)
		if err == nil {
			out[i-1] = n
		}
		return err
	}, `SELECT o.i, count(*) FROM unnest($2::bytea[]) WITH ORDINALITY AS o (hash, i)
		JOIN quads q ON q.predicate_hash = $1 AND q.object_hash = o.hash GROUP BY o.i`, p[:], pq.ByteaArray(hashesOf(objects)))
}

// Subjects counts the quads of a predicate by the text of their subject, of those that have at least a number of them.
func (s *State) Subjects(ctx context.Context, predicate string, least int) (map[string]int, error) {
	return s.tally(ctx, "subject_hash", predicate, least)
}

// Objects counts the quads of a predicate by the text of their object.
func (s *State) Objects(ctx context.Context, predicate string) (map[string]int, error) {
	return s.tally(ctx, "object_hash", predicate, 1)
}

func (s *State) tally(ctx context.Context, column, predicate string, least int) (map[string]int, error) {
	out := map[string]int{}
	p := hashOf(quad.IRI(predicate))
	return out, s.each(ctx, func(rows *sql.Rows) error {
		var n int
		var v node
		if err := rows.Scan(append([]any{&n}, v.scan()...)...); err != nil {
			return err
		}
		value, err := v.get()
		if err == nil {
			out[stringOf(value)] += n
		}
		return err
	}, `SELECT t.c, `+nodesAs("n")+` FROM (SELECT `+column+` AS hash, count(*) AS c FROM quads WHERE predicate_hash = $1
		GROUP BY 1 HAVING count(*) >= $2) AS t LEFT JOIN nodes n ON n.hash = t.hash`, p[:], least)
}

// Strings yields the plain strings with one of some prefixes to which a predicate leads, in no order. All quads of the predicate are read.
func (s *State) Strings(ctx context.Context, predicate string, prefixes ...string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		var found []string
		p := hashOf(quad.IRI(predicate))
		err := s.each(ctx, func(rows *sql.Rows) error {
			var x string
			err := rows.Scan(&x)
			found = append(found, x)
			return err
		}, `SELECT n.value_string FROM (SELECT DISTINCT object_hash AS hash FROM quads WHERE predicate_hash = $1) AS q
			JOIN nodes n ON n.hash = q.hash AND n.iri IS NULL AND n.bnode IS NULL AND n.datatype IS NULL AND n.language IS NULL
			WHERE EXISTS (SELECT 1 FROM unnest($2::text[]) AS p WHERE starts_with(n.value_string, p))`, p[:], pq.StringArray(prefixes))
		if err != nil {
			yield("", err)
			return
		}
		for _, x := range found {
			if !yield(x, nil) {
				return
			}
		}
	}
}

// Has tells of each subject whether it has quads of a label.
func (s *State) Has(ctx context.Context, label quad.Value, subjects ...quad.Value) ([]bool, error) {
	l := hashOf(label)
	return s.which(ctx, `EXISTS (SELECT FROM quads WHERE subject_hash = v.hash AND label_hash = $2)`, subjects, l[:])
}

// Used tells of each object whether quads lead to it that have another label than some.
func (s *State) Used(ctx context.Context, but map[string]bool, objects ...quad.Value) ([]bool, error) {
	var labels []quad.Value
	for l := range but {
		labels = append(labels, quad.IRI(l))
	}
	return s.which(ctx, `EXISTS (SELECT FROM quads WHERE object_hash = v.hash AND label_hash <> ALL ($2))`, objects, pq.ByteaArray(hashesOf(labels)))
}

// which tells of which values a condition holds.
func (s *State) which(ctx context.Context, condition string, values []quad.Value, arg any) ([]bool, error) {
	out := make([]bool, len(values))
	if len(values) == 0 {
		return out, ctx.Err()
	}
	return out, s.each(ctx, func(rows *sql.Rows) error {
		var i int
		err := rows.Scan(&i)
		if err == nil {
			out[i-1] = true
		}
		return err
	}, `SELECT v.i FROM unnest($1::bytea[]) WITH ORDINALITY AS v (hash, i) WHERE `+condition, pq.ByteaArray(hashesOf(values)), arg)
}

// Check counts what is there and returns what is damaged, and how many bytes the tables take.
func (s *State) Check(ctx context.Context) (found []store.Damage, bytes int64, err error) {
	quads, nodes := 0, 0
	err = s.each(ctx, func(rows *sql.Rows) error { return rows.Scan(&bytes, &quads, &nodes) }, `SELECT
		pg_total_relation_size('quads') + pg_total_relation_size('nodes') + pg_total_relation_size('picograph_entries'),
		(SELECT count(*) FROM quads),
		(SELECT count(*) FROM quads q CROSS JOIN LATERAL (VALUES (q.subject_hash), (q.predicate_hash), (q.object_hash), (q.label_hash)) AS v (hash)
			WHERE NOT EXISTS (SELECT FROM nodes n WHERE n.hash = v.hash))`)
	if quads != s.head.quads {
		found = append(found, store.Damage{Part: "quads", Err: fmt.Errorf("%w: there are %d, and %d were stored", store.ErrDamaged, quads, s.head.quads)})
	}
	if nodes > 0 {
		found = append(found, store.Damage{Part: "values", Err: damaged("%d values of quads are missing", nodes)})
	}
	return found, bytes, err
}

// The pages in which the entries of one prefix come: whoever wants the first few does not wait for all.
const (
	firstPage = 256
	lastPage  = 1 << 16
)

// Entries yields the entries of a set that begin with a prefix, sorted; those of several prefixes one after the other.
func (s *State) Entries(ctx context.Context, set int, prefixes ...string) iter.Seq2[string, error] {
	if len(prefixes) == 1 {
		return s.EntriesAfter(ctx, set, prefixes[0], "")
	}
	return func(yield func(string, error) bool) {
		for some := range slices.Chunk(prefixes, mostPrefixes) {
			found, err := s.ofPrefixes(ctx, set, some)
			if err != nil {
				yield("", err)
				return
			}
			for _, e := range slices.Concat(found...) {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}

// mostPrefixes is how many prefixes one statement asks for.
const mostPrefixes = 5000

// ofPrefixes returns the entries of many prefixes.
func (s *State) ofPrefixes(ctx context.Context, set int, prefixes []string) ([][]string, error) {
	out := make([][]string, len(prefixes))
	if len(prefixes) == 0 {
		return out, ctx.Err()
	}
	from, to := make([][]byte, len(prefixes)), make([][]byte, len(prefixes))
	for i, p := range prefixes {
		from[i], to[i] = between(p)
	}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var i int
		var e []byte
		err := rows.Scan(&i, &e)
		if err == nil && strings.HasPrefix(string(e), prefixes[i-1]) {
			out[i-1] = append(out[i-1], string(e))
		}
		return err
	}, fmt.Sprintf(`SELECT p.i, e.entry FROM unnest($2::bytea[], $3::bytea[]) WITH ORDINALITY AS p (lo, hi, i)
		JOIN picograph_entries e ON e.kind = $1 AND substr(e.entry, 1, %[1]d) >= p.lo AND substr(e.entry, 1, %[1]d) < p.hi`, prefixBytes),
		set, pq.ByteaArray(from), pq.ByteaArray(to))
	for _, entries := range out {
		slices.Sort(entries)
	}
	return out, err
}

// EntriesAfter yields the entries of a set that begin with a prefix and come after a given one, sorted.
func (s *State) EntriesAfter(ctx context.Context, set int, prefix, after string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		lo, hi := between(prefix)
		last := []byte(after)
		if at := begin(last); bytes.Compare(at, lo) > 0 {
			lo = at
		}
		for size := firstPage; ; size = min(4*size, lastPage) {
			var page []string
			err := s.each(ctx, func(rows *sql.Rows) error {
				var e []byte
				err := rows.Scan(&e)
				page = append(page, string(e))
				return err
			}, fmt.Sprintf(`SELECT entry FROM picograph_entries WHERE kind = $1 AND substr(entry, 1, %[1]d) >= $2 AND substr(entry, 1, %[1]d) < $3
				AND (substr(entry, 1, %[1]d), entry) > ($4, $5) ORDER BY substr(entry, 1, %[1]d), entry LIMIT $6`, prefixBytes),
				set, lo, hi, begin(last), last, size)
			if err != nil {
				yield("", err)
				return
			}
			for _, e := range page {
				if strings.HasPrefix(e, prefix) && !yield(e, nil) {
					return
				}
			}
			if len(page) < size {
				return
			}
			last = []byte(page[size-1])
			lo = begin(last)
		}
	}
}

// begin returns what of an entry is indexed.
func begin(entry []byte) []byte { return append([]byte{}, entry[:min(len(entry), prefixBytes)]...) }

// between returns the least that the index has of entries with a prefix, and the least beyond.
func between(prefix string) (lo, hi []byte) {
	lo = begin([]byte(prefix))
	if len(lo) == 0 {
		return lo, []byte{0xff} // entries begin with text, which does not have that byte
	}
	hi = slices.Clone(lo)
	hi[len(hi)-1]++
	return lo, hi
}
