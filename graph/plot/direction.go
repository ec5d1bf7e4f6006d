package plot

import (
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// effectDirection makes an effect-direction plot, after Boon and Thomson: study by outcome, an arrow for what happened. It is
// for results that have no common measure, those in words only, and counts of studies among them.
func effectDirection(g *gathered, p *Plot) {
	var drawn []*found
	for _, f := range g.findings {
		switch f.Kind {
		case evidence.BetweenArms, evidence.WithinArm, evidence.Association, evidence.InWords, evidence.VoteCount:
			drawn = append(drawn, f)
		case evidence.Interaction:
			p.leave(f, "whether an effect differs between groups has no direction")
		default:
			p.leave(f, "a value, which has no direction")
		}
	}
	body := &Grid{}
	body.Panels = lay(drawn, func(f *found) []place {
		outcome := g.outcomeName(f)
		about := f.comparison()
		if f.labels.Population != "" {
			about = strings.TrimPrefix(about+", "+f.labels.Population, ", ")
		}
		return []place{{
			kind: f.Kind, row: f.labels.Study, about: about, rowKey: f.StudyID + "\x1f" + strings.ToLower(about),
			column: outcome, columnKey: strings.ToLower(outcome),
		}}
	})
	if len(body.Panels) == 0 {
		return
	}
	votes := map[string]string{}
	for _, f := range drawn {
		if f.Kind == evidence.VoteCount && len(f.Estimates) > 0 && f.Estimates[0].Events.Present() && f.Estimates[0].Total.Present() {
			votes[string(f.Key)] = fmt.Sprintf("%s/%s", f.Estimates[0].Events, f.Estimates[0].Total)
		}
	}
	unknown := false
	var notes []string
	for i := range body.Panels {
		b := &body.Panels[i]
		b.Across, b.Down = "outcome", "study"
		for _, r := range b.Rows {
			for _, c := range r.Cells {
				if c == nil {
					continue
				}
				unknown = unknown || c.N == 0 && b.Kind != evidence.VoteCount
				c.beside(votes)
			}
		}
		notes = appendNew(notes, b.bound())
		b.upright()
	}
	p.Body = body
	p.Notes = append(p.Notes, signWords(body), fmt.Sprintf("Large signs: more than %d participants; middling: %d to %d; small: fewer. A number beside a sign is how many findings it stands for; of a review, in how many of its studies.", manyPeople, fewPeople, manyPeople))
	if unknown {
		p.Notes = append(p.Notes, "A middling sign with a pale edge is of a study that does not say how many took part.")
	}
	p.Notes = append(p.Notes, notes...)
}

// beside sets the number beside a sign.
func (c *Cell) beside(votes map[string]string) {
	for _, s := range c.From {
		if v := votes[string(s.Finding)]; v != "" {
			c.Text = strings.TrimPrefix(c.Text+" "+v, " ")
		}
	}
	if c.Text == "" && len(c.Facts) > 1 {
		c.Text = fmt.Sprint(len(c.Facts))
	}
}
