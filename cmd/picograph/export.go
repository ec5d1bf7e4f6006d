package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/graph/export"
	"github.com/picograph/picograph/queries/answer"
)

// exporter is what the export command was told.
type exporter struct {
	*program
	format, view, about, study, to string
	depth                          int
	failEmpty                      bool
}

// exportCommand writes the graph or the part of it behind an answer.
func exportCommand(p *program) *cobra.Command {
	e := &exporter{program: p}
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Name)
	}
	cmd := &cobra.Command{
		Long: "Export writes the graph, or with --about the part of it that an answer rests on, as " + strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1] + ".",
		Example: `  picograph export nquads --output pain.nq
  picograph export dot --about "which interventions reduced dose" | dot -Tsvg > pain.svg`,
		ValidArgs: names,
		Args:      exactly(1, 1, "a format: "+strings.Join(names, ", ")),
		RunE: func(cmd *cobra.Command, args []string) error {
			e.format = args[0]
			if err := e.check(cmd); err != nil {
				return err
			}
			e.to, p.file = p.file, "" // it is written as it comes, and not in the end
			s, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			if e.about != "" {
				return e.behind(cmd.Context(), s)
			}
			r := export.Request{View: export.View(e.view)}
			if e.study != "" {
				if r.Only, err = export.Named(cmd.Context(), s.Engine.Graph, e.study); err != nil {
					return &shell.Advised{Err: err, Hint: "picograph show lists what has a name like it"}
				}
				if r.Only, err = export.Reach(cmd.Context(), s.Engine.Graph, r.Only, e.depth); err != nil {
					return err
				}
			}
			return e.write(cmd.Context(), s, r)
		},
	}
	p.graphFlags(cmd)
	p.fileFlag(cmd)
	cmd.Flags().StringArrayVar(&p.set, "set", nil, "set a reading for --about, as in `NAME=VALUE` (repeatable)")
	cmd.Flags().BoolVar(&e.failEmpty, "fail-empty", false, "exit with status 4 when the question of --about found nothing")
	cmd.Flags().StringVar(&e.about, "about", "", "write only the part behind the answer to `QUESTION`")
	cmd.Flags().StringVar(&e.study, "study", "", "write only the study called `NAME`")
	cmd.Flags().IntVar(&e.depth, "depth", 0, "widen the part by `STEPS`: 1 takes its studies whole, each more adds those with an intervention in common")
	cmd.Flags().StringVar(&e.view, "view", "", "what property-graph formats show, as `VIEW`: full, evidence, network or citations")
	return cmd
}

// check looks whether what was told goes together.
func (e *exporter) check(cmd *cobra.Command) error {
	if err := shell.KnownExport(e.format); err != nil {
		return usage{err, strings.Join(shell.Hints(err), "; ")}
	}
	if err := export.Shows(e.format, export.View(e.view)); err != nil {
		return usage{err, "usage: " + cmd.UseLine()}
	}
	empty := func(flag string) bool {
		f := cmd.Flags().Lookup(flag)
		return f.Changed && strings.TrimSpace(f.Value.String()) == ""
	}
	switch {
	case empty("about"), empty("study"):
		return usage{errors.New("--about and --study must not be empty"), "without them the whole graph is written"}
	case e.about != "" && e.study != "":
		return usage{errors.New("--about and --study cannot stand together"), "usage: " + cmd.UseLine()}
	case export.IsFolder(e.format) && e.file == "":
		return usage{fmt.Errorf("%s is written to a folder", e.format), "name a new folder with --output"}
	case e.depth < 0, e.depth > 0 && e.about == "" && e.study == "":
		return usage{errors.New("--depth is a number of steps from --about or --study"), "usage: " + cmd.UseLine()}
	}
	return nil
}

// behind writes the part of the graph that an answer rests on.
func (e *exporter) behind(ctx context.Context, s *shell.Session) error {
	a, err := s.Engine.Ask(ctx, e.about)
	if err != nil {
		return err
	}
	if err := shell.Refusal(a); err != nil {
		return err
	}
	if a.RowCount() == 0 && len(a.Near) == 0 && !e.quiet {
		fmt.Fprintf(e.err, "picograph: nothing to export: %s\n", answer.Visible(strings.TrimSuffix(a.Text, ".")))
	}
	r := export.Request{View: export.View(e.view), Question: a.Question, Query: a.Query}
	if r.Only, err = export.Reach(ctx, s.Engine.Graph, shell.Behind(a), e.depth); err != nil {
		return err
	}
	if e.format == "html" {
		if r.Figures, err = s.Figures(ctx, a); err != nil {
			return err
		}
	}
	if err := e.write(ctx, s, r); err != nil {
		return err
	}
	return e.found(e.failEmpty, a)
}

// write writes what is requested to where it was told to.
func (e *exporter) write(ctx context.Context, s *shell.Session, r export.Request) error {
	r.Progress = e.exporting()
	counted := func(w io.Writer) error {
		return s.ExportGraph(ctx, &counter{w: w, report: r.Progress}, e.format, r)
	}
	_, screen := terminal(e.out)
	switch {
	case export.IsFolder(e.format):
		return s.ExportFolder(ctx, e.to, e.format, r)
	case e.to != "":
		return shell.WriteFile(e.to, counted)
	case !screen:
		return counted(e.results())
	}
	return s.ExportGraph(ctx, e.results(), e.format, r)
}

// exporting returns what says on standard error how far an export is, every few seconds and not at once: most take no time.
func (p *program) exporting() func(n int, of string) {
	last := time.Now()
	return func(n int, of string) {
		if now := time.Now(); !p.quiet && now.Sub(last) > exportSilence {
			last = now
			fmt.Fprintf(p.err, "picograph: %d %s\n", n, of)
		}
	}
}

// exportSilence is how long an export goes on without a word.
const exportSilence = 10 * time.Second

// counter reports how much is written.
type counter struct {
	w      io.Writer
	bytes  int
	report func(n int, of string)
}

// Write passes on what it is given.
func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.bytes += n
	c.report(c.bytes>>20, "MB written")
	return n, err
}
