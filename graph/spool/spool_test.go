package spool

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSorter sorts the same records within memory and far beyond it.
func TestSorter(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var add [][2]string
	for i := range 3000 {
		add = append(add, [2]string{fmt.Sprint(r.IntN(500)), fmt.Sprint(i)})
	}
	want := slices.Clone(add)
	slices.SortStableFunc(want, func(a, b [2]string) int { return bytes.Compare([]byte(a[0]), []byte(b[0])) })
	for _, bound := range []int{0, 1000, 1 << 20} {
		s := Sorter{Bound: bound}
		for _, a := range add {
			if err := s.Add(a[0], []byte(a[1])); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			var got [][2]string
			if err := s.Each(func(key string, body []byte) error {
				got = append(got, [2]string{key, string(body)})
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("a bound of %d: %s", bound, diff)
			}
		}
		s.Close()
	}
}

// TestShortened finds a temporary file that ends too early, wherever it does: in a record, or between two.
func TestShortened(t *testing.T) {
	const records = 40
	whole := int64(0)
	for cut := int64(0); cut == 0 || cut < whole; cut++ {
		s := Sorter{Bound: 700, Folder: t.TempDir()}
		for i := range records {
			if err := s.Add(fmt.Sprint("key ", i), []byte("body")); err != nil {
				t.Fatal(err)
			}
		}
		if len(s.records) > 0 {
			if err := s.put(); err != nil {
				t.Fatal(err)
			}
		}
		whole = s.ends[len(s.ends)-1]
		if err := s.file.Truncate(whole - 1 - cut); err != nil {
			t.Fatal(err)
		}
		n := 0
		err := s.Each(func(string, []byte) error { n++; return nil })
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Fatalf("%d bytes of %d: %d records of %d, and the error is %v", whole-1-cut, whole, n, records, err)
		}
		s.Close()
	}
}

// TestLeftBehind takes away what a process that was killed left of its temporary files, and nothing else.
func TestLeftBehind(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"picograph-123.tmp", "picograph-notes.txt"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := Sorter{Folder: folder}
	if err := s.Add("key", nil); err != nil {
		t.Fatal(err)
	}
	s.Close()
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 || left[0].Name() != "picograph-notes.txt" {
		t.Errorf("the folder has %v, %v", left, err)
	}
}

// TestLog finds records again, whether memory has them or the file, long ones and short ones.
func TestLog(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	for _, bound := range []int{0, 5000, 1 << 20} {
		l := Log{Bound: bound}
		var at []int64
		var want []string
		for i := range 300 {
			s := strings.Repeat(fmt.Sprint(i, " "), r.IntN(3000)*r.IntN(2))
			n, err := l.Add([]byte(s))
			if err != nil {
				t.Fatal(err)
			}
			at, want = append(at, n), append(want, s)
			k := r.IntN(i + 1)
			if got, err := l.Read(at[k]); err != nil || string(got) != want[k] {
				t.Fatalf("a bound of %d, record %d of %d: %d bytes, %v; want %d", bound, k, i, len(got), err, len(want[k]))
			}
		}
		if inMemory := l.file == nil; inMemory != (bound > 1000000) {
			t.Errorf("a bound of %d: all in memory: %v", bound, inMemory)
		}
		l.Close()
	}
}
