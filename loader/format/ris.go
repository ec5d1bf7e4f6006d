package format

import (
	"strings"

	"github.com/picograph/picograph/graph/lazyregexp"
)

// risTag returns the tag that a line begins a field with, and where its value begins; the tag is empty where it begins none. A
// tag is two signs, blanks, a hyphen. Programs differ in the blanks.
func risTag(line string) (tag string, value int) {
	at := 0
	if line != "" && (line[0] == ' ' || line[0] == '\t' || line[0] == '\f') {
		at = 1
	}
	if len(line) < at+4 || line[at] < 'A' || line[at] > 'Z' {
		return "", 0
	}
	if c := line[at+1]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
		return "", 0
	}
	sign := at + 2
	for sign < len(line) && sign < at+5 && (line[sign] == ' ' || line[sign] == '\t') {
		sign++
	}
	if sign == at+2 || sign == len(line) || line[sign] != '-' {
		return "", 0
	}
	switch value = sign + 1; {
	case value == len(line):
		return line[at : at+2], value
	case line[value] == ' ' || line[value] == '\t':
		return line[at : at+2], value + 1
	}
	return "", 0
}

// isRIS reports whether a file is in RIS: among its first lines one names a type of reference, and fields follow.
func isRIS(f File) bool {
	typed, tags := false, 0
	for _, line := range begins(f.Data, 40) {
		tag, _ := risTag(line)
		switch {
		case tag == "":
		case tag == "TY":
			typed = true
		case typed:
			tags++
		}
	}
	return typed && tags > 0
}

// readRIS reads the references of a file in RIS, in the dialects of databases and reference managers. What stands
// between references is left out.
func readRIS(f File, yield func(Record) error) error {
	k := keys{n: f.Before}
	var rec fields
	var err error
	inside := false
	flush := func() {
		if inside && err == nil {
			err = yield(risEntry(rec).record(&k))
		}
		rec, inside = fields{}, false
	}
	eachLine(f, func(line traced) {
		tag, value := risTag(line.s)
		switch {
		case tag == "TY":
			flush()
			inside = true
			rec.begin("TY", line, line.cut(value, len(line.s)))
		case !inside:
		case tag == "ER":
			e, _ := line.extent(0, len(line.s))
			rec.place.End = e.End
			flush()
		case tag != "":
			rec.begin(tag, line, line.cut(value, len(line.s)))
		default:
			rec.goOn(line)
		}
	})
	cut := inside && !f.More
	flush()
	if err == nil && cut {
		err = cutOff(f, "ER")
	}
	return err
}

// cutOff is the error for a file that ends within a record: what stands there was read, and may be a part of what the record
// says. end is what the end of a record is marked with.
func cutOff(f File, end string) error {
	return &Error{Err: ErrBroken, Detail: "the file ends within a record, before its " + end, Offset: f.Offset + len(f.Data), Hint: "export or download it again if it was cut off; its last record was read as far as it goes"}
}

// ris is what a reference in RIS says in fields that mean different things in different dialects.
type ris struct {
	values map[string][]string
	told   map[string][]traced // the same, with where it stands
}

// first returns the first value of the first of the tags that has one.
func (r ris) first(tags ...string) string {
	for _, t := range tags {
		for _, v := range r.values[t] {
			if v != "" {
				return v
			}
		}
	}
	return ""
}

// firstTold returns the first value of the first of the tags that has one, with where it stands.
func (r ris) firstTold(tags ...string) traced {
	for _, t := range tags {
		for _, v := range r.told[t] {
			if v.s != "" {
				return v
			}
		}
	}
	return traced{}
}

