package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// comparison is a list of arms as one place of a document gives it, the more trustworthy the higher its weight.
type comparison struct {
	arms   []draft
	weight float64
}

// comparisons returns the lists of arms that the study's title and sentences give.
func (r *reading) comparisons(t *telling) []comparison {
	var out []comparison
	add := func(at int, weight float64, spans ...document.Span) {
		if arms := r.drafts(at, spans); len(arms) > 1 && len(arms) < 9 {
			for _, d := range arms {
				if d.n.Present() {
					weight += 0.5
				}
				if d.abbr != "" {
					weight += 0.3
				}
				if d.label.Len() == 0 {
					weight -= 0.6
				}
			}
			out = append(out, comparison{arms, weight})
		}
	}
	var got []draft
	for _, s := range t.titles {
		if parts := r.versusIn(s); parts != nil {
			add(-1, 1.2, parts...)
		}
	}
	for _, i := range t.sentences {
		s := r.doc.Sentences[i].Span
		switch r.roles[i] {
		case roleObjective, roleDesign, roleParticipants, roleInterventions, roleMethods:
			if parts := r.comparedIn(s); parts != nil {
				add(i, 2, parts...)
			}
			if parts := r.askedIn(s); parts != nil {
				add(i, 1.9, parts...)
			}
			got = append(got, r.received(i)...)
			got = append(got, r.counted(i)...)
			if parts := r.allocatedIn(s); parts != nil {
				add(i, 2.2, parts...)
			}
			if parts := r.versusIn(s); parts != nil && r.roles[i] != roleMethods {
				add(i, 1.4, parts...)
			}
		case roleResults:
			if parts := r.allocatedIn(s); parts != nil {
				add(i, 2.2, parts...)
			}
			got = append(got, r.counted(i)...)
		}
	}
	if arms := distinct(got); len(arms) > 1 {
		out = append(out, comparison{arms, 0.8})
	}
	return out
}

// distinct joins drafts of one generic name.
func distinct(ds []draft) []draft {
	var out []draft
	for _, d := range ds {
		if k := slices.IndexFunc(out, func(x draft) bool { return x.generic == d.generic }); k >= 0 {
			out[k] = merged(out[k], d)
			continue
		}
		out = append(out, d)
	}
	return out
}

// comparedIn reads "compare the effects of A (X) vs B (Y) on Z" and "compared A with B".
func (r *reading) comparedIn(s document.Span) []document.Span {
	text := r.doc.Text
	flat := outer(r.doc.At(s))
	for _, m := range r.rule(s, comparing).FindAllStringIndex(flat, -1) {
		if verb := strings.ToLower(flat[m[0]:m[1]]); !strings.HasPrefix(verb, "compar") && !strings.HasPrefix(verb, "rand") && !strings.HasPrefix(verb, "contr") && !strings.Contains(flat[m[1]:], " against ") {
			continue
		}
		list := document.Span{Start: s.Start + m[1], End: s.End}
		if e := effectsOf.FindStringIndex(flat[m[1]:]); e != nil {
			list.Start += e[1]
		}
		list = cutBefore(text, list, afterArms)
		parts := split(text, list, versus)
		if len(parts) < 2 {
			parts = splitOnce(text, list, comparedTo)
		}
		if len(parts) >= 2 && !strings.HasPrefix(strings.ToLower(text[list.Start:list.End]), "with ") && !strings.HasPrefix(strings.ToLower(text[list.Start:list.End]), "to ") {
			return r.sharedTail(parts)
		}
	}
	return nil
}

