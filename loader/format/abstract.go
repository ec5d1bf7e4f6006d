package format

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph/lazyregexp"
)

// paragraphs returns the paragraphs of an abstract as an export has it: entities and tags undone, lines that are only
// a heading put before the text that they head, and what was run together (labels within a line, headings and
// paragraphs glued to each other) on lines of its own.
func paragraphs(abstract traced) []traced {
	if strings.Contains(abstract.s, "<") || strings.Contains(abstract.s, "&lt;") {
		abstract = abstract.replaced(blockTag, func(string) string { return "\n" })
	}
	if strings.Count(abstract.s, ";") > 1 && len(semicolonGlue.FindAllStringIndex(abstract.s, 2)) > 1 {
		abstract = abstract.parted(semicolonGlue, "\n")
	}
	var out []traced
	heading := ""
	for _, line := range abstract.split("\n") {
		line = line.undone()
		if len(out) == 0 && heading == "" {
			line = line.cut(abstractEnd(line.s), len(line.s))
		}
		if line.s == "" {
			continue
		}
		if headingLine(line.s) {
			if heading != "" {
				out = append(out, added(heading+":"))
			}
			heading = strings.TrimRight(line.s, ":.-– ")
			continue
		}
		parts := split(line)
		if heading != "" {
			parts[0] = parts[0].labelled(heading)
			heading = ""
		}
		out = append(out, parts...)
	}
	if heading != "" {
		out = append(out, added(heading))
	}
	return out
}

// abstractEnd returns where the word "abstract" that an abstract begins with ends, or zero.
func abstractEnd(s string) int {
	if len(s) < len("abstract") || !strings.EqualFold(s[:len("abstract")], "abstract") {
		return 0
	}
	m := abstractLead.FindStringSubmatchIndex(s)
	switch {
	case m == nil:
		return 0
	case m[2] >= 0:
		return m[2]
	}
	return m[1]
}

var (
	// blockTag is a tag that ends a paragraph, escaped or not.
	blockTag = lazyregexp.New(`(?i)(?:<|&lt;)/?(?:jats:)?(?:p|br|div|sec|title|h[1-6]|li|ul)\s*/?(?:>|&gt;)`)
	// semicolonGlue is how some exports join the parts of an abstract: a semicolon after a full stop.
	semicolonGlue = lazyregexp.New(`([.?!)]); ?([\p{Lu}\d"“])`)
)

// label is what heads a part of an abstract. The words are those of structured abstracts everywhere; in capitals
// before a colon any words do.
const label = `(?:Background|Introduction|Context|Importance|Rationale|Purposes?|Aims?|Objectives?|Goals?|Hypothes[ei]s|(?:Research )?Questions?|(?:Study |Trial )?Designs?|` +
	`(?:Materials?|Patients?|Subjects?|Participants?|Design|Study Design) (?:and|&) Methods?|Methods?|Methodology|Settings?|Locations?|Participants?|Patients?|Subjects?|Populations?|Samples?|Interventions?|Exposures?|` +
	`(?:(?:Main|Primary|Secondary) )*(?:Outcomes?|Measures?|Measurements?|Endpoints?)(?: Measures?| Measurements?)?|Statistical Analys[ei]s|Data Sources?|Data Extraction|Data Synthesis|Study Selection|` +
	`(?:(?:Main|Principal|Key) )?(?:Results?|Findings?)|(?:Authors'? )?Conclusions?|Interpretation|Discussion|Implications?|Limitations?|Significance|Summary|Clinical Relevance|` +
	`(?:Clinical )?Trial Registration(?: Number)?|Clinical Trials? Registration|Registration|Funding(?: Source| Sources)?|Level of Evidence)` +
	`(?:(?:, and|,| and| &|/) ?(?:Aims?|Objectives?|Purpose|Hypothesis|Methods?|Participants?|Patients?|Subjects?|Settings?|Design|Measures?|Measurements?|Main Results?|Main Outcomes?|Results?|Findings?|Conclusions?|Relevance|Significance|Implications?|Discussion|Interventions?|Exposures?|Rationale)){0,3}`

