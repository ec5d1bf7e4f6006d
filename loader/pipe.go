package loader

import (
	"errors"
	"io"
	"os"
	"time"
)

// pipeWait is how long is waited for somebody to write into a named pipe.
const pipeWait = 5 * time.Second

// pipe reads a named pipe. Until somebody has written into it, it looks like one that has ended.
type pipe struct {
	*os.File
	wait  time.Duration
	began bool
}

// openPipe opens a named pipe without waiting for whoever writes into it.
func openPipe(path string, wait time.Duration) (io.ReadCloser, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|withoutWaiting, 0)
	if err != nil {
		return nil, err
	}
	return &pipe{File: f, wait: wait}, nil
}

// Read reads on. Nobody who writes for a while is an error.
func (p *pipe) Read(b []byte) (int, error) {
	const pause = 20 * time.Millisecond
	for {
		n, err := p.File.Read(b)
		if p.began = p.began || n > 0; p.began || !errors.Is(err, io.EOF) {
			return n, err
		}
		if p.wait <= 0 {
			return 0, &Error{Err: errors.New("it is a pipe into which nobody writes"), Hint: "start what writes into it first, or give that to picograph by standard input: -"}
		}
		time.Sleep(pause)
		p.wait -= pause
	}
}
