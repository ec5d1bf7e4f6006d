package main

import (
	"context"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader"
	"github.com/picograph/picograph/loader/score"
)

// TestGoldSets holds what is read of the project's own gold sets to floors: the seeds, and small documents of other kinds.
// They may rise; where one falls, `picograph eval` lists what went missing.
func TestGoldSets(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []struct {
		gold, docs         string
		precision, recall  float64
		direction, numbers float64
	}{
		{"../../seeds/testdata/gold", "../../seeds", 0.90, 0.93, 0.95, 0.95},
		{"../../loader/score/testdata/gold", "", 0.88, 0.88, 0.88, 0.95},
	} {
		golds, err := readGolds([]string{set.gold}, set.docs)
		if err != nil {
			t.Fatal(err)
		}
		s := score.New()
		for _, g := range golds {
			found := &evidence.Document{}
			err := loader.Extract(context.Background(), []string{g.path}, loader.Options{Vocab: v}, func(d *evidence.Document) error {
				found = d
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			s.Add(g.document, found)
		}
		s.Finish()
		f, d, n := s.Of("finding"), s.Of("of findings: direction"), s.Of("of findings: estimate")
		if f.Precision < set.precision || f.Recall < set.recall || d.F1 < set.direction || n.F1 < set.numbers {
			var b strings.Builder
			s.Tallies = append([]score.Tally{}, s.Tallies...)
			_ = writeScore(&b, s, "text")
			t.Errorf("%s:\n%s", set.gold, b.String())
		}
	}
}
