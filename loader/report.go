package loader

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// Report says what came of a load.
type Report struct {
	Documents int         // documents met
	Read      int         // documents read
	Studies   int         // studies told of, each telling counted
	Findings  int         // findings
	Kinds     []KindCount // findings by kind, in the order of the kinds
	Problems  []Trouble   // what could not be used, in the order of the documents
	Ignored   []Group     // text left out on purpose, by reason
	Repaired  []Group     // numbers and signs read with a doubt, by doubt
	Flagged   []Group     // findings whose printed numbers do not add up, by what is wrong
	Barren    []string    // documents read that gave no study
	Removed   []string    // records and members that a file no longer holds, which were taken out
	Gone      []string    // what came from files of the folders that are no longer there; taken out when Pruned
	Pruned    bool
	Otherwise []string // of the same paths by another name, from the root or from the current folder, and not as it was loaded now
}

// KindCount is the number of findings of a kind.
type KindCount struct {
	Kind  evidence.Kind
	Count int
}

// Trouble is a problem with the document it is of. Fatal says that nothing of the document could be used.
type Trouble struct {
	Source string
	evidence.Problem
	Fatal bool
}

// Group is how often something was met, in how many bytes where it is text, and in which documents.
type Group struct {
	What    string
	Count   int
	Bytes   int
	Sources []string
}

// add takes in one document.
func (r *Report) add(res result) {
	d := res.doc
	r.Documents++
	if res.read {
		r.Read++
	}
	for _, p := range d.Problems {
		r.Problems = append(r.Problems, Trouble{Source: d.Source, Problem: p, Fatal: !res.read})
	}
	for _, s := range d.Ignored {
		r.Ignored = tally(r.Ignored, s.Reason, s.End-s.Start, d.Source)
	}
	if res.read && len(d.Studies) == 0 {
		r.Barren = append(r.Barren, d.Source)
	}
	for i := range d.Studies {
		r.study(&d.Studies[i], d.Source)
	}
}

// study takes in one study.
func (r *Report) study(s *evidence.Study, source string) {
	r.Studies++
	doubt := func(text string) {
		if text != "" {
			r.Repaired = tally(r.Repaired, text, 0, source)
		}
	}
	for _, p := range s.Populations {
		for _, c := range p.Criteria {
			doubt(c.Doubt)
		}
	}
	for _, o := range s.Outcomes {
		doubt(o.Doubt)
	}
	for i := range s.Findings {
		f := &s.Findings[i]
		r.Findings++
		r.kind(f.Kind)
		for _, e := range f.Estimates {
			doubt(e.Doubt)
		}
		for _, c := range f.Checks {
			r.Flagged = tally(r.Flagged, c, 0, source)
		}
	}
}

// kind counts a finding of a kind.
func (r *Report) kind(k evidence.Kind) {
	if r.Kinds == nil {
		for _, kind := range []evidence.Kind{
			evidence.BetweenArms, evidence.WithinArm, evidence.ArmLevel, evidence.Baseline, evidence.Interaction,
			evidence.Association, evidence.Prevalence, evidence.VoteCount, evidence.InWords,
		} {
			r.Kinds = append(r.Kinds, KindCount{Kind: kind})
		}
	}
	for i := range r.Kinds {
		if r.Kinds[i].Kind == k {
			r.Kinds[i].Count++
			return
		}
	}
	r.Kinds = append(r.Kinds, KindCount{Kind: k, Count: 1})
}

// tally adds one to the group of what.
func tally(groups []Group, what string, bytes int, source string) []Group {
	i, ok := slices.BinarySearchFunc(groups, what, func(g Group, w string) int { return cmp.Compare(g.What, w) })
	if !ok {
		groups = slices.Insert(groups, i, Group{What: what})
	}
	g := &groups[i]
	g.Count++
	g.Bytes += bytes
	if n := len(g.Sources); n == 0 || g.Sources[n-1] != source {
		g.Sources = append(g.Sources, source)
	}
	return groups
}

// Failed returns the number of documents that could not be read.
func (r *Report) Failed() int { return r.Documents - r.Read }

