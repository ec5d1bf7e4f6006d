package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/check"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader"
	"github.com/picograph/picograph/queries"
	"github.com/picograph/picograph/queries/answer"
)

// LoadOptions returns how the loader reads documents: those of "-" from in, at most jobs at once.
func LoadOptions(v *vocab.Vocabulary, in io.Reader, jobs int) loader.Options {
	return loader.Options{Vocab: v, Stdin: in, Jobs: jobs}
}

// Load loads documents into the graph and prints the report; prune is as in loader.Options. The number is that of the problems.
func (s *Session) Load(ctx context.Context, paths []string, prune bool) (problems int, err error) {
	o := LoadOptions(s.Engine.Vocab, s.In, s.Jobs)
	o.Prune = prune
	f, ok := s.Err.(*os.File)
	far := &progress{w: s.Err, terminal: ok && term.IsTerminal(int(f.Fd())), now: time.Now}
	if !s.Quiet {
		o.Progress = far.show
	}
	report, err := loader.Load(ctx, s.Engine.Graph, paths, o)
	if !s.Quiet {
		far.clear()
	}
	switch {
	case err != nil && !errors.Is(err, loader.ErrUnread):
		return 0, err
	case err != nil && report.Documents == 1: // the error says it all
		return len(report.Problems), err
	case !s.Quiet:
		var text strings.Builder
		_ = report.Write(&text) // a builder takes everything
		if _, werr := io.WriteString(s.Out, answer.Visible(text.String())); werr != nil {
			return 0, werr
		}
	}
	return len(report.Problems), err
}

// Remove takes what was loaded from some paths out of the graph, and says what that was.
func (s *Session) Remove(ctx context.Context, paths []string) error {
	gone, err := loader.Remove(ctx, s.Engine.Graph, paths)
	if err != nil || s.Quiet {
		return err
	}
	var text strings.Builder
	for _, name := range gone {
		fmt.Fprintf(&text, "removed: %s\n", evidence.Printable(name))
	}
	_, err = io.WriteString(s.Out, answer.Visible(text.String()))
	return err
}

// LoadForOnce loads documents into the graph without a report: only their problems are printed.
func (s *Session) LoadForOnce(ctx context.Context, paths []string) error {
	report, err := loader.Load(ctx, s.Engine.Graph, paths, LoadOptions(s.Engine.Vocab, s.In, s.Jobs))
	if err != nil || s.Quiet {
		return err
	}
	for _, p := range report.Problems {
		fmt.Fprintln(s.Err, answer.Visible(fmt.Sprintf("picograph: %s: %s: %s", evidence.Printable(p.Source), p.Stage, p.Message)))
	}
	return nil
}

// Check looks at everything in the graph again: whether the passages stand where they say, and whether the printed
// numbers agree with each other. It prints what it found, and returns how much does not hold.
func (s *Session) Check(ctx context.Context) (failed int, err error) {
	misplaced, passages, err := s.passages(ctx)
	if err != nil {
		return 0, err
	}
	a, err := s.Engine.Ask(ctx, "check")
	if err != nil {
		return 0, err
	}
	if err := Refusal(a); err != nil {
		return 0, err
	}
	if !s.Explain {
		a.Explain = nil
	}
	if len(misplaced.Rows) > 0 {
		a.Sections = append([]queries.Section{misplaced.Section}, a.Sections...)
	} else if passages > 0 {
		a.Text += fmt.Sprintf(" %s stand where they say.", plural(passages, "passage"))
	}
	return len(misplaced.Rows) + inconsistent(a), s.Print(a)
}

// inconsistent counts the rows whose verdict is that the printed numbers cannot all be right.
func inconsistent(a *queries.Answer) int {
	n := 0
	for _, section := range a.Sections {
		column := slices.Index(section.Columns, "Verdict")
		for _, r := range section.Rows {
			if column >= 0 && column < len(r.Cells) && r.Cells[column] == string(check.Inconsistent) {
				n++
			}
		}
	}
	return n
}

// passages holds every passage in the graph against the kept text of its document.
func (s *Session) passages(ctx context.Context) (*block, int, error) {
	wrong := section("Passages that do not stand where they say", "study", "finding", "document", "place", "what is wrong")
	texts := map[string]string{} // of the study before too: a document may tell of several
	n := 0
	for study, err := range s.Engine.Graph.EachStudy(ctx) {
		if err != nil {
			return nil, 0, err
		}
		kept := map[string]string{}
		for _, t := range study.Tellings {
			text, ok := texts[t.DocumentID]
			if !ok {
				if text, err = s.Engine.Graph.Text(ctx, t.DocumentID); err != nil {
					return nil, 0, err
				}
			}
			kept[t.DocumentID] = text
			n += checkTelling(wrong, study, t, text)
		}
		texts = kept
	}
	return wrong, n, nil
}

func checkTelling(wrong *block, study *graph.Study, t *graph.Telling, text string) int {
	n := 0
	for _, f := range t.Study.Findings {
		if len(f.Passages) == 0 {
			wrong.add(study.Name, f.ID, t.Source, "", "no passage")
		}
		for _, p := range f.Passages {
			n++
			place := fmt.Sprintf("bytes %d to %d", p.Start, p.End)
			switch {
			case p.Start < 0 || p.End > len(text) || p.Start >= p.End:
				wrong.add(study.Name, f.ID, t.Source, place, "outside the text")
			case text[p.Start:p.End] != p.Text:
				wrong.add(study.Name, f.ID, t.Source, place, "the text there is another one")
			}
		}
	}
	return n
}
