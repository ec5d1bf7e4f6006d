package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/picograph/picograph/graph/store"
	"github.com/picograph/picograph/seeds"
)

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(run(os.Args[1:]))
	}
	testscript.Main(m, map[string]func(){
		"picograph": func() { os.Exit(run(os.Args[1:])) },
	})
}

// asCommand is the variable under which the test binary is the command.
const asCommand = "PICOGRAPH_TEST_AS_COMMAND"

// command returns a call of the command as a process of its own, in dir.
func command(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), asCommand+"=1", "PICOGRAPH_GRAPH=")
	return cmd
}

// TestInterrupt sends Ctrl-C to calls that wait for input or have much to do: they end with status 130 and one line,
// and leave nothing behind.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot be sent Ctrl-C here")
	}
	for _, args := range [][]string{
		{"load", "--graph", "g.db", "-"},
		{"ask", "--graph", "mem:", "-"},
		{"repl", "--graph", "mem:"},
		{"extract", "-"},
	} {
		t.Run(args[0], func(t *testing.T) {
			dir := t.TempDir()
			cmd := command(t, dir, args...)
			stdin, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			// more than a pipe holds: when all is written the command reads, and so has long been listening for Ctrl-C
			if _, err := io.WriteString(stdin, strings.Repeat("\n", 1<<20)); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != statusInterrupted || stderr.String() != "picograph: interrupted\n" {
				t.Errorf("status %d, %q", code, stderr.String())
			}
			if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}

// TestClosedPipe lets the reader of the output leave early: the command ends without a word.
func TestClosedPipe(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("pipes are not told of here")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, seeds.Documents); err != nil {
		t.Fatal(err)
	}
	cmd := command(t, dir, "extract", "-o", "json", "--with-text", ".")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := stdout.Close(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != statusDone || stderr.Len() > 0 {
		t.Errorf("status %d, it says %q", code, stderr.String())
	}
}

// TestCommand runs the scripts of testdata/script, each in a folder of its own that has the seed documents in seeds/
// and a graph of them in seeds.db.
func TestCommand(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "seeds"), seeds.Documents); err != nil {
		t.Fatal(err)
	}
	if out, err := command(t, dir, "load", "--graph", "seeds.db", "seeds").CombinedOutput(); err != nil {
		t.Fatalf("loading the seeds: %v\n%s", err, out)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// latin1 FILE turns a file from UTF-8 into Latin-1
			"latin1": func(ts *testscript.TestScript, _ bool, args []string) {
				var out []byte
				for _, r := range ts.ReadFile(args[0]) {
					out = append(out, byte(r))
				}
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), out, 0o666))
			},
			// edition FILE NAME has a graph say that it is of another edition of the rules
			"edition": func(ts *testscript.TestScript, _ bool, args []string) {
				s, err := store.Open(ts.MkAbs(args[0]), false, store.Options{})
				ts.Check(err)
				tx, err := s.Begin()
				ts.Check(err)
				tx.SetMeta("rules", []byte(args[1]))
				ts.Check(errors.Join(tx.Commit(context.Background()), s.Close()))
			},
			// damage FILE changes a byte in the middle of a file
			"damage": func(ts *testscript.TestScript, _ bool, args []string) {
				whole := []byte(ts.ReadFile(args[0]))
				whole[len(whole)/2] ^= 8
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), whole, 0o666))
			},
			// escapes FILE puts the control character ESC where the file has "<ESC>"
			"escapes": func(ts *testscript.TestScript, _ bool, args []string) {
				text := strings.ReplaceAll(ts.ReadFile(args[0]), "<ESC>", "\x1b")
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
			},
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("NO_COLOR", "1")
			return os.CopyFS(env.WorkDir, os.DirFS(dir))
		},
	})
}

// TestQuestionsSeeTheNewestState asks one line, loads in another process, and asks again: of a file that is not there at first, and then of one that
// grows.
func TestQuestionsSeeTheNewestState(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"one", "two"} {
		text := "A trial of " + name + " walks. We randomised 40 adults with pain to " + name + " walks or rest.\n"
		if err := os.WriteFile(filepath.Join(dir, name+".txt"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	load := func(name string) {
		if out, err := command(t, dir, "load", "-q", "--graph", "g.db", name).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	for _, args := range [][]string{{"repl"}, {"ask", "-"}} {
		_ = os.Remove(filepath.Join(dir, "g.db"))
		if args[0] == "ask" {
			load("one.txt")
		}
		cmd := command(t, dir, append(args, "--graph", "g.db", "-o", "jsonl")...)
		cmd.Stderr = os.Stderr
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for _, step := range []struct {
			load string
			n    int
		}{{"one.txt", 1}, {"two.txt", 2}} {
			if args[0] == "repl" || step.n > 1 {
				load(step.load)
			}
			if _, err := in.Write([]byte("how many trials are there\n")); err != nil {
				t.Fatal(err)
			}
			if !lines.Scan() || !strings.Contains(lines.Text(), fmt.Sprintf(` (%d): `, step.n)) {
				t.Errorf("%v after %s: %s", args, step.load, lines.Text())
			}
		}
		if err := errors.Join(in.Close(), cmd.Wait()); err != nil {
			t.Error(err)
		}
	}
}