var (
	// superior is "whether A is more effective than B".
	superior = rules.New(`(?i)\b(?:whether|that|if) (.{3,160}?) (?:is|was|are|were|would be|will be|could be) (?:more|less|better|superior|non-?inferior|inferior|equivalent|as|equally|safer)\b[^.;]{0,60}?\b(?:than|to|as|with) ([^.;]+)`)
	// whichOf is "to find out which does more to ...: A, or B".
	whichOf = rules.New(`(?i)\bwhich\b[^.;:]*:\s([^.;]+?),?\s(?:or|and)\s([^.;]+)`)
	// receives is a generic name of an arm with what the arm received.
	receives = rules.New(`(?i)(?:^|[.;,]\s|\band\s|\bwhile\s|\bwhereas\s|\bbut\s)((?:the )?(?:(?:arm|group) (?:\d|[A-D]|I{1,3}|one|two|three)|(?:active |attention )?(?:intervention|experimental|treatment|control|comparison|study)(?: control)?(?: (?:groups?|arms?|participants|patients|clinics|conditions?|practices|schools))))(?: \([^()]*\))?\s(?:participants |patients )?(?:was |were |will be |will )?(?:offered|received|receive|given|got|underwent|undergo|consisted of|comprised|attended|assigned to|treated with|took|continued|involved|continued with)\s`)
)

// askedIn reads "whether A is more effective than B" and "which does more: A, or B".
func (r *reading) askedIn(s document.Span) []document.Span {
	flat := outer(r.doc.At(s))
	for _, p := range []*pattern.Pattern{superior, whichOf} {
		if m := r.rule(s, p).FindStringSubmatchIndex(flat); m != nil {
			a := trimmed(r.doc.Text, document.Span{Start: s.Start + m[2], End: s.Start + m[3]})
			b := cutBefore(r.doc.Text, document.Span{Start: s.Start + m[4], End: s.Start + m[5]}, askedEnd)
			if a.Len() > 0 && b.Len() > 0 {
				return r.sharedTail([]document.Span{a, b})
			}
		}
	}
	return nil
}

// received reads what generic arms received: "Arm 1 was offered A; Arm 2 was offered B".
func (r *reading) received(i int) []draft {
	s := r.doc.Sentences[i].Span
	text := outer(r.doc.At(s))
	var out []draft
	ms := r.rule(s, receives).FindAllStringSubmatchIndex(text, -1)
	for k, m := range ms {
		end := len(text)
		if k+1 < len(ms) {
			end = ms[k+1][0]
		}
		if j := strings.IndexAny(text[m[1]:end], ";"); j >= 0 {
			end = m[1] + j
		}
		d := draft{generic: genericName(text[m[2]:m[3]]), at: []int{i}}
		d.detail = trimmed(r.doc.Text, document.Span{Start: s.Start + m[1], End: s.Start + end})
		if d.detail.Len() > 0 {
			out = append(out, d)
		}
	}
	return out
}

// withSize is a generic name of an arm with its size: "intervention group: n = 58".
var withSize = rules.New(`(?i)\b((?:(?:active |attention )?(?:intervention|experimental|treatment|control|comparison|study|placebo|sham)(?: control)? (?:groups?|arms?))|(?:group|arm) (?:\d|[A-D]|I{1,3}))\s?[:,(\[]\s?n\s?=\s?` + countPattern + `\b`)

// counted reads generic arms with their sizes.
func (r *reading) counted(i int) []draft {
	text := r.text(i)
	if !allocated.MatchString(text+" to ") && r.roles[i] == roleResults {
		return nil
	}
	var out []draft
	for _, m := range withSize.FindAllStringSubmatch(text, -1) {
		out = append(out, draft{generic: genericName(m[1]), n: count(m[2]), at: []int{i}})
	}
	return out
}

// splitOnce cuts a span in two at the match of sep that leaves the most alike parts: the first "with" or "to" outside
// brackets; an "and" only where nothing else divides the span.
func splitOnce(text string, s document.Span, sep *pattern.Pattern) []document.Span {
	flat := outer(text[s.Start:s.End])
	var best []int
	for _, m := range sep.FindAllStringIndex(flat, -1) {
		word := strings.TrimSpace(strings.ToLower(flat[m[0]:m[1]]))
		weak := strings.HasPrefix(word, "and") || strings.HasPrefix(word, "or")
		if best == nil || (strings.HasPrefix(strings.TrimSpace(strings.ToLower(flat[best[0]:best[1]])), "and") && !weak) {
			best = m
		}
	}
	if best == nil {
		return nil
	}
	a := trimmed(text, document.Span{Start: s.Start, End: s.Start + best[0]})
	b := trimmed(text, document.Span{Start: s.Start + best[1], End: s.End})
	if a.Len() == 0 || b.Len() == 0 {
		return nil
	}
	return []document.Span{a, b}
}

