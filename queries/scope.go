package queries

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/vocab"
)

// A graph of more studies than wholeGraph is not read as a whole for a question: the names in the question are looked up in the
// graph's indexes, and the lexicon holds some of the studies that they lead to. What is read for the answer follows from the
// conditions of the query: see sieve.
const (
	wholeGraph = 1000
	// fewStudies is how many of the studies that a name leads to are read before it is known what is asked
	fewStudies = 40
	// examples is how many of the documents with findings about a concept are read so
	examples = 6
	// mostStudies is how many findings are read for what is worked out over all rows
	mostStudies = 20000
	// longestName is how many words of a question are looked up as one name
	longestName = 8
)

// lead is what one name of a question leads to.
type lead struct {
	words    string
	studies  []string                    // by identifier
	findings map[graph.Relation][]string // values of relations
	count    int
}

// scoped returns the lexicon of the studies that the names in a text lead to; nil where the graph is small enough to be read
// as a whole.
func scoped(ctx context.Context, g *graph.Graph, v *vocab.Vocabulary, text string, whole int) (*lexicon, error) {
	sets, err := g.Sets(ctx)
	if err != nil {
		return nil, err
	}
	if n, err := sets.Count(ctx, "Joined"); err != nil || n <= whole {
		return nil, err
	}
	leads, err := leadsOf(ctx, g, v, text)
	if err != nil {
		return nil, err
	}
	ids := map[string]bool{}
	for _, l := range leads {
		for _, id := range l.studies[:min(len(l.studies), fewStudies)] {
			ids[id] = true
		}
		for r, values := range l.findings {
			found, err := sets.Findings(ctx, r, values...)
			if err != nil {
				return nil, err
			}
			found = found.Spread(examples)
			some, err := sets.FindingIDs(ctx, found)
			if err != nil {
				return nil, err
			}
			if err := g.Ahead(ctx, graph.Selection{Findings: some}); err != nil {
				return nil, err
			}
			for _, f := range some {
				x, err := g.Finding(ctx, f)
				if err != nil {
					return nil, err
				}
				ids[x.StudyID] = true
			}
		}
	}
	l, err := lexiconOf(ctx, g, v, ids)
	if err != nil {
		return nil, err
	}
	for _, lead := range leads {
		for r, values := range lead.findings {
			if r != graph.ByDocument {
				for _, c := range values {
					l.use(c)
				}
			}
		}
	}
	return l, nil
}

// lexiconOf reads some studies and files what they are called.
func lexiconOf(ctx context.Context, g *graph.Graph, v *vocab.Vocabulary, ids map[string]bool) (*lexicon, error) {
	var studies []*graph.Study
	documents := map[string]graph.Document{}
	if err := g.Ahead(ctx, graph.Selection{Studies: slices.Sorted(maps.Keys(ids))}); err != nil {
		return nil, err
	}
	for id := range ids {
		s, err := g.Study(ctx, id)
		if errors.Is(err, graph.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		studies = append(studies, s)
		for _, t := range s.Tellings {
			d := documents[t.DocumentID]
			d.ID, d.Source, d.Cites = t.DocumentID, t.Source, t.Cites
			if t.Report != nil {
				d.Report = *t.Report
			}
			d.Studies = appendNew(d.Studies, s.ID)
			documents[t.DocumentID] = d
		}
	}
	var docs []graph.Document
	for _, d := range documents {
		docs = append(docs, d)
	}
	slices.SortFunc(docs, func(a, b graph.Document) int { return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID)) })
	slices.SortFunc(studies, func(a, b *graph.Study) int { return cmp.Compare(a.ID, b.ID) })
	l := newLexicon(g, v, studies, docs)
	l.partial = true
	return l, nil
}

// leadsOf looks the names of a text up: those that the graph has, and the concepts of the vocabulary.
func leadsOf(ctx context.Context, g *graph.Graph, v *vocab.Vocabulary, text string) ([]lead, error) {
	var out []lead
	words := split(text)
	tables := tablesOf(v)
	forms := make([][]string, len(words)) // that begin with each word
	for i := range words {
		for j := min(len(words), i+longestName); j > i; j-- {
			form := text[words[i].start:words[j-1].end]
			if p, ok := tables.phrases[key(form)]; ok && (j == i+1 || p.use == useEmpty) && form == strings.ToLower(form) {
				continue // a word of questions
			}
			forms[i] = append(forms[i], form)
		}
	}
	found, err := g.LookupAll(ctx, fewStudies, slices.Concat(forms...)...)
	if err != nil {
		return nil, err
	}
	for i := range words {
		for _, form := range forms[i] {
			if l, ok := leadOf(v, form, found[form]); ok {
				if len(v.Named(form)) > 0 { // the concept leads further
					l.studies = l.studies[:min(len(l.studies), examples)]
				}
				out = append(out, l)
			}
		}
		if _, known := tables.phrases[words[i].norm]; !known && len(words[i].norm) > 4 && len(v.Named(words[i].text)) == 0 {
			names, err := g.NamesWithPrefix(ctx, words[i].text, fewStudies)
			if err != nil {
				return nil, err
			}
			if l, ok := leadOf(v, words[i].text, names); ok {
				out = append(out, l)
			}
		}
	}
	for _, m := range v.Mentions(text, 0) {
		l := lead{words: text[m.Start:m.End], findings: map[graph.Relation][]string{}}
		for _, id := range m.Concepts {
			c, ok := v.Concept(id)
			if !ok {
				continue
			}
			relations := relationsOf(c.Type)
			for _, n := range v.Narrower(id) {
				for _, r := range relations {
					count, err := g.Count(ctx, r, n)
					if err != nil {
						return nil, err
					}
					if count > 0 {
						l.count += count
						l.findings[r] = append(l.findings[r], n)
					}
				}
			}
		}
		out = append(out, l)
	}
	return out, nil
}

// leadOf makes a lead of the names that a form has in the graph. The name of a concept leads to the findings that are about it,
// which leadsOf counts, and to no study of its own.
func leadOf(v *vocab.Vocabulary, form string, names []graph.Name) (lead, bool) {
	l := lead{words: form}
	for _, n := range names {
		if _, ok := v.Concept(n.ID); ok {
			continue
		}
		switch n.Type {
		case "study", "registration", "arm", "outcome", "population", "instrument":
			l.studies = appendNew(l.studies, n.ID)
		case "report":
			if l.findings == nil {
				l.findings = map[graph.Relation][]string{}
			}
			l.findings[graph.ByDocument] = appendNew(l.findings[graph.ByDocument], n.ID)
			l.count++
		}
	}
	l.count += len(l.studies)
	return l, l.count > 0
}

// relationsOf are the ways by which findings can be looked up that are about a concept of a type.
func relationsOf(conceptType string) []graph.Relation {
	switch conceptType {
	case vocab.TypeIntervention, vocab.TypeDrug, vocab.TypeDrugClass, vocab.TypeComparator:
		return []graph.Relation{graph.ByIntervention, graph.ByComparator}
	case vocab.TypeOutcome, vocab.TypeInstrument, vocab.TypeCharacteristic:
		return []graph.Relation{graph.ByOutcome}
	case vocab.TypeCondition, vocab.TypePopulation:
		return []graph.Relation{graph.ByCondition, graph.ByOutcome}
	}
	return nil
}
