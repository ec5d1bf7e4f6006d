package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
)

// TestSeedStudies holds the studies read from the seed documents against what an expert found in them: whatever does
// not depend on how a name is worded.
func TestSeedStudies(t *testing.T) {
	eachSeed(t, func(t *testing.T, _ string, gold, got *evidence.Document) {
		if diff := gocmp.Diff(outline(gold), outline(got)); diff != "" {
			t.Errorf("studies (-gold +extracted):\n%s", diff)
		}
		found := conclusions(got)
		for at, sentence := range conclusions(gold) {
			if found[at] != sentence {
				t.Errorf("no conclusion at %d: %s", at, sentence)
			}
		}
	})
}

// conclusions returns the sentences that studies conclude with, by their offsets.
func conclusions(d *evidence.Document) map[int]string {
	out := map[int]string{}
	for _, s := range d.Studies {
		for _, c := range s.Conclusions {
			out[c.Start] = c.Text
		}
	}
	return out
}

// outline lists the facts of a document's report, citations and studies that do not depend on wording.
func outline(d *evidence.Document) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	report := func(r evidence.Report) string {
		return fmt.Sprintf("%s|%v|%s|%d|%s|%s|%s|%s", r.Title, r.Authors, r.Journal, r.Year, r.Volume, r.Issue, r.Pages, r.DOI)
	}
	add("report %s", report(d.Report))
	for _, c := range d.Cites {
		add("cite %s %s", c.ID, report(c.Report))
	}
	for _, s := range d.Studies {
		n := s.Name
		add("%s registrations %v, second hand %v via %s", n, s.Registrations, s.SecondHand, s.Via)
		add("%s design %s, %s, %s", n, s.Design.Kind, s.Design.Allocation, s.Design.Model)
		add("%s n %s, randomized %s, analyzed %s, planned %s, clusters %s %s", n, s.N, s.NRandomized, s.NAnalyzed, s.NPlanned, s.Clusters, s.ClusterUnit)
		add("%s %s to %s, followed to %s, sponsor %s", n, s.Recruited.From, s.Recruited.To, s.FollowUpEnded, s.Sponsor)
		for _, a := range s.Arms {
			add("%s arm %v %s n %s", n, a.Interventions, a.Role, a.N)
		}
		for _, p := range s.Populations {
			for _, c := range p.Criteria {
				if c.Relation.Numeric() {
					add("%s criterion of %s: %s %s %s %s", n, p.ID, c.Variable, c.Relation, c.Value, c.Unit)
				}
			}
		}
		for _, o := range s.Outcomes {
			if o.Role != "" {
				add("%s %s outcome %s, better %s, at %s", n, o.Role, o.Concept, o.Better, o.Timepoint)
			}
		}
		for _, i := range s.Instruments {
			add("%s instrument %s %s: %s", n, i.Concept, i.Abbreviation, strings.Join(i.Items, "; "))
		}
	}
	slices.Sort(out)
	return out
}
