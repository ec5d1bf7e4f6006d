package format_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/picograph/picograph/loader/format"
)

// made is a record of a made-up trial. Identifiers, title, arms and numbers differ from one to the next.
type made struct {
	n                    int
	title, first, second string
	abstract             [][2]string // labels and texts
}

var (
	madeThings = strings.Fields("tea coffee walking humming oats ginger stretching letters calls apples pears pillows gloves stairs sage naps")
	madeNeeds  = strings.Fields("insomnia cough headache fatigue hiccups nausea stiffness worry boredom hunger thirst itch")
)

func makeRecord(n int) made {
	pick := func(list []string, by int) string { return list[(n/by)%len(list)] }
	a, b, need := pick(madeThings, 1), pick(madeThings, 7), pick(madeNeeds, 3)
	r := made{n: n, first: a, second: b}
	r.title = fmt.Sprintf("Daily %s or evening %s for adults with %s: a randomised trial in ward %d", a, b, need, n)
	size := 40 + n%160
	r.abstract = [][2]string{
		{"BACKGROUND", fmt.Sprintf("People with %s ask for %s & %s, and little is known of either in ward %d. Earlier work was small and was not blinded.", need, a, b, n)},
		{"METHODS", fmt.Sprintf("We randomised %d adults with %s to daily %s (n = %d) or evening %s (n = %d) for %d weeks. The primary outcome was a score of %s from 0 to 10.", 2*size, need, a, size, b, size, 4+n%20, need)},
		{"RESULTS", fmt.Sprintf("At %d weeks the score was %d.%d (SD 1.%d) with %s and %d.%d (SD 1.%d) with %s (mean difference -0.%d, 95%% CI -1.%d to 0.%d, P < 0.0%d). %d (%d%%) and %d (%d%%) dropped out.", 4+n%20, 2+n%5, n%10, n%9, a, 3+n%5, n%9, n%7, b, 1+n%9, n%9, n%8, 1+n%8, n%30, n%60, n%20, n%50)},
		{"CONCLUSIONS", fmt.Sprintf("Daily %s did not do worse than evening %s in people with %s.", a, b, need)},
	}
	return r
}

// flat is the abstract as one line.
func (r made) flat(between string) string {
	var parts []string
	for _, p := range r.abstract {
		parts = append(parts, p[0]+": "+p[1])
	}
	return strings.Join(parts, between)
}

var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// folded breaks a text into lines as MEDLINE has them.
func folded(s string) string {
	var b strings.Builder
	width := 0
	for _, w := range strings.Fields(s) {
		if width+len(w) > 80 {
			b.WriteString("\n      ")
			width = 0
		} else if width > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		width += len(w) + 1
	}
	return b.String()
}

