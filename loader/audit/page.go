package audit

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

//go:embed page.html
var pageSource string

// pageView is what the page shows.
type pageView struct {
	Title     string
	Documents []documentView
}

// documentView is a document: its text with the spans marked, and what was made of them.
type documentView struct {
	Source, Title, Report string
	Text                  template.HTML
	Studies               []studyView
	Ignored, Problems     []string
}

type studyView struct {
	Name           string
	Fields         [][2]string
	Arms, Outcomes []string
	Kinds          []kindCount
	Findings       []findingView
}

// kindCount is how many findings of a kind there are.
type kindCount struct {
	Kind  string
	Count int
}

type findingView struct {
	ID, At, Spans, Kind, About, Told, Also string
	Checks                                 []string
}

// span is a stretch of the text and what rests on it.
type span struct {
	start, end int
	id         string // the anchor
	class      string
	finding    string // the id of the finding's card, empty for what is said of the study
	marks      []mark // within it
}

// Page writes documents as one page of HTML that needs nothing else: each text with its spans in the colours of their
// kinds, linked with the findings made of them both ways; it can be worked with the keyboard alone.
func Page(w io.Writer, docs []*evidence.Document) error {
	t, err := template.New("page").Parse(pageSource)
	if err != nil {
		return fmt.Errorf("reading the page's template: %w", err)
	}
	view := pageView{Title: "What was read of " + fmt.Sprint(len(docs)) + " documents"}
	if len(docs) == 1 {
		view.Title = "What was read of " + evidence.Printable(docs[0].Source)
	}
	for i, d := range docs {
		view.Documents = append(view.Documents, viewOf(d, fmt.Sprintf("d%d-", i+1)))
	}
	if err := t.Execute(w, view); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}

// viewOf lays out one document; prefix keeps its anchors apart from those of others.
func viewOf(d *evidence.Document, prefix string) documentView {
	v := documentView{Source: evidence.Printable(d.Source), Title: d.Report.Title, Report: reportText(&d.Report)}
	var spans []span
	inside := func(start, end int) bool { return 0 <= start && start < end && end <= len(d.Text) }
	for i := range d.Studies {
		s := &d.Studies[i]
		sv := studyView{Name: studyName(s), Fields: fields(s)}
		for k := range s.Arms {
			sv.Arms = append(sv.Arms, armText(&s.Arms[k]))
		}
		for k := range s.Outcomes {
			sv.Outcomes = append(sv.Outcomes, outcomeText(&s.Outcomes[k]))
		}
		for _, x := range sentences(s) {
			for _, f := range x.findings {
				id := prefix + "f" + f.ID
				fv := findingView{ID: id, Kind: string(f.Kind), About: about(f), Told: told(f), Checks: f.Checks}
				var at, also []string
				for k, p := range f.Passages {
					anchor := fmt.Sprintf("%sp%d-%d", prefix, p.Start, p.End)
					if p.Pointer != "" {
						also = append(also, p.Pointer)
					}
					if !inside(p.Start, p.End) {
						continue
					}
					at = append(at, anchor)
					sp := span{start: p.Start, end: p.End, id: anchor, class: string(f.Kind), finding: id}
					if one := *f; len(p.Text) > 0 {
						one.Passages = f.Passages[k:]
						sp.marks = joined(marksOf(p.Text, &one))
					}
					spans = append(spans, sp)
				}
				if len(at) > 1 {
					also = append(also, fmt.Sprintf("told in %d places", len(at)))
				}
				if len(at) > 0 {
					fv.At = at[0]
				}
				fv.Spans, fv.Also = strings.Join(at, " "), strings.Join(also, "; ")
				sv.Findings = append(sv.Findings, fv)
			}
		}
		sv.Kinds = counted(s.Findings)
		evidence.WalkPassages(&evidence.Document{Studies: []evidence.Study{withoutFindings(*s)}}, func(_ string, p *evidence.Passage) {
			if inside(p.Start, p.End) {
				spans = append(spans, span{start: p.Start, end: p.End, class: "study"})
			}
		})
		v.Studies = append(v.Studies, sv)
	}
	for _, k := range d.Ignored {
		v.Ignored = append(v.Ignored, fmt.Sprintf("bytes %d to %d, %s", k.Start, k.End, k.Reason))
		if inside(k.Start, k.End) {
			spans = append(spans, span{start: k.Start, end: k.End, class: "out"})
		}
	}
	for _, p := range d.Problems {
		v.Problems = append(v.Problems, p.Stage+": "+p.Message)
	}
	v.Text = marked(d.Text, spans)
	return v
}

