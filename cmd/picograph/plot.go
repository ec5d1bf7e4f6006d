package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/graph/plot"
	"github.com/picograph/picograph/queries/answer"
)

// plotCommand draws the answer to a question.
func plotCommand(p *program) *cobra.Command {
	var o plotOptions
	var kinds []string
	for _, k := range plot.Kinds() {
		kinds = append(kinds, fmt.Sprintf("  %-10s %s", k.Name, k.Does))
	}
	cmd := &cobra.Command{
		Long: `Plot draws the rows of the answer to a question: in the terminal, as SVG or as PNG. What comes near and does not count is not
drawn. Each mark leads to the sentence it rests on. Where nothing can be drawn it says why and writes no picture.

Kinds:
` + strings.Join(kinds, "\n"),
		Example: `  picograph plot forest "findings where outcome is pain and kind is between"
  picograph plot forest --output dose.svg which interventions reduced dose in high-MME patients
  picograph plot timeline studies`,
		ValidArgs: plot.KindNames(),
		Args:      exactly(2, -1, "a kind ("+strings.Join(plot.KindNames(), ", ")+") and a question"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.kind, o.question = args[0], strings.TrimSpace(strings.Join(args[1:], " "))
			if err := p.checkPlot(cmd, &o); err != nil {
				return err
			}
			return p.plot(cmd.Context(), &o)
		},
	}
	p.graphFlags(cmd)
	p.outputFlags(cmd, plot.Formats()...)
	cmd.Flags().Lookup("output").Usage += "; its ending says the format unless --format does"
	cmd.Flags().StringArrayVar(&p.set, "set", nil, "set a reading, as in `NAME=VALUE` (repeatable)")
	cmd.Flags().StringVar(&o.by, "by", "", "make an evidence map of outcomes by `WHAT`: intervention (which is usual) or population")
	cmd.Flags().BoolVar(&o.ascii, "ascii", false, "draw text without signs beyond ASCII")
	cmd.Flags().IntVar(&o.width, "width", 0, "lay text out in so many `COLUMNS` (default: those of the terminal, else 80)")
	cmd.Flags().BoolVar(&o.failEmpty, "fail-empty", false, "exit with status 4 when nothing can be drawn")
	return cmd
}

// plotOptions are what is to be drawn, and how.
type plotOptions struct {
	kind, question   string
	by               string // what a map has in its rows besides outcomes
	ascii, failEmpty bool
	width            int // 0 for that of the terminal
}

// checkPlot refuses what cannot be drawn as asked, and takes the format from the ending of the file where none is given.
func (p *program) checkPlot(cmd *cobra.Command, o *plotOptions) error {
	if err := shell.KnownPlot(o.kind); err != nil {
		return usage{err, strings.Join(shell.Hints(err), "; ")}
	}
	if !cmd.Flags().Changed("format") {
		var err error
		if p.format, err = plot.FormatOf(p.file); err != nil {
			return usage{err, "--format says the format of a file with any ending"}
		}
	}
	_, screen := terminal(p.out)
	switch {
	case o.question == "":
		return usage{errors.New("the question is empty"), "usage: " + cmd.UseLine()}
	case o.by != "" && o.kind != "map", o.by != "" && o.by != "intervention" && o.by != "population":
		return usage{errors.New("--by is for an evidence map: intervention or population"), "usage: " + cmd.UseLine()}
	case o.width < 0:
		return usage{fmt.Errorf("%d is no width", o.width), "usage: " + cmd.UseLine()}
	case p.format == "png" && p.file == "" && screen:
		return usage{errors.New("a PNG is nothing to read in a terminal"), "name a file with --output"}
	}
	return nil
}

// plot asks a question and draws the answer; where nothing can be drawn it says why and writes no picture.
func (p *program) plot(ctx context.Context, o *plotOptions) error {
	s, err := p.open(ctx, true)
	if err != nil {
		return err
	}
	a, err := s.Engine.Ask(ctx, o.question)
	if err != nil {
		return err
	}
	if err := shell.Refusal(a); err != nil {
		return err
	}
	drawn, err := s.Plot(ctx, o.kind, o.by == "population", a)
	var nothing *plot.Nothing
	switch {
	case errors.As(err, &nothing):
		why := nothing.Error()
		if a.RowCount() == 0 {
			why = "no " + o.kind + " plot: " + strings.TrimSuffix(a.Text, ".")
		}
		p.file = "" // no picture is written, not an empty one either
		fmt.Fprintf(p.err, "picograph: %s\n", answer.Visible(why))
		if o.failEmpty {
			return status(statusNothing)
		}
		return nil
	case err != nil:
		return err
	}
	if o.width == 0 {
		o.width = p.style().Width
	}
	return drawn.Write(p.results(), p.format, plot.Options{Width: o.width, ASCII: o.ascii})
}
