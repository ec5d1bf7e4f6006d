// Package queries answers questions from an evidence graph. A question in English is understood as a query of the
// canonical language (queries/syntax), every word accounted for; its names are resolved through the vocabulary and the
// graph's own names; the query is planned, run, and its findings are sorted into blocks by kind of evidence. The
// package prints nothing and knows nothing of how documents are read.
package queries

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// Engine answers questions from one graph. Its methods may be called by several goroutines at once.
type Engine struct {
	Graph    *graph.Graph
	Vocab    *vocab.Vocabulary
	Settings Settings

	mu      sync.Mutex
	lexicon *lexicon // of the graph as it was last seen
	whole   int      // a graph of at most so many studies is read as a whole; 0 for wholeGraph
	most    int      // how much is read of a larger one for an answer; 0 for mostRead
}

// Ask answers a question in English, or a query in the canonical language. What is not understood, not known or not
// there is an answer with that status; an error means that the graph could not be read or that ctx ended.
func (e *Engine) Ask(ctx context.Context, question string) (*Answer, error) {
	lex, err := e.names(ctx, question)
	if err != nil {
		return nil, err
	}
	q, err := syntax.Parse(question)
	if err == nil && lex.runnable(q, question) {
		return e.answer(ctx, lex, question, q)
	}
	if a := misspelled(question, err); a != nil {
		a.Graph = e.Graph.Digest()
		return a, nil
	}
	u := lex.understand(question, &e.Settings)
	if q, ok := lex.inForm(question); ok {
		u.byForm = true
		a, err := e.answer(ctx, lex, question, q)
		if err != nil {
			return nil, err
		}
		return a, e.byWords(ctx, lex, u, a)
	}
	if c, ok := lex.versus(question); ok && !isComparison(u.query) {
		if a, err := e.answer(ctx, lex, question, &syntax.Query{Selection: contrastQuery(c)}); err != nil || a.RowCount() > 0 {
			return a, err
		}
	}
	if u.query == nil {
		a := u.refusal()
		a.Question, a.Graph = question, e.Graph.Digest()
		return a, e.byWords(ctx, lex, u, a)
	}
	// what runs is what is printed: the query goes through its own text
	q, err = syntax.Parse(u.query.String())
	if err != nil {
		return nil, fmt.Errorf("parsing the query that the question was read as, %s: %w", u.query, err)
	}
	if lex.partial { // what the question was read as names things that its own words do not
		if err := lex.lead(ctx, q.String()); err != nil {
			return nil, fmt.Errorf("looking up the names of %s: %w", q, err)
		}
	}
	a, err := e.run(ctx, lex, q, u.asked)
	if err != nil {
		return nil, err
	}
	a.Question = question
	a.Explain.Words = u.words
	if err := e.byWords(ctx, lex, u, a); err != nil {
		return nil, err
	}
	if len(u.said) > 0 {
		a.Reading = strings.TrimRight(a.Reading, ".") + "; " + strings.Join(u.said, "; ") + "."
	}
	return a, nil
}

// querySigns are what only a query of the language has: a bar with a step, or a field with what it is compared with.
var querySigns = lazyregexp.New(`(?i)\|\s*(?:where|group|order|limit|show)\b|\bwhere\s+(?:not\s+)?\(*[a-z]+\s+(?:is|has|[<>=≥≤])`)

// misspelled is the answer to a text that is meant as a query of the language and has a mistake; nil where it is a question.
func misspelled(text string, err error) *Answer {
	var e *syntax.Error
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(text)), " ")
	if !errors.As(err, &e) || !querySigns.MatchString(text) || !syntax.Starts(first) {
		return nil
	}
	a := &Answer{Question: text, Status: NotUnderstood, Text: upperFirst(e.Message) + ".", Explain: &Explanation{}}
	a.Fault = &Fault{Start: e.Span.Start, End: e.Span.End, Words: text[e.Span.Start:e.Span.End]}
	if e.Hint != "" {
		a.Hints = []string{e.Hint}
	}
	return a
}

func isComparison(q *syntax.Query) bool {
	if q == nil {
		return false
	}
	_, ok := q.Selection.(*syntax.Compare)
	return ok
}

// inForm reads a question whose form alone tells how it is meant: a search with field tags, a comparison in phrases.
func (l *lexicon) inForm(question string) (*syntax.Query, bool) {
	if q, ok := l.pubmedSearch(question); ok {
		return q, true
	}
	if c, ok := l.contrastOf(question); ok {
		return &syntax.Query{Selection: contrastQuery(c)}, true
	}
	return nil, false
}

// answer runs a query that a question is in so many words. What runs is what is printed.
func (e *Engine) answer(ctx context.Context, l *lexicon, question string, q *syntax.Query) (*Answer, error) {
	printed, err := syntax.Parse(q.String())
	if err != nil {
		return nil, fmt.Errorf("parsing the query that the question was read as, %s: %w", q, err)
	}
	a, err := e.run(ctx, l, printed, asked{})
	if err != nil {
		return nil, err
	}
	a.Question = question
	return a, nil
}

// Run answers a query of the canonical language.
func (e *Engine) Run(ctx context.Context, q *syntax.Query) (*Answer, error) {
	lex, err := e.names(ctx, q.String())
	if err != nil {
		return nil, err
	}
	a, err := e.run(ctx, lex, q, asked{})
	if err != nil {
		return nil, err
	}
	a.Question = q.String()
	return a, nil
}

// Show returns the card of a study, report, intervention, population, outcome or instrument: whatever name fits best.
func (e *Engine) Show(ctx context.Context, name string) (*Answer, error) {
	return e.Run(ctx, &syntax.Query{Selection: &syntax.Show{Name: syntax.Value{Text: name}}})
}

// names returns the lexicon for a text: of the whole graph, or, where that is large, of the studies that the text's names
// lead to.
func (e *Engine) names(ctx context.Context, text string) (*lexicon, error) {
	if e.Graph == nil || e.Vocab == nil {
		return nil, errors.New("asking: no graph or no vocabulary")
	}
	digest := e.Graph.Digest()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.lexicon != nil && e.lexicon.digest == digest {
		return e.lexicon, nil
	}
	lex, err := scoped(ctx, e.Graph, e.Vocab, text, cmp.Or(e.whole, wholeGraph))
	if err != nil {
		return nil, fmt.Errorf("looking up the names of %q: %w", evidence.Clip(text, 60), err)
	}
	if lex == nil {
		studies, err := e.Graph.Studies(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading the graph's names: %w", err)
		}
		documents, err := e.Graph.Documents(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading the graph's names: %w", err)
		}
		lex = newLexicon(e.Graph, e.Vocab, studies, documents)
		e.lexicon = lex
	}
	lex.digest = digest
	return lex, nil
}
