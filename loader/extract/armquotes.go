package extract

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// The name of an arm may stand in quotation marks: "'early removal' with 'removal on request'". Whatever words it has, it is one
// name.

// closingQuotes are the marks that close what each mark opens.
var closingQuotes = map[string]string{"“": "”", "‘": "’", "\"": "\"", "'": "'"}

// wholeNames joins the words of names of two to eight words in quotation marks to one word each, without the marks.
func (r *reading) wholeNames(ws []word) []word {
	if !slices.ContainsFunc(ws, func(w word) bool { return closingQuotes[w.lower] != "" }) {
		return ws
	}
	var out []word
	for i := 0; i < len(ws); i++ {
		k := r.quotedTo(ws, i)
		if k == 0 {
			out = append(out, ws[i])
			continue
		}
		s := document.Span{Start: ws[i+1].Start, End: ws[k-1].End}
		out = append(out, word{s, strings.ToLower(r.doc.At(s)), ws[i].depth})
		i = k
	}
	return out
}

// quotedTo returns the place of the mark that closes the name that the mark at a place opens, or 0.
func (r *reading) quotedTo(ws []word, i int) int {
	shut := closingQuotes[ws[i].lower]
	if shut == "" || i+3 >= len(ws) || ws[i+1].Start != ws[i].End || i > 0 && ws[i-1].End == ws[i].Start {
		return 0
	}
	for k := i + 1; k < len(ws) && k < i+10; k++ {
		switch l := ws[k].lower; {
		case l == shut && ws[k-1].End == ws[k].Start && (k+1 == len(ws) || ws[k+1].Start > ws[k].End || !letterStart(ws[k+1].lower)):
			if k-i < 3 || groupLabel(ws[i+1:k]) {
				return 0
			}
			return k
		case l == "." || l == ";" || l == ":" || closingQuotes[l] != "":
			return 0
		}
	}
	return 0
}

func letterStart(s string) bool { return s != "" && s[0] >= 'a' && s[0] <= 'z' }
