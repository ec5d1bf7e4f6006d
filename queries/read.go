package queries

import (
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// readMatch says in words what a query asks for.
func readMatch(noun string, where syntax.Condition) string {
	s := noun
	if where != nil {
		s += " where " + readCondition(where)
	}
	return s
}

func readCondition(c syntax.Condition) string {
	switch c := c.(type) {
	case *syntax.And:
		return readCondition(c.Left) + "; " + readCondition(c.Right)
	case *syntax.Or:
		return "(" + readCondition(c.Left) + " or " + readCondition(c.Right) + ")"
	case *syntax.Not:
		return "not (" + readCondition(c.Of) + ")"
	case *syntax.Test:
		return readTest(c)
	}
	return ""
}

// readTest says one test in words.
func readTest(t *syntax.Test) string {
	if c := t.Criterion; c != nil {
		s := t.Field + " = " + c.Variable.Text + " " + string(c.Relation) + " " + c.Value.String()
		if c.Relation == quantity.Between {
			s += " to " + c.High.String()
		}
		return strings.ReplaceAll(s, `"`, "")
	}
	word := "="
	switch t.Relation {
	case quantity.Equal:
	case quantity.Between:
		return t.Field + " between " + strings.Join(texts(t.Values), " and ")
	case quantity.Not:
		word = "is not"
	default:
		word = string(t.Relation)
	}
	exactly := ""
	if t.Exactly {
		exactly = "exactly "
	}
	return t.Field + " " + word + " " + exactly + strings.Join(texts(t.Values), " or ")
}
