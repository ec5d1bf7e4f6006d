package plot

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"strconv"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// dots is how many dots a PNG has for each unit of a sheet: 430 to the inch in a column of 85 mm.
const dots = 3

// mostDots bounds the dots of a PNG: a longer plot is drawn with fewer to the unit.
const mostDots = 30_000_000

// WritePNG writes the plot as PNG. The picture carries the question, the query, the digest of the graph and, as JSON, the
// whole plot with where each mark leads to, in text chunks.
func (p *Plot) WritePNG(w io.Writer) error {
	s, err := p.sheet()
	if err != nil {
		return err
	}
	scale := float64(dots)
	for scale > 1 && s.width*scale*s.height()*scale > mostDots {
		scale--
	}
	img := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(s.width*scale)), int(math.Ceil(s.height()*scale))))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	pen := &pen{img: img, scale: scale, fonts: s.fonts}
	for i := range s.shapes {
		pen.shape(&s.shapes[i])
	}
	var b bytes.Buffer
	if err := png.Encode(&b, paletted(img)); err != nil {
		return err
	}
	chunks, err := p.chunks(scale)
	if err != nil {
		return err
	}
	const header = 8 + 25 // the signature and the first chunk
	for _, part := range [][]byte{b.Bytes()[:header], chunks, b.Bytes()[header:]} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// chunks are what a PNG says of itself: its resolution and its texts.
func (p *Plot) chunks(scale float64) ([]byte, error) {
	data, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("describing the plot: %w", err)
	}
	var out []byte
	perMetre := uint32(math.Round(sheetWidth * scale / 0.085)) // a sheet fills a column of 85 mm
	res := binary.BigEndian.AppendUint32(nil, perMetre)
	res = append(binary.BigEndian.AppendUint32(res, perMetre), 1)
	out = chunk(out, "pHYs", res)
	for _, t := range [][2]string{{"Title", p.summary()}, {"Description", p.about()}, {"Question", p.Question}, {"Query", p.Query}, {"Source", "graph sha256 " + p.Graph}, {"Software", "picograph"}, {"picograph", string(data)}} {
		out = chunk(out, "iTXt", internationalText(t[0], t[1]))
	}
	return out, nil
}

// internationalText is the content of an iTXt chunk, compressed where that pays.
func internationalText(key, text string) []byte {
	out := append([]byte(key), 0)
	if len(text) < 1000 {
		return append(append(out, 0, 0, 0, 0), text...)
	}
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(text)) // a buffer takes all
	_ = z.Close()
	return append(append(out, 1, 0, 0, 0), b.Bytes()...)
}

// chunk appends a chunk of a PNG.
func chunk(to []byte, kind string, data []byte) []byte {
	to = binary.BigEndian.AppendUint32(to, uint32(len(data)))
	from := len(to)
	to = append(append(to, kind...), data...)
	return binary.BigEndian.AppendUint32(to, crc32.ChecksumIEEE(to[from:]))
}

// coarse rounds the colours between others that smooth the edges, so that there are few.
func coarse(c color.RGBA, flat map[color.RGBA]bool) color.RGBA {
	if flat[c] {
		return c
	}
	round := func(v uint8) uint8 { return uint8((int(v)*15 + 127) / 255 * 17) }
	return color.RGBA{round(c.R), round(c.G), round(c.B), 255}
}

// paletted returns the picture with its colours in a table, where they are few enough: it is then a fifth of the size.
func paletted(img *image.RGBA) image.Image {
	flat := map[color.RGBA]bool{}
	for _, c := range []string{ink, muted, faint, paper, band, blue, orange, silver} {
		flat[rgb(c)] = true
	}
	at := map[color.RGBA]uint8{}
	var palette color.Palette
	out := image.NewPaletted(img.Bounds(), nil)
	var last color.RGBA // most dots are as the one before
	var n uint8
	for i := 0; i < len(img.Pix); i += 4 {
		c := color.RGBA{img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3]}
		if c != last {
			few := coarse(c, flat)
			known := false
			if n, known = at[few]; !known {
				if len(palette) == 256 {
					return img
				}
				n = uint8(len(palette))
				at[few] = n
				palette = append(palette, few)
			}
			last = c
		}
		out.Pix[i/4] = n
	}
	out.Palette = palette
	return out
}

