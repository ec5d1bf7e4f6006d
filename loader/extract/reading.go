// Package extract turns an annotated document into what it is evidence of: the report it prints, the studies it tells
// of with their designs, arms, populations and outcomes, and their findings. It works by general rules over what
// loader/annotate marked and what the vocabulary knows; it knows nothing of files, graphs or questions.
package extract

import (
	"sort"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/annotate"
	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/loader/mention"
	"github.com/picograph/picograph/loader/pattern"
)

// reading is a document with everything marked in it. The slices sentences, hits, roles and paragraphs run parallel to
// doc.Sentences.
type reading struct {
	doc        *document.Document
	vocab      *vocab.Vocabulary
	sentences  []annotate.Sentence
	hits       []pattern.Hits // which rules can match in each sentence
	anywhere   pattern.Hits   // which can in the document
	held       map[int]bool   // where conjunctions stand inside names
	split      [][]word       // the words of each sentence that was asked for
	lower      []string       // each sentence that was asked for in small letters
	roles      []role
	groups     map[document.Span][]document.Span // of spans that were asked for, the groups of people that they name
	paragraphs []int                             // number of the paragraph (line of text) that the sentence stands in
	shorts     map[string]string                 // abbreviations that the document defines, with their long forms as printed
	phrases    map[string][]string               // of phrases that were asked for, the concepts that they name
	mentions   map[document.Span][]vocab.Mention // of spans that were asked for, what the vocabulary finds in them
	mentioned  map[string]bool                   // the concepts that the document names, and all that are broader: nil until it is asked
	lines      []line                            // the lines of the text, with what each of them is
	saidBehind map[int]int                       // what the bracket behind the word that ends at a place says of an arm
	tagged     [][]mention.Mention               // of each sentence, what the tagger sees: nil until it is asked
	writeUp    bool                              // the document tells of other people's studies
	out        *evidence.Document
}

// telling is a study being built, with the sentences that tell of it.
type telling struct {
	study      *evidence.Study
	sentences  []int        // indexes into reading.sentences, in order
	parts      map[int]part // the part of a sentence that tells of this study, where others share the sentence
	secondHand bool
	described  bool            // the text describes the study at length, rather than citing a result of it
	titles     []document.Span // where the study's title is printed: titles before citations
	cited      int             // index of the citation that it is known by, -1 where there is none
	names      *armNames       // the ways of naming its arms, once they are known
	witnesses  *witnesses      // the names that stand where those of its groups do, once they were looked for
	pooled     bool            // the arms are what the results of a review set against each other
}

// part is the stretch of a sentence that tells of one of several studies, and the stretch before it that they share:
// "Rates of asthma were 12% in one survey and 9% in another (A, 2001; B, 2002)".
type part struct {
	own  document.Span
	lead document.Span // zero when nothing is shared
}

// armMention is a stretch of text that names arms of a study.
type armMention struct {
	document.Span
	arms  []int // indexes into study.Arms, ascending
	every bool  // "both groups", "either arm", "each group": all the arms, one by one
	rest  bool  // "the other groups": those that the sentence has not named before
}

// populationMention is a stretch of text that names a population of a study.
type populationMention struct {
	document.Span
	population int // index into study.Populations
	subgroup   bool
}

// outcomeMention is a stretch of text that names an outcome.
type outcomeMention struct {
	document.Span
	ref     evidence.OutcomeRef
	outcome int  // index into study.Outcomes, -1 where the study did not announce it
	own     bool // it says more than the outcome that its words could be taken for
}

// read annotates a document and says what each of its sentences does.
func read(d *document.Document, v *vocab.Vocabulary) *reading {
	r := &reading{
		doc: d, vocab: v,
		out: &evidence.Document{
			Source: d.Source, SHA256: d.SHA256, Format: d.Format, Language: d.Language,
			Ignored: d.Skips, Problems: d.Problems,
		},
	}
	r.sentences = make([]annotate.Sentence, len(d.Sentences))
	r.hits, r.anywhere = hitsOf(d)
	marker := annotate.New(v)
	for i, s := range d.Sentences {
		r.sentences[i] = marker.Annotate(d.Text, s.Span)
	}
	r.paragraphs = paragraphsOf(d)
	r.shorts = abbreviationsOf(r)
	r.holdNames()
	r.lines = linesOf(r)
	r.out.Cites = r.citations()
	r.writeUp = r.tellsOfOthers()
	r.out.Report = r.report()
	r.roles = rolesOf(r)
	return r
}

// paragraphsOf numbers the paragraphs that the sentences stand in: a new one starts where a line break or a change of
// section lies between two sentences.
func paragraphsOf(d *document.Document) []int {
	out := make([]int, len(d.Sentences))
	for i := 1; i < len(d.Sentences); i++ {
		out[i] = out[i-1]
		prev, s := d.Sentences[i-1], d.Sentences[i]
		if prev.Section != s.Section || prev.End > s.Start || containsByte(d.Text[prev.End:s.Start], '\n') {
			out[i]++
		}
	}
	return out
}

func containsByte(s string, b byte) bool {
	for i := range len(s) {
		if s[i] == b {
			return true
		}
	}
	return false
}

// lineOf returns the line that a sentence starts in, or nil.
func (r *reading) lineOf(i int) *line {
	s := r.doc.Sentences[i].Span
	n := sort.Search(len(r.lines), func(k int) bool { return r.lines[k].End > s.Start })
	if n < len(r.lines) && r.lines[n].Start <= s.Start {
		return &r.lines[n]
	}
	return nil
}

// text returns the text of a sentence.
func (r *reading) text(i int) string { return r.doc.At(r.doc.Sentences[i].Span) }

// sentenceAround returns the sentence that a span lies in; ok is false where it lies in none.
func (r *reading) sentenceAround(s document.Span) (i int, ok bool) {
	all := r.doc.Sentences
	i = sort.Search(len(all), func(k int) bool { return all[k].End > s.Start })
	return i, i < len(all) && all[i].Contains(s)
}

// small returns a stretch of the document in small letters.
func (r *reading) small(s document.Span) string {
	i, ok := r.sentenceAround(s)
	if !ok {
		return strings.ToLower(r.doc.At(s))
	}
	all := r.doc.Sentences
	if r.lower == nil {
		r.lower = make([]string, len(all))
	}
	if r.lower[i] == "" {
		r.lower[i] = strings.ToLower(r.text(i))
	}
	if len(r.lower[i]) != all[i].Len() { // letters that change their size
		return strings.ToLower(r.doc.At(s))
	}
	return r.lower[i][s.Start-all[i].Start : s.End-all[i].Start]
}

// passage returns the passage of a whole sentence.
func (r *reading) passage(i int) evidence.Passage { return r.doc.Passage(r.doc.Sentences[i].Span) }

// sectionRole returns the role of the section that a sentence stands in.
func (r *reading) sectionRole(i int) document.Role {
	n := r.doc.Sentences[i].Section
	if n < 0 || n >= len(r.doc.Sections) {
		return document.Body
	}
	if r.doc.Sections[n].Role == document.Title && r.titleProse(i) {
		return document.Body
	}
	return r.doc.Sections[n].Role
}
