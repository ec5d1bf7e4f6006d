package store

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
)

// small returns a file with some labels, of one commit, so that every byte of it is of use.
func small(t testing.TB) (string, []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "g.db")
	s := reopen(t, path, Options{})
	tx, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(9, 9))
	for i := range 30 {
		label := iri("doc%02d", i)
		if err := tx.Replace(label, randomQuads(r, label)); err != nil {
			t.Fatal(err)
		}
		tx.Put(0, fmt.Sprint("entry", i))
	}
	tx.SetMeta("name", []byte("value"))
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, b
}

func everything(s *Snapshot) (all []string, err error) {
	for o := range orders {
		_, hi := between(tuple{}, 0)
		scan := s.scan(s.segs, o, tuple{}, hi)
		for scan.Next() {
			q, err := s.Values(scan.Quad())
			if err != nil {
				return nil, err
			}
			all = append(all, q.String())
		}
		if scan.Err() != nil {
			return nil, scan.Err()
		}
	}
	for e, err := range s.Entries(0, nil) {
		if err != nil {
			return nil, err
		}
		all = append(all, string(e))
	}
	return all, nil
}

// flip is how far apart the bytes are that TestFlippedBytes changes: 1 for all of them.
var flip = flag.Int("flip", 61, "TestFlippedBytes changes every N-th byte")

// TestFlippedBytes changes one byte at a time. The file must not open, or verify must find it; and what can be read meanwhile
// is right or an error.
func TestFlippedBytes(t *testing.T) {
	_, whole := small(t)
	good, err := Read(slices.Clone(whole), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := everything(good.Now())
	if err != nil {
		t.Fatal(err)
	}
	step := *flip
	opened, blamed := 0, 0
	for i := 0; i < len(whole); i += step {
		b := slices.Clone(whole)
		b[i] ^= 1 << (i % 8)
		s, err := Read(b, Options{})
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) && !errors.Is(err, ErrVersion) {
				t.Fatalf("byte %d: %v", i, err)
			}
			continue
		}
		opened++
		found, err := s.Now().Verify(t.Context())
		if err != nil || len(found) == 0 {
			t.Fatalf("byte %d: verify found %v, %v", i, found, err)
		}
		for _, d := range found {
			if !errors.Is(d.Err, ErrDamaged) {
				t.Fatalf("byte %d: %v", i, d.Err)
			}
			if d.Part == valuesPart && len(d.Labels) > 0 {
				blamed++
			}
		}
		if got, err := everything(s.Now()); err == nil && !slices.Equal(got, want) {
			t.Fatalf("byte %d: the store answers something else without an error", i)
		}
	}
	if opened < 5000/step || blamed == 0 {
		t.Errorf("%d of %d files opened, in %d labels were blamed", opened, len(whole)/step, blamed)
	}
}

