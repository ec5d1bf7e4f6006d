package document

import (
	_ "embed" // the word list
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed languages.tsv
var languageRows string

// preferred is the language that a text is read in when it stands there in several: the vocabulary is written in it.
const preferred = "en"

// substantial is how many letters of the preferred language make it the document's language.
const substantial = 300

// small is the languages that have small words, sorted, and each of the words with the numbers of those that use it.
type small struct {
	languages []string
	words     map[string][]uint8
}

// maxLanguages is how many languages may have small words.
const maxLanguages = 16

// functionWords returns the small words of languages.
var functionWords = sync.OnceValue(func() *small {
	lists := make(map[string]string)
	m := &small{words: make(map[string][]uint8)}
	for row := range strings.Lines(languageRows) {
		language, list, ok := strings.Cut(strings.TrimSpace(row), "\t")
		if !ok || strings.HasPrefix(language, "#") {
			continue
		}
		lists[language] = list
		m.languages = append(m.languages, language)
	}
	sort.Strings(m.languages)
	for n, language := range m.languages {
		for _, w := range strings.Fields(lists[language]) {
			m.words[w] = append(m.words[w], uint8(n))
		}
	}
	return m
})

// has reports whether a language has a small word.
func (m *small) has(language, word string) bool {
	return slices.ContainsFunc(m.words[word], func(n uint8) bool { return m.languages[n] == language })
}

// scripts are the scripts that by themselves tell a language, in the order they are asked.
var scripts = []struct {
	language string
	table    *unicode.RangeTable
}{
	{"ja", unicode.Hiragana},
	{"ja", unicode.Katakana},
	{"ko", unicode.Hangul},
	{"zh", unicode.Han},
	{"ru", unicode.Cyrillic},
	{"el", unicode.Greek},
	{"ar", unicode.Arabic},
	{"he", unicode.Hebrew},
	{"th", unicode.Thai},
	{"hi", unicode.Devanagari},
}

// tongue is what speaks for each language in a stretch of text.
type tongue struct {
	latin   int               // letters of the Latin script
	script  map[string]int    // letters of scripts that tell a language
	small   [maxLanguages]int // function words
	letters int
	words   int
}

// hear adds the text to what speaks for each language.
func (t *tongue) hear(s string) {
	table := functionWords().words
	word := -1
	heard := func(from, to int) {
		if from < 0 || to-from >= 16 {
			return
		}
		t.words++
		w := s[from:to]
		if len(w) == 1 && w[0] < 'a' {
			return // an initial
		}
		var lower [16]byte
		for _, n := range table[string(lowered(lower[:0], w))] {
			t.small[n]++
		}
	}
	for i, r := range s {
		if unicode.IsLetter(r) {
			t.letters++
			if r < 0x250 {
				t.latin++
			} else {
				for _, sc := range scripts {
					if unicode.Is(sc.table, r) {
						t.tell(sc.language, 1)
						break
					}
				}
			}
			if word < 0 {
				word = i
			}
			continue
		}
		if r == '\'' || r == '’' {
			continue
		}
		heard(word, i)
		word = -1
	}
	heard(word, len(s))
}

// tell adds letters of a script that tells a language.
func (t *tongue) tell(language string, letters int) {
	if t.script == nil {
		t.script = make(map[string]int)
	}
	t.script[language] += letters
}

// join adds what was heard in another stretch.
func (t *tongue) join(o *tongue) {
	t.latin, t.letters, t.words = t.latin+o.latin, t.letters+o.letters, t.words+o.words
	for language, letters := range o.script {
		t.tell(language, letters)
	}
	for n, words := range o.small {
		t.small[n] += words
	}
}

// lowered appends a word in lower case.
func lowered(to []byte, w string) []byte {
	for i := range len(w) {
		c := w[i]
		if c >= utf8.RuneSelf {
			return append(to[:0], strings.ToLower(w)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}

// language returns the language that most speaks for, or "" when too little does.
func (t *tongue) language() string {
	foreign, best := 0, ""
	for _, sc := range scripts {
		if n := t.script[sc.language]; n > foreign {
			foreign, best = n, sc.language
		}
	}
	if best == "zh" && t.script["ja"]*10 > foreign {
		best = "ja" // kanji among kana
	}
	if foreign >= 4 && foreign*4 >= t.latin { // a letter of Han says more than one of Latin; Greek and units are few
		if best != "el" || foreign > t.latin {
			return best
		}
	}
	first, second, best := 0, 0, ""
	for k, name := range functionWords().languages {
		switch n := t.small[k]; {
		case n > first:
			first, second, best = n, first, name
		case n > second:
			second = n
		}
	}
	if first < 2 || first*10 < t.words || first*4 < second*5 {
		return ""
	}
	return best
}
