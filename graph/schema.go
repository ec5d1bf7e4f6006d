package graph

import (
	"reflect"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// The namespaces of the schema. Ours is a URN that claims no web address: nothing in a graph is meant to be fetched.
const (
	ourTerms     = "urn:picograph:ns:"
	conceptIRI   = "urn:picograph:concept:"
	measureIRI   = "urn:picograph:measure:"
	documentIRI  = "urn:picograph:document:"
	studyIRI     = "urn:picograph:study:"
	reportIRI    = "urn:picograph:report:"
	vocabularyIn = "urn:picograph:vocabulary" // the label of concepts and measures
	joinsIn      = "urn:picograph:joins"      // the label of what is computed over the whole graph

	rdfType  = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
	xsdSpace = "http://www.w3.org/2001/XMLSchema#"
)

// Prefix is a short name for a namespace, used in the schema table and in the documentation.
type Prefix struct{ Name, IRI string }

// Prefixes returns the namespaces that the schema uses.
func Prefixes() []Prefix {
	return []Prefix{
		{"pg", ourTerms},
		{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
		{"xsd", xsdSpace},
		{"schema", "https://schema.org/"},
		{"pico", "http://data.cochrane.org/ontologies/pico/"},
		{"prov", "http://www.w3.org/ns/prov#"},
		{"oa", "http://www.w3.org/ns/oa#"},
		{"fabio", "http://purl.org/spar/fabio/"},
		{"cito", "http://purl.org/spar/cito/"},
		{"prism", "http://prismstandard.org/namespaces/basic/2.0/"},
		{"dcterms", "http://purl.org/dc/terms/"},
		{"skos", "http://www.w3.org/2004/02/skos/core#"},
		{"owl", "http://www.w3.org/2002/07/owl#"},
	}
}

// expand returns the full IRI of a prefixed name.
func expand(name string) string {
	prefix, local, ok := strings.Cut(name, ":")
	if ok {
		for _, p := range Prefixes() {
			if p.Name == prefix {
				return p.IRI + local
			}
		}
	}
	return name
}

// Class is a kind of node. Path is how the identifier of such a node ends; Key is the field by which other nodes of
// the same document name it.
type Class struct {
	Name    string
	IRI     string // prefixed
	Path    string
	Key     string
	Meaning string
	of      reflect.Type
}

// Classes returns the kinds of node, in the order of the documentation.
func Classes() []Class {
	return []Class{
		{"Document", "prov:Entity", "urn:picograph:document:DIGEST", "", "one loaded document; the label of all that it says", reflect.TypeFor[evidence.Document]()},
		{"Source", "pg:Source", "DOCUMENT/source/DIGEST", "", "a place that the document was loaded from", reflect.TypeFor[source]()},
		{"Report", "schema:ScholarlyArticle", "DOCUMENT/report", "", "the publication or registry record that the document is", reflect.TypeFor[evidence.Report]()},
		{"Citation", "pg:Citation", "DOCUMENT/citation/N", "ID", "a report that the document refers to", reflect.TypeFor[evidence.Citation]()},
		{"Study", "schema:MedicalStudy", "DOCUMENT/study/N", "ID", "a study as this document tells of it", reflect.TypeFor[evidence.Study]()},
		{"Arm", "pico:InterventionGroup", "STUDY/arm/N", "Label", "a group of the study", reflect.TypeFor[evidence.Arm]()},
		{"Population", "pico:Population", "STUDY/population/N", "ID", "the people that the study, or a finding, is about", reflect.TypeFor[evidence.Population]()},
		{"Criterion", "pg:Criterion", "POPULATION/criterion/N", "", "one condition of eligibility, comparable", reflect.TypeFor[evidence.Criterion]()},
		{"Outcome", "pico:Outcome", "STUDY/outcome/N", "ID", "something that the study measures", reflect.TypeFor[evidence.Outcome]()},
		{"Instrument", "pico:AssessmentScale", "STUDY/instrument/N", "", "a questionnaire or scale that the document describes", reflect.TypeFor[evidence.Instrument]()},
		{"Finding", "pg:Finding", "DOCUMENT/finding/ID", "ID", "one result", reflect.TypeFor[evidence.Finding]()},
		{"Estimate", "pg:Estimate", "FINDING/estimate/N", "", "one number, or numbers that belong together", reflect.TypeFor[evidence.Estimate]()},
		{"Statement", "pg:Statement", "STUDY/stated/N", "", "where a field of the study stands in the text", reflect.TypeFor[evidence.Statement]()},
		{"Passage", "oa:DataPositionSelector", "DOCUMENT/passage/START-END", "", "an exact stretch of the document's text, in bytes of UTF-8", reflect.TypeFor[evidence.Passage]()},
		{"Keyword", "schema:DefinedTerm", "DOCUMENT/keyword/N", "", "a term that a document was indexed with", reflect.TypeFor[evidence.Keyword]()},
		{"Skip", "pg:Skip", "DOCUMENT/ignored/N", "", "a stretch of text left out on purpose", reflect.TypeFor[evidence.Skip]()},
		{"Problem", "pg:Problem", "DOCUMENT/problem/N", "", "something that could not be used", reflect.TypeFor[evidence.Problem]()},
		{"Chunk", "pg:Chunk", "DOCUMENT/text/N", "", "a piece of the document's text, compressed with gzip, in base64", reflect.TypeFor[chunk]()},
		{"Concept", "skos:Concept", "urn:picograph:concept:ID", "", "a concept of the vocabulary; label " + vocabularyIn, nil},
		{"Measure", "pg:Measure", "urn:picograph:measure:ID", "", "a measure of the vocabulary; label " + vocabularyIn, nil},
		{"Publication", "schema:ScholarlyArticle", "urn:picograph:report:ID", "", "one report, however many documents are records of it, where there are several, where others that are loaded refer to it, or where it was retracted; label " + joinsIn, nil},
		{"Joined", "pg:JoinedStudy", "urn:picograph:study:ID", "", "one study, however many documents tell of it; label " + joinsIn, nil},
		{"Join", "pg:Join", "JOINED/join/N", "", "why two tellings are of one study; label " + joinsIn, nil},
	}
}

// source and chunk stand for nodes of which the domain model has no type.
type source struct {
	Path   string
	SHA256 string
	Format string
	Origin string
}

type chunk struct {
	Data string
}

// Property is a kind of edge: how one field of the domain model is stored.
type Property struct {
	Class   string // the domain
	Field   string // of the domain model, with a dot into structs kept flat; empty for edges made for walks only
	IRI     string // prefixed
	Range   string // a Class, or one of the ranges below
	Meaning string
}

// The ranges that are not classes. Term is a concept where the vocabulary has one by that identifier, else text;
// Value is a number where it is one, else a Term.
const (
	Text       = "text"
	Number     = "decimal"
	Whole      = "integer"
	Truth      = "boolean"
	Base64     = "base64"
	ConceptRef = "concept"
	MeasureRef = "measure"
	Term       = "concept or text"
	Value      = "number, concept or text"
	Web        = "IRI"
)

// Properties returns the schema's table, in the order of the documentation.
func Properties() []Property {
	var all []Property
	for _, part := range [][]Property{
		documentProperties(), studyProperties(), findingProperties(), passageProperties(), sharedProperties(),
	} {
		all = append(all, part...)
	}
	return all
}
