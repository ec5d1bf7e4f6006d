package format

import (
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// composer writes the text of a record: the title, a blank line, and the paragraphs of the rest, each on a line of its
// own. It takes down where tables stand, and what the source marks as none of the running text.
type composer struct {
	weaver
	title  int // length of the title
	skips  []evidence.Skip
	tables []document.Table
}

// compose returns the text of a record of a title and paragraphs. Empty paragraphs are left out.
func compose(title traced, paragraphs []traced) traced {
	c := titled(title)
	for _, p := range paragraphs {
		c.paragraph(p)
	}
	return c.text()
}

// titled begins a text with its title.
func titled(title traced) *composer {
	c := &composer{title: len(title.s)}
	c.add(title)
	return c
}

// empty reports whether the text has nothing but its title.
func (c *composer) empty() bool { return c.b.Len() == c.title }

// paragraph writes a paragraph, unless it is empty, and returns where it stands.
func (c *composer) paragraph(t traced) document.Span {
	if t.s == "" {
		return document.Span{Start: c.b.Len(), End: c.b.Len()}
	}
	if c.b.Len() > 0 {
		c.add(added("\n"))
		if c.b.Len() == c.title+1 && c.title > 0 {
			c.add(added("\n"))
		}
	}
	start := c.b.Len()
	c.add(t)
	return document.Span{Start: start, End: c.b.Len()}
}

// heading writes a heading, after a blank line.
func (c *composer) heading(s string) {
	if s != "" {
		c.paragraph(added("\n" + s))
	}
}

// aside marks what write writes as none of the running text, for a reason. Stretches of one reason that follow each
// other are one.
func (c *composer) aside(reason string, write func()) {
	start := c.b.Len()
	write()
	end := c.b.Len()
	text := c.b.String()[start:end]
	start += len(text) - len(strings.TrimLeft(text, "\n"))
	if start >= end {
		return
	}
	if n := len(c.skips); n > 0 && c.skips[n-1].Reason == reason && strings.Trim(c.b.String()[c.skips[n-1].End:start], "\n") == "" {
		c.skips[n-1].End = end
		return
	}
	c.skips = append(c.skips, evidence.Skip{Reason: reason, Start: start, End: end})
}
