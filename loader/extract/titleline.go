package extract

import (
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// designedTitle is a word of what kind of study a title tells of.
var designedTitle = rules.New(`(?i)\b(?:trials?|study|review|meta[- ]?analysis|cohort|protocol|survey|randomi[sz]ed|analysis)\b`)

// longTitle is the number of words from which a line is more than a menu's entry or the name of a site.
const longTitle = 7

// oneTitle leaves one title among the lines of the head that could be it: pages print the names of sites, menus and dates above
// and below theirs. A subtitle stays with the title that it stands beside.
func oneTitle(d *document.Document, lines []line) {
	var could []int
	for i, l := range lines {
		if l.kind == titleLine && l.head {
			could = append(could, i)
		}
	}
	if len(could) < 2 {
		return
	}
	best, most := -1, 0
	for _, i := range could {
		text := d.At(lines[i].Span)
		n := len(strings.Fields(text))
		if strings.HasPrefix(text, "•") {
			n = 1
		}
		if n >= longTitle || n > 2 && designedTitle.MatchString(text) {
			best = i
			break
		}
		if n > most {
			best, most = i, n
		}
	}
	for _, i := range could {
		if i != best && !beside(d, lines, best, i) {
			lines[i].kind = otherLine
		}
	}
}

// beside reports whether line i is the title's other half: its subtitle on the next line, or the title proper of a subtitle.
func beside(d *document.Document, lines []line, title, i int) bool {
	switch i {
	case title + 1:
		between := d.Text[lines[title].End:lines[i].Start]
		return strings.Count(between, "\n") == 1 || designedTitle.MatchString(d.At(lines[i].Span))
	case title - 1:
		text, between := d.At(lines[title].Span), d.Text[lines[i].End:lines[title].Start]
		first, _, _ := strings.Cut(text, " ")
		near := strings.Count(between, "\n") == 1 || strings.TrimSpace(between) == "" && len(strings.Fields(d.At(lines[i].Span))) > 3
		return near && (first == "A" || first == "An" || first == "The") || strings.HasSuffix(d.At(lines[i].Span), ":")
	}
	return false
}
