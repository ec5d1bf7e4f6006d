package graph

import (
	"context"
	"iter"

	"github.com/cayleygraph/quad"

	"github.com/picograph/picograph/graph/store"
)

// state is one state of a graph as what lies beneath it has it: a file, or a database. It does not change. What can be
// asked of many values takes many, since each call may be a way over a network.
type state interface {
	numbered
	// Seq returns the number of the commit that made the state, 0 where there was none, and Len how many quads it has.
	Seq() uint64
	Len() int
	// Meta returns what was kept under a name, or nil.
	Meta(name string) []byte
	// From returns the quads of subjects, at any label, those of one subject together.
	From(ctx context.Context, subjects ...quad.Value) ([]quad.Quad, error)
	// Under returns the quads of labels, those of one label together.
	Under(ctx context.Context, labels ...quad.Value) ([]quad.Quad, error)
	// Bare is Under, but the pieces of compressed texts may be left out.
	Bare(ctx context.Context, labels ...quad.Value) ([]quad.Quad, error)
	// To returns the subjects of the quads that lead by a predicate to each of some objects, at any label.
	To(ctx context.Context, predicate string, objects ...quad.Value) ([][]string, error)
	// Count returns how many quads lead by a predicate to each of some objects.
	Count(ctx context.Context, predicate string, objects ...quad.Value) ([]int, error)
	// Subjects counts the quads of a predicate by the text of their subject, of those that have at least a number of them, and
	// Objects by that of their object.
	Subjects(ctx context.Context, predicate string, least int) (map[string]int, error)
	Objects(ctx context.Context, predicate string) (map[string]int, error)
	// Strings yields the plain strings with one of some prefixes to which a predicate leads, in no order. No two prefixes begin the same.
	Strings(ctx context.Context, predicate string, prefixes ...string) iter.Seq2[string, error]
	// Has tells of each subject whether it has quads of a label.
	Has(ctx context.Context, label quad.Value, subjects ...quad.Value) ([]bool, error)
	// Used tells of each object whether quads lead to it that have another label than some.
	Used(ctx context.Context, but map[string]bool, objects ...quad.Value) ([]bool, error)
	// Entries yields the entries of a set that begin with a prefix, sorted; those of several prefixes one after the other.
	Entries(ctx context.Context, set int, prefixes ...string) iter.Seq2[string, error]
	// EntriesAfter yields the entries of a set that begin with a prefix and come after a given one, sorted.
	EntriesAfter(ctx context.Context, set int, prefix, after string) iter.Seq2[string, error]
	// Check reads what the others do not and returns what is damaged, and how many bytes the state takes.
	Check(ctx context.Context) ([]store.Damage, int64, error)
}

// transaction is a change of what lies beneath a graph. Nothing of it is seen before Commit. What is put that is there already
// stays, and what is taken out that is not there is ignored.
type transaction interface {
	// Replace makes the quads of a label these, and Quads returns them as they are from now on, in no order.
	Replace(label quad.Value, quads []quad.Quad) error
	Quads(label quad.Value) ([]quad.Quad, error)
	// Change adds a quad that is not there, or takes one out that is. It does not go together with Replace of its label.
	Change(q quad.Quad, add bool) error
	// Put and Delete change a set.
	Put(set int, entry string)
	Delete(set int, entry string)
	// SetMeta keeps some bytes under a name.
	SetMeta(name string, b []byte)
	// Empty reports whether nothing was changed so far that would have to be written.
	Empty() bool
	// Commit makes the change and returns the state that follows. The change is done after it in any case.
	Commit(ctx context.Context) (state, error)
	// Rollback gives the change up. After Commit it does nothing.
	Rollback()
}

// base is what keeps a graph. Its errors are ready for the user, but for those of reading a state.
type base interface {
	// Now returns the state to show: the one that is shown, if it can still be read. Newest returns the newest one, which is the one that is
	// shown unless something was stored since.
	Now(ctx context.Context, shown state) (state, error)
	Newest(ctx context.Context, shown state) (state, error)
	// Begin starts a change, which no other process can make meanwhile, of the state that it returns.
	Begin(ctx context.Context, shown state) (transaction, state, error)
	// Share returns a place at which another process finds the graph, and what is to be called when it has read it.
	Share(ctx context.Context) (place string, done func(), err error)
	Close() error
}
