package vocab

import "strings"

// readFields reads fields.tsv: the forms that say too little to stand for their concept alone, such as "daily dose" for the
// daily dose of opioids, with the concepts of which the document has to name one.
func (v *Vocabulary) readFields() error {
	rows, err := carried("fields.tsv", "concept", "forms", "needs", "note")
	if err != nil {
		return err
	}
	for _, r := range rows {
		c, ok := v.byID[r.cells["concept"]]
		if !ok {
			return r.errorf("there is no concept %q", r.cells["concept"])
		}
		needs := r.list("needs")
		for _, id := range needs {
			if _, ok := v.byID[id]; !ok {
				return r.errorf("there is no concept %q", id)
			}
		}
		if len(needs) == 0 {
			return r.errorf("%s needs nothing", c.ID)
		}
		for _, text := range r.list("forms") {
			form := c.form(text)
			if form == nil {
				return r.errorf("%q is no form of %s", text, c.ID)
			}
			form.Needs = needs
		}
	}
	return nil
}

// form returns a form of the concept, or nil.
func (c *Concept) form(text string) *Form {
	for i := range c.Forms {
		if strings.EqualFold(c.Forms[i].Text, text) {
			return &c.Forms[i]
		}
	}
	return nil
}
