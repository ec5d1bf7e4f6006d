package format

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
)

// group is a group of a part of the results: the arm that it is, and how it is called there.
type group struct {
	title string
	arm   string // empty for all participants together
}

// groupsOf tells the groups of a part of the results and finds the arms that they are. A group that is no arm of the
// study becomes one.
func (c *ctRecord) groupsOf(at string, groups []ctGroup, tell bool) map[ctText]group {
	out := make(map[ctText]group, len(groups))
	labels := c.matched(groups)
	for i, g := range groups {
		title := titleOf(g)
		if isTotal(title) {
			out[g.ID] = group{title: title}
			continue
		}
		label := labels[i]
		var p evidence.Passage
		if tell || label == "" {
			p = c.line(item(at, i), sentence("Group: "+title, g.Description.line()))
		}
		if label == "" {
			label = c.freeLabel(title)
			c.addArm(evidence.Arm{Label: label, Description: g.Description.line(), Passages: passages(p)})
		}
		c.groups[nameKey(title)] = label
		if a := &c.out.Arms[c.labels[label]]; nameKey(title) != nameKey(label) && !slices.Contains(a.Aliases, title) {
			a.Aliases = append(a.Aliases, title)
		}
		out[g.ID] = group{title: title, arm: label}
	}
	return out
}

// titleOf returns how a group is called.
func titleOf(g ctGroup) string {
	if title := g.Title.line(); title != "" {
		return title
	}
	return g.ID.line()
}

// matched returns for each group of a list the label of the arm that it is, or nothing: by its name, else by what the
// arm receives, else as the only group that has all words of an arm's name, and last as the only group for the only arm
// that is left.
func (c *ctRecord) matched(groups []ctGroup) []string {
	labels := make([]string, len(groups))
	taken := map[string]bool{}
	var left []int
	for i, g := range groups {
		title := titleOf(g)
		if isTotal(title) {
			continue
		}
		if label, ok := c.armNamed(title); ok {
			labels[i] = label
			taken[label] = true
			continue
		}
		if !strings.ContainsAny(title, ">→") { // not one thing after another
			left = append(left, i)
		}
	}
	for _, fits := range []func(title string, a *evidence.Arm) bool{receives, alike, hasWordsOf} {
		left = c.pair(groups, labels, left, taken, fits)
	}
	if len(left) != 1 {
		return labels
	}
	var free []string
	registered := c.out.Arms[:min(len(c.s.Protocol.Arms.Groups), len(c.out.Arms))]
	for _, a := range registered {
		if !taken[a.Label] {
			free = append(free, a.Label)
		}
	}
	if len(free) == 1 && len(taken) == len(registered)-1 && len(taken) > 0 {
		labels[left[0]] = free[0]
	}
	return labels
}

// pair gives arms that are not taken to the groups that are left, where one group fits one arm and no other. It returns
// the groups that are left then.
func (c *ctRecord) pair(groups []ctGroup, labels []string, left []int, taken map[string]bool, fits func(string, *evidence.Arm) bool) []int {
	if len(left) > maxPairs || len(c.out.Arms) > maxPairs {
		return left
	}
	of := map[string][]int{}      // the groups that fit an arm
	ofGroup := map[int][]string{} // the arms that fit a group
	for _, i := range left {
		for k := range c.out.Arms {
			if a := &c.out.Arms[k]; !taken[a.Label] && fits(titleOf(groups[i]), a) {
				of[a.Label] = append(of[a.Label], i)
				ofGroup[i] = append(ofGroup[i], a.Label)
			}
		}
	}
	var still []int
	for _, i := range left {
		if arms := ofGroup[i]; len(arms) == 1 && len(of[arms[0]]) == 1 {
			labels[i] = arms[0]
			taken[arms[0]] = true
			continue
		}
		still = append(still, i)
	}
	return still
}

// maxPairs is how many groups and arms are held against each other.
const maxPairs = 100

// receives reports whether a title is one of an arm's interventions.
func receives(title string, a *evidence.Arm) bool {
	words := contentOf(title)
	return len(words) > 0 && slices.ContainsFunc(a.Interventions, func(name string) bool { return slices.Equal(contentOf(name), words) })
}

// alike reports whether a title and an arm's name have the same numbers and nearly the same words, or differ by an
// abbreviation.
func alike(title string, a *evidence.Arm) bool {
	words, label := contentOf(title), contentOf(a.Label)
	var own, other []string
	for _, w := range words {
		if !slices.Contains(label, w) {
			own = append(own, w)
		}
	}
	for _, w := range label {
		if !slices.Contains(words, w) {
			other = append(other, w)
		}
	}
	hasDigit := func(w string) bool { return strings.ContainsAny(w, "0123456789") }
	if len(own) == len(words) || slices.ContainsFunc(own, hasDigit) || slices.ContainsFunc(other, hasDigit) {
		return false
	}
	if len(own) == 1 && len(other) > 0 && len(own[0]) <= 5 && abbreviates(own[0], nameKey(a.Label)) {
		return true
	}
	return 10*2*(len(words)-len(own)) >= 8*(len(words)+len(label))
}

// abbreviates reports whether the letters of short stand in long in their order, the first at the start of a word.
func abbreviates(short, long string) bool {
	for _, from := range strings.Fields(long) {
		if len(from) <= len(short) || from[0] != short[0] {
			continue
		}
		rest := long[strings.Index(long, from):]
		i := 0
		for k := 0; k < len(rest) && i < len(short); k++ {
			if rest[k] == short[i] {
				i++
			}
		}
		if i == len(short) {
			return true
		}
	}
	return false
}

// hasWordsOf reports whether a title has all the words of an arm's name.
func hasWordsOf(title string, a *evidence.Arm) bool {
	label := contentOf(a.Label)
	words := contentOf(title)
	return len(label) > 0 && !slices.ContainsFunc(label, func(w string) bool { return !slices.Contains(words, w) })
}

