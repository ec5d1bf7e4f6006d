package extract

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

const (
	monthPattern = `(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?`
	yearPattern  = `((?:19|20)\d{2})`
)

// datePattern is a date as exact as printed: "June 26, 2019", "26 June 2019", "June 2019", "2019-06-26", "2019"; also
// a month whose year is printed with the end of the period.
var datePattern = rules.New(`\b` + monthPattern + `\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+` + yearPattern + `\b|\b(\d{1,2})(?:st|nd|rd|th)?\s+` + monthPattern + `,?\s+` + yearPattern + `\b|\b` + monthPattern + `,?\s+` + yearPattern + `\b|\b` + yearPattern + `-(\d{2})-(\d{2})\b|\b` + yearPattern + `\b`)

// halfDate is a date without a year.
var halfDate = rules.New(`\b` + monthPattern + `(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?\b|\b(\d{1,2})(?:st|nd|rd|th)?\s+` + monthPattern + `\b`)

// monthNumber returns the number of a month by its first three letters, or 0.
func monthNumber(s string) int {
	if len(s) < 3 {
		return 0
	}
	i := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(s[:3]))
	if i < 0 || i%3 != 0 {
		return 0
	}
	return i/3 + 1
}

func isoDate(year, month, day string) string {
	if month == "" {
		return year
	}
	m := monthNumber(month)
	if m == 0 {
		m, _ = strconv.Atoi(month)
	}
	d, _ := strconv.Atoi(day)
	switch {
	case m < 1 || m > 12:
		return year
	case d < 1 || d > 31:
		return fmt.Sprintf("%s-%02d", year, m)
	}
	return fmt.Sprintf("%s-%02d-%02d", year, m, d)
}

// dateAt reads the first date of s: ISO 8601, and where it starts and ends.
func dateAt(s string) (iso string, start, end int) {
	m := datePattern.FindStringSubmatchIndex(s)
	if m == nil {
		return "", -1, -1
	}
	g := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return s[m[2*i]:m[2*i+1]]
	}
	switch {
	case g(3) != "":
		iso = isoDate(g(3), g(1), g(2))
	case g(6) != "":
		iso = isoDate(g(6), g(5), g(4))
	case g(8) != "":
		iso = isoDate(g(8), g(7), "")
	case g(9) != "":
		iso = isoDate(g(9), g(10), g(11))
	default:
		iso = g(12)
	}
	return iso, m[0], m[1]
}

// periodIn reads the first period of s: "from October 2017 to March 2021", "between May and June 2019", "2006-2015".
// Where s has only one date, To is empty.
func periodIn(s string) (p evidence.Dates, start, end int) {
	to, i, j := dateAt(s)
	if i < 0 {
		return p, -1, -1
	}
	// a date without a year before it, in the same period: "between May 3 and June 2019"
	if m := halfDate.FindAllStringSubmatchIndex(s[:i], -1); len(m) > 0 && len(to) > 4 {
		h := m[len(m)-1]
		if joins(s[h[1]:i]) {
			month, day := "", ""
			for _, g := range [][2]int{{2, 4}, {8, 6}} {
				if h[g[0]] >= 0 {
					month = s[h[g[0]]:h[g[0]+1]]
					if h[g[1]] >= 0 {
						day = s[h[g[1]]:h[g[1]+1]]
					}
				}
			}
			return evidence.Dates{From: isoDate(to[:4], month, day), To: to}, h[0], j
		}
	}
	p.From = to
	if next, k, l := dateAt(s[j:]); k >= 0 && joins(s[j:j+k]) {
		p.To = next
		return p, i, j + l
	}
	return p, i, j
}

// joins reports whether s stands between the two ends of a period.
func joins(s string) bool {
	switch strings.Trim(strings.ToLower(s), " ,\u00a0") {
	case "to", "and", "through", "until", "till", "-", "–", "—", "up to", "to the end of", "and the end of":
		return true
	}
	return false
}