// pen draws shapes on a picture.
type pen struct {
	img   *image.RGBA
	scale float64
	fonts *fonts
}

func (p *pen) shape(x *shape) {
	switch x.form {
	case aLine:
		p.line(x)
	case aPolygon:
		p.fill(x.fill, func(r *vector.Rasterizer, o [2]float64) { p.outline(r, o, x.at) }, bounds(x.at))
		if x.stroke != "" {
			n := len(x.at)
			for i := 0; i < n; i += 2 {
				p.line(&shape{at: []float64{x.at[i], x.at[i+1], x.at[(i+2)%n], x.at[(i+3)%n]}, stroke: x.stroke, width: x.width})
			}
		}
	case aCircle:
		cx, cy, r := x.at[0], x.at[1], x.at[2]
		if x.stroke != "" {
			p.disc(x.stroke, cx, cy, r+x.width/2)
			r -= x.width / 2
		}
		p.disc(x.fill, cx, cy, r)
	case aText:
		p.text(x)
	}
}

// fill paints what an outline encloses. The outline is drawn in dots, from the corner of a box.
func (p *pen) fill(colour string, outline func(r *vector.Rasterizer, corner [2]float64), box [4]float64) {
	if colour == "" {
		return
	}
	area := image.Rect(int(math.Floor(box[0]*p.scale))-1, int(math.Floor(box[1]*p.scale))-1, int(math.Ceil(box[2]*p.scale))+2, int(math.Ceil(box[3]*p.scale))+2).Intersect(p.img.Bounds())
	if area.Empty() {
		return
	}
	r := vector.NewRasterizer(area.Dx(), area.Dy())
	outline(r, [2]float64{float64(area.Min.X), float64(area.Min.Y)})
	r.Draw(p.img, area, image.NewUniform(rgb(colour)), image.Point{})
}

// outline draws a polygon.
func (p *pen) outline(r *vector.Rasterizer, corner [2]float64, at []float64) {
	for i := 0; i < len(at); i += 2 {
		x, y := float32(at[i]*p.scale-corner[0]), float32(at[i+1]*p.scale-corner[1])
		if i == 0 {
			r.MoveTo(x, y)
		} else {
			r.LineTo(x, y)
		}
	}
	r.ClosePath()
}

// line draws a line as the narrow rectangle that it is.
func (p *pen) line(x *shape) {
	x1, y1, x2, y2 := x.at[0], x.at[1], x.at[2], x.at[3]
	length := math.Hypot(x2-x1, y2-y1)
	if length == 0 {
		return
	}
	ux, uy := (x2-x1)/length, (y2-y1)/length
	nx, ny := -uy*x.width/2, ux*x.width/2
	const dash = 3.0
	step := length
	if x.dashed {
		step = dash
	}
	for from := 0.0; from < length; from += 2 * step {
		to := min(from+step, length)
		ax, ay, bx, by := x1+ux*from, y1+uy*from, x1+ux*to, y1+uy*to
		at := []float64{ax + nx, ay + ny, bx + nx, by + ny, bx - nx, by - ny, ax - nx, ay - ny}
		p.fill(x.stroke, func(r *vector.Rasterizer, o [2]float64) { p.outline(r, o, at) }, bounds(at))
	}
}

