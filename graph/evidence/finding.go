package evidence

import "github.com/picograph/picograph/graph/quantity"

// Kind is what a finding compares with what.
type Kind string

// The kinds of finding.
const (
	BetweenArms Kind = "between"     // arm against comparator
	WithinArm   Kind = "within"      // one arm against its own baseline
	ArmLevel    Kind = "arm"         // a value of one arm
	Baseline    Kind = "baseline"    // a characteristic of those enrolled
	Interaction Kind = "interaction" // whether an effect differs between subgroups
	Association Kind = "association" // an exposure against an outcome, not assigned
	Prevalence  Kind = "prevalence"  // a share of a population
	VoteCount   Kind = "vote"        // events of total are studies
	InWords     Kind = "statement"   // a result in words that is none of these
)

// Direction is what happened to the outcome, not whether that is good.
type Direction string

// The directions. NoDifference is also the direction of a comparison that is not significant or called similar.
const (
	Increased    Direction = "increased"
	Decreased    Direction = "decreased"
	NoDifference Direction = "no difference"
	NotStated    Direction = "not stated"
)

// Finding is one result: one outcome, one population, one time point, of one kind. Arm and Comparator are labels of
// the study's arms. A result told twice in a document is one finding with several passages.
type Finding struct {
	ID                   string     `json:"id"`
	Kind                 Kind       `json:"kind"`
	Outcome              OutcomeRef `json:"outcome,omitzero"`
	Population           Ref        `json:"population,omitzero"`
	Subgroup             bool       `json:"subgroup,omitempty"`
	Arm                  []string   `json:"arm,omitempty"`
	Comparator           []string   `json:"comparator,omitempty"`
	ComparatorPopulation Ref        `json:"comparator_population,omitzero"`
	Modifier             string     `json:"modifier,omitempty"` // an interaction, by what
	Exposure             string     `json:"exposure,omitempty"` // an association, with what
	Analysis             string     `json:"analysis,omitempty"` // exploratory, post hoc, sensitivity, ... as stated
	Timepoint            Timepoint  `json:"timepoint,omitzero"`
	Estimates            []Estimate `json:"estimates,omitempty"` // the main one first
	From                 []string   `json:"from,omitempty"`      // arm-level findings that a comparison compares
	P                    PValue     `json:"p,omitzero"`
	Direction            Direction  `json:"direction,omitempty"`
	Significant          *bool      `json:"significant,omitempty"` // nil where nothing says
	Checks               []string   `json:"checks,omitempty"`
	Passages             []Passage  `json:"passages,omitempty"`
}

// Ref names a population by its text and its identifier within the study.
type Ref struct {
	Text string `json:"text,omitempty"`
	ID   string `json:"id,omitempty"`
}

// OutcomeRef names what a finding is about: the text as printed, the concept, the role the study gives it, and what the study calls it
// where the sentence calls it otherwise.
type OutcomeRef struct {
	Text      string `json:"text,omitempty"`
	Concept   string `json:"concept,omitempty"`
	Role      string `json:"role,omitempty"`
	Announced string `json:"announced,omitempty"`
}

// Timepoint is when an outcome was measured, counted from the start of the study unless Text says otherwise.
type Timepoint struct {
	Text   string           `json:"text,omitempty"`
	Months quantity.Decimal `json:"months,omitempty"`
}

// Estimate is one number, or one set of numbers that belong together, as printed and as parsed. Measure is an
// identifier of the vocabulary's measure table ("OR", "MD", "mean change", "proportion", ...).
type Estimate struct {
	Measure    string             `json:"measure,omitempty"`
	Value      quantity.Decimal   `json:"value,omitempty"`
	Unit       string             `json:"unit,omitempty"`
	Adjusted   bool               `json:"adjusted,omitempty"`
	Printed    string             `json:"printed,omitempty"` // as it stands in the text
	Doubt      string             `json:"doubt,omitempty"`   // what was repaired or presumed
	CI         *Interval          `json:"ci,omitempty"`
	Events     quantity.Decimal   `json:"events,omitempty"`
	Total      quantity.Decimal   `json:"total,omitempty"`
	Percent    quantity.Decimal   `json:"percent,omitempty"`
	Mean       quantity.Decimal   `json:"mean,omitempty"`
	Median     quantity.Decimal   `json:"median,omitempty"`
	Low        quantity.Decimal   `json:"low,omitempty"`
	High       quantity.Decimal   `json:"high,omitempty"`
	SD         quantity.Decimal   `json:"sd,omitempty"`
	SE         quantity.Decimal   `json:"se,omitempty"`
	IQR        []quantity.Decimal `json:"iqr,omitempty"`
	Range      []quantity.Decimal `json:"range,omitempty"`
	N          quantity.Decimal   `json:"n,omitempty"`
	Before     *Moment            `json:"before,omitempty"`
	After      *Moment            `json:"after,omitempty"`
	Method     string             `json:"method,omitempty"`
	Hypothesis string             `json:"hypothesis,omitempty"` // superiority, non-inferiority, equivalence
	Margin     quantity.Decimal   `json:"margin,omitempty"`
	Statistic  string             `json:"statistic,omitempty"`
}

// Moment is a mean and its standard deviation at one time.
type Moment struct {
	Mean quantity.Decimal `json:"mean,omitempty"`
	SD   quantity.Decimal `json:"sd,omitempty"`
}

// Interval is a confidence or credible interval. Level is in percent.
type Interval struct {
	Level    quantity.Decimal `json:"level,omitempty"`
	Low      quantity.Decimal `json:"low,omitempty"`
	High     quantity.Decimal `json:"high,omitempty"`
	Kind     string           `json:"kind,omitempty"` // confidence, credible
	OneSided bool             `json:"one_sided,omitempty"`
}

// PValue is a P value with its relation, as printed and as parsed. Of says what it tests.
type PValue struct {
	Relation string           `json:"relation,omitempty"` // =, <, >, <=, >=
	Value    quantity.Decimal `json:"value,omitempty"`
	High     quantity.Decimal `json:"high,omitempty"` // of a range
	Printed  string           `json:"printed,omitempty"`
	Of       string           `json:"of,omitempty"` // between groups, within arm, interaction, trend
}

// What a P value tests.
const (
	PBetween     = "between groups"
	PWithin      = "within arm"
	PInteraction = "interaction"
	PTrend       = "trend"
)
