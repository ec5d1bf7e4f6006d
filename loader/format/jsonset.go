package format

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/picograph/picograph/graph/lazyregexp"
)

// nested are the names under which the fields of a record lie one level deeper.
var nested = []string{"data", "article", "metadata", "bib", "fields", "_source", "citation", "record", "paper", "externalIds", "ids", "identifiers", "journalInfo"}

// setNames are names of fields that sets of records in JSON have and tables do not, without case and signs.
var setNames = map[string]string{
	"abstractnote": "abstract", "articleabstract": "abstract", "abstracttext": "abstract", "abstractinvertedindex": "abstract", "creators": "authors", "authorstring": "authors", "authorships": "authors",
	"publicationtitle": "journal", "venue": "journal", "fulljournalname": "journal", "containertitle": "journal", "hostvenue": "journal", "primarylocation": "journal", "journalname": "journal",
	"pubyear": "year", "publicationyear": "year", "issued": "year", "datepublished": "year", "tags": "keywords", "keywordlist": "keywords", "meshheadingslist": "mesh", "meshterms": "mesh", "meshheadinglist": "mesh", "meshheadings": "mesh",
	"pubtype": "type", "pubtypelist": "type", "pubmed": "pmid", "pubmedcentral": "pmcid", "journalvolume": "volume", "journalissue": "issue",
	"pageinfo": "pages", "nctid": "registration", "registration": "registration", "registrationnumber": "registration", "trialregistration": "registration",
	"trialid": "registration", "nct": "registration", "registrations": "registration", "uid": "accession", "source": "source",
}

// fieldSigns takes out what names of fields are put together with.
var fieldSigns = strings.NewReplacer("_", "", "-", "", " ", "", ".", "")

// setField returns what a field of a record holds by its name, or nothing. What screening tools call their columns is
// known too.
func setField(name string) string {
	bare := strings.ToLower(fieldSigns.Replace(name))
	if c := setNames[bare]; c != "" {
		return c
	}
	if strings.ToUpper(name) == name && len(name) <= 2 { // a tag of a table, and no name
		return ""
	}
	return column(name)
}

// setValues are the fields of a record by what they hold.
type setValues map[string]gjson.Result

// take takes in the fields of an object, and those that lie one level deeper. The first of a kind counts.
func (s setValues) take(v gjson.Result, depth int) {
	var deeper []gjson.Result
	v.ForEach(func(key, inner gjson.Result) bool {
		c := setField(key.Str)
		switch {
		case depth < 2 && inner.IsObject() && slices.Contains(nested, key.Str):
			deeper = append(deeper, inner)
		case c == "" || inner.Type == gjson.Null || inner.Type == gjson.String && strings.TrimSpace(inner.Str) == "":
		case !s[c].Exists():
			s[c] = inner
		}
		return true
	})
	for _, d := range deeper {
		s.take(d, depth+1)
	}
}

// text returns what stands in a field, the name or the title of what is an object.
func (s setValues) text(c string) string {
	v := s[c]
	for _, key := range []string{"title", "name", "display_name", "source.display_name", "fullJournalName", "medlineAbbreviation", "raw"} {
		if v.IsObject() && jsonString(v.Get(key)) != "" {
			return jsonString(v.Get(key))
		}
	}
	return jsonString(v)
}

// isSetRecord reports whether an object is a record of a set: a title that is text and an abstract, or a title and
// something that identifies what has it.
func isSetRecord(v gjson.Result) bool {
	if !v.IsObject() || v.Get("protocolSection").Exists() {
		return false
	}
	s := setValues{}
	s.take(v, 0)
	abstract := len(jsonAbstract(s["abstract"])) > 0
	title := s["title"].Type == gjson.String || s["title"].IsArray()
	known := 0
	for _, c := range []string{"doi", "pmid", "pmcid", "authors", "journal", "year", "registration"} {
		if s[c].Exists() {
			known++
		}
	}
	return title && (abstract || known >= 2) || abstract && known >= 1
}

// isJSONSet reports whether a file is a set of records in JSON.
func isJSONSet(f File) bool {
	_, ok := firstRecord(f, isSetRecord)
	return ok
}

