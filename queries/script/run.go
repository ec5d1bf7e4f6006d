package script

import (
	"context"
	"fmt"

	"github.com/picograph/picograph/queries"
)

// Ask answers one statement.
type Ask func(ctx context.Context, statement string) (*queries.Answer, error)

// Mismatch is an expect line that an answer did not meet.
type Mismatch struct {
	Script string
	Line   int
	Expect string
	Got    string
}

// String returns the mismatch in two lines or more, with its place.
func (m Mismatch) String() string {
	return fmt.Sprintf("%s:%d: expected %s\n  but %s", m.Script, m.Line, m.Expect, m.Got)
}

// Result is the answer to one statement and what it lacks.
type Result struct {
	Statement  Statement
	Text       string // the statement with its parameters filled in
	Answer     *queries.Answer
	Mismatches []Mismatch
}

// Run answers the statements in order and yields each result. It stops at the first statement that cannot be answered
// at all, at the first error of yield, or when ctx is done. A mismatch is no error: it is in the result.
func (s *Script) Run(ctx context.Context, values Values, ask Ask, yield func(Result) error) error {
	for _, st := range s.Statements {
		if err := ctx.Err(); err != nil {
			return err
		}
		text, err := values.Expand(st.Text)
		if err != nil {
			return &Error{Script: s.Name, Line: st.Line, Message: err.Error(), Hint: s.usage()}
		}
		a, err := ask(ctx, text)
		if err != nil {
			return &Error{Script: s.Name, Line: st.Line, Message: err.Error(), Err: err}
		}
		r := Result{Statement: st, Text: text, Answer: a}
		for _, e := range st.Expects {
			if got := e.Unmet(a); got != "" {
				r.Mismatches = append(r.Mismatches, Mismatch{Script: s.Name, Line: e.Line, Expect: e.Text, Got: got})
			}
		}
		if err := yield(r); err != nil {
			return err
		}
	}
	return nil
}

// Configure sets the readings that parameters are named like. The error, when there is one, is an *Error.
func (s *Script) Configure(settings *queries.Settings, values Values) error {
	for _, p := range s.Params {
		if settings.Value(p.Name) == "" {
			continue
		}
		if err := settings.Set(p.Name, values[p.Name]); err != nil {
			return &Error{Script: s.Name, Line: p.Line, Message: err.Error(), Err: err}
		}
	}
	return nil
}
