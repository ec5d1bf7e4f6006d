package queries

import (
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
	studies  []string                    // by identifier
	findings map[graph.Relation][]string // values of relations
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
	l := newLexicon(g, v, nil, nil)
	l.partial, l.led = true, map[string]bool{}
	return l, l.lead(ctx, text)
}

// lead files the studies that the names in a text lead to, and that no text before led to.
func (l *lexicon) lead(ctx context.Context, text string) error {
	leads, err := l.leadsOf(ctx, text)
	if err != nil {
		return err
	}
	ids := map[string]bool{}
	for _, to := range leads {
		for _, id := range to.studies[:min(len(to.studies), fewStudies)] {
			ids[id] = true
		}
		for r, values := range to.findings {
			found, err := l.exampleStudies(ctx, r, values)
			if err != nil {
				return err
			}
			for _, id := range found {
				ids[id] = true
			}
		}
	}
	maps.DeleteFunc(ids, func(id string, _ bool) bool { return l.byID[id] != nil })
	if len(ids) > 0 {
		studies, documents, err := readStudies(ctx, l.graph, ids)
		if err != nil {
			return err
		}
		l.file(studies, documents)
	}
	for _, to := range leads {
		for r, values := range to.findings {
			if r != graph.ByDocument {
				for _, c := range values {
					l.use(c)
				}
			}
		}
	}
	return nil
}

// exampleStudies returns the studies of some of the findings that have one of some values.
func (l *lexicon) exampleStudies(ctx context.Context, r graph.Relation, values []string) ([]string, error) {
	sets, err := l.graph.Sets(ctx)
	if err != nil {
		return nil, err
	}
	found, err := sets.Findings(ctx, r, values...)
	if err != nil {
		return nil, err
	}
	some, err := sets.FindingIDs(ctx, found.Spread(examples))
	if err != nil {
		return nil, err
	}
	if err := l.graph.Ahead(ctx, graph.Selection{Findings: some}); err != nil {
		return nil, err
	}
	var out []string
	for _, f := range some {
		x, err := l.graph.Finding(ctx, f)
		if err != nil {
			return nil, err
		}
		out = append(out, x.StudyID)
	}
	return out, nil
}

// readStudies reads some studies and what is known of their documents.
func readStudies(ctx context.Context, g *graph.Graph, ids map[string]bool) ([]*graph.Study, []graph.Document, error) {
	var studies []*graph.Study
	documents := map[string]graph.Document{}
	if err := g.Ahead(ctx, graph.Selection{Studies: slices.Sorted(maps.Keys(ids))}); err != nil {
		return nil, nil, err
	}
	for id := range ids {
		s, err := g.Study(ctx, id)
		if errors.Is(err, graph.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, nil, err
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
	return studies, slices.Collect(maps.Values(documents)), nil
}

// leadsOf looks the names of a text up that were not looked up yet: those that the graph has, and the concepts of the vocabulary.
func (l *lexicon) leadsOf(ctx context.Context, text string) ([]lead, error) {
	words := split(text)
	forms := make([][]string, len(words)) // that begin with each word
	for i := range words {
		for j := min(len(words), i+longestName); j > i; j-- {
			form := text[words[i].start:words[j-1].end]
			if p, ok := l.phrases[key(form)]; ok && (j == i+1 || p.use == useEmpty) && form == strings.ToLower(form) {
				continue // a word of questions
			}
			if !l.led[form] {
				l.led[form] = true
				forms[i] = append(forms[i], form)
			}
		}
	}
	found, err := l.graph.LookupAll(ctx, fewStudies, slices.Concat(forms...)...)
	if err != nil {
		return nil, err
	}
	var out []lead
	for i, w := range words {
		for _, form := range forms[i] {
			if to, ok := leadOf(l.vocab, found[form]); ok {
				if len(l.vocab.Named(form)) > 0 { // the concept leads further
					to.studies = to.studies[:min(len(to.studies), examples)]
				}
				out = append(out, to)
			}
		}
		if _, known := l.phrases[w.norm]; known || len(w.norm) < 5 || !slices.Contains(forms[i], w.text) || len(l.vocab.Named(w.text)) > 0 {
			continue
		}
		names, err := l.graph.NamesWithPrefix(ctx, w.text, fewStudies)
		if err != nil {
			return nil, err
		}
		if to, ok := leadOf(l.vocab, names); ok {
			out = append(out, to)
		}
	}
	byConcepts, err := l.conceptLeads(ctx, text)
	return append(out, byConcepts...), err
}

// conceptLeads returns what the concepts that a text mentions lead to.
func (l *lexicon) conceptLeads(ctx context.Context, text string) ([]lead, error) {
	var out []lead
	for _, m := range l.vocab.Mentions(text, 0) {
		to := lead{findings: map[graph.Relation][]string{}}
		for _, id := range m.Concepts {
			c, ok := l.vocab.Concept(id)
			if !ok || l.led["concept "+id] {
				continue
			}
			l.led["concept "+id] = true
			for _, n := range l.vocab.Narrower(id) {
				for _, r := range relationsOf(c.Type) {
					count, err := l.graph.Count(ctx, r, n)
					if err != nil {
						return nil, err
					}
					if count > 0 {
						to.findings[r] = append(to.findings[r], n)
					}
				}
			}
		}
		out = append(out, to)
	}
	return out, nil
}

// leadOf makes a lead of the names that a form has in the graph. The name of a concept leads to the findings that are about it,
// which conceptLeads looks up, and to no study of its own.
func leadOf(v *vocab.Vocabulary, names []graph.Name) (lead, bool) {
	var to lead
	for _, n := range names {
		if _, ok := v.Concept(n.ID); ok {
			continue
		}
		switch n.Type {
		case "study", "registration", "arm", "outcome", "population", "instrument":
			to.studies = appendNew(to.studies, n.ID)
		case "report":
			if to.findings == nil {
				to.findings = map[graph.Relation][]string{}
			}
			to.findings[graph.ByDocument] = appendNew(to.findings[graph.ByDocument], n.ID)
		}
	}
	return to, len(to.studies)+len(to.findings) > 0
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
