package shell

import (
	"strings"
	"testing"
	"time"

	"github.com/picograph/picograph/loader"
)

func TestProgress(t *testing.T) {
	var clock time.Time
	steps := []loader.Progress{
		{Source: "a\nb.txt", Done: 1, Bytes: 1 << 20, Total: 40 << 20},
		{Source: "c.txt", Done: 500, Bytes: 10 << 20, Total: 40 << 20},
		{Source: "c.txt", Done: 501, Bytes: 10 << 20, Total: 40 << 20}, // a moment later
		{Source: "d.txt", Done: 1000, Failed: 1, Bytes: 20 << 20, Total: 40 << 20},
		{Source: "e.txt", Done: 2000, Failed: 1, Bytes: 50 << 20, Total: 40 << 20},
	}
	after := []time.Duration{0, 20 * time.Second, time.Millisecond, 20 * time.Second, 20 * time.Second}
	for terminal, want := range map[bool]string{
		false: "picograph: 500 documents, 10 of 40 MB, 25/s, 1:00 left\npicograph: 1000 documents (1 not read), 20 of 40 MB, 25/s, 0:40 left\npicograph: 2000 documents (1 not read), 40 of 40 MB, 33/s\n",
		true: "\r\x1b[K[                    ] 1 document, 1 of 40 MB  a␊b.txt" +
			"\r\x1b[K[=====               ] 500 documents, 10 of 40 MB, 25/s, 1:00 left  c.txt" +
			"\r\x1b[K[==========          ] 1000 documents (1 not read), 20 of 40 MB, 25/s, 0:40 left  d.txt" +
			"\r\x1b[K[====================] 2000 documents (1 not read), 40 of 40 MB, 33/s  e.txt\r\x1b[K",
	} {
		var b strings.Builder
		clock = time.Unix(1000, 0)
		p := &progress{w: &b, terminal: terminal, now: func() time.Time { return clock }}
		for i, s := range steps {
			clock = clock.Add(after[i])
			p.show(s)
		}
		p.clear()
		if b.String() != want {
			t.Errorf("terminal %v:\n%q\nwant\n%q", terminal, b.String(), want)
		}
	}
}
