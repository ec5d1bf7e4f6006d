package syntax

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
)

// Parse reads one query. The error, when there is one, is an *Error; errors.Is(err, ErrUnfinished) tells a query that
// only lacks its end.
func Parse(text string) (*Query, error) {
	tokens, lerr := lex(text)
	if lerr != nil {
		return nil, lerr
	}
	p := &parser{tokens: tokens}
	q, err := p.query()
	if err != nil {
		return nil, err
	}
	q.Span = Span{tokens[0].span.Start, len(text)}
	return q, nil
}

type parser struct {
	tokens []token
	at     int
	depth  int
}

const maxDepth = 200 // of brackets and nots

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) peekAt(n int) token {
	if p.at+n < len(p.tokens) {
		return p.tokens[p.at+n]
	}
	return p.tokens[len(p.tokens)-1]
}

func (p *parser) next() token {
	t := p.tokens[p.at]
	if p.at < len(p.tokens)-1 {
		p.at++
	}
	return t
}

func (t token) is(words ...string) bool {
	if t.kind != wordToken {
		return false
	}
	for _, w := range words {
		if strings.EqualFold(t.text, w) {
			return true
		}
	}
	return false
}

func (p *parser) accept(word string) bool {
	if p.peek().is(word) {
		p.next()
		return true
	}
	return false
}

// fail returns an error at the next token, unfinished when that is the end.
func (p *parser) fail(message, hint string) *Error {
	t := p.peek()
	return &Error{Span: t.span, Message: message, Hint: hint, Unfinished: t.kind == endToken}
}

func (p *parser) query() (*Query, *Error) {
	sel, err := p.selection()
	if err != nil {
		return nil, err
	}
	q := &Query{Selection: sel}
	for p.peek().kind == barToken {
		p.next()
		s, err := p.step()
		if err != nil {
			return nil, err
		}
		q.Steps = append(q.Steps, s)
	}
	if t := p.peek(); t.kind != endToken {
		return nil, p.fail("unexpected "+describe(t), "and, where, or | and a step may stand here")
	}
	return q, nil
}

func (p *parser) selection() (Selection, *Error) {
	t := p.peek()
	switch {
	case t.kind == endToken:
		return nil, p.fail("a query is missing", "start with "+verbNames())
	case t.is("compare"):
		return p.compare()
	case t.is("show"):
		return p.show()
	case t.is("check"):
		return p.check()
	case t.is("count"):
		p.next()
		noun, err := p.noun()
		if err != nil {
			return nil, err
		}
		w, err := p.where()
		return &Count{Span: p.from(t), Noun: noun, Where: w}, err
	case t.kind == wordToken && nounNamed(strings.ToLower(t.text)):
		noun := strings.ToLower(p.next().text)
		w, err := p.where()
		return &Match{Span: p.from(t), Noun: noun, Where: w}, err
	case t.kind == wordToken && !keywords[strings.ToLower(t.text)]:
		return p.attributes()
	}
	return nil, p.fail("unexpected "+describe(t), "start with "+verbNames())
}

func (p *parser) from(t token) Span {
	if p.at == 0 {
		return t.span
	}
	return Span{t.span.Start, p.tokens[p.at-1].span.End}
}

func (p *parser) noun() (string, *Error) {
	t := p.peek()
	if t.kind != wordToken || !nounNamed(strings.ToLower(t.text)) {
		return "", p.fail("expected what to count, found "+describe(t), "interventions, findings, studies, reports, outcomes or populations")
	}
	return strings.ToLower(p.next().text), nil
}

func (p *parser) compare() (Selection, *Error) {
	first := p.next()
	a, err := p.value("the first intervention")
	if err != nil {
		return nil, err
	}
	if !p.accept("with") {
		return nil, p.fail("expected with, found "+describe(p.peek()), `compare A with B on "outcome"`)
	}
	b, err := p.value("the second intervention")
	if err != nil {
		return nil, err
	}
	c := &Compare{A: a, B: b}
	if p.accept("on") {
		if c.On, err = p.values("an outcome"); err != nil {
			return nil, err
		}
	}
	c.Where, err = p.where()
	c.Span = p.from(first)
	return c, err
}

func (p *parser) show() (Selection, *Error) {
	first := p.next()
	s := &Show{Subject: p.subject()}
	v, err := p.value("a name")
	if err != nil {
		return nil, err
	}
	s.Name, s.Span = v, p.from(first)
	return s, nil
}

