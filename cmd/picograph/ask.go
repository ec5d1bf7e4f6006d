package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/cmd/picograph/shell"
	"github.com/picograph/picograph/queries"
)

// askCommand answers one question, or one a line.
func askCommand(p *program) *cobra.Command {
	var failEmpty bool
	cmd := &cobra.Command{
		Long: `Ask answers a question in English, or a query in the canonical language. The answer says how the question was read,
what kind of evidence each number is, and what comes close without counting. With - it reads one question a line.`,
		Example: `  picograph ask which interventions reduced dose in high-MME patients
  picograph ask --set high-dose="50 MME/day" "which interventions reduced dose in high-dose patients"
  picograph ask --with trial.txt -o json 'findings where outcome is pain and kind is between'`,
		Args: exactly(1, -1, "a question, or - to read one a line"),
		RunE: func(cmd *cobra.Command, args []string) error {
			question := strings.TrimSpace(strings.Join(args, " "))
			if question == "" {
				return usage{errors.New("the question is empty"), "usage: " + cmd.UseLine()}
			}
			s, err := p.open(cmd.Context(), true)
			if err != nil {
				return err
			}
			if len(args) == 1 && args[0] == "-" {
				return p.askLines(cmd.Context(), s, failEmpty)
			}
			a, err := s.Ask(cmd.Context(), question)
			if err != nil {
				return err
			}
			return p.found(failEmpty, a)
		},
	}
	p.graphFlags(cmd)
	p.answerFlags(cmd)
	cmd.Flags().BoolVar(&failEmpty, "fail-empty", false, "exit with status 4 when nothing was found")
	return cmd
}

// found returns status 4 under --fail-empty when one of the answers has nothing that counts.
func (p *program) found(failEmpty bool, answers ...*queries.Answer) error {
	for _, a := range answers {
		if failEmpty && (a.Status == queries.NearOnly || a.Status == queries.Empty) {
			return status(statusNothing)
		}
	}
	return nil
}

// askLines answers one question a line. A question that is not understood is reported with its line, and the next
// one is asked.
func (p *program) askLines(ctx context.Context, s *shell.Session, failEmpty bool) error {
	in := bufio.NewReader(p.in)
	var answers []*queries.Answer
	refusals := 0
	for n := 1; ; n++ {
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading standard input: %w", err)
		}
		last := err != nil
		if n == 1 {
			line = strings.TrimPrefix(line, "\uFEFF")
		}
		if question := strings.TrimSpace(line); question != "" {
			if err := s.Engine.Graph.Refresh(ctx); err != nil {
				return err
			}
			a, err := s.AskOneOf(ctx, question, len(answers)+refusals)
			var refused *shell.Refused
			switch {
			case errors.As(err, &refused):
				refusals++
				shell.Complain(p.err, &shell.LineError{Line: n, Err: err})
			case err != nil:
				return err
			default:
				answers = append(answers, a)
			}
		}
		if last {
			break
		}
	}
	if refusals > 0 {
		return status(statusError)
	}
	return p.found(failEmpty, answers...)
}
