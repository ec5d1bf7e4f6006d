package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/mention"
)

// The collections.
const (
	fromOutcomes = "EvidenceOutcomes"
	fromTokens   = "EBM-NLP"
	fromPrompts  = "Evidence Inference"
)

// corpus is all that there is to learn from, and to measure on.
type corpus struct {
	headings func(string) (string, bool)
	articles []article
}

// article is one abstract with its marked mentions.
type article struct {
	source, id string
	sentences  []mention.Example
}

// teach gives the article's sentences to a learner.
func (a *article) teach(l *mention.Learner) {
	for _, e := range a.sentences {
		l.Add(e)
	}
}

// readFile gives a file, unpacked where its name ends in .gz, to read.
func readFile(name string, read func(io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	in := io.Reader(f)
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return fmt.Errorf("unpacking %s: %w", name, err)
		}
		in = z
	}
	if err := read(in); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

// add parses an article's text and marks its sentences, without the stops that some marks end with. Whole returns the
// kinds of which every mention in a sentence is marked.
func (c *corpus) add(source, id, text string, known []mention.Mention, whole func(role document.Role, s document.Span) []mention.Kind) {
	d := document.Parse(id, text, c.headings)
	for i := range known {
		m := &known[i]
		m.End = m.Start + len(strings.TrimRight(text[m.Start:m.End], " .,;:"))
	}
	known = slices.DeleteFunc(known, func(m mention.Mention) bool { return m.Len() == 0 })
	a := article{source: source, id: id}
	for _, s := range d.Sentences {
		e := mention.Example{Text: text, Span: s.Span, Role: d.Sections[s.Section].Role}
		for _, m := range known {
			if s.Contains(m.Span) {
				e.Known = append(e.Known, m)
			}
		}
		e.Whole = whole(e.Role, e.Span)
		if len(e.Whole) > 0 || len(e.Known) > 0 {
			a.sentences = append(a.sentences, e)
		}
	}
	c.articles = append(c.articles, a)
}

// outcomes reads the abstracts of EvidenceOutcomes: a line of JSON each, with the text and the outcomes marked in its
// results and conclusions. Where no heading says which sentences those are, they begin with the first marked one.
func (c *corpus) outcomes(in io.Reader) error {
	return lines(in, func(line []byte) error {
		var x struct {
			ID, Text string
			Entities []struct {
				Start, End int // in characters
			}
		}
		if err := json.Unmarshal(line, &x); err != nil {
			return err
		}
		at := offsets(x.Text)
		var known []mention.Mention
		for _, e := range x.Entities {
			if e.Start < 0 || e.End >= len(at) || e.Start >= e.End {
				return fmt.Errorf("article %s: a mention at %d to %d, outside the text", x.ID, e.Start, e.End)
			}
			known = append(known, mention.Mention{Span: document.Span{Start: at[e.Start], End: at[e.End]}, Kind: mention.Outcome})
		}
		first := len(x.Text)
		for _, m := range known {
			first = min(first, m.Start)
		}
		c.add(fromOutcomes, x.ID, x.Text, known, func(role document.Role, s document.Span) []mention.Kind {
			if role == document.Results || role == document.Conclusions || role == document.Body && s.End > first {
				return []mention.Kind{mention.Outcome}
			}
			return nil
		})
		return nil
	})
}

// offsets returns the byte at which each character of a text begins, and where the text ends.
func offsets(text string) []int {
	var out []int
	for i := range text {
		out = append(out, i)
	}
	return append(out, len(text))
}

