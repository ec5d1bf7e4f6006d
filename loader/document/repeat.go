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
	for i, u := range p.units {
		prints[i] = imprintOf(p.text[u.Start:u.End])
	}
	type places struct{ first, last int }
	stood := make(map[imprint]places, len(p.units))
	for i := 0; i < len(p.units); {
		at, ok := stood[prints[i]]
		n, letters := 0, 0
		if ok && p.units[i].skip == "" {
			n, letters = p.run(prints, i, at.first)
			if m, more := p.run(prints, i, at.last); m > n {
				n, letters = m, more
			}
		}
		if n > 0 && p.repeats(i, n, letters) {
			for k := range n {
				p.units[i+k].skip = ReasonRepetition
			}
			p.units[i].begins = true
			i += n
			continue
		}
		for k := range max(n, 1) {
			if u := p.units[i+k]; u.skip == "" && prints[i+k].count > 0 {
				if _, ok := stood[prints[i+k]]; !ok {
					stood[prints[i+k]] = places{i + k, i + k}
				} else {
					stood[prints[i+k]] = places{stood[prints[i+k]].first, i + k}
				}
			}
		}
		i += max(n, 1)
	}
}

// run returns how many units from i are equal to those from j, which stand before them, and their letters.
func (p *parser) run(prints []imprint, i, j int) (n, letters int) {
	for i+n < len(p.units) && j+n < i && p.units[i+n].skip == "" && prints[i+n] == prints[j+n] {
		letters += prints[i+n].count
		n++
	}
	return n, letters
}

// stood reports whether a line has stood before as a line.
func (p *parser) stood(s Span) bool {
	want := imprintOf(p.text[s.Start:s.End])
	if want.count < repeatedLine {
		return false
	}
	for i := range min(len(p.units), 12) { // titles stand near the beginning
		if u := p.units[i]; u.whole && u.skip == "" && imprintOf(p.text[u.Start:u.End]) == want {
			return true
		}
	}
	return false
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

// previews skips a sentence that is cut off ("The two groups did not ...") when a later one begins in the same way and
// goes on, and the sentences before it in its block that stand before the later one too: pages print such a preview
// before the whole text.
func (p *parser) previews() {
	byStart := make(map[uint64][]int)
	for i := len(p.units) - 1; i >= 0; i-- {
		u := &p.units[i]
		key := p.startKey(u.Start, u.End)
		if u.skip != "" || key == 0 {
			continue
		}
		s := strings.TrimRight(p.text[u.Start:min(u.End, u.Start+MaxSentence)], "] )")
		if !strings.HasSuffix(s, "...") && !strings.HasSuffix(s, "…") {
			if len(byStart[key]) < 4 {
				byStart[key] = append(byStart[key], i)
			}
			continue
		}
		want := imprintOf(p.text[u.Start:u.End])
		for _, j := range byStart[key] {
			if want.count >= repeatedLine && p.beginsWith(p.units[j].Span, want) {
				p.skipPreview(i, j)
				break
			}
		}
	}
}

// skipPreview skips the cut sentence i, which j tells in full, and those before it that stand before j.
func (p *parser) skipPreview(i, j int) {
	block := p.units[i].block
	p.units[i].skip = ReasonPreview
	for i, j = i-1, j-1; i >= 0 && j > i && p.units[i].block == block && p.units[i].skip == ""; i, j = i-1, j-1 {
		a, b := p.units[i].Span, p.units[j].Span
		if imprintOf(p.text[a.Start:a.End]) != imprintOf(p.text[b.Start:b.End]) {
			break
		}
		p.units[i].skip = ReasonPreview
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
