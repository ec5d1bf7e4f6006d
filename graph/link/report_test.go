package link

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/evidence"
)

// publish builds a publication from short parts: "doi=10.1/a", "title=...", "year=2020", "by=Doe", "status=retracted",
// "corrects=10.1/b", "cites=10.1/b".
func publish(document string, parts ...string) Publication {
	r := &evidence.Report{}
	p := Publication{Document: document, Report: r}
	for _, part := range parts {
		key, value, _ := strings.Cut(part, "=")
		switch key {
		case "doi":
			r.DOI = value
		case "pmid":
			r.PMID = value
		case "title":
			r.Title = value
		case "by":
			r.Authors = []string{value}
		case "year":
			r.Year = 2020
		case "status":
			r.Status = value
		case "cites":
			p.Cites = append(p.Cites, evidence.Citation{Report: evidence.Report{DOI: value}})
		default:
			p.Cites = append(p.Cites, evidence.Citation{Relation: key, Report: evidence.Report{DOI: value}})
		}
	}
	return p
}

func TestReports(t *testing.T) {
	article := []string{"title=Walking for pain after an operation: a trial", "year", "by=Doe J"}
	whole := func(more ...string) []string { return append(slices.Clone(article), more...) }
	for _, c := range []struct {
		name string
		in   []Publication
		want string // reports as "ID: documents; links; retracted"
	}{
		{"by one DOI in any case", []Publication{publish("a", "doi=10.1/a"), publish("b", "doi=10.1/A")}, "doi:10.1/a: a b"},
		{"by a record that has both identifiers", []Publication{publish("a", "doi=10.1/a"), publish("b", "pmid=7"), publish("c", "doi=10.1/a", "pmid=7")}, "doi:10.1/a: a b c"},
		{"by title, year and author where one has no identifier", []Publication{publish("a", whole("doi=10.1/a")...), publish("b", whole()...)}, "doi:10.1/a: a b"},
		{"not by a title alone", []Publication{publish("a", article[0]), publish("b", article[0])}, "a: a|b: b"},
		{"not where identifiers differ", []Publication{publish("a", whole("doi=10.1/a")...), publish("b", whole("doi=10.1/b")...), publish("c", whole()...)}, "c: c|doi:10.1/a: a|doi:10.1/b: b"},
		{"not by a number copied wrong", []Publication{publish("a", "pmid=7", "doi=10.1/a", "title=Walking for pain"), publish("b", "pmid=7", "doi=10.1/b", "title=Milk and bones")}, "doi:10.1/a: a|doi:10.1/b: b"},
		{"citations", []Publication{publish("a", "doi=10.1/a", "cites=10.1/b", "cites=10.1/z"), publish("b", "doi=10.1/b")}, "doi:10.1/a: a; cites doi:10.1/b|doi:10.1/b: b"},
		{"retracted as one of its records says", []Publication{publish("a", "doi=10.1/a"), publish("b", "doi=10.1/a", "status=retracted")}, "doi:10.1/a: a b; retracted, as its record says"},
		{"retracted by a notice", []Publication{publish("a", "doi=10.1/a"), publish("n", "doi=10.1/n", "status=retraction", "retracts=10.1/a")}, "doi:10.1/a: a; retracted by doi:10.1/n|doi:10.1/n: n; retracts doi:10.1/a"},
		{"corrected is not retracted", []Publication{publish("a", "doi=10.1/a", "status=corrected"), publish("n", "doi=10.1/n", "corrects=10.1/a")}, "doi:10.1/a: a|doi:10.1/n: n; corrects doi:10.1/a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for seed := range int64(6) {
				in := slices.Clone(c.in)
				rand.New(rand.NewSource(seed)).Shuffle(len(in), func(i, k int) { in[i], in[k] = in[k], in[i] })
				var got []string
				for _, r := range Reports(in) {
					s := r.ID + ":"
					for _, m := range r.Members {
						s += " " + in[m].Document
					}
					for _, l := range r.Links {
						s += fmt.Sprintf("; %s %s", l.Relation, l.To)
					}
					if r.Retracted != "" {
						s += "; " + r.Retracted
					}
					got = append(got, s)
				}
				if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
					t.Fatalf("order %d: %s", seed, diff)
				}
			}
		})
	}
}
