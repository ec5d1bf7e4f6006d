package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/queries/syntax"
)

// sentences returns the words of each passage of a finding, worked out once.
func (it *item) sentences() [][]string {
	if it.said == nil {
		for _, p := range it.Passages {
			it.said = append(it.said, content(p.Text))
		}
	}
	return it.said
}

// textHas reports whether a finding's sentence, or the title of its report, has some words.
func textHas(it *item, t *syntax.Test) bool {
	title := ""
	if r := telledReport(it.Telling); r != nil {
		title = r.Title
	}
	for _, v := range t.Values {
		words := content(v.Text)
		if containsAll(content(title), words) || slices.ContainsFunc(it.sentences(), func(p []string) bool { return containsAll(p, words) }) {
			return true
		}
	}
	return false
}

// judgeText tells whether words stand in what a finding says, or in what its arms are called and were given. A finding of a study that
// has them elsewhere is near. Where no outcome is asked for beside them, the sentence is shown.
func (l *lexicon) judgeText(it *item, t *syntax.Test, alone bool) judgement {
	spoken := l.spokenOf(it.Telling)
	in := slices.ContainsFunc(t.Values, func(v syntax.Value) bool { return containsAll(spoken, content(v.Text)) })
	if in && textHas(it, t) {
		if len(it.Passages) > 0 && (alone || slices.ContainsFunc(t.Values, func(v syntax.Value) bool { return l.phrases[key(v.Text)].use == useText })) {
			return judgement{verdict: yes, label: "“" + evidence.Clip(it.Passages[0].Text, mostQuoted) + "”"}
		}
		return judgement{verdict: yes}
	}
	for _, v := range t.Values {
		words := content(v.Text)
		for _, a := range slices.Concat(it.arms, it.comps) {
			if in && containsAll(content(strings.Join(append([]string{a.Label, a.Description}, a.Aliases...), " ")), words) {
				return judgement{verdict: yes}
			}
		}
		if !alone && slices.ContainsFunc(it.st.Populations, func(p evidence.Population) bool { return p.Parent == "" && containsAll(content(p.Text), words) }) {
			return judgement{verdict: yes, label: "in " + evidence.Clip(mainPeople(it.st), mostQuoted)}
		}
		if containsAll(spoken, words) || !alone && !it.st.SecondHand && containsAll(l.wordsOf(it.DocumentID), words) {
			return judgement{verdict: near, why: "its study speaks of “" + v.Text + "”, its own sentence does not"}
		}
	}
	return judgement{}
}

// mainPeople returns how a study describes whom it enrolled.
func mainPeople(st *evidence.Study) string {
	for _, p := range st.Populations {
		if p.Parent == "" {
			return p.Text
		}
	}
	return ""
}
