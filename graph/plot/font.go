package plot

import (
	"fmt"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// fonts measures and outlines text. Liberation Sans is as wide as Helvetica and Arial, letter by letter: what is laid out with
// it fits wherever one of these is.
type fonts struct {
	regular, bold *sfnt.Font
	buffer        sfnt.Buffer
	advances      map[glyph]float64
}

type glyph struct {
	r    rune
	bold bool
}

func newFonts() (*fonts, error) {
	regular, err := sfnt.Parse(liberationsansregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("reading the font: %w", err)
	}
	bold, err := sfnt.Parse(liberationsansbold.TTF)
	if err != nil {
		return nil, fmt.Errorf("reading the font: %w", err)
	}
	return &fonts{regular: regular, bold: bold, advances: map[glyph]float64{}}, nil
}

func (f *fonts) face(bold bool) *sfnt.Font {
	if bold {
		return f.bold
	}
	return f.regular
}

// width returns how wide a text is.
func (f *fonts) width(s string, size float64, bold bool) float64 {
	w := 0.0
	for _, r := range s {
		w += f.advance(r, bold)
	}
	return w * size
}

// has reports whether the font has every letter of a text.
func (f *fonts) has(s string) bool {
	for _, r := range s {
		if i, err := f.regular.GlyphIndex(&f.buffer, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

// advance returns the width of a letter at size 1. One that the font lacks is taken to be as wide as it is high where it is
// of the East, and as an M elsewhere.
func (f *fonts) advance(r rune, bold bool) float64 {
	key := glyph{r, bold}
	if w, ok := f.advances[key]; ok {
		return w
	}
	face := f.face(bold)
	const em = 2048
	w := 0.84
	if r >= 0x2e80 {
		w = 1
	}
	if i, err := face.GlyphIndex(&f.buffer, r); err == nil && i != 0 {
		if a, err := face.GlyphAdvance(&f.buffer, i, fixed.I(em), 0); err == nil {
			w = float64(a) / 64 / em
		}
	}
	f.advances[key] = w
	return w
}
