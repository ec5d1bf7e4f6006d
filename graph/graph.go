// Package graph is the evidence graph: it opens one, puts documents in, replaces and removes them, joins what several
// documents tell of one study, and walks it. Everything that a document says is stored as quads under that document's
// own label, so that a document can be replaced as a whole; the schema is the table in schema.go and is described in
// docs/graph.md. The package knows nothing of how documents are read or how questions are asked, and nothing outside
// it knows which store lies beneath.
package graph

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/link"
	"github.com/picograph/picograph/graph/postgres"
	"github.com/picograph/picograph/graph/vocab"
)

// Memory is the place of a graph that is not kept: Open makes a new, empty one.
const Memory = "mem:"

// Options says how a graph is opened.
type Options struct {
	// ReadOnly refuses Begin, and makes opening a file that does not exist an error.
	ReadOnly bool
	// Vocab tells which strings are concepts, and supplies the hierarchy that is kept in the graph. Without it a
	// graph can be read and written, but arms and conditions are kept as text and no hierarchy is stored.
	Vocab *vocab.Vocabulary
	// BatchBytes bounds, roughly, what a change keeps in memory before it goes to temporary files beside the graph, or to
	// the server; zero means 256 MiB.
	BatchBytes int64
	// Waiting is told whom a change of a database waits for, when it cannot begin at once. It may be nil.
	Waiting func(holder string)
}

// Graph is an open evidence graph. Its methods may be called by several goroutines at once. What they return is shared
// between callers and must not be changed.
type Graph struct {
	where string // Memory, the path as given, or the address without its password
	opt   Options
	base  base

	now     atomic.Pointer[view] // the state that is shown; nil when the graph is closed
	writing sync.Mutex           // held from Begin to the end of the change
	tables  func() string        // stands for the vocabulary's tables
}

// Document is one loaded document, without its text and studies. The same content loaded from several places is one
// document with several sources.
type Document struct {
	ID       string   // "urn:picograph:document:..."
	Source   string   // the first of Sources
	Sources  []string // sorted; the paths as given
	SHA256   string   // of the file that Source names
	Format   string
	Language string
	Report   evidence.Report
	Cites    []evidence.Citation
	Ignored  []evidence.Skip
	Problems []evidence.Problem
	Studies  []string // identifiers of the studies it tells of, in its order
}

// Report is one publication or registry record, however many documents are records of it.
type Report struct {
	ID        string   // "doi:...", else "pmid:..." or "pmcid:...", else the first document's
	Documents []string // Document.ID, sorted
	Retracted string   // why it counts as retracted; empty where nothing says so
}

// Study is one investigation, with everything that the loaded documents tell of it.
type Study struct {
	ID       string      // a registration, else a DOI, else made from content
	Name     string      // the name most fit to print: an acronym, else first author and year, else the identifier
	Tellings []*Telling  // at least one, sorted by document
	Joins    []link.Join // why the tellings are of one study; empty for a single telling
}

// Telling is one study as one document tells of it.
type Telling struct {
	StudyID    string // of the joined study
	DocumentID string
	Source     string // of the document
	Report     *evidence.Report
	Cites      []evidence.Citation
	Study      *evidence.Study
	ReportID   string // of the report that it is told in; equal for all records of one report
	Retracted  string // why that report counts as retracted; empty where nothing says so

	node string // of the study
	keys []FindingID
}

// Relation is a way from a value to the findings that have it.
type Relation string

// The relations. Concepts are given by their identifiers in the vocabulary, all else as it is stored.
const (
	ByOutcome      Relation = "outcome"      // the outcome's concept, or its text where it has none
	ByIntervention Relation = "intervention" // an intervention or component of one of the finding's arms
	ByComparator   Relation = "comparator"   // an intervention or component of one of its comparator arms
	ByCondition    Relation = "condition"    // a condition of its population, or of the population that this is part of
	ByStudy        Relation = "study"        // Study.ID
	ByKind         Relation = "kind"         // evidence.Kind
	ByDirection    Relation = "direction"    // evidence.Direction
	ByDocument     Relation = "document"     // Document.ID
)

// FindingID names a finding within the whole graph.
type FindingID string

// Finding is one result with where it comes from.
type Finding struct {
	evidence.Finding
	Key        FindingID // unique in the graph; Finding.ID is unique in its document only
	StudyID    string
	DocumentID string
	Telling    *Telling
}

// Name is something that a person may call by name: for completion, and for "did you mean".
type Name struct {
	Text string
	Type string // study, registration, report, arm, outcome, population, instrument, or a concept's type
	ID   string // of the study, the document or the concept
}

// Tally is a number of things of one name.
type Tally struct {
	Name string
	N    int
}

// Stats counts what a graph holds.
type Stats struct {
	Documents, Reports, Retracted, Studies, Tellings, Arms, Populations, Outcomes, Findings, Citations int

	Kinds      []Tally // findings by kind, in the order of the kinds
	Designs    []Tally // studies by kind of design, sorted by name
	Concepts   int     // in use, with their ancestors
	Quads      int
	Joined     int // studies told of by more than one document
	SecondHand int // tellings known only through another report
}

// Where returns where the graph is, as given to Open but for a password.
func (g *Graph) Where() string { return g.where }

// Digest returns 64 hexadecimal digits that stand for all quads of the graph: the sum, modulo two to the power of 256, of
// the SHA-256 of the canonical N-Quads of each document, of the vocabulary and of each joined study. It does not depend
// on the order in which the documents were loaded. Its first twelve digits are enough to print.
func (g *Graph) Digest() string {
	if v := g.now.Load(); v != nil {
		return v.total().String()
	}
	return digest{}.String()
}

// Open opens the graph at where: Memory for a new one that is not kept, the address of a PostgreSQL database, which begins
// with postgres://, else the path of a file. A file that does not exist, or a database without a graph, is an empty graph
// that the first commit writes, unless o.ReadOnly. The errors are of type *Error where there
// is something to advise.
func Open(ctx context.Context, where string, o Options) (*Graph, error) {
	g := &Graph{where: where, opt: o}
	g.tables = sync.OnceValue(func() string { return tablesDigest(o.Vocab) })
	if postgres.Is(where) {
		b, s, err := openDatabase(ctx, where, o)
		if err != nil {
			return nil, err
		}
		g.where, g.base = b.where, b
		g.now.Store(newView(s))
		return g, nil
	}
	if scheme, _, ok := strings.Cut(where, "://"); ok {
		return nil, &Error{
			Op: "opening the graph", Where: postgres.Redact(where), Err: fmt.Errorf("%q graphs are not supported", scheme),
			Hint: "name a file, mem: for a graph in memory, or postgres://USER@HOST/DATABASE",
		}
	}
	if where == "" {
		return nil, &Error{Op: "opening the graph", Err: fmt.Errorf("no place given"), Hint: "name a file, or mem:"}
	}
	f, err := openFile(ctx, where, o)
	if err != nil {
		return nil, err
	}
	g.base = f
	g.now.Store(newView(f.now))
	return g, nil
}

// Share returns a place at which another process can read the graph: where it is, with its password where it has one, or a
// temporary file where the graph is in memory. That goes when done is called.
func (g *Graph) Share(ctx context.Context) (place string, done func(), err error) {
	if g.now.Load() == nil {
		return "", nil, ErrClosed
	}
	return g.base.Share(ctx)
}

// Close releases what the graph holds. The graph cannot be used afterwards.
func (g *Graph) Close() error {
	if g.now.Swap(nil) == nil {
		return nil
	}
	return g.base.Close()
}