// withoutAppositions drops the pieces of a list that tell the dose or the route of the arm before them. A list of doses
// stays: "ketamine 0.5 mg/kg, 1 mg/kg".
func withoutAppositions(text string, parts []document.Span) []document.Span {
	if len(parts) == 0 || doseIn.MatchString(text[parts[0].Start:parts[0].End]) {
		return parts
	}
	out := parts[:1]
	for _, p := range parts[1:] {
		if !apposition.MatchString(text[p.Start:p.End]) {
			out = append(out, p)
		}
	}
	return out
}

// doseIn is a dose within the name of an arm.
var doseIn = rules.New(`(?i)\d\s?(?:mg|mcg|µg|μg|g|iu|ml|units)\b`)

// sharedTail cuts "for ..." off the last of several arms when the others have none: it belongs to all of them.
func (r *reading) sharedTail(parts []document.Span) []document.Span {
	text := r.doc.Text
	last := len(parts) - 1
	for _, p := range parts[:last] {
		if forPurpose.MatchString(outer(text[p.Start:p.End])) {
			return parts
		}
	}
	parts[last] = cutBefore(text, parts[last], forPurpose)
	return parts
}

// versusIn reads "Effects of A vs B for Z" in a title and "A vs B" anywhere else.
func (r *reading) versusIn(s document.Span) []document.Span {
	text := r.doc.Text
	flat := outer(r.doc.At(s))
	m := r.rule(s, versus).FindStringIndex(flat)
	if m == nil {
		return nil
	}
	left := document.Span{Start: s.Start, End: s.Start + m[0]}
	for _, start := range []*pattern.Pattern{effectsOf, beforeVersus} {
		if e := start.FindStringIndex(flat[:m[0]]); e != nil {
			left.Start = s.Start + e[1]
			break
		}
	}
	right := cutBefore(text, document.Span{Start: s.Start + m[1], End: s.End}, afterArms, afterVersus)
	parts := []document.Span{trimmed(text, left)}
	parts = append(parts, split(text, right, versus)...)
	for _, p := range parts {
		if p.Len() == 0 || p.Len() > 140 {
			return nil
		}
	}
	return r.sharedTail(parts)
}

// allocatedIn reads "randomized (1:1) to A (n = 10), B (n = 11) or C" and "90 were randomized to A and 87 to B".
func (r *reading) allocatedIn(s document.Span) []document.Span {
	text := r.doc.Text
	flat := outer(r.doc.At(s))
	rule := r.rule(s, allocated)
	for at := 0; at < len(flat); {
		m := rule.FindStringIndex(flat[at:])
		if m == nil {
			break
		}
		m[0], m[1] = m[0]+at, m[1]+at
		if n := trialNoun.FindStringIndex(flat[m[0]:m[1]]); n != nil { // "randomized trials that used X to ..."
			at = m[0] + n[1]
			continue
		}
		at = m[1]
		list := document.Span{Start: s.Start + m[1], End: s.End}
		list = cutBefore(text, list, forDuration, afterArms)
		if i := strings.Index(outer(r.doc.At(list)), "; "); i > 0 && len(split(text, document.Span{Start: list.Start, End: list.Start + i}, alternation)) > 1 {
			list.End = list.Start + i
		}
		parts := withoutAppositions(text, split(text, list, alternation))
		if len(parts) < 2 {
			continue
		}
		return r.sharedTail(parts)
	}
	return nil
}
