package format

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
)

// The types below are what is read of a study in the form of the ClinicalTrials.gov API, version 2. Their fields have
// the names of the API. What the API has as a text, a number or a truth value is a ctText.

type ctStudy struct {
	Protocol ctProtocol
	Results  ctResults
	Derived  ctDerived
}

type ctProtocol struct {
	Identification struct {
		NCTID        ctText   `json:"nctId"`
		Aliases      []ctText `json:"nctIdAliases"`
		Org          ctID     `json:"orgStudyIdInfo"`
		Secondary    []ctID   `json:"secondaryIdInfos"`
		Title        ctText   `json:"briefTitle"`
		Official     ctText   `json:"officialTitle"`
		Acronym      ctText   `json:"acronym"`
		Organization struct {
			Name ctText `json:"fullName"`
		} `json:"organization"`
	} `json:"identificationModule"`
	Status struct {
		Overall    ctText `json:"overallStatus"`
		WhyStopped ctText `json:"whyStopped"`
		Start      ctDate `json:"startDateStruct"`
		Primary    ctDate `json:"primaryCompletionDateStruct"`
		Completion ctDate `json:"completionDateStruct"`
		Submitted  ctText `json:"studyFirstSubmitDate"`
		Posted     ctDate `json:"studyFirstPostDateStruct"`
		Results    ctDate `json:"resultsFirstPostDateStruct"`
	} `json:"statusModule"`
	Sponsors struct {
		Lead ctNamed   `json:"leadSponsor"`
		With []ctNamed `json:"collaborators"`
	} `json:"sponsorCollaboratorsModule"`
	Description struct {
		Brief    ctText `json:"briefSummary"`
		Detailed ctText `json:"detailedDescription"`
	} `json:"descriptionModule"`
	Conditions struct {
		Conditions []ctText `json:"conditions"`
		Keywords   []ctText `json:"keywords"`
	} `json:"conditionsModule"`
	Design ctDesign `json:"designModule"`
	Arms   struct {
		Groups        []ctArm          `json:"armGroups"`
		Interventions []ctIntervention `json:"interventions"`
	} `json:"armsInterventionsModule"`
	Outcomes struct {
		Primary   []ctOutcome `json:"primaryOutcomes"`
		Secondary []ctOutcome `json:"secondaryOutcomes"`
		Other     []ctOutcome `json:"otherOutcomes"`
	} `json:"outcomesModule"`
	Eligibility struct {
		Criteria   ctText `json:"eligibilityCriteria"`
		Healthy    ctText `json:"healthyVolunteers"`
		Sex        ctText `json:"sex"`
		Gender     ctText `json:"genderDescription"`
		Min        ctText `json:"minimumAge"`
		Max        ctText `json:"maximumAge"`
		Population ctText `json:"studyPopulation"`
	} `json:"eligibilityModule"`
	Contacts struct {
		Locations []ctLocation `json:"locations"`
	} `json:"contactsLocationsModule"`
	References struct {
		References []ctReference `json:"references"`
		SeeAlso    []struct {
			Label ctText `json:"label"`
			URL   ctText `json:"url"`
		} `json:"seeAlsoLinks"`
	} `json:"referencesModule"`
}

type ctID struct {
	ID     ctText `json:"id"`
	Type   ctText `json:"type"`
	Domain ctText `json:"domain"`
}

type ctDate struct {
	Date ctText `json:"date"`
	Type ctText `json:"type"`
}

type ctNamed struct {
	Name ctText `json:"name"`
}

type ctDesign struct {
	StudyType ctText   `json:"studyType"`
	Phases    []ctText `json:"phases"`
	Info      struct {
		Allocation    ctText `json:"allocation"`
		Model         ctText `json:"interventionModel"`
		ModelText     ctText `json:"interventionModelDescription"`
		Purpose       ctText `json:"primaryPurpose"`
		Observational ctText `json:"observationalModel"`
		Time          ctText `json:"timePerspective"`
		Masking       struct {
			Masking ctText   `json:"masking"`
			Text    ctText   `json:"maskingDescription"`
			Who     []ctText `json:"whoMasked"`
		} `json:"maskingInfo"`
	} `json:"designInfo"`
	Enrollment struct {
		Count ctText `json:"count"`
		Type  ctText `json:"type"`
	} `json:"enrollmentInfo"`
}

