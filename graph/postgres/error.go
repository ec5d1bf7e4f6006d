package postgres

import (
	"context"
	"crypto/tls"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/lib/pq"

	"github.com/picograph/picograph/graph/store"
)

// The reasons for which a database cannot be used; test for them with errors.Is.
var (
	ErrForeign = fmt.Errorf("%w: its tables are of another program", store.ErrForeign)
	ErrMissing = errors.New("there is no graph in this database")
	ErrDenied  = errors.New("permission denied")
	ErrLost    = errors.New("the connection to the server was lost")
	ErrChanged = errors.New("the graph was changed while it was read")
)

// Error is a reason for which a database cannot be used, with advice.
type Error struct {
	Err  error
	Hint string
}

// Error returns the message, without the hint.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

func versionError(v string) error {
	return fmt.Errorf("%w: the graph in this database has version %.20q, and this picograph reads %s", store.ErrVersion, v, version)
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", store.ErrDamaged, fmt.Sprintf(format, args...))
}

// advice is what to do about errors that the server reports, by the beginning of their SQLSTATE: the longest counts.
var advice = []struct{ code, hint string }{
	{"08", "try again when the server can be reached"},
	{"28", "check the user, and the password in ~/.pgpass or PGPASSWORD; the server's pg_hba.conf says who may come in"},
	{"3D000", "make the database first: createdb --encoding=UTF8 NAME"},
	{"3F000", "make the schema first, or leave search_path out of the address"},
	{"25006", "this server or role is for reading only: name the primary server, or a role that may write"},
	{"42501", "the role lacks a privilege: docs/scale.md says what a role that reads and one that writes need"},
	{"53100", "the server's disk is full: nothing was changed"},
	{"53300", "the server has no connection to spare: try again, or raise max_connections"},
	{"53", "the server is short of something: nothing was changed"},
	{"55P03", "another change takes long: try again"},
	{"57014", "the server ended the statement: raise statement_timeout for this role, or try again"},
	{"57P03", "the server is starting or stopping: try again"},
	{"57P", "the server was stopped: try again when it is up"},
	{"22021", "the database must have the encoding UTF8: createdb --encoding=UTF8 NAME"},
}

// explain gives an error of the driver a message without the driver's prefix, and advice.
func explain(err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var p *pq.Error
	if errors.As(err, &p) {
		return server(p)
	}
	var op *net.OpError
	switch {
	case errors.As(err, &op) && op.Op == "dial":
		return &Error{fmt.Errorf("the server cannot be reached: %w", op), "check that it runs, and the host and port; " + advice[0].hint}
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &op), errors.Is(err, sql.ErrConnDone), errors.Is(err, sql.ErrTxDone):
		return &Error{ErrLost, "nothing was half stored: try again when the server can be reached"}
	case errors.Is(err, pq.ErrSSLNotSupported):
		return &Error{errors.New("the server does not offer TLS"), "turn it on there; on a network that you trust, sslmode=disable in the address goes without"}
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return &Error{certificate, "name who has signed the server's certificate: sslrootcert=FILE in the address"}
	}
	if message, ok := strings.CutPrefix(err.Error(), "pq: "); ok {
		return &Error{errors.New(message), ""}
	}
	return err
}

// server explains what the server reports.
func server(p *pq.Error) error {
	e := &Error{Err: errors.New(p.Message)}
	length := 0
	for _, a := range advice {
		if strings.HasPrefix(string(p.Code), a.code) && len(a.code) > length {
			e.Hint, length = a.hint, len(a.code)
		}
	}
	switch {
	case p.Code == "42501":
		e.Err = fmt.Errorf("%w: %s", ErrDenied, strings.TrimPrefix(p.Message, "permission denied "))
	case strings.HasPrefix(string(p.Code), "57P"), strings.HasPrefix(string(p.Code), "08"):
		e.Err = fmt.Errorf("%w: %s", ErrLost, p.Message)
	}
	return e
}
