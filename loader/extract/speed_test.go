package extract

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"testing"

	"github.com/picograph/picograph/loader/document"
)

// BenchmarkAbstracts segments, annotates and extracts abstracts of trials of every field.
func BenchmarkAbstracts(b *testing.B) {
	f, err := os.Open("../../../shared/data/abstracts-cc-by.jsonl.gz")
	if err != nil {
		b.Skip("needs ../shared/data")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	var texts []string
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var a struct{ Title, Abstract string }
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			b.Fatal(err)
		}
		texts = append(texts, a.Title+"\n\n"+a.Abstract+"\n")
	}
	v := loadVocabulary(b)
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		t := texts[i*37%len(texts)]
		Extract(document.Parse("bench", t, v.Heading), v)
	}
}
