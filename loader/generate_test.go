package loader

import (
	"fmt"
	"io"
	"strings"
)

// invented is a record of a trial that nobody did. Identifiers, titles, arms and numbers differ from record to record, so that no two
// are of one report or study.
type invented struct {
	pmid, doi, nct, title, author, journal string
	year                                   int
	parts                                  [][2]string // label and text of the abstract
}

var (
	inventedCare = []string{"walking", "stretching", "yoga", "acupuncture", "duloxetine", "pregabalin", "mindfulness training", "cognitive behavioral therapy", "massage", "tai chi", "naproxen"}
	inventedIlls = []string{"chronic low back pain", "knee osteoarthritis", "fibromyalgia", "neck pain", "migraine", "diabetic neuropathy", "rheumatoid arthritis"}
	inventedName = []string{"Abel", "Brun", "Cole", "Dahl", "Eder", "Ferri", "Gunn", "Holm", "Iwata", "Jansen", "Kovac", "Lund", "Mora"}
)

// invent returns record number i.
func invent(i int) invented {
	pick := func(list []string, n int) string { return list[n%len(list)] }
	a, b := pick(inventedCare, i), pick(inventedCare, i+1+i/11%9)
	ill := pick(inventedIlls, i/3)
	n, m := 40+i%160, 41+i*7%150
	mean, sd, p := float64(10+i%60)/10, float64(10+i*3%25)/10, float64(1+i*13%400)/1000
	return invented{
		pmid: fmt.Sprint(50_000_000 + i), doi: fmt.Sprintf("10.99999/inv.%d", i), nct: fmt.Sprintf("NCT9%07d", i),
		title:  fmt.Sprintf("%s or %s for %s in clinic %d: a randomized trial", strings.ToUpper(a[:1])+a[1:], b, ill, i),
		author: fmt.Sprintf("%s, %c%c", pick(inventedName, i*5), 'A'+rune(i%26), 'A'+rune(i/26%26)), journal: "Journal of Invented Trials", year: 1990 + i%35,
		parts: [][2]string{
			{"BACKGROUND", fmt.Sprintf("It is not known whether %s or %s helps people with %s seen in clinic %d.", a, b, ill, i)},
			{"METHODS", fmt.Sprintf("We randomized %d adults with %s to %s (n = %d) or %s (n = %d). The primary outcome was pain intensity at %d weeks.", n+m, ill, a, n, b, m, 4+i%48)},
			{"RESULTS", fmt.Sprintf("Pain intensity fell by %.1f (SD %.1f) points with %s and %.1f (SD %.1f) points with %s (mean difference -%.1f, 95%% CI -%.1f to -%.1f; P = %.3f). Of %d & %d people, %d and %d had adverse events.",
				mean+1, sd, a, mean, sd+0.1, b, 1.0, 1.6, 0.4, p, n, m, n/9, m/8)},
			{"CONCLUSIONS", fmt.Sprintf("%s reduced pain more than %s did in clinic %d.", strings.ToUpper(a[:1])+a[1:], b, i)},
		},
	}
}

// abstract returns the abstract with its labels, as one line.
func (r invented) abstract() string {
	var out []string
	for _, p := range r.parts {
		out = append(out, p[0]+": "+p[1])
	}
	return strings.Join(out, " ")
}

var inXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// inventions are the forms in which records are written: what stands before them, between them and after them.
var inventions = map[string]struct {
	before, between, after string
	record                 func(r invented) string
}{
	"pubmed": {"<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet>\n<PubmedArticleSet>\n", "", "</PubmedArticleSet>\n", func(r invented) string {
		var b strings.Builder
		family, given, _ := strings.Cut(r.author, ", ")
		fmt.Fprintf(&b, "<PubmedArticle><MedlineCitation><PMID>%s</PMID><Article><Journal><JournalIssue><PubDate><Year>%d</Year></PubDate></JournalIssue><Title>%s</Title></Journal><ArticleTitle>%s.</ArticleTitle><ELocationID EIdType=\"doi\">%s</ELocationID>\n<Abstract>",
			r.pmid, r.year, r.journal, inXML.Replace(r.title), r.doi)
		for _, p := range r.parts {
			fmt.Fprintf(&b, "<AbstractText Label=\"%s\">%s</AbstractText>\n", p[0], inXML.Replace(p[1]))
		}
		fmt.Fprintf(&b, "</Abstract><AuthorList><Author><LastName>%s</LastName><ForeName>%s</ForeName></Author></AuthorList></Article></MedlineCitation></PubmedArticle>\n", family, given)
		return b.String()
	}},
	"medline": {"", "\n", "", func(r invented) string {
		return fmt.Sprintf("PMID- %s\nDP  - %d\nTI  - %s.\nAB  - %s\nFAU - %s\nJT  - %s\nAID - %s [doi]\nPT  - Randomized Controlled Trial\n", r.pmid, r.year, r.title, folded(r.abstract(), "      "), r.author, r.journal, r.doi)
	}},
	"ris": {"", "\n", "", func(r invented) string {
		return fmt.Sprintf("TY  - JOUR\nAU  - %s\nPY  - %d\nTI  - %s\nJO  - %s\nDO  - %s\nAB  - %s\nER  - \n", r.author, r.year, r.title, r.journal, r.doi, r.abstract())
	}},
	"wos": {"FN Clarivate Analytics Web of Science\nVR 1.0\n", "\n", "EF\n", func(r invented) string {
		return fmt.Sprintf("PT J\nAU %s\nTI %s\nSO %s\nAB %s\nPY %d\nDI %s\nER\n", r.author, r.title, r.journal, folded(r.abstract(), "   "), r.year, r.doi)
	}},
	"bibtex": {"", "\n", "", func(r invented) string {
		return fmt.Sprintf("@article{inv%s,\n  author = {%s},\n  year = {%d},\n  title = {{%s}},\n  journal = {%s},\n  doi = {%s},\n  abstract = {%s}\n}\n", r.pmid, r.author, r.year, r.title, r.journal, r.doi, strings.NewReplacer("%", `\%`, "&", `\&`).Replace(r.abstract()))
	}},
	"screening": {"title,authors,year,journal,doi,pmid,abstract\n", "", "", func(r invented) string {
		return fmt.Sprintf("\"%s\",\"%s\",%d,%s,%s,%s,\"%s\"\n", r.title, r.author, r.year, r.journal, r.doi, r.pmid, r.abstract())
	}},
	"json": {"", "", "", func(r invented) string {
		return fmt.Sprintf("{\"pmid\": %q, \"title\": %q, \"abstract\": %q, \"year\": %d}\n", r.pmid, r.title, r.abstract(), r.year)
	}},
	"endnote": {"<?xml version=\"1.0\"?><xml><records>\n", "", "</records></xml>\n", func(r invented) string {
		return fmt.Sprintf("<record><ref-type name=\"Journal Article\">17</ref-type><contributors><authors><author>%s</author></authors></contributors><titles><title>%s</title><secondary-title>%s</secondary-title></titles><dates><year>%d</year></dates><electronic-resource-num>%s</electronic-resource-num><abstract>%s</abstract></record>\n",
			r.author, r.title, r.journal, r.year, r.doi, inXML.Replace(r.abstract()))
	}},
	"jats": {"<?xml version=\"1.0\"?><pmc-articleset>\n", "", "</pmc-articleset>\n", func(r invented) string {
		var b strings.Builder
		fmt.Fprintf(&b, "<article article-type=\"research-article\"><front><journal-meta><journal-title>%s</journal-title></journal-meta><article-meta><article-id pub-id-type=\"pmid\">%s</article-id><title-group><article-title>%s</article-title></title-group><pub-date><year>%d</year></pub-date><abstract>", r.journal, r.pmid, r.title, r.year)
		for _, p := range r.parts {
			fmt.Fprintf(&b, "<sec><title>%s</title><p>%s</p></sec>\n", p[0], inXML.Replace(p[1]))
		}
		b.WriteString("</abstract></article-meta></front></article>\n")
		return b.String()
	}},
	"ctgov": {"", "", "", func(r invented) string {
		return fmt.Sprintf("{\"protocolSection\":{\"identificationModule\":{\"nctId\":%q,\"briefTitle\":%q},\"statusModule\":{\"overallStatus\":\"COMPLETED\"},\"descriptionModule\":{\"briefSummary\":%q},\"designModule\":{\"studyType\":\"INTERVENTIONAL\",\"designInfo\":{\"allocation\":\"RANDOMIZED\"},\"enrollmentInfo\":{\"count\":%d}}}}\n", r.nct, r.title, r.abstract(), 80+r.year)
	}},
}

// folded returns a text in lines of some 75 bytes, as MEDLINE folds it.
func folded(s, indent string) string {
	var b strings.Builder
	at := 0
	for _, w := range strings.Fields(s) {
		switch {
		case b.Len() == 0:
		case at+len(w) > 74:
			b.WriteString("\n" + indent)
			at = 0
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(w)
		at += len(w)
	}
	return b.String()
}

// invention writes n records in a format, from the one of number first.
func invention(w io.Writer, format string, first, n int) error {
	f := inventions[format]
	if _, err := io.WriteString(w, f.before); err != nil {
		return err
	}
	for i := range n {
		s := f.record(invent(first + i))
		if i > 0 {
			s = f.between + s
		}
		if _, err := io.WriteString(w, s); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, f.after)
	return err
}

// endless reads n records of a format without ever holding more than one of them.
func endless(format string, n int) io.Reader {
	r, w := io.Pipe()
	go func() { _ = w.CloseWithError(invention(w, format, 0, n)) }()
	return r
}
