package vocab

import (
	"strings"
	"unicode/utf8"
)

// readHeadings reads headings.tsv.
func (v *Vocabulary) readHeadings() error {
	rows, err := carried("headings.tsv", "form", "role", "language")
	if err != nil {
		return err
	}
	v.headings, v.heads = make(map[string]string, len(rows)), map[string]bool{}
	for _, r := range rows {
		key := headingKey(r.cells["form"])
		if other, ok := v.headings[key]; ok && other != r.cells["role"] {
			return r.errorf("heading %q has the roles %s and %s", r.cells["form"], other, r.cells["role"])
		}
		v.headings[key] = r.cells["role"]
		v.heads[key[:asciiRun(key, 0)]] = true
	}
	return nil
}

// headingKey folds what makes no difference in a heading: case, colons, "&" for "and", a comma before "and".
func headingKey(form string) string {
	form = strings.Trim(strings.ToLower(form), " \t\r\n:.\uff1a\u3010\u3011[]")
	form = strings.ReplaceAll(form, "&", " and ")
	form = strings.ReplaceAll(form, ", and ", " and ")
	return strings.Join(strings.Fields(form), " ")
}

// Heading returns the role of a section with a heading, in whatever case it is printed. The roles are those of
// loader/document: background, objective, methods, results, conclusions, registration, references, ...
func (v *Vocabulary) Heading(form string) (role string, ok bool) {
	if !v.mayHead(form) {
		return "", false
	}
	role, ok = v.headings[headingKey(form)]
	return role, ok
}

// mayHead reports whether a form starts with the first word of a heading: most do not. Characters outside ASCII may be written
// otherwise.
func (v *Vocabulary) mayHead(form string) bool {
	var buf [32]byte
	i := 0
	for i < len(form) && strings.IndexByte(" \t\r\n:.[]", form[i]) >= 0 {
		i++
	}
	end := asciiRun(form, i)
	return end == i || end < len(form) && form[end] >= utf8.RuneSelf || end-i > len(buf) || v.heads[string(lowerASCII(buf[:0], form[i:end]))]
}
