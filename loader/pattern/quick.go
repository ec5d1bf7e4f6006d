package pattern

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"sync"
	"sync/atomic"
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
	classes classes
	width   int // of a row of the table, which is the steps from one state: one a class, one at the end of the text, one never made
	table   atomic.Pointer[[]uint32]
	off     atomic.Bool // there were too many states: the automaton is not used any more
	mu      sync.Mutex  // for all below, and for changes of the table
	states  []state
	index   map[string]uint32
	starts  [8]atomic.Uint32 // the places of the states at starts, 0 for those not made yet

	idle                  uint32          // the last of the states in which no match has begun, searching, which come first
	afterWord, afterOther uint32          // those of them behind a character of a word, and behind another
	dull                  []atomic.Uint32 // by class, as far as it is known: where it leads from those to one of them; and, above dullBits, to which

	list    []uint32
	visited []bool
}

// state is the instructions that go on, in the order in which the package regexp prefers them.
type state struct {
	list   []uint32
	before rune // a character of the kind that stands before, or endOfText
	search bool // a match may start here too, and it does not matter where it ends
}

// endOfText stands for what is before the first and behind the last character, as in the package syntax.
const endOfText rune = -1

// A step is 0 where it has not been made, else the place of the next state in the table; and with halts where there is more to
// do than to go on: a match ends before the character, or no match goes on, which is place 0.
const (
	halts = 1 << 31
	ends  = 1 << 30
)

// A class is dull where no match begins with it. What it is behind counts, for \b.
const (
	dullAfterWord  = 1
	dullAfterOther = 2
	dullBits       = 2
)

// maxStates is how many states an automaton may have, and maxTable how many steps.
const (
	maxStates = 8000
	maxTable  = 1 << 22
)

// newQuick returns the automaton of an expression.
func newQuick(tree *syntax.Regexp) *quick {
	loose, exact := uncounted(tree)
	prog := program(loose)
	q := &quick{prog: prog, exact: exact, first: prog.StartCond()&syntax.EmptyBeginText != 0, index: map[string]uint32{}}
	for i := range prog.Inst {
		if in := &prog.Inst[i]; in.Op == syntax.InstEmptyWidth {
			q.context |= syntax.EmptyOp(in.Arg)
		}
	}
	q.visited = make([]bool, len(prog.Inst))
	q.classes = classify(prog, q.context)
	q.off.Store(len(q.classes.chars) > maxClasses)
	q.width = len(q.classes.chars) + 2
	table := make([]uint32, 16*q.width)
	for i := range q.width {
		table[i] = halts
	}
	q.states = append(q.states, state{})
	q.table.Store(&table)
	q.prepareIdle()
	return q
}

// prepareIdle makes the states in which no match has begun.
func (q *quick) prepareIdle() {
	for _, before := range [...]rune{'a', ' ', '\n', endOfText} {
		q.idle = max(q.idle, q.start(true, before))
	}
	q.afterWord, q.afterOther = q.start(true, 'a'), q.start(true, ' ')
	q.dull = make([]atomic.Uint32, q.width)
	for class, r := range q.classes.chars {
		switch q.kind(r) {
		case 'a':
			q.dull[class].Store(dullAfterWord << dullBits)
		case ' ':
			q.dull[class].Store(dullAfterOther << dullBits)
		}
	}
}

