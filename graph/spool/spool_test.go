package spool

import (
	"bytes"
	"fmt"
	"math/rand/v2"
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
