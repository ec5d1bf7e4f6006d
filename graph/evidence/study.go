package evidence

import "github.com/picograph/picograph/graph/quantity"

// Study is one investigation as one document tells of it. A trial is a study whose design assigns interventions.
type Study struct {
	ID             string           `json:"id"`
	Name           string           `json:"name,omitempty"`          // acronym, or first author and year
	Aliases        []string         `json:"aliases,omitempty"`       // other names that the text gives it
	Registrations  []string         `json:"registrations,omitempty"` // normalised: NCT03454555, ISRCTN..., ...
	Design         Design           `json:"design,omitzero"`
	Sponsor        string           `json:"sponsor,omitempty"`
	Setting        string           `json:"setting,omitempty"`
	Country        string           `json:"country,omitempty"`
	N              quantity.Decimal `json:"n,omitempty"` // a total that does not say of whom
	NRandomized    quantity.Decimal `json:"n_randomized,omitempty"`
	NAnalyzed      quantity.Decimal `json:"n_analyzed,omitempty"`
	NPlanned       quantity.Decimal `json:"n_planned,omitempty"`
	NStudies       quantity.Decimal `json:"n_studies,omitempty"`       // included in a review
	NTrials        quantity.Decimal `json:"n_trials,omitempty"`        // randomized trials among them
	NObservational quantity.Decimal `json:"n_observational,omitempty"` // observational studies among them
	Clusters       quantity.Decimal `json:"clusters,omitempty"`
	ClusterUnit    string           `json:"cluster_unit,omitempty"` // "primary care clinic": what was randomized
	Recruited      Dates            `json:"recruited,omitzero"`
	FollowUpEnded  string           `json:"follow_up_ended,omitempty"` // ISO 8601, as exact as stated
	Parent         string           `json:"parent,omitempty"`          // the study it is a secondary analysis of
	SecondHand     bool             `json:"second_hand,omitempty"`     // known only through this document
	Via            string           `json:"via,omitempty"`             // the citation it is known by
	Arms           []Arm            `json:"arms,omitempty"`
	Populations    []Population     `json:"populations,omitempty"`
	Outcomes       []Outcome        `json:"outcomes,omitempty"`
	Instruments    []Instrument     `json:"instruments,omitempty"`
	Findings       []Finding        `json:"findings,omitempty"`
	Conclusions    []Passage        `json:"conclusions,omitempty"`
	Certainty      []Passage        `json:"certainty,omitempty"` // what the authors of a review state of how sure its evidence is
	Stated         []Statement      `json:"stated,omitempty"`    // the passages behind the fields above
}

// Statement says where a field of a study stands in the text. Field is the field's JSON name.
type Statement struct {
	Field    string    `json:"field"`
	Passages []Passage `json:"passages,omitempty"`
	Terms    []string  `json:"terms,omitempty"` // index terms of the record, with who chose them, where the text is silent
}

// Dates is a period; its ends are ISO 8601 dates as exact as stated ("2017-10").
type Dates struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// Design is how a study was done, in closed terms where the text allows it.
type Design struct {
	Kind       string `json:"kind,omitempty"`       // see the Kind... constants
	Allocation string `json:"allocation,omitempty"` // randomized, cluster-randomized, non-randomized, none
	Model      string `json:"model,omitempty"`      // parallel, crossover, factorial, single group
	Masking    string `json:"masking,omitempty"`    // as stated: "masked outcome assessment", "double-blind"
	Phase      string `json:"phase,omitempty"`
	Status     string `json:"status,omitempty"` // as a register has it; else Terminated where the text says that it ended before it was to
	Text       string `json:"text,omitempty"`   // as printed
}

// The kinds of study.
const (
	KindTrial             = "trial"
	KindSecondaryAnalysis = "secondary analysis"
	KindSystematicReview  = "systematic review"
	KindMetaAnalysis      = "meta-analysis"
	KindCohort            = "cohort"
	KindCrossSectional    = "cross-sectional"
	KindQualitative       = "qualitative"
	KindProtocol          = "protocol"
	KindNarrative         = "narrative"
	KindGuideline         = "guideline"        // recommendations of a body or a panel
	KindQuasiExperiment   = "quasi-experiment" // what a policy or a program changed, over time or against places without it
)

// Terminated is the status of a study that ended before it was to.
const Terminated = "terminated"