// program compiles an expression.
func program(tree *syntax.Regexp) *syntax.Prog {
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil {
		panic("pattern: " + err.Error()) // not after it was parsed
	}
	return prog
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
	at := uint32(len(q.states) * q.width)
	if len(q.states) >= maxStates || at >= maxTable {
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

// step makes the step from a state by a class of characters, and returns it with the table that it stands in. The class behind the
// last stands for the end of the text.
func (q *quick) step(from uint32, class int) (uint32, []uint32) {
	q.mu.Lock()
	defer q.mu.Unlock()
	char := endOfText
	if class < len(q.classes.chars) {
		char = q.classes.chars[class]
	}
	s := &q.states[int(from)/q.width]
	q.list = q.list[:0]
	clear(q.visited)
	flags := syntax.EmptyOpContext(s.before, char)
	over := false
	for _, pc := range s.list {
		if over = q.follow(pc, flags, char); over {
			break
		}
	}
	if s.search && !over {
		over = q.follow(uint32(q.prog.Start), flags, char)
	}
	made := uint32(0)
	if char != endOfText && !(s.search && over) {
		made = q.place(q.kind(char), s.search)
	}
	if over {
		made |= halts | ends
	} else if made == 0 {
		made = halts
	}
	atomic.StoreUint32(&(*q.table.Load())[int(from)+class], made)
	if made <= q.idle && char != endOfText && q.kind(char) != '\n' {
		if from == q.afterWord {
			q.dull[class].Or(dullAfterWord)
		}
		if from == q.afterOther { // which is the same state without \b
			q.dull[class].Or(dullAfterOther)
		}
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

// look returns the step from a state by the character at i or the end of the text, the size of that, and the table to go on with.
func (q *quick) look(table []uint32, from uint32, s string, i int) (made uint32, size int, _ []uint32) {
	class := len(q.classes.chars)
	switch {
	case i == len(s):
	case s[i] < utf8.RuneSelf:
		class, size = int(q.classes.ascii[s[i]]), 1
	default:
		var char rune
		char, size = utf8.DecodeRuneInString(s[i:])
		class = q.classes.of(char)
	}
	if made = atomic.LoadUint32(&table[int(from)+class]); made == 0 {
		made, table = q.step(from, class)
	}
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

// matches reports whether a text may hold a match: it does where the automaton is exact.
func (q *quick) matches(s string) bool {
	_, end, _, known := q.run(!q.first, true, s, 0)
	return !known || end >= 0
}

// search returns where the match ends that ends first of those that start at i or behind it, negative where there is none, and a place
// before which no match starts that goes on to there: the first match starts from there on. Known is false where the
// automaton is not used any more.
func (q *quick) search(s string, i int) (begin, end int, known bool) {
	begin, end, _, known = q.run(true, true, s, i)
	return begin, end, known
}

// at returns where a match ends that starts at i, negative where there is none. Where the automaton is not exact, or
// not used any more, there may be none all the same, and it ends elsewhere: known is false then. Read is how much of the
// text was read.
func (q *quick) at(s string, i int) (end, read int, known bool) {
	_, end, read, known = q.run(false, false, s, i)
	return end, read, known && (q.exact || end < 0)
}

// run reads s from i on, for a match that starts there or, searching, at any place behind too. It returns where the first match ends that
// it comes to, where that is enough, else where the last one does; negative where there is none. Searching, begin is the last place before
// that at which no match had begun. Known is false where the automaton is not used any more.
func (q *quick) run(search, enough bool, s string, i int) (begin, end, read int, known bool) {
	if q.off.Load() {
		return i, i, 0, false
	}
	first, idle := i, uint32(0)
	if search {
		idle = q.idle
	}
	begin, end = i, -1
	from := q.start(search, last(s, i))
	for table := *q.table.Load(); ; {
		for i < len(s) {
			if from <= idle {
				i, from = q.skip(s, i, from)
				if begin = i; i == len(s) {
					break
				}
			}
			made := atomic.LoadUint32(&table[from+uint32(q.classes.ascii[s[i]])])
			if made-1 >= halts-1 {
				break // it is not made yet, or halts
			}
			from = made
			i++
		}
		made, size, next := q.look(table, from, s, i)
		if q.off.Load() {
			return i, i, 0, false
		}
		if made&ends != 0 {
			if end = i; enough {
				break
			}
		}
		if from = made &^ (halts | ends); from == 0 || size == 0 {
			break
		}
		table = next
		i += size
	}
	return begin, end, i - first + 1, true
}

// skip goes on from a state in which no match has begun to where one may begin, and returns the state there.
func (q *quick) skip(s string, i int, from uint32) (int, uint32) {
	behind := uint32(0)
	switch from {
	case q.afterWord:
		behind = dullAfterWord
	case q.afterOther:
		behind = dullAfterOther
	}
	for i < len(s) {
		d := q.dull[q.classes.ascii[s[i]]].Load()
		if d&behind == 0 {
			break
		}
		behind = d >> dullBits
		i++
	}
	switch behind {
	case dullAfterWord:
		from = q.afterWord
	case dullAfterOther:
		from = q.afterOther
	}
	return i, from
}
