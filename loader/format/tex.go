package format

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// texAccents are the commands that put an accent on the letter after them, as combining marks.
var texAccents = map[string]string{
	"\"": "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307", "u": "\u0306", "v": "\u030C",
	"H": "\u030B", "c": "\u0327", "k": "\u0328", "r": "\u030A", "d": "\u0323", "b": "\u0331",
}

// texSymbols are the commands that stand for a sign.
var texSymbols = map[string]string{
	"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð",
	"th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "dag": "†", "ddag": "‡",
	"textless": "<", "textgreater": ">", "textbar": "|", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textunderscore": "_",
	"textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'",
	"textquotedbl": "\"", "textdegree": "°", "degree": "°", "textpm": "±", "pm": "±", "mp": "∓", "texttimes": "×", "times": "×", "textdiv": "÷", "div": "÷", "leq": "≤", "le": "≤", "leqslant": "≤",
	"geq": "≥", "ge": "≥", "geqslant": "≥", "lt": "<", "gt": ">", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "~", "simeq": "≃", "equiv": "≡", "cdot": "·", "textperiodcentered": "·", "ldots": "…",
	"dots": "…", "textellipsis": "…", "infty": "∞", "rightarrow": "→", "to": "→", "leftarrow": "←", "uparrow": "↑", "downarrow": "↓", "texttrademark": "™",
	"textregistered": "®", "textcopyright": "©", "textmu": "µ", "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "textperthousand": "‰",
	"textordfeminine": "ª", "textordmasculine": "º", "euro": "€", "texteuro": "€", "textsterling": "£", "textyen": "¥", "guillemotleft": "«", "guillemotright": "»",
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ",
	"mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
	"Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
	"percnt": "%", "space": " ", "quad": " ", "qquad": " ", "par": "\n", "newline": "\n", "item": "\n", "linebreak": "\n", "minus": "−", "prime": "′",
}

// texSilent are the commands whose argument is not shown.
var texSilent = map[string]bool{"vphantom": true, "hphantom": true, "phantom": true, "label": true, "cite": true, "vspace": true, "hspace": true}

// texSigns are the signs that may stand for something else than themselves.
const texSigns = "\\{}$~`'-_^"

// plainTeX returns the text of a field of BibTeX: accents and signs as letters, groups and commands undone, a power of
// ten with ^. Line ends stay.
func plainTeX(field traced) traced {
	if !strings.ContainsAny(field.s, texSigns) {
		return field
	}
	t := tex{field: field, in: field.s, maths: strings.Count(strings.ReplaceAll(field.s, `\$`, ""), "$")%2 == 0}
	t.run()
	return composed(t.out.text())
}

// composed returns a text with letters and their combining accents as one sign each (NFC).
func composed(t traced) traced {
	if norm.NFC.IsNormalString(t.s) {
		return t
	}
	var changes []change
	var it norm.Iter
	it.InitString(norm.NFC, t.s)
	for !it.Done() {
		from := it.Pos()
		if s := string(it.Next()); s != t.s[from:it.Pos()] {
			changes = append(changes, change{from, it.Pos(), s})
		}
	}
	return t.changed(changes)
}

// tex reads a field from left to right.
type tex struct {
	field traced
	in    string
	at    int
	from  int // where what is being read began
	out   weaver
	maths bool // dollar signs come in pairs
	math  bool // within such a pair
	skip  int  // depth of braces whose content is left out, or 0
	depth int
}

// write puts what the field's bytes since from stand for.
func (t *tex) write(s string) {
	if t.skip != 0 {
		return
	}
	if s == t.in[t.from:t.at] {
		t.out.add(t.field.cut(t.from, t.at))
	} else if e, ok := t.field.extent(t.from, t.at); ok {
		t.out.rewritten(s, e.Start, e.End)
	} else {
		t.out.add(added(s))
	}
}

