package queries

import (
	"encoding/json"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

// Status is which of five things happened to a question. They are never mixed.
type Status string

// The five states of an answer.
const (
	Answered      Status = "answered"
	NearOnly      Status = "near"  // nothing matches exactly; something close is shown with the reason why it does not count
	Empty         Status = "empty" // understood, and nothing here: Answer.Text says which condition emptied it
	UnknownTerm   Status = "unknown term"
	NotUnderstood Status = "not understood"
)

// Answer is what a question or a query was answered with. It marshals to the JSON form of `picograph ask -o json`.
type Answer struct {
	Question string `json:"question"`
	Status   Status `json:"status"`
	Reading  string `json:"reading"` // the question as understood, in words
	Query    string `json:"query"`   // the canonical query
	Text     string `json:"answer"`  // one to three plain sentences, never stronger than the rows
	// Direction is what happened to the outcome under the first of two things compared with the second, where that was
	// asked: as the first finding has it that says so.
	Direction evidence.Direction `json:"direction,omitempty"`
	Sections  []Section          `json:"sections"`
	Near      []Near             `json:"near"`
	Cautions  []string           `json:"cautions"`
	Studies   []Study            `json:"studies,omitempty"` // the studies behind the rows, each once
	Sources   []Source           `json:"sources"`
	Hints     []string           `json:"hints,omitempty"` // nearest known terms, or what may stand there
	Fault     *Fault             `json:"fault,omitempty"` // the words at fault
	Graph     string             `json:"graph"`           // the digest of the graph that was asked

	Explain *Explanation `json:"-"` // how the answer came about
}

// Study is a study behind an answer, in one line.
type Study struct {
	Name string `json:"name"`
	What string `json:"what"` // design, size, registration, reports, how it is known
}

// Section is one block of rows of one kind of evidence.
type Section struct {
	Title   string   `json:"title"`
	Kind    string   `json:"kind,omitempty"` // better, nodifference, worse, within, ... : a name that stays the same
	Note    string   `json:"note,omitempty"`
	Columns []string `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// Row is one line of a section. Rows are numbered from 1 through all sections of an answer; then come the near misses.
type Row struct {
	Cells    []string  `json:"cells"`
	Findings []Finding `json:"findings"`
	Passages []Located `json:"passages,omitempty"` // of a row that states an attribute rather than a finding

	study *graph.Study // that it is of, where it is of one
	item  *item        // where it is a finding

	direction evidence.Direction // see Direction
}

// StudyID returns the identifier of the study that a row is of, or "" where it is of none or of several.
func (r *Row) StudyID() string {
	if r.study == nil {
		return ""
	}
	return r.study.ID
}

// Direction returns what happened to the outcome of a row that is a finding, as far as it is known of which arm that is told; ""
// of other rows.
func (r *Row) Direction() evidence.Direction { return r.direction }

// Near is something close that does not count, and why. Findings may be empty.
type Near struct {
	What     string    `json:"what"`
	Why      string    `json:"why"`
	Findings []Finding `json:"findings"`
	Passages []Located `json:"passages,omitempty"`
}

// Finding is a finding with the study and the document that it is of.
type Finding struct {
	ID       string `json:"id"` // unique in the graph
	Study    string `json:"study"`
	Document string `json:"document"`
	evidence.Finding
}

// MarshalJSON writes the three fields of its own first, then those of the finding as extract prints them.
func (f Finding) MarshalJSON() ([]byte, error) {
	type finding evidence.Finding // without methods
	return json.Marshal(struct {
		ID       string `json:"id"`
		Study    string `json:"study"`
		Document string `json:"document"`
		finding
	}{f.ID, f.Study, f.Document, finding(f.Finding)})
}

// Located is a passage with the document it stands in.
type Located struct {
	Document string           `json:"document"`
	Passage  evidence.Passage `json:"passage"`
}

// Source is where a finding or an attribute of the answer stands. Finding is empty for an attribute.
type Source struct {
	Finding  string           `json:"finding,omitempty"`
	Document string           `json:"document"`
	Passage  evidence.Passage `json:"passage"`
}

// Fault is a stretch of the question that was not understood: byte offsets into Answer.Question.
type Fault struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Words string `json:"words"`
}

// RowCount returns the number of rows in all sections.
func (a *Answer) RowCount() int {
	n := 0
	for _, s := range a.Sections {
		n += len(s.Rows)
	}
	return n
}

// row returns row n (from 1) or nil, and near miss n counted after the rows, or nil.
func (a *Answer) row(n int) (*Row, *Near) {
	n--
	for i := range a.Sections {
		rows := a.Sections[i].Rows
		if n >= 0 && n < len(rows) {
			return &rows[n], nil
		}
		n -= len(rows)
	}
	if n >= 0 && n < len(a.Near) {
		return nil, &a.Near[n]
	}
	return nil, nil
}

// Explanation tells how an answer came about.
type Explanation struct {
	Words []WordUse `json:"words,omitempty"` // every word of the question and what it was used for
	Names []NameUse `json:"names,omitempty"` // what each name of the query was resolved to
	Plan  []Step    `json:"plan,omitempty"`  // how the query was run, with counts
}

// WordUse says what a word or phrase of a question was taken for.
type WordUse struct {
	Words string `json:"words"`
	As    string `json:"as"` // used as an outcome, known to be empty, ...
}

// NameUse says what a name was resolved to, and how.
type NameUse struct {
	Name string   `json:"name"`
	As   string   `json:"as"`
	To   []string `json:"to"`
	How  string   `json:"how,omitempty"`
}

// Step is one step of the plan: what was done and how many findings were left.
type Step struct {
	Do    string `json:"do"`
	Count int    `json:"count"`
}