// isTotal reports whether a group is all participants together.
func isTotal(title string) bool {
	switch lower := strings.ToLower(title); {
	case lower == "total title", strings.HasPrefix(lower, "total of all"):
		return true
	}
	switch strings.ToLower(title) {
	case "total", "overall", "all participants", "all patients", "all subjects", "overall total", "total participants":
		return true
	}
	return false
}

// armNamed returns the label of the arm that a title names: the same name, the same but for words that say what any
// group is, or the only arm whose name has all of the title's words.
func (c *ctRecord) armNamed(title string) (string, bool) {
	if label, ok := c.groups[nameKey(title)]; ok {
		return label, true
	}
	for _, a := range c.out.Arms {
		if nameKey(a.Label) == nameKey(title) {
			return a.Label, true
		}
	}
	words := contentOf(title)
	if len(words) == 0 {
		return "", false
	}
	found, n := "", 0
	for _, a := range c.out.Arms {
		if slices.Equal(contentOf(a.Label), words) {
			found, n = a.Label, n+1
		}
	}
	if n == 1 {
		return found, true
	}
	if n > 1 {
		return "", false
	}
	for _, a := range c.out.Arms {
		label := contentOf(a.Label)
		if !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(label, w) }) {
			found, n = a.Label, n+1
		}
	}
	return found, n == 1
}

// nameKey makes names equal that differ in case and signs.
func nameKey(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '>'
	}), " ")
}

// anyGroup are words that say no more than that something is a group, or how it was analyzed.
var anyGroup = map[string]bool{
	"arm": true, "group": true, "groups": true, "arms": true, "the": true, "of": true, "and": true, "participants": true, "patients": true, "subjects": true,
	"treatment": true, "set": true, "safety": true, "analysis": true, "full": true, "population": true, "ss": true, "fas": true, "itt": true, "mitt": true, "pps": true,
	"intervention": true, "cohort": true, "tablet": true, "tablets": true, "capsule": true, "capsules": true,
}

// contentOf returns the words of a name that tell it from others, sorted.
func contentOf(name string) []string {
	var out []string
	for w := range strings.FieldsSeq(nameKey(name)) {
		if !anyGroup[w] && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}

// denominators are how many participants, or other units, of each group were counted in, with where it stands.
type denominators map[ctText]struct {
	n       quantity.Decimal
	passage evidence.Passage
	units   string
}

// denomsOf tells denominators and returns those of the units wanted: those selected, else participants, else the first.
func (c *ctRecord) denomsOf(at, what string, list []ctDenom, groups map[ctText]group, selected ctText) denominators {
	if len(list) == 0 {
		return nil
	}
	best := 0
	for i, d := range list {
		if selected != "" && strings.EqualFold(string(d.Units), string(selected)) {
			best = i
			break
		}
		if selected == "" && strings.EqualFold(string(d.Units), "participants") {
			best = i
		}
	}
	out := denominators{}
	for i, d := range list {
		units := d.Units.line()
		if units == "" {
			units = "Participants"
		}
		for k, n := range d.Counts {
			p := c.line(item(item(at, i)+"/counts", k), fmt.Sprintf("%s: %s, %s: %s", what, groups[n.Group].title, units, n.Value.line()))
			if d := n.Value.number(); d.Present() && i == best {
				e := out[n.Group]
				e.n, e.passage, e.units = d, p, strings.ToLower(units)
				out[n.Group] = e
			}
		}
	}
	return out
}

// found adds a finding and returns its identifier.
func (c *ctRecord) found(f evidence.Finding) string {
	f.ID = fmt.Sprintf("f%d", len(c.out.Findings)+1)
	f.Population = c.people
	c.out.Findings = append(c.out.Findings, f)
	return f.ID
}

// of returns the arms of a finding of one group.
func (g group) of() []string {
	if g.arm == "" {
		return nil
	}
	return []string{g.arm}
}

// named returns ": title" for a line about a group.
func (g group) named() string {
	if g.title == "" {
		return ""
	}
	return ": " + g.title
}

var (
	timeWord = lazyregexp.New(`(?i)\b(?:baseline|screening|hours?|days?|weeks?|wks?|months?|mos?|years?|yrs?|visits?|cycles?|minutes?|min|post-?treatment|pre-?treatment|post-?intervention|follow-?up|end of treatment|end of study|discharge|randomi[sz]ation|post-?dose|pre-?dose)\b`)
	timeFill = lazyregexp.New(`(?i)\b(?:at|to|from|of|the|end|and|after|through|until|up|in|on|post|pre|since|between|first|last|second|third|dose|treatment|study|period|[wdmyv]?\d+(?:\.\d+)?(?:st|nd|rd|th)?)\b|[^\pL\pN]+`)
	timePart = lazyregexp.New(`(?i)\b(?:at |by |to )?((?:weeks?|days?|months?|years?|hours?|visits?|cycles?) \d+(?:\.\d+)?|\d+(?:\.\d+)?[- ](?:weeks?|days?|months?|years?|hours?|minutes?)|baseline)\b`)
)

// isTime reports whether a title says only when.
func isTime(s string) bool {
	return timeWord.MatchString(s) && timeFill.ReplaceAllString(timeWord.ReplaceAllString(s, ""), "") == ""
}

// timeIn returns the one time that a title names, or nothing.
func timeIn(s string) string {
	ms := timePart.FindAllStringSubmatch(s, 3)
	var out string
	for _, m := range ms {
		if strings.EqualFold(m[1], "baseline") {
			continue
		}
		if out != "" && !strings.EqualFold(out, m[1]) {
			return ""
		}
		out = m[1]
	}
	return out
}
