package shell

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/plot"
	"github.com/picograph/picograph/queries/syntax"
)

// maxCompletions is how many ways of going on are offered; more are no help.
const maxCompletions = 60

// Complete returns what may stand at the cursor, a byte offset in line: head is what stays before it, words what may
// follow head. Dot-commands are completed with their arguments, all else with the words of the language and the names
// in the graph, which may have several words.
func (sh *Shell) Complete(ctx context.Context, line string, cursor int) (head string, words []string) {
	line = line[:min(max(cursor, 0), len(line))]
	if strings.HasPrefix(line, ".") {
		return sh.completeCommand(ctx, line)
	}
	if sh.speaks == gizmoLanguage {
		return completeGizmo(line)
	}
	// the longest end of the line, from the start of a word, that begins a name
	for _, start := range wordStarts(line) {
		typed := line[start:]
		found := sh.nameTexts(ctx, typed)
		switch {
		case typed == "" || len(found) == 0:
		case strings.Contains(typed, " "):
			return line[:start], offered(typed, found)
		default:
			return line[:start], offered(typed, append(beginning(typed, languageWords()), found...))
		}
	}
	start := lastWord(line)
	if typed := line[start:]; typed != "" || start == 0 {
		return line[:start], offered(typed, beginning(typed, languageWords()))
	}
	return line, nil
}

// completeCommand completes a dot-command or its last argument.
func (sh *Shell) completeCommand(ctx context.Context, line string) (string, []string) {
	name, rest, spaced := strings.Cut(line, " ")
	if !spaced {
		var names []string
		for _, c := range commands() {
			blank := ""
			if c.args != "" {
				blank = " " // for what follows
			}
			names = append(names, "."+c.name+blank)
		}
		return "", beginning(line, names)
	}
	start := len(line) - len(strings.TrimLeft(rest, " "))
	if name != ".show" && name != ".terms" && name != ".whynot" { // a name may have blanks; all else ends at one
		start = lastWord(line)
	}
	typed := line[start:]
	switch name {
	case ".show", ".terms", ".whynot":
		return line[:start], offered(typed, sh.nameTexts(ctx, typed))
	case ".help":
		topics := topicNames()
		for _, c := range commands() {
			topics = append(topics, c.name)
		}
		return line[:start], beginning(typed, topics)
	case ".schema":
		return line[:start], beginning(typed, classNames())
	case ".lang":
		return line[:start], beginning(typed, languageNames())
	case ".mode":
		return line[:start], beginning(typed, answerFormats())
	case ".export":
		if len(strings.Fields(rest)) > 1 || strings.HasSuffix(rest, " ") && len(strings.Fields(rest)) > 0 {
			if first := strings.Fields(rest)[0]; first != "answer" && first != "graph" {
				return line[:start], paths(typed)
			}
		}
		return line[:start], beginning(typed, slices.Concat([]string{"answer", "graph"}, answerFormats(), slices.DeleteFunc(graphFormats(), func(f string) bool { return slices.Contains(answerFormats(), f) })))
	case ".plot":
		if strings.Contains(strings.TrimLeft(rest, " "), " ") {
			return line[:start], paths(typed)
		}
		return line[:start], beginning(typed, plot.KindNames())
	case ".run":
		if strings.Contains(strings.TrimLeft(rest, " "), " ") {
			return line[:start], sh.scriptParams(strings.Fields(rest)[0], typed)
		}
		return line[:start], append(beginning(typed, ScriptNames(sh.Library)), paths(typed)...)
	case ".load", ".read", ".save", ".once", ".output":
		return line[:start], paths(typed)
	case ".param":
		words := []string{"set"}
		for _, s := range sh.Session.Engine.Settings.List() {
			words = append(words, s.Name)
		}
		return line[:start], beginning(typed, words)
	case ".width", ".maxrows":
		return line[:start], beginning(typed, []string{"auto"})
	case ".explain", ".timer", ".pager":
		return line[:start], beginning(typed, []string{"on", "off"})
	}
	return line, nil
}

// scriptParams completes the parameters of a saved query.
func (sh *Shell) scriptParams(name, typed string) []string {
	sc, err := OpenScript(sh.Library, name)
	if err != nil {
		return nil
	}
	var words []string
	for _, p := range sc.Params {
		words = append(words, p.Name+"=")
	}
	return beginning(typed, words)
}

// mostNames is how many names of the graph are looked at for those to offer. More are read than offered, so that those of studies come
// first.
const mostNames = 10 * maxCompletions

// nameTexts returns names in the graph that begin with what was typed, each once, those of studies first; none where they cannot be
// read.
func (sh *Shell) nameTexts(ctx context.Context, typed string) []string {
	found, err := sh.Session.Engine.Graph.NameTexts(ctx, typed, mostNames)
	if err != nil {
		return nil
	}
	slices.SortStableFunc(found, func(a, b graph.Name) int {
		if first := a.Type == "study"; first != (b.Type == "study") {
			return map[bool]int{true: -1, false: 1}[first]
		}
		return strings.Compare(a.Text, b.Text)
	})
	var texts []string
	for _, n := range found {
		texts = append(texts, n.Text)
	}
	return beginning(typed, texts)
}

// languageWords returns the words of the query language, from its tables.
func languageWords() []string {
	var out []string
	for _, v := range syntax.Verbs() {
		if v.Name != "" {
			out = append(out, v.Name)
		}
	}
	for _, f := range syntax.Fields() {
		out = append(out, f.Name)
	}
	for _, s := range syntax.Steps() {
		out = append(out, s.Name)
	}
	out = append(out, "where", "which", "what", "who", "how")
	return sorted(out)
}

// sorted returns words in order, each once.
func sorted(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// beginning returns the words that begin with what was typed, whatever the case, in their order.
func beginning(typed string, words []string) []string {
	var out []string
	for _, w := range words {
		if len(w) >= len(typed) && strings.EqualFold(w[:len(typed)], typed) {
			out = append(out, w)
		}
	}
	return out
}

// offered returns the words to offer for what was typed: each once, and all of one spelling as far as was typed,
// since the editor puts in what they have in common. What was typed is that spelling, if any word has it.
func offered(typed string, words []string) []string {
	if len(words) == 0 {
		return nil
	}
	spelling := words[0][:len(typed)]
	if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, typed) }) {
		spelling = typed
	}
	seen := map[string]bool{}
	var out []string
	for _, w := range words {
		if strings.HasPrefix(w, spelling) && !seen[w] && len(out) < maxCompletions {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

// lastWord returns where the word before the cursor starts.
func lastWord(line string) int {
	i := strings.LastIndexFunc(line, func(r rune) bool { return unicode.IsSpace(r) || r == '"' || r == '(' || r == ',' })
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(line[i:])
	return i + size
}

// wordStarts returns where the last five words start, the first of them first.
func wordStarts(line string) []int {
	var starts []int
	for at := len(line); len(starts) < 5; {
		start := lastWord(line[:at])
		starts = append(starts, start)
		if at = len(strings.TrimRight(line[:start], ` "(,`)); at == 0 {
			break
		}
	}
	slices.Reverse(starts)
	return starts
}

// paths completes a path; folders end in a slash.
func paths(typed string) []string {
	found, err := filepath.Glob(escapeGlob(typed) + "*")
	if err != nil {
		return nil
	}
	for i, name := range found {
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			found[i] = name + string(filepath.Separator)
		}
	}
	return found
}

func escapeGlob(s string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(s)
}
