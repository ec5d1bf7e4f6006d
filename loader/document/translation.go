package document

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How much of what languages share - numbers, identifiers, abbreviations - makes one text the translation of another.
const (
	fewestAnchors = 3
	sharedPercent = 60
)

// translations finds the language of each block, and skips the text of the languages that tell again what the
// document's own language tells. It returns the document's language. A text in a second language that shares little
// with the first is kept.
func (p *parser) translations() string {
	p.listen()
	letters := make(map[string]int)
	for i := range p.units {
		if u := &p.units[i]; u.skip == "" && u.language != "" {
			letters[u.language] += u.Len()
		}
	}
	main := mainLanguage(letters)
	if len(letters) < 2 {
		return main
	}
	own := make(map[string]bool)
	p.anchors(own, func(u *unit) bool { return u.language == main || u.language == "" })
	others := make([]string, 0, len(letters))
	for language := range letters {
		if language != main {
			others = append(others, language)
		}
	}
	sort.Strings(others)
	for _, language := range others {
		theirs := make(map[string]bool)
		p.anchors(theirs, func(u *unit) bool { return u.language == language })
		shared := 0
		for a := range theirs {
			if own[a] {
				shared++
			}
		}
		if len(theirs) >= fewestAnchors && shared*100 >= sharedPercent*len(theirs) {
			p.skipLanguage(language, main)
		}
	}
	return main
}

// mainLanguage is the preferred language where there is a substantial text in it, or half as much as in any other, else the one with the most text.
func mainLanguage(letters map[string]int) string {
	most := 0
	for _, n := range letters {
		most = max(most, n)
	}
	if n := letters[preferred]; n >= substantial || n*2 >= most && n > 0 {
		return preferred
	}
	best := ""
	names := make([]string, 0, len(letters))
	for language := range letters {
		names = append(names, language)
	}
	sort.Strings(names)
	for _, language := range names {
		if best == "" || letters[language] > letters[best] {
			best = language
		}
	}
	return best
}

// listen finds the language of each unit: by its own script, else by the small words of the part of its block that
// is in one script. A unit that says too little is of its neighbours' language where both are of one.
func (p *parser) listen() {
	for i := 0; i < len(p.units); {
		j := i
		var t tongue
		for ; j < len(p.units) && p.units[j].block == p.units[i].block; j++ {
			u := &p.units[j]
			if u.skip != "" {
				continue
			}
			var own tongue
			own.hear(p.text[u.Start:min(u.End, u.Start+MaxSentence)])
			if l := own.language(); len(own.script) > 0 && l != "" && l != "en" && !latinLanguage(l) {
				u.language = l
				continue
			}
			if p.named(u) {
				continue
			}
			t.join(&own)
		}
		language := t.language()
		for k := i; k < j; k++ {
			if u := &p.units[k]; u.skip == "" && u.language == "" && !p.named(u) {
				u.language = language
			}
		}
		i = j
	}
	p.neighbours()
}

// named reports whether a unit is names and numbers, which are of no language.
func (p *parser) named(u *unit) bool {
	switch p.parts[u.part].role {
	case Authors, Affiliation, Citation, References, Registration:
		return true
	}
	return false
}

// latinLanguage reports whether a language is told by its words, not by its script.
func latinLanguage(l string) bool {
	for _, sc := range scripts {
		if sc.language == l {
			return false
		}
	}
	return true
}

// neighbours gives a unit without a language of its own that of the unit before it, where it has a letter of that
// language's script or the unit after it is of the same language.
func (p *parser) neighbours() {
	before := ""
	after := make([]string, len(p.units)) // the language of the next unit that has one
	next := ""
	for i := len(p.units) - 1; i >= 0; i-- {
		after[i] = next
		if p.units[i].skip == "" && p.units[i].language != "" {
			next = p.units[i].language
		}
	}
	for i := range p.units {
		u := &p.units[i]
		if u.skip != "" {
			continue
		}
		if u.language == "" && before != "" {
			var own tongue
			own.hear(p.text[u.Start:min(u.End, u.Start+MaxSentence)])
			if own.script[before] > 0 || after[i] == before {
				u.language = before
			}
		}
		if u.language != "" {
			before = u.language
		}
	}
}

// anchors collects what a translation keeps: numbers, by their digits alone, and words with two or more Latin
// capitals.
func (p *parser) anchors(set map[string]bool, of func(*unit) bool) {
	for i := range p.units {
		u := &p.units[i]
		if u.skip != "" || !of(u) {
			continue
		}
		s := p.text[u.Start:u.End]
		for j := 0; j < len(s); {
			r, size := utf8.DecodeRuneInString(s[j:])
			switch {
			case '0' <= r && r <= '9':
				k := j
				for k < len(s) && ('0' <= s[k] && s[k] <= '9' || k+1 < len(s) && strings.IndexByte(".,", s[k]) >= 0 && '0' <= s[k+1] && s[k+1] <= '9') {
					k++
				}
				digits := strings.TrimLeft(strings.NewReplacer(".", "", ",", "").Replace(s[j:k]), "0")
				if len(digits) >= 2 && len(digits) < 40 {
					set[digits] = true
				}
				j = k
				continue
			case 'A' <= r && r <= 'Z':
				k := j
				for k < len(s) && ('A' <= s[k] && s[k] <= 'Z' || '0' <= s[k] && s[k] <= '9') {
					k++
				}
				if k-j >= 3 && k-j <= 20 {
					set[s[j:k]] = true
				}
				for k < len(s) && 'a' <= s[k] && s[k] <= 'z' {
					k++
				}
				j = k
				continue
			case unicode.IsLetter(r) && r < utf8.RuneSelf:
				k := j
				for k < len(s) && ('a' <= s[k] && s[k] <= 'z' || 'A' <= s[k] && s[k] <= 'Z') {
					k++
				}
				j = k
				continue
			}
			j += size
		}
	}
}

// skipLanguage skips the units of a language: a translation of the text above, or below where the text comes later.
func (p *parser) skipLanguage(language, main string) {
	where := "below"
	for i := range p.units {
		u := &p.units[i]
		if u.skip != "" {
			continue
		}
		switch u.language {
		case main:
			where = "above"
		case language:
			u.skip = ReasonTranslation + " " + where + " (" + language + ")"
		}
	}
}
