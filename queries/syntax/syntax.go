// Package syntax parses and prints the canonical query language, which reads as English:
//
//	interventions where outcome is "opioid dose" and direction is decreased and population has dose >= 90 MME/day
//	compare "MI + CBT" with SDM on "opioid dose"
//	registration, dates, setting of study VOICE
//
// The tree's String parses back to the same tree. The package holds the tables of verbs, fields and steps, from which
// help, completion and documentation are made. It knows no vocabulary: names and values are text to it.
package syntax

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Span is a stretch of the query's text: byte offsets, End exclusive.
type Span struct{ Start, End int }

// Error says what is wrong with a query, where, and what may stand there.
type Error struct {
	Span       Span
	Message    string
	Hint       string
	Unfinished bool // the text ends before the query does: more of it may follow
}

// Error returns the message with its place.
func (e *Error) Error() string {
	return fmt.Sprintf("%s (at byte %d)", e.Message, e.Span.Start)
}

// ErrUnfinished is what errors.Is finds in the error of a query that ends too early.
var ErrUnfinished = errors.New("unfinished query")

// Is makes errors.Is(err, ErrUnfinished) true for an unfinished query.
func (e *Error) Is(target error) bool { return target == ErrUnfinished && e.Unfinished }

// Verb is what a query starts with: one row of the language's table.
type Verb struct {
	Name    string // the word or words it starts with
	Form    string // its grammar, in short
	Does    string
	Example string
}

// Verbs returns the verbs in the order in which help shows them.
func Verbs() []Verb { return slices.Clone(verbs) }

var verbs = []Verb{
	{"interventions", "interventions [where CONDITIONS]", "lists interventions with what was found of them, in blocks by kind of evidence", `interventions where outcome is "opioid dose" and direction is decreased and population has dose >= 90 MME/day`},
	{"findings", "findings [where CONDITIONS]", "lists findings, in blocks by kind of evidence", `findings where study is VOICE and outcome is "pain response"`},
	{"studies", "studies [where CONDITIONS]", "lists studies, each once however many reports it has", `studies where design is randomized`},
	{"reports", "reports [where CONDITIONS]", "lists publications, loaded or cited", `reports where study is INSPIRE`},
	{"outcomes", "outcomes [where CONDITIONS]", "lists what the studies measured", `outcomes where study is VOICE`},
	{"populations", "populations [where CONDITIONS]", "lists who was studied", `populations where study is INSPIRE`},
	{"subgroups", "subgroups [where CONDITIONS]", "lists the groups of people within studies that were told of apart", `subgroups where study is INSPIRE`},
	{"predictors", "predictors [where CONDITIONS]", "lists what was associated with an outcome, and what modified an effect", `predictors where outcome is "opioid dose"`},
	{"compare", "compare A with B [on OUTCOME] [where CONDITIONS]", "shows the findings that compare two interventions", `compare "MI + CBT" with SDM on "opioid dose"`},
	{"count", "count studies [where CONDITIONS]", "counts studies, reports or findings, and lists them", `count studies where design is randomized`},
	{"show", "show [study|report|intervention|population|outcome|instrument] NAME", "shows the card of one thing", `show study VOICE`},
	{"summary", "summary [where CONDITIONS]", "summary of findings: of each comparison the risk with the comparator, the relative and the absolute effect, the certainty left to a person", `summary where study is VOICE`},
	{"conflicts", "conflicts [where CONDITIONS]", "findings on the same outcome that disagree, and what differs between their studies", `conflicts where outcome is "opioid dose"`},
	{"gaps", "gaps [where CONDITIONS]", "a map of interventions and outcomes: how many studies have evidence on each pair, and which have none", `gaps where condition is "chronic pain"`},
	{"check", "check [study NAME]", "checks the arithmetic of what was printed", `check study VOICE`},
	{"", "ATTRIBUTE, ... of study|report|intervention|instrument NAME", "looks up what is stated of one thing", `registration, dates, setting of study VOICE`},
}

// Field is what a condition can be about.
type Field struct {
	Name    string
	Takes   string // name, number, word, criterion, flag
	Does    string
	Example string
	Words   []string // of a word: what it can be
}

// Fields returns the fields of conditions in the order in which help shows them.
func Fields() []Field { return slices.Clone(fields) }

