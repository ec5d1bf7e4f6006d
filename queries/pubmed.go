package queries

import (
	"strings"

	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/queries/syntax"
)

// pubmedTags are the field tags of a search as PubMed has them, with the field of a query that each stands for; "" is a
// search of the text.
var pubmedTags = map[string]string{
	"intervention": "intervention", "i": "intervention", "drug": "intervention", "nm": "intervention",
	"comparator": "comparator", "c": "comparator", "control": "comparator",
	"outcome": "outcome", "o": "outcome",
	"population": "population", "p": "population", "patient": "population",
	"condition": "condition", "disease": "condition", "mh": "condition", "mesh": "condition", "mesh terms": "condition", "majr": "condition",
	"study": "study", "acronym": "study", "au": "study", "author": "study", "pmid": "study", "uid": "study", "si": "study", "doi": "study", "aid": "study",
	"pt": "design", "publication type": "design", "design": "design",
	"ad": "country", "affiliation": "country", "pl": "country", "country": "country",
	"dp": "year", "pdat": "year", "year": "year",
	"tiab": "text", "ti": "text", "ab": "text", "title": "text", "title/abstract": "text", "tw": "text", "text": "text", "all": "text", "all fields": "text",
}

var (
	pubmedTerm = lazyregexp.New(`^\s*(?:"([^"]+)"|“([^”]+)”|([^\[\]()"]+?))\s*\[([A-Za-z/ ]+)\]`)
	pubmedWord = lazyregexp.New(`(?i)^\s*(and|or|not)\b`)
	pubmedTag  = lazyregexp.New(`\[[A-Za-z/ ]+\]`)
)

// pubmedSearch reads terms with field tags, "tapering[intervention] AND pain[outcome]", as a query for findings, or for studies
// where no term is about a finding; false where the text is no such search.
func (l *lexicon) pubmedSearch(text string) (*syntax.Query, bool) {
	if !pubmedTag.MatchString(text) {
		return nil, false
	}
	p := &pubmedParser{lexicon: l, rest: text}
	c, ok := p.or()
	if !ok || strings.TrimSpace(p.rest) != "" {
		return nil, false
	}
	noun := "studies"
	syntax.Tests(c, func(t *syntax.Test) {
		switch t.Field {
		case "intervention", "outcome", "comparator":
			noun = "findings"
		}
	})
	return &syntax.Query{Selection: &syntax.Match{Noun: noun, Where: c}}, true
}

// pubmedParser reads a search: terms joined by AND, OR and NOT, and brackets.
type pubmedParser struct {
	*lexicon
	rest  string
	depth int
}

func (p *pubmedParser) word(words ...string) bool {
	m := pubmedWord.FindStringSubmatch(p.rest)
	for _, w := range words {
		if m != nil && strings.EqualFold(m[1], w) {
			p.rest = p.rest[len(m[0]):]
			return true
		}
	}
	return false
}

func (p *pubmedParser) or() (syntax.Condition, bool) {
	left, ok := p.and()
	for ok && p.word("or") {
		var right syntax.Condition
		if right, ok = p.and(); ok {
			left = &syntax.Or{Left: left, Right: right}
		}
	}
	return left, ok
}

func (p *pubmedParser) and() (syntax.Condition, bool) {
	left, ok := p.term()
	for ok {
		negated := p.word("not")
		if !negated && !p.word("and") {
			break
		}
		negated = negated || p.word("not")
		var right syntax.Condition
		if right, ok = p.term(); ok {
			if negated {
				right = &syntax.Not{Of: right}
			}
			left = &syntax.And{Left: left, Right: right}
		}
	}
	return left, ok
}

func (p *pubmedParser) term() (syntax.Condition, bool) {
	if p.depth++; p.depth > 100 {
		return nil, false
	}
	if after, ok := strings.CutPrefix(strings.TrimSpace(p.rest), "("); ok {
		p.rest = after
		c, ok := p.or()
		if after, closed := strings.CutPrefix(strings.TrimSpace(p.rest), ")"); ok && closed {
			p.rest = after
			return c, true
		}
		return nil, false
	}
	if p.word("not") {
		c, ok := p.term()
		return &syntax.Not{Of: c}, ok
	}
	m := pubmedTerm.FindStringSubmatch(p.rest)
	if m == nil {
		return nil, false
	}
	name := strings.TrimSpace(m[1] + m[2] + m[3])
	field, known := pubmedTags[strings.ToLower(strings.TrimSpace(m[4]))]
	if !known || name == "" {
		return nil, false
	}
	p.rest = p.rest[len(m[0]):]
	name = strings.TrimRight(name, "*")
	if field == "design" {
		name = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(name), " trial"), " controlled")
	}
	if field == "year" {
		if from, to, ok := strings.Cut(name, ":"); ok {
			low, err1 := syntax.Parse("studies where year >= " + from)
			high, err2 := syntax.Parse("studies where year <= " + to)
			if err1 != nil || err2 != nil {
				return nil, false
			}
			return syntax.Join(low.Selection.(*syntax.Match).Where, high.Selection.(*syntax.Match).Where), true
		}
		q, err := syntax.Parse("studies where year = " + name)
		if err != nil {
			return nil, false
		}
		return q.Selection.(*syntax.Match).Where, true
	}
	return syntax.Is(field, p.canonical(field, name)), true
}
