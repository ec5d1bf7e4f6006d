package pattern

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"
)

// classes puts each character into a class: a program does the same with all characters of one class.
type classes struct {
	ascii  [256]uint8 // by byte; for a byte outside ASCII, a number that no class has and that is not the end of the text
	bounds []rune     // where the stretches of characters of one class start, from 0 on
	class  []uint8    // of each stretch
	chars  []rune     // one of each class
}

// maxClasses leaves two numbers of a byte, for the end of the text and for a byte outside ASCII.
const maxClasses = 254

// of returns the class of a character.
func (c *classes) of(r rune) int {
	return int(c.class[sort.Search(len(c.bounds), func(k int) bool { return c.bounds[k] > r })-1])
}

// charset is a set of characters as pairs of bounds, ascending.
type charset []rune

var wordChars = charset{'0', '9', 'A', 'Z', '_', '_', 'a', 'z'}

// charsOf returns the characters that an instruction reads; ok is false where it reads none or any.
func charsOf(in *syntax.Inst) (set charset, ok bool) {
	switch in.Op {
	case syntax.InstRuneAnyNotNL:
		return charset{'\n', '\n'}, true // tells the same apart
	case syntax.InstRune, syntax.InstRune1:
		if len(in.Rune) != 1 {
			return charset(in.Rune), true
		}
		r := in.Rune[0]
		set = charset{r, r}
		if syntax.Flags(in.Arg)&syntax.FoldCase == 0 {
			return set, true
		}
		orbit := []rune{r}
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			orbit = append(orbit, f)
		}
		slices.Sort(orbit)
		set = set[:0]
		for _, r := range orbit {
			set = append(set, r, r)
		}
		return set, true
	}
	return nil, false
}

// classify returns the classes that a program tells apart, with the context that it asks for.
func classify(prog *syntax.Prog, context syntax.EmptyOp) classes {
	var sets []charset
	if context&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0 {
		sets = append(sets, wordChars)
	}
	if context&(syntax.EmptyBeginLine|syntax.EmptyEndLine) != 0 {
		sets = append(sets, charset{'\n', '\n'})
	}
	seen := map[string]bool{}
	var key []byte
	for i := range prog.Inst {
		set, ok := charsOf(&prog.Inst[i])
		if key = key[:0]; ok {
			for _, r := range set {
				key = binary.AppendUvarint(key, uint64(r))
			}
		}
		if ok && !seen[string(key)] {
			seen[string(key)] = true
			sets = append(sets, set)
		}
	}
	c := classes{bounds: []rune{0}}
	for _, set := range sets {
		for i := 0; i+1 < len(set); i += 2 {
			c.bounds = append(c.bounds, set[i], set[i+1]+1)
		}
	}
	slices.Sort(c.bounds)
	c.bounds = slices.Compact(c.bounds)
	c.split(sets)
	for b := range c.ascii {
		c.ascii[b] = uint8(len(c.chars) + 1)
		if b < utf8.RuneSelf {
			c.ascii[b] = uint8(c.of(rune(b)))
		}
	}
	return c
}

// split fills the classes of the stretches: those that lie in the same sets are of one class, as long as there are not too many.
func (c *classes) split(sets []charset) {
	class := make([]int, len(c.bounds))
	count := 1
	var parts []int // by class, twice, and in the set or not: the class, plus 1
	for _, set := range sets {
		parts = append(parts[:0], make([]int, 2*count)...)
		count = 0
		at := 0
		for k, r := range c.bounds {
			for at+1 < len(set) && set[at+1] < r {
				at += 2
			}
			p := 2 * class[k]
			if at+1 < len(set) && set[at] <= r {
				p++
			}
			if parts[p] == 0 {
				count++
				parts[p] = count
			}
			class[k] = parts[p] - 1
		}
	}
	c.chars = make([]rune, count)
	c.class = make([]uint8, len(class))
	for k := len(class) - 1; k >= 0; k-- {
		c.chars[class[k]] = c.bounds[k]
		c.class[k] = uint8(class[k])
	}
}
