package format

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// field is one field of a tagged record: its tag and its lines, without the marks of folding.
type field struct {
	tag   string
	lines []string
}

// joined returns the field's lines as one.
func (f field) joined() string { return strings.Join(f.lines, " ") }

// all returns the field's lines with their ends.
func (f field) all() string { return strings.Join(f.lines, "\n") }

// eachLine calls f with each line of a file, without its end and a byte-order mark.
func eachLine(data []byte, f func(line string)) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	for len(data) > 0 {
		i := bytes.IndexAny(data, "\r\n")
		if i < 0 {
			i = len(data)
		}
		f(string(data[:i]))
		if i+1 < len(data) && data[i] == '\r' && data[i+1] == '\n' {
			i++
		}
		data = data[min(i+1, len(data)):]
	}
}

// begins returns the first lines of a file that are not blank.
func begins(data []byte, n int) []string {
	var out []string
	eachLine(data[:min(len(data), 64<<10)], func(line string) {
		if len(out) < n && strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	})
	return out
}

// medlineTag is the start of a field: two to four letters, filled up with blanks to four, and a hyphen.
var medlineTag = regexp.MustCompile(`^(?:[A-Z]{4}|[A-Z][A-Z0-9]{2} |[A-Z][A-Z0-9]  )-(?: |$)`)

// isMedline reports whether a file is in MEDLINE's tagged form, which PubMed and PMC export.
func isMedline(f File) bool {
	tags, medline := 0, 0
	for i, line := range begins(f.Data, 60) {
		if !medlineTag.MatchString(line) {
			if i < 3 && !strings.HasPrefix(line, " ") {
				return false
			}
			continue
		}
		tags++
		switch line[:4] {
		case "TY  ":
			return false
		case "PMID", "STAT", "OWN ", "FAU ", "DP  ", "PMC ", "JT  ":
			medline++
		}
	}
	return tags >= 3 && medline > 0
}

// readMedline reads the records of a file in MEDLINE's tagged form.
func readMedline(f File, yield func(Record) error) error {
	var k keys
	var fields []field
	var err error
	flush := func() {
		if len(fields) == 0 || err != nil {
			return
		}
		err = yield(medlineEntry(fields).record(&k))
		fields = nil
	}
	blank := true
	eachLine(f.Data, func(line string) {
		switch {
		case strings.TrimSpace(line) == "":
			blank = true
			return
		case medlineTag.MatchString(line):
			tag := strings.TrimSpace(line[:4])
			if blank && medlineStarts[tag] || (tag == "PMID" || blank && tag == "TI") && holds(fields, tag) {
				flush()
			}
			fields = append(fields, field{tag, []string{strings.TrimSpace(line[5:])}})
		case len(fields) > 0:
			last := &fields[len(fields)-1]
			last.lines = append(last.lines, strings.TrimSpace(line))
		}
		blank = false
	})
	flush()
	return err
}

// medlineStarts are the tags that begin a record after a blank line.
var medlineStarts = map[string]bool{"PMID": true, "PMC": true, "OWN": true, "STAT": true, "UI": true}

// holds reports whether one of the fields has a tag.
func holds(fields []field, tag string) bool {
	for _, f := range fields {
		if f.tag == tag {
			return true
		}
	}
	return false
}

