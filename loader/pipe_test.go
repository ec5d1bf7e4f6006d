package loader

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestNamedPipe loads from a named pipe: what somebody writes into it, and, when nobody does, nothing, without waiting for ever.
func TestNamedPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in")
	if out, err := exec.CommandContext(t.Context(), "mkfifo", path).CombinedOutput(); err != nil {
		t.Skipf("no named pipes here: %v %s", err, out)
	}
	o := options(t)
	o.wait = 1
	_, err := loads(t, filepath.Dir(path), o, path)
	if !errors.Is(err, ErrUnread) || !strings.Contains(err.Error(), "nobody writes") || !strings.Contains(Advice(err), "standard input") {
		t.Errorf("nobody writes: %v, hint %q", err, Advice(err))
	}
	o.wait = time.Hour
	failed := make(chan error, 1)
	go func() { failed <- os.WriteFile(path, []byte("Two is here."), 0) }()
	got, err := loads(t, filepath.Dir(path), o, path)
	if err != nil || len(got) != 1 || got[0] != "in = Two" {
		t.Errorf("%q, %v", got, err)
	}
	if err := <-failed; err != nil {
		t.Error(err)
	}
}
