package format

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
)

// columns are the names that screening tools and databases give to the columns of their tables, without case, blanks
// and signs, by what the column holds.
var columns = map[string][]string{
	"title":     {"title", "primarytitle", "articletitle", "documenttitle", "titles", "studytitle", "reftitle", "papertitle"},
	"abstract":  {"abstract", "abstracts", "abstracttext", "abstractnote", "notesabstract", "articleabstract", "summary", "briefsummary"},
	"authors":   {"authors", "author", "authornames", "authorlist", "authorsnames", "firstauthors", "authorfullnames"},
	"year":      {"year", "publicationyear", "publishedyear", "pubyear", "yearpublished", "yearofpublication", "publicationdate", "date", "published", "pubdate"},
	"doi":       {"doi", "doilink", "digitalobjectidentifier", "doiurl"},
	"pmid":      {"pmid", "pubmedid", "pubmed", "medlineid", "pubmednumber", "medlinepmid"},
	"pmcid":     {"pmcid", "pmc", "pubmedcentralid"},
	"journal":   {"journal", "journaltitle", "journalname", "sourcetitle", "secondarytitle", "publicationtitle", "containertitle", "publicationname", "journalbook", "source"},
	"volume":    {"volume", "vol"},
	"issue":     {"issue", "issuenumber", "number"},
	"pages":     {"pages", "pagerange", "page"},
	"first":     {"startpage", "pagestart", "firstpage"},
	"last":      {"endpage", "pageend", "lastpage"},
	"keywords":  {"keywords", "keyword", "indexkeywords", "indexterms", "subjects"},
	"words":     {"authorkeywords"},
	"mesh":      {"mesh", "meshterms", "meshheadings"},
	"accession": {"accessionnumber", "accession", "covidencenumber", "covidence", "recordid", "refid", "referenceid", "studyid", "eid", "ut", "uniqueid", "key", "id", "ref", "itemid"},
	"url":       {"url", "urls", "link", "links", "fulltexturl", "fulltextlink", "pubmedurl", "studyurl"},
	"language":  {"language", "languages", "languageoforiginaldocument"},
	"type":      {"publicationtype", "documenttype", "typeofpublication", "publicationtypes"},
	"notes":     {"notes", "note", "extra"},

	"registration": {"nctnumber", "nctid", "trialregistration", "trialregistrationnumber"},
}

// wosColumns are the tags that Web of Science puts over the columns of its tables.
var wosColumns = map[string]string{
	"TI": "title", "AB": "abstract", "AF": "authors", "PY": "year", "DI": "doi", "PM": "pmid", "SO": "journal", "VL": "volume", "IS": "issue",
	"BP": "first", "EP": "last", "DE": "words", "ID": "keywords", "UT": "accession", "LA": "language", "DT": "type",
}

// screened is how a file of separated values is laid out: its separator, and what its columns hold.
type screened struct {
	comma rune
	holds []string
	skip  int // bytes before the line of names
}

// layout finds the names of the columns on the first line. ok is false where they are not those of a list of
// references - a title and two more - or no row of several cells follows.
func layout(data []byte) (best screened, ok bool) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	skip := 0
	if bytes.HasPrefix(bytes.ToLower(data[:min(len(data), 4)]), []byte("sep=")) { // for Excel
		skip = bytes.IndexByte(data, '\n') + 1
	}
	head := data[skip:min(len(data), skip+16<<10)]
	most := 2
	for _, comma := range []rune{',', '\t', ';', '|'} {
		r := reader(head, comma)
		names, err := r.Read()
		if err != nil || len(names) > 500 {
			continue
		}
		s := screened{comma: comma, skip: skip}
		known, title := 0, false
		for _, name := range names {
			c := column(name)
			s.holds = append(s.holds, c)
			if c != "" {
				known++
			}
			title = title || c == "title"
		}
		row, err := r.Read()
		if title && known > most && (err == nil && len(row) > 2 || errors.Is(err, io.EOF) && len(head) < len(data)-skip) {
			most, best, ok = known, s, true
		}
	}
	return best, ok
}

// column returns what a column holds by its name, or nothing.
func column(name string) string {
	name = strings.TrimSpace(name)
	if c := wosColumns[name]; c != "" && name != "ID" {
		return c
	}
	if len(name) > 60 {
		return ""
	}
	bare := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
	return columnOf[bare]
}

// columnOf tells what a column holds by its name.
var columnOf = func() map[string]string {
	of := map[string]string{}
	for c, names := range columns {
		for _, n := range names {
			of[n] = c
		}
	}
	return of
}()

func reader(data []byte, comma rune) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	return r
}

// isScreening reports whether a file is a table of references, as screening tools and databases export it.
func isScreening(f File) bool {
	_, ok := layout(f.Data)
	return ok
}

// readScreening reads the rows of a table of references.
func readScreening(f File, yield func(Record) error) error {
	s, ok := layout(f.Data)
	if !ok {
		return &Error{Err: ErrBroken, Detail: "no names of columns", Offset: -1, Hint: "the first line must name the columns, among them a title"}
	}
	var k keys
	data := bytes.TrimPrefix(f.Data, []byte("\uFEFF"))[s.skip:]
	base := len(f.Data) - len(data)
	r := reader(data, s.comma)
	if _, err := r.Read(); err != nil {
		return &Error{Err: ErrBroken, Detail: err.Error(), Offset: -1}
	}
	var uneven *Error
	rows, open := 0, false
	for {
		from := int(r.InputOffset())
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			if open {
				return cutOff(f, "closing quotation mark")
			}
			return unevenRows(uneven, rows)
		}
		if err != nil {
			return &Error{
				Err: ErrBroken, Detail: err.Error(), Offset: base + int(r.InputOffset()),
				Hint: "open it in a spreadsheet program and save it again as CSV",
			}
		}
		told, place := tracedRow(r, row, data, base, from)
		open = bytes.Count(data[from:r.InputOffset()], []byte(`"`))%2 == 1
		if len(row) > len(s.holds) && strings.Join(row[len(s.holds):], "") != "" {
			if rows++; uneven == nil {
				uneven = &Error{Err: ErrBroken, Detail: fmt.Sprintf("a row of %d cells under %d names of columns", len(row), len(s.holds)), Offset: place.Start}
			}
		}
		if e := s.row(told); e != nil {
			e.place = place
			if err := yield(e.record(&k)); err != nil {
				return err
			}
		}
	}
}

