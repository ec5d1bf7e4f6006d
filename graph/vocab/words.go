package vocab

import (
	"slices"
	"strings"
)

// The lists of words.tsv: words of one kind that the rules of a reader ask for.
const (
	RatedFeeling  = "rated feeling"      // what is rated on a visual analogue scale beside pain
	SameThing     = "same thing"         // what is one and the same rather than alike: "on the same day"
	WhatHasEffect = "what has an effect" // "intervention effects"
	// NotBeforePeople are words that end what stands before a noun of people: "randomized", "of".
	NotBeforePeople = "not before people"
	// PeopleAre are words for what people are like that their endings do not tell: "male", "overweight".
	PeopleAre = "people are"
	// PeopleOfAKind are nouns of people that another noun before them tells the kind of: "school children".
	PeopleOfAKind = "people of a kind"
)

// Listed reports whether a word stands in one of the lists of words.tsv, in any case. A row that ends in "*" stands for all words that begin so.
func (v *Vocabulary) Listed(list, word string) bool {
	word = strings.ToLower(word)
	return v.lists[list][word] || slices.ContainsFunc(v.beginnings[list], func(p string) bool { return strings.HasPrefix(word, p) })
}

// readWords reads words.tsv.
func (v *Vocabulary) readWords() error {
	rows, err := carried("words.tsv", "word", "lists", "note")
	if err != nil {
		return err
	}
	known := []string{RatedFeeling, SameThing, WhatHasEffect, NotBeforePeople, PeopleAre, PeopleOfAKind}
	v.lists, v.beginnings = map[string]map[string]bool{}, map[string][]string{}
	for _, r := range rows {
		word := r.cells["word"]
		for list := range strings.SplitSeq(r.cells["lists"], "|") {
			if !slices.Contains(known, list) {
				return r.errorf("word %q: there is no list %q", word, list)
			}
			if begins, ok := strings.CutSuffix(word, "*"); ok {
				v.beginnings[list] = append(v.beginnings[list], begins)
				continue
			}
			if v.lists[list] == nil {
				v.lists[list] = map[string]bool{}
			}
			v.lists[list][word] = true
		}
	}
	return nil
}