func (t *tex) run() {
	for t.at < len(t.in) {
		c := t.in[t.at]
		rest := t.in[t.at:]
		t.from = t.at
		if n := strings.IndexAny(rest, texSigns); n != 0 { // what stands for itself
			if n < 0 {
				n = len(rest)
			}
			t.at += n
			t.write(rest[:n])
			continue
		}
		t.at++
		switch {
		case c == '\\':
			t.command()
		case c == '{':
			t.depth++
		case c == '}':
			if t.depth == t.skip {
				t.skip = 0
			}
			t.depth = max(t.depth-1, 0)
		case c == '$' && t.maths:
			t.math = !t.math
		case c == '~':
			t.write(" ")
		case strings.HasPrefix(rest, "---"):
			t.at += 2
			t.write("—")
		case strings.HasPrefix(rest, "--"):
			t.at++
			t.write("–")
		case strings.HasPrefix(rest, "``"), strings.HasPrefix(rest, "''"):
			t.at++
			t.write(map[byte]string{'`': "“", '\'': "”"}[c])
		case c == '`':
			t.write("‘")
		case c == '^' && t.math:
			t.raise()
		case c == '_' && t.math:
		default:
			t.at--
			_, size := utf8.DecodeRuneInString(rest)
			t.at += size
			t.write(rest[:size])
		}
	}
}

// raise keeps the sign of a power of ten, and of no other.
func (t *tex) raise() {
	if s := t.out.tail(3); strings.HasSuffix(s, "10") && !digitBefore(s, 2) {
		t.write("^")
	}
}

// command reads what follows a backslash.
func (t *tex) command() {
	if t.at >= len(t.in) {
		return
	}
	r, size := utf8.DecodeRuneInString(t.in[t.at:])
	if r >= utf8.RuneSelf || !unicode.IsLetter(r) {
		name := t.in[t.at : t.at+size]
		t.at += size
		switch {
		case texAccents[name] != "":
			t.accent(name)
		case name == "\\":
			t.write("\n")
		case strings.Contains(" ,;:", name):
			t.write(" ")
		case strings.Contains("!/-()[]@", name):
		default:
			t.write(name) // \% \& \$ \# \_ \{ \}
		}
		return
	}
	end := t.at
	for end < len(t.in) && (t.in[end]|0x20 >= 'a' && t.in[end]|0x20 <= 'z') {
		end++
	}
	name := t.in[t.at:end]
	t.at = end
	next := byte(0)
	if end < len(t.in) {
		next = t.in[end]
	}
	if texAccents[name] != "" && (next == '{' || next == ' ' || next == '\\') {
		t.skipBlanks()
		t.accent(name)
		return
	}
	if texSilent[name] && next == '{' {
		t.at++
		t.depth++
		if t.skip == 0 {
			t.skip = t.depth
		}
		return
	}
	if name == "textsuperscript" {
		t.raise()
	}
	if s, ok := texSymbols[name]; ok {
		t.write(s)
	}
	if strings.HasPrefix(t.in[t.at:], "{}") {
		t.at += 2
	} else {
		t.skipBlanks()
	}
}

// skipBlanks passes the blanks after a command.
func (t *tex) skipBlanks() {
	for t.at < len(t.in) && t.in[t.at] == ' ' {
		t.at++
	}
}

// accent writes the letter that follows, in braces or not, with an accent.
func (t *tex) accent(name string) {
	open := 0
	for t.at < len(t.in) && t.in[t.at] == '{' {
		open++
		t.at++
	}
	letter := ""
	switch rest := t.in[t.at:]; {
	case strings.HasPrefix(rest, `\i`) || strings.HasPrefix(rest, `\j`):
		letter = rest[1:2]
		t.at += 2
	case rest != "" && rest[0] != '}' && rest[0] != '\\':
		r, size := utf8.DecodeRuneInString(rest)
		if unicode.IsLetter(r) {
			letter = rest[:size]
			t.at += size
		}
	}
	if letter != "" {
		t.write(letter + texAccents[name])
	} else if open == 0 && (name == "'" || name == "`") {
		t.write(name)
	}
	for ; open > 0 && t.at < len(t.in) && t.in[t.at] == '}'; open-- {
		t.at++
	}
	t.depth += open
}
