package format

import (
	"bytes"
	"regexp"
)

// What the records of formats begin with.
var (
	pubmedStart  = regexp.MustCompile(`<Pubmed(?:Book)?Article[\s>]`)
	citedStart   = regexp.MustCompile(`<MedlineCitation[\s>]`)
	endnoteStart = regexp.MustCompile(`<record[\s>]`)
	medlineStart = regexp.MustCompile(`\n\r?\n(?:PMID|PMC |OWN |STAT|UI  )-`)
	risStart     = regexp.MustCompile(`(?m)^\s?TY[ \t]{1,3}-(?:[ \t]|$)`)
	wosStart     = regexp.MustCompile(`(?m)^PT [A-Z]\s*$`)
	bibTeXStart  = regexp.MustCompile(`(?m)^[ \t]*@[A-Za-z]+[ \t]*[{(]`)
	bibMacro     = regexp.MustCompile(`(?i)@string\b`)
	lineStart    = regexp.MustCompile(`(?m)^\{`)
)

// startsWith is for formats whose records always begin in one way.
func startsWith(p *regexp.Regexp) func([]byte) *regexp.Regexp {
	return func([]byte) *regexp.Regexp { return p }
}

// pubmedStarts tells what begins the records of PubMed XML: articles, or only their bibliographic part.
func pubmedStarts(head []byte) *regexp.Regexp {
	switch xmlRoot(head) {
	case "PubmedArticleSet":
		return pubmedStart
	case "MedlineCitationSet":
		return citedStart
	}
	return nil
}

// jatsStarts tells that a set of articles can be cut, and a single one cannot.
func jatsStarts(head []byte) *regexp.Regexp {
	if xmlRoot(head) == "article" {
		return nil
	}
	return jatsArticle
}

// bibStarts tells that a bibliography can be cut unless it defines macros, which all of it needs.
func bibStarts(head []byte) *regexp.Regexp {
	if bibMacro.Match(head) {
		return nil
	}
	return bibTeXStart
}

// lineStarts tells that JSON can be cut where there is an object a line.
func lineStarts(head []byte) *regexp.Regexp {
	data := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	end := bytes.IndexByte(data, '\n')
	if end < 2 || data[0] != '{' || bytes.TrimRight(data[:end], " \t\r")[len(bytes.TrimRight(data[:end], " \t\r"))-1] != '}' {
		return nil
	}
	return lineStart
}
