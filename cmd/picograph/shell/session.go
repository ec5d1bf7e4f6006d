package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/loader"
	"github.com/picograph/picograph/queries"
	"github.com/picograph/picograph/queries/answer"
	"github.com/picograph/picograph/queries/script"
	"github.com/picograph/picograph/queries/syntax"
)

// Session is an open graph with where and how its answers are printed: what the command's subcommands and the shell's
// dot-commands both work on.
type Session struct {
	Engine  *queries.Engine
	Out     io.Writer      // results
	Err     io.Writer      // all else
	In      io.Reader      // what "-" loads
	Format  string         // of answers, one of the answer package's formats
	Style   answer.Options // how they are laid out
	Explain bool           // whether answers tell how they came about
	Quiet   bool           // whether reports and notes are left out
	Jobs    int            // documents read at once; 0: as many as there are processors

	last *queries.Answer
}

// Refused is the error of a question that was not answered because its words were not known or not understood.
type Refused struct{ Answer *queries.Answer }

// Error returns what was wrong, with the question and a mark under the words at fault.
func (r *Refused) Error() string {
	message := string(r.Answer.Status)
	if r.Answer.Text != "" {
		text, _, _ := strings.Cut(r.Answer.Text, " Nearest: ") // the hint has them
		message = strings.TrimRight(lowerFirst(text), ".")
	}
	if f := r.Answer.Fault; f != nil && f.Start >= 0 && f.Start < f.End && f.End <= len(r.Answer.Question) && !strings.Contains(r.Answer.Question, "\n") {
		before, words := r.Answer.Question[:f.Start], r.Answer.Question[f.Start:f.End]
		message += fmt.Sprintf("\n    %s\n    %s%s", r.Answer.Question, blanks(before), strings.Repeat("^", len([]rune(words))))
	}
	return message
}

// blanks returns as many blanks as s has characters.
func blanks(s string) string { return strings.Repeat(" ", len([]rune(s))) }

