package pattern

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// quick is an expression as a deterministic automaton, each of whose states and transitions is made when a text first
// leads to it. It reads each character once, by one look into a table, and so says no some twenty times as fast as the
// package regexp; it knows where a match ends, and nothing of groups. It is safe for use by several goroutines.
type quick struct {
	prog    *syntax.Prog
	exact   bool // it matches what the expression matches; else that and more, for repetitions are not counted
	first   bool // each match starts the text
	context syntax.EmptyOp
	class   [utf8.RuneSelf]uint8 // of a character of ASCII
	chars   []rune               // one of each class, and endOfText
	table   atomic.Pointer[[]uint32]
	off     atomic.Bool // there were too many states: the automaton is not used any more
	mu      sync.Mutex  // for all below, and for changes of the table
	states  []state
	index   map[string]uint32
	wide    map[wideStep]uint32 // the transitions by characters outside ASCII
	starts  [8]atomic.Uint32    // the places of the states at starts, 0 for those not made yet
	list    []uint32
	visited []bool
}

// state is the instructions that go on, in the order in which the package regexp prefers them.
type state struct {
	list   []uint32
	before rune // a character of the kind that stands before, or endOfText
	search bool // a match may start here too, and it does not matter where it ends
}

type wideStep struct {
	from uint32
	char rune
}

// endOfText stands for what is before the first and behind the last character, as in the package syntax.
const endOfText rune = -1

// A step is 0 where it has not been made, else twice the place of the next state in the table, plus 2; and 1 more where
// a match ends before the character. Place 0 is the state that no match goes on from.
const maxStates = 8000

// newQuick returns the automaton of an expression.
func newQuick(tree *syntax.Regexp) *quick {
	loose, exact := uncounted(tree)
	prog, err := syntax.Compile(loose.Simplify())
	if err != nil {
		panic("pattern: " + err.Error()) // not after it was parsed
	}
	q := &quick{prog: prog, exact: exact, first: prog.StartCond()&syntax.EmptyBeginText != 0, index: map[string]uint32{}, wide: map[wideStep]uint32{}}
	for i := range prog.Inst {
		if in := &prog.Inst[i]; in.Op == syntax.InstEmptyWidth {
			q.context |= syntax.EmptyOp(in.Arg)
		}
	}
	q.visited = make([]bool, len(prog.Inst))
	q.classify()
	table := make([]uint32, 16*len(q.chars))
	for i := range q.chars {
		table[i] = 2
	}
	q.states = append(q.states, state{})
	q.table.Store(&table)
	return q
}

// uncounted returns an expression without the repetitions that would make many states, and whether it is the same.
func uncounted(re *syntax.Regexp) (out *syntax.Regexp, same bool) {
	out, same = re, true
	for i, sub := range re.Sub {
		s, ok := uncounted(sub)
		if ok {
			continue
		}
		if same {
			c := *re
			c.Sub = slices.Clone(re.Sub)
			out, same = &c, false
		}
		out.Sub[i] = s
	}
	if re.Op != syntax.OpRepeat || re.Max == re.Min && re.Max <= 8 || re.Max >= 0 && re.Max <= 3 {
		return out, same
	}
	c := *out
	c.Op, c.Min, c.Max = syntax.OpPlus, 0, 0
	if re.Min == 0 {
		c.Op = syntax.OpStar
	}
	return &c, false
}

// ascii is a set of characters of ASCII.
type ascii [2]uint64

func (a *ascii) add(lo, hi rune) {
	for r := lo; r <= min(hi, utf8.RuneSelf-1); r++ {
		a[r/64] |= 1 << (r % 64)
	}
}

// read returns the characters of ASCII that an instruction reads.
func read(in *syntax.Inst) (out ascii) {
	switch in.Op {
	case syntax.InstRuneAny:
		out.add(0, utf8.RuneSelf)
	case syntax.InstRuneAnyNotNL:
		out.add(0, '\n'-1)
		out.add('\n'+1, utf8.RuneSelf)
	case syntax.InstRune, syntax.InstRune1:
		if len(in.Rune) == 1 {
			out.add(in.Rune[0], in.Rune[0])
			for r := unicode.SimpleFold(in.Rune[0]); syntax.Flags(in.Arg)&syntax.FoldCase != 0 && r != in.Rune[0]; r = unicode.SimpleFold(r) {
				out.add(r, r)
			}
			break
		}
		for i := 0; i+1 < len(in.Rune); i += 2 {
			out.add(in.Rune[i], in.Rune[i+1])
		}
	}
	return out
}