// counted counts findings by kind, in the order in which the kinds come.
func counted(fs []evidence.Finding) []kindCount {
	var out []kindCount
	for i := range fs {
		kind := string(fs[i].Kind)
		k := slices.IndexFunc(out, func(c kindCount) bool { return c.Kind == kind })
		if k < 0 {
			k = len(out)
			out = append(out, kindCount{Kind: kind})
		}
		out[k].Count++
	}
	return out
}

// withoutFindings returns a study without its findings.
func withoutFindings(s evidence.Study) evidence.Study {
	s.Findings = nil
	return s
}

// marked writes a text with its spans as HTML. Where spans overlap, each stretch between two ends has the classes of all
// that cover it, the narrowest of them last.
func marked(text string, spans []span) template.HTML {
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	ends := []int{0, len(text)}
	bold := map[int]int{} // how many numbers begin less how many end, by byte
	for _, s := range spans {
		ends = append(ends, s.start, s.end)
		for _, m := range s.marks {
			ends = append(ends, s.start+m.start, s.start+m.end)
			bold[s.start+m.start]++
			bold[s.start+m.end]--
		}
	}
	slices.Sort(ends)
	ends = slices.Compact(ends)
	var b strings.Builder
	var open []span
	anchors := map[string]bool{}
	next, strong := 0, 0
	for i := range len(ends) - 1 {
		start, end := ends[i], ends[i+1]
		open = slices.DeleteFunc(open, func(s span) bool { return s.end <= start })
		for next < len(spans) && spans[next].start <= start {
			if spans[next].end > start {
				open = append(open, spans[next])
			}
			next++
		}
		strong += bold[start]
		writeStretch(&b, text[start:end], open, strong > 0, anchors)
	}
	return template.HTML(b.String())
}

// writeStretch writes a stretch of text that the same spans cover.
func writeStretch(b *strings.Builder, text string, open []span, strong bool, anchors map[string]bool) {
	escaped := template.HTMLEscapeString(printable(text))
	if len(open) == 0 {
		b.WriteString(escaped)
		return
	}
	classes, ids, findings := []string{"s"}, []string{}, []string{}
	add := func(list []string, s string) []string {
		if s == "" || slices.Contains(list, s) {
			return list
		}
		return append(list, s)
	}
	kind := ""
	for _, s := range open {
		if s.finding != "" {
			kind = s.class
		} else {
			classes = add(classes, s.class)
		}
		ids, findings = add(ids, s.id), add(findings, s.finding)
	}
	classes = add(classes, kind)
	for _, id := range ids {
		if !anchors[id] {
			anchors[id] = true
			fmt.Fprintf(b, `<a id="%s"></a>`, template.HTMLEscapeString(id))
		}
	}
	fmt.Fprintf(b, `<span class="%s"`, strings.Join(classes, " "))
	if len(findings) > 0 {
		fmt.Fprintf(b, ` data-p="%s" data-f="%s"`, template.HTMLEscapeString(strings.Join(ids, " ")), template.HTMLEscapeString(strings.Join(findings, " ")))
	}
	b.WriteByte('>')
	if strong {
		escaped = "<b>" + escaped + "</b>"
	}
	if len(findings) > 0 {
		fmt.Fprintf(b, `<a href="#%s" tabindex="-1">%s</a>`, template.HTMLEscapeString(findings[0]), escaped)
	} else {
		b.WriteString(escaped)
	}
	b.WriteString("</span>")
}
