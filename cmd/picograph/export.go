package main

import (
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

// exportCommand writes the graph or the part of it behind an answer.
func exportCommand(p *program) *cobra.Command {
	var about, study, view string
	var depth int
	var failEmpty bool
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
			format := args[0]
			if err := shell.KnownExport(format); err != nil {
				return usage{err, strings.Join(shell.Hints(err), "; ")}
			}
			switch {
			case export.View(view).Known() != nil:
				return usage{export.View(view).Known(), "usage: " + cmd.UseLine()}
			case cmd.Flags().Changed("about") && strings.TrimSpace(about) == "", cmd.Flags().Changed("study") && strings.TrimSpace(study) == "":
				return usage{errors.New("--about and --study must not be empty"), "without them the whole graph is written"}
			case about != "" && study != "":
				return usage{errors.New("--about and --study cannot stand together"), "usage: " + cmd.UseLine()}
			case export.IsFolder(format) && p.file == "":
				return usage{fmt.Errorf("%s is written to a folder", format), "name a new folder with --output"}
			case depth < 0, depth > 0 && about == "" && study == "":
				return usage{errors.New("--depth is a number of steps from --about or --study"), "usage: " + cmd.UseLine()}
			}
			to := p.file
			p.file = "" // it is written as it comes, and not in the end
			write := func(s *shell.Session, r export.Request) error {
				report := p.exporting()
				r.Progress = report
				switch {
				case export.IsFolder(format):
					return s.ExportFolder(cmd.Context(), to, format, r)
				case to != "":
					return shell.WriteFile(to, func(w io.Writer) error {
						return s.ExportGraph(cmd.Context(), &counter{w: w, report: report}, format, r)
					})
				}
				return s.ExportGraph(cmd.Context(), p.results(), format, r)
			}
			s, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			r := export.Request{View: export.View(view)}
			if study != "" {
				if r.Only, err = export.Named(cmd.Context(), s.Engine.Graph, study); err != nil {
					return &shell.Advised{Err: err, Hint: "picograph show lists what has a name like it"}
				}
				if r.Only, err = export.Reach(cmd.Context(), s.Engine.Graph, r.Only, depth); err != nil {
					return err
				}
			}
			if about == "" {
				return write(s, r)
			}
			a, err := s.Engine.Ask(cmd.Context(), about)
			if err != nil {
				return err
			}
			if err := shell.Refusal(a); err != nil {
				return err
			}
			if a.RowCount() == 0 && len(a.Near) == 0 && !p.quiet {
				fmt.Fprintf(p.err, "picograph: nothing to export: %s\n", answer.Visible(strings.TrimSuffix(a.Text, ".")))
			}
			r.Question, r.Query = a.Question, a.Query
			if r.Only, err = export.Reach(cmd.Context(), s.Engine.Graph, shell.Behind(a), depth); err != nil {
				return err
			}
			if format == "html" {
				if r.Figures, err = s.Figures(cmd.Context(), a); err != nil {
					return err
				}
			}
			if err := write(s, r); err != nil {
				return err
			}
			return p.found(failEmpty, a)
		},
	}
	p.graphFlags(cmd)
	p.fileFlag(cmd)
	cmd.Flags().StringArrayVar(&p.set, "set", nil, "set a reading for --about, as in `NAME=VALUE` (repeatable)")
	cmd.Flags().BoolVar(&failEmpty, "fail-empty", false, "exit with status 4 when the question of --about found nothing")
	cmd.Flags().StringVar(&about, "about", "", "write only the part behind the answer to `QUESTION`")
	cmd.Flags().StringVar(&study, "study", "", "write only the study called `NAME`")
	cmd.Flags().IntVar(&depth, "depth", 0, "widen the part by `STEPS`: 1 takes its studies whole, each more adds those with an intervention in common")
	cmd.Flags().StringVar(&view, "view", "", "what property-graph formats show, as `VIEW`: full, evidence, network or citations")
	return cmd
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

// counter reports how much is written to a file.
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
