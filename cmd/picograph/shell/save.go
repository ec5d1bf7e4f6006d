package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/queries"
	"github.com/picograph/picograph/queries/script"
)

// whyNot tells why something is not in the last answer.
func (sh *Shell) whyNot(ctx context.Context, args []string) error {
	s := sh.Session
	switch {
	case len(args) == 0:
		return usage("whynot")
	case s.last == nil:
		return &Advised{errors.New("there is no answer yet to explain"), "ask a question first"}
	}
	why, err := s.Engine.WhyNot(ctx, s.last, strings.Join(args, " "))
	switch {
	case errors.Is(err, graph.ErrNotFound):
		return &Advised{err, ".terms " + args[0] + " lists the names that begin so"}
	case errors.Is(err, queries.ErrNoQuery):
		return &Advised{err, "ask for interventions, findings or studies that meet some condition"}
	case err != nil:
		return err
	}
	if !tabular(s.Format) {
		fmt.Fprintln(s.Out, strings.Join(fold(why.Text, s.Style.Width-1), "\n"))
	}
	tried := section("", "condition", "rows with it alone", "rows with all but it")
	alone, without := "", "" // the columns have no heads for people
	if !tabular(s.Format) {
		alone, without = "with it alone: ", "with all but it: "
	}
	for _, h := range why.Conditions {
		tried.add(h.Condition, alone+fmt.Sprint(h.Alone), without+fmt.Sprint(h.Without))
	}
	return s.list("", tried)
}

// save adds the last question to a script, as the query that it was read as, so that it needs nothing before it.
func (sh *Shell) save(_ context.Context, args []string) error {
	s := sh.Session
	switch {
	case len(args) != 1:
		return usage("save")
	case s.last == nil || s.last.Query == "":
		return &Advised{errors.New("there is no question yet to save"), "ask a question first"}
	}
	before, err := os.ReadFile(args[0])
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("reading %s: %w", args[0], cause(err))
	}
	if err == nil && filepath.Ext(args[0]) != ".pq" { // any text would pass for questions
		return &Advised{fmt.Errorf("%s is there already and is not named like a script", args[0]), "a script is named NAME.pq"}
	}
	text := strings.TrimRight(string(before), "\n")
	if text != "" {
		if _, err := script.Parse(args[0], text); err != nil {
			return err // not a script: it stays as it is
		}
		text += "\n\n"
	}
	text += "-- " + oneLine(s.last.Question) + "\n"
	if len(before) == 0 {
		text += "\n" // the comment at the head is what the script is about
	}
	text += s.last.Query + ";\n"
	return WriteFile(args[0], func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
}

// oneLine returns a text in one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// edit opens the last question in an editor, and then asks what it has become.
func (sh *Shell) edit(ctx context.Context, _ []string) error {
	if sh.Editor == nil {
		return &Advised{errors.New("there is no editor here"), ".edit needs a terminal, and $VISUAL or $EDITOR"}
	}
	text := ""
	switch {
	case sh.speaks == gizmoLanguage:
		text = sh.asked
	case sh.Session.last != nil:
		text = sh.Session.last.Question + "\n"
	}
	f, err := os.CreateTemp("", "picograph-*.pq")
	if err != nil {
		return fmt.Errorf("making a file to edit: %w", cause(err))
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(text)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("writing the question to edit: %w", cause(err))
	}
	if err := sh.Editor(ctx, f.Name()); err != nil {
		return err
	}
	edited, err := os.ReadFile(f.Name())
	if err != nil {
		return fmt.Errorf("reading the edited question: %w", cause(err))
	}
	if strings.TrimSpace(string(edited)) == strings.TrimSpace(text) {
		fmt.Fprintln(sh.Session.Err, "the question is as it was")
		return nil
	}
	for line := range strings.Lines(string(edited)) {
		sh.History.Add(strings.TrimRight(line, "\r\n"))
	}
	return sh.statements(ctx, string(edited))
}
