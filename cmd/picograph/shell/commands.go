package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/export"
	"github.com/picograph/picograph/graph/plot"
	"github.com/picograph/picograph/queries/answer"
	"github.com/picograph/picograph/queries/script"
)

// command is a dot-command: one row of the table that help, completion and the documentation read.
type command struct {
	name    string
	args    string
	does    string
	example string
	run     func(sh *Shell, ctx context.Context, args []string) error
}

// commands returns the dot-commands in the order in which help shows them.
func commands() []command {
	return []command{
		{"help", "[TOPIC]", "this list; topics: commands, questions, language, readings, formats, scripts, gizmo, or a command", ".help language", (*Shell).help},
		{"why", "N", "prints the source of row N of the last answer", ".why 1", (*Shell).why},
		{"whynot", "NAME", "tells why a study, intervention or outcome is not in the last answer: which condition keeps it out", ".whynot VOICE", (*Shell).whyNot},
		{"show", "NAME", "prints the card of a study, report, intervention, population or outcome", ".show VOICE", (*Shell).show},
		{"last", "", "prints the last answer again: after .mode in another format, after .once to a file", ".last", (*Shell).again},
		{"explain", "[on|off]", "whether answers tell how they came about", ".explain on", (*Shell).explain},
		{"terms", "[PREFIX]", "lists the names in the graph that begin so", ".terms opioid", (*Shell).terms},
		{"sources", "", "lists the documents of the graph, with the studies each tells of", ".sources", (*Shell).sources},
		{"stats", "", "counts what the graph holds", ".stats", (*Shell).stats},
		{"schema", "[KIND]", "lists what conditions may be about and the kinds of things a graph keeps; or what it keeps of one", ".schema Finding", (*Shell).schema},
		{"joins", "", "lists which documents are of one study or report, and why", ".joins", (*Shell).joins},
		{"check", "", "checks the invariants of the evidence and the arithmetic of what was printed", ".check", (*Shell).check},
		{"load", "PATH...", "loads files, folders or archives into the graph", ".load trials/", (*Shell).load},
		{"export", "[answer|graph] FORMAT [FILE]", "writes the last answer, or the graph", ".export csv answer.csv", (*Shell).export},
		{"plot", "KIND [FILE]", "draws the last answer, here or in a file that ends in .svg or .png; kinds: " + strings.Join(plot.KindNames(), ", "), ".plot forest dose.svg", (*Shell).plot},
		{"param", "[set NAME VALUE]", "lists the readings, or sets one", ".param set high-dose 50 MME/day", (*Shell).param},
		{"mode", "[FORMAT]", "the format of answers", ".mode table", (*Shell).mode},
		{"lang", "[picograph|gizmo [SECONDS]]", "the language of questions: picograph's own, or Gizmo, that of Cayley, in which a query may take 30 seconds or as many as given", ".lang gizmo", (*Shell).lang},
		{"maxrows", "[N|auto]", "how many rows of a block are shown; auto keeps an answer readable", ".maxrows 100", (*Shell).limit},
		{"width", "[COLUMNS|auto]", "how wide answers may be", ".width 100", (*Shell).widen},
		{"pager", "[on|off]", "whether what is longer than the screen goes through $PAGER, or less", ".pager off", (*Shell).pager},
		{"output", "[FILE]", "sends results to a file from here on; alone, back to the terminal", ".output answers.txt", (*Shell).output},
		{"once", "FILE", "sends the results of the next statement to a file", ".once answer.md", (*Shell).once},
		{"timer", "[on|off]", "whether to tell how long each statement took", ".timer on", (*Shell).timer},
		{"queries", "", "lists the saved queries", ".queries", (*Shell).queries},
		{"run", "NAME [PARAM=VALUE...]", "runs a saved query by its name or file", `.run headline high-dose="50 MME/day"`, (*Shell).run},
		{"save", "FILE", "adds the last question to a script, for .run", ".save mine.pq", (*Shell).save},
		{"edit", "", "opens the last question in $VISUAL or $EDITOR, then asks what it has become", ".edit", (*Shell).edit},
		{"read", "FILE", "carries out the lines of a file, as if they were typed", ".read setup.txt", (*Shell).read},
		{"history", "[N]", "prints the last N lines entered, 20 if N is not given", ".history 5", (*Shell).past},
		{"quit", "", "leaves; so does Ctrl-D", ".quit", (*Shell).leave},
	}
}

// otherNames are further names of dot-commands, that people bring with them.
var otherNames = map[string]string{"tables": "schema", "fields": "schema", "d": "schema", "exit": "quit", "q": "quit", "checks": "check", "format": "mode", "timing": "timer", "?": "help"}

// Command describes a dot-command.
type Command struct{ Name, Args, Does string }

// Commands returns the dot-commands in the order in which help shows them.
func Commands() []Command {
	var out []Command
	for _, c := range commands() {
		out = append(out, Command{"." + c.name, c.args, c.does})
	}
	return out
}

// command carries out a dot-command.
func (sh *Shell) command(ctx context.Context, line string) error {
	words, err := script.Fields(strings.TrimPrefix(line, "."))
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return &Advised{errors.New("a dot alone is no command"), ".help lists the commands"}
	}
	name := strings.ToLower(words[0])
	if other, ok := otherNames[name]; ok {
		name = other
	}
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if i < 0 {
		names := make([]string, len(all))
		for i, c := range all {
			names[i] = c.name
		}
		hint := ".help lists the commands"
		if near := Nearest(name, names); near != "" {
			hint = "did you mean ." + near + "?"
		}
		return &Advised{fmt.Errorf("there is no command .%s", words[0]), hint}
	}
	if name := all[i].name; looksAnew[name] || name == "export" && len(words) > 1 && words[1] == "graph" {
		if err := sh.Session.Engine.Graph.Refresh(ctx); err != nil {
			return err
		}
	}
	return all[i].run(sh, ctx, words[1:])
}

