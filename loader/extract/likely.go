package extract

import (
	"slices"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader/document"
)

// lightVerbs say nothing of what people are likely to have: "to receive care", "to be abstinent".
var lightVerbs = setOf("be", "have", "receive", "get", "achieve", "report", "experience", "meet", "show", "obtain", "attain", "develop", "the", "a", "an", "being", "had", "still")

// likelyTo returns as outcome what a clause says that one side was more or less likely to do: "were more likely than controls
// to receive counselling".
func (f *finder) likelyTo(c *clause) (evidence.OutcomeRef, bool) {
	ws := c.plain()
	at := slices.IndexFunc(ws, func(w word) bool { return w.depth == 0 && w.lower == "likely" })
	if at < 1 || !comparative(ws[at-1].lower) && ws[at-1].lower != "equally" && ws[at-1].lower != "as" {
		return evidence.OutcomeRef{}, false
	}
	to := at + 1
	for to < len(ws) && to < at+9 && ws[to].lower != "to" {
		to++
	}
	if to+1 >= len(ws) || ws[to].lower != "to" {
		return evidence.OutcomeRef{}, false
	}
	from := to + 1
	for from < len(ws) && lightVerbs[ws[from].lower] {
		from++
	}
	end := from
	for end < len(ws) && end < from+7 && !(end > from && (phraseStops[ws[end].lower] && ws[end].lower != "of" && ws[end].lower != "in" || againstWords[ws[end].lower] || sideBreak(ws, end) > 0)) &&
		ws[end].lower != "," && ws[end].lower != "." && ws[end].lower != ";" && ws[end].lower != "than" && ws[end].depth == 0 {
		end++
	}
	if end == from {
		return evidence.OutcomeRef{}, false
	}
	return f.resolve(document.Span{Start: ws[from].Start, End: ws[end-1].End}), true
}

// noLonger returns as outcome that something had ended: "45% were no longer misusing opioids" is no rate of misuse.
func (f *finder) noLonger(c *clause) (evidence.OutcomeRef, bool) {
	ws := c.plain()
	for i := 0; i+2 < len(ws); i++ {
		if ws[i].depth > 0 || ws[i].lower != "no" || ws[i+1].lower != "longer" {
			continue
		}
		end := i + 2
		for end < len(ws) && end < i+7 && !(end > i+2 && (phraseStops[ws[end].lower] && ws[end].lower != "for" || ws[end].lower == "after")) && ws[end].depth == 0 && ws[end].lower != "," && ws[end].lower != "." {
			end++
		}
		return evidence.OutcomeRef{Text: f.r.doc.At(document.Span{Start: ws[i].Start, End: ws[end-1].End})}, true
	}
	return evidence.OutcomeRef{}, false
}