var (
	// abstractLead is the word "abstract" at the start of one, with a sign behind it or before its first label.
	abstractLead = lazyregexp.New(`^(?i:abstract)\s*(?:[:.–—]+\s*|$)|^(?:Abstract|ABSTRACT)\s+((?i:` + label + `)\b)`)
	labelAlone   = lazyregexp.New(`^(?i:` + label + `)$`)
	// labelSign is a label with its colon or dash.
	labelSign = lazyregexp.New(`^(?:(` + label + `|(?i:` + label + `)|\p{Lu}[\p{Lu} ,&/()'’-]{2,80}\p{Lu}\)?)\s?(?::|[-–—](?:\s|$)))`)
	// labelGlued is a label that the text follows without a blank: "ResultsAfter", "OBJECTIVEThe".
	labelGlued = lazyregexp.New(`^((?i:` + label + `)|(?:[A-Z]{4,}(?: [A-Z]{3,}){0,3}))(\p{Lu}\p{Ll}|[AI] \p{Ll})`)
	// labelWord is a label that the text follows after a blank.
	labelWord = lazyregexp.New(`^((?i:` + label + `)) (\p{Lu}\p{Ll}|\p{Lu}\s|\d)`)
	// labelStart is a label of one word that begins no sentence, so that it may stand before a blank in lower case.
	labelStart = lazyregexp.New(`^(?:Background|Introduction|Purpose|Aims?|Objectives?|Methods?|Methodology|(?:Materials|Patients|Subjects|Participants) and Methods?|Results?|Findings|Conclusions?|Discussion|Interpretation)(?: (?:and|&) (?:Aims?|Objectives?|Purpose|Methods|[Ff]indings|Results|Significance|Relevance|Conclusions?))?$`)
	// sentenceGlue is a sentence that ends and one that begins without a blank between them.
	sentenceGlue = lazyregexp.New(`([\p{Ll}\d)%\]]{2}[.?!])(\p{Lu}\p{Ll}|(?:A|An|I) [\p{Ll}\d]|(?i:clinicaltrials\.gov |trial registration))`)
)

// cut is a place within a line: a part ends at end, the label of the next is there, and its text begins at text.
type cut struct {
	end, text int
	label     string
}

// split returns the labelled parts of a line. It has one part at least.
func split(line traced) []traced {
	starts, apart := labelStarts(line.s)
	cuts := cutsAt(line.s, starts, labelSign, signed)
	cuts = append(cuts, cutsAt(line.s, starts, labelGlued, glued)...)
	if words := append(cutsAt(line.s, apart, labelWord, worded), cuts...); severalLabels(words) {
		cuts = words
	}
	slices.SortStableFunc(cuts, func(a, b cut) int { return cmp.Or(a.end-b.end, b.text-a.text) })
	var out []traced
	last := cut{}
	for _, c := range append(cuts, cut{end: len(line.s), text: len(line.s)}) {
		if c.end < last.text {
			continue
		}
		if part := line.cut(last.text, c.end).trimmed(); part.s != "" || last.label != "" {
			out = append(out, unglue(part, last.label)...)
		}
		last = c
	}
	if len(out) == 0 {
		return []traced{line}
	}
	return out
}

// maxLabel is how many bytes a label and the first word after it have at most.
const maxLabel = 160

// labelStarts returns where a label may begin: at the line's start and after the signs that end a sentence, before a
// letter in upper case. Those apart have a blank before them.
func labelStarts(line string) (starts, apart []int) {
	after, blank := true, true
	for i, r := range line {
		if after && unicode.IsUpper(r) && mayHead(line[i:]) {
			starts = append(starts, i)
			if blank {
				apart = append(apart, i)
			}
		}
		switch {
		case strings.ContainsRune(".?!:)]%”\"';…", r):
			after, blank = true, false
		case r == ' ' && after:
			blank = true
		default:
			after = false
		}
	}
	return starts, apart
}

