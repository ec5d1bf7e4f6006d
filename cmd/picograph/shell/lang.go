package shell

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/gizmo"
	"github.com/picograph/picograph/queries/answer"
)

// language is what is typed when it is no dot-command.
type language string

// The languages. The zero value is picograph's own.
const (
	ownLanguage   language = "picograph"
	gizmoLanguage language = "gizmo"
)

func languageNames() []string { return []string{string(ownLanguage), string(gizmoLanguage)} }

// lang tells the language, or changes it.
func (sh *Shell) lang(_ context.Context, args []string) error {
	switch {
	case len(args) == 0:
		fmt.Fprintln(sh.Session.Out, sh.language())
		return nil
	case len(args) > 2 || len(args) == 2 && args[0] != string(gizmoLanguage):
		return usage("lang")
	}
	switch language(args[0]) {
	case ownLanguage:
		sh.speaks = ownLanguage
		return nil
	case gizmoLanguage:
	default:
		hint := "there is " + strings.Join(languageNames(), ", ")
		if near := Nearest(args[0], languageNames()); near != "" {
			hint = "did you mean " + near + "? " + hint
		}
		return &Advised{fmt.Errorf("unknown language %q", args[0]), hint}
	}
	if sh.Gizmo == nil {
		return errors.New("no Gizmo here")
	}
	limits := gizmo.DefaultLimits()
	if len(args) == 2 {
		seconds, err := strconv.Atoi(args[1])
		if err != nil || seconds < 1 {
			return &Advised{fmt.Errorf("%q is no number of seconds", args[1]), "how long a query may take, from 1"}
		}
		limits.Time = time.Duration(seconds) * time.Second
	}
	sh.speaks, sh.limits = gizmoLanguage, limits
	if sh.interactive && !sh.Session.Quiet {
		fmt.Fprintln(sh.Session.Err, "it only reads; .help gizmo tells of it, .lang picograph goes back")
	}
	return nil
}

// language returns the language that is spoken.
func (sh *Shell) language() language {
	if sh.speaks == "" {
		return ownLanguage
	}
	return sh.speaks
}

// askGizmo answers a query in Gizmo.
func (sh *Shell) askGizmo(ctx context.Context, query string) error {
	sh.asked = query
	s := sh.Session
	where, done, err := s.Engine.Graph.Share(ctx)
	if err != nil {
		return err
	}
	defer done()
	r, err := sh.Gizmo(ctx, where, query, sh.limits)
	if err != nil {
		return err
	}
	if len(r.Rows) == 0 && s.Format == "json" {
		fmt.Fprintln(s.Out, "[]")
	}
	if len(r.Rows) > 0 {
		found := section("", r.Columns...)
		for _, cells := range r.Rows {
			found.add(cells...)
		}
		if err := s.rows(found); err != nil {
			return err
		}
	}
	switch {
	case s.Quiet:
	case r.More:
		fmt.Fprintf(s.Err, "only the first %d rows; .limit(N) or a later start narrows it\n", len(r.Rows))
	case len(r.Rows) == 0:
		fmt.Fprintln(s.Err, "no rows: an edge or a node that is not there is no error; .schema lists the edges")
	}
	return nil
}

// rows prints rows that answer no question, as those of an answer are.
func (s *Session) rows(b *block) error {
	if s.Format != "text" && s.Format != "table" {
		return s.list("", b)
	}
	return answer.WriteRows(s.Out, b.Section, s.Style)
}

// completeGizmo completes the words of Gizmo, and the edges and classes of the schema.
func completeGizmo(line string) (string, []string) {
	if at := strings.LastIndexByte(line, '<'); at >= 0 && !strings.ContainsAny(line[at:], "> ") {
		words := []string{"<rdf:type>"}
		for _, p := range graph.Properties() {
			words = append(words, "<"+p.IRI+">")
		}
		for _, c := range graph.Classes() {
			words = append(words, "<"+c.IRI+">")
		}
		return line[:at], offered(line[at:], beginning(line[at:], sorted(words)))
	}
	start := len(line) - len(line[strings.LastIndexAny(line, " .(,")+1:])
	afterDot := start > 0 && line[start-1] == '.'
	if from := strings.TrimSuffix(line[:start], "g."); afterDot && len(from)+2 == start && (from == "" || !isWord(from[len(from)-1])) {
		start, afterDot = len(from), false
	}
	var words []string
	for _, st := range gizmo.Steps() {
		if strings.HasPrefix(st.Form, ".") == afterDot {
			words = append(words, st.Name+"(")
		}
	}
	return line[:start], offered(line[start:], beginning(line[start:], words))
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}
