package shell

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/picograph/picograph/graph/export"
	"github.com/picograph/picograph/graph/gizmo"
	"github.com/picograph/picograph/queries/answer"
	"github.com/picograph/picograph/queries/script"
	"github.com/picograph/picograph/queries/syntax"
)

// topic is something that .help explains.
type topic struct {
	name  string
	print func(sh *Shell, w io.Writer)
}

func topics() []topic {
	return []topic{
		{"commands", helpCommands},
		{"questions", helpQuestions},
		{"language", helpLanguage},
		{"readings", helpReadings},
		{"formats", helpFormats},
		{"scripts", helpScripts},
		{"gizmo", helpGizmo},
	}
}

func topicNames() []string {
	var out []string
	for _, t := range topics() {
		out = append(out, t.name)
	}
	return out
}

// help explains the commands, or a topic, or one command.
func (sh *Shell) help(_ context.Context, args []string) error {
	if len(args) == 0 {
		helpCommands(sh, sh.Session.Out)
		more := "Anything else is a question. More: .help " + strings.Join(topicNames()[1:], ", .help ")
		fmt.Fprintf(sh.Session.Out, "\n%s\n", strings.Join(fold(more, sh.Session.Style.Width-1), "\n"))
		return nil
	}
	name := strings.ToLower(strings.TrimPrefix(args[0], "."))
	names := topicNames()
	if i := slices.Index(names, name); i >= 0 {
		topics()[i].print(sh, sh.Session.Out)
		return nil
	}
	for _, c := range commands() {
		if c.name == name {
			fmt.Fprintf(sh.Session.Out, "%s\n  %s\n  %s\n", strings.TrimSpace("."+c.name+" "+c.args), c.does, c.example)
			return nil
		}
		names = append(names, c.name)
	}
	for _, v := range syntax.Verbs() {
		if v.Name == name && name != "" {
			fmt.Fprintf(sh.Session.Out, "%s\n  %s\n  %s\n", v.Form, v.Does, v.Example)
			return nil
		}
	}
	hint := "topics: " + strings.Join(topicNames(), ", ")
	if near := Nearest(name, names); near != "" {
		hint = "did you mean .help " + near + "? " + hint
	}
	return &Advised{fmt.Errorf("there is no help on %q", args[0]), hint}
}

// pairs prints rows of two columns; the second is folded at the terminal's width, if it is known.
func (sh *Shell) pairs(w io.Writer, rows [][2]string) {
	left := 0
	for _, r := range rows {
		left = max(left, len(r[0]))
	}
	right := sh.Session.Style.Width - left - 5
	for _, r := range rows {
		if sh.Session.Style.Width > 0 && right < 20 { // no room beside the names
			fmt.Fprintf(w, "  %s\n      %s\n", r[0], strings.Join(fold(r[1], sh.Session.Style.Width-7), "\n      "))
			continue
		}
		for i, line := range fold(r[1], right) {
			if i > 0 {
				r[0] = ""
			}
			fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("  %-*s  %s", left, r[0], line), " "))
		}
	}
}

// fold breaks a text at blanks into lines of at most width columns; a width below 20 is none.
func fold(text string, width int) []string {
	if width < 20 {
		return []string{text}
	}
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case uniseg.StringWidth(line)+1+uniseg.StringWidth(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

func helpCommands(sh *Shell, w io.Writer) {
	var rows [][2]string
	for _, c := range commands() {
		rows = append(rows, [2]string{strings.TrimSpace("." + c.name + " " + c.args), c.does})
	}
	sh.pairs(w, rows)
}

func helpQuestions(_ *Shell, w io.Writer) {
	fmt.Fprint(w, `Ask in plain English, one question a line. The first line of an answer says how it was read.
  which interventions reduced dose in high-MME patients
  how many trials support dose reduction in high-dose patients
  which interventions improved pain
  what was the primary outcome of VOICE
Then .why 1 prints the sentence behind row 1. The language that questions are read as can be written too: .help language.
`)
}

func helpLanguage(sh *Shell, w io.Writer) {
	fmt.Fprintln(w, "A query starts with one of:")
	var rows [][2]string
	for _, v := range syntax.Verbs() {
		rows = append(rows, [2]string{v.Form, v.Does})
	}
	sh.pairs(w, rows)
	fmt.Fprintln(w, "Conditions, joined by and, or, not, and brackets, are about:")
	rows = nil
	for _, f := range syntax.Fields() {
		rows = append(rows, [2]string{f.Name, f.Does + ": " + f.Example})
	}
	sh.pairs(w, rows)
	fmt.Fprintln(w, "After a bar:")
	rows = nil
	for _, s := range syntax.Steps() {
		rows = append(rows, [2]string{s.Form, s.Does})
	}
	sh.pairs(w, rows)
}

func helpReadings(sh *Shell, w io.Writer) {
	var rows [][2]string
	for _, s := range sh.Session.Engine.Settings.List() {
		rows = append(rows, [2]string{s.Name + " = " + sh.Session.Engine.Settings.Value(s.Name), s.Does})
	}
	sh.pairs(w, rows)
	fmt.Fprintln(w, "Set one with .param set NAME VALUE.")
}

func helpFormats(_ *Shell, w io.Writer) {
	fmt.Fprintln(w, "Of answers (.mode FORMAT, .export FORMAT [FILE]):")
	fmt.Fprintln(w, "  "+strings.Join(answerFormats(), ", "))
	fmt.Fprintln(w, "Of the graph (.export FORMAT [FILE]; .export answer FORMAT [FILE] for the part behind the last answer):")
	fmt.Fprintln(w, "  "+strings.Join(graphFormats(), ", "))
}

func helpScripts(sh *Shell, w io.Writer) {
	fmt.Fprint(w, `A script is a file of questions, each ended by a semicolon or a blank line:
  -- what it answers
  param high-dose quantity = "90 MME/day" "the least daily dose that counts as high"
  which interventions reduced dose in high-dose patients;
  expect rows >= 1
  output csv to answer.csv
`)
	fmt.Fprintln(w, "What can be expected of an answer:")
	var rows [][2]string
	for _, s := range script.Subjects() {
		rows = append(rows, [2]string{"expect " + s.Form, s.Does})
	}
	sh.pairs(w, rows)
}

func answerFormats() []string {
	var out []string
	for _, f := range answer.Formats() {
		out = append(out, f.Name)
	}
	return out
}

func graphFormats() []string {
	var out []string
	for _, f := range export.Formats() {
		out = append(out, f.Name)
	}
	return out
}

func helpGizmo(sh *Shell, w io.Writer) {
	fmt.Fprint(w, `After .lang gizmo a line is a query of Cayley's own language: JavaScript, and paths along the edges that .schema lists.
Names with a prefix stand in angle brackets. A line that lacks its end goes on: an open bracket, a dot or a backslash at the end.
  g.V("pain").in("<skos:prefLabel>").all()
  g.V("<pg:Finding>").in("<rdf:type>").has("<pg:kind>", "between").count()
`)
	var rows [][2]string
	for _, st := range gizmo.Steps() {
		rows = append(rows, [2]string{st.Form, st.Does})
	}
	sh.pairs(w, rows)
}
