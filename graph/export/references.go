package export

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

// reference is a report behind what is exported, with what leads back to it.
type reference struct {
	key string // surname and year, with a letter where several have the same
	evidence.Report
	retracted string
	note      string // the documents and the findings
}

// references returns the reports behind a request, each once, sorted by identifier, and what they are of, to be closed.
func references(ctx context.Context, g *graph.Graph, r Request) (about *preface, out []reference, err error) {
	if about, err = newPreface(ctx, g, r); err != nil {
		return nil, nil, err
	}
	if out, err = referencesOf(ctx, g, r.Only, about); err != nil {
		about.close()
	}
	return about, out, err
}

func referencesOf(ctx context.Context, g *graph.Graph, only *graph.Selection, about *preface) ([]reference, error) {
	wanted := map[string]bool{}
	if err := about.documents(func(d source) error { wanted[d.ID] = true; return nil }); err != nil {
		return nil, err
	}
	docs, err := g.Documents(ctx)
	if err != nil {
		return nil, err
	}
	byID := map[string]*graph.Document{}
	for i := range docs {
		byID[docs[i].ID] = &docs[i]
	}
	reports, err := g.Reports(ctx)
	if err != nil {
		return nil, err
	}
	var out []reference
	taken := map[string]int{}
	for _, report := range reports {
		ids := slices.DeleteFunc(slices.Clone(report.Documents), func(id string) bool { return !wanted[id] || byID[id] == nil })
		if len(ids) == 0 {
			continue
		}
		ref := reference{retracted: report.Retracted, note: "picograph: graph sha256 " + about.graph + "; documents " + strings.Join(ids, ", ")}
		for _, id := range ids {
			fill(&ref.Report, byID[id].Report)
		}
		if ref.Title == "" {
			ref.Title = byID[ids[0]].Source
		}
		if only != nil {
			ref.note += findingsOf(only, ids)
		}
		if about.question != "" {
			ref.note += "; question: " + about.question
		}
		ref.key = citeKey(ref.Report)
		if taken[ref.key]++; taken[ref.key] > 1 {
			ref.key += fmt.Sprintf("-%d", taken[ref.key])
		}
		out = append(out, ref)
	}
	return out, nil
}

// findingsOf lists the chosen findings that are of some documents.
func findingsOf(only *graph.Selection, documents []string) string {
	var ids []string
	for _, f := range only.Findings {
		doc, _, _ := strings.Cut(string(f), "/")
		if slices.ContainsFunc(documents, func(d string) bool { return strings.HasSuffix(d, ":"+doc) }) {
			ids = append(ids, string(f))
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return "; findings " + strings.Join(ids, ", ")
}

// fill takes over from another record of the same report what is not known yet.
func fill(to *evidence.Report, from evidence.Report) {
	for _, f := range []struct {
		to   *string
		from string
	}{
		{&to.Title, from.Title},
		{&to.Journal, from.Journal},
		{&to.Volume, from.Volume},
		{&to.Issue, from.Issue},
		{&to.Pages, from.Pages},
		{&to.DOI, from.DOI},
		{&to.PMID, from.PMID},
		{&to.PMCID, from.PMCID},
	} {
		*f.to = cmp.Or(*f.to, f.from)
	}
	to.Year = cmp.Or(to.Year, from.Year)
	if len(to.Authors) == 0 {
		to.Authors = from.Authors
	}
	if len(to.URLs) == 0 {
		to.URLs = from.URLs
	}
}

// citeKey returns a surname and a year in letters that every program takes.
func citeKey(r evidence.Report) string {
	name := "anon"
	if len(r.Authors) > 0 {
		family, _ := splitAuthor(r.Authors[0])
		if s := strings.Map(func(c rune) rune {
			if c < 0x80 && unicode.IsLetter(c) {
				return unicode.ToLower(c)
			}
			return -1
		}, family); s != "" {
			name = s
		}
	}
	if r.Year > 0 {
		name += fmt.Sprint(r.Year)
	}
	return name
}

// splitAuthor takes "Ames B", "Ames, Berta" apart. A name of another form, such as that of a group, is family alone.
func splitAuthor(name string) (family, given string) {
	name = flat(name)
	if f, g, ok := strings.Cut(name, ", "); ok && !strings.Contains(g, ", ") {
		return f, g
	}
	i := strings.LastIndexByte(name, ' ')
	if i < 0 {
		return name, ""
	}
	initials := strings.NewReplacer(".", "", "-", "").Replace(name[i+1:])
	if initials == "" || len(initials) > 4 || strings.ContainsFunc(initials, func(c rune) bool { return !unicode.IsUpper(c) }) {
		return name, ""
	}
	return name[:i], name[i+1:]
}

// flat returns text on one line without control characters, and without those that XML cannot hold.
func flat(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool {
		return unicode.IsSpace(c) || unicode.IsControl(c) || c == 0xfffe || c == 0xffff
	}), " ")
}

