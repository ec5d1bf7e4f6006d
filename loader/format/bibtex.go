package format

import (
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

var (
	bibEntry = lazyregexp.New(`(?im)^[ \t\x{FEFF}]*@(?:article|book|booklet|mvbook|inbook|bookinbook|incollection|inproceedings|conference|inreference|manual|mastersthesis|phdthesis|thesis|` +
		`misc|proceedings|collection|techreport|report|unpublished|online|electronic|www|periodical|suppperiodical|dataset|software|patent|reference)[ \t]*[{(]\s*[^\s,{}="']*\s*,`)
	bibField       = lazyregexp.New(`(?i)[,\s](?:title|author|year|date|doi|journal|abstract|url)\s*=\s*["{\w]`)
	carriageReturn = lazyregexp.New("\r")
	bibStart       = lazyregexp.New(`\n[ \t]*@[A-Za-z]+[ \t]*[{(]`)
)

// isBibTeX reports whether a file is a bibliography of BibTeX or BibLaTeX.
func isBibTeX(f File) bool {
	head := f.Data[:min(len(f.Data), 256<<10)]
	m := bibEntry.FindIndex(head)
	return m != nil && bibField.Match(head[m[1]-1:])
}

// readBibTeX reads the entries of a bibliography. An entry whose braces do not match ends where the next begins.
func readBibTeX(f File, yield func(Record) error) error {
	k := keys{n: f.Before}
	p := bibParser{in: string(f.Data), base: f.Offset, macros: bibMonths()}
	for {
		kind, fields, ok := p.next()
		if !ok {
			return p.unclosed
		}
		switch kind {
		case "comment", "preamble", "string", "control", "set", "xdata":
			continue
		}
		e := bibliographic(fields)
		e.place = evidence.Extent{Start: p.base + p.start, End: p.base + p.at}
		if err := yield(e.record(&k)); err != nil {
			return err
		}
	}
}

// bibMonths are the macros that every style defines.
func bibMonths() map[string]string {
	m := make(map[string]string)
	for _, name := range []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		m[name] = name
	}
	return m
}

// bibParser reads a bibliography entry by entry. base is where in the file it begins; start is where the entry begins,
// limit where it ends at the latest.
type bibParser struct {
	in     string
	base   int
	at     int
	start  int
	limit  int
	macros map[string]string

	unclosed error // the first entry without its closing sign; nil where there is none
}

// raw returns what stands in the bibliography.
func (p *bibParser) raw(from, to int) traced { return copied(p.in[from:to], p.base+from) }

// next returns the kind and the fields of the next entry; its key is the field "". What stands between entries is no
// entry.
func (p *bibParser) next() (kind string, fields map[string]traced, ok bool) {
	for {
		i := strings.IndexByte(p.in[p.at:], '@')
		if i < 0 {
			return "", nil, false
		}
		p.at += i + 1
		p.start = p.at - 1
		if i := p.at - 2; i >= 0 && isNameByte(p.in[i]) {
			continue // an address
		}
		end := p.at
		for end < len(p.in) && isNameByte(p.in[end]) {
			end++
		}
		kind = strings.ToLower(p.in[p.at:end])
		open := end
		for open < len(p.in) && isBlankByte(rune(p.in[open])) {
			open++
		}
		if kind == "" || open >= len(p.in) || p.in[open] != '{' && p.in[open] != '(' {
			continue
		}
		p.at = open + 1
		p.limit = len(p.in)
		if m := bibStart.FindStringIndex(p.in[p.at:]); m != nil {
			p.limit = p.at + m[0]
		}
		closing := byte('}')
		if p.in[open] == '(' {
			closing = ')'
		}
		return kind, p.entry(kind, closing), true
	}
}

func isNameByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '+' || c == '.' || c == ':'
}

