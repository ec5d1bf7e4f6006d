package graph

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// cache keeps what was decoded from one state of the graph. A commit makes a new one.
type cache struct {
	mu      sync.Mutex
	docs    map[string]*stored
	joined  []joined          // nil until it is asked for
	studyOf map[string]string // node of a study -> identifier of the joined study
	reports []publication     // as the joins tell of them
	report  map[string]int    // document -> its place in reports
	telling map[string]*Telling
	studies map[string]*Study
	names   []foldedName // sorted by form; nil until they are asked for
}

func newCache() *cache {
	return &cache{docs: map[string]*stored{}, telling: map[string]*Telling{}, studies: map[string]*Study{}}
}

// document returns a document, decoded at the first call.
func (c *cache) document(ctx context.Context, s *store, id string) (*stored, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d := c.docs[id]; d != nil {
		return d, nil
	}
	quads, err := s.under(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(quads) == 0 {
		return nil, fmt.Errorf("document %s: %w", id, ErrNotFound)
	}
	d, err := decode(quads)
	if err != nil {
		return nil, err
	}
	c.docs[id] = d
	return d, nil
}

// read lets f look at one state of the graph, which does not change meanwhile.
func (g *Graph) look(f func() error) error {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.store == nil {
		return ErrClosed
	}
	return f()
}

// decoded returns all documents, sorted by identifier.
func (g *Graph) decoded(ctx context.Context) (docs []*stored, err error) {
	err = g.look(func() error {
		docs, err = g.allDocuments(ctx)
		return err
	})
	return docs, err
}

// allDocuments is decoded for callers that look already.
func (g *Graph) allDocuments(ctx context.Context) ([]*stored, error) {
	ids, err := g.store.documents(ctx)
	if err != nil {
		return nil, err
	}
	slices.Sort(ids)
	docs := make([]*stored, 0, len(ids))
	for _, id := range ids {
		d, err := g.cache.document(ctx, g.store, id)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}