// Unassigned reports whether a study of a kind gives nothing to anybody: it observes, or gathers what others found.
func Unassigned(kind string) bool {
	switch kind {
	case KindSystematicReview, KindMetaAnalysis, KindCohort, KindCrossSectional, KindQualitative, KindNarrative, KindGuideline, KindQuasiExperiment:
		return true
	}
	return false
}

// Observational reports whether a study of a kind tells what went along with what, without assigning anybody.
func Observational(kind string) bool {
	return kind == KindCohort || kind == KindCrossSectional || kind == KindQuasiExperiment
}

// Gathers reports whether a document of a kind gathers what other studies found, and studied nobody itself.
func Gathers(kind string) bool {
	return kind == KindSystematicReview || kind == KindMetaAnalysis || kind == KindNarrative || kind == KindGuideline
}

// The ways of allocating participants to arms.
const (
	Randomized        = "randomized"
	ClusterRandomized = "cluster-randomized"
	NonRandomized     = "non-randomized"
	NoAllocation      = "none"
)

// Role is what an arm is in a comparison.
type Role string

// The roles of an arm.
const (
	Experimental     Role = "experimental"
	ActiveComparator Role = "active comparator"
	Placebo          Role = "placebo"
	Sham             Role = "sham"
	UsualCare        Role = "usual care"
	NoIntervention   Role = "no intervention"
)

// Arm is a group of a study. Interventions are concept identifiers of the vocabulary, or the text as written where
// no concept fits; Components are parts of the arm's package that the document names.
type Arm struct {
	Label         string           `json:"label"`
	Abbreviation  string           `json:"abbreviation,omitempty"`
	Aliases       []string         `json:"aliases,omitempty"`
	N             quantity.Decimal `json:"n,omitempty"`
	Role          Role             `json:"role,omitempty"`
	Interventions []string         `json:"interventions,omitempty"`
	Components    []string         `json:"components,omitempty"`
	Description   string           `json:"description,omitempty"` // what it consisted of, as printed
	Passages      []Passage        `json:"passages,omitempty"`
}

// Population is the people that a study, or a finding, is about. A subgroup has a parent.
type Population struct {
	ID         string      `json:"id"`
	Parent     string      `json:"parent,omitempty"`
	Text       string      `json:"text"`
	Conditions []string    `json:"conditions,omitempty"` // concept identifiers
	Criteria   []Criterion `json:"criteria,omitempty"`
	Passages   []Passage   `json:"passages,omitempty"`
}

// Criterion is one condition of eligibility as a comparable statement: variable, relation, value and unit. The
// variable is a concept identifier ("opioid_dose", "age") or text.
type Criterion struct {
	Variable string            `json:"variable"`
	Relation quantity.Relation `json:"relation"`
	Value    string            `json:"value,omitempty"` // a number for numeric relations, else a concept or text
	High     quantity.Decimal  `json:"high,omitempty"`
	Unit     string            `json:"unit,omitempty"` // canonical: "MME/day"
	Duration string            `json:"duration,omitempty"`
	Exclude  bool              `json:"exclude,omitempty"`
	Printed  string            `json:"printed,omitempty"`
	Doubt    string            `json:"doubt,omitempty"`
	Passages []Passage         `json:"passages,omitempty"`
}

// Range returns the numbers that the criterion admits; ok is false when it is not numeric.
func (c Criterion) Range() (r quantity.Range, ok bool) {
	v, err := quantity.ParseDecimal(c.Value)
	if err != nil {
		return quantity.Range{}, false
	}
	return quantity.NewRange(c.Relation, v, c.High, c.Unit)
}

// Outcome is something a study measures.
type Outcome struct {
	ID         string    `json:"id"`
	Text       string    `json:"text"`
	Concept    string    `json:"concept,omitempty"`
	Role       string    `json:"role,omitempty"`   // primary, secondary, exploratory
	Better     string    `json:"better,omitempty"` // lower, higher
	Instrument string    `json:"instrument,omitempty"`
	Definition string    `json:"definition,omitempty"`
	Doubt      string    `json:"doubt,omitempty"`
	Timepoint  string    `json:"timepoint,omitempty"`
	Passages   []Passage `json:"passages,omitempty"`
}

// Instrument is a questionnaire, scale or checklist that a document describes, with its items where they are listed.
type Instrument struct {
	Label        string    `json:"label"`
	Abbreviation string    `json:"abbreviation,omitempty"`
	Concept      string    `json:"concept,omitempty"`
	Items        []string  `json:"items,omitempty"`
	Passages     []Passage `json:"passages,omitempty"`
}
