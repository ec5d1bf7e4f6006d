package extract

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/pattern"
)

// A registry's page as text lists the arms, a line for each with its role before its name, and gives the sponsor and the dates in
// entries of their own.

var (
	// registryLine is the line that names the record: "ClinicalTrials.gov ID NCT00000000". The title stands before it.
	registryLine = rules.New(`(?im)^(?:clinicaltrials\.gov (?:id|identifier)|nct (?:id|number|identifier))\s*:?\s*NCT\d{8}\b`)
	// entryLine is a line that only the page of a record has.
	entryLine = rules.New(`(?im)^study (?:type|overview|start|classification)\b[^\n]{0,60}$`)
	// armLine is a line that gives an arm its role in the words of the registry.
	armLine = rules.New(`(?im)^(experimental|active comparator|placebo comparator|sham comparator|no intervention|other): *(\S[^\n]{0,150})$`)

	sponsorLine    = rules.New(`(?im)^(?:lead )?sponsor(?:\s*:\s*|[ \t]+|[ \t]*\n)(\S[^\n]{1,120})$`)
	enrolledLine   = rules.New(`(?im)^(?:actual )?enrol?lment(?: \(actual\))?\s*:\s*(\d[\d,]*)(?: participants)?\s*$`)
	startLine      = rules.New(`(?im)^(?:actual |estimated )?study start(?: date)?(?: \((?:actual|estimated)\))?\s*:?\s*([^\n]{4,40})$`)
	primaryEndLine = rules.New(`(?im)^(?:actual |estimated )?primary completion(?: date)?(?: \((?:actual|estimated)\))?\s*:?\s*([^\n]{4,40})$`)
	endLine        = rules.New(`(?im)^(?:actual |estimated )?study completion(?: date)?(?: \((?:actual|estimated)\))?\s*:?\s*([^\n]{4,40})$`)
)

// registryRoles are the roles of arms as the registry says them.
var registryRoles = map[string]evidence.Role{
	"experimental": evidence.Experimental, "active comparator": evidence.ActiveComparator, "placebo comparator": evidence.Placebo,
	"sham comparator": evidence.Sham, "no intervention": evidence.NoIntervention,
}

// isRegistryPage reports whether the document is the page of one record.
func (r *reading) isRegistryPage() bool { return recordLine(r.doc) != nil }

// recordLine returns where the page of one record names it, nil where a document is no such page.
func recordLine(d *document.Document) []int {
	if !strings.Contains(d.Text, "NCT") || !entryLine.MatchString(d.Text) {
		return nil
	}
	return registryLine.FindStringIndex(d.Text)
}

// registered returns the arms that a registry's page lists, with their roles; nil where it lists none or one.
func (r *reading) registered(t *telling) (arms []draft, roles []evidence.Role) {
	if t.secondHand || !r.isRegistryPage() {
		return nil, nil
	}
	for _, m := range armLine.FindAllStringSubmatchIndex(r.doc.Text, -1) {
		s := document.Span{Start: m[4], End: m[5]}
		s = trimmed(r.doc.Text, s)
		if r.skipped(s) {
			continue
		}
		d := draft{label: s}
		for i := range r.doc.Sentences {
			if r.doc.Sentences[i].Overlaps(s) {
				d.at = append(d.at, i)
			}
		}
		if next := s.End + 1; next < len(r.doc.Text) {
			if line := (document.Span{Start: next, End: lineEnd(r.doc.Text, next)}); line.Len() > 20 && !armLine.MatchString(r.doc.At(line)) && !r.skipped(line) {
				d.detail = trimmed(r.doc.Text, line)
			}
		}
		arms = append(arms, d)
		roles = append(roles, registryRoles[strings.ToLower(r.doc.Text[m[2]:m[3]])])
	}
	if len(arms) < 2 {
		return nil, nil
	}
	for _, l := range r.comparisons(t) {
		if len(l.arms) > 1 {
			arms = r.join(arms, l.arms, false)[:len(arms)]
		}
	}
	return arms, roles
}

// sizedLine is an arm and its size in lines of their own, or in one line of a list: "Norvax:\n- n = 60", "- Norvax (n = 60)".
var sizedLine = rules.New(`(?m)^[ \t]*(?:[-–•*] ?)?(\p{L}[^\n:=]{1,80}?)[ \t]*:?[ \t]*(?:\n[ \t]*(?:[-–•*] ?)?|\()[nN] ?= ?(\d[\d,]*)\)?[ \t]*$`)

// carded returns the arms that a summary lists with their sizes, each in lines of its own one behind the other; nil where it lists none or one.
func (r *reading) carded(t *telling) (arms []draft) {
	if t.secondHand || !strings.ContainsAny(r.doc.Text, "=") {
		return nil
	}
	end := -1
	for _, m := range sizedLine.FindAllStringSubmatchIndex(r.doc.Text, -1) {
		s := document.Span{Start: m[2], End: m[3]}
		if r.skipped(s) {
			continue
		}
		if end >= 0 && strings.TrimSpace(r.doc.Text[end:m[0]]) != "" {
			if len(arms) > 1 {
				break
			}
			arms = nil
		}
		end = m[1]
		d := draft{label: s, n: count(r.doc.Text[m[4]:m[5]])}
		for i := range r.doc.Sentences {
			if r.doc.Sentences[i].Overlaps(s) {
				d.at = append(d.at, i)
			}
		}
		arms = append(arms, d)
	}
	if len(arms) < 2 {
		return nil
	}
	return arms
}

// skipped reports whether a stretch of text was left out.
func (r *reading) skipped(s document.Span) bool {
	for _, k := range r.doc.Skips {
		if k.Start < s.End && s.Start < k.End {
			return true
		}
	}
	return false
}

// findRegistryLines reads the sponsor and the dates that a registry's page gives.
func (r *reading) findRegistryLines(t *telling) {
	if t.secondHand || !r.isRegistryPage() {
		return
	}
	say := func(p *pattern.Pattern, field string, read func(value string) bool) {
		m := p.FindStringSubmatchIndex(r.doc.Text)
		if m == nil || !read(strings.TrimSpace(r.doc.Text[m[2]:m[3]])) {
			return
		}
		t.state(r, field, trimmed(r.doc.Text, document.Span{Start: m[0], End: m[1]}))
	}
	dated := func(into *string) func(string) bool {
		return func(value string) bool {
			iso, start, _ := dateAt(value)
			if start != 0 || iso == "" {
				return false
			}
			*into = iso
			return true
		}
	}
	say(sponsorLine, "sponsor", func(value string) bool {
		if t.study.Sponsor != "" || strings.HasSuffix(value, ":") {
			return false
		}
		t.study.Sponsor = value
		return true
	})
	say(enrolledLine, "n", func(value string) bool {
		if t.study.N.Present() || t.study.NRandomized.Present() {
			return false
		}
		t.study.N = count(value)
		return true
	})
	if t.study.Recruited.From == "" {
		say(startLine, "recruited", dated(&t.study.Recruited.From))
	}
	say(primaryEndLine, "follow_up_ended", dated(&t.study.FollowUpEnded))
	say(endLine, "follow_up_ended", dated(&t.study.FollowUpEnded))
}
