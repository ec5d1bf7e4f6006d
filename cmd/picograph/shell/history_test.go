package shell

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHistory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "history")
	h, err := ReadHistory(path)
	if err != nil || len(h.Lines()) != 0 {
		t.Fatal(err, h.Lines())
	}
	for _, c := range []struct {
		line string
		kept bool
	}{
		{"first", true},
		{"second", true},
		{" secret", false},
		{"\tsecret", false},
		{"", false},
		{"first", true},
	} {
		if h.Add(c.line) != c.kept {
			t.Errorf("%q: kept is not %v", c.line, c.kept)
		}
	}
	if d := cmp.Diff([]string{"second", "first"}, h.Lines()); d != "" {
		t.Error(d)
	}
	if err := h.Save(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}

	// two shells at once: neither loses the other's lines
	a, _ := ReadHistory(path)
	b, _ := ReadHistory(path)
	a.Add("from a")
	b.Add("from b")
	if err := a.Save(); err != nil {
		t.Fatal(err)
	}
	if err := b.Save(); err != nil {
		t.Fatal(err)
	}
	again, err := ReadHistory(path)
	if d := cmp.Diff([]string{"from a", "second", "first", "from b"}, again.Lines()); d != "" || err != nil {
		t.Error(err, d)
	}

	for i := range maxHistory + 5 {
		again.Add(fmt.Sprint("line ", i))
	}
	if n := len(again.Lines()); n != maxHistory || again.Lines()[0] != "line 5" {
		t.Errorf("%d lines from %q", n, again.Lines()[0])
	}
}

func TestHistoryThatIsNotKept(t *testing.T) {
	h, err := ReadHistory("")
	if err != nil {
		t.Fatal(err)
	}
	h.Add("x")
	if err := h.Save(); err != nil {
		t.Error(err)
	}
}

func TestHistoryPath(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"XDG_STATE_HOME": "/s", "HOME": "/h"}, "/s/picograph/history"},
		{map[string]string{"XDG_STATE_HOME": "relative", "HOME": "/h"}, "/h/.local/state/picograph/history"},
		{map[string]string{"HOME": "/h"}, "/h/.local/state/picograph/history"},
		{nil, ""},
	} {
		if got := HistoryPath(func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%v: %q, want %q", c.env, got, c.want)
		}
	}
}
