package graph

import (
	"context"
	"errors"

	"github.com/picograph/picograph/graph/postgres"
)

// databaseBase keeps a graph in a PostgreSQL database.
type databaseBase struct {
	where string // as it may be printed
	opt   Options
	db    *postgres.DB
}

// openDatabase opens the graph in a database and returns its state.
func openDatabase(ctx context.Context, where string, o Options) (*databaseBase, state, error) {
	b := &databaseBase{where: postgres.Redact(where), opt: o}
	db, err := postgres.Open(where)
	if err != nil {
		return nil, nil, b.explain("opening the graph", err)
	}
	b.db = db
	s, err := db.Now(ctx, nil)
	if err == nil && o.ReadOnly && !s.There() {
		s.Close()
		err = &postgres.Error{Err: postgres.ErrMissing, Hint: "load documents first: picograph load PATH...; if somebody did, see docs/scale.md for what a role needs to see them"}
	}
	if err != nil {
		_ = db.Close()
		return nil, nil, b.explain("opening the graph", err)
	}
	return b, s, nil
}

// explain gives an error the place and advice.
func (b *databaseBase) explain(op string, err error) error {
	var p *postgres.Error
	if !errors.As(err, &p) {
		return err
	}
	return &Error{Op: op, Where: b.where, Err: p.Err, Hint: p.Hint}
}

// Now returns the newest state when nobody has looked at the graph for a while, else the one that is shown.
func (b *databaseBase) Now(ctx context.Context, shown state) (state, error) {
	s, err := b.db.Now(ctx, shown.(*postgres.State))
	if err != nil {
		return nil, b.explain("reading the graph", err)
	}
	return s, nil
}

// Newest returns the newest state.
func (b *databaseBase) Newest(ctx context.Context, shown state) (state, error) {
	shown.(*postgres.State).Close()
	return b.Now(ctx, shown)
}

// Begin waits for its turn.
func (b *databaseBase) Begin(ctx context.Context, shown state) (transaction, state, error) {
	tx, s, err := b.db.Begin(ctx, shown.(*postgres.State), postgres.Options{Bytes: b.opt.BatchBytes, Waiting: b.opt.Waiting})
	if err != nil {
		return nil, nil, b.explain("writing the graph", err)
	}
	return databaseChange{tx, b}, s, nil
}

// Share returns the address of the database.
func (b *databaseBase) Share(context.Context) (place string, done func(), err error) {
	return b.db.Place(), func() {}, nil
}

// Close closes the connections.
func (b *databaseBase) Close() error { return b.db.Close() }

// databaseChange is a change of a database.
type databaseChange struct {
	*postgres.Tx
	b *databaseBase
}

// Commit makes the change.
func (c databaseChange) Commit(ctx context.Context) (state, error) {
	s, err := c.Tx.Commit(ctx)
	if err != nil {
		return nil, c.b.explain("writing the graph", err)
	}
	return s, nil
}