// classify puts the characters of ASCII into one class that no instruction tells apart.
func (q *quick) classify() {
	var sets []ascii
	if q.context&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0 {
		var word ascii
		for r := range rune(utf8.RuneSelf) {
			if syntax.IsWordChar(r) {
				word.add(r, r)
			}
		}
		sets = append(sets, word)
	}
	if q.context&(syntax.EmptyBeginLine|syntax.EmptyEndLine) != 0 {
		sets = append(sets, ascii{1 << '\n'})
	}
	for i := range q.prog.Inst {
		if set := read(&q.prog.Inst[i]); set != (ascii{}) && !slices.Contains(sets, set) {
			sets = append(sets, set)
		}
	}
	classes := 1
	for _, set := range sets {
		var moved [utf8.RuneSelf]uint8 // by class: the class of its characters in the set, plus 1
		var stays [utf8.RuneSelf]bool
		for r, c := range q.class {
			if set[r/64]>>(r%64)&1 == 0 {
				stays[c] = true
			}
		}
		for r, c := range q.class {
			if set[r/64]>>(r%64)&1 == 0 || !stays[c] {
				continue
			}
			if moved[c] == 0 {
				classes++
				moved[c] = uint8(classes)
			}
			q.class[r] = moved[c] - 1
		}
	}
	q.chars = make([]rune, classes+1)
	for r, c := range q.class {
		q.chars[c] = rune(r)
	}
	q.chars[classes] = endOfText
}

// kind returns a character that stands for another where it is the one before.
func (q *quick) kind(r rune) rune {
	switch {
	case r == endOfText && q.context&(syntax.EmptyBeginText|syntax.EmptyBeginLine) != 0:
		return endOfText
	case r == '\n' && q.context&syntax.EmptyBeginLine != 0:
		return '\n'
	case r != endOfText && syntax.IsWordChar(r) && q.context&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0:
		return 'a'
	}
	return ' '
}

