package shell

import (
	"errors"

	"github.com/peterh/liner"
)

// ErrInterrupted is what a Terminal returns when Ctrl-C was pressed at the prompt: the line is dropped, the shell goes
// on.
var ErrInterrupted = errors.New("interrupted")

// Terminal is what the shell asks of a line editor.
type Terminal interface {
	// Prompt shows the prompt and returns the line that was entered, without its end. The error is io.EOF on
	// Ctrl-D and ErrInterrupted on Ctrl-C.
	Prompt(prompt string) (string, error)
	// Remember puts a line at the end of what the arrow keys bring back.
	Remember(line string)
}

// LineEditor is a Terminal with editing keys, history and completion.
type LineEditor struct{ state *liner.State }

// NewLineEditor takes over the terminal of standard input until Close. Complete returns, for a line and the byte
// offset of the cursor in it, what stays before the word being completed and what that word may become.
func NewLineEditor(complete func(line string, cursor int) (head string, words []string)) *LineEditor {
	state := liner.NewLiner()
	state.SetCtrlCAborts(true)
	state.SetTabCompletionStyle(liner.TabPrints)
	state.SetMultiLineMode(true)
	state.SetBeep(false)
	state.SetWordCompleter(func(line string, pos int) (string, []string, string) {
		// the editor counts characters
		runes := []rune(line)
		pos = min(max(pos, 0), len(runes))
		before, after := string(runes[:pos]), string(runes[pos:])
		head, words := complete(line, len(before))
		return head, words, after
	})
	return &LineEditor{state}
}

// Prompt shows the prompt and returns the line that was entered.
func (e *LineEditor) Prompt(prompt string) (string, error) {
	line, err := e.state.Prompt(prompt)
	if errors.Is(err, liner.ErrPromptAborted) {
		return "", ErrInterrupted
	}
	return line, err
}

// Remember puts a line at the end of what the arrow keys bring back.
func (e *LineEditor) Remember(line string) { e.state.AppendHistory(line) }

// Close gives the terminal back as it was.
func (e *LineEditor) Close() error { return e.state.Close() }
