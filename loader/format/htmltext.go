package format

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// pageTexts are the texts of a page by the node that they are in, each with where it stands in the file.
type pageTexts map[*html.Node]traced

// placeTexts finds the texts of a page in its file. The parser does not tell where they stand; its tokens, which come in
// the same order, do.
func placeTexts(f File, root *html.Node) pageTexts {
	var w weaver
	data := bytes.TrimPrefix(f.Data, []byte("\uFEFF"))
	at := len(f.Data) - len(data)
	z := html.NewTokenizer(bytes.NewReader(data))
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw())
		if t := z.Token(); t.Type == html.TextToken {
			w.add(decoded(t.Data, raw, at, markupEscape))
		}
		at += len(raw)
	}
	all := w.text()
	texts := make(pageTexts)
	pos, misses := 0, 0
	var place func(*html.Node)
	place = func(n *html.Node) {
		if n.Type == html.TextNode {
			texts[n] = added(n.Data)
			if misses > maxMisses {
				return
			}
			window := all.s[pos:min(len(all.s), pos+len(n.Data)+maxDrift)]
			if i := strings.Index(window, n.Data); i >= 0 {
				texts[n] = all.cut(pos+i, pos+i+len(n.Data))
				pos += i + len(n.Data)
			} else {
				misses++
			}
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			place(k)
		}
	}
	place(root)
	return texts
}

// maxDrift is how many bytes of text the parser may leave out or move before a text, maxMisses how many texts may not be found
// before the rest is not looked for.
const (
	maxDrift  = 64 << 10
	maxMisses = 2000
)
