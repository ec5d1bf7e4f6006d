package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"slices"

	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/mention"
)

// tally counts how mentions found agree with those marked.
type tally struct {
	found, marked, exact   int // mentions
	bytesFound, bytesKnown int
	bytesBoth              int
	touched, touchedKnown  int // found that overlap a marked one, marked that overlap a found one
}

// check learns on all parts but one and measures on that one, in turn, and prints the sums for each collection and kind.
// Articles go to a part by their identifier. Where a collection is marked in part, only recall means something.
func check(out io.Writer, c *corpus, settings mention.Learner, folds int) error {
	type row struct {
		source string
		kind   mention.Kind
	}
	sums := map[row]*tally{}
	for fold := range folds {
		l := settings
		for i := range c.articles {
			if a := &c.articles[i]; a.source != fromPrompts && foldOf(a.id, folds) != fold {
				a.teach(&l)
			}
		}
		t, err := mention.Load(l.Learn())
		if err != nil {
			return err
		}
		for i := range c.articles {
			if a := &c.articles[i]; foldOf(a.id, folds) == fold {
				for _, e := range a.sentences {
					found := t.Append(nil, e.Text, e.Span, e.Role)
					for _, k := range []mention.Kind{mention.Outcome, mention.Intervention, mention.Participants} {
						if slices.Contains(e.Whole, k) || slices.ContainsFunc(e.Known, func(m mention.Mention) bool { return m.Kind == k }) {
							r := row{a.source, k}
							if sums[r] == nil {
								sums[r] = new(tally)
							}
							sums[r].add(ofKind(found, k), ofKind(e.Known, k))
						}
					}
				}
			}
		}
	}
	fmt.Fprintf(out, "%-20s %-13s %7s %7s | %-17s | %-17s | %s\n", "collection", "kind", "marked", "found", "exact P R F1", "touching P R F1", "bytes P R F1")
	for _, source := range []string{fromOutcomes, fromTokens, fromPrompts} {
		for _, k := range []mention.Kind{mention.Outcome, mention.Intervention, mention.Participants} {
			if t := sums[row{source, k}]; t != nil {
				fmt.Fprintf(out, "%-20s %-13s %7d %7d | %s | %s | %s\n", source, k, t.marked, t.found, prf(t.exact, t.exact, t.found, t.marked),
					prf(t.touched, t.touchedKnown, t.found, t.marked), prf(t.bytesBoth, t.bytesBoth, t.bytesFound, t.bytesKnown))
			}
		}
	}
	return nil
}

// foldOf puts an article into a part by its identifier.
func foldOf(id string, folds int) int {
	h := fnv.New32a()
	io.WriteString(h, id)
	return int(h.Sum32()>>8) % folds
}

func ofKind(ms []mention.Mention, k mention.Kind) []mention.Mention {
	return slices.DeleteFunc(slices.Clone(ms), func(m mention.Mention) bool { return m.Kind != k })
}

// add counts one sentence.
func (t *tally) add(found, marked []mention.Mention) {
	t.found += len(found)
	t.marked += len(marked)
	for _, f := range found {
		t.bytesFound += f.Len()
		for _, m := range marked {
			if f.Overlaps(m.Span) {
				t.bytesBoth += min(f.End, m.End) - max(f.Start, m.Start)
			}
			if f.Span == m.Span {
				t.exact++
			}
		}
		if touches(marked, f.Span) {
			t.touched++
		}
	}
	for _, m := range marked {
		t.bytesKnown += m.Len()
		if touches(found, m.Span) {
			t.touchedKnown++
		}
	}
}

func touches(ms []mention.Mention, s document.Span) bool {
	return slices.ContainsFunc(ms, func(m mention.Mention) bool { return m.Overlaps(s) })
}

// prf prints precision, recall and their harmonic mean.
func prf(rightFound, rightMarked, found, marked int) string {
	p, r := float64(rightFound)/float64(max(1, found)), float64(rightMarked)/float64(max(1, marked))
	f := 0.0
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return fmt.Sprintf("%.3f %.3f %.3f", p, r, f)
}
