// Package postgres keeps quads in a PostgreSQL database, in the tables of Cayley's sql backend, so that Cayley's own programs
// can read them too, with two tables of its own beside them: sorted sets of byte strings, and a few named values. It has its
// own way to read them, with one statement for many values, and its own way to write them, by COPY. It knows nothing of
// studies and documents: for it a document is a label.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/lib/pq"
)

// Is reports whether a place is a database.
func Is(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// secrets are the parameters of a place that are never printed.
var secrets = []string{"password", "sslpassword"}

// Redact returns a place as it may be printed: without its password.
func Redact(where string) string {
	u, err := url.Parse(where)
	if err != nil || u.Opaque != "" {
		scheme, _, _ := strings.Cut(where, "://")
		return scheme + "://..."
	}
	q, hidden := u.Query(), false
	for _, name := range secrets {
		if q.Has(name) {
			q.Set(name, "xxxxx")
			hidden = true
		}
	}
	if hidden {
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}

// DB is a database with a graph, or one that may be given one.
type DB struct {
	place string // for Cayley: with the password
	db    *sql.DB
	idle  time.Duration // after which a state is let go that nobody reads
}

// idleTime is how long a state is held on the server when nobody reads it. It is seen for longer, unless it changes.
const idleTime = 5 * time.Second

var errNoURL = errors.New("the address is no URL")

// Open opens the database at a place. It does not connect yet.
func Open(where string) (*DB, error) {
	u, err := url.Parse(where)
	if err != nil {
		return nil, &Error{
			Err:  errNoURL,
			Hint: "write postgres://USER@HOST/DATABASE; characters such as @ or / in a password are written %40 or %2F",
		}
	}
	q := u.Query()
	for name, value := range map[string]string{
		"connect_timeout": "10", "fallback_application_name": "picograph",
		"binary_parameters": "yes", // one way there and back for a statement, and not two
	} {
		if !q.Has(name) {
			q.Set(name, value)
		}
	}
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
	c, err := pq.NewConnector(u.String())
	if err != nil {
		return nil, &Error{Err: errors.New(strings.ReplaceAll(err.Error(), u.String(), Redact(where))), Hint: "docs/scale.md has examples of addresses"}
	}
	quiet()
	d := &DB{place: u.String(), db: sql.OpenDB(c), idle: idleTime}
	d.db.SetMaxIdleConns(2)
	d.db.SetConnMaxIdleTime(15 * time.Second)
	return d, nil
}

// Place returns the address of the database, with the password.
func (d *DB) Place() string { return d.place }

// Close closes the connections.
func (d *DB) Close() error { return d.db.Close() }

// begin starts a transaction.
func (d *DB) begin(ctx context.Context, o *sql.TxOptions) (*sql.Tx, error) {
	// The transaction outlives the call that begins it, so that the context of that call must not end it.
	type result struct {
		tx  *sql.Tx
		err error
	}
	done := make(chan result, 1)
	go func() {
		tx, err := d.db.BeginTx(context.WithoutCancel(ctx), o)
		done <- result{tx, err}
	}()
	select {
	case r := <-done:
		return r.tx, explain(r.err)
	case <-ctx.Done():
		go func() {
			if r := <-done; r.err == nil {
				_ = r.tx.Rollback()
			}
		}()
		return nil, ctx.Err()
	}
}

// head is what a graph says of itself.
type head struct {
	there bool
	seq   uint64
	quads int
	meta  map[string][]byte
}

// headOf reads what a graph says of itself, if one is there.
func headOf(ctx context.Context, tx *sql.Tx) (h head, err error) {
	var meta sql.NullString
	// to_regclass sees a table whose making was committed since the transaction's snapshot, where its rows are not seen yet: pg_class is
	// as the snapshot has it.
	row := tx.QueryRowContext(ctx, `SELECT (SELECT relname FROM pg_class WHERE oid = to_regclass('picograph_meta')), set_config('jit', 'off', true)`)
	if err := row.Scan(&meta, new(string)); err != nil || !meta.Valid {
		return h, err
	}
	return readHead(ctx, tx)
}

func readHead(ctx context.Context, tx *sql.Tx) (h head, err error) {
	h.meta, h.there = map[string][]byte{}, true
	rows, err := tx.QueryContext(ctx, `SELECT name, value FROM picograph_meta`)
	if err != nil {
		return h, err
	}
	defer rows.Close() //nolint // Err says what went wrong
	for rows.Next() {
		var name string
		var value []byte
		if err := rows.Scan(&name, &value); err != nil {
			return h, err
		}
		h.meta[name] = value
	}
	if err := rows.Err(); err != nil {
		return h, err
	}
	if v := string(h.meta[metaVersion]); v != version {
		return h, &Error{Err: versionError(v), Hint: "load the documents into another database or schema, or use the picograph that wrote this one"}
	}
	h.seq, h.quads, err = counts(h.meta)
	return h, err
}