// Write writes the report as text: the counts, then what was ignored, repaired, flagged and not understood, each
// group with the documents it was met in.
func (r *Report) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "read %s", count(r.Read, "document"))
	if n := r.Failed(); n > 0 {
		fmt.Fprintf(&b, " of %d (%d could not be read)", r.Documents, n)
	}
	fmt.Fprintf(&b, ": %s, %s", count(r.Studies, "study"), count(r.Findings, "finding"))
	var kinds []string
	for _, k := range r.Kinds {
		if k.Count > 0 {
			kinds = append(kinds, fmt.Sprintf("%d %s", k.Count, k.Kind))
		}
	}
	if len(kinds) > 0 {
		fmt.Fprintf(&b, " (%s)", strings.Join(kinds, ", "))
	}
	b.WriteByte('\n')
	groups(&b, "ignored", r.Ignored)
	groups(&b, "repaired or presumed", r.Repaired)
	groups(&b, "does not add up", r.Flagged)
	if len(r.Barren) > 0 {
		fmt.Fprintf(&b, "no study found in: %s\n", names(r.Barren))
	}
	if len(r.Removed) > 0 {
		fmt.Fprintf(&b, "removed, no longer in the file or archive: %s\n", names(r.Removed))
	}
	switch {
	case len(r.Gone) > 0 && r.Pruned:
		fmt.Fprintf(&b, "removed, no longer in the folder: %s\n", names(r.Gone))
	case len(r.Gone) > 0:
		fmt.Fprintf(&b, "no longer in the folder, and still in the graph: %s (load --prune takes such out, picograph remove one by one)\n", names(r.Gone))
	}
	if len(r.Otherwise) > 0 {
		fmt.Fprintf(&b, "still in the graph as it was loaded by another name: %s (picograph remove takes it out; it is best loaded by one name)\n", names(r.Otherwise))
	}
	r.problems(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// alike is how many problems of one kind are told one by one.
const alike = 2

// problems writes what could not be used. Problems that differ only in numbers, names and what they quote are of one kind: the
// first of them is told in full, and then where the others are.
func (r *Report) problems(b *strings.Builder) {
	if len(r.Problems) == 0 {
		return
	}
	b.WriteString("problems:\n")
	kinds := map[string][]*Trouble{}
	var order []string
	for i := range r.Problems {
		p := &r.Problems[i]
		kind := p.Stage + ": " + particulars.ReplaceAllString(p.Message, "…")
		if kinds[kind] == nil {
			order = append(order, kind)
		}
		kinds[kind] = append(kinds[kind], p)
	}
	for _, kind := range order {
		list := kinds[kind]
		if len(list) <= alike {
			for _, p := range list {
				fmt.Fprintf(b, "  %s: %s: %s%s\n", evidence.Printable(p.Source), p.Stage, p.Message, p.where(false))
			}
			continue
		}
		fmt.Fprintf(b, "  %s: %s: %s\n", count(len(list), "place"), list[0].Stage, list[0].Message)
		for n, p := range list {
			if n == listed {
				fmt.Fprintf(b, "    and %s more\n", count(len(list)-n, "place"))
				break
			}
			fmt.Fprintf(b, "    %s%s\n", evidence.Printable(p.Source), p.where(true))
		}
	}
}

// listed is how many places of one kind of problem are told by name.
const listed = 20

// particulars is what differs between problems of one kind.
var particulars = regexp.MustCompile(`0x[0-9A-F]+|\d+|“[^”]*”|"[^"]*"|<[^>]*>`)

// where tells the place of a problem, if it is known: of what ended the reading of a document, only when its own message, which names
// it, is not told.
func (t *Trouble) where(alone bool) string {
	switch {
	case t.End > 0 && !t.Fatal:
		return fmt.Sprintf(" [bytes %d to %d]", t.Start, t.End)
	case t.End > 0 && alone:
		return fmt.Sprintf(" [byte %d]", t.Start)
	}
	return ""
}

// groups writes groups under a title.
func groups(b *strings.Builder, title string, list []Group) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "%s:\n", title)
	const most = 20
	rest := 0
	if len(list) > most+1 { // those met most often
		list = slices.Clone(list)
		slices.SortStableFunc(list, func(x, y Group) int { return cmp.Compare(y.Count, x.Count) })
		for _, g := range list[most:] {
			rest += g.Count
		}
		list = list[:most]
	}
	if rest > 0 {
		defer func() { fmt.Fprintf(b, "  and others: %s\n", count(rest, "place")) }()
	}
	for _, g := range list {
		fmt.Fprintf(b, "  %s: %s", g.What, count(g.Count, "place"))
		if g.Bytes > 0 {
			fmt.Fprintf(b, ", %s", count(g.Bytes, "byte"))
		}
		fmt.Fprintf(b, ", in %s\n", names(g.Sources))
	}
}

// names lists sources, the first few by name.
func names(list []string) string {
	const most = 6
	var out []string
	for _, name := range list[:min(len(list), most)] {
		out = append(out, evidence.Printable(name))
	}
	if len(list) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(out, ", "), len(list)-most)
	}
	return strings.Join(out, ", ")
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "y") {
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
