package document

import (
	_ "embed" // the word list
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

// functionWords maps a small word to the languages that use it.
var functionWords = sync.OnceValue(func() map[string][]string {
	m := make(map[string][]string)
	for row := range strings.Lines(languageRows) {
		language, list, ok := strings.Cut(strings.TrimSpace(row), "\t")
		if !ok || strings.HasPrefix(language, "#") {
			continue
		}
		for _, w := range strings.Fields(list) {
			m[w] = append(m[w], language)
		}
	}
	return m
})

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
	latin   int            // letters of the Latin script
	script  map[string]int // letters of scripts that tell a language
	small   map[string]int // function words
	letters int
	words   int
}

// hear adds the text to what speaks for each language.
func (t *tongue) hear(s string) {
	if t.script == nil {
		t.script, t.small = make(map[string]int), make(map[string]int)
	}
	table := functionWords()
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
		for _, language := range table[string(lowered(lower[:0], w))] {
			t.small[language]++
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
						t.script[sc.language]++
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
	names := make([]string, 0, len(t.small))
	for name := range t.small {
		names = append(names, name)
	}
	sort.Strings(names)
	first, second, best := 0, 0, ""
	for _, name := range names {
		switch n := t.small[name]; {
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
