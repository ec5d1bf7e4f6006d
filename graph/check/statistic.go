package check

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/lazyregexp"
	"github.com/picograph/picograph/graph/quantity"
)

const (
	statisticNumber = `(-?\d*\.?\d+)`
	statisticP      = `\s*[,;)\]]+\s*[(\[]?\s*[pP]\s*(=|<|>|≤|≥)\s*(0?\.\d+|1\.0+)`
)

// statistics are the ways in which tests are printed with their degrees of freedom and P value, and the P value that
// follows from them.
var statistics = []struct {
	name string
	form *lazyregexp.Regexp
	p    func(x, df1, df2 float64) float64
	df   int // how many degrees of freedom are printed
}{
	{"t", lazyregexp.New(`\bt\s*[(\[]\s*(\d+(?:\.\d+)?)\s*[)\]]\s*=\s*` + minus(statisticNumber) + statisticP), func(x, df, _ float64) float64 { return studentP(x, df) }, 1},
	{"F", lazyregexp.New(`\bF\s*[(\[]\s*(\d+(?:\.\d+)?)\s*[,;]\s*(\d+(?:\.\d+)?)\s*[)\]]\s*=\s*` + statisticNumber + statisticP), varianceP, 2},
	{"chi-square", lazyregexp.New(`(?:χ|Χ|\b[Cc]hi|\bX)\s?-?(?:²|\^?2|[Ss]quared?)?\s*[(\[]\s*(\d+)\s*(?:[,;]\s*[Nn]\s*=\s*[\d,]+\s*)?[)\]]\s*=\s*` + statisticNumber + statisticP), func(x, df, _ float64) float64 { return squareP(x, df) }, 1},
	{"r", lazyregexp.New(`\br\s*[(\[]\s*(\d+)\s*[)\]]\s*=\s*` + minus(statisticNumber) + statisticP), func(r, df, _ float64) float64 {
		if math.Abs(r) >= 1 {
			return math.NaN()
		}
		return studentP(r*math.Sqrt(df/(1-r*r)), df)
	}, 1},
}

// minus lets a number of a pattern have any of the signs for minus.
func minus(number string) string { return `([−–-]?\s?)` + number }

// mayTest reports whether a text has what all printed tests have: a closing bracket before an equals sign.
func mayTest(text string) bool {
	for {
		before, after, ok := strings.Cut(text, "=")
		if !ok {
			return false
		}
		before = strings.TrimRightFunc(before, unicode.IsSpace)
		if strings.HasSuffix(before, ")") || strings.HasSuffix(before, "]") {
			return true
		}
		text = after
	}
}

// checkStatistic works a P value out from the test that is printed before it, as statcheck does.
func checkStatistic(s *subject, f *evidence.Finding) {
	if !f.P.Value.Present() {
		return
	}
	for _, passage := range f.Passages {
		if !mayTest(passage.Text) {
			continue
		}
		for _, kind := range statistics {
			for _, m := range kind.form.FindAllStringSubmatch(passage.Text, -1) {
				p, err := quantity.ParseDecimal(m[len(m)-1])
				if err != nil || quantity.Compare(p, f.P.Value) != 0 {
					continue
				}
				s.weighStatistic(f, kind.name, m[0], kind.p, kind.df, m)
				return
			}
		}
	}
}

// weighStatistic compares the P value of a test with the printed one, the rounding of the statistic allowed for.
func (s *subject) weighStatistic(f *evidence.Finding, name, shownAs string, of func(x, df1, df2 float64) float64, dfs int, m []string) {
	df1, df2 := quantity.Decimal(m[1]).Float(), math.NaN()
	if dfs == 2 {
		df2 = quantity.Decimal(m[2]).Float()
	}
	x, err := quantity.ParseDecimal(m[len(m)-3])
	if err != nil || df1 <= 0 || dfs == 2 && df2 <= 0 {
		return
	}
	v, room := math.Abs(x.Float()), half(x)
	least, most := of(v+room, df1, df2), of(math.Max(0, v-room), df1, df2)
	calculated := of(v, df1, df2)
	if math.IsNaN(calculated) || math.IsNaN(least) || math.IsNaN(most) {
		return
	}
	how := fmt.Sprintf("%s of %s with %s degrees of freedom: P %s", name, x, m[1], showP(calculated))
	if dfs == 2 {
		how = fmt.Sprintf("%s of %s with %s and %s degrees of freedom: P %s", name, x, m[1], m[2], showP(calculated))
	}
	printed := fmt.Sprintf("P %s %s", relation(f.P), f.P.Value)
	text := fmt.Sprintf("%s gives P %s, printed %s", trimStatistic(shownAs), showP(calculated), printed)
	switch {
	case allows(f.P, least, most):
		s.add(Consistent, fmt.Sprintf("%s agrees with %s", printed, trimStatistic(shownAs)), how)
	case allows(f.P, least/2, most/2):
		s.add(Explainable, text+"; a one-sided test agrees", how)
	case f.P.Value.Float() > most && relation(f.P) == "=":
		s.add(Explainable, text+"; a correction for several tests can account for it", how)
	case pSide(f.P, usual) == showsNot && most < usual || pSide(f.P, usual) == shows && least > usual:
		s.add(Inconsistent, text, how)
	default:
		s.add(Explainable, text+"; another number of degrees of freedom can account for it", how)
	}
}

var statisticTail = lazyregexp.New(`\s*[,;)\]]+\s*[(\[]?\s*[pP]\s*[=<>≤≥].*$`)

// trimStatistic returns a printed test without its P value.
func trimStatistic(s string) string { return statisticTail.ReplaceAllString(s, "") }

// allows reports whether a printed P value can stand for one between least and most.
func allows(p evidence.PValue, least, most float64) bool {
	low, high := span(p.Value)
	switch relation(p) {
	case "<", "<=":
		return least <= p.Value.Float()+tiny
	case ">", ">=":
		return most >= p.Value.Float()-tiny
	}
	return least <= high+tiny && most >= low-tiny
}