// ris writes the references in the format of reference managers. Records of RIS are closed by ER.
func ris(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	about, refs, err := references(ctx, g, r)
	if err != nil {
		return err
	}
	defer about.close()
	defer about.close()
	b := bufio.NewWriter(w)
	put := func(tag, value string) {
		if value = flat(value); value != "" {
			_, _ = b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	for _, ref := range refs {
		if ref.Journal != "" {
			put("TY", "JOUR")
		} else {
			put("TY", "GEN")
		}
		put("ID", ref.key)
		put("TI", ref.marked())
		for _, a := range ref.Authors {
			family, given := splitAuthor(a)
			if given != "" {
				family += ", " + given
			}
			put("AU", family)
		}
		put("JO", ref.Journal)
		put("PY", ref.year())
		put("VL", ref.Volume)
		put("IS", ref.Issue)
		first, last, _ := strings.Cut(strings.ReplaceAll(ref.Pages, "–", "-"), "-")
		put("SP", first)
		put("EP", last)
		put("DO", ref.DOI)
		put("AN", ref.PMID)
		put("C2", ref.PMCID)
		for _, u := range ref.URLs {
			put("UR", u)
		}
		put("N1", ref.note)
		_, _ = b.WriteString("ER  - \r\n\r\n")
	}
	return b.Flush()
}

// marked returns the title, with a warning where the report was retracted.
func (r reference) marked() string {
	if r.retracted != "" {
		return "RETRACTED: " + r.Title
	}
	return r.Title
}

func (r reference) year() string {
	if r.Year == 0 {
		return ""
	}
	return fmt.Sprint(r.Year)
}

// bibtex writes the references for BibTeX and biber, in UTF-8.
func bibtex(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	about, refs, err := references(ctx, g, r)
	if err != nil {
		return err
	}
	defer about.close()
	b := bufio.NewWriter(w)
	obeyed := strings.NewReplacer("@", "(at)", "{", "(", "}", ")") // which readers obey even in a comment
	if err := about.lines(func(l string) { _, _ = b.WriteString("% " + obeyed.Replace(l) + "\n") }); err != nil {
		return err
	}
	for _, ref := range refs {
		kind := "misc"
		if ref.Journal != "" {
			kind = "article"
		}
		_, _ = fmt.Fprintf(b, "\n@%s{%s", kind, ref.key)
		put := func(field, value string) {
			if value != "" {
				_, _ = fmt.Fprintf(b, ",\n  %s = {%s}", field, value)
			}
		}
		put("title", "{"+tex(ref.marked())+"}")
		var authors []string
		for _, a := range ref.Authors {
			family, given := splitAuthor(a)
			if given != "" {
				authors = append(authors, tex(family)+", "+tex(given))
			} else {
				authors = append(authors, "{"+tex(family)+"}")
			}
		}
		put("author", strings.Join(authors, " and "))
		put("journal", tex(ref.Journal))
		put("year", ref.year())
		put("volume", tex(ref.Volume))
		put("number", tex(ref.Issue))
		put("pages", strings.ReplaceAll(strings.ReplaceAll(tex(ref.Pages), "–", "-"), "-", "--"))
		put("doi", tex(ref.DOI))
		put("pmid", tex(ref.PMID))
		put("pmcid", tex(ref.PMCID))
		put("note", tex(ref.note))
		_, _ = b.WriteString("\n}\n")
	}
	return b.Flush()
}

// tex returns text on one line in which TeX and BibTeX find nothing to obey. BibTeX counts a brace after a backslash too.
func tex(s string) string {
	return strings.NewReplacer(`\`, `{\textbackslash}`, `{`, `{\textbraceleft}`, `}`, `{\textbraceright}`, `&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`,
		`~`, `{\textasciitilde}`, `^`, `{\textasciicircum}`, `"`, `{"}`).Replace(flat(s))
}

// cslName is a name in CSL-JSON.
type cslName struct {
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"`
	Literal string `json:"literal,omitempty"`
}

// cslDate is a date in CSL-JSON.
type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

// cslItem is a reference in CSL-JSON 1.0.
type cslItem struct {
	ID      string    `json:"id"`
	Type    string    `json:"type"`
	Title   string    `json:"title,omitempty"`
	Authors []cslName `json:"author,omitempty"`
	Journal string    `json:"container-title,omitempty"`
	Issued  *cslDate  `json:"issued,omitempty"`
	Volume  string    `json:"volume,omitempty"`
	Issue   string    `json:"issue,omitempty"`
	Pages   string    `json:"page,omitempty"`
	DOI     string    `json:"DOI,omitempty"`
	PMID    string    `json:"PMID,omitempty"`
	PMCID   string    `json:"PMCID,omitempty"`
	URL     string    `json:"URL,omitempty"`
	Note    string    `json:"note,omitempty"`
}

// csljson writes the references for citation processors.
func csljson(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	about, refs, err := references(ctx, g, r)
	if err != nil {
		return err
	}
	defer about.close()
	defer about.close()
	items := []cslItem{}
	for _, ref := range refs {
		item := cslItem{
			ID: ref.key, Type: "document", Title: ref.marked(), Journal: ref.Journal, Volume: ref.Volume, Issue: ref.Issue, Pages: ref.Pages,
			DOI: ref.DOI, PMID: ref.PMID, PMCID: ref.PMCID, Note: ref.note,
		}
		if ref.Journal != "" {
			item.Type = "article-journal"
		}
		if ref.Year > 0 {
			item.Issued = &cslDate{[][]int{{ref.Year}}}
		}
		if len(ref.URLs) > 0 {
			item.URL = ref.URLs[0]
		}
		for _, a := range ref.Authors {
			family, given := splitAuthor(a)
			if given != "" {
				item.Authors = append(item.Authors, cslName{Family: family, Given: given})
			} else {
				item.Authors = append(item.Authors, cslName{Literal: family})
			}
		}
		items = append(items, item)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(items)
}
