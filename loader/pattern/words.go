package pattern

// words is a set of words that are looked for together.
type words struct {
	fold  bool
	only  bool       // each of them starts the text
	first [256]uint8 // by the byte that stands in the text: which of the lists to compare, from 1; 0 for none
	lists [][]word
}

// newWords prepares a set of words; with fold, letters of ASCII match without regard to case.
func newWords(set []word, fold bool) *words {
	w := &words{fold: fold, only: true}
	for _, x := range set {
		if !wordByte(x.text[0]) {
			x.edge = false
		}
		w.only = w.only && x.first
		b := x.text[0]
		if w.first[b] == 0 {
			w.lists = append(w.lists, nil)
			w.first[b] = uint8(len(w.lists))
		}
		n := w.first[b]
		w.lists[n-1] = append(w.lists[n-1], x)
		if fold && 'a' <= b && b <= 'z' {
			w.first[b-'a'+'A'] = n
		}
	}
	if fold { // the long s, and the Kelvin sign
		w.first[0xC5] = w.first['s']
		w.first[0xE2] = w.first['k']
	}
	return w
}

// next returns the first place at or after i where one of the words may stand, -1 where there is none. It errs on the
// side of a word: the other forms of a letter outside ASCII pass.
func (w *words) next(s string, i int) int {
	end := len(s)
	if w.only {
		end = min(end, 1)
	}
	for ; i < end; i++ {
		n := w.first[s[i]]
		if n == 0 {
			continue
		}
		inner := i > 0 && wordByte(s[i-1])
		for _, x := range w.lists[n-1] {
			if !(x.edge && inner) && !(x.first && i > 0) && w.stands(s[i:], x.text) {
				return i
			}
		}
	}
	return -1
}

// stands reports whether a text starts with a word.
func (w *words) stands(s, text string) bool {
	if !w.fold {
		return len(s) >= len(text) && s[:len(text)] == text
	}
	for k := range len(text) {
		if k >= len(s) {
			return false
		}
		c := s[k]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != text[k] {
			return c >= 0x80 && (text[k] == 's' || text[k] == 'k')
		}
	}
	return true
}

// wordByte reports whether \b takes a byte for part of a word.
func wordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_'
}