// entry reads from after the opening brace to after the closing one.
func (p *bibParser) entry(kind string, closing byte) map[string]traced {
	fields := make(map[string]traced)
	if kind == "comment" || kind == "preamble" {
		if kind == "preamble" || closing == '}' {
			p.group(closing)
		}
		return fields
	}
	if kind != "string" {
		start := p.at
		for p.at < p.limit && p.in[p.at] != ',' && p.in[p.at] != closing {
			p.at++
		}
		fields[""] = p.raw(start, p.at).trimmed()
	}
	for p.at < p.limit {
		c := p.in[p.at]
		switch {
		case c == closing:
			p.at++
			return fields
		case !isNameByte(c):
			p.at++
			continue
		}
		start := p.at
		for p.at < p.limit && isNameByte(p.in[p.at]) {
			p.at++
		}
		name := strings.ToLower(p.in[start:p.at])
		p.blanks()
		if p.at >= p.limit || p.in[p.at] != '=' {
			continue
		}
		p.at++
		value := p.value()
		if kind == "string" {
			p.macros[name] = value.s
		} else if fields[name].s == "" {
			fields[name] = value
		} else if name == "keywords" || name == "note" || name == "annote" {
			fields[name] = joinedTexts([]traced{fields[name], value}, "; ")
		}
	}
	if p.unclosed == nil {
		p.unclosed = &Error{
			Err: ErrBroken, Detail: "an entry without its closing “" + string(closing) + "”", Offset: p.base + p.start,
			Hint: "it was read as far as it goes; export or download the file again if it was cut off",
		}
	}
	return fields
}

func (p *bibParser) blanks() {
	for p.at < p.limit && isBlankByte(rune(p.in[p.at])) {
		p.at++
	}
}

// value reads a field's value: groups in braces or quotes, numbers and macros, joined by #.
func (p *bibParser) value() traced {
	var w weaver
	for {
		p.blanks()
		if p.at >= p.limit {
			return w.text()
		}
		switch c := p.in[p.at]; {
		case c == '{':
			p.at++
			w.add(p.group('}'))
		case c == '"':
			p.at++
			w.add(p.group('"'))
		default:
			start := p.at
			for p.at < p.limit && !strings.ContainsRune(",#{}\"() \t\r\n=", rune(p.in[p.at])) {
				p.at++
			}
			word := p.in[start:p.at]
			if m, ok := p.macros[strings.ToLower(word)]; ok {
				w.rewritten(m, p.base+start, p.base+p.at)
			} else {
				w.add(p.raw(start, p.at))
			}
			if start == p.at {
				return w.text()
			}
		}
		p.blanks()
		if p.at >= p.limit || p.in[p.at] != '#' {
			return w.text()
		}
		p.at++
	}
}

// group returns the text up to a closing sign at which braces match, and passes the sign. Where nothing of an entry
// follows it, braces are taken to match without those after a backslash; where they never match, the group ends with
// the entry.
func (p *bibParser) group(closing byte) traced {
	end := p.limit
	for _, escapes := range []bool{false, true} {
		at, ok := p.closes(closing, escapes)
		if ok && (end == p.limit || p.follows(at+1)) {
			end = at
		}
		if ok && p.follows(at+1) {
			break
		}
	}
	t := p.raw(p.at, end)
	p.at = min(end+1, p.limit)
	return t
}

// closes returns where a group ends.
func (p *bibParser) closes(closing byte, escapes bool) (int, bool) {
	depth := 0
	for i := p.at; i < p.limit; i++ {
		c := p.in[i]
		switch {
		case c == '\\' && i+1 < p.limit && (escapes || closing == '"' && p.in[i+1] == '"'):
			i++
		case c == closing && depth == 0:
			return i, true
		case c == '{':
			depth++
		case c == '}' && depth > 0:
			depth--
		}
	}
	return 0, false
}

// follows reports whether at i something stands that may follow a value.
func (p *bibParser) follows(i int) bool {
	for i < p.limit && isBlankByte(rune(p.in[i])) {
		i++
	}
	return i < p.limit && strings.IndexByte(",}#)", p.in[i]) >= 0
}

