// Package vocab holds what the field knows, as data: concepts with their names and hierarchy, instruments, units,
// effect measures, conversion factors, section headings and cue phrases. It finds these things in text and looks them
// up by name. It knows nothing of documents, studies or findings, and never decides what a sentence means.
//
// The tables are tab-separated text with a line of column names, sorted by their first column, that a clinician can
// edit in a spreadsheet. In concepts.tsv, lists are separated by |. A form that ends in * stands for its concept only
// where the document says so ("MI", "dose"); one that ends in ~ also belongs to a concept of another type, and the type
// that fits the place decides ("depression", a condition and an outcome). Abbreviations keep their case, all other
// forms are found in any case, singular or plural, with or without hyphens, in British or American spelling. Users add
// rows of their own in a file with the same columns, of which id and label have to be there, and type for a new concept.
package vocab

import (
	"embed"
	"fmt"
	"io"
	"slices"
	"sort"
	"sync"
)

//go:embed *.tsv
var tables embed.FS

// Concept is one thing that evidence can be about. ID is lower snake case and never changes; Type is one of the
// Type... constants. Broader leads from the narrower to the wider concept, PartOf from a component to the package that
// contains it. Better tells which direction of an outcome is good: Lower, Higher, or empty where it depends.
type Concept struct {
	ID        string
	Type      string
	Label     string
	Broader   []string
	PartOf    []string
	Related   []string
	NotSameAs []string
	Forms     []Form // the label first, then synonyms, then abbreviations
	Better    string
	Note      string
	self      []string // the ID alone, for mentions
}

// Form is one way of writing a concept. An abbreviation is matched by its exact case. An ambiguous form (marked * in
// the table) stands for the concept only where the document says so; a shared form (marked ~) is also a form of a
// concept of another type, and the type that fits the place decides.
type Form struct {
	Text         string
	Abbreviation bool
	Ambiguous    bool
	Shared       bool
	Needs        []string // it stands for the concept in a document that names one of these concepts, or one narrower; nil: in any
}

// The types of concept.
const (
	TypeCondition    = "condition"
	TypePopulation   = "population"
	TypeSetting      = "setting"
	TypeDrug         = "drug"
	TypeDrugClass    = "drug_class"
	TypeIntervention = "intervention"
	TypeComparator   = "comparator"
	TypeOutcome      = "outcome"
	TypeInstrument   = "instrument"
	TypeDesign       = "design"
	TypeMethod       = "method"
	TypeMeasure      = "measure"
	TypeStatistic    = "statistic"
	TypeUnit         = "unit"
	TypeOrganisation = "organisation"
	TypeDataSource   = "data_source"
	TypeRegistry     = "registry"

	TypeCharacteristic = "characteristic" // of those enrolled: age, sex
)

// Types returns the types of concept in the order of the table's documentation.
func Types() []string {
	return []string{
		TypeCondition, TypePopulation, TypeSetting, TypeDrug, TypeDrugClass, TypeIntervention, TypeComparator,
		TypeOutcome, TypeInstrument, TypeDesign, TypeMethod, TypeMeasure, TypeStatistic, TypeUnit, TypeOrganisation,
		TypeDataSource, TypeRegistry, TypeCharacteristic,
	}
}

// The directions of an outcome that are good.
const (
	Lower  = "lower"
	Higher = "higher"
)

// Vocabulary is the loaded tables. It never changes after Load and is safe for use by several goroutines.
type Vocabulary struct {
	concepts   []*Concept // sorted by ID
	byID       map[string]*Concept
	narrower   map[string][]string
	parts      map[string][]string
	alphabet   *alphabet
	names      *automaton // concept forms
	forms      []formOf
	named      map[string][]formOf
	nameWords  map[string]bool // all words of the keys of named
	cues       *automaton
	cueRows    []Cue
	units      []*Unit
	unitOf     map[string]*Unit
	unitWords  map[string]bool // the words of the forms of units, see mayBeUnit
	measures   []*Measure
	measure    map[string]*Measure
	factors    []Factor
	headings   map[string]string
	heads      map[string]bool            // the first words of headings, see mayHead
	nouns      map[string]string          // which direction is good of what a noun names
	lists      map[string]map[string]bool // words of one kind, by the name of the kind
	beginnings map[string][]string        // the beginnings of such words
	prepared   sync.Map                   // by name, see Prepared
}