// TestVerifyBlamesLabels damages the block that has the values of one label, and expects that label.
func TestVerifyBlamesLabels(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	s := reopen(t, path, Options{})
	tx, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 300 {
		label := iri("doc%03d", i)
		var quads []quad.Quad
		for k := range 20 {
			quads = append(quads, quad.Quad{Subject: iri("doc%03d/%d", i, k), Predicate: iri("p"), Object: quad.String(fmt.Sprintf("%03d %d", i, k)), Label: label})
		}
		if err := tx.Replace(label, quads); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	now := s.Now()
	id, err := now.Lookup(iri("doc150/7"))
	if err != nil {
		t.Fatal(err)
	}
	c := climber{f: now.f, root: now.segs[0].dict}
	if _, err := c.toRank(uint64(id) - 1); err != nil {
		t.Fatal(err)
	}
	at := c.path[len(c.path)-1]
	b[at.in.children[at.at].off+9] ^= 4
	damaged, err := Read(b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	found, err := damaged.Now().Verify(t.Context())
	if err != nil || len(found) != 1 || found[0].Part != valuesPart {
		t.Fatalf("Verify = %v, %v", found, err)
	}
	// The names of most of these labels stood in the same block.
	if n := len(found[0].Labels) + found[0].Lost; n < 10 || n > 120 || found[0].Lost == 0 {
		t.Errorf("%d labels are blamed, of which %d cannot be read", n, found[0].Lost)
	}
	for _, other := range []int{0, 299} {
		if slices.Contains(found[0].Labels, quad.Value(iri("doc%03d", other))) {
			t.Errorf("doc%03d is blamed too", other)
		}
	}
}

// begun begins a change that has one label more, and one commits it.
func begun(t testing.TB, s *Store, name string) *Tx {
	t.Helper()
	tx, err := s.Begin()
	if err != nil {
		t.Fatal(err)
	}
	label := iri("%s", name)
	if err := tx.Replace(label, []quad.Quad{{Subject: label, Predicate: iri("p"), Object: label, Label: label}}); err != nil {
		t.Fatal(err)
	}
	return tx
}

func one(t testing.TB, s *Store, name string) error {
	t.Helper()
	return begun(t, s, name).Commit(t.Context())
}

// TestLostCommit takes the newest root away, after one commit and after several, also in a file as it was written before slots were marked. That is
// no damage of blocks, but the newest root is missing.
func TestLostCommit(t *testing.T) {
	for _, marked := range []bool{true, false} {
		path, whole := small(t)
		if !marked {
			clear(whole[slotAt : slotAt+slotSize])
			if err := os.WriteFile(path, whole, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		s := reopen(t, path, Options{})
		for i := range 4 {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for name, change := range map[string]func([]byte){"zeroed": func(b []byte) { clear(b) }, "changed": func(b []byte) { b[3] ^= 9 }} {
				lost := slices.Clone(b)
				newest := slotAt + int(s.Now().Seq()%2)*slotSize
				change(lost[newest : newest+slotSize])
				if _, err := Read(lost, Options{}); !errors.Is(err, ErrDamaged) {
					t.Errorf("marked %v, after %d commits and with its newest root %s the file opens: %v", marked, i+1, name, err)
				}
			}
			if err := one(t, s, fmt.Sprint("more", i)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestHalfACommit has in a file what a second change wrote until it was killed: the first one stands.
func TestHalfACommit(t *testing.T) {
	_, whole := small(t)
	s, err := Read(append(whole, "half of a block"...), Options{})
	if err != nil || s.Now().Seq() != 1 {
		t.Error(err)
	}
}

// TestTwoWriters changes a file that another store has changed since, in each way of writing: the second change is refused, and nothing of the first
// is lost.
func TestTwoWriters(t *testing.T) {
	for name, o := range map[string]Options{"behind the end": {}, "new file": {BatchBytes: 1}} {
		t.Run(name, func(t *testing.T) {
			path, _ := small(t)
			a, b := reopen(t, path, o), reopen(t, path, o)
			if err := one(t, a, "a"); err != nil {
				t.Fatal(err)
			}
			if err := one(t, b, "b"); !errors.Is(err, ErrChanged) {
				t.Errorf("the second change: %v", err)
			}
			now := reopen(t, path, Options{}).Now()
			if id, err := now.Lookup(iri("a")); id == 0 || err != nil {
				t.Errorf("the first change is lost: %v", err)
			}
			if found, err := now.Verify(t.Context()); err != nil || len(found) > 0 {
				t.Errorf("Verify: %v, %v", found, err)
			}
			letter := bytes.Repeat([]byte("Dear Sir, this is no graph. "), 2000)
			kept, err := os.ReadFile(path)
			tx := begun(t, a, "c")
			if err = errors.Join(err, os.WriteFile(path, letter, 0o666)); err != nil {
				t.Fatal(err)
			}
			if err := tx.Commit(t.Context()); !errors.Is(err, ErrChanged) {
				t.Errorf("a change of what has become another file: %v", err)
			}
			if is, err := os.ReadFile(path); err != nil || !bytes.Equal(is, letter) {
				t.Errorf("that file has become %.50q, %v", is, err)
			}
			if err := errors.Join(os.WriteFile(path, kept, 0o666), os.Remove(path)); err != nil {
				t.Fatal(err)
			}
			if err := one(t, a, "c"); !errors.Is(err, ErrChanged) {
				t.Errorf("a change of a file that is gone: %v", err)
			}
		})
	}
	path := filepath.Join(t.TempDir(), "new.db")
	a, b := reopen(t, path, Options{}), reopen(t, path, Options{})
	if err := errors.Join(one(t, a, "a"), one(t, a, "a2")); err != nil {
		t.Fatal(err)
	}
	if err := one(t, b, "b"); !errors.Is(err, ErrChanged) {
		t.Errorf("two make a file: %v", err)
	}
}

// TestCopiedOver copies another store of the same length and number of commits over the file of an open one. What is kept by name tells them apart.
func TestCopiedOver(t *testing.T) {
	dir := t.TempDir()
	var files [2][]byte
	var stores [2]*Store
	for i, name := range []string{"a", "b"} {
		path := filepath.Join(dir, name)
		stores[i] = reopen(t, path, Options{})
		tx := begun(t, stores[i], name)
		tx.SetMeta("digest", []byte(name))
		err := tx.Commit(t.Context())
		if stale, serr := stores[i].Stale(); stale || serr != nil {
			t.Errorf("after its own change it is stale: %v", serr)
		}
		b, rerr := os.ReadFile(path)
		if files[i] = b; errors.Join(err, rerr) != nil {
			t.Fatal(err, rerr)
		}
	}
	if len(files[0]) != len(files[1]) {
		t.Fatalf("%d and %d bytes: these are to be alike", len(files[0]), len(files[1]))
	}
	if err := os.WriteFile(filepath.Join(dir, "a"), files[1], 0o666); err != nil {
		t.Fatal(err)
	}
	if stale, err := stores[0].Stale(); !stale || err != nil {
		t.Errorf("Stale = %v, %v", stale, err)
	}
}

// TestEmptyFile stores in a file that is there and empty, as mktemp makes it.
func TestEmptyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "g.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, true, Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("an empty file is read: %v", err)
	}
	s := reopen(t, path, Options{})
	if stale, err := s.Stale(); stale || err != nil {
		t.Errorf("Stale = %v, %v", stale, err)
	}
	if err := one(t, s, "a"); err != nil {
		t.Fatal(err)
	}
	if n := reopen(t, path, Options{}).Now().Len(); n != 1 {
		t.Errorf("%d quads", n)
	}
}

// failing is a medium whose writes fail after a while, as on a full disk.
type failing struct {
	medium
	left int
}

var errFull = errors.New("no space left")

func (f *failing) WriteAt(b []byte, off int64) (int, error) {
	if f.left -= len(b); f.left < 0 {
		n, _ := f.medium.WriteAt(b[:len(b)/2], off)
		return n, errFull
	}
	return f.medium.WriteAt(b, off)
}

// TestFullDisk lets writes fail at many points. The store must be as it was, and the next change must go well.
func TestFullDisk(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for left := 0; left < 12000; left += 611 {
		s := InMemory(Options{})
		commit := func() error {
			tx, err := s.Begin()
			if err != nil {
				t.Fatal(err)
			}
			for i := range 5 {
				label := iri("doc%d", i)
				if err := tx.Replace(label, randomQuads(r, label)); err != nil {
					t.Fatal(err)
				}
			}
			return tx.Commit(t.Context())
		}
		if err := commit(); err != nil {
			t.Fatal(err)
		}
		before, err := everything(s.Now())
		if err != nil {
			t.Fatal(err)
		}
		f := s.Now().f
		whole := f.m
		f.m = &failing{whole, left}
		failed := commit()
		f.m = whole
		if failed != nil {
			if !errors.Is(failed, errFull) {
				t.Fatal(failed)
			}
			if after, err := everything(s.Now()); err != nil || !slices.Equal(before, after) {
				t.Fatalf("after a failed change (%d bytes) the store is not as it was: %v", left, err)
			}
		}
		if err := commit(); err != nil {
			t.Fatal(err)
		}
		if found, err := s.Now().Verify(t.Context()); err != nil || len(found) > 0 {
			t.Fatalf("after a failed change (%d bytes): %v, %v", left, found, err)
		}
	}
}

// FuzzBlocks gives the readers blocks of any content: they must end, with an error or without, and never panic.
func FuzzBlocks(f *testing.F) {
	_, whole := small(f)
	for i := dataStart; i+200 < len(whole); i += 511 {
		f.Add(whole[i:i+200], uint64(20))
	}
	f.Fuzz(func(t *testing.T, b []byte, count uint64) {
		count %= 1 << 20
		for _, kind := range []byte{kindStrings, kindTuples} {
			block := append([]byte{kind}, b...)
			w := walker{climber: oneLeaf(block, count)}
			w.enter(true, nil)
			for n := 0; w.next(); n++ {
				if n > len(b) {
					t.Fatal("more strings than bytes")
				}
			}
			for o := range orders {
				r := tupleReader{climber: oneLeaf(block, count), form: &forms[o]}
				r.enter(true, nil)
				for n := 0; r.next(); n++ {
					if n > len(b) {
						t.Fatal("more quads than bytes")
					}
				}
			}
		}
		_, _ = parseInner(append([]byte{kindInner}, b...))
		_, _ = unpack(append([]byte{kindPacked}, b...))
		_, _ = decodeManifest(append([]byte{kindManifest}, b...))
		if len(b) >= slotSize {
			_, _ = decodeSlot(b[:slotSize])
		}
		for _, native := range []bool{true, false} {
			if v, err := value(b, native, func() ([]byte, error) { return nil, nil }); err == nil && v == nil {
				t.Fatal("neither a value nor an error")
			}
		}
		_, _ = blobAt(b)
	})
}

// FuzzValues turns values into keys and back, and compares numbers by their keys.
func FuzzValues(f *testing.F) {
	for _, s := range []string{"0.05", "-1.50", "5", "5e3", "INF", "1E-7", "+3", ".5", "2020-01-02", "true", "", "x\x00y"} {
		f.Add(s, "5.0")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, typ := range append([]string{xsd + "date", xsd + "dateTime", xsd + "gYear", xsd + "boolean", "urn:other"}, numberTypes[:4]...) {
			v := typed(a, typ)
			key, _, err := term(nil, v)
			if err != nil {
				continue
			}
			if back, err := value(key, false, nil); err != nil || back != quad.Value(v) {
				t.Fatalf("%v comes back as %v, %v", v, back, err)
			}
			native, err := value(key, true, nil)
			if err != nil {
				t.Fatal(err)
			}
			if again, _, err := term(nil, native); err != nil || string(again) != string(key) {
				t.Fatalf("%v is %v, and then another key", v, native)
			}
		}
		compareNumbers(t, a, b)
	})
}
