package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/export"
	"github.com/picograph/picograph/queries"
	"github.com/picograph/picograph/queries/answer"
	"github.com/picograph/picograph/queries/script"
	"github.com/picograph/picograph/queries/syntax"
)

// Why prints the sentences behind row n of the last answer, counted from 1 through all blocks and on through the near
// misses.
func (s *Session) Why(ctx context.Context, n int) error {
	if s.last == nil {
		return &Advised{errors.New("there is no answer yet to explain"), "ask a question first"}
	}
	trace, err := s.Engine.Why(ctx, s.last, n)
	if err != nil {
		return err
	}
	return answer.WriteTrace(s.Out, trace, s.Style)
}

// Show prints the card of one thing.
func (s *Session) Show(ctx context.Context, name string) error {
	subject, rest, _ := strings.Cut(name, " ")
	if rest != "" && slices.Contains(syntax.Subjects(), strings.ToLower(subject)) {
		if strings.ContainsAny(rest, `" `) && !strings.Contains(rest, `"`) {
			rest = `"` + rest + `"`
		}
		_, err := s.Ask(ctx, "show "+strings.ToLower(subject)+" "+rest)
		return err
	}
	a, err := s.Engine.Show(ctx, name)
	if err != nil {
		return err
	}
	return s.Print(a)
}

// Set changes a reading.
func (s *Session) Set(name, value string) error {
	if err := s.Engine.Settings.Set(name, value); err != nil {
		var names []string
		for _, setting := range s.Engine.Settings.List() {
			names = append(names, setting.Name)
		}
		if near := Nearest(name, names); near != "" && !strings.EqualFold(near, name) {
			return &Advised{err, "did you mean " + near + "?"}
		}
		return err
	}
	return nil
}

// Export writes the last answer or the graph: what says which of them, and when it is empty the format does.
func (s *Session) Export(ctx context.Context, w io.Writer, what, format string) error {
	ofAnswer := slices.ContainsFunc(answer.Formats(), func(f answer.Format) bool { return f.Name == format })
	ofGraph := KnownExport(format) == nil
	switch {
	case !ofAnswer && !ofGraph:
		return unknownFormat(format, slices.Concat(answerFormats(), graphFormats()))
	case what == "graph" && !ofGraph:
		return KnownExport(format)
	case ofGraph && what != "answer" && (what == "graph" || !ofAnswer):
		return s.ExportGraph(ctx, w, format, export.Request{})
	case s.last == nil:
		return &Advised{errors.New("there is no answer yet to export"), "ask a question first"}
	case ofGraph && !ofAnswer:
		return s.ExportGraph(ctx, w, format, export.Request{Only: Behind(s.last), Question: s.last.Question, Query: s.last.Query})
	}
	return answer.Write(w, s.last, format, answer.Options{})
}

// KnownExport returns an error with the nearest one when there is no such format of graphs.
func KnownExport(format string) error {
	names := graphFormats()
	if slices.Contains(names, format) {
		return nil
	}
	return unknownFormat(format, names)
}

// ExportGraph writes what is requested of the graph.
func (s *Session) ExportGraph(ctx context.Context, w io.Writer, format string, r export.Request) error {
	r.Vocab = s.Engine.Vocab
	return export.Write(ctx, w, s.Engine.Graph, format, r)
}

// ExportFolder writes what is requested of the graph as files of a folder, which is made unless it is there and empty. A
// failure leaves nothing in it.
func (s *Session) ExportFolder(ctx context.Context, dir, format string, r export.Request) error {
	if files, err := os.ReadDir(dir); err == nil && len(files) > 0 {
		return &Advised{fmt.Errorf("%s has files already", dir), "name a new folder"}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("writing %s: %w", dir, err)
	}
	return fillFolder(dir, func(create export.Create) error { return export.WriteFolder(ctx, create, s.Engine.Graph, format, r) })
}

// Behind returns the part of the graph that an answer rests on: its rows and its near misses.
func Behind(a *queries.Answer) *graph.Selection {
	part := &graph.Selection{}
	add := func(findings []queries.Finding) {
		for _, f := range findings {
			part.Findings = append(part.Findings, graph.FindingID(f.ID))
		}
	}
	for _, section := range a.Sections {
		for _, r := range section.Rows {
			add(r.Findings)
		}
	}
	for _, n := range a.Near {
		add(n.Findings)
	}
	slices.Sort(part.Findings)
	part.Findings = slices.Compact(part.Findings)
	return part
}

// Refusal returns the error of an answer whose question was not understood or has unknown words, else nil.
func Refusal(a *queries.Answer) error {
	if a.Status == queries.UnknownTerm || a.Status == queries.NotUnderstood {
		return &Refused{a}
	}
	return nil
}

// Unmet returns the error of a script whose expectations were not met, or nil.
func Unmet(mismatches []script.Mismatch) error {
	if len(mismatches) == 0 {
		return nil
	}
	lines := make([]string, len(mismatches))
	for i, m := range mismatches {
		lines[i] = m.String()
	}
	return errors.New(strings.Join(lines, "\n"))
}
