package extract

import "slices"

// listAnnounced returns how many words announce a list rather than belong to it: "two groups:", "one of three arms, namely".
func listAnnounced(ws []word) int {
	for i := 0; i < len(ws) && i < 12; i++ {
		switch l := ws[i].lower; {
		case groupNouns[l] && i > 0 && i+1 < len(ws) && (ws[i+1].lower != "," || l != "group" && l != "arm"): // "the leaflet group, 111 to the talk group"
			n := behindAnnouncement(ws, i+1)
			if n > i+1 && groupsCounted(ws[:i]) && !slices.ContainsFunc(ws[:i], func(w word) bool { return w.lower == "or" || againstWords[w.lower] }) {
				return n
			}
		case l == ":":
			if slices.ContainsFunc(ws[:i], func(w word) bool { return againstWords[w.lower] }) { // "A versus B: a randomised trial"
				return 0
			}
			return i + 1
		}
	}
	return 0
}

// countAnnounced returns how many words lead from the number of groups to the colon that opens the list of them, whatever
// they say in between: "2 groups, according to the system that was used: A or B"; 0 where they do not.
func countAnnounced(ws []word) int {
	counted := false
	for i := 0; i < len(ws) && i < 16; i++ {
		switch l := ws[i].lower; {
		case l == ":" && counted:
			return i + 1
		case l == "." || l == ";" || l == "or" || l == ":" || againstWords[l] || finiteStops[l] && l != "was" && l != "were":
			return 0
		case groupNouns[l] && i > 0:
			counted = counted || groupsCounted(ws[:i]) && ws[0].lower != "the"
		}
	}
	return 0
}

// announcers stand between the number of groups and the list of them.
var announcers = setOf(":", ",", ";", "namely", "of", "receiving", "to", "receive", "either", "–", "-", "who", "received", "given", "using", "as", "that", "treated")

// andReceived are words of what was done with groups: "two groups and treated with A or B", "and subjected to A or B".
var andReceived = setOf("and", "were", "was", "then", "treated", "with", "subjected", "to", "received", "receive", "given", "administered", "assigned", "allocated",
	"either", "randomly", "underwent", "undergo", "an", "a", "the", "use", "using", "application", "early", "of")

// behindAnnouncement returns the place behind the words that announce a list from a noun such as "groups" on.
func behindAnnouncement(ws []word, from int) int {
	n := from
	for n < len(ws) && (announcers[ws[n].lower] || ws[n].lower == "with" && ws[n-1].lower == "treated") {
		n++
	}
	if n+1 < len(ws) && ws[n].lower == "and" && (andReceived[ws[n+1].lower] && ws[n+1].lower != "the") {
		k := n + 1
		for k < len(ws) && andReceived[ws[k].lower] && ws[k].lower != "and" {
			k++
		}
		if slices.ContainsFunc(ws[n:k], func(w word) bool { return givenVerbs[w.lower] && w.lower != "were" && w.lower != "was" }) {
			return k
		}
	}
	for k := n; n > from && k < len(ws) && k < n+9; k++ { // "three groups, based on what was used: A, B or C"
		if l := ws[k].lower; l == "." || l == ";" || l == "or" || l == "and" || againstWords[l] {
			break
		} else if l == ":" {
			return k + 1
		}
	}
	return n
}

// groupsCounted reports whether some words hold a number of groups: "two", "one of three".
func groupsCounted(ws []word) bool {
	return slices.ContainsFunc(ws, func(w word) bool { return countWord(w.lower) }) || len(ws) > 0 && ws[0].lower == "the"
}

func countWord(s string) bool {
	return numerals[s] > 0 && numerals[s] < 13 || len(s) == 1 && s[0] >= '1' && s[0] <= '9'
}