// formOf is a form with the concept it belongs to.
type formOf struct {
	concept *Concept
	form    *Form
}

// Load reads the tables that picograph carries, then the user's concept rows, which have the columns of concepts.tsv.
// A user's row with a known id adds its names and links to that concept. An error names the table and the line; for a
// reader with a Name method (such as *os.File) that name, else "user vocabulary 1".
func Load(user ...io.Reader) (*Vocabulary, error) {
	v := empty()
	if err := v.readConcepts("concepts.tsv", nil); err != nil {
		return nil, err
	}
	for i, r := range user {
		name := fmt.Sprintf("user vocabulary %d", i+1)
		if named, ok := r.(interface{ Name() string }); ok {
			name = named.Name()
		}
		if err := v.readConcepts(name, r); err != nil {
			return nil, err
		}
	}
	if err := v.linkConcepts(); err != nil {
		return nil, err
	}
	for _, read := range []func() error{v.readCues, v.readUnits, v.readMeasures, v.readFactors, v.readHeadings, v.readNouns, v.readWords, v.readFields} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return v, nil
}

func empty() *Vocabulary {
	return &Vocabulary{byID: map[string]*Concept{}, alphabet: &alphabet{folded: map[string]uint32{}, exact: map[string]uint32{}}}
}

// Concept returns the concept with an id.
func (v *Vocabulary) Concept(id string) (*Concept, bool) {
	c, ok := v.byID[id]
	return c, ok
}

// Concepts returns all concepts, sorted by id. The caller must not change them.
func (v *Vocabulary) Concepts() []*Concept { return v.concepts }

// IsA reports whether a concept is another one or narrower than it. An unknown id is only itself.
func (v *Vocabulary) IsA(id, broader string) bool {
	if id == broader {
		return true
	}
	var buf [16]string
	for up, i := append(buf[:0], id), 0; i < len(up); i++ {
		c := v.byID[up[i]]
		if c == nil {
			continue
		}
		for _, to := range c.Broader {
			if to == broader {
				return true
			}
			if !slices.Contains(up, to) {
				up = append(up, to)
			}
		}
	}
	return false
}

// Broader returns the concepts that a concept is narrower than, itself included, sorted.
func (v *Vocabulary) Broader(id string) []string {
	return v.closure(id, func(c *Concept) []string { return c.Broader })
}

// Narrower returns the concepts that are narrower than a concept, itself included, sorted.
func (v *Vocabulary) Narrower(id string) []string {
	return v.closure(id, func(c *Concept) []string { return v.narrower[c.ID] })
}

// Parts returns the components of a package and their components, sorted; the package itself is not among them.
func (v *Vocabulary) Parts(id string) []string {
	return without(v.closure(id, func(c *Concept) []string { return v.parts[c.ID] }), id)
}

// Wholes returns the packages that contain a concept, and those that contain these, sorted, without the concept itself.
func (v *Vocabulary) Wholes(id string) []string {
	return without(v.closure(id, func(c *Concept) []string { return c.PartOf }), id)
}

// closure follows links from a concept as far as they lead; an unknown id gives itself alone.
func (v *Vocabulary) closure(id string, next func(*Concept) []string) []string {
	out := []string{id}
	if c := v.byID[id]; c == nil || len(next(c)) == 0 {
		return out
	}
	seen := map[string]bool{id: true}
	for i := 0; i < len(out); i++ {
		c := v.byID[out[i]]
		if c == nil {
			continue
		}
		for _, to := range next(c) {
			if !seen[to] {
				seen[to] = true
				out = append(out, to)
			}
		}
	}
	sort.Strings(out)
	return out
}

func without(list []string, id string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == id })
}
