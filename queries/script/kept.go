package script

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/picograph/picograph/queries"
)

// Kept is what a script was answered with, as it is saved to be held against a later run.
type Kept struct {
	Script    string       `json:"script"`
	Values    Values       `json:"parameters"`
	Graph     string       `json:"graph"` // the digest of the graph that was asked
	Documents []string     `json:"documents"`
	Answers   []KeptAnswer `json:"answers"`
}

// KeptAnswer is one answer of a Kept.
type KeptAnswer struct {
	Question string         `json:"question"`
	Query    string         `json:"query"`
	Status   queries.Status `json:"status"`
	Text     string         `json:"answer"`
	Rows     []KeptRow      `json:"rows"`
}

// KeptRow is one row of an answer with the documents that it stands in.
type KeptRow struct {
	Section   string   `json:"section"`
	Columns   []string `json:"columns"`
	Cells     []string `json:"cells"`
	Documents []string `json:"documents"`
}

// Keep returns what is to be saved of the answers of a script. Documents are the sources of the graph.
func Keep(name string, values Values, documents []string, answers []*queries.Answer) *Kept {
	k := &Kept{Script: name, Values: values, Documents: documents, Answers: []KeptAnswer{}}
	for _, a := range answers {
		k.Graph = a.Graph
		one := KeptAnswer{Question: a.Question, Query: a.Query, Status: a.Status, Text: a.Text, Rows: []KeptRow{}}
		for _, s := range a.Sections {
			for _, r := range s.Rows {
				row := KeptRow{Section: s.Title, Columns: s.Columns, Cells: r.Cells, Documents: []string{}}
				for _, f := range r.Findings {
					row.Documents = append(row.Documents, f.Document)
				}
				for _, p := range r.Passages {
					row.Documents = append(row.Documents, p.Document)
				}
				slices.Sort(row.Documents)
				row.Documents = slices.Compact(row.Documents)
				one.Rows = append(one.Rows, row)
			}
		}
		k.Answers = append(k.Answers, one)
	}
	return k
}

// Write writes k as JSON, for ReadKept.
func (k *Kept) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(k)
}

// ReadKept reads what Write wrote. Name is for the message of the error.
func ReadKept(name string, r io.Reader) (*Kept, error) {
	var k Kept
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	err := d.Decode(&k)
	if err == nil && k.Answers == nil {
		err = fmt.Errorf("it has no answers")
	}
	if err == nil {
		for _, a := range k.Answers {
			for _, row := range a.Rows {
				if len(row.Columns) != len(row.Cells) {
					err = fmt.Errorf("a row has %d cells in %d columns", len(row.Cells), len(row.Columns))
				}
			}
		}
	}
	if err != nil {
		return nil, &Error{Script: name, Message: "this is no saved answer: " + err.Error(), Hint: "picograph run NAME --save FILE writes one", Err: err}
	}
	return &k, nil
}

// Change is one thing in which two runs differ.
type Change struct {
	Question string   `json:"question"`
	What     string   `json:"what"` // added, gone, changed, answer, reading or status
	Row      string   `json:"row,omitempty"`
	Before   string   `json:"before,omitempty"`
	After    string   `json:"after,omitempty"`
	Cause    []string `json:"documents"` // the documents that the row stands in, now or before
}

// Changes are the differences between two runs of a script.
type Changes struct {
	Parameters       []string `json:"parameters"` // that differ: NAME: BEFORE, now AFTER
	DocumentsAdded   []string `json:"documents_added"`
	DocumentsRemoved []string `json:"documents_removed"`
	Changes          []Change `json:"changes"`
}

// Any reports whether an answer differs. Documents that changed no answer do not count.
func (c *Changes) Any() bool { return len(c.Changes) > 0 || len(c.Parameters) > 0 }

// Since returns in what now differs from before.
func (k *Kept) Since(before *Kept) *Changes {
	c := &Changes{Parameters: []string{}, Changes: []Change{}, DocumentsAdded: lacking(k.Documents, before.Documents), DocumentsRemoved: lacking(before.Documents, k.Documents)}
	if k.Script != before.Script {
		c.Parameters = append(c.Parameters, fmt.Sprintf("script: %s, now %s", before.Script, k.Script))
	}
	var names []string
	for name := range k.Values {
		names = append(names, name)
	}
	for name := range before.Values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if was, is := before.Values[name], k.Values[name]; was != is {
			c.Parameters = append(c.Parameters, fmt.Sprintf("%s: %s, now %s", name, or(was), or(is)))
		}
	}
	for i := range max(len(k.Answers), len(before.Answers)) {
		var was, is KeptAnswer
		if i < len(before.Answers) {
			was = before.Answers[i]
		}
		if i < len(k.Answers) {
			is = k.Answers[i]
		}
		c.Changes = append(c.Changes, differences(was, is)...)
	}
	return c
}

