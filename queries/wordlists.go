package queries

import (
	_ "embed"
	"strings"
)

// wordsTable has the words of questions that are no words of the vocabulary; its first lines say which lists there are.
//
//go:embed words.tsv
var wordsTable string

// wordRow is one row of a list: the forms of a word, and what they are read as.
type wordRow struct {
	value string
	forms []string
}

// wordLists are the rows of the table by their list, in their order.
var wordLists = func() map[string][]wordRow {
	out := map[string][]wordRow{}
	for line := range strings.Lines(wordsTable) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) == 3 && cells[0] != "list" {
			out[cells[0]] = append(out[cells[0]], wordRow{cells[1], strings.Split(cells[2], "|")})
		}
	}
	return out
}()

// readAsOf are the values of each list by their forms.
var readAsOf = func() map[string]map[string]string {
	out := map[string]map[string]string{}
	for list, rows := range wordLists {
		out[list] = map[string]string{}
		for _, row := range rows {
			for _, f := range row.forms {
				out[list][f] = row.value
			}
		}
	}
	return out
}()

// formsOf returns what the forms of a list are read as.
func formsOf(list string) map[string]string { return readAsOf[list] }

// everydayPhrases are words in which people ask for what documents, and so the vocabulary, call otherwise.
func everydayPhrases() (out []phrase) {
	for _, row := range wordLists["everyday"] {
		out = append(out, phrase{useNamed, row.value, strings.Join(row.forms, ", ")})
	}
	return out
}
