package document

import (
	"fmt"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// MaxSentence is the longest stretch, in bytes, that is taken for a sentence. A longer one without a sentence end is
// skipped, with a problem: it is not prose.
const MaxSentence = 32 << 10

// maxWord is the longest run of ASCII without a blank, in bytes, that can be a word or an address. A longer one is
// data, and is skipped like a stretch without a sentence end.
const maxWord = 4 << 10

// The reasons of skips. A skip of page furniture goes on with what it is; one of a translation with its language.
const (
	ReasonFurniture   = "page furniture"
	ReasonRepetition  = "repetition of the text above"
	ReasonPreview     = "preview of the text below"
	ReasonTranslation = "translation of the text"
	ReasonEndless     = "no sentence end"
	ReasonTable       = "table"
	ReasonArticle     = "part of the article that tells no results"
)

// Parse finds the structure of a text: its sections, its sentences, its language, and what to skip with the reason.
// headings looks a heading up, in any case and without its colon, and returns the role of the section under it; nil
// knows none. Sections and sentences come in text order and do not overlap; every byte that shows anything lies in a
// section, in a section's head, or in a skip. Offsets are bytes of text as given. asides are whole lines, in order, that
// the source marks as none of the running text: they are skipped as they are. The time is linear in the text.
func Parse(source, text string, headings func(string) (string, bool), asides ...evidence.Skip) *Document {
	p := &parser{
		text:    text,
		lookup:  headings,
		starts:  make(map[uint64]bool),
		furnish: furniture(),
	}
	at := 0
	for _, aside := range asides {
		p.read(at, aside.Start)
		p.current++
		p.skip(Span{aside.Start, aside.End}, aside.Reason)
		p.open, p.refs, p.list = 0, false, ""
		at = aside.End
	}
	p.read(at, len(text))
	p.sentenceFurniture()
	p.previews()
	p.repetitions()
	language := p.translations()
	d := &Document{Source: source, Text: text, Language: language, Problems: p.problems()}
	p.assemble(d)
	return d
}

// read takes in the blocks of a stretch of the text.
func (p *parser) read(start, end int) {
	for _, b := range blocks(p.text, lines(p.text, start, end)) {
		p.block(b)
	}
}

// parser holds what is known of a text while it is parsed.
type parser struct {
	text    string
	lookup  func(string) (string, bool)
	furnish *cueTable
	parts   []part          // in text order
	units   []unit          // in text order
	starts  map[uint64]bool // how the sentences so far begin
	noEnd   []Span          // stretches without a sentence end
	current int             // counts blocks

	front    bool   // a paragraph or a known heading has been met: the title and authors are behind
	authored bool   // a line of authors has been met
	titled   bool   // a title has been met
	open     int    // the part that the last heading on a line of its own began, plus one
	list     string // within a list of other articles or of index terms: its reason
	refs     bool   // within a list of references
	capsSeen bool   // a known heading in capitals before a colon has been met
}

// part is a section as found, before what is skipped is taken out.
type part struct {
	heading string
	head    Span
	role    Role
}

// unit is a sentence, or a line that is no sentence.
type unit struct {
	Span
	part     int
	block    int    // which block it stands in
	whole    bool   // it is all of its block
	begins   bool   // another copy of a repeated run begins here
	skip     string // why it is skipped
	language string
}

// add appends a unit to a part.
func (p *parser) add(s Span, part int, whole bool, skip string) {
	s = trim(p.text, s)
	if s.Len() == 0 {
		return
	}
	p.units = append(p.units, unit{Span: s, part: part, block: p.current, whole: whole, skip: skip})
}

// section begins a part.
func (p *parser) section(heading string, head Span, role Role) int {
	p.parts = append(p.parts, part{heading: heading, head: head, role: role})
	return len(p.parts) - 1
}

// skip marks a whole block as skipped.
func (p *parser) skip(b Span, reason string) {
	p.add(b, p.section("", Span{b.Start, b.Start}, Body), true, reason)
}

// block finds out what a block is and takes it in.
func (p *parser) block(b block) {
	p.current++
	s := p.text[b.Start:b.End]
	if p.list != "" && p.otherArticle(s) {
		p.skip(b.Span, p.list)
		return
	}
	p.list = ""
	if reason := p.furnish.line(s); reason != "" && !(len(s) > 200 && p.headed(b.Span)) {
		p.skip(b.Span, reason)
		if reason == furnitureReason(kindOthers) || reason == furnitureReason(kindIndex) {
			p.list = reason
		}
		return
	}
	if h, ok := p.ownLine(b); ok {
		if h.skip != "" {
			p.skip(b.Span, h.skip)
			return
		}
		if !h.known && !p.front && strings.HasPrefix(s, "# ") { // Markdown's heading of the whole
			head := Span{b.Start, b.Start + 2}
			p.add(Span{head.End, b.End}, p.section("", head, Title), true, "")
			return
		}
		if !h.known && p.stood(b.Span) {
			p.skip(b.Span, ReasonRepetition)
			return
		}
		p.open = p.section(h.name, b.Span, h.role) + 1
		p.refs = h.role == References
		p.front = p.front || h.known && h.role != Title && h.role != Authors && h.role != Affiliation && h.role != Citation
		return
	}
	if p.refs && p.open > 0 {
		p.add(b.Span, p.resume(b.Start), true, "")
		return
	}
	if !p.front && menuItem(s) {
		p.skip(b.Span, furnitureReason(kindNavigation))
		return
	}
	b.Start = p.colon(b.Span)
	if role := p.lineRole(b.Span); role == Registration && p.open > 0 && p.parts[p.open-1].role == Registration {
		p.add(b.Span, p.resume(b.Start), true, "")
		return
	} else if role != "" {
		if role != Registration && !(role == Citation && p.open > 0 && p.parts[p.open-1].role == Body) {
			p.open = 0
		}
		p.authored = p.authored || role == Authors
		p.titled = p.titled || role == Title
		p.add(b.Span, p.section("", Span{b.Start, b.Start}, role), true, "")
		return
	}
	p.front = true
	p.paragraph(b.Span)
}

// colon takes the colon that a block begins with into the head of the heading on the line before: "RESULTS", then
// ": A total of ...". It returns where the block begins after it.
func (p *parser) colon(b Span) int {
	n := len(p.parts)
	if p.open == 0 || p.open != n || p.text[b.Start] != ':' || len(p.units) > 0 && p.units[len(p.units)-1].part == n-1 {
		return b.Start
	}
	p.parts[n-1].head.End = b.Start + 1
	return skipBlanks(p.text, b.Start+1, b.End)
}

// resume returns the part under the heading last met on a line of its own, begun anew when something stands between.
func (p *parser) resume(at int) int {
	if p.open != len(p.parts) {
		open := p.parts[p.open-1]
		p.open = p.section(open.heading, Span{at, at}, open.role) + 1
	}
	return p.open - 1
}

// assemble turns parts and units into the document's sections, sentences and skips.
func (p *parser) assemble(d *Document) {
	kept := make([]bool, len(p.parts))     // something of the part is kept
	reason := make([]string, len(p.parts)) // why all of it is skipped
	for i := range p.units {
		u := &p.units[i]
		if u.skip == "" {
			kept[u.part] = true
		} else if reason[u.part] == "" {
			reason[u.part] = u.skip
		}
	}
	u := 0
	for i, part := range p.parts {
		headed := !kept[i] && reason[i] != "" && part.head.Len() > 0
		if headed {
			p.addSkip(d, part.head, reason[i], p.units[u].begins)
		}
		first := true
		begun := -1 // the open section
		for ; u < len(p.units) && p.units[u].part == i; u++ {
			unit := &p.units[u]
			if unit.skip != "" {
				p.addSkip(d, unit.Span, unit.skip, unit.begins && !headed)
				headed = false
				begun = -1
				continue
			}
			if begun < 0 {
				begun = len(d.Sections)
				s := Section{Span: unit.Span, Heading: part.heading, Role: part.role, Head: Span{unit.Start, unit.Start}}
				if first {
					s.Head = part.head
				}
				d.Sections = append(d.Sections, s)
				first = false
			}
			d.Sections[begun].End = unit.End
			d.Sentences = append(d.Sentences, Sentence{Span: unit.Span, Section: begun})
		}
		if first && part.head.Len() > 0 && (kept[i] || reason[i] == "") {
			end := part.head.End
			d.Sections = append(d.Sections, Section{Span: Span{end, end}, Heading: part.heading, Head: part.head, Role: part.role})
		}
	}
}

// addSkip records a skip, joined to the one before it where only blanks lie between and the reason is the same.
// apart keeps it apart: another copy begins here.
func (p *parser) addSkip(d *Document, s Span, reason string, apart bool) {
	if n := len(d.Skips); n > 0 && !apart {
		last := &d.Skips[n-1]
		if last.Reason == reason && strings.TrimFunc(p.text[last.End:s.Start], blank) == "" {
			last.End = s.End
			return
		}
	}
	d.Skips = append(d.Skips, evidence.Skip{Reason: reason, Start: s.Start, End: s.End})
}

// endless records that a stretch has no sentence end. Stretches that follow each other are one problem.
func (p *parser) endless(s Span) {
	if n := len(p.noEnd); n > 0 && p.noEnd[n-1].End == s.Start {
		p.noEnd[n-1].End = s.End
		return
	}
	p.noEnd = append(p.noEnd, s)
}

// problems tells of the stretches without a sentence end, the first of many by place.
func (p *parser) problems() []evidence.Problem {
	if len(p.noEnd) == 0 {
		return nil
	}
	first := p.noEnd[0]
	message := fmt.Sprintf("no sentence end within %d bytes: the text from byte %d to %d was left out", MaxSentence, first.Start, first.End)
	if n := len(p.noEnd) - 1; n > 0 {
		message += fmt.Sprintf(", and %d more such stretches", n)
	}
	return []evidence.Problem{{Stage: "segment", Message: message + " (is it prose?)", Start: first.Start, End: first.End}}
}
