package extract

import (
	"slices"
	"strings"
)

// The items of a list may carry its own numbering: "1) A, 2) B", "i) A; ii) B".

// enumerated returns the places where a list's own numbering starts its items: "1) A, 2) B", "i) A; ii) B". The brackets themselves
// are left out of ws, so the mark shows in the text before a word.
func enumerated(ws []word, text string) []int {
	var out []int
	want := ""
	for i, w := range ws {
		mark := markBefore(text, w.Start)
		if mark == "" || want == "" && mark != "1" && mark != "a" && mark != "i" || want != "" && mark != want {
			continue
		}
		out, want = append(out, i), markBehind[mark]
	}
	return out
}

// partsAnnounced reports whether words announce what something consists of: "the intervention, including", "comprising".
func partsAnnounced(ws []word) bool {
	return slices.ContainsFunc(ws[max(0, len(ws)-5):], func(w word) bool {
		return w.lower == "including" || w.lower == "included" || w.lower == "comprising" || w.lower == "consisting" || strings.HasPrefix(w.lower, "component") || w.lower == "elements"
	})
}

// withoutMarks leaves out the marks of an enumeration that a single bracket closes: "or ii)".
func withoutMarks(ws []word, text string) []word {
	return slices.DeleteFunc(slices.Clone(ws), func(w word) bool {
		_, ok := markBehind[w.lower]
		return ok && w.End < len(text) && text[w.End] == ')'
	})
}

// markBehind is the mark that follows each mark of an enumeration.
var markBehind = map[string]string{
	"1": "2", "2": "3", "3": "4", "4": "5", "5": "6", "6": "7", "7": "8", "8": "9",
	"a": "b", "b": "c", "c": "d", "d": "e", "e": "f", "f": "g", "g": "h",
	"i": "ii", "ii": "iii", "iii": "iv", "iv": "v", "v": "vi",
}

// markBefore returns the number or small letters of an enumeration that stand before a place: "(1) ", "a) ", "ii) "; "" for none.
func markBefore(text string, at int) string {
	end := len(strings.TrimRight(text[:at], " ")) - 1
	if end < 2 || text[end] != ')' {
		return ""
	}
	start := end
	for start > 0 && end-start < 4 && wordByte(text[start-1]) {
		start--
	}
	if start == 0 || text[start-1] != '(' && text[start-1] != ' ' && text[start-1] != '\n' {
		return ""
	}
	mark := strings.ToLower(text[start:end])
	if _, ok := markBehind[mark]; ok || mark == "9" || mark == "h" || mark == "vi" {
		return mark
	}
	return ""
}
