package document

import (
	_ "embed" // the word lists
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed abbreviations.tsv
var abbreviationRows string

//go:embed starters.txt
var starterWords string

// What a word says of the full stop after it.
const (
	notShort    = iota // nothing
	shortNever         // it belongs to the word
	shortNumber        // it belongs to the word where a number follows
	shortMaybe         // it belongs to the word unless the next word is one that begins sentences
	shortUnit          // the same, but it ends where a number stands before it and any word in upper case after it
	letterAfter        // nothing; but a single capital after this word is the name of a group
)

var abbreviations = sync.OnceValue(func() map[string]int {
	kinds := map[string]int{"never": shortNever, "number": shortNumber, "maybe": shortMaybe, "unit": shortUnit, "letter": letterAfter}
	m := make(map[string]int)
	for row := range strings.Lines(abbreviationRows) {
		kind, words, _ := strings.Cut(strings.TrimSpace(row), "\t")
		if k, ok := kinds[kind]; ok {
			for _, w := range strings.Fields(words) {
				m[w] = k
			}
		}
	}
	return m
})

var starters = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(starterWords) {
		m[w] = true
	}
	return m
})

// abbreviation says what the word before a full stop says of it.
func abbreviation(word string) int {
	m := abbreviations()
	if k, ok := m[word]; ok {
		return k
	}
	if len(word) == 1 {
		return notShort
	}
	return m[strings.ToLower(word)]
}

// starter reports whether s begins with a word, in upper case, that begins sentences rather than names.
func starter(s string) bool {
	s = s[:min(len(s), 60)]
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
	if end < 0 {
		end = len(s)
	}
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && starters()[strings.ToLower(s[:end])]
}
