package format

import (
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
)

// traced is a text that knows where in the source file its bytes come from. Readers copy it from the file, and every step
// that undoes the container cuts it, edits it or joins it, so that what is left at the end still leads to the file.
type traced struct {
	s    string
	runs []evidence.Run // in the order of s, without overlap
}

// added returns a text that a reader puts there, which stands nowhere in the file.
func added(s string) traced { return traced{s: s} }

// copied returns a text that stands in the file at a byte as it is.
func copied(s string, at int) traced {
	if s == "" {
		return traced{}
	}
	return traced{s, []evidence.Run{{Len: len(s), At: at, Bytes: len(s), Copied: true}}}
}

// cut returns the text from i to j.
func (t traced) cut(i, j int) traced {
	if i == 0 && j == len(t.s) {
		return t
	}
	if i == j {
		return traced{}
	}
	out := traced{s: t.s[i:j]}
	n, _ := slices.BinarySearchFunc(t.runs, i, func(r evidence.Run, i int) int { return r.Start + r.Len - i - 1 })
	for _, r := range t.runs[n:] {
		if r.Start >= j {
			break
		}
		if from := max(i, r.Start) - r.Start; from > 0 || r.Start+r.Len > j {
			to := min(j, r.Start+r.Len) - r.Start
			if r.Copied {
				r.At, r.Bytes = r.At+from, to-from
			}
			r.Start, r.Len = r.Start+from, to-from
		}
		r.Start -= i
		out.runs = append(out.runs, r)
	}
	return out
}

// extent returns the stretch of the file that the text from i to j comes from, or where the text about j ends there.
func (t traced) extent(i, j int) (evidence.Extent, bool) {
	o := evidence.Origin{Runs: t.runs}
	return o.Place(i, j)
}

// change is a stretch of a text, and what is put in its place.
type change struct {
	start, end int
	text       string
}

// changed returns the text after changes, which come in order and do not overlap. What was put in comes from where what
// it replaces came from.
func (t traced) changed(changes []change) traced {
	if len(changes) == 0 {
		return t
	}
	if t.runs == nil {
		var b strings.Builder
		at := 0
		for _, c := range changes {
			b.WriteString(t.s[at:c.start])
			b.WriteString(c.text)
			at = c.end
		}
		b.WriteString(t.s[at:])
		return added(b.String())
	}
	var w weaver
	at := 0
	for _, c := range changes {
		w.add(t.cut(at, c.start))
		if e, ok := t.extent(c.start, c.end); ok && c.text != t.s[c.start:c.end] {
			w.rewritten(c.text, e.Start, e.End)
		} else if c.text == t.s[c.start:c.end] {
			w.add(t.cut(c.start, c.end))
		} else {
			w.add(added(c.text))
		}
		at = c.end
	}
	w.add(t.cut(at, len(t.s)))
	return w.text()
}

// replaced returns the text with what a pattern matches replaced.
func (t traced) replaced(pattern *lazyregexp.Regexp, by func(match string) string) traced {
	var changes []change
	for _, m := range pattern.FindAllStringIndex(t.s, -1) {
		changes = append(changes, change{m[0], m[1], by(t.s[m[0]:m[1]])})
	}
	return t.changed(changes)
}

// parted returns the text with the stretch between the first and the second group of each match of a pattern replaced.
func (t traced) parted(pattern *lazyregexp.Regexp, by string) traced {
	var changes []change
	for _, m := range pattern.FindAllStringSubmatchIndex(t.s, -1) {
		changes = append(changes, change{m[3], m[4], by})
	}
	return t.changed(changes)
}

// split returns the parts between separators.
func (t traced) split(separator string) []traced {
	var out []traced
	at := 0
	for {
		i := strings.Index(t.s[at:], separator)
		if i < 0 {
			return append(out, t.cut(at, len(t.s)))
		}
		out = append(out, t.cut(at, at+i))
		at += i + len(separator)
	}
}

// trimmed returns the text without white space at its ends.
func (t traced) trimmed() traced {
	start := len(t.s) - len(strings.TrimLeftFunc(t.s, unicode.IsSpace))
	return t.cut(start, max(start, len(strings.TrimRightFunc(t.s, unicode.IsSpace))))
}

// joinedTexts returns texts with a separator between them.
func joinedTexts(texts []traced, separator string) traced {
	if len(texts) == 1 {
		return texts[0]
	}
	var w weaver
	for i, t := range texts {
		if i > 0 {
			w.add(added(separator))
		}
		w.add(t)
	}
	return w.text()
}

// weaver builds a traced text from left to right.
type weaver struct {
	b    strings.Builder
	runs []evidence.Run
}

// add puts a text at the end.
func (w *weaver) add(t traced) {
	base := w.b.Len()
	w.b.WriteString(t.s)
	for _, r := range t.runs {
		r.Start += base
		w.run(r)
	}
}

// rewritten puts a text at the end for which bytes of the file stand that are others.
func (w *weaver) rewritten(s string, from, to int) {
	if s != "" {
		w.run(evidence.Run{Start: w.b.Len(), Len: len(s), At: from, Bytes: to - from})
		w.b.WriteString(s)
	}
}

// run adds a run, joined to the one before it where it goes on with it.
func (w *weaver) run(r evidence.Run) {
	if n := len(w.runs); n > 0 && r.Copied {
		if last := &w.runs[n-1]; last.Copied && last.Start+last.Len == r.Start && last.At+last.Bytes == r.At {
			last.Len, last.Bytes = last.Len+r.Len, last.Bytes+r.Bytes
			return
		}
	}
	w.runs = append(w.runs, r)
}

// text returns what was built.
func (w *weaver) text() traced { return traced{w.b.String(), w.runs} }

// tail returns the last n bytes that were built, or all.
func (w *weaver) tail(n int) string {
	s := w.b.String()
	return s[max(0, len(s)-n):]
}

// decoded returns text, which was made from the bytes raw that stand in the file at a byte: piece by piece, undo gives what
// the bytes at the start of raw stand for where that is not the same byte, and how many they are (0 where they stand for
// themselves). Where text turns out otherwise, the rest of it is known as a whole only.
func decoded(text, raw string, at int, undo func(raw string) (string, int)) traced {
	if text == raw {
		return copied(text, at)
	}
	var w weaver
	plain := 0 // where the stretch of raw begins that stands for itself
	i, k := 0, 0
	flush := func() {
		w.add(copied(raw[plain:i], at+plain))
	}
	for i < len(raw) {
		s, n := undo(raw[i:])
		if n == 0 {
			if k >= len(text) || text[k] != raw[i] {
				break
			}
			i, k = i+1, k+1
			continue
		}
		if !strings.HasPrefix(text[k:], s) {
			break
		}
		flush()
		w.rewritten(s, at+i, at+i+n)
		i, k = i+n, k+len(s)
		plain = i
	}
	flush()
	if k < len(text) {
		w.rewritten(text[k:], at+i, at+len(raw))
	}
	return w.text()
}