// readJSONSet reads the records of a set: a list, an object of records under their identifiers, a server's answer, one
// a line. Fields are found by their names.
func readJSONSet(f File, yield func(Record) error) error {
	k := keys{n: f.Before}
	data, at, _ := jsonText(f)
	r := jsonReader{data: data, skipped: at, is: isSetRecord}
	r.yield = func(v jsonRecord) error { return yield(setEntry(v).record(&k)) }
	return r.each()
}

// setEntry takes in a record of a set.
func setEntry(v jsonRecord) *entry {
	s := setValues{}
	s.take(v.Result, 0)
	e := &entry{accession: firstOf(s.text("accession"), v.name), place: v.extent()}
	r := &e.report
	if e.title = v.told(s["title"]); e.title.s == "" {
		e.title = added(s.text("title"))
	}
	e.abstract = v.abstract(s["abstract"])
	r.Authors = jsonNames(s["authors"])
	r.Journal = s.text("journal")
	if source := s.text("source"); r.Journal == "" && len(source) > 4 { // a short one is a database
		r.Journal = source
	}
	if j := v.Get("journal"); j.IsObject() {
		s.take(gjson.Parse(jsonParts(j, "volume", "issue", "pages")), 2)
	}
	r.Year = firstYear(cslYear(s["year"]), yearIn(s.text("year")))
	r.Volume, r.Issue = undo(s.text("volume")), undo(s.text("issue"))
	r.Pages = firstOf(pageRange(s.text("first"), s.text("last")), pageRange(s.text("pages"), ""))
	e.doi(s.text("doi"))
	r.PMID = barePMID(s.text("pmid"))
	r.PMCID = barePMCID(s.text("pmcid"))
	for _, u := range jsonStrings(s["url"]) {
		e.url(u)
	}
	e.noted(strings.Join(jsonStrings(s["notes"]), "\n"))
	e.setIndex(s)
	for _, id := range jsonStrings(s["registration"]) {
		if id = registryNumber.FindString(id); id != "" {
			e.registrations = append(e.registrations, added(id))
		}
	}
	switch name := v.name; {
	case r.PMCID == "" && strings.HasPrefix(strings.ToUpper(name), "PMC"):
		r.PMCID = barePMCID(name)
	case r.PMID == "" && r.DOI == "" && digitsOnly.MatchString(name):
		r.PMID = name
	case r.DOI == "" && wholeDOI.MatchString(name):
		e.doi(name)
	}
	return e
}

// jsonParts returns an object with only some of the fields of v.
func jsonParts(v gjson.Result, names ...string) string {
	var fields []string
	for _, name := range names {
		if part := v.Get(name); part.Exists() {
			fields = append(fields, strconv.Quote(name)+":"+part.Raw)
		}
	}
	return "{" + strings.Join(fields, ",") + "}"
}

// firstYear returns the first year that is told.
func firstYear(years ...int) int {
	for _, y := range years {
		if y > 0 {
			return y
		}
	}
	return 0
}

// setIndex takes in what the record was indexed with.
func (e *entry) setIndex(s setValues) {
	eachTerm(s["keywords"], 0, e.risKeyword)
	eachTerm(s["words"], 0, func(w string) { e.keyword(w, "author keyword", false) })
	eachTerm(s["mesh"], 0, func(w string) { e.indexed(w, "MeSH") })
	eachTerm(s["type"], 0, func(w string) {
		if w = strings.TrimSpace(w); len(w) < 60 {
			e.publicationType(w)
		}
	})
	e.keyword(s.text("language"), "language", false)
}

// eachTerm hands out the terms of a field: of a text that lists them, of a list, of objects that name them.
func eachTerm(v gjson.Result, depth int, add func(string)) {
	switch {
	case v.Type == gjson.String:
		for _, w := range listed(v.Str) {
			add(w)
		}
	case v.IsArray():
		v.ForEach(func(_, one gjson.Result) bool {
			if one.Type == gjson.String { // with commas of its own
				add(one.Str)
			} else if depth < 3 {
				eachTerm(one, depth+1, add)
			}
			return true
		})
	case v.IsObject():
		for _, key := range []string{"tag", "descriptorName", "DescriptorName", "name", "term", "display_name"} {
			if w := jsonString(v.Get(key)); w != "" {
				add(w)
				return
			}
		}
		v.ForEach(func(_, one gjson.Result) bool {
			if one.IsArray() && depth < 3 {
				eachTerm(one, depth+1, add)
			}
			return true
		})
	}
}

