package document

import (
	_ "embed" // the word list
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/loader/pattern"
)

//go:embed furniture.tsv
var furnitureRows string

// The kinds of page furniture that the code names; the word list has more.
const (
	kindNavigation = "navigation"
	kindMark       = "mark"
	kindMetadata   = "metadata"
	kindOthers     = "list of other articles"
	kindIndex      = "index terms"
	kindEvidence   = "evidence" // not furniture: words that speak against it
)

// furnitureReason is the reason of a skip of a kind of furniture.
func furnitureReason(kind string) string { return ReasonFurniture + ": " + kind }

// cue is a row of the word list: a form in lower case, what it points to and how much it weighs. A form that is
// whole makes a line furniture only when it is all of the line. A stem matches the words that begin with it.
type cue struct {
	form   string
	kind   string
	weight int
	stem   bool
	third  thirds // what may stand behind its first two characters
}

// cueTable finds cues in text.
type cueTable struct {
	furniture cueSet
	evidence  cueSet            // against furniture
	whole     map[string]string // a line's words -> kind
}

// cueSet is cues by the two characters that they begin with.
type cueSet struct {
	cues  map[[2]rune][]cue
	ascii [utf8.RuneSelf][utf8.RuneSelf]thirds // by the pair of ASCII that cues begin with: what goes on behind it
}

// add puts a cue into the set.
func (t *cueSet) add(c cue) {
	if t.cues == nil {
		t.cues = map[[2]rune][]cue{}
	}
	k, rest := firstTwo(c.form)
	c.third = thirdOf(rest)
	t.cues[k] = append(t.cues[k], c)
	if k[0] < utf8.RuneSelf && k[1] < utf8.RuneSelf {
		t.ascii[k[0]][k[1]] |= c.third
	}
}

// furniture returns the table of furniture cues.
var furniture = sync.OnceValue(func() *cueTable { return parseCues(furnitureRows) })

// parseCues reads rows "kind, weight, form, form, ...", tab-separated; a weight "line" marks forms that must be all
// of a line, a form that ends in * is a stem.
func parseCues(rows string) *cueTable {
	t := &cueTable{whole: make(map[string]string)}
	for row := range strings.Lines(rows) {
		f := strings.Split(strings.TrimSpace(row), "\t")
		if len(f) < 3 || strings.HasPrefix(row, "#") {
			continue
		}
		weight, _ := strconv.Atoi(f[1])
		for _, form := range f[2:] {
			if f[1] == "line" {
				t.whole[lineKey(form)] = f[0]
				continue
			}
			c := cue{form: strings.TrimSuffix(form, "*"), kind: f[0], weight: weight, stem: strings.HasSuffix(form, "*")}
			if c.kind == kindEvidence {
				t.evidence.add(c)
			} else {
				t.furniture.add(c)
			}
		}
	}
	return t
}

// firstTwo returns the first two runes of s, and the rest.
func firstTwo(s string) ([2]rune, string) {
	a, n := utf8.DecodeRuneInString(s)
	b, m := utf8.DecodeRuneInString(s[n:])
	if m == 0 {
		b = 0
	}
	return [2]rune{a, b}, s[n+m:]
}

