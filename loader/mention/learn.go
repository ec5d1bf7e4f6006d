package mention

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/picograph/picograph/loader/document"
)

// Example is a sentence whose mentions are known. Whole lists the kinds of which every mention is marked; of another kind
// the marked ones are known, and of the rest of the sentence nothing is.
type Example struct {
	Text  string
	Span  document.Span
	Role  document.Role
	Known []Mention
	Whole []Kind
}

// Learner learns weights from examples: an averaged structured perceptron (Collins, EMNLP 2002), with a margin between the
// right reading and the others, and, where a sentence is marked in part, the best reading that agrees with what is
// marked for the right one. It works with whole numbers, so it gives the same weights everywhere.
type Learner struct {
	Rounds int    // how often each example is seen
	Seed   uint64 // of the order in which examples are seen
	Margin int    // how much better than a wrong label the right one has to score, by weights that change by 1
	Miss   int    // how many times that much where the wrong label is that of no mention

	examples []lesson
}

// lesson is an example as the learner sees it: for each group the labels that each token may have; nil where the group
// is not marked.
type lesson struct {
	tokens  []token
	rows    []uint32
	allowed [len(groups)][]uint8
}

// unit is one update, in quantised weights.
const unit = 8

// Add adds an example.
func (l *Learner) Add(e Example) {
	var x scratch
	x.read(e.Text, e.Span, e.Role)
	if len(x.tokens) == 0 {
		return
	}
	a := lesson{tokens: x.tokens, rows: x.rows}
	for g := range groups {
		a.allowed[g] = allow(x.tokens, e, g)
	}
	l.examples = append(l.examples, a)
}

// allow returns the labels of a group that each token of an example may have.
func allow(ts []token, e Example, g int) []uint8 {
	lo, hi := groups[g][0], groups[g][1]
	all := uint8(1<<hi - 1<<lo)
	whole, known := true, false
	for l := lo + 1; l < hi; l += 2 {
		whole = whole && slices.Contains(e.Whole, kindOf(l))
		known = known || slices.ContainsFunc(e.Known, func(m Mention) bool { return m.Kind == kindOf(l) })
	}
	if !whole && !known {
		return nil
	}
	out := make([]uint8, len(ts))
	for i := range out {
		out[i] = all
		if whole {
			out[i] = 1 << lo
		}
	}
	for _, m := range e.Known {
		begins := labelOf(m.Kind)
		if begins < lo || begins >= hi {
			continue
		}
		at := begins
		for i := range ts {
			if ts[i].Overlaps(m.Span) {
				out[i] = 1 << at
				at = begins + 1
			} else if at != begins {
				out[i] &^= 1 << at // it ends here
				break
			}
		}
	}
	return out
}

// Learn returns the weights learned, as Load reads them.
func (l *Learner) Learn() []byte {
	p := &perceptron{w: make([]int32, labels<<bits), sum: make([]int64, labels<<bits), margin: int32(l.Margin), miss: int32(l.Margin * (l.Miss - 1)), now: 1}
	order := make([]int, len(l.examples))
	for i := range order {
		order[i] = i
	}
	dice := rand.New(rand.NewPCG(l.Seed, 0))
	for range l.Rounds {
		dice.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			for g := range groups {
				if l.examples[i].allowed[g] != nil {
					p.see(&l.examples[i], g)
				}
			}
			p.now++
		}
	}
	return p.averaged().marshal()
}

// perceptron is the state of learning: the weights now, and what they would have to be changed by to be the mean of all
// weights so far, times the number of examples seen.
type perceptron struct {
	w       []int32
	sum     []int64
	steps   weights // its steps alone
	stepSum [labels][labels]int64
	margin  int32
	miss    int32
	now     int64
	x       scratch
	want    []uint8
}

// see learns from a group of an example.
func (p *perceptron) see(e *lesson, g int) {
	x := &p.x
	x.tokens, x.rows = e.tokens, e.rows
	x.size()
	for i := range x.tokens {
		var sum [8]int32
		for _, row := range x.rows[i*perToken : (i+1)*perToken] {
			for k, v := range p.w[row*labels : row*labels+labels] {
				sum[k] += v
			}
		}
		x.scores[i] = sum
	}
	x.decode(&p.steps, g, e.allowed[g], never, 0)
	p.want = append(p.want[:0], x.labels...)
	x.decode(&p.steps, g, e.allowed[g], p.margin, p.miss)
	for i, got := range x.labels {
		want := p.want[i]
		if got != want {
			for _, row := range x.rows[i*perToken : (i+1)*perToken] {
				p.change(int(row)*labels+int(want), 1)
				p.change(int(row)*labels+int(got), -1)
			}
		}
		if i > 0 && (got != want || x.labels[i-1] != p.want[i-1]) {
			p.step(p.want[i-1], want, 1)
			p.step(x.labels[i-1], got, -1)
		}
	}
}

func (p *perceptron) change(at int, by int32) {
	p.w[at] += by
	p.sum[at] += p.now * int64(by)
}

func (p *perceptron) step(a, b uint8, by int32) {
	p.steps.steps[a][b] += by
	p.stepSum[a][b] += p.now * int64(by)
}

// averaged returns the mean weights, quantised.
func (p *perceptron) averaged() *weights {
	w := &weights{table: make([]byte, 2*len(p.w))}
	mean := func(now int32, sum int64) float64 { return float64(int64(now)*p.now-sum) / float64(p.now) }
	for i := range p.w {
		q := math.Round(mean(p.w[i], p.sum[i]) * unit)
		binary.LittleEndian.PutUint16(w.table[2*i:], uint16(limit+max(-limit, min(limit, q))))
	}
	for a := range labels {
		for b := range labels {
			w.steps[a][b] = int32(max(-math.MaxInt16, min(math.MaxInt16, math.Round(mean(p.steps.steps[a][b], p.stepSum[a][b])*unit))))
		}
	}
	return w
}