// risEntry takes in the fields of a reference.
func risEntry(rec fields) *entry {
	e := &entry{place: rec.place}
	r := ris{values: make(map[string][]string), told: make(map[string][]traced)}
	for _, f := range rec.list {
		t := f.all().trimmed()
		r.values[f.tag], r.told[f.tag] = append(r.values[f.tag], t.s), append(r.told[f.tag], t)
	}
	rep := &e.report
	e.title = r.firstTold("TI", "T1", "CT", "BT", "ST")
	e.abstract = unfolded(longest(r.told["AB"], r.told["N2"]).split("\n"))
	for _, tag := range []string{"AU", "A1"} {
		for _, v := range r.values[tag] {
			for _, name := range strings.Split(v, "\n") {
				if name = familyFirst(name); name != "" {
					rep.Authors = append(rep.Authors, name)
				}
			}
		}
		if len(rep.Authors) > 0 {
			break
		}
	}
	rep.Journal = r.first("JF", "T2", "JO", "BT", "J2", "JA", "J9", "JI")
	for _, tag := range []string{"PY", "Y1", "DA", "YR"} {
		if rep.Year == 0 {
			rep.Year = yearIn(strings.ReplaceAll(r.first(tag), "/", " "))
		}
	}
	rep.Volume, rep.Issue = undo(r.first("VL", "VO")), undo(r.first("IS"))
	rep.Pages = pageRange(r.first("SP"), r.first("EP"))
	if rep.Pages == "" && len(r.first("C7")) < 20 {
		rep.Pages = undo(r.first("C7")) // Scopus and Web of Science: the number of the article
	}
	e.risIdentifiers(r)
	e.risIndex(r)
	return e
}

// longest returns the longest of the values: of several abstracts the others are notes.
func longest(lists ...[]traced) traced {
	var t traced
	for _, l := range lists {
		for _, v := range l {
			if len(v.s) > len(t.s) {
				t = v
			}
		}
	}
	return t
}

var (
	digitsOnly = lazyregexp.New(`^\d{6,8}$`)
	markedPMID = lazyregexp.New(`(?i)(?:\bPMID:?\s*(\d{5,8})\b|\b(\d{5,8})\s*\[PMID\]|\bPubMed(?: ID)?:\s*(\d{5,8})\b|\bMEDLINE:?\s*(?:PMID\s*)?(\d{7,8})\b|^(\d{5,8})\s*\[https?://\S*pubmed|\bPUBMED (\d{5,8})\b)`)
	markedPMC  = lazyregexp.New(`\bPMC\d{3,9}\b`)
	wholeDOI   = lazyregexp.New(`(?i)^(?:doi:?\s*|https?://(?:dx\.)?doi\.org/|dx\.doi\.org/)?(10\.\d{4,9}/\S+)$`)
)

// pmidIn returns the number of PubMed that a text marks as one, or nothing.
func pmidIn(s string) string {
	if m := markedPMID.FindStringSubmatch(s); m != nil {
		return strings.Join(m[1:], "")
	}
	return ""
}

