package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"sync"

	"github.com/cayleygraph/cayley/clog"
	"github.com/cayleygraph/cayley/graph"
	csql "github.com/cayleygraph/cayley/graph/sql"
	cayley "github.com/cayleygraph/cayley/graph/sql/postgres" // it registers itself
	"github.com/lib/pq"
)

// version is that of the tables. Another one is refused.
const version = "1"

// The names of the values that every graph has.
const (
	metaVersion = "version"
	metaSeq     = "commits"
	metaQuads   = "quads"
)

// prefixBytes is how much of an entry the index has: PostgreSQL does not index values of more than 2,700 bytes.
const prefixBytes = 512

// ours are the tables beside Cayley's, and the index that these do not have. Of Cayley's the foreign keys go, since each would be looked up for each quad: what is
// written is complete by how it is written.
var ours = []string{
	`CREATE TABLE picograph_meta (name text PRIMARY KEY, value bytea NOT NULL)`,
	`CREATE TABLE picograph_entries (kind smallint NOT NULL, entry bytea NOT NULL)`,
	fmt.Sprintf(`CREATE INDEX picograph_entries_index ON picograph_entries (kind, substr(entry, 1, %d))`, prefixBytes),
	`CREATE INDEX picograph_label_index ON quads (label_hash)`,
	`ALTER TABLE quads DROP CONSTRAINT IF EXISTS subject_hash_fk, DROP CONSTRAINT IF EXISTS predicate_hash_fk,
		DROP CONSTRAINT IF EXISTS object_hash_fk, DROP CONSTRAINT IF EXISTS label_hash_fk`,
	`INSERT INTO picograph_meta VALUES ('` + metaVersion + `', '` + version + `'), ('` + metaSeq + `', '0'), ('` + metaQuads + `', '0')`,
}

// indexesOf lists the indexes of Cayley's table of quads that the first load drops and makes anew when all quads are there, which
// takes a fraction of the time. Two stay away: what begins with a subject is found by the unique index of all four, where the
// label is not null, and what begins with an object by the one that goes on with the predicate.
const indexesOf = `SELECT indexname, indexdef, indexname IN ('spo_index', 'osp_index') FROM pg_indexes
	WHERE schemaname = current_schema() AND tablename = 'quads' AND indexname <> 'quads_pkey'`

// quiet keeps Cayley from logging: what it would log of a connection that fails has the password.
var quiet = sync.OnceFunc(func() { clog.SetLogger(nil) })

// create makes the tables, and returns the statements that make the indexes. Cayley makes its tables on another connection, at
// once; they stay empty when the rest fails.
func (d *DB) create(ctx context.Context, tx *sql.Tx) (indexes []string, err error) {
	if err := d.tables(ctx, tx); err != nil {
		return nil, err
	}
	var drop []string
	err = eachRow(ctx, tx, func(rows *sql.Rows) error {
		var name, definition string
		var needless bool
		err := rows.Scan(&name, &definition, &needless)
		drop = append(drop, `DROP INDEX `+pq.QuoteIdentifier(name))
		if !needless {
			indexes = append(indexes, definition)
		}
		return err
	}, indexesOf)
	if err != nil {
		return nil, err
	}
	for _, q := range append(drop, ours...) {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return nil, err
		}
	}
	return indexes, nil
}

// tables makes Cayley's tables, where they are not there.
func (d *DB) tables(ctx context.Context, tx *sql.Tx) error {
	var encoding string
	var may, theirs bool
	row := tx.QueryRowContext(ctx, `SELECT current_setting('server_encoding'),
		current_schema() IS NOT NULL AND has_schema_privilege(current_schema(), 'CREATE'), to_regclass('quads') IS NOT NULL`)
	if err := row.Scan(&encoding, &may, &theirs); err != nil {
		return err
	}
	if encoding != "UTF8" {
		return &Error{fmt.Errorf("the database has the encoding %s", encoding), "make one with createdb --encoding=UTF8 NAME"}
	}
	if !may {
		return &Error{fmt.Errorf("%w: the role may not make tables here", ErrDenied), "the first load makes the tables: do it with a role that may create in the schema; docs/scale.md says what others need"}
	}
	if !theirs {
		return csql.Init(cayley.Type, d.place, graph.Options{"db_fill_factor": 90})
	}
	var some bool
	if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM quads)`).Scan(&some); err != nil {
		return err
	}
	if some {
		return &Error{ErrForeign, "name another database, or another schema with ?search_path=NAME; what is there is left as it is"}
	}
	return nil
}

// counts reads the numbers among the named values.
func counts(meta map[string][]byte) (seq uint64, quads int, err error) {
	if seq, err = strconv.ParseUint(string(meta[metaSeq]), 10, 64); err == nil {
		quads, err = strconv.Atoi(string(meta[metaQuads]))
	}
	if err != nil {
		return 0, 0, damaged("the table picograph_meta does not hold the numbers that it should")
	}
	return seq, quads, nil
}
