package shell

import (
	"errors"
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph/gizmo"
	"github.com/picograph/picograph/queries/script"
	"github.com/picograph/picograph/queries/syntax"
)

// assembly puts lines together to statements: a line is one, unless it ends in a backslash or is a query of the
// canonical language that lacks its end; a semicolon ends a statement within a line. Of Gizmo a line is one that does not
// lack its end, whatever stands in it.
type assembly struct {
	speaks func() language // nil: picograph's own, always

	text string // of the statement so far
	line int    // on which it started
	at   int    // lines taken
}

// statement is a question or a dot-command with the line on which it started.
type statement struct {
	text string
	line int
}

// pending reports whether a statement has been started and not ended.
func (a *assembly) pending() bool { return a.text != "" }

// drop forgets the statement so far.
func (a *assembly) drop() { a.text = "" }

// take adds a line and returns the statements that it ends. An empty line ends the statement so far, as it is.
func (a *assembly) take(line string) []statement {
	a.at++
	whole := strings.TrimRight(line, " \t\r\n")
	line = strings.TrimSpace(line)
	if line == "" {
		return a.end()
	}
	inGizmo := a.speaks != nil && a.speaks() == gizmoLanguage
	if strings.HasPrefix(line, "--") && !inGizmo {
		return nil
	}
	if !a.pending() && strings.HasPrefix(line, ".") {
		return []statement{{strings.TrimRight(line, "; "), a.at}}
	}
	if inGizmo {
		return a.takeGizmo(whole)
	}
	var done []statement
	for line != "" {
		part, rest, ended := script.Cut(line)
		part, more := strings.CutSuffix(strings.TrimSpace(part), `\`)
		if !a.pending() {
			a.line = a.at
		}
		a.text = strings.TrimSpace(a.text + " " + strings.TrimSpace(part))
		if ended || !more && !Unfinished(a.text) {
			done = append(done, a.end()...)
		}
		if line = strings.TrimSpace(rest); strings.HasPrefix(line, "--") {
			break
		}
	}
	return done
}

// takeGizmo adds a line of Gizmo. Lines stay apart, since comments and some statements end with them.
func (a *assembly) takeGizmo(line string) []statement {
	if a.pending() {
		a.text += "\n"
	} else {
		a.line = a.at
	}
	line, more := strings.CutSuffix(line, `\`)
	a.text += line
	switch {
	case more || gizmo.Unfinished(a.text):
		return nil
	case gizmo.Blank(a.text):
		a.drop()
	}
	return a.end()
}

// end ends the statement so far.
func (a *assembly) end() []statement {
	if !a.pending() {
		return nil
	}
	done := []statement{{a.text, a.line}}
	a.drop()
	return done
}

// Unfinished reports whether a text is a query of the canonical language that lacks its end. A question in English
// never is: only what starts with a verb of the language can be.
func Unfinished(text string) bool {
	if _, err := syntax.Parse(text); !errors.Is(err, syntax.ErrUnfinished) {
		return false
	}
	first, _, _ := strings.Cut(text, " ")
	for _, v := range syntax.Verbs() {
		if v.Name != "" && strings.EqualFold(v.Name, first) {
			return true
		}
	}
	return false
}

// unfinished returns the error of a query that lacks its end.
func unfinished(text string) error {
	_, err := syntax.Parse(text)
	return fmt.Errorf("the question is not finished: %w", err)
}
