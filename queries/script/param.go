package script

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
)

// advised is an error with a hint.
type advised struct {
	error
	hint string
}

func hintOf(err error) string {
	var a advised
	if errors.As(err, &a) {
		return a.hint
	}
	return ""
}

func validType(t string) bool {
	switch t {
	case "quantity", "number", "text", "name":
		return true
	}
	words := strings.Split(t, "|")
	return len(words) > 1 && !slices.Contains(words, "")
}

// Value returns s as a value of the parameter, or an error that says what the parameter takes.
func (p Param) Value(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	switch p.Type {
	case "number":
		if _, err := quantity.ParseDecimal(s); err != nil {
			return "", advised{fmt.Errorf("%q is not a number", s), "for example " + p.Example()}
		}
	case "quantity":
		number, unit, _ := strings.Cut(s, " ")
		if _, err := quantity.ParseDecimal(number); err != nil {
			return "", advised{fmt.Errorf("%q is not a quantity", s), "a number, then its unit: " + p.Example()}
		}
		// a number alone takes the unit of the default
		if _, usual, ok := strings.Cut(p.Default, " "); ok && unit == "" {
			return number + " " + usual, nil
		}
	case "text", "name":
		if s == "" {
			return "", advised{errors.New("it is empty"), "for example " + p.Example()}
		}
	default:
		words := strings.Split(p.Type, "|")
		for _, w := range words {
			if strings.EqualFold(w, s) {
				return w, nil
			}
		}
		return "", advised{fmt.Errorf("%q is not one of its words", s), "one of: " + strings.Join(words, ", ")}
	}
	return s, nil
}

// Example returns how the parameter is set: NAME=DEFAULT, quoted as a shell wants it.
func (p Param) Example() string {
	v := p.Default
	if strings.Contains(v, " ") {
		v = `"` + v + `"`
	}
	return p.Name + "=" + v
}

// Values are what the parameters of a script are set to, by name.
type Values map[string]string

// Bind sets parameters from arguments of the form NAME=VALUE; the others have their defaults. The error, when there
// is one, is an *Error with a hint.
func (s *Script) Bind(args []string) (Values, error) {
	values := make(Values, len(s.Params))
	for _, p := range s.Params {
		v, err := p.Value(p.Default)
		if err != nil {
			return nil, &Error{Script: s.Name, Line: p.Line, Message: err.Error(), Hint: hintOf(err)}
		}
		values[p.Name] = v
	}
	for _, arg := range args {
		name, given, ok := strings.Cut(arg, "=")
		if !ok {
			return nil, &Error{Script: s.Name, Message: fmt.Sprintf("%q sets no parameter", arg), Hint: s.usage()}
		}
		i := slices.IndexFunc(s.Params, func(p Param) bool { return strings.EqualFold(p.Name, name) })
		if i < 0 {
			return nil, &Error{Script: s.Name, Message: fmt.Sprintf("there is no parameter %q", name), Hint: s.usage()}
		}
		v, err := s.Params[i].Value(given)
		if err != nil {
			return nil, &Error{Script: s.Name, Message: fmt.Sprintf("parameter %s: %v", s.Params[i].Name, err), Hint: hintOf(err)}
		}
		values[s.Params[i].Name] = v
	}
	return values, nil
}

// usage says which parameters the script has.
func (s *Script) usage() string {
	if len(s.Params) == 0 {
		return s.Name + " has no parameters"
	}
	names := make([]string, len(s.Params))
	for i, p := range s.Params {
		names[i] = p.Example()
	}
	return "write NAME=VALUE; it takes " + strings.Join(names, ", ")
}

// Expand returns text with $NAME and ${NAME} replaced by the values; a dollar before anything else stays.
func (v Values) Expand(text string) (string, error) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "$")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		var name, rest string
		if inner, ok := strings.CutPrefix(after, "{"); ok {
			var closed bool
			if name, rest, closed = strings.Cut(inner, "}"); !closed {
				return "", errors.New("${ is not closed by }")
			}
		} else {
			end := 0
			for end < len(after) && validName(after[:end+1]) {
				end++
			}
			name = strings.TrimRight(after[:end], "-")
			rest = after[len(name):]
			if name == "" {
				b.WriteByte('$')
				text = after
				continue
			}
		}
		value, ok := v[name]
		if !ok {
			return "", fmt.Errorf("$%s is not a parameter of this script", name)
		}
		b.WriteString(value)
		text = rest
	}
}
