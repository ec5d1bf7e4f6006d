package vocab

import "strings"

// BetterNoun returns which direction is good of whatever is measured of a noun, Higher or Lower: of "pain" less, of
// "function" more. It is empty for a noun that says nothing of it.
func (v *Vocabulary) BetterNoun(noun string) string {
	noun = strings.ToLower(noun)
	if b, ok := v.nouns[noun]; ok {
		return b
	}
	return v.nouns[Singular(noun)]
}

// readNouns reads nouns.tsv.
func (v *Vocabulary) readNouns() error {
	rows, err := carried("nouns.tsv", "noun", "better", "note")
	if err != nil {
		return err
	}
	v.nouns = make(map[string]string, len(rows))
	for _, r := range rows {
		noun, better := r.cells["noun"], r.cells["better"]
		if better != Higher && better != Lower {
			return r.errorf("noun %q: better is %q, not %s or %s", noun, better, Higher, Lower)
		}
		v.nouns[noun] = better
	}
	return nil
}