func or(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// lacking returns the members of a that b lacks.
func lacking(a, b []string) []string {
	out := []string{}
	for _, s := range a {
		if !slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}

// values are the columns that say what was found, not of what: rows that agree in all other columns are of one thing.
var values = []string{"N", "Result", "Source", "Value", "Verdict", "Calculation", "Note", "Participants", "With comparator", "With intervention", "Relative effect", "Absolute effect (calculated)", "Certainty", "Studies", "Definition", "As described"}

// of returns what a row is about.
func (r KeptRow) of() string {
	var parts []string
	for i, cell := range r.Cells {
		if !slices.Contains(values, r.Columns[i]) {
			parts = append(parts, cell)
		}
	}
	return strings.Join(parts, " | ")
}

// says returns what a row says of that.
func (r KeptRow) says() string {
	var parts []string
	for i, cell := range r.Cells {
		if slices.Contains(values, r.Columns[i]) && r.Columns[i] != "Source" && cell != "" {
			parts = append(parts, cell)
		}
	}
	return strings.Join(append(parts, "["+r.Section+"]"), " | ")
}

// differences returns in what an answer differs from an earlier one to the same question.
func differences(was, is KeptAnswer) []Change {
	question := is.Question
	if question == "" {
		question = was.Question
	}
	var out []Change
	say := func(what, before, after string) {
		if before != after {
			out = append(out, Change{Question: question, What: what, Before: before, After: after, Cause: []string{}})
		}
	}
	say("reading", was.Query, is.Query)
	say("status", string(was.Status), string(is.Status))
	same := func(a, b KeptRow) bool {
		return slices.Equal(a.Columns, b.Columns) && a.of() == b.of() && a.says() == b.says()
	}
	gone := without(was.Rows, is.Rows, same)
	added := without(is.Rows, was.Rows, same)
	for _, now := range added {
		change := Change{Question: question, What: "added", Row: now.of(), After: now.says(), Cause: now.Documents}
		i := slices.IndexFunc(gone, func(g KeptRow) bool { return slices.Equal(g.Columns, now.Columns) && g.of() == now.of() })
		if i >= 0 {
			change.What, change.Before = "changed", gone[i].says()
			change.Cause = slices.Compact(slices.Sorted(slices.Values(slices.Concat(gone[i].Documents, now.Documents))))
			gone = slices.Delete(gone, i, i+1)
		}
		out = append(out, change)
	}
	for _, g := range gone {
		out = append(out, Change{Question: question, What: "gone", Row: g.of(), Before: g.says(), Cause: g.Documents})
	}
	say("answer", was.Text, is.Text)
	return out
}

// without returns the rows that have no equal among others; each of these stands for one.
func without(rows, others []KeptRow, same func(a, b KeptRow) bool) []KeptRow {
	left := slices.Clone(others)
	var out []KeptRow
	for _, r := range rows {
		if i := slices.IndexFunc(left, func(o KeptRow) bool { return same(o, r) }); i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		out = append(out, r)
	}
	return out
}

// Print writes the changes for people.
func (c *Changes) Print(w io.Writer) error {
	var b strings.Builder
	if !c.Any() {
		b.WriteString("Nothing changed.\n")
	}
	for _, p := range c.Parameters {
		fmt.Fprintf(&b, "Asked otherwise: %s\n", p)
	}
	question := ""
	for _, ch := range c.Changes {
		if ch.Question != question {
			question = ch.Question
			fmt.Fprintf(&b, "> %s\n", question)
		}
		switch ch.What {
		case "added":
			fmt.Fprintf(&b, "  added    %s\n           %s\n", ch.Row, ch.After)
		case "gone":
			fmt.Fprintf(&b, "  gone     %s\n           %s\n", ch.Row, ch.Before)
		default:
			lead := ch.Row
			if lead == "" {
				lead = "the " + ch.What
			}
			fmt.Fprintf(&b, "  changed  %s\n           was: %s\n           now: %s\n", lead, or(ch.Before), or(ch.After))
		}
		for _, d := range ch.Cause {
			note := ""
			switch {
			case slices.Contains(c.DocumentsAdded, d):
				note = " (new)"
			case slices.Contains(c.DocumentsRemoved, d):
				note = " (no longer there)"
			}
			fmt.Fprintf(&b, "           in %s%s\n", d, note)
		}
	}
	for _, d := range c.DocumentsAdded {
		fmt.Fprintf(&b, "Document added: %s\n", d)
	}
	for _, d := range c.DocumentsRemoved {
		fmt.Fprintf(&b, "Document gone: %s\n", d)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
