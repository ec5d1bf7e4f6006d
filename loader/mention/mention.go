// Package mention finds where a sentence of a trial report names an outcome, an intervention or those who took part, by a
// linear model over the words and their neighbours. It is for names that no vocabulary holds. It knows neither concepts
// nor studies, and what it finds is a stretch of text, never a claim: whoever uses it decides what the stretch means.
//
// The weights are embedded, as numbers of hashed features: no word of the texts that they were learned from is in them.
// docs/models.md says what those texts are, how to learn the weights again, how well they do, and which other models were tried.
package mention

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/picograph/picograph/loader/document"
)

// Kind is what a mention names.
type Kind uint8

// The kinds of mention. Mentions of outcomes may overlap those of the other two kinds, which do not overlap each other.
const (
	Outcome Kind = iota
	Intervention
	Participants
)

func (k Kind) String() string {
	return [...]string{"outcome", "intervention", "participants"}[k]
}

// Mention is a stretch of text that names something.
type Mention struct {
	document.Span
	Kind Kind
}

//go:embed weights.bin
var embedded []byte

// Tagger finds mentions with one set of weights. It is safe for use by several goroutines.
type Tagger struct {
	w    *weights
	work sync.Pool // of *scratch
}

// New returns the tagger with the embedded weights; every call returns the same one.
func New() *Tagger { return ready() }

var ready = sync.OnceValue(func() *Tagger {
	t, err := Load(embedded)
	if err != nil {
		panic(err) // a test reads them
	}
	return t
})

// Load returns the tagger with weights as a Learner wrote them. The bytes are kept, not copied.
func Load(b []byte) (*Tagger, error) {
	w, err := parse(b)
	if err != nil {
		return nil, fmt.Errorf("reading the weights of mentions: %w", err)
	}
	return &Tagger{w: w, work: sync.Pool{New: func() any { return new(scratch) }}}, nil
}

// Append appends to dst the mentions in the sentence at s, in text order by kind, and returns it. Role is that of the
// section that the sentence stands in. The time is linear in the sentence.
func (t *Tagger) Append(dst []Mention, text string, s document.Span, role document.Role) []Mention {
	x := t.work.Get().(*scratch)
	defer t.work.Put(x)
	x.read(text, s, role)
	x.score(t.w)
	for g := range groups {
		x.decode(t.w, g, nil, 0, 0)
		dst = x.mentions(dst, g)
	}
	return dst
}
