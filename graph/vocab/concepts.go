package vocab

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
)

// conceptColumns are the columns of concepts.tsv. Lists are separated by |. A form that ends in * is ambiguous, one
// that ends in ~ is shared with a concept of another type.
var conceptColumns = []string{"id", "label", "type", "broader", "part-of", "related", "not-same-as", "synonyms", "abbreviations", "better", "note"}

// readConcepts adds the rows of a concept table; a nil reader means the table of that name which picograph carries.
func (v *Vocabulary) readConcepts(name string, r io.Reader) error {
	lenient := r != nil
	if r == nil {
		b, err := tables.ReadFile(name)
		if err != nil {
			return fmt.Errorf("opening the table %s: %w", name, err)
		}
		r = bytes.NewReader(b)
	}
	rows, err := readTable(name, r, lenient, conceptColumns...)
	if err != nil {
		return err
	}
	// First all ids of the table, so that a row can name a later one.
	added := make([]*Concept, len(rows))
	for i, row := range rows {
		if added[i], err = v.addConcept(row); err != nil {
			return err
		}
	}
	for i, row := range rows {
		if err := v.addLinks(added[i], row); err != nil {
			return err
		}
	}
	return nil
}

// addConcept makes the concept of a row, or adds the row's forms to the concept that has its id.
func (v *Vocabulary) addConcept(r row) (*Concept, error) {
	id := r.cells["id"]
	if !snakeCase(id) {
		return nil, r.errorf("id %q is not lower snake case (hint: write it like pain_severity)", id)
	}
	c := v.byID[id]
	if c == nil {
		c = &Concept{ID: id, Label: r.cells["label"], Type: r.cells["type"], self: []string{id}}
		switch {
		case c.Label == "":
			return nil, r.errorf("concept %s has no label", id)
		case !slices.Contains(Types(), c.Type):
			return nil, r.errorf("concept %s has type %q (hint: the types are %s)", id, c.Type, strings.Join(Types(), ", "))
		}
		v.byID[id] = c
		v.concepts = append(v.concepts, c)
		c.addForm(c.Label, slices.Contains(r.list("abbreviations"), c.Label))
	} else if t := r.cells["type"]; t != "" && t != c.Type {
		return nil, r.errorf("concept %s is a %s already, not a %s", id, c.Type, t)
	}
	switch b := r.cells["better"]; b {
	case "":
	case Lower, Higher:
		c.Better = b
	default:
		return nil, r.errorf("concept %s has better direction %q (hint: lower, higher or nothing)", id, b)
	}
	if note := r.cells["note"]; note != "" {
		c.Note = note
	}
	for _, form := range r.list("synonyms") {
		c.addForm(form, false)
	}
	for _, form := range r.list("abbreviations") {
		c.addForm(form, true)
	}
	return c, nil
}

// addForm adds a form, with its mark, unless the concept has it.
func (c *Concept) addForm(text string, abbreviation bool) {
	f := Form{Abbreviation: abbreviation}
	var ok bool
	if text, ok = strings.CutSuffix(text, "*"); ok {
		f.Ambiguous = true
	} else if text, ok = strings.CutSuffix(text, "~"); ok {
		f.Shared = true
	}
	f.Text = strings.TrimSpace(text)
	for i := range c.Forms {
		if c.Forms[i].Abbreviation == abbreviation && (c.Forms[i].Text == f.Text || !abbreviation && strings.EqualFold(c.Forms[i].Text, f.Text)) {
			c.Forms[i].Ambiguous = c.Forms[i].Ambiguous || f.Ambiguous
			c.Forms[i].Shared = c.Forms[i].Shared || f.Shared
			return
		}
	}
	c.Forms = append(c.Forms, f)
}

// addLinks adds the links of a row; each has to lead to a concept that is there.
func (v *Vocabulary) addLinks(c *Concept, r row) error {
	for _, link := range []struct {
		column string
		list   *[]string
	}{{"broader", &c.Broader}, {"part-of", &c.PartOf}, {"related", &c.Related}, {"not-same-as", &c.NotSameAs}} {
		for _, id := range r.list(link.column) {
			if v.byID[id] == nil {
				hint := ""
				if near := nearestOf(id, 1, v.ids()); len(near) > 0 {
					hint = fmt.Sprintf(" (hint: did you mean %s?)", near[0])
				}
				return r.errorf("concept %s: %s names %q, which is no concept%s", c.ID, link.column, id, hint)
			}
			if id == c.ID {
				return r.errorf("concept %s: %s names the concept itself", c.ID, link.column)
			}
			if !slices.Contains(*link.list, id) {
				*link.list = append(*link.list, id)
				sort.Strings(*link.list)
			}
		}
	}
	for _, id := range c.NotSameAs { // symmetric, also where a user's row says it on one side only
		other := v.byID[id]
		if !slices.Contains(other.NotSameAs, c.ID) {
			other.NotSameAs = append(other.NotSameAs, c.ID)
			sort.Strings(other.NotSameAs)
		}
	}
	return nil
}

func (v *Vocabulary) ids() []string {
	out := make([]string, 0, len(v.byID))
	for id := range v.byID {
		out = append(out, id)
	}
	sort.Strings(out)
	return out
}