// lineKey is a line's letters and digits in lower case, words parted by one space.
func lineKey(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// tally is what the cues of a text add up to.
type tally struct {
	score    int    // for furniture
	evidence int    // against it
	kind     string // the kind that weighs most
	words    int
}

// weigh adds up the cues in s, each form once. Evidence is looked for only where there is furniture that it can speak against.
func (t *cueTable) weigh(s string) tally {
	var w weighing
	w.words = w.count(&t.furniture, s)
	if w.score > 0 {
		w.count(&t.evidence, s)
	}
	return w.tally
}

// count adds up the cues of a set in s, and returns how many words s has.
func (w *weighing) count(t *cueSet, s string) (words int) {
	within := false // a word
	for i := 0; i < len(s); {
		if within && plainWord[s[i]] {
			i++
			continue
		}
		r, size := plainRune(s[i:])
		letter := isLetterOrDigit(r)
		begins := letter && (!within || r >= utf8.RuneSelf && unicode.Is(unicode.Han, r)) || !letter && r > ' '
		if letter && begins {
			words++
		}
		if begins {
			next, n := plainRune(s[i+size:])
			third, _ := plainRune(s[i+size+n:])
			cues := t.at(r, next, bitOf(third))
			for k := range cues {
				if c := &cues[k]; c.third&bitOf(third) != 0 {
					w.add(c, s, i)
				}
			}
		}
		within = letter
		i += size
	}
	return words
}

// isLetterOrDigit reports whether a character in lower case is a letter or a digit.
func isLetterOrDigit(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// weighing is a tally with what it counted.
type weighing struct {
	tally
	seen  []string // the forms
	kinds map[string]int
}

// add counts a cue where it stands at i and was not counted yet.
func (w *weighing) add(c *cue, s string, i int) {
	n := plainPrefix(s[i:], c.form)
	if n < 0 || slices.Contains(w.seen, c.form) || !c.stem && !boundary(s, i+n) {
		return
	}
	w.seen = append(w.seen, c.form)
	if c.kind == kindEvidence {
		w.evidence += c.weight
		return
	}
	w.score += c.weight
	if w.kinds == nil {
		w.kinds = map[string]int{}
	}
	w.kinds[c.kind] += c.weight
	if w.kinds[c.kind] > w.kinds[w.kind] || w.kinds[c.kind] == w.kinds[w.kind] && c.kind < w.kind {
		w.kind = c.kind
	}
}

// at returns the cues that begin with two characters, none where those of ASCII do not go on with the third.
func (t *cueSet) at(a, b rune, third thirds) []cue {
	if a < utf8.RuneSelf && b < utf8.RuneSelf && t.ascii[a][b]&third == 0 {
		return nil
	}
	return t.cues[[2]rune{a, b}]
}

// thirds is a set of characters, a bit for each small letter and one for all others.
type thirds uint32

// thirdOf returns what may stand where a form goes on: its next character, or anything where it ends.
func thirdOf(rest string) thirds {
	if rest == "" {
		return ^thirds(0)
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return bitOf(r)
}

// bitOf returns the bit of a character.
func bitOf(r rune) thirds {
	if r < 'a' || r > 'z' {
		return 1
	}
	return 2 << (r - 'a')
}

// plainRune returns the first character of s as cues are compared, in lower case and with plain quotes, and its size in s.
func plainRune(s string) (r rune, size int) {
	if s == "" {
		return utf8.RuneError, 0
	}
	if c := s[0]; c < utf8.RuneSelf {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return rune(c), 1
	}
	switch r, size = utf8.DecodeRuneInString(s); r {
	case '’', '‘':
		r = '\''
	case '“', '”':
		r = '"'
	case '\u00a0':
		r = ' '
	default:
		r = unicode.ToLower(r)
	}
	return r, size
}

// plainPrefix returns how much of s a form in plain characters takes that s begins with, negative where it begins otherwise.
func plainPrefix(s, form string) int {
	n := 0
	for _, want := range form {
		r, size := plainRune(s[n:])
		if r != want || size == 0 {
			return -1
		}
		n += size
	}
	return n
}

// boundary reports whether a word of s ends at i.
func boundary(s string, i int) bool {
	if i >= len(s) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	last, _ := utf8.DecodeLastRuneInString(s[:i])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) || unicode.Is(unicode.Han, r) || !unicode.IsLetter(last)
}

// maxFurniture is the longest block, in bytes, that is judged as one; the sentences of a longer one are judged each.
const maxFurniture = 8000

// wayTo matches links to elsewhere: "Go to the library's website", "Return to the journal's home page".
var wayTo = pattern.New(`(?i)^(?:go|back|return|continue|skip) to (?:the |our )?[\p{L}\d’' -]{2,50}? (?:website|site|home ?page|web ?page|portal)$`)

// pageEntry matches lines with the date of a page alone, its place in a set of pages, and the entries of a catalogue that say
// nothing of the text itself.
var pageEntry = pattern.New(`(?i)^(?:(?:published|posted|updated|reviewed)(?: on)?:? ?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}, (?:19|20)\d\d$|^\d{1,3} of \d{1,3}$|^(?:scimago journal rank|h-index|language(?:\(s\))?|resource type|[ep]?-?issn|publication year) ?[-:–] ?\S|^[\w ]{3,30} >> \d+$`)

// printMark matches what a browser prints round a page, its date, name and address, and what a viewer says of the page shown.
var printMark = pattern.New(`(?i)^(?:https?://\S+ \d{1,3}/\d{1,3})?\s*(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d{2}(?: ?[ap]m)? [^\n]+)?$|^you are on page \d{1,3} ?of ?\d{1,3}$`)

// line says why a block is page furniture, or "" when it is not.
func (t *cueTable) line(s string) string {
	if !hasWord(s) {
		return furnitureReason(kindMark)
	}
	if len(s) > maxFurniture {
		return ""
	}
	if len(s) < 120 {
		if kind, ok := t.whole[lineKey(s)]; ok {
			return furnitureReason(kind)
		}
		if kind := t.kicker(s); kind != "" {
			return furnitureReason(kind)
		}
		if pageEntry.MatchString(strings.TrimSpace(s)) {
			return furnitureReason(kindMetadata)
		}
		if trail(s) || wayTo.MatchString(strings.TrimSpace(s)) {
			return furnitureReason(kindNavigation)
		}
	}
	if len(s) < 400 && printMark.MatchString(strings.TrimSpace(s)) {
		return furnitureReason(kindMetadata)
	}
	sum := t.weigh(s)
	if !sum.decides() {
		return ""
	}
	return furnitureReason(sum.kind)
}

// decides reports whether the cues make the text furniture: enough of them, dense enough, and hardly a word of
// evidence.
func (s tally) decides() bool {
	need := 4
	if s.words <= 12 {
		need = 3
	}
	return s.score >= need && s.score > 4*s.evidence && s.score*18 >= s.words
}

// label reports whether a heading is a label of the page rather than of the text.
func (t *cueTable) label(s string) bool {
	if _, ok := t.whole[lineKey(s)]; ok {
		return true
	}
	return t.weigh(s).decides()
}

// kicker returns the kind of a line that stands over a title and says what it is of: "Original Investigation | Psychiatry".
func (t *cueTable) kicker(s string) string {
	what, field, ok := strings.Cut(s, "|")
	if !ok || len(strings.Fields(field)) > 6 || strings.Contains(field, ".") {
		return ""
	}
	return t.whole[lineKey(what)]
}

// trail reports whether a line is a trail of links: "Home > Journals > Pain", "Print | Share | Cite".
func trail(s string) bool {
	for _, sep := range []string{">", "»", "›", "|", "·", "•"} {
		parts := strings.Split(s, sep)
		if len(parts) < 3 || len(parts) == 3 && sep == "|" {
			continue
		}
		links := 0
		for _, part := range parts {
			w := strings.Fields(part)
			if len(w) <= 4 && strings.IndexFunc(part, unicode.IsDigit) < 0 && strings.IndexByte(part, '=') < 0 {
				links++
			}
		}
		if links == len(parts) {
			return true
		}
	}
	return false
}

// otherArticle reports whether a block still belongs to a list of other articles: it is no known heading and no
// long text.
func (p *parser) otherArticle(s string) bool {
	if len(s) > 500 {
		return false
	}
	name, _ := unmark(s)
	_, known := p.known(strings.TrimRight(name, ":： "), true)
	return !known
}

// sentenceFurniture skips the sentences that are page furniture within other text: a copyright notice at the end of
// an abstract, a cookie banner glued before it. A sentence between two such ones, with any cue, goes with them.
func (p *parser) sentenceFurniture() {
	sums := make([]tally, len(p.units))
	for i := range p.units {
		u := &p.units[i]
		if role := p.parts[u.part].role; u.skip != "" || u.Len() > maxFurniture || role == Citation || role == References || role == Title || role == Authors {
			continue
		}
		sums[i] = p.furnish.weigh(p.text[u.Start:u.End])
		if s := sums[i]; s.score >= 4 && s.evidence == 0 && s.score*14 >= s.words {
			u.skip = furnitureReason(s.kind)
		}
	}
	for i := range p.units {
		s := sums[i]
		if p.units[i].skip != "" || s.score == 0 || s.evidence > 0 {
			continue
		}
		before := i > 0 && strings.HasPrefix(p.units[i-1].skip, ReasonFurniture) && p.units[i-1].block == p.units[i].block
		after := i+1 < len(p.units) && strings.HasPrefix(p.units[i+1].skip, ReasonFurniture) && p.units[i+1].block == p.units[i].block
		if before && (after || s.score >= 2) || after && s.score >= 2 {
			p.units[i].skip = furnitureReason(s.kind)
		}
	}
}
