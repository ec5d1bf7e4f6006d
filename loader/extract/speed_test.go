package extract

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/picograph/picograph/loader/document"
	"github.com/picograph/picograph/seeds"
)

// seedTexts returns the texts of the seed documents by name.
func seedTexts(t testing.TB) map[string]string {
	t.Helper()
	names, err := fs.Glob(seeds.Documents, "*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	out := map[string]string{}
	for _, name := range names {
		text, err := fs.ReadFile(seeds.Documents, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	return out
}

// abstracts returns titles and abstracts of trials of every field; it skips where they are absent.
func abstracts(t testing.TB) []string {
	t.Helper()
	f, err := os.Open("../../../shared/data/abstracts-cc-by.jsonl.gz")
	if err != nil {
		t.Skip("needs ../shared/data, which is absent")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var a struct{ Title, Abstract string }
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		out = append(out, a.Title+"\n\n"+a.Abstract+"\n")
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// extractAll segments, annotates and extracts texts, as many at a time as there are processors, and reports how many
// and how much a second, and the time of the processor for each, which other work of the machine changes less.
func extractAll(b *testing.B, texts []string) {
	v := loadVocabulary(b)
	run := func(text string) { Extract(document.Parse("bench", text, v.Heading), v) }
	for _, text := range texts[:min(len(texts), 200)] { // rules are compiled when they are first used
		run(text)
	}
	size := 0
	work := make(chan string)
	done := make(chan bool)
	const workers = 2
	for range workers {
		go func() {
			for text := range work {
				run(text)
			}
			done <- true
		}()
	}
	b.ReportAllocs()
	b.ResetTimer()
	start := processTime()
	for i := range b.N {
		text := texts[i*37%len(texts)] // 37 shares no factor with their number: all of them in turn
		size += len(text)
		work <- text
	}
	close(work)
	for range workers {
		<-done
	}
	b.ReportMetric(float64((processTime()-start).Microseconds())/float64(b.N), "cpu-µs/op")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "documents/s")
	b.ReportMetric(float64(size)/1e6/b.Elapsed().Seconds(), "MB/s")
}

// BenchmarkExtract segments, annotates and extracts on two processors.
func BenchmarkExtract(b *testing.B) {
	b.Run("seeds", func(b *testing.B) {
		var texts []string
		for _, text := range seedTexts(b) {
			texts = append(texts, text)
		}
		extractAll(b, texts)
	})
	b.Run("abstracts", func(b *testing.B) { extractAll(b, abstracts(b)) })
}

// long returns a document of about n bytes, made of the paragraphs of the seeds over and over, with other words in each
// sentence each time, so that none repeats another and is set aside.
func long(t testing.TB, n int) string {
	var b strings.Builder
	texts := seedTexts(t)
	for k := 0; b.Len() < n; k++ {
		for _, name := range []string{"01-voice-2025.txt", "02-fortney-2025.txt", "03-inspire-2025.txt"} {
			for p := range strings.SplitSeq(texts[name], "\n\n") {
				b.WriteString(strings.ReplaceAll(strings.ReplaceAll(p, "\n", " "), ". ", fmt.Sprintf(" in part %d. ", k)) + "\n\n")
			}
		}
	}
	return b.String()[:n]
}

// BenchmarkLong extracts documents of growing length: the time for a KB must not grow with them.
func BenchmarkLong(b *testing.B) {
	v := loadVocabulary(b)
	for _, kb := range []int{8, 64, 256, 1024} {
		b.Run(fmt.Sprintf("%dKB", kb), func(b *testing.B) {
			text := strings.ToValidUTF8(long(b, kb<<10), "")
			Extract(document.Parse("long", text[:4<<10], v.Heading), v) // rules are compiled when they are first used
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				Extract(document.Parse("long", text, v.Heading), v)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(kb), "µs/KB")
		})
	}
}

// slowest is how long a document may take for each KB, and for its first.
const slowest = 50 * time.Millisecond
