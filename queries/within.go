package queries

import (
	"cmp"
	"slices"

	"github.com/picograph/picograph/graph"
)

// within is where findings are: some, all of some documents, or anywhere.
type within struct {
	findings, documents graph.Set
	all                 bool
}

var anywhere = within{all: true}

func among(findings graph.Set) within { return within{findings: findings} }

func inside(documents graph.Set) within { return within{documents: documents} }

// and returns where findings are that are in both.
func (a within) and(b within) within {
	switch {
	case a.all:
		return b
	case b.all:
		return a
	}
	return within{
		findings:  a.findings.And(b.findings).Or(a.findings.In(b.documents)).Or(b.findings.In(a.documents)),
		documents: a.documents.And(b.documents),
	}
}

// inAll returns where findings are that are in all of some, of which the smallest say most and come first.
func inAll(list []within) within {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b within) int { return cmp.Or(compareBool(a.all, b.all), cmp.Compare(a.size(), b.size())) })
	out := anywhere
	for _, w := range list {
		out = out.and(w)
	}
	return out
}

// or returns where findings are that are in either.
func (a within) or(b within) within {
	if a.all || b.all {
		return anywhere
	}
	return within{findings: a.findings.Or(b.findings), documents: a.documents.Or(b.documents)}
}

// size is about how many findings that is.
func (a within) size() int { return a.findings.Len() + findingsADocument*a.documents.Len() }

// findingsADocument is about how many findings a document has.
const findingsADocument = 8

// told returns the documents in which findings are.
func (a within) told() graph.Set { return a.findings.Documents().Or(a.documents) }