// start returns the place of the state at the start of a text, or behind a character of it.
func (q *quick) start(search bool, before rune) uint32 {
	before = q.kind(before)
	k := 0 // at the start of a text
	switch before {
	case 'a':
		k = 1
	case ' ':
		k = 2
	case '\n':
		k = 3
	}
	if search {
		k += 4
	}
	if at := q.starts[k].Load(); at > 0 {
		return at
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list = q.list[:0]
	if !search {
		q.list = append(q.list, uint32(q.prog.Start))
	}
	at := q.place(before, search)
	q.starts[k].Store(at)
	return at
}

// place returns the place of the state of the instructions in list.
func (q *quick) place(before rune, search bool) uint32 {
	if len(q.list) == 0 && !search {
		return 0
	}
	if search {
		slices.Sort(q.list) // in any order they match the same
	}
	key := make([]byte, 0, 64)
	key = binary.AppendVarint(key, int64(before))
	if search {
		key = append(key, 1)
	}
	for _, pc := range q.list {
		key = binary.AppendUvarint(key, uint64(pc)+2)
	}
	if at, ok := q.index[string(key)]; ok {
		return at
	}
	at := uint32(len(q.states) * len(q.chars))
	if len(q.states) >= maxStates {
		q.off.Store(true)
		return 0
	}
	q.states = append(q.states, state{slices.Clone(q.list), before, search})
	q.index[string(key)] = at
	if table := *q.table.Load(); int(at) == len(table) {
		table = append(table, make([]uint32, len(table))...)
		q.table.Store(&table)
	}
	return at
}

// step makes the transition from a state by a character, and returns it with the table that it stands in.
func (q *quick) step(from uint32, char rune) (uint32, []uint32) {
	q.mu.Lock()
	defer q.mu.Unlock()
	class := len(q.chars) - 1
	wide := char >= utf8.RuneSelf
	switch {
	case wide:
		if made := q.wide[wideStep{from, char}]; made != 0 {
			return made, *q.table.Load()
		}
	case char != endOfText:
		class = int(q.class[char])
	}
	s := &q.states[int(from)/len(q.chars)]
	q.list = q.list[:0]
	clear(q.visited)
	flags := syntax.EmptyOpContext(s.before, char)
	ends := false
	for _, pc := range s.list {
		if ends = q.follow(pc, flags, char); ends {
			break
		}
	}
	if s.search && !ends {
		ends = q.follow(uint32(q.prog.Start), flags, char)
	}
	made := uint32(2)
	if char != endOfText && !(s.search && ends) {
		made += 2 * q.place(q.kind(char), s.search)
	}
	if ends {
		made++
	}
	switch {
	case !wide:
		atomic.StoreUint32(&(*q.table.Load())[int(from)+class], made)
	default:
		if len(q.wide) >= maxStates { // in a language of many characters
			clear(q.wide)
		}
		q.wide[wideStep{from, char}] = made
	}
	return made, *q.table.Load()
}

// follow adds to list where an instruction leads by a character, and reports whether a match ends before it.
func (q *quick) follow(pc uint32, flags syntax.EmptyOp, char rune) bool {
	for !q.visited[pc] {
		q.visited[pc] = true
		in := &q.prog.Inst[pc]
		switch in.Op {
		case syntax.InstMatch:
			return true
		case syntax.InstAlt, syntax.InstAltMatch:
			if q.follow(in.Out, flags, char) {
				return true
			}
			pc = in.Arg
			continue
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(in.Arg)&^flags != 0 {
				return false
			}
		case syntax.InstCapture, syntax.InstNop:
		default:
			if char != endOfText && in.Op != syntax.InstFail && in.MatchRune(char) && !slices.Contains(q.list, in.Out) {
				q.list = append(q.list, in.Out)
			}
			return false
		}
		pc = in.Out
	}
	return false
}

// next returns the transition from a state by the character at i and the size of that, and the table to go on with.
func (q *quick) next(table []uint32, from uint32, s string, i int) (made uint32, size int, _ []uint32) {
	if i == len(s) {
		if made = atomic.LoadUint32(&table[int(from)+len(q.chars)-1]); made == 0 {
			made, table = q.step(from, endOfText)
		}
		return made, 0, table
	}
	char, size := utf8.DecodeRuneInString(s[i:])
	made, table = q.step(from, char)
	return made, size, table
}

// last returns the character of a text that ends at i.
func last(s string, i int) rune {
	if i == 0 {
		return endOfText
	}
	if b := s[i-1]; b < utf8.RuneSelf {
		return rune(b)
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return r
}

// matches reports whether a match may start at or after i: one does where the automaton is exact.
func (q *quick) matches(s string, i int) bool {
	end, _, known := q.run(!q.first, true, s, i)
	return !known || end >= 0
}

// at returns where a match ends that starts at i, negative where there is none. Where the automaton is not exact, or
// not used any more, there may be none all the same, and it ends elsewhere: known is false then. Read is how much of the
// text was read.
func (q *quick) at(s string, i int) (end, read int, known bool) {
	end, read, known = q.run(false, false, s, i)
	return end, read, known && (q.exact || end < 0)
}

// run reads s from i on, for a match that starts there or, searching, at any place behind too. It returns where the first match ends that
// it comes to, where that is enough, else where the last one does; negative where there is none. Known is false where the
// automaton is not used any more.
func (q *quick) run(search, enough bool, s string, i int) (end, read int, known bool) {
	if q.off.Load() {
		return i, 0, false
	}
	first := i
	from, end := q.start(search, last(s, i)), -1
	table := *q.table.Load()
	for from != 0 {
		var made uint32
		size := 1
		if i < len(s) && s[i] < utf8.RuneSelf {
			made = atomic.LoadUint32(&table[int(from)+int(q.class[s[i]])])
		}
		if made == 0 {
			made, size, table = q.next(table, from, s, i)
			if q.off.Load() {
				return i, 0, false
			}
		}
		if made&1 != 0 {
			if end = i; enough {
				return end, i - first + 1, true
			}
		}
		if size == 0 {
			break
		}
		from = made/2 - 1
		i += size
	}
	if q.off.Load() {
		return i, 0, false
	}
	return end, i - first + 1, true
}
