package shell

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/loader"
	"github.com/picograph/picograph/queries/answer"
)

// How often progress is shown: on a terminal as often as one can read, else so that a log stays short.
const (
	everyOnTerminal = 100 * time.Millisecond
	everyInLog      = 15 * time.Second
)

// progress shows how far a load is: on a terminal as a bar on one line, else as a line now and then. It is a few lines because
// it is all that is needed: one bar, drawn by the goroutine that loads. Libraries for it draw from one of their own, beside what is
// printed meanwhile.
type progress struct {
	w        io.Writer
	terminal bool
	now      func() time.Time
	start    time.Time
	last     time.Time
}

// show tells how far a load is, unless it did a moment ago.
func (p *progress) show(at loader.Progress) {
	now := p.now()
	if p.start.IsZero() {
		p.start, p.last = now, now
		if !p.terminal {
			return
		}
	} else if every := map[bool]time.Duration{true: everyOnTerminal, false: everyInLog}[p.terminal]; now.Sub(p.last) < every {
		return
	}
	p.last = now
	if !p.terminal {
		fmt.Fprintf(p.w, "picograph: %s\n", p.line(at, now))
		return
	}
	name := []rune(evidence.Printable(at.Source))
	if len(name) > 30 {
		name = append([]rune("…"), name[len(name)-29:]...)
	}
	fmt.Fprintf(p.w, "%s%s %s  %s", clearLine, bar(at), p.line(at, now), answer.Visible(string(name)))
}

// clear takes the bar off the terminal.
func (p *progress) clear() {
	if p.terminal {
		fmt.Fprint(p.w, clearLine)
	}
}

const clearLine = "\r\x1b[K"

// bar draws the part of the bytes that was read.
func bar(at loader.Progress) string {
	const width = 20
	n := 0
	if at.Total > 0 {
		n = int(min(at.Bytes, at.Total) * width / at.Total)
	}
	return "[" + strings.Repeat("=", n) + strings.Repeat(" ", width-n) + "]"
}

// line tells what was read, how fast, and how long the rest will take at that rate.
func (p *progress) line(at loader.Progress, now time.Time) string {
	s := plural(at.Done, "document")
	if at.Failed > 0 {
		s += fmt.Sprintf(" (%d not read)", at.Failed)
	}
	if at.Total > 0 {
		s += fmt.Sprintf(", %d of %d MB", min(at.Bytes, at.Total)>>20, at.Total>>20)
	}
	took := now.Sub(p.start)
	if took < time.Second {
		return s
	}
	s += fmt.Sprintf(", %.0f/s", float64(at.Done)/took.Seconds())
	if left := at.Total - at.Bytes; left > 0 && at.Bytes > 0 {
		rest := time.Duration(float64(took) * float64(left) / float64(at.Bytes)).Round(time.Second)
		s += fmt.Sprintf(", %d:%02d left", int(rest.Minutes()), int(rest.Seconds())%60)
	}
	return s
}