type ctArm struct {
	Label         ctText   `json:"label"`
	Type          ctText   `json:"type"`
	Description   ctText   `json:"description"`
	Interventions []ctText `json:"interventionNames"`
}

type ctIntervention struct {
	Type        ctText   `json:"type"`
	Name        ctText   `json:"name"`
	Description ctText   `json:"description"`
	Arms        []ctText `json:"armGroupLabels"`
	Others      []ctText `json:"otherNames"`
}

type ctOutcome struct {
	Measure     ctText `json:"measure"`
	Description ctText `json:"description"`
	TimeFrame   ctText `json:"timeFrame"`
}

type ctLocation struct {
	Facility ctText `json:"facility"`
	City     ctText `json:"city"`
	Country  ctText `json:"country"`
}

type ctReference struct {
	PMID        ctText `json:"pmid"`
	Type        ctText `json:"type"`
	Citation    ctText `json:"citation"`
	Retractions []struct {
		PMID   ctText `json:"pmid"`
		Source ctText `json:"source"`
	} `json:"retractions"`
}

type ctDerived struct {
	Conditions    ctBrowse `json:"conditionBrowseModule"`
	Interventions ctBrowse `json:"interventionBrowseModule"`
}

type ctBrowse struct {
	Meshes []struct {
		Term ctText `json:"term"`
	} `json:"meshes"`
}

type ctResults struct {
	Flow struct {
		PreAssignment ctText    `json:"preAssignmentDetails"`
		Recruitment   ctText    `json:"recruitmentDetails"`
		Units         ctText    `json:"typeUnitsAnalyzed"`
		Groups        []ctGroup `json:"groups"`
		Periods       []struct {
			Title      ctText `json:"title"`
			Milestones []struct {
				Type         ctText    `json:"type"`
				Comment      ctText    `json:"comment"`
				Achievements []ctCount `json:"achievements"`
			} `json:"milestones"`
			Drops []struct {
				Type    ctText    `json:"type"`
				Comment ctText    `json:"comment"`
				Reasons []ctCount `json:"reasons"`
			} `json:"dropWithdraws"`
		} `json:"periods"`
	} `json:"participantFlowModule"`
	Baseline struct {
		Population ctText      `json:"populationDescription"`
		Units      ctText      `json:"typeUnitsAnalyzed"`
		Groups     []ctGroup   `json:"groups"`
		Denoms     []ctDenom   `json:"denoms"`
		Measures   []ctMeasure `json:"measures"`
	} `json:"baselineCharacteristicsModule"`
	Outcomes struct {
		Measures []ctMeasure `json:"outcomeMeasures"`
	} `json:"outcomeMeasuresModule"`
	Adverse struct {
		Threshold   ctText    `json:"frequencyThreshold"`
		TimeFrame   ctText    `json:"timeFrame"`
		Description ctText    `json:"description"`
		Mortality   ctText    `json:"allCauseMortalityComment"`
		Groups      []ctGroup `json:"eventGroups"`
		Serious     []ctEvent `json:"seriousEvents"`
		Other       []ctEvent `json:"otherEvents"`
	} `json:"adverseEventsModule"`
	More struct {
		Limitations struct {
			Description ctText `json:"description"`
		} `json:"limitationsAndCaveats"`
	} `json:"moreInfoModule"`
}

// ctGroup is a group of participants; the counts are those of groups of adverse events.
type ctGroup struct {
	ID          ctText `json:"id"`
	Title       ctText `json:"title"`
	Description ctText `json:"description"`
	Deaths      ctText `json:"deathsNumAffected"`
	DeathsOf    ctText `json:"deathsNumAtRisk"`
	Serious     ctText `json:"seriousNumAffected"`
	SeriousOf   ctText `json:"seriousNumAtRisk"`
	Other       ctText `json:"otherNumAffected"`
	OtherOf     ctText `json:"otherNumAtRisk"`
}

type ctCount struct {
	Group    ctText `json:"groupId"`
	Subjects ctText `json:"numSubjects"`
	Units    ctText `json:"numUnits"`
	Comment  ctText `json:"comment"`
	Value    ctText `json:"value"`
}

type ctDenom struct {
	Units  ctText    `json:"units"`
	Counts []ctCount `json:"counts"`
}