func (p *parser) check() (Selection, *Error) {
	first := p.next()
	c := &Check{}
	if k := p.peek().kind; k != endToken && k != barToken {
		p.subject()
		vs, err := p.values("a study")
		if err != nil {
			return nil, err
		}
		c.Of = vs
	}
	c.Span = p.from(first)
	return c, nil
}

// subject reads the word that says what kind of thing a name is of, where one stands.
func (p *parser) subject() string {
	for _, s := range Subjects() {
		if p.peek().is(s) {
			p.next()
			return s
		}
	}
	return ""
}

func (p *parser) attributes() (Selection, *Error) {
	first := p.peek()
	a := &Attributes{}
	for {
		var words []string
		for p.peek().kind == wordToken && !p.peek().is("of", "where", "and", "or", "is", "has", "with", "on") {
			words = append(words, strings.ToLower(p.next().text))
		}
		if len(words) == 0 {
			return nil, p.fail("expected an attribute, found "+describe(p.peek()), "such as registration, dates, setting, design, arms")
		}
		a.Names = append(a.Names, strings.Join(words, " "))
		if p.peek().kind != commaToken {
			break
		}
		p.next()
	}
	if !p.accept("of") {
		hint := `say of what: "` + a.Names[0] + ` of study NAME"`
		return nil, p.fail("expected of, found "+describe(p.peek()), hint)
	}
	all := false
	if p.peek().is("studies") {
		p.next()
		a.Subject, all = "study", true
	} else if a.Subject = p.subject(); a.Subject == "" {
		a.Subject = "study"
	}
	var err *Error
	if k := p.peek().kind; !p.peek().is("where") && !(all && (k == endToken || k == barToken)) {
		if a.Of, err = p.values("a name"); err != nil {
			return nil, err
		}
	}
	a.Where, err = p.where()
	a.Span = p.from(first)
	return a, err
}

func (p *parser) where() (Condition, *Error) {
	if !p.accept("where") {
		return nil, nil
	}
	return p.or()
}

func (p *parser) or() (Condition, *Error) {
	left, err := p.and()
	for err == nil && p.accept("or") {
		var right Condition
		if right, err = p.and(); err == nil {
			left = &Or{left, right}
		}
	}
	return left, err
}

func (p *parser) and() (Condition, *Error) {
	left, err := p.unary()
	for err == nil && p.accept("and") {
		var right Condition
		if right, err = p.unary(); err == nil {
			left = &And{left, right}
		}
	}
	return left, err
}

func (p *parser) unary() (Condition, *Error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail("conditions are nested too deeply", "")
	}
	defer func() { p.depth-- }()
	switch t := p.peek(); {
	case t.is("not"):
		p.next()
		c, err := p.unary()
		return &Not{c}, err
	case t.kind == openToken:
		p.next()
		c, err := p.or()
		if err != nil {
			return nil, err
		}
		if p.peek().kind != closeToken {
			return nil, p.fail("a bracket is not closed", "end the group with )")
		}
		p.next()
		return c, nil
	}
	return p.test()
}

func (p *parser) test() (Condition, *Error) {
	t := p.peek()
	if t.kind != wordToken || !fieldNamed(strings.ToLower(t.text)) {
		return nil, p.fail("expected a field, found "+describe(t), "one of "+fieldNames())
	}
	p.next()
	test := &Test{Field: strings.ToLower(t.text)}
	var err *Error
	switch op := p.peek(); {
	case op.is("has"):
		p.next()
		test.Relation = quantity.Has
		if test.Criterion, err = p.criterion(); err != nil {
			return nil, err
		}
	case op.is("is"):
		p.next()
		test.Relation = quantity.Equal
		if p.accept("not") {
			test.Relation = quantity.Not
		} else {
			test.Exactly = p.accept("exactly")
		}
		if test.Values, err = p.values("a value"); err != nil {
			return nil, err
		}
	case op.kind == relationToken:
		p.next()
		test.Relation = quantity.Relation(op.text)
		v, err := p.value("a value")
		if err != nil {
			return nil, err
		}
		test.Values = []Value{v}
	case op.is("between") && takesNumber(test.Field):
		p.next()
		test.Relation = quantity.Between
		low, err := p.number()
		if err != nil {
			return nil, err
		}
		if !p.accept("and") {
			return nil, p.fail("expected and, found "+describe(p.peek()), "such as "+test.Field+" between 2 and 5")
		}
		high, err := p.number()
		if err != nil {
			return nil, err
		}
		test.Values = []Value{low, high}
	default:
		return nil, p.fail("expected is, has or a comparison after "+t.text+", found "+describe(op), fieldExample(test.Field))
	}
	test.Span = p.from(t)
	if err := fitting(test); err != nil {
		return nil, err
	}
	return test, nil
}

