// Package link finds which reports are of one study, and says why. It is pure: the same tellings give the same groups
// in whatever order they come. It joins by registration, by report, by a named parent and by several weaker signs
// together, never by a title alone. It knows nothing of how graphs or documents are stored.
package link

import "github.com/picograph/picograph/graph/evidence"

// Telling is one study as one document tells of it.
type Telling struct {
	Document string // identifies the document
	Report   *evidence.Report
	Study    *evidence.Study
	Cites    []evidence.Citation // the document's citations, by which a second-hand study (Study.Via) is known
}

// Group is the tellings of one study. ID is stable: a registration where there is one, else a report's DOI, else made
// from the first telling. Members are indexes into the tellings that Join was given, the trial's own report first, then
// secondary analyses, then tellings known only through other documents.
type Group struct {
	ID      string // "NCT03454555", "doi:10.1000/x", ...
	Name    string // what to call the study
	Members []int
	Parent  int // the member that is the trial's own report, as an index into the tellings; -1 where none is known
	Joins   []Join
}

// Reference names one telling: its document and the study's identifier in it.
type Reference struct {
	Document string `json:"document"`
	Study    string `json:"study"`
}

// Join is why two tellings are of one study.
type Join struct {
	A      Reference `json:"a"`
	B      Reference `json:"b"`
	Reason string    `json:"reason"` // one of the By... constants
	// Evidence is the reason in words: "both report NCT03454555".
	Evidence string `json:"evidence"`
	Tellings [2]int `json:"-"` // the two, as indexes
}

// Tellings hands out tellings by their numbers, each as often as it is asked for, so that those of many documents need not be in memory.
type Tellings interface {
	Len() int
	Telling(i int) (Telling, error)
}

// Room is where what memory need not hold lies: in temporary files of a folder, beyond a bound of so many bytes.
type Room struct {
	Folder string // "" for the system's
	Bound  int
}

// The reasons for a join, the strongest first. ByNotice joins a report and what corrects, retracts, updates, republishes or
// comments on it. ByTeam needs the team, the arms and an outcome in common.
const (
	ByRegistration = "shared registration"
	ByReport       = "same report"
	ByNotice       = "linked report"
	ByParent       = "named parent"
	ByTeam         = "same team, arms and outcome"
)