// writers write a record in a format, with what stands before the first and after the last.
var writers = map[string]struct {
	file, before, after string
	write               func(b *bytes.Buffer, r made)
}{
	"pubmed": {"set.xml", "<?xml version=\"1.0\"?>\n<PubmedArticleSet>\n", "</PubmedArticleSet>\n", func(b *bytes.Buffer, r made) {
		fmt.Fprintf(b, `<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">%d</PMID><Article PubModel="Print"><Journal><ISSN IssnType="Print">0000-0000</ISSN><JournalIssue CitedMedium="Print"><Volume>%d</Volume><Issue>%d</Issue><PubDate><Year>2019</Year></PubDate></JournalIssue><Title>Journal of Wards</Title><ISOAbbreviation>J Ward</ISOAbbreviation></Journal><ArticleTitle>%s.</ArticleTitle><Pagination><MedlinePgn>%d-%d</MedlinePgn></Pagination><Abstract>`,
			10_000_000+r.n, r.n%50, r.n%12, markup.Replace(r.title), r.n%900, r.n%900+8)
		for _, p := range r.abstract {
			fmt.Fprintf(b, `<AbstractText Label="%s" NlmCategory="%s">%s</AbstractText>`, p[0], p[0], markup.Replace(p[1]))
		}
		fmt.Fprintf(b, `</Abstract><AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Doe</LastName><ForeName>Ann</ForeName><Initials>A</Initials></Author><Author ValidYN="Y"><LastName>Roe</LastName><ForeName>Bob</ForeName><Initials>B</Initials></Author></AuthorList><Language>eng</Language><PublicationTypeList><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType></PublicationTypeList></Article><MedlineJournalInfo><MedlineTA>J Ward</MedlineTA><NlmUniqueID>1</NlmUniqueID></MedlineJournalInfo></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">%d</ArticleId><ArticleId IdType="doi">10.9999/ward.%d</ArticleId></ArticleIdList></PubmedData></PubmedArticle>`+"\n", 10_000_000+r.n, r.n)
	}},
	"medline": {"set.nbib", "\n", "", func(b *bytes.Buffer, r made) {
		fmt.Fprintf(b, "PMID- %d\nOWN - NLM\nSTAT- MEDLINE\nVI  - %d\nIP  - %d\nDP  - 2019\nTI  - %s.\nPG  - %d-%d\nLID - 10.9999/ward.%d [doi]\nAB  - %s\nFAU - Doe, Ann\nAU  - Doe A\nFAU - Roe, Bob\nAU  - Roe B\nLA  - eng\nPT  - Randomized Controlled Trial\nTA  - J Ward\nJT  - Journal of Wards\nSO  - J Ward. 2019;%d(%d):%d-%d.\n\n",
			10_000_000+r.n, r.n%50, r.n%12, folded(r.title), r.n%900, r.n%900+8, r.n, folded(r.flat(" ")), r.n%50, r.n%12, r.n%900, r.n%900+8)
	}},
	"ris": {"set.ris", "", "", func(b *bytes.Buffer, r made) {
		fmt.Fprintf(b, "TY  - JOUR\nTI  - %s\nAU  - Doe, Ann\nAU  - Roe, Bob\nT2  - Journal of Wards\nPY  - 2019\nVL  - %d\nIS  - %d\nSP  - %d\nEP  - %d\nDO  - 10.9999/ward.%d\nAB  - %s\nKW  - ward\nER  - \n\n", r.title, r.n%50, r.n%12, r.n%900, r.n%900+8, r.n, r.flat(" "))
	}},
	"bibtex": {"set.bib", "", "", func(b *bytes.Buffer, r made) {
		tex := strings.NewReplacer("%", `\%`, "&", `\&`)
		fmt.Fprintf(b, "@article{ward%d,\n  title = {%s},\n  author = {Doe, Ann and Roe, Bob},\n  journal = {Journal of Wards},\n  year = {2019},\n  volume = {%d},\n  number = {%d},\n  pages = {%d--%d},\n  doi = {10.9999/ward.%d},\n  abstract = {%s}\n}\n\n", r.n, r.title, r.n%50, r.n%12, r.n%900, r.n%900+8, r.n, tex.Replace(r.flat(" ")))
	}},
	"wos": {"set.wos", "FN Clarivate Analytics Web of Science\nVR 1.0\n", "EF\n", func(b *bytes.Buffer, r made) {
		wrap := func(s string) string { return strings.ReplaceAll(folded(s), "\n      ", "\n   ") }
		fmt.Fprintf(b, "PT J\nAU Doe, A\n   Roe, B\nTI %s\nSO JOURNAL OF WARDS\nLA English\nDT Article\nAB %s\nPY 2019\nVL %d\nIS %d\nBP %d\nEP %d\nDI 10.9999/ward.%d\nUT WOS:%015d\nER\n\n", wrap(r.title), wrap(r.flat(" ")), r.n%50, r.n%12, r.n%900, r.n%900+8, r.n, r.n)
	}},
	"screening": {"set.csv", "Title,Authors,Abstract,Year,Journal,DOI\n", "", func(b *bytes.Buffer, r made) {
		fmt.Fprintf(b, "%q,\"Doe, Ann; Roe, Bob\",%q,2019,Journal of Wards,10.9999/ward.%d\n", r.title, r.flat(" "), r.n)
	}},
	"json": {"set.jsonl", "", "", func(b *bytes.Buffer, r made) {
		line, _ := json.Marshal(map[string]any{"doi": fmt.Sprintf("10.9999/ward.%d", r.n), "title": r.title, "abstract": r.flat("\n"), "year": 2019, "journal": "Journal of Wards", "authors": []string{"Doe A", "Roe B"}})
		b.Write(append(line, '\n'))
	}},
	"csl": {"set.json", "[", "{}]", func(b *bytes.Buffer, r made) {
		line, _ := json.Marshal(map[string]any{
			"id": fmt.Sprint("ward", r.n), "type": "article-journal", "DOI": fmt.Sprintf("10.9999/ward.%d", r.n), "title": r.title, "abstract": r.flat("\n"),
			"container-title": "Journal of Wards", "issued": map[string]any{"date-parts": [][]int{{2019}}}, "author": []map[string]string{{"family": "Doe", "given": "Ann"}, {"family": "Roe", "given": "Bob"}},
		})
		b.Write(append(line, ',', '\n'))
	}},
	"endnote": {"endnote.xml", "<xml><records>", "</records></xml>", func(b *bytes.Buffer, r made) {
		style := func(s string) string {
			return `<style face="normal" font="default" size="100%">` + markup.Replace(s) + `</style>`
		}
		fmt.Fprintf(b, "<record><rec-number>%d</rec-number><ref-type name=\"Journal Article\">17</ref-type><contributors><authors><author>%s</author><author>%s</author></authors></contributors><titles><title>%s</title><secondary-title>%s</secondary-title></titles><dates><year>%s</year></dates><abstract>%s</abstract><electronic-resource-num>%s</electronic-resource-num></record>",
			r.n, style("Doe, Ann"), style("Roe, Bob"), style(r.title), style("Journal of Wards"), style("2019"), style(r.flat("\n")), style(fmt.Sprint("10.9999/ward.", r.n)))
	}},
	"jats": {"articles.xml", "<articles>", "</articles>", func(b *bytes.Buffer, r made) {
		fmt.Fprintf(b, `<article article-type="research-article"><front><journal-meta><journal-title-group><journal-title>Journal of Wards</journal-title></journal-title-group></journal-meta><article-meta><article-id pub-id-type="doi">10.9999/ward.%d</article-id><title-group><article-title>%s</article-title></title-group><contrib-group><contrib contrib-type="author"><name><surname>Doe</surname><given-names>Ann</given-names></name></contrib></contrib-group><pub-date pub-type="ppub"><year>2019</year></pub-date><abstract>`, r.n, markup.Replace(r.title))
		for _, p := range r.abstract {
			fmt.Fprintf(b, "<sec><title>%s</title><p>%s</p></sec>", p[0], markup.Replace(p[1]))
		}
		b.WriteString("</abstract></article-meta></front><body>")
		for _, p := range r.abstract {
			fmt.Fprintf(b, "<sec><title>%s</title><p>%s</p><p>%s</p></sec>", p[0], markup.Replace(p[1]), markup.Replace(p[1]))
		}
		b.WriteString("</body></article>\n")
	}},
}

// generate returns a file of n records in a format.
func generate(name string, n int) []byte {
	w := writers[name]
	var b bytes.Buffer
	b.WriteString(w.before)
	for i := range n {
		w.write(&b, makeRecord(i+1))
	}
	b.WriteString(w.after)
	return b.Bytes()
}

// TestGenerated checks that the files that the benchmarks read are read in full.
func TestGenerated(t *testing.T) {
	for name, w := range writers {
		data := generate(name, 50)
		file := format.File{Name: w.file, Data: data}
		f, err := format.Detect(file)
		if err != nil || f.Name != name {
			t.Errorf("%s is taken for %q: %v", name, f.Name, err)
			continue
		}
		n := 0
		_ = f.Read(file, func(r format.Record) error {
			if n++; r.Known.Report.Title != makeRecord(n).title || !strings.Contains(r.Text, "CONCLUSIONS: Daily") || !strings.Contains(r.Text, "P < 0.0") {
				t.Errorf("%s, record %d: %q", name, n, r.Text)
			}
			return nil
		})
		if n != 50 {
			t.Errorf("%s: %d records of 50", name, n)
		}
	}
}
