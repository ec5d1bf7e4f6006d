package mention

import "encoding/binary"

// The labels of a token. Those of outcomes and those of the other two kinds are decoded apart, so that they can overlap:
// "the effect of iron on iron stores".
const (
	noOutcome = iota
	outcomeBegins
	outcomeGoesOn
	noOther
	interventionBegins
	interventionGoesOn
	participantsBegin
	participantsGoOn
	labels
)

// groups are the labels that are decoded together: from, to (exclusive).
var groups = [...][2]int{{noOutcome, noOther}, {noOther, labels}}

// goesOn reports whether a label continues a mention.
func goesOn(l int) bool {
	return l == outcomeGoesOn || l == interventionGoesOn || l == participantsGoOn
}

// follows reports whether label b can stand after label a: a mention goes on only where it began.
func follows(a, b int) bool { return !goesOn(b) || a == b || a == b-1 }

// worst is the score of what cannot be.
const worst = -1 << 28

// never is what a label gains that a token may not have.
const never = -1 << 26

// score sums the weights of each token's features.
func (x *scratch) score(w *weights) {
	x.size()
	for i := range x.tokens {
		var a, b uint64 // four sums each, of 16 bits
		for _, row := range x.rows[i*perToken : (i+1)*perToken] {
			r := w.table[row*2*labels : row*2*labels+2*labels]
			a += binary.LittleEndian.Uint64(r)
			b += binary.LittleEndian.Uint64(r[8:16])
		}
		for l := range 4 {
			x.scores[i][l] = int32(uint16(a>>(16*l))) - perToken*limit
			x.scores[i][l+4] = int32(uint16(b>>(16*l))) - perToken*limit
		}
	}
}

// size makes room for the tokens that were read.
func (x *scratch) size() {
	n := len(x.tokens)
	if cap(x.scores) < n {
		x.scores, x.forth = make([][8]int32, 2*n), make([][8]int32, 2*n)
		x.from, x.labels = make([][8]uint8, 2*n), make([]uint8, 2*n)
	}
	x.scores, x.forth, x.from, x.labels = x.scores[:n], x.forth[:n], x.from[:n], x.labels[:n]
}

// decode finds the best sequence of labels of a group (Viterbi) and puts it into x.labels. Where
// allowed is given, a label of a token whose bit is not set gains cost, and the label of no mention gains miss more.
func (x *scratch) decode(w *weights, group int, allowed []uint8, cost, miss int32) {
	lo, hi := groups[group][0], groups[group][1]
	for i := range x.scores {
		for l := lo; l < hi; l++ {
			best, from := int32(worst), lo
			if i == 0 {
				if !goesOn(l) {
					best = 0
				}
			} else {
				for p := lo; p < hi; p++ {
					if s := x.forth[i-1][p] + w.steps[p][l]; s > best && follows(p, l) {
						best, from = s, p
					}
				}
			}
			best += x.scores[i][l]
			if allowed != nil && allowed[i]&(1<<l) == 0 {
				best += cost
				if l == lo {
					best += miss
				}
			}
			x.forth[i][l], x.from[i][l] = max(best, worst), uint8(from)
		}
	}
	n := len(x.scores)
	if n == 0 {
		return
	}
	last := lo
	for l := lo; l < hi; l++ {
		if x.forth[n-1][l] > x.forth[n-1][last] {
			last = l
		}
	}
	for i := n - 1; i >= 0; i-- {
		x.labels[i] = uint8(last)
		last = int(x.from[i][last])
	}
}

// mentions appends what the labels decoded last mark.
func (x *scratch) mentions(dst []Mention, group int) []Mention {
	for i := 0; i < len(x.labels); i++ {
		l := int(x.labels[i])
		if l == groups[group][0] || goesOn(l) {
			continue
		}
		m := Mention{Span: x.tokens[i].Span, Kind: kindOf(l)}
		for i+1 < len(x.labels) && goesOn(int(x.labels[i+1])) {
			i++
			m.End = x.tokens[i].End
		}
		dst = append(dst, m)
	}
	return dst
}

// kindOf returns what a label that begins a mention marks.
func kindOf(l int) Kind {
	switch l {
	case outcomeBegins:
		return Outcome
	case interventionBegins:
		return Intervention
	}
	return Participants
}

// labelOf returns the label that begins a mention of a kind.
func labelOf(k Kind) int { return [...]int{outcomeBegins, interventionBegins, participantsBegin}[k] }
