package format

import (
	"bytes"

	"github.com/picograph/picograph/graph/lazyregexp"
)

// What the records of formats begin with.
var (
	pubmedStart  = lazyregexp.New(`<Pubmed(?:Book)?Article[\s>]`)
	citedStart   = lazyregexp.New(`<MedlineCitation[\s>]`)
	endnoteStart = lazyregexp.New(`<record[\s>]`)
	medlineStart = lazyregexp.New(`\n\r?\n(?:PMID|PMC |OWN |STAT|UI  )-`)
	risStart     = lazyregexp.New(`(?m)^\s?TY[ \t]{1,3}-(?:[ \t]|$)`)
	wosStart     = lazyregexp.New(`(?m)^PT [A-Z]\s*$`)
	bibTeXStart  = lazyregexp.New(`(?m)^[ \t]*@[A-Za-z]+[ \t]*[{(]`)
	bibMacro     = lazyregexp.New(`(?i)@string\b`)
	lineStart    = lazyregexp.New(`(?m)^\{`)
)

// startsWith is for formats whose records always begin in one way.
func startsWith(p *lazyregexp.Regexp) func([]byte) *lazyregexp.Regexp {
	return func([]byte) *lazyregexp.Regexp { return p }
}

// pubmedStarts tells what begins the records of PubMed XML: articles, or only their bibliographic part.
func pubmedStarts(head []byte) *lazyregexp.Regexp {
	switch xmlRoot(head) {
	case "PubmedArticleSet":
		return pubmedStart
	case "MedlineCitationSet":
		return citedStart
	}
	return nil
}

// jatsStarts tells that a set of articles can be cut, and a single one cannot.
func jatsStarts(head []byte) *lazyregexp.Regexp {
	if xmlRoot(head) == "article" {
		return nil
	}
	return jatsArticle
}

// bibStarts tells that a bibliography can be cut unless it defines macros, which all of it needs.
func bibStarts(head []byte) *lazyregexp.Regexp {
	if bibMacro.Match(head) {
		return nil
	}
	return bibTeXStart
}

// lineStarts tells that JSON can be cut where there is an object a line.
func lineStarts(head []byte) *lazyregexp.Regexp {
	data := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	end := bytes.IndexByte(data, '\n')
	if end < 2 || data[0] != '{' || bytes.TrimRight(data[:end], " \t\r")[len(bytes.TrimRight(data[:end], " \t\r"))-1] != '}' {
		return nil
	}
	return lineStart
}