// tokens reads the abstracts of EBM-NLP as they came with SciBERT: a line of "-DOCSTART- (PMID)", then a line a token,
// whose last field is I-INT, I-PAR, I-OUT or O. Outcomes are marked more widely there than elsewhere and are not used.
func (c *corpus) tokens(in io.Reader) error {
	var id string
	var text strings.Builder
	var known []mention.Mention
	flush := func() {
		if text.Len() > 0 {
			c.add(fromTokens, id, text.String(), known, func(document.Role, document.Span) []mention.Kind {
				return []mention.Kind{mention.Intervention, mention.Participants}
			})
		}
		text.Reset()
		known = nil
	}
	last := ""
	err := lines(in, func(line []byte) error {
		f := strings.Fields(string(line))
		switch {
		case len(f) == 0:
			last = ""
		case f[0] == "-DOCSTART-":
			flush()
			id, last = strings.Trim(f[1], "()"), ""
		case len(f) == 4:
			if text.Len() > 0 {
				text.WriteByte(' ')
			}
			s := document.Span{Start: text.Len(), End: text.Len() + len(f[0])}
			text.WriteString(f[0])
			label := f[3]
			kind, ok := map[string]mention.Kind{"I-INT": mention.Intervention, "I-PAR": mention.Participants}[label]
			switch {
			case !ok:
			case label == last:
				known[len(known)-1].End = s.End
			default:
				known = append(known, mention.Mention{Span: s, Kind: kind})
			}
			last = label
			if f[0] == "." {
				last = ""
			}
		default:
			return fmt.Errorf("line %q: expected a token and three fields", line)
		}
		return nil
	})
	flush()
	return err
}

// prompts reads the articles of Evidence Inference and marks the interventions, comparators and outcomes of their prompts
// where the abstract has them word for word. They are some of an abstract's mentions, so they serve to measure recall;
// learned from, they would make everything near a mention one.
func (c *corpus) prompts(in io.Reader) error {
	return lines(in, func(line []byte) error {
		var x struct {
			PMCID, Title, Abstract string
			Prompts                []struct{ Intervention, Comparator, Outcome string }
		}
		if err := json.Unmarshal(line, &x); err != nil {
			return err
		}
		text := x.Title + "\n\n" + x.Abstract
		var known []mention.Mention
		for _, p := range x.Prompts {
			for _, m := range []struct {
				text string
				kind mention.Kind
			}{{p.Outcome, mention.Outcome}, {p.Intervention, mention.Intervention}, {p.Comparator, mention.Intervention}} {
				for _, s := range places(text, m.text) {
					known = append(known, mention.Mention{Span: s, Kind: m.kind})
				}
			}
		}
		c.add(fromPrompts, x.PMCID, text, longest(known), func(document.Role, document.Span) []mention.Kind { return nil })
		return nil
	})
}

var lead = regexp.MustCompile(`(?i)^(?:the|an?) `)

// places returns where a text has a phrase, whatever the case.
func places(text, phrase string) []document.Span {
	phrase = lead.ReplaceAllString(strings.Trim(phrase, " .,;:"), "")
	if len(phrase) < 3 {
		return nil
	}
	re := regexp.MustCompile(`(?i)` + strings.Join(strings.Fields(regexp.QuoteMeta(phrase)), `\s+`))
	var out []document.Span
	for _, m := range re.FindAllStringIndex(text, -1) {
		if bounded(text, m[0], m[1]) {
			out = append(out, document.Span{Start: m[0], End: m[1]})
		}
	}
	return out
}

// bounded reports whether no letter or digit of ASCII touches text[i:j].
func bounded(text string, i, j int) bool {
	word := func(k int) bool {
		return k >= 0 && k < len(text) && regexp.MustCompile(`[A-Za-z0-9]`).MatchString(text[k:k+1])
	}
	return !(word(i-1) && word(i)) && !(word(j-1) && word(j))
}

// longest leaves out the mentions of a kind that overlap a longer one, and sorts.
func longest(ms []mention.Mention) []mention.Mention {
	slices.SortStableFunc(ms, func(a, b mention.Mention) int { return b.Len() - a.Len() })
	var out []mention.Mention
	for _, m := range ms {
		if !slices.ContainsFunc(out, func(o mention.Mention) bool {
			return o.Overlaps(m.Span) && (o.Kind == mention.Outcome) == (m.Kind == mention.Outcome)
		}) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b mention.Mention) int { return a.Start - b.Start })
	return out
}

// lines calls f with each line.
func lines(in io.Reader, f func([]byte) error) error {
	s := bufio.NewScanner(in)
	s.Buffer(nil, 64<<20)
	for n := 1; s.Scan(); n++ {
		if err := f(s.Bytes()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return s.Err()
}
