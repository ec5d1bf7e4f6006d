package shell

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/export"
	"github.com/picograph/picograph/graph/plot"
	"github.com/picograph/picograph/queries"
	"github.com/picograph/picograph/queries/answer"
)

// KnownPlot returns an error with the nearest one when there is no such kind of plot.
func KnownPlot(kind string) error {
	names := plot.KindNames()
	if slices.Contains(names, kind) {
		return nil
	}
	hint := "there is "
	for i, n := range names {
		if i > 0 {
			hint += ", "
		}
		hint += n
	}
	if near := Nearest(kind, names); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return &Advised{fmt.Errorf("unknown kind of plot %q", kind), hint}
}

// Plot makes a plot of an answer; patients is for an evidence map of populations. The error is a *plot.Nothing where the answer has nothing that can be drawn.
func (s *Session) Plot(ctx context.Context, kind string, patients bool, a *queries.Answer) (*plot.Plot, error) {
	r := plot.Request{Kind: kind, Patients: patients, Question: a.Question, Query: a.Query, Vocab: s.Engine.Vocab, Rows: plotRows(a)}
	for _, n := range a.Near {
		r.Near += len(n.Findings)
	}
	return plot.New(ctx, s.Engine.Graph, r)
}

// Figures returns the plots that can be drawn of an answer, for a page to show.
func (s *Session) Figures(ctx context.Context, a *queries.Answer) ([]export.Figure, error) {
	var out []export.Figure
	for _, kind := range plot.Kinds() {
		p, err := s.Plot(ctx, kind.Name, false, a)
		var nothing *plot.Nothing
		if errors.As(err, &nothing) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := p.WriteSVG(&b); err != nil {
			return nil, err
		}
		out = append(out, export.Figure{Title: kind.Title, SVG: b.Bytes()})
	}
	return out, nil
}

// plotRows returns the rows of an answer as plots take them, with the labels that the answer's columns have.
func plotRows(a *queries.Answer) []plot.Row {
	var out []plot.Row
	n := 0
	for _, section := range a.Sections {
		for i := range section.Rows {
			n++
			row := &section.Rows[i]
			r := plot.Row{Number: n, Study: row.StudyID(), Direction: row.Direction()}
			for _, f := range row.Findings {
				r.Findings = append(r.Findings, graph.FindingID(f.ID))
			}
			cell := func(column string) string {
				if c := slices.Index(section.Columns, column); c >= 0 && c < len(row.Cells) {
					return row.Cells[c]
				}
				return ""
			}
			r.Labels = plot.Labels{
				Study: cell("Study"), Arm: cell("Intervention"), Comparator: cell("Comparator"), Outcome: cell("Outcome"),
				Population: cell("Population"), Time: cell("Time"),
			}
			out = append(out, r)
		}
	}
	return out
}

// plot draws the last answer: in the terminal, or in a file whose name says as what.
func (sh *Shell) plot(ctx context.Context, args []string) error {
	if len(args) == 0 || len(args) > 2 {
		return usage("plot")
	}
	if err := KnownPlot(args[0]); err != nil {
		return err
	}
	s := sh.Session
	if s.last == nil {
		return &Advised{errors.New("there is no answer yet to plot"), "ask a question first"}
	}
	p, err := s.Plot(ctx, args[0], false, s.last)
	var nothing *plot.Nothing
	switch {
	case errors.As(err, &nothing):
		fmt.Fprintln(s.Err, answer.Visible(nothing.Error()))
		return nil
	case err != nil:
		return err
	case len(args) == 1:
		return p.WriteText(s.Out, plot.Options{Width: s.Style.Width, ASCII: s.Style.ASCII})
	}
	format, err := plot.FormatOf(args[1])
	if err != nil {
		return err
	}
	err = WriteFile(args[1], func(w io.Writer) error {
		return p.Write(w, format, plot.Options{ASCII: s.Style.ASCII})
	})
	if err == nil && sh.interactive && !s.Quiet {
		fmt.Fprintf(s.Err, "written to %s\n", args[1])
	}
	return err
}