// bibliographic takes in the fields of an entry.
func bibliographic(fields map[string]traced) *entry {
	e := &entry{accession: fields[""].s}
	told := func(names ...string) traced {
		for _, n := range names {
			if v := plainTeX(fields[n]).trimmed(); v.s != "" {
				return v
			}
		}
		return traced{}
	}
	first := func(names ...string) string { return told(names...).s }
	r := &e.report
	e.title = told("title", "booktitle")
	if sub := told("subtitle"); sub.s != "" {
		e.title = joinedTexts([]traced{e.title, sub}, ": ")
	}
	e.abstract = unfolded(told("abstract").replaced(carriageReturn, func(string) string { return "" }).split("\n"))
	for _, name := range splitNames(fields["author"].s) {
		r.Authors = append(r.Authors, nonEmpty(bibName(name))...)
	}
	r.Journal = first("journal", "journaltitle", "fjournal", "booktitle", "shortjournal")
	r.Year = yearIn(strings.ReplaceAll(first("year", "date", "issued"), "-", " "))
	r.Volume, r.Issue = undo(first("volume")), undo(first("number", "issue"))
	r.Pages = strings.ReplaceAll(undo(first("pages", "eid", "article-number")), "–", "-")
	for _, n := range []string{"doi", "url", "ee", "howpublished", "bdsk-url-1"} {
		verbatim := strings.NewReplacer(`\_`, "_", `\%`, "%", `\&`, "&", `\#`, "#", `{\textless}`, "<", `{\textgreater}`, ">", `{\_}`, "_", "{", "", "}", "", `\url`, "").Replace(fields[n].s)
		if n == "doi" {
			e.doi(verbatim)
		} else {
			e.url(verbatim)
		}
	}
	r.PMID, r.PMCID = firstOf(barePMID(first("pmid", "tex.pmid")), r.PMID), firstOf(barePMCID(first("pmcid", "pmc", "tex.pmcid")), r.PMCID)
	if t := strings.ToLower(first("eprinttype", "archiveprefix")); (t == "pubmed" || t == "pmid") && r.PMID == "" {
		r.PMID = barePMID(first("eprint"))
	}
	e.noted(first("note", "annote", "annotation", "addendum") + "\n" + first("extra"))
	words := first("keywords", "keyword", "mesh", "mesh-terms")
	separator := ","
	if strings.Contains(words, ";") {
		separator = ";"
	}
	for _, w := range strings.Split(words, separator) {
		e.risKeyword(w)
	}
	e.keyword(first("language", "langid"), "language", false)
	return e
}

// noted takes identifiers out of a note, as programs put them there that have no field for them.
func (e *entry) noted(note string) {
	r := &e.report
	r.PMID = firstOf(r.PMID, pmidIn(note))
	if m := markedPMC.FindString(note); m != "" && r.PMCID == "" && strings.Contains(note, "PMCID") {
		r.PMCID = m
	}
	for _, line := range strings.Split(note, "\n") {
		if m := wholeDOI.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			e.doi(m[1])
		}
	}
}

// splitNames parts a list of names at the word "and" outside braces.
func splitNames(s string) []string {
	var out []string
	depth, start := 0, 0
	fold := strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s)
	for i := 0; i < len(fold); i++ {
		switch fold[i] {
		case '{':
			depth++
		case '}':
			depth--
		case ' ':
			if depth <= 0 && len(fold) > i+5 && strings.EqualFold(fold[i:i+5], " and ") {
				out = append(out, strings.TrimSpace(fold[start:i]))
				start = i + 5
				i += 4
			}
		}
	}
	return append(out, strings.TrimSpace(fold[start:]))
}

// bibName returns a name family name first. A name wholly in braces is that of an organization; "others" is none.
func bibName(s string) string {
	plain := undo(plainTeX(added(s)).s)
	if plain == "" || strings.EqualFold(plain, "others") || strings.EqualFold(plain, "et al.") {
		return ""
	}
	if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") && strings.Count(s, "{") == 1 {
		return plain
	}
	if strings.Contains(plain, ",") {
		return familyFirst(plain)
	}
	words := strings.Fields(plain)
	family := len(words) - 1
	for i := 1; i < len(words)-1; i++ { // "Ludwig van Beethoven"
		if first := []rune(words[i])[0]; unicode.IsLower(first) {
			family = i
			break
		}
	}
	return personName(strings.Join(words[family:], " "), strings.Join(words[:family], " "), "")
}
