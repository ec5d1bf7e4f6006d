package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How much text makes a repetition, in letters and digits: a sentence by itself, a line by itself, a run of
// sentences. Short sentences that stand twice ("There was no difference between groups.") may say two things.
const (
	repeatedSentence = 60
	repeatedLine     = 25
	repeatedRun      = 40
)

// imprint is a unit's letters and digits, as a digest and a count.
type imprint struct {
	sum   uint64
	count int
}

// imprintOf digests the letters and digits of s, without regard to case. Two digests, mixed differently, are folded
// into one, so that texts of equal count and digest are equal for all purposes.
func imprintOf(s string) imprint {
	a, b, n := uint64(14695981039346656037), uint64(0x9E3779B97F4A7C15), 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			c := uint64(unicode.ToLower(r))
			a = (a ^ c) * 1099511628211
			b = (b<<7 | b>>57) + c*0xBF58476D1CE4E5B9
			n++
		}
	}
	return imprint{a ^ b, n}
}

// repetitions skips the units that say again what stood before: a long sentence, a line, or a run of sentences in
// the same order. The first copy is kept.
func (p *parser) repetitions() {
	prints := make([]imprint, len(p.units))
	first := make(map[imprint]int, len(p.units))
	for i, u := range p.units {
		prints[i] = imprintOf(p.text[u.Start:u.End])
		if _, ok := first[prints[i]]; !ok && u.skip == "" && prints[i].count > 0 {
			first[prints[i]] = i
		}
	}
	for i := 0; i < len(p.units); {
		j, ok := first[prints[i]]
		if !ok || j >= i || p.units[i].skip != "" {
			i++
			continue
		}
		n, letters := 0, 0 // the run: units i.. equal units j..
		for i+n < len(p.units) && j+n < i && p.units[i+n].skip == "" && prints[i+n] == prints[j+n] {
			letters += prints[i+n].count
			n++
		}
		if p.repeats(i, n, letters) {
			for k := range n {
				p.units[i+k].skip = ReasonRepetition
			}
			p.units[i].begins = true
		}
		i += n
	}
	p.previews(prints)
}

// repeats reports whether a run of n units from i, that stood before, is enough to be a repetition.
func (p *parser) repeats(i, n, letters int) bool {
	if p.parts[p.units[i].part].role == References {
		return letters >= repeatedSentence
	}
	switch {
	case n > 1:
		return letters >= repeatedRun
	case p.units[i].whole:
		return letters >= repeatedLine
	}
	return letters >= repeatedSentence
}

// previews skips a sentence that is cut off ("The two groups did not ...") when a sentence begins in the same way
// and goes on: pages print such a preview before or after the whole text.
func (p *parser) previews(prints []imprint) {
	byStart := make(map[uint64][]int)
	var cut []int
	for i, u := range p.units {
		if u.skip != "" {
			continue
		}
		s := p.text[u.Start:u.End]
		if t := strings.TrimRight(s, "] )"); strings.HasSuffix(t, "...") || strings.HasSuffix(t, "…") {
			cut = append(cut, i)
			continue
		}
		if k := p.startKey(u.Start, u.End); k != 0 && len(byStart[k]) < 4 {
			byStart[k] = append(byStart[k], i)
		}
	}
	for _, i := range cut {
		u := &p.units[i]
		for _, j := range byStart[p.startKey(u.Start, u.End)] {
			if prints[i].count >= repeatedLine && p.beginsWith(p.units[j].Span, prints[i]) {
				u.skip, u.begins = ReasonRepetition, true
				break
			}
		}
	}
}

// beginsWith reports whether the first letters and digits of s are those of want.
func (p *parser) beginsWith(s Span, want imprint) bool {
	n := 0
	for i := s.Start; i < s.End; {
		r, size := utf8.DecodeRuneInString(p.text[i:s.End])
		i += size
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if n++; n == want.count {
				return imprintOf(p.text[s.Start:i]) == want
			}
		}
	}
	return false
}