// unevenRows is the error for rows with more cells than columns have names, whose values stand under wrong names; first tells of the
// first of them and is nil where there are none.
func unevenRows(first *Error, rows int) error {
	if first == nil {
		return nil
	}
	if rows > 1 {
		first.Detail += fmt.Sprintf(", and %d more such", rows-1)
	}
	first.Hint = "the row was read, but its values may stand under wrong names: a separator within a value must be in quotes; export it again"
	return first
}

// tracedRow returns the cells of a row with where they stand in the file, and the stretch that the row is. The row was read
// from data at from on, and data begins at base.
func tracedRow(r *csv.Reader, row []string, data []byte, base, from int) ([]traced, evidence.Extent) {
	end := int(r.InputOffset())
	for from < end && (data[from] == '\n' || bytes.HasPrefix(data[from:end], []byte("\r\n"))) { // empty lines
		from++
	}
	at := from // of the line that the reader is on
	line, _ := r.FieldPos(0)
	out := make([]traced, len(row))
	for i, cell := range row {
		fieldLine, column := r.FieldPos(i)
		for ; line < fieldLine; line++ {
			at += bytes.IndexByte(data[at:end], '\n') + 1
		}
		start := min(at+column-1, end)
		if quoted := start < end && data[start] == '"'; quoted {
			start++
			out[i] = decoded(cell, string(data[start:min(end, start+2*len(cell)+2)]), base+start, func(s string) (string, int) {
				if strings.HasPrefix(s, `""`) {
					return `"`, 2
				}
				if strings.HasPrefix(s, "\r\n") {
					return "\n", 2
				}
				return "", 0
			})
		} else if bytes.HasPrefix(data[start:end], []byte(cell)) {
			out[i] = copied(cell, base+start)
		} else {
			out[i] = added(cell)
		}
	}
	return out, evidence.Extent{Start: base + from, End: base + from + len(bytes.TrimRight(data[from:end], "\r\n"))}
}

// row takes in a row, and returns nothing where no column of a reference has a value.
func (s screened) row(row []traced) *entry {
	values := make(map[string]string)
	told := make(map[string]traced)
	for i, t := range row {
		if i >= len(s.holds) || s.holds[i] == "" {
			continue
		}
		t = t.trimmed()
		v := t.s
		switch strings.ToLower(v) {
		case "", "na", "n/a", "nan", "null", "none", "nil":
			continue
		}
		switch c := s.holds[i]; {
		case values[c] == "":
			values[c], told[c] = v, t
		case c == "keywords" || c == "notes" || c == "url":
			values[c] += "\n" + v
		}
	}
	if values["title"] == "" && values["abstract"] == "" && values["doi"] == "" && values["pmid"] == "" {
		return nil
	}
	e := &entry{accession: values["accession"]}
	r := &e.report
	e.title = told["title"]
	e.abstract = unfolded(told["abstract"].split("\n"))
	for _, name := range listedNames(values["authors"]) {
		r.Authors = append(r.Authors, nonEmpty(familyFirst(name))...)
	}
	r.Year = yearIn(strings.NewReplacer("/", " ", "-", " ", ".", " ").Replace(values["year"]))
	r.Journal, r.Volume, r.Issue = values["journal"], undo(values["volume"]), undo(values["issue"])
	r.Pages = firstOf(pageRange(values["first"], values["last"]), pageRange(values["pages"], ""))
	e.doi(values["doi"])
	r.PMID = barePMID(strings.TrimSuffix(values["pmid"], ".0"))
	r.PMCID = barePMCID(values["pmcid"])
	e.url(values["url"])
	e.noted(values["notes"])
	if registryNumber.MatchString(values["registration"]) {
		e.registrations = append(e.registrations, told["registration"])
	}
	for _, w := range listed(values["keywords"]) {
		e.risKeyword(w)
	}
	for _, w := range listed(values["words"]) {
		e.keyword(w, "author keyword", false)
	}
	for _, w := range listed(values["mesh"]) {
		e.indexed(w, "MeSH")
	}
	for _, t := range listed(values["type"]) {
		e.publicationType(strings.TrimSpace(t))
	}
	e.keyword(values["language"], "language", false)
	return e
}

// listed parts a cell that holds several terms.
func listed(s string) []string {
	for _, separator := range []string{"\n", ";", "|", ","} {
		if strings.Contains(s, separator) {
			return strings.Split(s, separator)
		}
	}
	return []string{s}
}

// listedNames parts a cell that holds several names. Commas part them where no other sign does and each part is more
// than one word ("Doe J, Roe A").
func listedNames(s string) []string {
	for _, separator := range []string{";", "\n", "|", " and "} {
		if strings.Contains(s, separator) {
			return strings.Split(s, separator)
		}
	}
	parts := strings.Split(s, ",")
	for _, p := range parts {
		if !strings.Contains(strings.TrimSpace(p), " ") && len(parts) < 4 {
			return []string{s}
		}
	}
	return parts
}
