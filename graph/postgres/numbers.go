package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/cayleygraph/cayley/graph/refs"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"
	"github.com/lib/pq"

	"github.com/picograph/picograph/graph/store"
)

// numbering gives the values of a state numbers, in the order in which they are met, so that what is found can be joined as sets
// of numbers here. The server knows nothing of them.
type numbering struct {
	mu     sync.Mutex
	ids    map[refs.ValueHash]store.ID
	hashes []refs.ValueHash
}

// of returns the number of a value; what a quad does not have has none.
func (n *numbering) of(h refs.ValueHash) store.ID {
	if !h.Valid() {
		return 0
	}
	id, ok := n.ids[h]
	if !ok {
		if n.ids == nil {
			n.ids = map[refs.ValueHash]store.ID{}
		}
		n.hashes = append(n.hashes, h)
		id = store.ID(len(n.hashes))
		n.ids[h] = id
	}
	return id
}

// hashesOf returns the values of numbers.
func (n *numbering) hashesOf(ids []store.ID) ([]refs.ValueHash, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	out := make([]refs.ValueHash, len(ids))
	for i, id := range ids {
		if id == 0 || int(id) > len(n.hashes) {
			return nil, fmt.Errorf("there is no value of the number %d", id)
		}
		out[i] = n.hashes[id-1]
	}
	return out, nil
}

// quads gives the quads that fit a condition.
func (s *State) quads(ctx context.Context, give func(store.Quad), rest string, args ...any) error {
	s.numbers.mu.Lock()
	defer s.numbers.mu.Unlock()
	var h [4]csql.NodeHash
	return s.each(ctx, func(rows *sql.Rows) error {
		if err := rows.Scan(&h[0], &h[1], &h[2], &h[3]); err != nil {
			return err
		}
		give(store.Quad{
			Subject: s.numbers.of(h[0].ValueHash), Predicate: s.numbers.of(h[1].ValueHash),
			Object: s.numbers.of(h[2].ValueHash), Label: s.numbers.of(h[3].ValueHash),
		})
		return nil
	}, `SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads WHERE predicate_hash = $1 `+rest, args...)
}

// Leading gives the quads that lead by a predicate to any of some objects.
func (s *State) Leading(ctx context.Context, predicate string, objects []quad.Value, give func(store.Quad)) error {
	p := hashOf(quad.IRI(predicate))
	return s.quads(ctx, give, `AND object_hash = ANY ($2)`, p[:], pq.ByteaArray(hashesOf(objects)))
}

// Values returns the objects of a predicate, each once.
func (s *State) Values(ctx context.Context, predicate string) (out []store.ID, err error) {
	s.numbers.mu.Lock()
	defer s.numbers.mu.Unlock()
	p := hashOf(quad.IRI(predicate))
	var h csql.NodeHash
	err = s.each(ctx, func(rows *sql.Rows) error {
		if err := rows.Scan(&h); err != nil {
			return err
		}
		out = append(out, s.numbers.of(h.ValueHash))
		return nil
	}, `SELECT DISTINCT object_hash FROM quads WHERE predicate_hash = $1`, p[:])
	return out, err
}

// LeadingTo gives the quads that lead by a predicate to any of the objects of some numbers.
func (s *State) LeadingTo(ctx context.Context, predicate string, objects []store.ID, give func(store.Quad)) error {
	to, err := s.numbers.hashesOf(objects)
	if err != nil {
		return err
	}
	p := hashOf(quad.IRI(predicate))
	return s.quads(ctx, give, `AND object_hash = ANY ($2)`, p[:], pq.ByteaArray(bytesOf(to)))
}

// Edges gives all quads of a predicate, those of one object together.
func (s *State) Edges(ctx context.Context, predicate string, give func(store.Quad)) error {
	p := hashOf(quad.IRI(predicate))
	return s.quads(ctx, give, `ORDER BY object_hash`, p[:])
}

// Within gives the quads of some labels that lead by a predicate to an object.
func (s *State) Within(ctx context.Context, labels []store.ID, predicate string, object quad.Value, give func(store.Quad)) error {
	in, err := s.numbers.hashesOf(labels)
	if err != nil {
		return err
	}
	p, o := hashOf(quad.IRI(predicate)), hashOf(object)
	return s.quads(ctx, give, `AND object_hash = $2 AND label_hash = ANY ($3)`, p[:], o[:], pq.ByteaArray(bytesOf(in)))
}

// ByText sorts the numbers of plain strings by their texts.
func (s *State) ByText(ctx context.Context, ids []store.ID) error {
	texts := make(map[store.ID]string, len(ids))
	if err := s.Texts(ctx, slices.Clone(ids), func(id store.ID, text string) { texts[id] = text }); err != nil {
		return err
	}
	slices.SortFunc(ids, func(a, b store.ID) int { return strings.Compare(texts[a], texts[b]) })
	return nil
}

// Texts gives the text of each number, in the order of the numbers, which it sorts.
func (s *State) Texts(ctx context.Context, ids []store.ID, give func(store.ID, string)) error {
	slices.Sort(ids)
	for part := range slices.Chunk(slices.Compact(ids), 10000) {
		hashes, err := s.numbers.hashesOf(part)
		if err != nil {
			return err
		}
		values, err := s.values(ctx, hashes)
		if err != nil {
			return err
		}
		for i, h := range hashes {
			v, ok := values[h]
			if !ok {
				return damaged("a quad has a value that the table of values does not have")
			}
			give(part[i], stringOf(v))
		}
	}
	return nil
}
