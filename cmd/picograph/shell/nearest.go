package shell

import "strings"

// Nearest returns the name most like the one given, or "" when none is like it: at most a third of the letters wrong
// and one more, but always half of them right, or one the beginning of the other.
func Nearest(given string, names []string) string {
	best, least := "", len([]rune(given))/3+1
	for _, name := range names {
		d := distance(strings.ToLower(given), strings.ToLower(name))
		if len(given) > 1 && strings.HasPrefix(strings.ToLower(name), strings.ToLower(given)) {
			d = min(d, 1)
		}
		if 2*d > max(len([]rune(given)), len([]rune(name))) {
			continue
		}
		if d < least || d == least && best == "" {
			best, least = name, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, replace or swap with their neighbour to make b of a.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before, last []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		before, last = last, row
		row = make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(y)]
}
