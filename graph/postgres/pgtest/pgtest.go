// Package pgtest starts a PostgreSQL server for a test: its own, in a temporary folder, that nobody else reaches.
package pgtest

import (
	"bytes"
	"context"
	"database/sql"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/lib/pq" // the driver
)

// Server is a server that runs until the test has ended.
type Server struct {
	t   testing.TB
	bin string // the folder of its programs
	dir string
	as  []string // what begins a command that is to run as another user
}

// Owner is the role that may do everything.
const Owner = "owner"

// Start starts a server, or skips the test where PostgreSQL is not installed.
func Start(t testing.TB) *Server {
	t.Helper()
	bin := programs()
	if bin == "" {
		t.Skip("PostgreSQL is not installed: initdb and pg_ctl are neither in the PATH nor below /usr/lib/postgresql")
	}
	// The path of a socket may have a hundred bytes, which that of a test's folder often has by itself.
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, bin: bin, dir: dir}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if os.Geteuid() == 0 { // the server refuses to run as root
		if _, err := user.Lookup("postgres"); err != nil {
			t.Skip("PostgreSQL does not run as root, and there is no user postgres")
		}
		s.as = []string{"su", "postgres", "-s", "/bin/sh", "-c"}
		if out, err := exec.Command("chown", "postgres", dir).CombinedOutput(); err != nil {
			t.Skipf("PostgreSQL does not run as root, and the folder cannot be given to another user: %s", out)
		}
	}
	s.must("initdb", "-D", s.data(), "-U", Owner, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	hba := "local all with_password scram-sha-256\nlocal all all trust\n"
	if err := os.WriteFile(filepath.Join(s.data(), "pg_hba.conf"), []byte(hba), 0o600); err != nil {
		t.Fatal(err)
	}
	if s.as != nil {
		_ = exec.Command("chown", "postgres", filepath.Join(s.data(), "pg_hba.conf")).Run()
	}
	s.Run()
	t.Cleanup(func() { _, _ = s.run("pg_ctl", "-D", s.data(), "stop", "-m", "immediate") })
	return s
}

// programs returns the folder of the server's programs, of the newest version; empty when it is not installed.
func programs() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path)
		}
	}
	all, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(all) == 0 {
		return ""
	}
	return filepath.Dir(slices.Max(all))
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// run runs one of the server's programs.
func (s *Server) run(program string, args ...string) (string, error) {
	cmd := append([]string{filepath.Join(s.bin, program)}, args...)
	if s.as != nil {
		line := ""
		for _, a := range cmd {
			line += "'" + strings.ReplaceAll(a, "'", `'\''`) + "' "
		}
		cmd = append(slices.Clone(s.as), line)
	}
	var out bytes.Buffer
	c := exec.Command(cmd[0], cmd[1:]...)
	c.Dir, c.Stdout, c.Stderr = s.dir, &out, &out
	err := c.Run()
	return out.String(), err
}

func (s *Server) must(program string, args ...string) {
	s.t.Helper()
	if out, err := s.run(program, args...); err != nil {
		s.t.Fatalf("%s: %v\n%s", program, err, out)
	}
}

// Run starts the server again after Kill.
func (s *Server) Run() {
	s.t.Helper()
	s.must("pg_ctl", "-D", s.data(), "-w", "-l", filepath.Join(s.dir, "log"), "-o",
		"-c listen_addresses='' -c unix_socket_directories='"+s.dir+"' -c fsync=off -c shared_buffers=128MB -c max_connections=300", "start")
}

// Kill stops the server as a failure would: without a farewell.
func (s *Server) Kill() {
	s.t.Helper()
	s.must("pg_ctl", "-D", s.data(), "-w", "stop", "-m", "immediate")
}

// Address returns the address of a database for a role, with a password if there is one.
func (s *Server) Address(database, role, password string) string {
	u := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + database, RawQuery: url.Values{"host": {s.dir}}.Encode()}
	if password != "" {
		u.User = url.UserPassword(role, password)
	}
	return u.String()
}

// Database makes a new, empty database and returns its address for the owner.
func (s *Server) Database(name string) string {
	s.t.Helper()
	s.Exec("postgres", `CREATE DATABASE `+name)
	return s.Address(name, Owner, "")
}

// Exec runs statements as the owner.
func (s *Server) Exec(database string, statements ...string) {
	s.t.Helper()
	db, err := sql.Open("postgres", s.Address(database, Owner, ""))
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close() //nolint // a test's
	for _, q := range statements {
		if _, err := db.ExecContext(context.Background(), q); err != nil {
			s.t.Fatalf("%s: %v", q, err)
		}
	}
}
