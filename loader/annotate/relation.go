package annotate

import (
	"strings"

	"github.com/picograph/picograph/graph/quantity"
)

// comparison reads a relation in words before a number: "less than", "at least", "no more than".
func (p *parser) comparison(k int) (quantity.Relation, int) {
	if p.isWord(k, wNo, wNot) {
		rel, n := p.than(k + 1)
		switch rel {
		case quantity.Above:
			return quantity.AtMost, n
		case quantity.Below:
			return quantity.AtLeast, n
		}
		return "", 0
	}
	if rel, n := p.than(k); n > 0 {
		return rel, n
	}
	t := p.at(k)
	if t.kind != tWord {
		return "", 0
	}
	switch t.word.id() {
	case wAbove, wExceeding:
		if !p.isWord(k+1, wThe) {
			return quantity.Above, k + 1
		}
	case wBelow, wUnder:
		return quantity.Below, k + 1
	case wOver:
		f, n := p.figure(k+1, false)
		if n > 0 && (p.aged(k+1, n) || f.percent || f.unit != "" && !p.isTime(f.unit)) {
			return quantity.Above, k + 1
		}
	}
	for _, b := range boundWords {
		if t.word.id() == b.first && p.isWord(k+1, b.second) {
			return b.rel, k + 2
		}
	}
	return "", 0
}

// boundWords are the pairs of words that give a bound.
var boundWords = []struct {
	first, second word
	rel           quantity.Relation
}{
	{wAt, wLeast, quantity.AtLeast},
	{wAt, wMost, quantity.AtMost},
	{wUp, wTo, quantity.AtMost},
	{wMinimum, wOf, quantity.AtLeast},
	{wMaximum, wOf, quantity.AtMost},
}

// than reads "more than", "fewer than", "greater than or equal to".
func (p *parser) than(k int) (quantity.Relation, int) {
	var rel, orEqual quantity.Relation
	switch {
	case p.isWord(k, wMore, wGreater, wHigher, wOlder):
		rel, orEqual = quantity.Above, quantity.AtLeast
	case p.isWord(k, wLess, wFewer, wLower, wYounger):
		rel, orEqual = quantity.Below, quantity.AtMost
	default:
		return "", 0
	}
	if !p.isWord(k+1, wThan) {
		return "", 0
	}
	k += 2
	if p.isWord(k, wOr) && p.is(k+1, tWord) && (p.isWord(k+1, wEquivalent) || strings.EqualFold(p.raw(k+1), "equal")) {
		k += 2
		if p.isWord(k, wTo) {
			k++
		}
		return orEqual, k
	}
	return rel, k
}

// orMore returns the token after "or more", "or greater", "and older", "or less", or 0.
func (p *parser) orMore(n int) int {
	if p.is(n, tPlus) && !p.tok[n].spaced {
		return n + 1
	}
	if !p.isWord(n, wOr, wAnd) {
		return 0
	}
	if p.isWord(n+1, wMore, wGreater, wHigher, wOlder, wAbove, wOver, wLess, wFewer, wLower, wYounger, wBelow, wUnder) && !p.isWord(n+2, wThan) {
		if p.isWord(n, wAnd) && !p.isWord(n+1, wOlder, wAbove, wOver, wYounger, wBelow, wUnder, wHigher) {
			return 0
		}
		return n + 2
	}
	if p.is(n+1, tWord) && (strings.EqualFold(p.raw(n+1), "longer") || strings.EqualFold(p.raw(n+1), "up") || strings.EqualFold(p.raw(n+1), "worse") || strings.EqualFold(p.raw(n+1), "better")) {
		return n + 2
	}
	return 0
}

func (p *parser) moreRelation(n int) quantity.Relation {
	if p.is(n, tPlus) {
		return quantity.AtLeast
	}
	if p.isWord(n+1, wLess, wFewer, wLower, wYounger, wBelow, wUnder) {
		return quantity.AtMost
	}
	return quantity.AtLeast
}

// lostSign reports whether an equals sign stands where a "≥" or "≤" was lost in copying: before a number, with
// nothing at its left that a number could be the value of.
func (p *parser) lostSign(i int) bool {
	if !p.is(i+1, tNumber) {
		return false
	}
	if i == 0 {
		return true
	}
	left := p.tok[i-1]
	switch left.kind {
	case tOpen, tComma, tSemicolon:
		return true
	case tWord:
		if !p.tok[i].spaced || p.tok[i+1].spaced {
			return false
		}
		if left.end-left.start <= 2 || left.word.is(fMeasure) {
			return false
		}
		switch left.word.id() {
		case wN, wP, wSD, wSE, wMean, wMedian, wCI, wIQR, wRange, wValue, wDifference, wInteraction, wTrend:
			return false
		}
		return true
	case tNumber, tPercent, tClose:
		return false
	}
	return false
}
