package graph

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The test binary itself is the process that is killed: with this set it loads documents for ever.
const childOf = "PICOGRAPH_TEST_LOADS_INTO"

// childBatch bounds the memory of that process's changes: so little that each goes through runs and a new file.
const childBatch = "PICOGRAPH_TEST_BATCH_BYTES"

// kills is how often a process is killed in each way of writing.
var kills = flag.Int("kills", 30, "kill a loading process so many times in each way of writing")

func TestMain(m *testing.M) {
	if path := os.Getenv(childOf); path != "" {
		if err := loadForEver(path); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

const crashSources = 5

// crashState is what the graph holds after n commits, by source: commit n replaces one source.
func crashState(n int) map[string]string {
	state := map[string]string{}
	for i := max(1, n-crashSources+1); i <= n; i++ {
		state[fmt.Sprintf("doc%d.txt", i%crashSources)] = crashContent(i)
	}
	return state
}

// crashContent is a text that compresses badly, so that writing takes a moment.
func crashContent(i int) string {
	var b strings.Builder
	x := uint64(i) + 1
	for range 6000 {
		x = x*6364136223846793005 + 1442695040888963407
		b.WriteString(strconv.FormatUint(x>>40, 36))
	}
	return fmt.Sprint(i, " ", b.String())
}

// loadForEver goes on from the state in the file, one commit after the other, and says each when it is done.
func loadForEver(path string) error {
	ctx := context.Background()
	batch, _ := strconv.ParseInt(os.Getenv(childBatch), 10, 64) // none given is none set
	g, err := Open(ctx, path, Options{BatchBytes: batch})
	if err != nil {
		return err
	}
	n := 0
	docs, err := g.Documents(ctx)
	if err != nil {
		return err
	}
	for _, d := range docs {
		s, err := g.Text(ctx, d.ID)
		if err != nil {
			return err
		}
		i, err := strconv.Atoi(strings.Fields(s)[0])
		if err != nil {
			return err
		}
		n = max(n, i)
	}
	fmt.Println("begin", n)
	for {
		n++
		w, err := g.Begin(ctx)
		if err != nil {
			return err
		}
		if err := w.Put(simple(fmt.Sprintf("doc%d.txt", n%crashSources), crashContent(n))); err != nil {
			return err
		}
		if err := w.Commit(ctx); err != nil {
			return err
		}
		fmt.Println("done", n)
	}
}

// TestKilledAtManyPoints kills a loading process again and again. Each time the file must hold a whole commit: the last
// one that was said to be done, or the one after it; and the next process must go on from there.
func TestKilledAtManyPoints(t *testing.T) {
	t.Run("behind the end", func(t *testing.T) { killedAtManyPoints(t, "0") })
	t.Run("new files", func(t *testing.T) { killedAtManyPoints(t, "1") })
}

// TestKilledAtTheFirstCommit kills a process that makes a graph: there is none afterwards, or a whole one.
func TestKilledAtTheFirstCommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	for i := range 12 {
		_, done := killOne(t, path, 1, time.Duration(i)*time.Millisecond)
		crashCheck(t, path, done)
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

func killedAtManyPoints(t *testing.T, batch string) {
	t.Setenv(childBatch, batch)
	kills := *kills
	if testing.Short() {
		kills = 10
	}
	path := filepath.Join(t.TempDir(), "g.db")
	started := time.Now()
	_, done := killOne(t, path, 4, 0)
	commit := time.Since(started) / 4 // with the start of the process, so it is rather too long
	cut, last := 0, crashCheck(t, path, done)
	for i := range kills {
		begun, done := killOne(t, path, 1, time.Duration(i)*3*commit/time.Duration(kills))
		if begun != last {
			t.Fatalf("kill %d: the process went on from commit %d, the file held %d", i, begun, last)
		}
		last = crashCheck(t, path, done)
		if last != done {
			cut++
		}
		left, err := filepath.Glob(path + ".tmp-*")
		if err != nil || len(left) > 2 { // a new file, and the runs that it is made of
			t.Fatalf("kill %d: %d temporary files: the writer does not clear what is left", i, len(left))
		}
		cut += len(left)
	}
	t.Logf("%d kills, %d commits; %d kills fell within a commit", kills, last, cut)
	if cut == 0 && last <= 4 {
		t.Errorf("no commit and no half of one in %d runs: the kills came too early to mean anything", kills)
	}
	g := open(t, path, Options{})
	put(t, g, simple("doc0.txt", "the end"))
	for _, pattern := range []string{".tmp-*", ".lock"} {
		if left, err := filepath.Glob(path + pattern); err != nil || len(left) > 0 {
			t.Errorf("left behind after a whole commit: %v %v", left, err)
		}
	}
}

// killOne lets a process load until some time after it has said so many lines, kills it, and returns where it began and
// the last commit that it said was done.
func killOne(t *testing.T, path string, said int, after time.Duration) (begun, done int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childOf+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 1; lines.Scan(); n++ {
		word, number, _ := strings.Cut(lines.Text(), " ")
		commit, err := strconv.Atoi(number)
		if err != nil {
			t.Fatalf("the process says %q", lines.Text())
		}
		if word == "begin" {
			begun = commit
		}
		done = commit
		if n == said {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Exited() {
		t.Fatalf("the process ended by itself: %v", err)
	}
	return begun, done
}

// crashCheck opens the graph and returns the commit whose state it holds.
func crashCheck(t *testing.T, path string, done int) int {
	t.Helper()
	g := open(t, path, Options{})
	got := map[string]string{}
	for source, d := range contents(t, g) {
		got[source] = d.Text
	}
	i := slices.IndexFunc([]int{done, done + 1}, func(n int) bool { return cmp.Equal(got, crashState(n)) })
	if i < 0 {
		t.Fatalf("after commit %d the file holds neither that state nor the next: %d documents", done, len(got))
	}
	if v, err := g.Verify(t.Context()); err != nil || len(v.Damage) > 0 {
		t.Fatalf("after commit %d: %+v, %v", done, v, err)
	}
	return done + i
}

// TestRefreshBesideAWriter looks at a graph, again and again the newest state, while another process writes until it is killed, in each way of
// writing: what is read after each look is one whole commit, and none before the last one seen.
func TestRefreshBesideAWriter(t *testing.T) {
	for name, batch := range map[string]string{"behind the end": "0", "new files": "1"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(childBatch, batch)
			path := filepath.Join(t.TempDir(), "g.db")
			g := open(t, path, Options{})
			done := make(chan struct{})
			var wait sync.WaitGroup
			wait.Go(func() { lookOn(t, g, done) })
			killOne(t, path, 20, 0)
			close(done)
			wait.Wait()
		})
	}
}

// lookOn looks at the newest state again and again until done, and once more.
func lookOn(t *testing.T, g *Graph, done chan struct{}) {
	last := 0
	for ended := false; !ended; {
		select {
		case <-done:
			ended = true
		default:
		}
		err := g.Refresh(t.Context())
		docs, derr := g.Documents(t.Context())
		got := map[string]string{}
		for _, d := range docs {
			text, terr := g.Text(t.Context(), d.ID)
			if got[d.Source] = text; terr != nil {
				derr = terr
			}
		}
		if err != nil || derr != nil {
			t.Errorf("after commit %d: %v, %v", last, err, derr)
			return
		}
		n := last
		for n < last+60 && !maps.Equal(got, crashState(n)) {
			n++
		}
		if n == last+60 {
			t.Errorf("after commit %d no whole commit is seen: %d documents", last, len(got))
			return
		}
		last = n
	}
	if last < 10 {
		t.Errorf("the last commit that was seen is %d", last)
	}
}
