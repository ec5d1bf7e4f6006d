package format_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/picograph/picograph/loader/format"
)

// TestHostile reads files that are made to take long or to go deep: each ends soon, what is whole in it is read, and the
// rest is an error that says what is wrong.
func TestHostile(t *testing.T) {
	tests := []struct {
		name, data string
		records    int
		message    string
	}{
		{"lines cut within a text", `{"title": "a", "abstract": "whole", "pmid": 1}` + "\n" + strings.Repeat(`{"title": "x", "abstract": "cut`+"\n", 20_000), 1, "the first of 20000 places"},
		{"objects without an end", `[{"title": "a", "abstract": "whole", "pmid": 1},` + strings.Repeat(`{"title":"b","abstract":{`, 20_000), 1, "deep"},
		{"elements without an end", "<html><body>" + strings.Repeat("<div>", 100_000) + "x</div>", 0, "512"},
		{"text where no text may be", "<html><body><h2>Abstract</h2><table>" + strings.Repeat("x<p>y. ", 20_000) + "</p></table>", 1, ""},
		{"records within records", "<xml><records>" + strings.Repeat("<record><titles>", 2000), 0, "was not closed"},
		{"a table cut within a cell", "Title,Abstract,DOI\nTea,Tea is warm.,10.9999/a\nMilk,\"Milk is wh", 2, "before its closing quotation mark"},
		{"Web of Science cut within a record", "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Doe, J\nTI Tea\nUT WOS:1\nER\n\nPT J\nAU Roe, J\nTI Mil", 2, "before its ER"},
		{"entities of its own", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml><records><record><ref-type>1</ref-type><titles><title>T &b; &c;</title></titles></record></records></xml>`, 1, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := format.File{Name: "a", Data: []byte(tt.data)}
			f, err := format.Detect(file)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			err = f.Read(file, func(r format.Record) error {
				n++
				if strings.Contains(r.Text, "aaaa") {
					t.Errorf("an entity was expanded: %q", r.Text)
				}
				return nil
			})
			var e *format.Error
			if n != tt.records || tt.message == "" != (err == nil) || err != nil && (!errors.As(err, &e) || !strings.Contains(e.Error(), tt.message)) {
				t.Errorf("%d records and %v", n, err)
			}
		})
	}
}