// risIdentifiers takes in the identifiers, wherever the dialect puts them. A DOI stands in DO, or alone in another
// field, or in an address; a number of PubMed is marked as one, or is the accession number of PubMed's or Ovid's
// MEDLINE, or stands where Embase and Scopus put it.
func (e *entry) risIdentifiers(r ris) {
	rep := &e.report
	for _, v := range r.values["DO"] {
		e.doi(v)
	}
	for _, tag := range []string{"DI", "M3", "SE", "M1", "N1", "L3", "C6", "ID", "AN", "U1", "L2", "LK"} {
		for _, v := range r.values[tag] {
			if m := wholeDOI.FindStringSubmatch(v); m != nil {
				e.doi(m[1])
			}
		}
	}
	source := strings.ToLower(r.first("DB") + " " + r.first("DP") + " " + r.first("N1"))
	medline := strings.Contains(source, "pubmed") || strings.Contains(source, "medline") || strings.Contains(source, "nlm")
	for _, tag := range []string{"AN", "ID", "C2", "C5", "U1", "U5", "M1", "M2", "N1", "RN", "PM", "U2", "C3"} {
		for _, v := range r.values[tag] {
			rep.PMID = firstOf(rep.PMID, pmidIn(v))
			if m := markedPMC.FindString(v); m != "" && rep.PMCID == "" && (tag != "N1" || strings.Contains(v, "PMCID: "+m)) {
				rep.PMCID = m
			}
		}
	}
	database := strings.ToLower(r.first("DB"))
	for _, c := range []struct {
		tag string
		is  bool
	}{
		{"PM", true},
		{"AN", medline},
		{"ID", strings.Contains(database, "medline") || strings.Contains(strings.ToLower(r.first("UR")), "d=med")},
		{"C2", strings.Contains(database, "scopus")},
		{"C5", strings.Contains(database, "embase")},
	} {
		if v := r.first(c.tag); c.is && rep.PMID == "" && digitsOnly.MatchString(v) {
			rep.PMID = v
		}
	}
	for _, tag := range []string{"UR", "L2"} {
		for _, v := range r.values[tag] {
			e.url(v)
		}
	}
	for _, tag := range []string{"LK", "L1", "L3"} {
		for _, v := range r.values[tag] {
			e.identifyByURL(v)
		}
	}
	e.accession = r.first("AN", "UT", "U2")
	if e.accession == "" && len(r.first("ID")) > 4 {
		e.accession = r.first("ID") // a short one is a program's own count
	}
}

// risIndex takes in keywords. One field may hold several, each on a line; an asterisk marks main topics.
func (e *entry) risIndex(r ris) {
	for _, v := range r.values["KW"] {
		for _, w := range strings.Split(v, "\n") {
			if strings.Contains(w, "; ") && strings.Count(w, "; ") > 1 {
				for _, one := range strings.Split(w, "; ") {
					e.risKeyword(one)
				}
				continue
			}
			e.risKeyword(w)
		}
	}
	if kind := r.first("M3"); kind != "" && len(kind) < 60 && !strings.ContainsAny(kind, ":;[/0123456789\n") {
		e.publicationType(kind)
	}
	for _, kind := range r.values["PT"] { // Ovid
		e.publicationType(kind)
	}
	for _, line := range strings.Split(strings.Join(r.values["N1"], "\n"), "\n") { // EndNote from PubMed
		if line = strings.TrimSpace(line); notedTypes[strings.ToLower(line)] {
			e.publicationType(line)
		}
	}
	e.keyword(r.first("LA"), "language", false)
}

// notedTypes are types of publication that EndNote puts among the notes, a line each.
var notedTypes = map[string]bool{
	"journal article": true, "review": true, "systematic review": true, "meta-analysis": true, "clinical trial": true, "randomized controlled trial": true,
	"controlled clinical trial": true, "multicenter study": true, "comparative study": true, "observational study": true, "case reports": true, "letter": true,
	"editorial": true, "comment": true, "clinical trial protocol": true, "retracted publication": true, "published erratum": true,
	"pragmatic clinical trial": true, "equivalence trial": true, "clinical trial, phase ii": true, "clinical trial, phase iii": true, "clinical trial, phase iv": true,
	"retraction of publication": true, "expression of concern": true, "practice guideline": true,
}

// bracketed is a heading of MeSH as Cochrane prints it, with its qualifiers in brackets: "Pain [*drug therapy, prevention & control]".
var bracketed = lazyregexp.New(`^([^\[\]]+?) \[(\*?[a-z][^\[\]]*)\]$`)

// risKeyword adds an index term. Terms with qualifiers after slashes are those of MEDLINE.
func (e *entry) risKeyword(w string) {
	w = strings.TrimSpace(w)
	if m := bracketed.FindStringSubmatch(w); m != nil {
		w = m[1] + "/" + strings.ReplaceAll(m[2], ", ", "/")
	}
	if strings.Contains(w, "/") && strings.Contains(w, "*") {
		e.indexed(w, "index term")
		return
	}
	major := strings.HasPrefix(w, "*")
	e.keyword(strings.Trim(w, "* "), "index term", major)
}