// medlineEntry takes in the fields of a record.
func medlineEntry(fields []field) *entry {
	e := &entry{}
	r := &e.report
	var short, abbreviated, vernacular string
	full := holds(fields, "FAU")
	for _, f := range fields {
		s := f.joined()
		switch f.tag {
		case "PMID":
			r.PMID = firstOf(r.PMID, barePMID(s))
		case "PMC":
			r.PMCID = firstOf(r.PMCID, barePMCID(s))
		case "TI", "BTI":
			r.Title = firstOf(r.Title, s)
		case "TT":
			vernacular = s
		case "AB":
			e.abstract = firstOf(e.abstract, s)
		case "FAU":
			r.Authors = append(r.Authors, familyFirst(s))
		case "AU":
			if !full {
				r.Authors = append(r.Authors, undo(s))
			}
		case "CN":
			r.Authors = append(r.Authors, undo(s))
		case "JT":
			r.Journal = s
		case "TA":
			abbreviated = s
		case "SO":
			short = s
		case "VI":
			r.Volume = undo(s)
		case "IP":
			r.Issue = undo(s)
		case "PG":
			r.Pages = undo(s)
		case "DP":
			r.Year = yearIn(s)
		case "SI":
			if bank, _, ok := strings.Cut(s, "/"); ok && trialRegistries.MatchString(bank) {
				e.registrations = append(e.registrations, s)
			}
		default:
			e.medlineIndex(f.tag, s)
		}
	}
	if t := strings.Trim(r.Title, "[]. "); t == "" || strings.EqualFold(t, "not available") {
		r.Title = vernacular
	}
	r.Journal = firstOf(r.Journal, abbreviated)
	if r.DOI == "" {
		if i := strings.Index(short, "doi:"); i >= 0 {
			e.doi(short[i:])
		}
	}
	if r.Year == 0 {
		r.Year = yearIn(short)
	}
	return e
}

// medlineIndex takes in the fields that identify, index and link a record.
func (e *entry) medlineIndex(tag, s string) {
	switch tag {
	case "AID", "LID":
		id, kind, _ := strings.Cut(s, " [")
		switch {
		case kind == "doi]":
			e.doi(id)
		case e.report.Pages == "" && tag == "LID" && kind == "pii]":
			e.report.Pages = undo(id)
		}
	case "PT":
		e.publicationType(s)
	case "MH":
		e.indexed(s, "MeSH")
	case "OT":
		e.keyword(strings.ReplaceAll(s, "*", ""), "author keyword", strings.HasPrefix(s, "*"))
	case "NM", "RN":
		if i := strings.Index(s, " ("); tag == "RN" && i >= 0 && strings.HasSuffix(s, ")") {
			s = s[i+2 : len(s)-1]
		}
		e.keyword(s, "substance", false)
	case "LA":
		e.keyword(s, "language", false)
	default:
		e.linked(tag, s)
	}
}

// medlineRelations are the tags of links between records, as the elements of PubMed's XML are called.
var medlineRelations = map[string]string{
	"CON": "CommentOn", "CIN": "CommentIn", "EFR": "ErratumFor", "EIN": "ErratumIn", "ROF": "RetractionOf", "RIN": "RetractionIn",
	"PROF": "PartialRetractionOf", "PRIN": "PartialRetractionIn", "UOF": "UpdateOf", "UIN": "UpdateIn", "RPF": "RepublishedFrom", "RPI": "RepublishedIn",
	"CRF": "CorrectedandRepublishedFrom", "CRI": "CorrectedandRepublishedIn", "RRF": "RetractedandRepublishedFrom", "RRI": "RetractedandRepublishedIn",
	"ECF": "ExpressionOfConcernFor", "ECI": "ExpressionOfConcernIn", "DDIN": "AssociatedDataset", "DRIN": "AssociatedPublication",
	"ORI": "OriginalReportIn", "SPIN": "SummaryForPatientsIn",
}

var medlineLinkPMID = regexp.MustCompile(`PMID: ?(\d{1,9})`)

// linked takes in a link to another record, and what it says of the status.
func (e *entry) linked(tag, s string) {
	kind, ok := pubmedRelations[medlineRelations[tag]]
	if !ok || medlineRelations[tag] == "" {
		return
	}
	if kind.status == "retracted" || e.report.Status == "" {
		e.report.Status = firstOf(kind.status, e.report.Status)
	}
	c := evidence.Citation{ID: "c" + strconv.Itoa(len(e.cites)+1), Relation: kind.relation}
	if m := medlineLinkPMID.FindStringSubmatchIndex(s); m != nil {
		c.PMID = s[m[2]:m[3]]
		s = strings.TrimSpace(s[:m[0]])
	}
	pmid := c.PMID
	place(&c.Report, undo(s))
	c.PMID = pmid
	e.cites = append(e.cites, c)
}
