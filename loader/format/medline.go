package format

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// field is one field of a tagged record: its tag and its lines, without the marks of folding.
type field struct {
	tag   string
	lines []traced
}

// told returns the field's lines as one.
func (f field) told() traced { return joinedTexts(f.lines, " ") }

// joined is told without where it stands.
func (f field) joined() string { return f.told().s }

// all returns the field's lines with their ends.
func (f field) all() traced { return joinedTexts(f.lines, "\n") }

// fields are those of a record that is being read, and the stretch of the file that it is.
type fields struct {
	list  []field
	place evidence.Extent
}

// begin adds a field that begins on a line, with what stands after its tag.
func (r *fields) begin(tag string, line, value traced) {
	e, _ := line.extent(0, len(line.s))
	if len(r.list) == 0 {
		r.place.Start = e.Start
	}
	r.place.End = e.End
	r.list = append(r.list, field{tag, []traced{value.trimmed()}})
}

// goOn adds a line to the last field.
func (r *fields) goOn(line traced) {
	last := &r.list[len(r.list)-1]
	last.lines = append(last.lines, line.trimmed())
	if e, ok := line.extent(0, len(line.s)); ok {
		r.place.End = e.End
	}
}

// eachLine calls f with each line of a file, without its end and a byte-order mark.
func eachLine(file File, f func(line traced)) {
	data, at := file.Data, file.Offset
	if bytes.HasPrefix(data, []byte("\uFEFF")) {
		data, at = data[len("\uFEFF"):], at+len("\uFEFF")
	}
	for len(data) > 0 {
		i := bytes.IndexAny(data, "\r\n")
		if i < 0 {
			i = len(data)
		}
		f(copied(string(data[:i]), at))
		if i+1 < len(data) && data[i] == '\r' && data[i+1] == '\n' {
			i++
		}
		i = min(i+1, len(data))
		data, at = data[i:], at+i
	}
}

// begins returns the first lines of a file that are not blank.
func begins(data []byte, n int) []string {
	var out []string
	eachLine(File{Data: data[:min(len(data), 64<<10)]}, func(line traced) {
		if len(out) < n && strings.TrimSpace(line.s) != "" {
			out = append(out, line.s)
		}
	})
	return out
}

// medlineTag is the start of a field: two to four letters, filled up with blanks to four, and a hyphen.
var medlineTag = lazyregexp.New(`^(?:[A-Z]{4}|[A-Z][A-Z0-9]{2} |[A-Z][A-Z0-9]  )-(?: |$)`)

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
	k := keys{n: f.Before}
	var rec fields
	var err error
	flush := func() {
		if len(rec.list) == 0 || err != nil {
			return
		}
		err = yield(medlineEntry(rec).record(&k))
		rec = fields{}
	}
	blank := true
	eachLine(f, func(line traced) {
		switch {
		case strings.TrimSpace(line.s) == "":
			blank = true
			return
		case medlineTag.MatchString(line.s):
			tag := strings.TrimSpace(line.s[:4])
			if blank && medlineStarts[tag] || (tag == "PMID" || blank && tag == "TI") && holds(rec.list, tag) {
				flush()
			}
			rec.begin(tag, line, line.cut(5, len(line.s)))
		case len(rec.list) > 0:
			rec.goOn(line)
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
func medlineEntry(rec fields) *entry {
	e := &entry{place: rec.place}
	r := &e.report
	var short, abbreviated string
	var vernacular traced
	full := holds(rec.list, "FAU")
	for _, f := range rec.list {
		t := f.told()
		s := t.s
		switch f.tag {
		case "PMID":
			r.PMID = firstOf(r.PMID, barePMID(s))
		case "PMC":
			r.PMCID = firstOf(r.PMCID, barePMCID(s))
		case "TI", "BTI":
			if e.title.s == "" {
				e.title = t
			}
		case "TT":
			vernacular = t
		case "AB":
			if e.abstract.s == "" {
				e.abstract = t
			}
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
				e.registrations = append(e.registrations, t)
			}
		default:
			e.medlineIndex(f.tag, s)
		}
	}
	if t := strings.Trim(e.title.s, "[]. "); t == "" || strings.EqualFold(t, "not available") {
		e.title = vernacular
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

var medlineLinkPMID = lazyregexp.New(`PMID: ?(\d{1,9})`)

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
