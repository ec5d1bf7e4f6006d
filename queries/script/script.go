// Package script reads and runs saved queries: files of questions with parameters, and with lines that say what is to
// be expected of each answer. It knows how a script is written and how an answer is held against what was expected;
// what a question means it leaves to whoever answers it.
//
//	-- The first comment says what the script answers.
//	param high-dose quantity = "90 MME/day" "the least daily dose that counts as high"
//
//	which interventions reduced dose in high-dose patients;
//	expect rows >= 1
//	expect cell contains "MME"
package script

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Script is one saved query: one or more statements with their parameters.
type Script struct {
	Name       string
	About      string // the comment at its head, without the marks; its first sentence is a title
	Params     []Param
	Statements []Statement
}

// Title returns the first line of what the script says about itself.
func (s *Script) Title() string {
	title, _, _ := strings.Cut(s.About, "\n")
	return title
}

// Param is a value that can be set when the script is run. A parameter that is named like a reading of the engine
// ("high-dose") sets that reading; any parameter stands in a statement as $NAME or ${NAME}.
type Param struct {
	Name    string
	Type    string // quantity, number, text, name, or words to choose from: "decreased|increased"
	Default string
	About   string
	Line    int
}

// Statement is a question, in English or in the query language, and what is expected of its answer.
type Statement struct {
	Text    string
	Line    int // of its first word, from 1
	Expects []Expect
	Outputs []Output
}

// Output is where an answer goes besides or instead of the screen, and in which format.
type Output struct {
	Format string
	File   string // with $NAME for parameters; empty: the screen
	Line   int
}

// Error is something wrong with a script, and where.
type Error struct {
	Script  string
	Line    int // from 1; zero where no line is to blame
	Message string
	Hint    string
	Err     error // what lies beneath, if anything
}

// Error returns the message with its place, without the hint.
func (e *Error) Error() string {
	where := e.Script
	if e.Line > 0 {
		where = fmt.Sprintf("%s:%d", e.Script, e.Line)
	}
	return where + ": " + e.Message
}

// Unwrap returns what lies beneath.
func (e *Error) Unwrap() error { return e.Err }

// Parse reads a script. Name is for messages. The error, when there is one, is an *Error.
func Parse(name, text string) (*Script, error) {
	p := &parser{script: &Script{Name: name}, head: true}
	text = strings.TrimPrefix(text, "\uFEFF")
	for i, line := range strings.Split(text, "\n") {
		p.line = i + 1
		if !utf8.ValidString(line) || strings.Contains(line, "\x00") {
			return nil, p.fail("a script is a text file in UTF-8; is this the right file?", "this is no script: the line is not valid UTF-8 text")
		}
		if err := p.read(strings.TrimRight(line, " \t\r")); err != nil {
			return nil, err
		}
	}
	p.end()
	if len(p.script.Statements) == 0 {
		return nil, &Error{Script: name, Message: "there is no question in it", Hint: "write a question on a line of its own, ended by a semicolon or a blank line"}
	}
	return p.script, nil
}

type parser struct {
	script *Script
	line   int
	head   bool     // still in the comment at the head
	text   []string // of the statement being read
	start  int      // its line
}

func (p *parser) fail(hint, format string, args ...any) error {
	return &Error{Script: p.script.Name, Line: p.line, Message: fmt.Sprintf(format, args...), Hint: hint}
}

// read takes one line.
func (p *parser) read(line string) error {
	trimmed := strings.TrimSpace(line)
	if comment, ok := strings.CutPrefix(trimmed, "--"); ok {
		if p.head {
			p.script.About = strings.TrimPrefix(p.script.About+"\n"+strings.TrimSpace(comment), "\n")
		}
		return nil
	}
	if trimmed == "" {
		p.head = p.head && p.script.About == ""
		p.end()
		return nil
	}
	p.head = false
	word, rest, _ := strings.Cut(trimmed, " ")
	switch {
	case word == "param" && len(p.text) == 0:
		return p.param(rest)
	case word == "expect":
		p.end()
		return p.expect(rest)
	case word == "output" && len(p.text) == 0:
		return p.output(rest)
	}
	if len(p.text) == 0 {
		p.start = p.line
	}
	for rest := trimmed; rest != ""; {
		statement, after, ended := Cut(rest)
		if statement = strings.TrimSpace(statement); statement != "" {
			p.text = append(p.text, statement)
		}
		if !ended {
			break
		}
		p.end()
		p.start = p.line
		rest = strings.TrimSpace(after)
		if strings.HasPrefix(rest, "--") {
			break
		}
		if what, ok := strings.CutPrefix(rest, "expect "); ok {
			return p.expect(what)
		}
	}
	return nil
}