// looksAnew has the commands that, as a question does, see the newest state of the graph. Those about the last answer see what that was from.
var looksAnew = map[string]bool{"show": true, "terms": true, "sources": true, "stats": true, "schema": true, "joins": true, "check": true, "run": true}

// usage is the error of a dot-command that was given the wrong arguments.
func usage(name string) error {
	for _, c := range commands() {
		if c.name == name {
			return &Advised{fmt.Errorf(".%s was not given what it needs", name), "write " + strings.TrimSpace("."+name+" "+c.args)}
		}
	}
	return fmt.Errorf("no command .%s", name)
}

func (sh *Shell) leave(context.Context, []string) error {
	sh.quit = true
	return nil
}

func (sh *Shell) why(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return usage("why")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return usage("why")
	}
	return sh.Session.Why(ctx, n)
}

func (sh *Shell) show(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("show")
	}
	return sh.Session.Show(ctx, strings.Join(args, " "))
}

func (sh *Shell) load(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("load")
	}
	_, err := sh.Session.Load(ctx, args, false)
	return err
}

// export writes the last answer or the graph: what the format is for, unless the first word says which.
func (sh *Shell) export(ctx context.Context, args []string) error {
	what := ""
	if len(args) > 0 && (args[0] == "answer" || args[0] == "graph") {
		what, args = args[0], args[1:]
	}
	if len(args) == 0 || len(args) > 2 {
		return usage("export")
	}
	format := args[0]
	write := func(w io.Writer) error { return sh.Session.Export(ctx, w, what, format) }
	if len(args) == 1 {
		return write(sh.Session.Out)
	}
	inFolder := export.IsFolder(format) && (what == "graph" || !slices.Contains(answerFormats(), format))
	var err error
	switch {
	case inFolder && what != "answer":
		err = sh.Session.ExportFolder(ctx, args[1], format, export.Request{})
	case inFolder && sh.Session.last != nil:
		err = sh.Session.ExportFolder(ctx, args[1], format, export.Request{Only: Behind(sh.Session.last), Question: sh.Session.last.Question, Query: sh.Session.last.Query})
	default:
		err = WriteFile(args[1], write)
	}
	if err != nil {
		return err
	}
	if sh.interactive && !sh.Session.Quiet {
		fmt.Fprintf(sh.Session.Err, "written to %s\n", args[1])
	}
	return nil
}

func (sh *Shell) param(_ context.Context, args []string) error {
	settings := &sh.Session.Engine.Settings
	if len(args) == 0 {
		for _, s := range settings.List() {
			fmt.Fprintf(sh.Session.Out, "%s = %s  (%s)\n", s.Name, settings.Value(s.Name), s.Does)
		}
		return nil
	}
	if args[0] == "set" {
		args = args[1:]
	}
	name, value := "", ""
	switch {
	case len(args) == 0:
		return usage("param")
	case strings.Contains(args[0], "="):
		name, value, _ = strings.Cut(strings.Join(args, " "), "=")
	case len(args) > 1:
		name, value = args[0], strings.TrimPrefix(strings.Join(args[1:], " "), "= ")
	default:
		return usage("param")
	}
	if err := sh.Session.Set(name, value); err != nil {
		return err
	}
	if sh.interactive {
		fmt.Fprintf(sh.printing.console, "%s = %s\n", name, settings.Value(name))
	}
	return nil
}

func (sh *Shell) mode(_ context.Context, args []string) error {
	if len(args) == 0 {
		fmt.Fprintln(sh.Session.Out, sh.Session.Format)
		return nil
	}
	if len(args) > 1 {
		return usage("mode")
	}
	if err := KnownFormat(args[0]); err != nil {
		return err
	}
	sh.Session.Format = args[0]
	return nil
}

// KnownFormat returns an error with the nearest one when there is no such format of answers.
func KnownFormat(name string) error {
	var names []string
	for _, f := range answer.Formats() {
		if f.Name == name {
			return nil
		}
		names = append(names, f.Name)
	}
	return unknownFormat(name, names)
}

func unknownFormat(name string, names []string) error {
	hint := "there is " + strings.Join(names, ", ")
	if near := Nearest(name, names); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return &Advised{fmt.Errorf("unknown format %q", name), hint}
}

func (sh *Shell) queries(context.Context, []string) error {
	return sh.Session.Queries(sh.Library)
}

func (sh *Shell) run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("run")
	}
	sc, err := OpenScript(sh.Library, args[0])
	if err != nil {
		return err
	}
	_, mismatches, err := sh.Session.Script(ctx, sc, args[1:])
	if err != nil {
		return err
	}
	return Unmet(mismatches)
}

func (sh *Shell) check(ctx context.Context, _ []string) error {
	_, err := sh.Session.Check(ctx)
	return err
}

func (sh *Shell) joins(ctx context.Context, _ []string) error { return sh.Session.Joins(ctx) }

func (sh *Shell) stats(ctx context.Context, _ []string) error { return sh.Session.Stats(ctx) }

// WriteFile writes a file through a temporary one beside it, so that a failure leaves what was there.
func WriteFile(path string, write func(io.Writer) error) error {
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() { // a device or a pipe cannot be replaced
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			return errors.Join(write(f), f.Close())
		}
		mode = info.Mode().Perm()
	}
	return replaceFile(path, mode, write)
}
