package export

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

// evidenceColumns are the columns of the evidence table. Those for the two groups are called as metafor's escalc calls
// them: ai and ci are events, m1i and m2i means. The estimate and its interval stand as printed: where scale is ratio they
// are no logarithms yet.
func evidenceColumns() []string {
	return []string{
		"study", "study_name", "registrations", "report", "year", "kind", "subgroup", "population", "arm1", "arm2",
		"outcome", "outcome_concept", "outcome_role", "timepoint", "months", "measure", "scale", "unit", "adjusted",
		"estimate", "ci_level", "lower", "upper", "n1i", "m1i", "sd1i", "ai", "total1", "n2i", "m2i", "sd2i", "ci", "total2",
		"p_relation", "p", "direction", "significant", "analysis", "checks", "retracted",
		"finding", "document", "source", "offsets", "sentence", "graph", "question",
	}
}

// evidenceTable writes a row for each estimate of each finding, and one for a finding in words only. Findings of all
// kinds are in it: the column kind tells them apart, and only rows of one kind may be pooled.
func evidenceTable(ctx context.Context, w io.Writer, g *graph.Graph, r Request) error {
	parts, err := chosen(ctx, g, r.Only)
	if err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(evidenceColumns()); err != nil {
		return err
	}
	for _, p := range parts {
		for _, f := range p.findings {
			estimates := f.Estimates
			if len(estimates) == 0 {
				estimates = []evidence.Estimate{{}}
			}
			for i, e := range estimates {
				row := evidenceRow(p, f, e, i == 0, r)
				row["graph"], row["question"] = g.Digest(), r.Question
				var cells []string
				for _, c := range evidenceColumns() {
					cells = append(cells, row[c])
				}
				if err := out.Write(cells); err != nil {
					return err
				}
			}
		}
	}
	out.Flush()
	return out.Error()
}

// evidenceRow returns the cells of one estimate by column. The groups' numbers stand with the first alone, so that
// nobody takes them twice.
func evidenceRow(p part, f drawn, e evidence.Estimate, first bool, r Request) facts {
	measure, value := mainNumber(e)
	row := facts{
		"study": p.ID, "study_name": p.Name, "report": f.telling.ReportID, "kind": string(f.Kind),
		"arm1": strings.Join(f.Arm, "; "), "arm2": strings.Join(f.Comparator, "; "),
		"outcome": f.Outcome.Text, "outcome_concept": f.Outcome.Concept, "outcome_role": f.Outcome.Role, "population": populationText(f),
		"timepoint": f.Timepoint.Text, "months": string(f.Timepoint.Months), "measure": measure, "unit": e.Unit, "estimate": value,
		"p_relation": f.P.Relation, "p": string(f.P.Value), "direction": string(f.Direction), "analysis": f.Analysis,
		"checks": strings.Join(f.Checks, "; "), "retracted": f.telling.Retracted, "registrations": strings.Join(f.telling.Study.Registrations, "; "),
		"finding": string(f.key), "document": f.telling.DocumentID, "source": f.telling.Source, "offsets": offsets(f), "sentence": sentences(f.Passages),
	}
	if y := f.telling.Report.Year; y > 0 {
		row["year"] = strconv.Itoa(y)
	}
	if f.Subgroup {
		row["subgroup"] = "true"
	}
	if e.Adjusted {
		row["adjusted"] = "true"
	}
	if f.Significant != nil {
		row["significant"] = strconv.FormatBool(*f.Significant)
	}
	if e.CI != nil {
		row["ci_level"], row["lower"], row["upper"] = string(e.CI.Level), string(e.CI.Low), string(e.CI.High)
	}
	if r.Vocab != nil && measure != "" {
		if m, ok := r.Vocab.Measure(measure); ok {
			row["scale"] = m.Scale
		}
	}
	if first {
		groups(row, f, e)
	}
	return row
}

// groups fills in what is known of the two groups of a comparison: from the values of the arms that it compares, where
// both are of one kind, else the sizes of the arms. A finding of one arm fills the first group.
func groups(row facts, f drawn, own evidence.Estimate) {
	if f.Kind == evidence.VoteCount { // its numbers are of studies, not of people
		return
	}
	if len(f.Comparator) == 0 {
		if len(f.Arm) == 1 {
			group(row, "1", f, f.Arm[0], &own)
		} else {
			group(row, "1", f, "", &own)
		}
		return
	}
	if len(f.Arm) != 1 || len(f.Comparator) != 1 {
		return
	}
	a, b := compared(f, f.Arm[0]), compared(f, f.Comparator[0])
	var x, y *evidence.Estimate
	if a != nil && b != nil && a.Kind == b.Kind {
		x, y = &a.Estimates[0], &b.Estimates[0]
	}
	group(row, "1", f, f.Arm[0], x)
	group(row, "2", f, f.Comparator[0], y)
}

// compared returns the finding of one arm that a comparison compares, if it names exactly one with numbers.
func compared(f drawn, arm string) *evidence.Finding {
	var out *evidence.Finding
	for i := range f.telling.Study.Findings {
		from := &f.telling.Study.Findings[i]
		for _, id := range f.From {
			if from.ID != id || len(from.Arm) != 1 || from.Arm[0] != arm || len(from.Estimates) == 0 {
				continue
			}
			if out != nil {
				return nil
			}
			out = from
		}
	}
	return out
}

// group writes the numbers of one group. The size of an arm is not that of a subgroup of it.
func group(row facts, n string, f drawn, arm string, e *evidence.Estimate) {
	for i := range f.telling.Study.Arms {
		if a := &f.telling.Study.Arms[i]; !f.Subgroup && arm != "" && a.Label == arm {
			row[fmt.Sprintf("n%si", n)] = string(a.N)
		}
	}
	if e == nil {
		return
	}
	row.set("n"+n+"i", string(cmp.Or(e.N, e.Total)))
	mean := e.Mean
	if e.Measure == "mean" || e.Measure == "mean change" {
		mean = cmp.Or(mean, e.Value)
	}
	row.set("m"+n+"i", string(mean))
	row.set("sd"+n+"i", string(e.SD))
	row.set(map[string]string{"1": "ai", "2": "ci"}[n], string(e.Events))
	row.set("total"+n, string(e.Total))
}
