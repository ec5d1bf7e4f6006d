package extract

import (
	"strings"

	"github.com/picograph/picograph/loader/document"
)

// An arm may be told by what it gets beside what another gets: "A alone or with B", "A with or without B".

// withAndWithoutOf reports whether a part of a list is "without B" behind the B of "A with or without B".
func (r *reading) withAndWithoutOf(p, before document.Span) bool {
	return p.End == before.End && p.Start < before.Start && bothWays.MatchString(r.doc.Text[max(0, p.Start-12):before.Start])
}

// bothWays stands before what one of two arms got in addition.
var bothWays = rules.New(`(?i)\bwith(?:,)? (?:or|and) without (?:the (?:addition|use) of )?(?:an? |the )?$`)

// headed names two arms of "A with or without B" by A as well, where the words before name it in few: "A with B", "A without B".
func (r *reading) headed(with, without draft) (a, b draft) {
	s := r.around(without.label)
	ws := clauseWords(r.words(s), document.Span{Start: s.Start, End: without.label.Start})
	k := len(ws) - 2
	for k > 0 && ws[k].lower != "with" {
		k--
	}
	from := k
	for from > 0 && k-from < 8 && !againstLeft[ws[from-1].lower] && !listStops[ws[from-1].lower] && ws[from-1].lower != "with" && ws[from-1].lower != "or" {
		from--
	}
	if k-from < 1 || k-from > 6 || with.name != "" || without.name != "" {
		return with, without
	}
	head, ok := r.armPhrase(ws[from:k])
	name := strings.Join(strings.Fields(r.doc.At(head)), " ")
	if last := ws[k-1].lower; !ok || head.End < ws[k-1].End || genericArm.MatchString(name) || genericHead[strings.ToLower(name)] || strings.ContainsAny(name, "()") ||
		unitNouns[last] || measured[last] || doseNouns[last] || r.doubtful(draft{label: head}) > 0 {
		return with, without
	}
	added := articles.ReplaceAllString(r.doc.At(with.label), "")
	with.name, without.name = name+" with "+added, name+" without "+added
	with.aliases, without.aliases = append(with.aliases, added), append(without.aliases, "without "+added)
	return with, without
}

// genericHead are words before "with or without" that name nothing.
var genericHead = setOf("sleep", "treatment", "therapy", "care", "patients", "participants", "women", "men", "children", "adults", "trial", "study", "surgery", "exercise", "group", "groups", "people")

// addedTo leads from the name of an arm that got one thing alone to what another got with it: "A alone or in combination with".
var addedTo = rules.New(`(?i)\b(?:alone|only),? (?:or|and|versus|vs\.?) (?:when )?(?:in (?:combination|addition|association|conjunction) (?:with|to)|(?:combined|together|along) with|with|plus) (?:either )?(?:an? |the )?$`)
