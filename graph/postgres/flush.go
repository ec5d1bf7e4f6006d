package postgres

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/cayleygraph/cayley/graph/refs"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"
)

// hashes are a quad by the hashes of its subject, predicate, object and label.
type hashes [4]refs.ValueHash

// sending is what a batch changes.
type sending struct {
	adds, dels []hashes
	refs       map[refs.ValueHash]int        // by how many quads more a value has
	values     map[refs.ValueHash]quad.Value // that quads are added with
	memo       map[quad.Value]refs.ValueHash // of predicates and labels
}

// flush sends what waits to the server, where nobody else sees it before Commit.
func (t *Tx) flush(ctx context.Context) error {
	if t.wait.empty() {
		return nil
	}
	s := &sending{refs: map[refs.ValueHash]int{}, values: map[refs.ValueHash]quad.Value{}, memo: map[quad.Value]refs.ValueHash{}}
	had, err := t.had(ctx)
	if err != nil {
		return err
	}
	for _, quads := range t.wait.labels {
		for i := range quads {
			h := s.hash(quads[i])
			if is, ok := had[h]; ok {
				if is {
					had[h] = false // it stays
				}
				continue
			}
			had[h] = false
			s.add(h, quads[i])
		}
	}
	for h, gone := range had {
		if gone {
			s.del(h)
		}
	}
	for _, q := range t.wait.adds {
		s.add(s.hash(q), q)
	}
	for _, q := range t.wait.dels {
		s.del(s.hash(q))
	}
	t.quads += len(s.adds) - len(s.dels)
	entries := t.wait.entries
	t.wait, t.written = newWaiting(), true
	for _, step := range []func(context.Context, *sending) error{t.temporary, t.nodes, t.add, t.del, t.unused} {
		if err := step(ctx, s); err != nil {
			return ended(ctx, err)
		}
	}
	for _, set := range slices.Sorted(maps.Keys(entries)) {
		if err := t.entries(ctx, set, entries[set]); err != nil {
			return ended(ctx, err)
		}
	}
	return nil
}

// had returns the quads that the labels that wait have, each true.
func (t *Tx) had(ctx context.Context) (map[hashes]bool, error) {
	had := map[hashes]bool{}
	if !t.base.head.there && !t.written || len(t.wait.labels) == 0 {
		return had, nil
	}
	return had, eachRow(ctx, t.tx, func(rows *sql.Rows) error {
		var h [4]csql.NodeHash
		err := rows.Scan(&h[0], &h[1], &h[2], &h[3])
		had[hashes{h[0].ValueHash, h[1].ValueHash, h[2].ValueHash, h[3].ValueHash}] = true
		return err
	}, `SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads WHERE label_hash = ANY ($1)`,
		pq.ByteaArray(hashesOf(slices.Collect(maps.Keys(t.wait.labels)))))
}

func (s *sending) hash(q quad.Quad) hashes {
	return hashes{s.remember(q.Subject), s.remember(q.Predicate), hashOf(q.Object), s.remember(q.Label)}
}

// remember is hashOf for values that come again and again.
func (s *sending) remember(v quad.Value) refs.ValueHash {
	h, ok := s.memo[v]
	if !ok {
		h = hashOf(v)
		s.memo[v] = h
	}
	return h
}

func (s *sending) add(h hashes, q quad.Quad) {
	s.adds = append(s.adds, h)
	for i, v := range []quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		s.refs[h[i]]++
		s.values[h[i]] = v
	}
}

func (s *sending) del(h hashes) {
	s.dels = append(s.dels, h)
	for _, x := range h {
		s.refs[x]--
	}
}

// temporary makes the tables that rows are copied to which may be there already, for the time of the transaction.
func (t *Tx) temporary(ctx context.Context, _ *sending) error {
	_, err := t.tx.ExecContext(ctx, `CREATE TEMPORARY TABLE IF NOT EXISTS picograph_new_nodes (hash bytea, refs int, value bytea, value_string text,
		datatype text, language text, iri boolean, bnode boolean) ON COMMIT DROP;
		CREATE TEMPORARY TABLE IF NOT EXISTS picograph_new_entries (kind smallint, entry bytea) ON COMMIT DROP;
		TRUNCATE picograph_new_nodes, picograph_new_entries`)
	return err
}

// copy sends rows.
func (t *Tx) copy(ctx context.Context, into string, rows func(send func(...any) error) error) error {
	stmt, err := t.tx.PrepareContext(ctx, `COPY `+into+` FROM STDIN`)
	if err != nil {
		return err
	}
	defer stmt.Close() //nolint // the last Exec says what went wrong
	n := 0
	err = rows(func(row ...any) error {
		if n++; n%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		_, err := stmt.ExecContext(ctx, row...)
		return err
	})
	if err == nil {
		_, err = stmt.ExecContext(ctx)
	}
	return err
}