var fields = []Field{
	{"intervention", "name", "what an arm was given; narrower interventions and packages that contain it count", `intervention is "collaborative care"`, nil},
	{"comparator", "name", "what it was compared with", `comparator is "usual care"`, nil},
	{"component", "name", "a part of an arm's package", `component is "motivational interviewing"`, nil},
	{"outcome", "name", "what was measured; narrower outcomes count", `outcome is "opioid dose"`, nil},
	{"population", "name or criterion", "who was studied", `population has dose >= 90 MME/day`, nil},
	{"condition", "name", "what the people studied have", `condition is "opioid use disorder"`, nil},
	{"study", "name", "a study by acronym, author and year, or registration", `study is VOICE`, nil},
	{"registration", "name", "a registration number, or how those of a registry begin", `registration is NCT03454555`, nil},
	{"document", "name", "a loaded document", `document is trial.txt`, nil},
	{"design", "name", "the kind of study or how it assigned people", `design is cluster-randomized`, nil},
	{"setting", "name", "where it was done", `setting is "primary care"`, nil},
	{"country", "name", "the country where it was done, or a region of the world", `country is Canada`, nil},
	{"phase", "name", "the phase of a trial", `phase is 3`, nil},
	{"sponsor", "name", "who paid", `sponsor is "Medical Research Council"`, nil},
	{"journal", "name", "the journal of the report", `journal is Trials`, nil},
	{"recruited", "number", "the years in which people were recruited", `recruited >= 2015`, nil},
	{"hypothesis", "word", "what a comparison was made to show: non-inferiority or equivalence", `hypothesis is non-inferiority`, []string{"non-inferiority", "equivalence", "superiority"}},
	{"kind", "word", "the kind of evidence: between, within, arm, baseline, interaction, association, prevalence, vote, statement", `kind is between`, []string{"between", "within", "arm", "baseline", "interaction", "association", "prevalence", "vote", "statement"}},
	{"direction", "word", "what happened to the outcome: increased, decreased, improved, worsened, changed, no difference", `direction is decreased`, []string{"increased", "decreased", "improved", "worsened", "changed", "no difference", "not stated"}},
	{"significant", "word", "whether the printed P, interval or words show a difference: yes or no", `significant is yes`, []string{"yes", "no"}},
	{"measure", "name", "the effect measure", `measure is "odds ratio"`, nil},
	{"role", "word", "the role of the outcome: primary or secondary", `role is primary`, []string{"primary", "secondary"}},
	{"exposure", "name", "what an association is with", `exposure is "baseline dosage"`, nil},
	{"modifier", "name", "what an effect differs by", `modifier is "mental health condition"`, nil},
	{"time", "number", "when it was measured", `time is 12 months`, nil},
	{"p", "number", "the printed P value", `p < 0.05`, nil},
	{"n", "number", "the number of people in the study", `n >= 200`, nil},
	{"year", "number", "the year of the report", `year >= 2020`, nil},
	{"text", "name", "words that stand in the finding's sentence", `text is "mental health"`, nil},
}

// Step is one kind of step after a match.
type StepKind struct{ Name, Form, Does, Example string }

// Steps returns the steps in the order in which help shows them.
func Steps() []StepKind { return slices.Clone(stepKinds) }

var stepKinds = []StepKind{
	{"where", "where CONDITIONS", "keeps what meets further conditions", `studies where design is randomized | where year >= 2015`},
	{"group", "group by FIELD[, FIELD]", `puts rows of one value together and counts them, the largest group first; in English "how many trials per country", "by country and year"`, `findings where kind is between | group by outcome`},
	{"order", "order by FIELD [asc|desc]", "orders the rows of each block", `findings where p < 0.05 | order by n desc`},
	{"show", "show FIELD|count|mean FIELD|median FIELD|min FIELD|max FIELD, ...", "shows some columns, or counts and statistics of numbers over the rows or over each group; effects are not averaged", `studies where design is randomized | group by year | show count, median n`},
	{"limit", "limit N", "keeps the first N rows of each block", `findings where kind is between | limit 10`},
}

// Subjects are the words that say what kind of thing a name is of, in "of study VOICE" and "show study VOICE".
func Subjects() []string {
	return []string{"study", "report", "intervention", "population", "outcome", "instrument", "document"}
}

func fieldNamed(name string) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return f.Name == name })
}

func nounNamed(name string) bool {
	switch name {
	case "interventions", "findings", "studies", "reports", "outcomes", "populations", "subgroups", "predictors", "summary", "conflicts", "gaps":
		return true
	}
	return false
}

// Starts reports whether a query can start with a word.
func Starts(word string) bool {
	return nounNamed(word) || slices.ContainsFunc(verbs, func(v Verb) bool { return v.Name == word && word != "" })
}

// Quote returns s as a value of the language: as it is when it is one plain word, else in double quotes.
func Quote(s string) string {
	if plainWord(s) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `“`, `\“`, `”`, `\”`, "\n", " ", "\r", " ", "\t", " ").Replace(s) + `"`
}
