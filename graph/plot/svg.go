package plot

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// svgFonts are families of the same widths, one of which is on nearly every machine.
const svgFonts = "Helvetica, Arial, 'Liberation Sans', Arimo, sans-serif"

// WriteSVG writes the plot as SVG that can stand alone or within a page: it has no identifiers that could collide with
// others, no scripts, no style sheets and nothing from elsewhere. Each mark is a g of class mark with the full label in its
// title and, in parallel lists, the findings it shows (data-finding), their documents (data-document) and the byte offsets
// there (data-offsets).
func (p *Plot) WriteSVG(w io.Writer) error {
	s, err := p.sheet()
	if err != nil {
		return err
	}
	out := &svgWriter{Writer: bufio.NewWriter(w)}
	width, height := num(s.width), num(s.height())
	out.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img" aria-label="%s" font-family="%s" class="picograph-plot" data-kind="%s" data-graph="%s">`+"\n",
		width, height, width, height, escape(p.summary()), escape(svgFonts), escape(p.Kind), escape(p.Graph))
	out.printf("<title>%s</title>\n<desc>%s</desc>\n", escape(p.summary()), escape(p.about()))
	out.printf(`<rect class="paper" width="%s" height="%s" fill="%s"/>`+"\n", width, height, paper)
	var open *Mark
	for i := range s.shapes {
		x := &s.shapes[i]
		if x.mark != open {
			if open != nil {
				out.printf("</g>\n")
			}
			if open = x.mark; open != nil {
				out.open(open)
			}
		}
		out.shape(x)
	}
	if open != nil {
		out.printf("</g>\n")
	}
	out.printf("</svg>\n")
	return out.Flush()
}

// longText is how wide a text must be to be held to its width.
const longText = 60

// svgWriter writes elements; errors stay in it until it is flushed.
type svgWriter struct{ *bufio.Writer }

func (w *svgWriter) printf(format string, args ...any) { _, _ = fmt.Fprintf(w.Writer, format, args...) }

// open begins the group of a mark.
func (w *svgWriter) open(m *Mark) {
	var findings, documents, at, title []string
	title = append(title, m.Label)
	for _, s := range m.From {
		if s.Finding != "" {
			findings = append(findings, string(s.Finding))
		}
		documents = append(documents, s.Document)
		at = append(at, s.spans())
		title = append(title, s.place())
		if s.Sentence != "" {
			title = append(title, "“"+s.Sentence+"”")
		}
	}
	w.printf(`<g class="mark"`)
	if m.Row > 0 {
		w.printf(` data-row="%d"`, m.Row)
	}
	if len(findings) > 0 {
		w.printf(` data-finding="%s"`, escape(strings.Join(findings, " ")))
	}
	w.printf(` data-document="%s" data-offsets="%s">`, escape(strings.Join(documents, " ")), escape(strings.Join(at, " ")))
	w.printf("<title>%s</title>\n", escape(strings.Join(title, "\n")))
}

func (w *svgWriter) shape(x *shape) {
	class := classOf(x)
	switch x.form {
	case aLine:
		dash := ""
		if x.dashed {
			dash = ` stroke-dasharray="3 3"`
		}
		w.printf(`<path class="%s" d="M%s %sL%s %s" stroke="%s" stroke-width="%s"%s/>`+"\n", class, num(x.at[0]), num(x.at[1]), num(x.at[2]), num(x.at[3]), x.stroke, num(x.width), dash)
	case aPolygon:
		var b strings.Builder
		for i := 0; i < len(x.at); i += 2 {
			letter := "L"
			if i == 0 {
				letter = "M"
			}
			b.WriteString(letter + num(x.at[i]) + " " + num(x.at[i+1]))
		}
		w.printf(`<path class="%s" d="%sZ"%s/>`+"\n", class, b.String(), paint(x))
	case aCircle:
		w.printf(`<circle class="%s" cx="%s" cy="%s" r="%s"%s/>`+"\n", class, num(x.at[0]), num(x.at[1]), num(x.at[2]), paint(x))
	case aText:
		extra := ""
		if x.bold {
			extra += ` font-weight="bold"`
		}
		if x.anchor != left {
			extra += ` text-anchor="` + map[int]string{middle: "middle", right: "end"}[x.anchor] + `"`
		}
		if x.width > longText { // so that it keeps its place where only a wider font is to be had
			extra += ` textLength="` + num(x.width) + `" lengthAdjust="spacingAndGlyphs"`
		}
		if x.turned {
			extra += fmt.Sprintf(` transform="rotate(-90 %s %s)"`, num(x.at[0]), num(x.at[1]))
		}
		w.printf(`<text class="%s" x="%s" y="%s" font-size="%s" fill="%s"%s>%s</text>`+"\n", class, num(x.at[0]), num(x.at[1]), num(x.size), x.fill, extra, escape(x.text))
	}
}

// classOf names what a shape is for, so that the style sheet of a page can colour it otherwise.
func classOf(x *shape) string {
	colour := x.fill
	if x.form == aLine || colour == "" {
		colour = x.stroke
	}
	name := map[string]string{ink: "ink", muted: "muted", faint: "faint", paper: "paper", band: "band", blue: "blue", orange: "orange", silver: "silver"}[colour]
	if x.fill == paper && x.stroke != "" && x.form != aText {
		name = "hollow"
	}
	return name
}

func paint(x *shape) string {
	fill := x.fill
	if fill == "" {
		fill = "none"
	}
	s := ` fill="` + fill + `"`
	if x.stroke != "" {
		s += ` stroke="` + x.stroke + `" stroke-width="` + num(x.width) + `"`
	}
	return s
}

// num prints a coordinate with at most two decimals.
func num(f float64) string {
	s := strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

// escape makes a text safe within an element and an attribute, in XML as in HTML.
func escape(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = printable(lines[i])
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;").Replace(strings.Join(lines, "\n"))
}
