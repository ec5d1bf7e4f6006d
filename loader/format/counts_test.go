package format_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/picograph/picograph/loader/format"
)

// counted are the marks by which the records of a format can be counted without reading them.
var counted = map[string]*regexp.Regexp{
	"pubmed":   regexp.MustCompile(`<Pubmed(?:Book)?Article[\s>]`),
	"esummary": regexp.MustCompile(`<Item Name="FullJournalName"|<FullJournalName>`),
	"jats":     regexp.MustCompile(`<article[\s>]`),
	"endnote":  regexp.MustCompile(`<record[\s>]`),
	"ris":      regexp.MustCompile(`(?m)^\x{FEFF}?\s?TY {1,3}-`),
	"wos":      regexp.MustCompile(`(?m)^PT [A-Z]`),
	"bibtex":   regexp.MustCompile(`(?im)^\s*@(?:article|book|inbook|incollection|inproceedings|misc|techreport|phdthesis|report|online)\s*[{(]`),
	"ctgov":    regexp.MustCompile(`"protocolSection"\s*:`),
}

// both are the marks of one MEDLINE record that has a number of PubMed and one of the PMC.
var both = regexp.MustCompile(`(?m)^PMC ?- *PMC`)

// expected returns how many records a file of a format has, counted by marks in its bytes; ok is false where the
// format has none to count by.
func expected(f string, data []byte) (n int, ok bool) {
	switch f {
	case "html", "text":
		return 1, true
	case "screening": // line ends outside quotes
		quoted := false
		for _, c := range strings.TrimSpace(string(data)) {
			switch {
			case c == '"':
				quoted = !quoted
			case c == '\n' && !quoted:
				n++
			}
		}
		return n, true
	case "medline":
		pmid, pmc := regexp.MustCompile(`(?m)^PMID- *\d`).FindAllIndex(data, -1), both.FindAllIndex(data, -1)
		return max(len(pmid), len(pmc)), true
	}
	mark := counted[f]
	if mark == nil {
		return 0, false
	}
	return len(mark.FindAllIndex(data, -1)), true
}

// refused are the files among those of other programs that hold nothing to load: the reason is told.
var refused = map[string]error{
	"esummary3.xml": format.ErrUnknown, "esummary4.xml": format.ErrUnknown, "esummary5.xml": format.ErrUnknown, "esummary6.xml": format.ErrUnknown,
	"esummary9.xml": format.ErrUnknown, "esummary8.xml": format.ErrEmpty, "pmc3040717-supplementary-tables-pow.html": format.ErrEmpty,
}

// TestCounts reads every file of other programs that is there: each has as many records as an independent count finds, and
// none is read with an error but those that hold nothing.
func TestCounts(t *testing.T) {
	var files []string
	for _, pattern := range []string{"bibliographic/*/*", "trials/docs/*", "clinicaltrials-v2/*.json"} {
		found, _ := filepath.Glob("../../../shared/data/" + pattern)
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("there are no files of other programs here")
	}
	total := make(map[string]int)
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		file := format.File{Name: path, Data: data}
		f, err := format.Detect(file)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		n := 0
		err = f.Read(file, func(format.Record) error {
			n++
			return nil
		})
		if why := refused[name]; !errors.Is(err, why) || why != nil && n > 0 {
			t.Errorf("%s: error %v, want %v", name, err, why)
		}
		want, ok := expected(f.Name, data)
		switch {
		case refused[name] != nil:
			want = 0
		case !ok:
			t.Errorf("%s: no way to count records of %s", name, f.Name)
		}
		if n != want {
			t.Errorf("%s (%s): %d records, and counted %d", name, f.Name, n, want)
		}
		total[f.Name] += n
	}
	t.Log("records:", total)
}

// TestCountsOfSets reads sets of records in JSON: as many as they have lines.
func TestCountsOfSets(t *testing.T) {
	const path = "../../../shared/data/evidence-inference/train.jsonl"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skip("there is no set of records here")
	}
	file := format.File{Name: path, Data: data}
	f, err := format.Detect(file)
	if err != nil || f.Name != "json" {
		t.Fatal(f.Name, err)
	}
	n, texts := 0, 0
	err = f.Read(file, func(r format.Record) error {
		n++
		if r.Known.Report.PMCID != "" && len(r.Text) > len(r.Known.Report.Title)+100 {
			texts++
		}
		return nil
	})
	if want := strings.Count(strings.TrimSpace(string(data)), "\n") + 1; err != nil || n != want || texts < n*95/100 {
		t.Errorf("%d records of %d lines, %d of them with an abstract: %v", n, want, texts, err)
	}
}