// partName are the names of fields under which the label and the text of a part of an abstract stand.
var partName = map[string]bool{"label": true, "heading": true, "title": true, "section": true, "name": true, "type": true}

var sentenceNumber = lazyregexp.New(`^\d{1,3}$`)

// jsonAbstract returns the paragraphs of an abstract: those of a text, of a list of texts, of a list of parts with
// their labels, of an object with a text under each label, or of an index from words to their places.
func jsonAbstract(v gjson.Result) []string { return jsonAbstractAt(v, 0) }

// jsonAbstractAt is jsonAbstract of a value that lies so deep in the field.
func jsonAbstractAt(v gjson.Result, depth int) []string {
	switch {
	case depth > deepestRecord:
		return nil
	case v.Type == gjson.String:
		return nonEmpty(strings.TrimSpace(strings.ToValidUTF8(v.Str, "\uFFFD")))
	case v.IsArray():
		var out []string
		v.ForEach(func(_, part gjson.Result) bool {
			if !part.IsObject() {
				out = append(out, jsonStrings(part)...)
				return true
			}
			label := ""
			part.ForEach(func(key, s gjson.Result) bool {
				if partName[strings.ToLower(key.Str)] && s.Type == gjson.String && len(s.Str) < 80 && label == "" {
					label = s.Str
				}
				return true
			})
			for _, key := range []string{"text", "content", "value", "body", "#text", "_"} {
				if s := jsonStrings(part.Get(strings.ReplaceAll(key, "#", `\#`))); len(s) > 0 {
					out = append(out, labelled(label, strings.Join(s, " ")))
					break
				}
			}
			return true
		})
		return out
	case v.IsObject():
		if text := jsonAbstractIn(v, depth); len(text) > 0 {
			return text
		}
		if words := invertedAbstract(v); words != "" {
			return []string{words}
		}
		var out []string
		v.ForEach(func(key, s gjson.Result) bool {
			label := strings.ReplaceAll(key.Str, "_", " ")
			if sentenceNumber.MatchString(label) {
				label = ""
			}
			if text := strings.Join(jsonStrings(s), " "); text != "" {
				out = append(out, labelled(strings.ToUpper(label), text))
			}
			return true
		})
		return out
	}
	return nil
}

// abstract returns the paragraphs of an abstract, with where they stand: a text sign by sign, any other as a whole.
func (v jsonRecord) abstract(field gjson.Result) traced {
	text := strings.Join(jsonAbstract(field), "\n")
	e, ok := v.where(field)
	if field.Type == gjson.String || !ok {
		return v.told(field).or(text)
	}
	var w weaver
	w.rewritten(text, e.Start, e.End)
	return w.text()
}

// or returns a text, or what a reader adds where it is another.
func (t traced) or(s string) traced {
	if t.s == s {
		return t
	}
	return added(s)
}

// jsonAbstractIn returns the abstract that lies under a name of its own in an object.
func jsonAbstractIn(v gjson.Result, depth int) []string {
	for _, key := range []string{"text", "abstract", "AbstractText", "sections", "value"} {
		if inner := v.Get(key); inner.Exists() {
			return jsonAbstractAt(inner, depth+1)
		}
	}
	return nil
}

// maxInverted is the most words that an abstract has that is told as an index.
const maxInverted = 20_000

// invertedAbstract returns the text of an index that tells for each word where in the text it stands, or nothing where
// an object is none.
func invertedAbstract(v gjson.Result) string {
	var words []string
	ok := true
	v.ForEach(func(word, places gjson.Result) bool {
		if !places.IsArray() {
			ok = false
			return false
		}
		places.ForEach(func(_, p gjson.Result) bool {
			if i := int(p.Int()); p.Type == gjson.Number && 0 <= i && i < maxInverted {
				if i >= len(words) {
					words = append(words, make([]string, i+1-len(words))...)
				}
				words[i] = word.String()
			} else {
				ok = false
			}
			return ok
		})
		return ok
	})
	if !ok || len(words) == 0 {
		return ""
	}
	return strings.Join(nonEmpty(words...), " ")
}
