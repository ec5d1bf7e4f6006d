package loader

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/format"
)

// BenchmarkRead reads invented records of each format into texts, and tells bytes and documents per second.
func BenchmarkRead(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(inventions)) {
		data := inventedFile(b, name, 1000)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			n := 0
			for b.Loop() {
				file := format.File{Name: "a", Data: data}
				f, err := format.Detect(file)
				if err != nil {
					b.Fatal(err)
				}
				if err := f.Read(file, func(format.Record) error { n++; return nil }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
		})
	}
}

// BenchmarkExtract reads invented records of each format, finds their evidence, and gives it away.
func BenchmarkExtract(b *testing.B) {
	o := Options{Vocab: carried(b)}
	for _, name := range slices.Sorted(maps.Keys(inventions)) {
		data := inventedFile(b, name, 200)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			n := 0
			for b.Loop() {
				o.Stdin = bytes.NewReader(data)
				err := Extract(context.Background(), []string{"-"}, o, func(*evidence.Document) error { n++; return nil })
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
		})
	}
}

// BenchmarkLoad loads invented records of PubMed into an empty graph in memory.
func BenchmarkLoad(b *testing.B) {
	v := carried(b)
	data := inventedFile(b, "pubmed", 200)
	b.SetBytes(int64(len(data)))
	n := 0
	for b.Loop() {
		g, err := graph.Open(context.Background(), graph.Memory, graph.Options{Vocab: v})
		if err != nil {
			b.Fatal(err)
		}
		report, err := Load(context.Background(), g, []string{"-"}, Options{Vocab: v, Stdin: bytes.NewReader(data)})
		if err != nil {
			b.Fatal(err)
		}
		n += report.Documents
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "docs/s")
}

// inventedFile returns a file of n records.
func inventedFile(b *testing.B, name string, n int) []byte {
	b.Helper()
	var s strings.Builder
	if err := invention(&s, name, 0, n); err != nil {
		b.Fatal(err)
	}
	return []byte(s.String())
}

// carried returns the carried vocabulary.
func carried(b *testing.B) *vocab.Vocabulary {
	b.Helper()
	v, err := vocabulary()
	if err != nil {
		b.Fatal(err)
	}
	return v
}
