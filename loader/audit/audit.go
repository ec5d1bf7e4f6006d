// Package audit lays out what was read of one document for a person who checks it: the study, its arms, each sentence
// with its numbers marked and what was made of it, what was left out and why; as text of some width, and as one page of
// HTML that holds the document's text with its spans marked. It knows nothing of how documents are read.
package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/quantity"
)

// sentence is a stretch of the document that findings rest on, with those that it is the first passage of.
type sentence struct {
	evidence.Passage
	findings []*evidence.Finding
	marks    []mark
}

// mark is a stretch of a passage's text that holds a number of a finding: byte offsets, end exclusive.
type mark struct{ start, end int }

// sentences returns the first passages of a study's findings in text order, each with its findings. The rows of a table
// that reach from their label to different cells are one.
func sentences(s *evidence.Study) []*sentence {
	var out []*sentence
	at := map[string]*sentence{}
	for i := range s.Findings {
		f := &s.Findings[i]
		if len(f.Passages) == 0 {
			continue
		}
		p := f.Passages[0]
		key := fmt.Sprint(p.Start, p.Pointer)
		have := at[key]
		if have == nil {
			have = &sentence{Passage: p}
			at[key] = have
			out = append(out, have)
		}
		if p.End > have.End {
			have.Passage = p
		}
		have.findings = append(have.findings, f)
	}
	slices.SortStableFunc(out, func(a, b *sentence) int { return cmp.Compare(a.Start, b.Start) })
	for _, x := range out {
		for _, f := range x.findings {
			x.marks = append(x.marks, marksOf(x.Text, f)...)
		}
		x.marks = joined(x.marks)
	}
	return out
}

// numbers returns the numbers of a finding in the forms in which they may be printed, the longest first.
func numbers(f *evidence.Finding) []string {
	var out []string
	add := func(ds ...quantity.Decimal) {
		for _, d := range ds {
			if d.Present() {
				out = append(out, string(d))
			}
		}
	}
	for i := range f.Estimates {
		e := &f.Estimates[i]
		if e.Printed != "" {
			out = append(out, e.Printed)
		}
		for _, m := range []*evidence.Moment{e.Before, e.After} {
			if m != nil {
				add(m.Mean, m.SD)
			}
		}
		add(e.Value, e.Events, e.Total, e.Percent, e.Mean, e.Median, e.SD, e.SE)
		add(e.IQR...)
		add(e.Range...)
		if e.CI != nil {
			add(e.CI.Low, e.CI.High)
		}
	}
	if f.P.Printed != "" {
		out = append(out, f.P.Printed)
	}
	return out
}

// marksOf finds the numbers of a finding in a text. In a row of a table, which ends with the finding's own cell, the last
// place counts.
func marksOf(text string, f *evidence.Finding) []mark {
	row := ""
	if p := f.Passages[0]; strings.Contains(p.Text, " | ") && strings.HasPrefix(text, p.Text) {
		row = p.Text
	}
	var out []mark
	for _, n := range numbers(f) {
		forms := []string{n}
		if rest, ok := strings.CutPrefix(n, "-"); ok {
			forms = append(forms, "−"+rest, "–"+rest, rest)
		}
		if strings.HasPrefix(n, "0.") {
			forms = append(forms, n[1:])
		}
		for _, form := range forms {
			if row != "" {
				if i := strings.LastIndex(row, form); i >= 0 && apart(row, i, i+len(form)) {
					out = append(out, mark{i, i + len(form)})
					break
				}
				continue
			}
			if found := places(text, form); len(found) > 0 {
				out = append(out, found...)
				break
			}
		}
	}
	return out
}

// places returns where a form stands in a text, apart from other numbers.
func places(text, form string) []mark {
	var out []mark
	for from := 0; form != ""; {
		i := strings.Index(text[from:], form)
		if i < 0 {
			return out
		}
		start, end := from+i, from+i+len(form)
		if from = end; apart(text, start, end) {
			out = append(out, mark{start, end})
		}
	}
	return out
}

// apart reports whether a stretch is no part of a longer number or of a name such as D3.
func apart(text string, start, end int) bool {
	digit := func(i int) bool { return 0 <= i && i < len(text) && '0' <= text[i] && text[i] <= '9' }
	dot := func(i int) bool { return 0 <= i && i < len(text) && (text[i] == '.' || text[i] == ',') }
	letter := func(i int) bool { return 0 <= i && i < len(text) && (text[i]|0x20 >= 'a' && text[i]|0x20 <= 'z') }
	return !(digit(start) && (digit(start-1) || letter(start-1) || dot(start-1) && digit(start-2))) && !(digit(end-1) && (digit(end) || dot(end) && digit(end+1)))
}