// Cut cuts a line at its first semicolon outside double quotes.
func Cut(line string) (statement, after string, ended bool) {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted:
			return line[:i], line[i+1:], true
		}
	}
	return line, "", false
}

// end ends the statement being read, if there is one.
func (p *parser) end() {
	if len(p.text) > 0 {
		p.script.Statements = append(p.script.Statements, Statement{Text: strings.Join(p.text, " "), Line: p.start})
	}
	p.text = nil
}

const paramForm = `write: param NAME TYPE = DEFAULT "what it is"`

// param reads what follows the word param.
func (p *parser) param(rest string) error {
	declared, assigned, ok := strings.Cut(rest, "=")
	words := strings.Fields(declared)
	if !ok || len(words) != 2 {
		return p.fail(paramForm, "a parameter needs a name, a type and a default")
	}
	values, err := Fields(assigned)
	if err != nil {
		return p.fail(paramForm, "%v", err)
	}
	if len(values) == 0 || len(values) > 2 {
		return p.fail(paramForm+"; a default of several words stands in quotes", "a parameter has one default and one description")
	}
	param := Param{Name: words[0], Type: words[1], Default: values[0], Line: p.line}
	if len(values) == 2 {
		param.About = values[1]
	}
	if !validName(param.Name) {
		return p.fail("letters, digits and hyphens, starting with a letter", "%q cannot be the name of a parameter", param.Name)
	}
	if !validType(param.Type) {
		return p.fail("one of quantity, number, text, name, or words to choose from as in low|high", "%q is not a type of parameter", param.Type)
	}
	for _, other := range p.script.Params {
		if other.Name == param.Name {
			return p.fail("", "parameter %s was declared on line %d", param.Name, other.Line)
		}
	}
	if _, err := param.Value(param.Default); err != nil {
		return p.fail(hintOf(err), "the default of %s: %v", param.Name, err)
	}
	p.script.Params = append(p.script.Params, param)
	return nil
}

// expect reads what follows the word expect, for the last statement.
func (p *parser) expect(rest string) error {
	if len(p.script.Statements) == 0 {
		return p.fail("put it below the question that it is about", "there is no question yet to expect anything of")
	}
	e, err := parseExpect(rest)
	if err != nil {
		return p.fail("one of: "+strings.Join(forms(), "; "), "%v", err)
	}
	e.Line = p.line
	last := &p.script.Statements[len(p.script.Statements)-1]
	last.Expects = append(last.Expects, e)
	return nil
}

// output reads what follows the word output, for the last statement.
func (p *parser) output(rest string) error {
	const form = "write: output FORMAT, or output FORMAT to FILE"
	words, err := Fields(rest)
	if err != nil {
		return p.fail(form, "%v", err)
	}
	switch {
	case len(p.script.Statements) == 0:
		return p.fail("put it below the question that it is about", "there is no question yet whose answer could be put out")
	case len(words) == 1:
		words = append(words, "to", "")
	case len(words) != 3 || words[1] != "to" || words[2] == "":
		return p.fail(form, "cannot put out %q", rest)
	}
	last := &p.script.Statements[len(p.script.Statements)-1]
	last.Outputs = append(last.Outputs, Output{Format: words[0], File: words[2], Line: p.line})
	return nil
}

// Fields splits at blanks; a part in double quotes, with \" and \\ inside, is one field.
func Fields(s string) ([]string, error) {
	var out []string
	var b strings.Builder
	in, quoted := false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case quoted && c == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case c == '"':
			quoted, in = !quoted, true
		case !quoted && (c == ' ' || c == '\t'):
			if in {
				out = append(out, b.String())
				b.Reset()
			}
			in = false
		default:
			in = true
			b.WriteByte(c)
		}
	}
	if quoted {
		return nil, fmt.Errorf("a quote is not closed")
	}
	if in {
		out = append(out, b.String())
	}
	return out, nil
}

func validName(s string) bool {
	for i, c := range s {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '-' || c == '_')) {
			return false
		}
	}
	return s != ""
}