// lowerFirst puts the first letter of a sentence in lower case, unless its first word is not an ordinary one.
func lowerFirst(s string) string {
	word, _, _ := strings.Cut(s, " ")
	if word == "" || word != strings.ToUpper(word[:1])+strings.ToLower(word[1:]) {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// Ask answers a question and prints the answer. A question that is not understood is a *Refused error; in the formats
// for programs its answer is printed all the same.
func (s *Session) Ask(ctx context.Context, question string) (*queries.Answer, error) {
	a, err := answered(s.Engine)(ctx, question)
	if err != nil {
		return nil, err
	}
	return a, s.Print(a)
}

// Follow answers a question that may go on from the last one, as Ask does.
func (s *Session) Follow(ctx context.Context, question string) (*queries.Answer, error) {
	if Unfinished(question) {
		return nil, unfinished(question)
	}
	a, err := s.Engine.Follow(ctx, s.last, question)
	if err != nil {
		return nil, err
	}
	return a, s.Print(a)
}

// answered returns what answers questions, other than those that lack their end.
func answered(e *queries.Engine) script.Ask {
	return func(ctx context.Context, question string) (*queries.Answer, error) {
		if Unfinished(question) {
			return nil, unfinished(question)
		}
		return e.Ask(ctx, question)
	}
}

// AskOneOf answers a question that is one of several: in the formats for people a line with the question goes before
// the answer. Before is how many questions there were before it.
func (s *Session) AskOneOf(ctx context.Context, question string, before int) (*queries.Answer, error) {
	if !tabular(s.Format) {
		lead := "\n"
		if before == 0 {
			lead = ""
		}
		if _, err := fmt.Fprintf(s.Out, "%s> %s\n", lead, answer.Visible(question)); err != nil {
			return nil, err
		}
	}
	return s.Ask(ctx, question)
}

// Print prints an answer, and keeps it for Why. Refused says when an answer is an error.
func (s *Session) Print(a *queries.Answer) error {
	if !s.Explain {
		a.Explain = nil
	}
	refused := a.Status == queries.UnknownTerm || a.Status == queries.NotUnderstood
	if !refused || s.Format == "json" || s.Format == "jsonl" {
		if err := answer.Write(s.Out, a, s.Format, s.Style); err != nil {
			return err
		}
	}
	if s.Explain && (s.Format == "text" || s.Format == "table") {
		if _, err := fmt.Fprintf(s.Out, "\n%s", a.ExplainText()); err != nil {
			return err
		}
	}
	if refused {
		return &Refused{a}
	}
	s.last = a
	return nil
}

// Script answers the statements of a script and prints each answer. It returns the expectations that were not met,
// and the answers in order.
func (s *Session) Script(ctx context.Context, sc *script.Script, args []string) ([]*queries.Answer, []script.Mismatch, error) {
	values, err := sc.Bind(args)
	if err != nil {
		return nil, nil, err
	}
	engine := &queries.Engine{Graph: s.Engine.Graph, Vocab: s.Engine.Vocab, Settings: s.Engine.Settings}
	if err := sc.Configure(&engine.Settings, values); err != nil {
		return nil, nil, err
	}
	for _, st := range sc.Statements {
		for _, o := range st.Outputs {
			if err := KnownFormat(o.Format); err != nil {
				return nil, nil, &script.Error{Script: sc.Name, Line: o.Line, Message: err.Error(), Hint: strings.Join(Hints(err), "; "), Err: err}
			}
		}
	}
	var answers []*queries.Answer
	var mismatches []script.Mismatch
	err = sc.Run(ctx, values, answered(engine), func(r script.Result) error {
		if len(answers) > 0 && !tabular(s.Format) {
			if _, err := fmt.Fprintln(s.Out); err != nil {
				return err
			}
		}
		answers = append(answers, r.Answer)
		mismatches = append(mismatches, r.Mismatches...)
		err := s.putOut(sc, values, r)
		var refused *Refused
		if errors.As(err, &refused) {
			return &script.Error{Script: sc.Name, Line: r.Statement.Line, Message: refused.Error(), Hint: strings.Join(Hints(refused), "; "), Err: err}
		}
		return err
	})
	return answers, mismatches, err
}

// putOut prints the answer to a statement of a script, or writes it where the script says.
func (s *Session) putOut(sc *script.Script, values script.Values, r script.Result) error {
	if len(r.Statement.Outputs) == 0 || Refusal(r.Answer) != nil {
		return s.Print(r.Answer)
	}
	s.last = r.Answer
	for _, o := range r.Statement.Outputs {
		file, err := values.Expand(o.File)
		if err == nil && file == "" {
			err = answer.Write(s.Out, r.Answer, o.Format, s.Style)
		} else if err == nil {
			err = WriteFile(file, func(w io.Writer) error { return answer.Write(w, r.Answer, o.Format, answer.Options{}) })
		}
		if err != nil {
			return &script.Error{Script: sc.Name, Line: o.Line, Message: err.Error(), Err: err}
		}
	}
	return nil
}

// tabular reports whether a format is one for programs, in which nothing may stand between two answers.
func tabular(format string) bool {
	switch format {
	case "csv", "tsv", "json", "jsonl":
		return true
	}
	return false
}

// Hints returns what can be done about an error.
func Hints(err error) []string {
	var hints []string
	add := func(h string) {
		if h != "" {
			if !strings.HasSuffix(h, "..") {
				h = strings.TrimSuffix(h, ".")
			}
			hints = append(hints, h)
		}
	}
	var advisor interface{ Advice() string }
	var scripted *script.Error
	var parsed *syntax.Error
	var refused *Refused
	switch {
	case errors.As(err, &scripted) && scripted.Hint != "":
		add(scripted.Hint)
	case errors.As(err, &refused):
		if hints := refused.Answer.Hints; refused.Answer.Status != queries.UnknownTerm {
			for _, h := range hints {
				add(h)
			}
		} else if len(hints) > 0 {
			add("did you mean " + alternatives(hints) + "?")
		}
	case errors.As(err, &parsed):
		add(parsed.Hint)
	case errors.As(err, &advisor):
		add(advisor.Advice())
	default:
		if add(graph.Advice(err)); len(hints) == 0 {
			add(loader.Advice(err))
		}
		var path *fs.PathError
		if len(hints) == 0 && errors.Is(err, fs.ErrNotExist) && errors.As(err, &path) && strings.HasPrefix(path.Path, os.TempDir()) {
			add("temporary files go to the folder that TMPDIR names: is it there?")
		}
	}
	return hints
}

// alternatives joins names as one says them: "a, b or c".
func alternatives(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Advised is an error with what can be done about it.
type Advised struct {
	Err  error
	Hint string
}

// Error returns the message without the hint.
func (a *Advised) Error() string { return a.Err.Error() }

// Unwrap returns the error without the hint.
func (a *Advised) Unwrap() error { return a.Err }

// Advice returns the hint.
func (a *Advised) Advice() string { return a.Hint }
