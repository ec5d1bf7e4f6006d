package format

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// wosTag is the start of a field: a tag of two signs and a blank.
var wosTag = lazyregexp.New(`^([A-Z][A-Z0-9])(?: |$)`)

// isWoS reports whether a file is in the tagged form of Web of Science: it begins with a header or a type of
// publication, and the fields of a record follow.
func isWoS(f File) bool {
	lines := begins(f.Data, 40)
	if len(lines) < 3 {
		return false
	}
	if !strings.HasPrefix(lines[0], "FN ") && !wosType.MatchString(lines[0]) {
		return false
	}
	tags := make(map[string]bool)
	for _, line := range lines {
		switch {
		case strings.HasPrefix(line, "  "):
		case wosTag.MatchString(line):
			tags[line[:2]] = true
		default:
			return false
		}
	}
	return tags["PT"] && (tags["AU"] || tags["TI"] || tags["BA"] || tags["CA"])
}

var wosType = lazyregexp.New(`^PT [A-Z]\s*$`)

// readWoS reads the records of a file in the tagged form of Web of Science.
func readWoS(f File, yield func(Record) error) error {
	k := keys{n: f.Before}
	var rec fields
	var err error
	flush := func() {
		if len(rec.list) > 0 && err == nil {
			err = yield(wosEntry(rec).record(&k))
		}
		rec = fields{}
	}
	inside := false
	eachLine(f, func(line traced) {
		m := wosTag.FindStringSubmatch(line.s)
		switch {
		case m != nil && m[1] == "PT":
			flush()
			inside = true
			rec.begin("PT", line, line.cut(2, len(line.s)))
		case m != nil && (m[1] == "ER" || m[1] == "EF") && strings.TrimSpace(line.s[2:]) == "":
			if e, _ := line.extent(0, len(line.s)); inside {
				rec.place.End = e.End
			}
			flush()
			inside = false
		case !inside || strings.TrimSpace(line.s) == "":
		case m != nil:
			rec.begin(m[1], line, line.cut(2, len(line.s)))
		default:
			rec.goOn(line)
		}
	})
	flush()
	if err == nil && inside && !f.More {
		err = cutOff(f, "ER")
	}
	return err
}

// wosEntry takes in the fields of a record.
func wosEntry(rec fields) *entry {
	e := &entry{place: rec.place}
	r := &e.report
	full := holds(rec.list, "AF")
	var first, last, number, online string
	for _, f := range rec.list {
		s := f.joined()
		switch f.tag {
		case "TI":
			e.title = f.told()
		case "AU", "AF":
			if f.tag == "AF" || !full {
				for _, name := range f.lines {
					r.Authors = append(r.Authors, familyFirst(name.s))
				}
			}
		case "CA":
			for _, name := range f.lines {
				r.Authors = append(r.Authors, undo(name.s))
			}
		case "SO":
			r.Journal = s
		case "AB":
			e.abstract = unfolded(f.lines)
		case "PY":
			r.Year = yearIn(s)
		case "EA":
			online = s
		case "VL":
			r.Volume = undo(s)
		case "IS":
			r.Issue = undo(s)
		case "BP":
			first = s
		case "EP":
			last = s
		case "AR":
			number = s
		case "DI":
			e.doi(s)
		case "PM":
			r.PMID = barePMID(s)
		case "UT":
			e.accession = s
		case "FX":
			e.funding = f.told()
		case "FU": // names and numbers of grants, where no sentence tells
			if !holds(rec.list, "FX") {
				e.funding = f.told()
			}
		default:
			e.wosIndex(f)
		}
	}
	r.Pages = firstOf(pageRange(first, last), undo(number))
	if r.Year == 0 {
		r.Year = yearIn(online)
	}
	return e
}

// wosIndex takes in keywords, types, references and addresses.
func (e *entry) wosIndex(f field) {
	list := func(source string) {
		for _, w := range strings.Split(f.joined(), ";") {
			e.keyword(w, source, false)
		}
	}
	switch f.tag {
	case "DE":
		list("author keyword")
	case "ID":
		list("index term")
	case "DT":
		for _, t := range strings.Split(f.joined(), ";") {
			e.publicationType(strings.TrimSpace(t))
		}
	case "LA":
		e.keyword(f.joined(), "language", false)
	case "CR":
		for _, line := range f.lines {
			e.cited(line.s)
		}
	case "UR":
		e.url(f.joined())
	}
}

var (
	wosDOI     = lazyregexp.New(`,? DOI \[?(?:DOI )?(10\.[^\s,\]]+)`)
	wosVolume  = lazyregexp.New(`^V(\S+)$`)
	wosPage    = lazyregexp.New(`^[pP](\S+)$`)
	wosCitedBy = lazyregexp.New(`^(?:1[6-9]|20)\d\d$`)
)

// cited takes in a cited reference, "Doe J, 2001, SOME J, V1, P2, DOI 10...".
func (e *entry) cited(line string) {
	c := evidence.Citation{ID: "c" + strconv.Itoa(len(e.cites)+1)}
	if m := wosDOI.FindStringSubmatchIndex(line); m != nil {
		c.DOI = bareDOI(line[m[2]:m[3]])
		line = line[:m[0]]
	}
	for i, part := range strings.Split(line, ", ") {
		part = strings.TrimSpace(part)
		switch {
		case i == 0 && !wosCitedBy.MatchString(part):
			c.Authors = nonEmpty(undo(strings.TrimLeft(part, "*")))
		case wosCitedBy.MatchString(part) && c.Year == 0:
			c.Year, _ = strconv.Atoi(part)
		case wosVolume.MatchString(part) && c.Journal != "":
			c.Volume = part[1:]
		case wosPage.MatchString(part) && c.Journal != "":
			c.Pages = part[1:]
		case c.Journal == "":
			c.Journal = undo(part)
		}
	}
	if c.DOI != "" || c.Journal != "" || len(c.Authors) > 0 {
		e.cites = append(e.cites, c)
	}
}

// unfolded returns the text of a field whose lines are folded, or are paragraphs where one is longer than folding
// leaves them. An empty line ends a paragraph, and among paragraphs so does a line's end behind a sentence's.
func unfolded(lines []traced) traced {
	folded := true
	for _, l := range lines {
		folded = folded && utf8.RuneCountInString(l.s) <= 90
	}
	var w weaver
	for i, l := range lines {
		switch {
		case i == 0:
		case !folded && (lines[i-1].s == "" || strings.ContainsAny(lines[i-1].s[len(lines[i-1].s)-1:], ".?!:;)]\"")):
			w.add(added("\n"))
		case l.s == "" || lines[i-1].s == "" || headingLine(l.s) || headingLine(lines[i-1].s):
			w.add(added("\n"))
		default:
			w.add(added(" "))
		}
		w.add(l)
	}
	return w.text()
}
