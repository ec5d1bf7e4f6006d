package vocab

import "strings"

// readHeadings reads headings.tsv.
func (v *Vocabulary) readHeadings() error {
	rows, err := carried("headings.tsv", "form", "role", "language")
	if err != nil {
		return err
	}
	v.headings = make(map[string]string, len(rows))
	for _, r := range rows {
		key := headingKey(r.cells["form"])
		if other, ok := v.headings[key]; ok && other != r.cells["role"] {
			return r.errorf("heading %q has the roles %s and %s", r.cells["form"], other, r.cells["role"])
		}
		v.headings[key] = r.cells["role"]
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
	role, ok = v.headings[headingKey(form)]
	return role, ok
}
