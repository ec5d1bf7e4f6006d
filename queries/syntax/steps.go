package syntax

import (
	"slices"
	"strconv"
	"strings"
)

// step reads one step after a bar.
func (p *parser) step() (Step, *Error) {
	first := p.peek()
	if first.is("where") {
		c, err := p.where()
		return Step{Span: p.from(first), Name: "where", Where: c}, err
	}
	p.next()
	switch {
	case first.is("order"):
		field, err := p.by("order")
		if err != nil {
			return Step{}, err
		}
		s := Step{Name: "order", By: field}
		if p.accept("desc") {
			s.Descending = true
		} else {
			p.accept("asc")
		}
		s.Span = p.from(first)
		return s, nil
	case first.is("group"):
		s := Step{Name: "group"}
		var err *Error
		if s.By, err = p.by("group"); err == nil && p.peek().kind == commaToken {
			p.next()
			s.And, err = p.by("group")
		}
		s.Span = p.from(first)
		return s, err
	case first.is("show"):
		return p.columns(first)
	case first.is("limit"):
		t := p.peek()
		n, err := strconv.Atoi(t.text)
		if t.kind != numberToken || err != nil || n < 1 {
			return Step{}, p.fail("expected how many, found "+describe(t), "such as limit 10")
		}
		p.next()
		return Step{Span: p.from(first), Name: "limit", N: n}, nil
	}
	return Step{}, &Error{Span: first.span, Message: "expected a step, found " + describe(first), Hint: stepForms(), Unfinished: first.kind == endToken}
}

// by reads the field that rows are ordered or grouped by.
func (p *parser) by(what string) (string, *Error) {
	p.accept("by")
	t := p.peek()
	if t.kind != wordToken || !fieldNamed(strings.ToLower(t.text)) {
		return "", p.fail("expected a field to "+what+" by, found "+describe(t), "one of "+fieldNames())
	}
	return strings.ToLower(p.next().text), nil
}

// columns reads what a show step shows.
func (p *parser) columns(first token) (Step, *Error) {
	s := Step{Name: "show"}
	for {
		t := p.peek()
		c := Column{}
		switch word := strings.ToLower(t.text); {
		case t.is("count"):
			p.next()
			c.Statistic = "count"
		case t.is(Statistics()...):
			p.next()
			f := p.peek()
			if f.kind != wordToken || !numberField(strings.ToLower(f.text)) {
				return Step{}, p.fail("expected a field that is a number, found "+describe(f), "one of "+numberFields())
			}
			c = Column{word, strings.ToLower(p.next().text)}
		case t.kind == wordToken && (fieldNamed(word) || word == "result"):
			p.next()
			c.Field = word
		default:
			return Step{}, p.fail("expected what to show, found "+describe(t), "count, mean, median, min or max of "+numberFields()+", or one of result, "+fieldNames())
		}
		s.Columns = append(s.Columns, c)
		if p.peek().kind != commaToken {
			break
		}
		p.next()
	}
	s.Span = p.from(first)
	return s, nil
}

// stepForms names the steps that may stand after a bar.
func stepForms() string {
	forms := make([]string, len(stepKinds))
	for i, s := range stepKinds {
		forms[i] = s.Form
	}
	return strings.Join(forms[:len(forms)-1], ", ") + " or " + forms[len(forms)-1]
}

// numberField reports whether a field is a number of which statistics can be shown. How large an effect is, is none: effects
// of several studies are pooled by a meta-analysis, or not at all.
func numberField(name string) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return f.Name == name && f.Takes == "number" && name != "recruited" })
}

func numberFields() string {
	var out []string
	for _, f := range fields {
		if numberField(f.Name) {
			out = append(out, f.Name)
		}
	}
	return strings.Join(out, ", ")
}
