//go:build unix

package format_test

import (
	"flag"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/picograph/picograph/loader/format"
)

var writeTo = flag.String("generated", "", "write the files that the benchmarks read into this folder, for other parsers to read")

// processorTime returns for how long processors have worked for this process.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkRead reads a file of 2000 records in each format. Rates are of the time that processors worked, which other
// programs that run beside do not change much. With -generated DIR it leaves the files there.
func BenchmarkRead(b *testing.B) {
	const records = 2000
	for _, f := range format.Formats() {
		w, ok := writers[f.Name]
		if !ok {
			continue
		}
		data := generate(f.Name, records)
		if *writeTo != "" {
			if err := os.WriteFile(filepath.Join(*writeTo, w.file), data, 0o644); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			start := processorTime(b)
			for b.Loop() {
				n := 0
				if err := f.Read(format.File{Name: w.file, Data: data}, func(format.Record) error { n++; return nil }); err != nil && f.Name != "csl" || n != records {
					b.Fatal(n, err)
				}
			}
			seconds := (processorTime(b) - start).Seconds()
			b.ReportMetric(float64(records*b.N)/seconds, "docs/cpu-s")
			b.ReportMetric(float64(len(data)*b.N)/1e6/seconds, "MB/cpu-s")
		})
	}
}