// headWords are the first words of labels, in lower case and without what may follow.
var headWords = []string{
	"aim", "author", "background", "clinical", "conclusion", "context", "data", "design", "discussion", "endpoint", "exposure", "finding", "funding", "goal",
	"hypothes", "implication", "importance", "interpretation", "intervention", "introduction", "key", "level", "limitation", "location", "main", "material",
	"measure", "method", "objective", "outcome", "participant", "patient", "population", "primary", "principal", "purpose", "question", "rationale",
	"registration", "research", "result", "sample", "secondary", "setting", "significance", "statistical", "study", "subject", "summary", "trial",
}

// mayHead reports, quickly, whether a text may begin with a label: with one of their words, or with capitals.
func mayHead(s string) bool {
	_, first := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[first:]); !unicode.IsLower(second) {
		return true
	}
	for _, w := range headWords {
		if len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) {
			return true
		}
	}
	return false
}

// cutsAt finds the labels that a pattern tells at starts and ok accepts: its first group is the label, its second, where it has
// one, begins the text.
func cutsAt(line string, starts []int, pattern *lazyregexp.Regexp, ok func(label, next string) bool) []cut {
	var cuts []cut
	for _, at := range starts {
		m := pattern.FindStringSubmatchIndex(line[at:min(at+maxLabel, len(line))])
		if m == nil {
			continue
		}
		c := cut{end: at + m[2], text: at + m[1], label: line[at+m[2] : at+m[3]]}
		if len(m) > 4 {
			c.text = at + m[4]
		}
		if ok(c.label, line[c.text:]+"\n") {
			cuts = append(cuts, c)
		}
	}
	return cuts
}

// glued reports whether words that the text follows without a blank are a label: known ones, or in capitals.
func glued(s, _ string) bool {
	return labelAlone.MatchString(s) || len(s) >= 7
}

// worded reports whether known words that the text follows after a blank are a label: those that begin no sentence,
// or any in capitals. Before a number ("Aims 2 and 3") results alone are.
func worded(s, next string) bool {
	if next[0] <= '9' && !strings.HasPrefix(strings.ToLower(s), "result") && !strings.HasPrefix(strings.ToLower(s), "finding") {
		return s == strings.ToUpper(s)
	}
	return labelStart.MatchString(s) || s == strings.ToUpper(s)
}

// signed reports whether words before a colon are a label: one of the words of structured abstracts, or several
// letters in capitals that are no abbreviation.
func signed(s, _ string) bool {
	if labelAlone.MatchString(s) {
		r, _ := utf8.DecodeRuneInString(s)
		return unicode.IsUpper(r)
	}
	first := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	return len(first) > 0 && len(first[0]) >= 5 && len(s) >= 6
}

// severalLabels reports whether cuts have two labels that are not the same, so that they are no sentences' words.
func severalLabels(cuts []cut) bool {
	for _, c := range cuts[min(1, len(cuts)):] {
		if !strings.EqualFold(c.label, cuts[0].label) {
			return true
		}
	}
	return false
}

// unglue returns a part under its label, parted where two sentences stand without a blank between them: there a
// paragraph ended.
func unglue(t traced, head string) []traced {
	if mayGlue(t.s) {
		t = t.parted(sentenceGlue, "\n")
	}
	parts := t.split("\n")
	parts[0] = parts[0].labelled(head)
	if parts[0].s == "" && head != "" {
		parts[0] = added(head + ":")
	}
	return parts
}

// mayGlue reports, quickly, whether a sentence may end in a text without a blank after it.
func mayGlue(s string) bool {
	for i := 2; i+1 < len(s); i++ {
		if c := s[i]; (c == '.' || c == '?' || c == '!') && s[i+1] > ' ' && (s[i+1] < '0' || s[i+1] > '9') {
			return true
		}
	}
	return false
}

// headingLine reports whether a line is only a heading.
func headingLine(s string) bool {
	bare := strings.TrimRight(s, ":.-– ")
	return len(s) <= 80 && (labelAlone.MatchString(bare) || strings.HasSuffix(s, ":") && strings.Count(s, " ") < 8)
}