// disc fills a circle, which four curves make.
func (p *pen) disc(colour string, cx, cy, radius float64) {
	if radius <= 0 {
		return
	}
	const k = 0.5522847498
	p.fill(colour, func(r *vector.Rasterizer, o [2]float64) {
		pt := func(x, y float64) (float32, float32) {
			return float32((cx+x*radius)*p.scale - o[0]), float32((cy+y*radius)*p.scale - o[1])
		}
		curve := func(ax, ay, bx, by, x, y float64) {
			x1, y1 := pt(ax, ay)
			x2, y2 := pt(bx, by)
			x3, y3 := pt(x, y)
			r.CubeTo(x1, y1, x2, y2, x3, y3)
		}
		x, y := pt(1, 0)
		r.MoveTo(x, y)
		curve(1, k, k, 1, 0, 1)
		curve(-k, 1, -1, k, -1, 0)
		curve(-1, -k, -k, -1, 0, -1)
		curve(k, -1, 1, -k, 1, 0)
		r.ClosePath()
	}, [4]float64{cx - radius, cy - radius, cx + radius, cy + radius})
}

// text draws a text letter by letter; one that the font lacks is an empty box.
func (p *pen) text(t *shape) {
	width := p.fonts.width(t.text, t.size, t.bold)
	start := 0.0
	switch t.anchor {
	case middle:
		start = -width / 2
	case right:
		start = -width
	}
	face := p.fonts.face(t.bold)
	for _, r := range t.text {
		i, err := face.GlyphIndex(&p.fonts.buffer, r)
		if err != nil {
			i = 0
		}
		segments, err := face.LoadGlyph(&p.fonts.buffer, i, fixed.Int26_6(math.Round(t.size*p.scale*64)), nil)
		if err == nil && len(segments) > 0 {
			p.glyph(t, segments, start)
		}
		start += p.fonts.advance(r, t.bold) * t.size
	}
}

// glyph fills the outline of a letter that begins so far from the foot of its text.
func (p *pen) glyph(t *shape, segments sfnt.Segments, start float64) {
	place := func(a fixed.Point26_6) (x, y float64) {
		dx, dy := start+float64(a.X)/64/p.scale, float64(a.Y)/64/p.scale
		if t.turned {
			return t.at[0] + dy, t.at[1] - dx
		}
		return t.at[0] + dx, t.at[1] + dy
	}
	var at []float64
	for _, s := range segments {
		for _, a := range s.Args[:args(s.Op)] {
			x, y := place(a)
			at = append(at, x, y)
		}
	}
	p.fill(t.fill, func(r *vector.Rasterizer, o [2]float64) {
		pt := func(a fixed.Point26_6) (float32, float32) {
			x, y := place(a)
			return float32(x*p.scale - o[0]), float32(y*p.scale - o[1])
		}
		for _, s := range segments {
			x, y := pt(s.Args[0])
			switch s.Op {
			case sfnt.SegmentOpMoveTo:
				r.ClosePath()
				r.MoveTo(x, y)
			case sfnt.SegmentOpLineTo:
				r.LineTo(x, y)
			case sfnt.SegmentOpQuadTo:
				x2, y2 := pt(s.Args[1])
				r.QuadTo(x, y, x2, y2)
			case sfnt.SegmentOpCubeTo:
				x2, y2 := pt(s.Args[1])
				x3, y3 := pt(s.Args[2])
				r.CubeTo(x, y, x2, y2, x3, y3)
			}
		}
		r.ClosePath()
	}, bounds(at))
}

// args returns how many points a piece of an outline has.
func args(op sfnt.SegmentOp) int {
	switch op {
	case sfnt.SegmentOpQuadTo:
		return 2
	case sfnt.SegmentOpCubeTo:
		return 3
	}
	return 1
}

// bounds returns the box around points.
func bounds(at []float64) [4]float64 {
	b := [4]float64{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for i := 0; i < len(at); i += 2 {
		b[0], b[1], b[2], b[3] = min(b[0], at[i]), min(b[1], at[i+1]), max(b[2], at[i]), max(b[3], at[i+1])
	}
	return b
}

// rgb reads a colour such as #0072b2.
func rgb(s string) color.RGBA {
	n, _ := strconv.ParseUint(s[1:], 16, 32) // the colours are constants of this package
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
}
