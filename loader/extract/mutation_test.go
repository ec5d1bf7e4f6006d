package extract

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/document"
)

// strange are stretches that break what rules take for granted.
var strange = []string{
	"", " ", "\n", "\n\n", "(", ")", "((((", "]", ";", ". ", "%", "± ", "–", "\u2212", "\u00a0", "\u2009", "\x00", "\xff", "\xe2\x80", "ſ", "\u212a",
	"(P = .", "95% CI", "vs", "n = ", "randomized to ", " and ", ", respectively", "both groups ", "1,000,000,000,000,000 ", "0.0.0.0", "RESULTS: ", "CONCLUSION: ",
	"https://", "10.1000/", "NCT00000000", "<b>", "&lt;", "\ufeff", "e\u0301", "العربية", "随机", "😀",
}

// mutate breaks a text in some places: bytes are changed, stretches cut, doubled, moved, or made strange.
func mutate(r *rand.Rand, text string, others []string) string {
	b := []byte(text)
	for range 1 + r.IntN(8) {
		if len(b) == 0 {
			break
		}
		i := r.IntN(len(b))
		j := min(len(b), i+1+r.IntN(1+r.IntN(200)))
		switch r.IntN(7) {
		case 0:
			b[i] = byte(r.IntN(256))
		case 1:
			b = slices.Delete(b, i, j)
		case 2:
			b = slices.Insert(b, i, bytes.Repeat(b[i:j], 1+r.IntN(4))...)
		case 3:
			b = slices.Insert(b, i, []byte(strings.Repeat(strange[r.IntN(len(strange))], 1+r.IntN(20)))...)
		case 4:
			other := others[r.IntN(len(others))]
			k := r.IntN(len(other))
			b = slices.Insert(b, i, []byte(other[k:min(len(other), k+r.IntN(400))])...)
		case 5:
			cut := slices.Clone(b[i:j])
			b = slices.Delete(b, i, j)
			b = slices.Insert(b, r.IntN(len(b)+1), cut...)
		case 6:
			b = b[:j]
		}
	}
	return string(b)
}

// sound extracts a text twice and checks what must hold of any text: both runs say the same, each passage stands where
// it says, and the time is bounded. It returns the time of the first run.
func sound(t *testing.T, v *vocab.Vocabulary, text string) time.Duration {
	t.Helper()
	var d *document.Document
	var out *evidence.Document
	took := timed(func() {
		d = document.Parse("mutant", text, v.Heading)
		out = Extract(d, v)
	})
	first, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(Extract(document.Parse("mutant", text, v.Heading), v))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, again) {
		t.Errorf("two runs differ on %q", text)
	}
	evidence.WalkPassages(out, func(where string, p *evidence.Passage) {
		if p.Start < 0 || p.End < p.Start || p.End > len(d.Text) || d.Text[p.Start:p.End] != p.Text {
			t.Errorf("%s: %d to %d is not %q in %q", where, p.Start, p.End, p.Text, text)
		}
	})
	return took
}

// TestMutants extracts documents that were broken by chance, always the same ones. MUTANTS sets how many; when it is
// set, none may take longer than slowest for a KB: the clock of a machine that does other work is no test.
func TestMutants(t *testing.T) {
	count, bounded := 300, false
	if s := os.Getenv("MUTANTS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal("MUTANTS:", err)
		}
		count, bounded = n, true
	}
	v := loadVocabulary(t)
	var texts []string
	byName := seedTexts(t)
	for _, name := range sortedKeys(byName) {
		text := byName[name]
		texts = append(texts, text, text[:len(text)/3], text[len(text)/2:])
	}
	random := rand.New(rand.NewPCG(2026, 4))
	worst, size := time.Duration(0), 0
	for range count {
		text := mutate(random, texts[random.IntN(len(texts))], texts)
		allowed := slowest * time.Duration(1+len(text)/1024)
		took := sound(t, v, text)
		if bounded && took > allowed { // rules are compiled when they are first used
			took = min(took, sound(t, v, text))
		}
		if bounded && took > allowed {
			t.Errorf("%d bytes took %v: %q", len(text), took, text)
		}
		worst, size = max(worst, took/time.Duration(1+len(text)/1024)), size+len(text)
	}
	t.Logf("%d mutants, %d KB, at most %v for a KB", count, size>>10, worst)
}

// TestHardTexts extracts texts of one kind of stretch, over and over, which a rule that looks back or ahead at each
// place would take the square of their length for. MUTANTS makes them longer, and bounds the time.
func TestHardTexts(t *testing.T) {
	v := loadVocabulary(t)
	size, bounded := 2<<10, os.Getenv("MUTANTS") != ""
	if bounded {
		size = 32 << 10
	}
	stretches := append(slices.Clone(strange), "randomized ", "patients with ", "n = 5 (", "1 of 2 (3%) vs ", "those who ", "arm A, ", "in the ", "a", "1", "1.", "A1-", "the primary outcome was ", "pain, ")
	for _, s := range stretches {
		if s == "" {
			continue
		}
		text := "METHODS: Adults were randomized to tea or milk. RESULTS: " + strings.Repeat(s, size/len(s))
		allowed := slowest * time.Duration(1+len(text)/1024)
		took := sound(t, v, text)
		if bounded && took > allowed {
			took = min(took, sound(t, v, text))
		}
		if bounded && took > allowed {
			t.Errorf("%d bytes of %q took %v", len(text), s, took)
		}
	}
}
