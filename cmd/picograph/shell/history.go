package shell

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxHistory is how many lines are kept.
const maxHistory = 1000

// History is the lines that were entered, the oldest first, each once.
type History struct {
	path  string // empty: not kept
	lines []string
}

// HistoryPath returns where the history is kept: picograph/history in the folder for state of the XDG base directory
// specification. It is empty when the environment names no home.
func HistoryPath(env func(string) string) string {
	return ownFile(env, "XDG_STATE_HOME", filepath.Join(".local", "state"), "history")
}

// InitPath returns where the shell's init file is: picograph/init in the folder for configuration of the XDG base
// directory specification. It is empty when the environment names no home.
func InitPath(env func(string) string) string {
	return ownFile(env, "XDG_CONFIG_HOME", ".config", "init")
}

// ownFile returns a file of picograph's in the folder that a variable names, else in one of the home.
func ownFile(env func(string) string, variable, usual, name string) string {
	if folder := env(variable); filepath.IsAbs(folder) {
		return filepath.Join(folder, "picograph", name)
	}
	if home := env("HOME"); home != "" {
		return filepath.Join(home, usual, "picograph", name)
	}
	return ""
}

// ReadHistory reads the history kept at path. A file that does not exist is an empty history; an empty path is one
// that is not kept.
func ReadHistory(path string) (*History, error) {
	h := &History{path: path}
	if path == "" {
		return h, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		if os.IsNotExist(err) {
			err = nil
		}
		return h, err
	}
	for line := range strings.Lines(string(text)) {
		h.Add(strings.TrimRight(line, "\r\n"))
	}
	return h, nil
}

// Lines returns the lines, the oldest first.
func (h *History) Lines() []string { return slices.Clone(h.lines) }

// Add puts a line at the end and drops its earlier copy, and reports whether it did. A line that is empty or starts
// with a blank is not kept.
func (h *History) Add(line string) bool {
	if line == "" || line[0] == ' ' || line[0] == '\t' || strings.ContainsAny(line, "\n\x00") {
		return false
	}
	line = strings.ToValidUTF8(line, "\uFFFD")
	h.lines = slices.DeleteFunc(h.lines, func(l string) bool { return l == line })
	h.lines = append(h.lines, line)
	if over := len(h.lines) - maxHistory; over > 0 {
		h.lines = slices.Delete(h.lines, 0, over)
	}
	return true
}

// Save writes the history where only its owner can read it. Lines that another shell has saved in the meantime stay.
func (h *History) Save() error {
	if h.path == "" {
		return nil
	}
	merged, err := ReadHistory(h.path)
	if err != nil {
		return fmt.Errorf("reading the history: %w", err)
	}
	for _, line := range h.lines {
		merged.Add(line)
	}
	if err := os.MkdirAll(filepath.Dir(h.path), 0o700); err != nil {
		return fmt.Errorf("keeping the history: %w", err)
	}
	text := strings.Join(merged.lines, "\n")
	if text != "" {
		text += "\n"
	}
	temp, err := os.CreateTemp(filepath.Dir(h.path), ".history-*") // readable by its owner only
	if err != nil {
		return fmt.Errorf("keeping the history: %w", err)
	}
	_, err = temp.WriteString(text)
	if cerr := temp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(temp.Name(), fs.FileMode(0o600))
	}
	if err == nil {
		err = os.Rename(temp.Name(), h.path)
	}
	if err != nil {
		_ = os.Remove(temp.Name())
		return fmt.Errorf("keeping the history: %w", err)
	}
	return nil
}