// ctMeasure is a characteristic of the baseline or an outcome measure.
type ctMeasure struct {
	Type        ctText       `json:"type"`
	Title       ctText       `json:"title"`
	Description ctText       `json:"description"`
	Population  ctText       `json:"populationDescription"`
	Status      ctText       `json:"reportingStatus"`
	Param       ctText       `json:"paramType"`
	Dispersion  ctText       `json:"dispersionType"`
	Unit        ctText       `json:"unitOfMeasure"`
	TimeFrame   ctText       `json:"timeFrame"`
	DenomUnits  ctText       `json:"denomUnitsSelected"`
	Groups      []ctGroup    `json:"groups"`
	Denoms      []ctDenom    `json:"denoms"`
	Classes     []ctClass    `json:"classes"`
	Analyses    []ctAnalysis `json:"analyses"`
}

type ctClass struct {
	Title      ctText    `json:"title"`
	Denoms     []ctDenom `json:"denoms"`
	Categories []struct {
		Title        ctText          `json:"title"`
		Measurements []ctMeasurement `json:"measurements"`
	} `json:"categories"`
}

type ctMeasurement struct {
	Group   ctText `json:"groupId"`
	Value   ctText `json:"value"`
	Spread  ctText `json:"spread"`
	Low     ctText `json:"lowerLimit"`
	High    ctText `json:"upperLimit"`
	Comment ctText `json:"comment"`
}

type ctAnalysis struct {
	Groups         []ctText `json:"groupIds"`
	Description    ctText   `json:"groupDescription"`
	Param          ctText   `json:"paramType"`
	Value          ctText   `json:"paramValue"`
	Dispersion     ctText   `json:"dispersionType"`
	Spread         ctText   `json:"dispersionValue"`
	Comment        ctText   `json:"estimateComment"`
	P              ctText   `json:"pValue"`
	PComment       ctText   `json:"pValueComment"`
	Method         ctText   `json:"statisticalMethod"`
	MethodComment  ctText   `json:"statisticalComment"`
	Level          ctText   `json:"ciPctValue"`
	Sides          ctText   `json:"ciNumSides"`
	Low            ctText   `json:"ciLowerLimit"`
	High           ctText   `json:"ciUpperLimit"`
	LowComment     ctText   `json:"ciLowerLimitComment"`
	HighComment    ctText   `json:"ciUpperLimitComment"`
	Hypothesis     ctText   `json:"nonInferiorityType"`
	HypothesisText ctText   `json:"nonInferiorityComment"`
	Other          ctText   `json:"otherAnalysisDescription"`
}

type ctEvent struct {
	Term   ctText `json:"term"`
	Organ  ctText `json:"organSystem"`
	Notes  ctText `json:"notes"`
	Source ctText `json:"sourceVocabulary"`
	Stats  []struct {
		Group    ctText `json:"groupId"`
		Events   ctText `json:"numEvents"`
		Affected ctText `json:"numAffected"`
		AtRisk   ctText `json:"numAtRisk"`
	} `json:"stats"`
}

// ctText is a text, a number or a truth value, as it is printed; anything else is empty.
type ctText string

// UnmarshalJSON reads a JSON scalar.
func (t *ctText) UnmarshalJSON(b []byte) error {
	*t = ""
	switch {
	case len(b) == 0 || b[0] == '{' || b[0] == '[' || bytes.Equal(b, []byte("null")):
	case b[0] == '"':
		var s string
		if json.Unmarshal(b, &s) == nil {
			*t = ctText(s)
		}
	default:
		*t = ctText(b)
	}
	return nil
}

// escaped is a sign of Markdown that the registry writes with a backslash.
var escaped = lazyregexp.New("\\\\([\\\\`*_{}\\[\\]()<>#+\\-.!|~^=$&\"'])")

// line returns the text on one line, without the escapes of Markdown and of HTML.
func (t ctText) line() string {
	s := string(t)
	if strings.IndexByte(s, '\\') >= 0 {
		s = escaped.ReplaceAllString(s, "$1")
	}
	return undo(s)
}

// number returns the text as a number, or none where it is not one ("NA").
func (t ctText) number() quantity.Decimal {
	s := strings.TrimSpace(string(t))
	if s == "" {
		return ""
	}
	d, err := quantity.ParseDecimal(s)
	if err != nil {
		return ""
	}
	return d
}

// words returns a term of the API in words: "ACTIVE_COMPARATOR" is "active comparator".
func (t ctText) words() string {
	return strings.ToLower(strings.ReplaceAll(t.line(), "_", " "))
}