// joined returns marks in order, those that touch made one.
func joined(ms []mark) []mark {
	slices.SortFunc(ms, func(a, b mark) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	out := ms[:0]
	for _, m := range ms {
		if n := len(out); n > 0 && m.start <= out[n-1].end {
			out[n-1].end = max(out[n-1].end, m.end)
			continue
		}
		out = append(out, m)
	}
	return out
}

// about says who and what a finding is of, without its numbers.
func about(f *evidence.Finding) string {
	who := strings.Join(f.Arm, " and ")
	if len(f.Comparator) > 0 {
		who += " v " + strings.Join(f.Comparator, " and ")
	}
	parts := nonEmpty(f.Outcome.Text, who)
	if f.Subgroup {
		parts = append(parts, "in "+f.Population.Text)
	}
	if f.Exposure != "" {
		parts = append(parts, "with "+f.Exposure)
	}
	if f.Modifier != "" {
		parts = append(parts, "by "+f.Modifier)
	}
	if f.Timepoint.Text != "" {
		parts = append(parts, f.Timepoint.Text)
	}
	if len(parts) == 0 {
		return "of nothing that is named"
	}
	return strings.Join(parts, "; ")
}

// told says the numbers of a finding, its P value, and what is claimed.
func told(f *evidence.Finding) string {
	var parts []string
	for i := range f.Estimates {
		parts = append(parts, estimateText(&f.Estimates[i]))
	}
	if f.P.Printed != "" {
		p := "P " + f.P.Relation + " " + string(f.P.Value)
		if f.P.High.Present() {
			p += " to " + string(f.P.High)
		}
		if f.P.Of != "" && f.P.Of != evidence.PBetween {
			p += " (" + f.P.Of + ")"
		}
		parts = append(parts, p)
	}
	if f.Direction != "" {
		parts = append(parts, string(f.Direction))
	}
	if f.Significant != nil {
		parts = append(parts, map[bool]string{true: "significant", false: "not significant"}[*f.Significant])
	}
	return strings.Join(nonEmpty(parts...), ", ")
}

// estimateText writes an estimate as it was read.
func estimateText(e *evidence.Estimate) string {
	var b strings.Builder
	put := func(format string, args ...any) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, format, args...)
	}
	if e.Adjusted {
		put("adjusted")
	}
	if e.Measure != "" {
		put("%s", e.Measure)
	}
	switch {
	case e.Events.Present() && e.Total.Present():
		put("%s/%s", e.Events, e.Total)
	case e.Events.Present():
		put("%s", e.Events)
	}
	if e.Percent.Present() {
		put("%s%%", e.Percent)
	}
	for _, d := range []quantity.Decimal{e.Value, e.Mean, e.Median} {
		if d.Present() {
			put("%s", d)
		}
	}
	if e.Before != nil && e.After != nil {
		put("%s to %s", moment(e.Before), moment(e.After))
	}
	if e.Unit != "" {
		put("%s", e.Unit)
	}
	for _, s := range []struct {
		name string
		d    quantity.Decimal
	}{{"SD", e.SD}, {"SE", e.SE}, {"n", e.N}} {
		if s.d.Present() {
			put("(%s %s)", s.name, s.d)
		}
	}
	for _, s := range []struct {
		name string
		ds   []quantity.Decimal
	}{{"IQR", e.IQR}, {"range", e.Range}} {
		if len(s.ds) == 2 {
			put("(%s %s to %s)", s.name, s.ds[0], s.ds[1])
		}
	}
	if e.CI != nil {
		level := e.CI.Level
		if !level.Present() {
			level = "?"
		}
		put("(%s%% CI %s to %s)", level, e.CI.Low, e.CI.High)
	}
	return b.String()
}

// moment writes a mean with its standard deviation.
func moment(m *evidence.Moment) string {
	if m.SD.Present() {
		return string(m.Mean) + " (SD " + string(m.SD) + ")"
	}
	return string(m.Mean)
}

// fields says what is known of a study, a name and a text each.
func fields(s *evidence.Study) [][2]string {
	d := s.Design
	rows := [][2]string{
		{"design", strings.Join(nonEmpty(d.Kind, d.Allocation, d.Model, d.Masking), ", ")},
		{"setting", strings.Join(nonEmpty(s.Setting, s.Country), "; ")},
		{"randomized", string(s.NRandomized)},
		{"participants", string(s.N)},
		{"analyzed", string(s.NAnalyzed)},
		{"planned", string(s.NPlanned)},
		{"clusters", strings.Join(nonEmpty(string(s.Clusters), s.ClusterUnit), " ")},
		{"recruited", strings.Trim(s.Recruited.From+" to "+s.Recruited.To, " to")},
		{"part of", s.Parent},
	}
	if len(s.Populations) > 0 {
		rows = append(rows, [2]string{"population", s.Populations[0].Text})
	}
	return slices.DeleteFunc(rows, func(r [2]string) bool { return r[1] == "" })
}

// armText says what an arm is.
func armText(a *evidence.Arm) string {
	label := a.Label
	if a.Abbreviation != "" && a.Abbreviation != a.Label {
		label += " (" + a.Abbreviation + ")"
	}
	n := ""
	if a.N.Present() {
		n = "n = " + string(a.N)
	}
	return strings.Join(nonEmpty(label, n, string(a.Role)), ", ")
}

// outcomeText says what an announced outcome is.
func outcomeText(o *evidence.Outcome) string {
	return strings.Join(nonEmpty(o.Text, o.Role, o.Timepoint, o.Concept), ", ")
}

// reportText says where a report was published.
func reportText(r *evidence.Report) string {
	authors := strings.Join(r.Authors, ", ")
	if len(r.Authors) > 4 {
		authors = strings.Join(r.Authors[:3], ", ") + " and others"
	}
	year := ""
	if r.Year > 0 {
		year = fmt.Sprint(r.Year)
	}
	doi, pmid := "", ""
	if r.DOI != "" {
		doi = "doi:" + r.DOI
	}
	if r.PMID != "" {
		pmid = "PMID " + r.PMID
	}
	return strings.Join(nonEmpty(authors, r.Journal, year, doi, pmid, r.PMCID, r.Status), ". ")
}

// studyName is the name of a study with its registrations.
func studyName(s *evidence.Study) string {
	name := s.Name
	if name == "" {
		name = s.ID
	}
	parts := []string{name}
	for _, r := range s.Registrations {
		if r != name {
			parts = append(parts, r)
		}
	}
	if s.SecondHand {
		parts = append(parts, "known only through this document")
	}
	return strings.Join(parts, ", ")
}

func nonEmpty(parts ...string) []string {
	return slices.DeleteFunc(slices.Clone(parts), func(s string) bool { return s == "" })
}