// linkConcepts sorts the concepts, turns their links round, refuses circles and builds the look-ups by name.
func (v *Vocabulary) linkConcepts() error {
	slices.SortFunc(v.concepts, func(a, b *Concept) int { return strings.Compare(a.ID, b.ID) })
	v.narrower, v.parts = map[string][]string{}, map[string][]string{}
	for _, c := range v.concepts {
		for _, id := range c.Broader {
			v.narrower[id] = append(v.narrower[id], c.ID)
		}
		for _, id := range c.PartOf {
			v.parts[id] = append(v.parts[id], c.ID)
		}
	}
	for _, c := range v.concepts {
		for _, up := range c.Broader {
			if v.IsA(up, c.ID) {
				return fmt.Errorf("concepts %s and %s are each broader than the other", c.ID, up)
			}
		}
		for _, up := range c.PartOf {
			if slices.Contains(v.Wholes(up), c.ID) {
				return fmt.Errorf("concepts %s and %s are each part of the other", c.ID, up)
			}
		}
	}
	v.fileForms()
	return v.checkForms()
}

// fileForms builds the look-ups of forms as a whole and in text.
func (v *Vocabulary) fileForms() {
	n := 0
	for _, c := range v.concepts {
		n += len(c.Forms)
	}
	v.forms, v.named = make([]formOf, 0, n), make(map[string][]formOf, 2*n)
	v.names = newAutomaton(v.alphabet)
	for _, c := range v.concepts {
		for i := range c.Forms {
			f := &c.Forms[i]
			written := variants(f.Text, f.Abbreviation)
			v.forms = append(v.forms, formOf{c, f})
			v.names.add(written, f.Abbreviation, uint32(len(v.forms)-1))
			for _, key := range keysOf(written, f.Abbreviation) {
				v.named[key] = append(v.named[key], formOf{c, f})
			}
			if f.Abbreviation { // people type "cbt"
				for _, key := range formKeys(f.Text, false) {
					v.named["any "+key] = append(v.named["any "+key], formOf{c, f})
				}
			}
		}
	}
	v.nameWords = make(map[string]bool, n)
	for key := range v.named {
		for w := range strings.SplitSeq(key, " ") {
			v.nameWords[w] = true
		}
	}
}

// checkForms refuses a form of two concepts that has no mark. A shared form needs concepts of different types.
func (v *Vocabulary) checkForms() error {
	var clashes []string
	for key, list := range v.named {
		if len(list) < 2 || strings.HasPrefix(key, "any ") {
			continue
		}
		for i, a := range list {
			for _, b := range list[i+1:] {
				if what := clash(a, b); what != "" {
					clashes = append(clashes, what)
				}
			}
		}
	}
	if len(clashes) > 0 {
		return errors.New(slices.Min(clashes))
	}
	return nil
}

// clash says what is wrong with a form that two concepts have; empty when nothing is.
func clash(a, b formOf) string {
	switch {
	case a.concept == b.concept || (a.form.Ambiguous && b.form.Ambiguous):
		return ""
	case !a.form.Shared || !b.form.Shared:
		return fmt.Sprintf("%q is a form of %s and of %s (hint: mark it with * in both where the document has to say which, or with ~ where the types differ)", a.form.Text, a.concept.ID, b.concept.ID)
	case a.concept.Type == b.concept.Type:
		return fmt.Sprintf("%q is shared by %s and %s, which are both of type %s (hint: mark it with * in both)", a.form.Text, a.concept.ID, b.concept.ID, a.concept.Type)
	}
	return ""
}

func snakeCase(s string) bool {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return !strings.Contains(s, "__") && s[len(s)-1] != '_'
}

// mayName reports whether each word of a form is one of a concept's name: most phrases have others. A form with hyphens or prefixes has
// more than one way to be cut into words.
func (v *Vocabulary) mayName(form string) bool {
	if strings.ContainsAny(form, "-\u2010\u2011") || mayOpen(form) {
		return true
	}
	var buf [64]byte
	for i := 0; i < len(form); {
		end, cl := next(form, i)
		switch w := form[i:end]; {
		case cl == classSign && !v.nameWords[sign(w)],
			cl == classWord && !v.nameWords[exactWord(w)] && !v.nameWords[string(canonical(buf[:0], w))]:
			return false
		}
		i = end
	}
	return true
}

// Named returns the ids of the concepts that a form names, of the types given (all when none is), sorted. The form is
// matched as a whole, abbreviations first with their case, then without. A concept's id names it too.
func (v *Vocabulary) Named(form string, types ...string) []string {
	wanted := func(c *Concept) bool { return len(types) == 0 || slices.Contains(types, c.Type) }
	if c := v.byID[form]; c != nil && wanted(c) {
		return []string{c.ID}
	}
	if !v.mayName(form) {
		return nil
	}
	folded := formKeys(form, false)
	for _, key := range slices.Concat(formKeys(form, true), folded, []string{"any " + folded[0]}) {
		var out []string
		for _, f := range v.named[key] {
			if wanted(f.concept) {
				out = append(out, f.concept.ID)
			}
		}
		if len(out) > 0 {
			sort.Strings(out)
			return slices.Compact(out)
		}
	}
	return nil
}
