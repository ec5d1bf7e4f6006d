package mention

import "github.com/picograph/picograph/loader/document"

// perToken is how many features a token has.
const perToken = 28

// scratch is what reading one sentence needs; it is used again for the next.
type scratch struct {
	tokens []token
	rows   []uint32   // perToken of each token: rows of the table of weights
	scores [][8]int32 // of each token, by label
	forth  [][8]int32 // the best reading up to a token that gives it a label
	from   [][8]uint8 // the label before, on that best reading
	labels []uint8    // of each token, as decoded
}

// read cuts a sentence into tokens and makes their features.
func (x *scratch) read(text string, s document.Span, role document.Role) {
	x.tokens = tokens(x.tokens[:0], text, s)
	x.rows = x.rows[:0]
	place := placeOf(role)
	link := uint32(1)
	for i := range x.tokens {
		x.rows = features(x.rows, x.tokens, i, place, link)
		if x.tokens[i].linking {
			link = x.tokens[i].word
		}
	}
}

// placeOf returns a number for the part of a report that a section is.
func placeOf(r document.Role) uint32 {
	switch r {
	case document.Title:
		return 2
	case document.Background, document.Objective:
		return 3
	case document.Methods:
		return 4
	case document.Results:
		return 5
	case document.Conclusions:
		return 6
	}
	return 1
}

// edge stands for the words before and after a sentence.
var edge = token{word: 7, prefix: 7, suffix: 7, ending: 7, shape: 7}

// features appends the rows of the table that the features of token i stand in. Link is the last linking word before
// it.
func features(dst []uint32, ts []token, i int, place, link uint32) []uint32 {
	at := func(k int) *token {
		if k < 0 || k >= len(ts) {
			return &edge
		}
		return &ts[k]
	}
	a2, a1, w, b1, b2 := at(i-2), at(i-1), &ts[i], at(i+1), at(i+2)
	next := uint32(1)
	for k := i + 1; k < len(ts) && k < i+8; k++ {
		if ts[k].linking {
			next = ts[k].word
			break
		}
	}
	form := place
	if w.first {
		form += 8
	}
	if w.upper {
		form += 16
	}
	form += uint32(w.depth) * 32
	n := uint32(0)
	add := func(h uint32) {
		n++
		h = (h ^ n*0x9e3779b1) * 0x85ebca6b
		dst = append(dst, (h^h>>15)*0xc2b2ae35>>(32-bits))
	}
	pair := func(p, q uint32) { add(p*31 + q ^ q>>16) }
	add(0)
	add(w.word)
	add(a1.word)
	add(b1.word)
	add(a2.word)
	add(b2.word)
	pair(a1.word, w.word)
	pair(w.word, b1.word)
	pair(a1.word, b1.word)
	pair(a2.word, a1.word)
	pair(b1.word, b2.word)
	add(w.prefix)
	add(w.suffix)
	add(w.ending)
	add(a1.suffix)
	add(b1.suffix)
	pair(a1.suffix, w.suffix)
	pair(w.suffix, b1.suffix)
	add(w.shape)
	pair(a1.shape*31+w.shape, b1.shape)
	pair(w.word, place)
	pair(w.shape, form)
	add(link)
	pair(link, w.word)
	pair(link, w.suffix)
	add(next)
	pair(next, w.suffix)
	pair(link*31+next, place)
	return dst
}
