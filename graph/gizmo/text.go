package gizmo

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"

	"github.com/picograph/picograph/graph"
)

// Unfinished reports whether a text is the beginning of a query and lacks its end: what has only variables and functions is of
// use to what follows alone.
func Unfinished(text string) bool {
	program, err := parser.ParseFile(nil, "", text, 0, parser.WithDisableSourceMaps)
	var list parser.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return err == nil && len(program.Body) > 0 && !slices.ContainsFunc(program.Body, acts)
	}
	return strings.Contains(list[0].Message, "Unexpected end of input") || strings.Contains(list[0].Message, "Unterminated template")
}

// acts reports whether a statement does more than to make a name known.
func acts(st ast.Statement) bool {
	switch st.(type) {
	case *ast.VariableStatement, *ast.LexicalDeclaration, *ast.FunctionDeclaration, *ast.ClassDeclaration:
		return false
	}
	return true
}

// Blank reports whether a text has nothing to carry out, only comments.
func Blank(text string) bool {
	program, err := parser.ParseFile(nil, "", text, 0, parser.WithDisableSourceMaps)
	return err == nil && len(program.Body) == 0
}

// check returns an error with its place when a text is no query.
func check(text string) error {
	_, err := parser.ParseFile(nil, "", text, 0, parser.WithDisableSourceMaps)
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		at := list[0].Position
		return pointed(list[0].Message, text, at.Line, at.Column)
	}
	return err
}

// pointed returns an error that shows its place.
func pointed(what, text string, line, column int) error {
	lines := strings.Split(text, "\n")
	if line < 1 || line > len(lines) || column < 1 {
		return &Error{Message: what, Hint: helpHint}
	}
	shown := strings.ReplaceAll(lines[line-1], "\t", " ")
	message := fmt.Sprintf("line %d, column %d: %s", line, column, what)
	if column <= len([]rune(shown))+1 {
		message += "\n    " + shown + "\n    " + strings.Repeat(" ", column-1) + "^"
	}
	return &Error{Message: message, Hint: helpHint}
}

const helpHint = ".help gizmo lists the steps"

// edge is an IRI with a prefix of the schema.
var edge = regexp.MustCompile(`<([a-z]+):([A-Za-z0-9_.-]+)>`)

// move is a place in a line behind which all stands further to the right than it was.
type move struct{ line, column, by int }

// expand writes the IRIs that have a prefix of the schema in full.
func expand(text string) (full string, moved []move) {
	spaces := map[string]string{}
	for _, p := range graph.Prefixes() {
		spaces[p.Name] = p.IRI
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = edge.ReplaceAllStringFunc(line, func(found string) string {
			m := edge.FindStringSubmatch(found)
			if spaces[m[1]] == "" {
				return found
			}
			return "<" + spaces[m[1]] + m[2] + ">"
		})
		by := 0
		for _, at := range edge.FindAllStringSubmatchIndex(line, -1) {
			if space := spaces[line[at[2]:at[3]]]; space != "" {
				column := len([]rune(line[:at[1]])) + 1
				by += len(space) - (at[3] - at[2]) - 1
				moved = append(moved, move{i + 1, column, by})
			}
		}
	}
	return strings.Join(lines, "\n"), moved
}

// shorten writes an IRI with a prefix of the schema, where it can be read back.
func shorten(iri string) string {
	for _, p := range graph.Prefixes() {
		if local, ok := strings.CutPrefix(iri, p.IRI); ok {
			if short := p.Name + ":" + local; edge.MatchString("<" + short + ">") {
				return short
			}
		}
	}
	return iri
}

// stands is how the engine writes where something went wrong.
var stands = regexp.MustCompile(`\s+at (?:\S+ \()?(?:<eval>|[^\s:]*):(\d+):(\d+)\(\d+\)\)?`)

// placed returns an error of running a query with its place in the text that was asked.
func placed(err error, text string, moved []move) error {
	var thrown *goja.Exception
	if err == nil || !errors.As(err, &thrown) {
		return err
	}
	what := thrown.Error()
	if v := thrown.Value(); v != nil {
		what = v.String()
	}
	what = strings.TrimSpace(stands.ReplaceAllString(what, ""))
	m := stands.FindStringSubmatch(" " + thrown.String())
	if m == nil {
		return &Error{Message: what, Hint: helpHint}
	}
	line, lerr := strconv.Atoi(m[1])
	column, cerr := strconv.Atoi(m[2])
	if lerr != nil || cerr != nil {
		return &Error{Message: what, Hint: helpHint}
	}
	back := 0
	for _, mv := range moved {
		if mv.line == line && column >= mv.column+mv.by {
			back = mv.by
		}
	}
	return pointed(what, text, line, column-back)
}