// fitting returns the error of a value that its field cannot have.
func fitting(t *Test) *Error {
	values := wordsOf(t.Field)
	for _, v := range t.Values {
		switch {
		case takesNumber(t.Field) && !v.Number.Present():
			return &Error{Span: v.Span, Message: t.Field + " is a number, not " + v.String(), Hint: fieldExample(t.Field)}
		case len(values) > 0 && !slices.ContainsFunc(values, func(w string) bool { return strings.EqualFold(w, v.Text) }):
			return &Error{Span: v.Span, Message: t.Field + " is never " + v.String(), Hint: "one of " + strings.Join(values, ", ")}
		}
	}
	return nil
}

func takesNumber(field string) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return f.Name == field && f.Takes == "number" })
}

// wordsOf returns the words that a field can be, of one that takes only these.
func wordsOf(field string) []string {
	for _, f := range fields {
		if f.Name == field {
			return f.Words
		}
	}
	return nil
}

// criterion reads "dose >= 90 MME/day" and "age between 18 years and 65 years".
func (p *parser) criterion() (*Criterion, *Error) {
	first := p.peek()
	v, err := p.value("what is measured")
	if err != nil {
		return nil, err
	}
	c := &Criterion{Variable: v}
	switch op := p.peek(); {
	case op.kind == relationToken:
		c.Relation = quantity.Relation(p.next().text)
	case op.is("between"):
		p.next()
		c.Relation = quantity.Between
	default:
		return nil, p.fail("expected a comparison, found "+describe(op), "such as dose >= 90 MME/day")
	}
	if c.Value, err = p.number(); err != nil {
		return nil, err
	}
	if c.Relation == quantity.Between {
		if !p.accept("and") {
			return nil, p.fail("expected and, found "+describe(p.peek()), "such as age between 18 years and 65 years")
		}
		if c.High, err = p.number(); err != nil {
			return nil, err
		}
	}
	c.Span = p.from(first)
	return c, nil
}

func (p *parser) number() (Value, *Error) {
	if p.peek().kind != numberToken {
		return Value{}, p.fail("expected a number, found "+describe(p.peek()), "such as 90 MME/day")
	}
	return p.value("a number")
}

// values reads a value and further ones after "or", as long as what follows is not a condition of its own.
func (p *parser) values(what string) ([]Value, *Error) {
	v, err := p.value(what)
	if err != nil {
		return nil, err
	}
	out := []Value{v}
	for p.peek().is("or") && !p.conditionAt(1) {
		p.next()
		if v, err = p.value(what); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// conditionAt reports whether a condition starts n tokens on.
func (p *parser) conditionAt(n int) bool {
	t := p.peekAt(n)
	if t.kind == openToken || t.is("not") {
		return true
	}
	after := p.peekAt(n + 1)
	return t.kind == wordToken && fieldNamed(strings.ToLower(t.text)) && (after.is("is", "has") || after.kind == relationToken)
}

func (p *parser) value(what string) (Value, *Error) {
	t := p.peek()
	switch t.kind {
	case stringToken:
		p.next()
		return Value{Span: t.span, Text: t.text}, nil
	case numberToken:
		p.next()
		d, err := quantity.ParseDecimal(t.text)
		if err != nil {
			return Value{}, &Error{Span: t.span, Message: "not a number: " + t.text}
		}
		v := Value{Span: t.span, Number: d}
		if u := p.peek(); u.kind == wordToken && !keywords[strings.ToLower(u.text)] || u.kind == stringToken {
			p.next()
			v.Unit, v.Span.End = u.text, u.span.End
		}
		return v, nil
	case wordToken:
		if !keywords[strings.ToLower(t.text)] {
			p.next()
			return Value{Span: t.span, Text: t.text}, nil
		}
	}
	return Value{}, p.fail("expected "+what+", found "+describe(t), `put a name of several words in double quotes`)
}

func describe(t token) string {
	switch t.kind {
	case endToken:
		return "the end"
	case stringToken:
		return `"` + t.text + `"`
	}
	return t.text
}

func verbNames() string {
	var names []string
	for _, v := range verbs {
		if v.Name != "" {
			names = append(names, v.Name)
		}
	}
	return strings.Join(names, ", ") + ", or an attribute"
}

func fieldNames() string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

func fieldExample(name string) string {
	for _, f := range fields {
		if f.Name == name {
			return "such as " + f.Example
		}
	}
	return ""
}
