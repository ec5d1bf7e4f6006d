package graph

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestVerify changes bytes of a graph's file here and there. Verify must find each change that the file opens with, name
// sources for most, and questions must be answered rightly or with an error that says where.
func TestVerify(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	g := open(t, path, Options{Vocab: words(t)})
	for range 2 { // the second commit changes nothing
		put(t, g, golds(t)...)
	}
	v, err := g.Verify(t.Context())
	if err != nil || len(v.Damage) > 0 || v.Documents != len(golds(t)) || v.Quads == 0 {
		t.Fatalf("Verify of a whole graph = %+v, %v", v, err)
	}
	want, err := g.Findings(t.Context(), ByKind, "between", "within")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	opened, named := 0, 0
	for i := 4096; i < len(whole); i += 2503 {
		b := slices.Clone(whole)
		b[i] ^= 8
		bad := filepath.Join(t.TempDir(), fmt.Sprint(i))
		if err := os.WriteFile(bad, b, 0o666); err != nil {
			t.Fatal(err)
		}
		g, err := Open(t.Context(), bad, Options{ReadOnly: true})
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("byte %d: %v", i, err)
			}
			continue
		}
		opened++
		v, err := g.Verify(t.Context())
		if err != nil || len(v.Damage) == 0 {
			t.Errorf("byte %d: Verify = %+v, %v", i, v, err)
			continue
		}
		for _, d := range v.Damage {
			if d.Index || slices.ContainsFunc(d.Documents, func(s string) bool { return strings.HasSuffix(s, ".txt") }) {
				named++
				break
			}
		}
		got, err := g.Findings(t.Context(), ByKind, "between", "within")
		var known *Error
		if err == nil && !cmp.Equal(got, want) || err != nil && (!errors.As(err, &known) || known.Hint == "" || !errors.Is(err, ErrDamaged)) {
			t.Errorf("byte %d: %d findings, want %d; %v", i, len(got), len(want), err)
		}
		_ = g.Close()
	}
	if opened < 10 || named < opened*3/4 {
		t.Errorf("of %d damaged graphs that opened, %d name sources or lose nothing", opened, named)
	}
}