// nodes puts the values that quads are added with into Cayley's table, and counts their quads.
func (t *Tx) nodes(ctx context.Context, s *sending) error {
	if len(s.values) == 0 {
		return nil
	}
	err := t.copy(ctx, `picograph_new_nodes (hash, refs, value, value_string, datatype, language, iri, bnode)`, func(send func(...any) error) error {
		for _, h := range slices.SortedFunc(maps.Keys(s.values), compare) {
			r, err := row(h, s.values[h])
			if err == nil {
				err = send(append([]any{h[:], s.refs[h]}, r...)...)
			}
			if err != nil {
				return err
			}
			delete(s.refs, h)
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = t.tx.ExecContext(ctx, `INSERT INTO nodes (hash, refs, value, value_string, datatype, language, iri, bnode)
		SELECT hash, refs, value, value_string, datatype, language, iri, bnode FROM picograph_new_nodes
		ON CONFLICT (hash) DO UPDATE SET refs = nodes.refs + EXCLUDED.refs`)
	return err
}

func compare(a, b refs.ValueHash) int { return bytes.Compare(a[:], b[:]) }

// add copies quads. None of them is there: what the labels had was read, and nobody else writes.
func (t *Tx) add(ctx context.Context, s *sending) error {
	if len(s.adds) == 0 {
		return nil
	}
	slices.SortFunc(s.adds, func(a, b hashes) int {
		for i := range a {
			if c := compare(a[i], b[i]); c != 0 {
				return c
			}
		}
		return 0
	})
	return t.copy(ctx, `quads (subject_hash, predicate_hash, object_hash, label_hash)`, func(send func(...any) error) error {
		for i := range s.adds {
			h := &s.adds[i]
			if err := send(h[0][:], h[1][:], h[2][:], h[3][:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// del takes quads out.
func (t *Tx) del(ctx context.Context, s *sending) error {
	if len(s.dels) == 0 {
		return nil
	}
	var columns [4]pq.ByteaArray
	for i := range s.dels {
		for j := range columns {
			columns[j] = append(columns[j], s.dels[i][j][:])
		}
	}
	r, err := t.tx.ExecContext(ctx, `DELETE FROM quads q USING unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[]) AS d (s, p, o, l)
		WHERE q.subject_hash = d.s AND q.predicate_hash = d.p AND q.object_hash = d.o AND q.label_hash = d.l`,
		columns[0], columns[1], columns[2], columns[3])
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n != int64(len(s.dels)) {
		return fmt.Errorf("%d of %d quads that are to go are there: another program has changed the tables (%w)", n, len(s.dels), errOr(err))
	}
	return nil
}

func errOr(err error) error {
	if err != nil {
		return err
	}
	return damaged("picograph verify says what is missing")
}

// unused counts the quads of values that have fewer, and takes out those that have none.
func (t *Tx) unused(ctx context.Context, s *sending) error {
	var values pq.ByteaArray
	var by pq.Int64Array
	for h, n := range s.refs {
		if n != 0 {
			values, by = append(values, bytes.Clone(h[:])), append(by, int64(n))
		}
	}
	if len(values) == 0 {
		return nil
	}
	if _, err := t.tx.ExecContext(ctx, `UPDATE nodes n SET refs = n.refs + d.n FROM unnest($1::bytea[], $2::int[]) AS d (hash, n) WHERE n.hash = d.hash`, values, by); err != nil {
		return err
	}
	_, err := t.tx.ExecContext(ctx, `DELETE FROM nodes WHERE hash = ANY ($1) AND refs <= 0`, values)
	return err
}

// entries changes a set.
func (t *Tx) entries(ctx context.Context, set int, all map[string]bool) error {
	var gone pq.ByteaArray
	put := make([]string, 0, len(all))
	for e, is := range all {
		if is {
			put = append(put, e)
		} else {
			gone = append(gone, []byte(e))
		}
	}
	if len(gone) > 0 {
		_, err := t.tx.ExecContext(ctx, fmt.Sprintf(`DELETE FROM picograph_entries e USING unnest($2::bytea[]) AS d (entry)
			WHERE e.kind = $1 AND substr(e.entry, 1, %[1]d) = substr(d.entry, 1, %[1]d) AND e.entry = d.entry`, prefixBytes), set, gone)
		if err != nil {
			return err
		}
	}
	if len(put) == 0 {
		return nil
	}
	slices.Sort(put)
	err := t.copy(ctx, `picograph_new_entries (kind, entry)`, func(send func(...any) error) error {
		for _, e := range put {
			if err := send(set, []byte(e)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	_, err = t.tx.ExecContext(ctx, fmt.Sprintf(`INSERT INTO picograph_entries SELECT kind, entry FROM picograph_new_entries n
		WHERE n.kind = $1 AND NOT EXISTS (SELECT FROM picograph_entries e
			WHERE e.kind = n.kind AND substr(e.entry, 1, %[1]d) = substr(n.entry, 1, %[1]d) AND e.entry = n.entry)`, prefixBytes), set)
	return err
}
