package pattern

import (
	"regexp/syntax"
	"sync"
	"unicode/utf8"
)

// walker tries the ways through a program in the order in which the package regexp prefers them. No way is gone twice from the same
// choice at the same place.
type walker struct {
	prog  *syntax.Prog
	text  string
	from  int      // where the match starts
	limit int      // no match goes on behind it
	exact bool     // the match ends at limit
	gone  []uint64 // a bit for each choice at each place
	used  []int    // which of gone are not 0
	ways  []way    // still to go, the last first
	found []int
	steps int
}

// way is an instruction to go on with at a place of the text; or, where slot is not negative, an end of a group to put back as it was.
type way struct {
	pc   uint32
	at   int
	slot int
}

// maxGone is how many bits a walker remembers: some 500 KB.
const maxGone = 1 << 22

var walkers = sync.Pool{New: func() any { return new(walker) }}

// walk returns the first n ends of the match that starts at i and of its groups, nil where there is none, and how many steps it took. With exact
// the match is known to end at limit, else it ends there or before. Ok is false where the text is too long for that.
func walk(prog *syntax.Prog, s string, i, limit int, exact bool, n int) (loc []int, steps int, ok bool) {
	size := (len(prog.Inst)*(limit-i+1) + 63) / 64
	if size > maxGone/64 {
		return nil, 0, false
	}
	w := walkers.Get().(*walker)
	defer walkers.Put(w)
	if len(w.gone) < size {
		w.gone, w.used = make([]uint64, max(size, 2*len(w.gone))), w.used[:0]
	}
	w.prog, w.text, w.from, w.limit, w.exact = prog, s, i, limit, exact
	w.steps, w.ways, w.found = 0, w.ways[:0], make([]int, n)
	for k := range w.found {
		w.found[k] = -1
	}
	matched := w.run()
	for _, k := range w.used {
		w.gone[k] = 0
	}
	w.used, w.text = w.used[:0], ""
	loc, w.found = w.found, nil
	if !matched {
		return nil, w.steps, !exact
	}
	return loc, w.steps, true
}

// run reports whether there is a match, and leaves its ends and those of its groups in found.
func (w *walker) run() bool {
	w.ways = append(w.ways, way{uint32(w.prog.Start), w.from, -1})
	for len(w.ways) > 0 {
		n := len(w.ways) - 1
		next := w.ways[n]
		w.ways = w.ways[:n]
		if next.slot >= 0 {
			w.found[next.slot] = next.at
			continue
		}
		if w.follow(next.pc, next.at) {
			return true
		}
	}
	return false
}

// follow goes one way as far as it leads, and reports whether that is the end of a match.
func (w *walker) follow(pc uint32, at int) bool {
	for {
		w.steps++
		in := &w.prog.Inst[pc]
		switch in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			if w.beenAt(pc, at) {
				return false
			}
			w.ways = append(w.ways, way{in.Arg, at, -1})
		case syntax.InstCapture:
			if slot := int(in.Arg); slot < len(w.found) {
				w.ways = append(w.ways, way{0, w.found[slot], slot})
				w.found[slot] = at
			}
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(in.Arg)&^w.context(at) != 0 {
				return false
			}
		case syntax.InstNop:
		case syntax.InstMatch:
			if w.exact && at != w.limit {
				return false
			}
			w.found[0], w.found[1] = w.from, at
			return true
		case syntax.InstFail:
			return false
		default:
			if at >= w.limit {
				return false
			}
			r, size := rune(w.text[at]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(w.text[at:])
			}
			if !in.MatchRune(r) {
				return false
			}
			at += size
		}
		pc = in.Out
	}
}

// beenAt reports whether a choice was met at a place before, and remembers that it was.
func (w *walker) beenAt(pc uint32, at int) bool {
	k := int(pc)*(w.limit-w.from+1) + at - w.from
	bit := uint64(1) << (k % 64)
	k /= 64
	if w.gone[k]&bit != 0 {
		return true
	}
	if w.gone[k] == 0 {
		w.used = append(w.used, k)
	}
	w.gone[k] |= bit
	return false
}

// context returns what holds between the characters before and behind a place.
func (w *walker) context(at int) syntax.EmptyOp {
	behind := endOfText
	if at < len(w.text) {
		behind, _ = utf8.DecodeRuneInString(w.text[at:])
	}
	return syntax.EmptyOpContext(last(w.text, at), behind)
}
