package pattern

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// expressions are of the kinds that rules are written in, and some that are hard to tell the words of.
var expressions = []string{
	`(?i)\b(?:aims?|goals?)\b`,
	`(?i)^(?:the )?(?:main |overall )?(?:aims?|goals?)\b`,
	`(?i)\brandomi[sz]ed\b|\brandomly (?:assigned|allocated)\b`,
	`(?i)\bset\b[^.;]{0,30}\b(?:\d+|[a-z]+teen) [^.;]{0,40}\b(?:trials|kinds)\b`,
	`(?i)(?:^|[.;,]\s|\band\s)((?:the )?(?:arm|group) (?:\d|[A-D])) (?:was |were )?(?:given|got)\s`,
	`(?:^|[^\p{L}\d])(Chad|Mali|UK)(?:$|[^\p{L}\d-])`,
	`(?i)\s*\([^()]*(?:\bP\b|\bCI\b|%|\d/\d)[^()]*\)`,
	`\b(?:[Tt]he|[Oo]ur)\s(?:[\w–-]+ ){0,3}?\(?([\p{Lu}][\p{L}\d+-]*[\p{Lu}\d])\)?\s(?i:trial|study)\b`,
	`(?i)\bmask(?:s|ed)? for (.{3,9}?) (?:is|was) (?:more|less)\b`,
	`(?i)(\d{1,3}(?:,\d{3})*) (?:of|out of) (?:the )?(\d+)`,
	`(?i)[-–] ?(?:µg|mg|kg)\b`,
	`(?i)\b((?:(?:those|old|[\p{L}]+-dependent|[\p{L}-]+-free)\s)*)(aims|goals|those)\s(?:of|with)\b`,
	`(?i)^(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:aims?|goals?)\s+of`, `\b(?:a+ )?(?:aim|goal)`,
	`(?i)[a-z]+-x|\p{L}+ß|[^a]+b`, `(?:ab|c+d)*e+f`, `(?i)≥ ?\d|[≤–]|\bat least`, `\w+\b-|\b[^ ]+=`, `[\p{C}]+a`,
	`(?i)\b(` + number + `(?: (?:and )?` + number + `)?) (great|small|large|) ?(kinds|trials)\b`, `^(` + number + `)(?:-` + number + `)* (kinds|trials)`,
	`(?i)sk|ks`, `(?i)[sk]x`, `(?i)\bß|\bé`, `a*`, `a+b`, `^`, `$`, `\b`, `\Bx`, `(?m)^a`, `(?s)a.b`, `x{0,2}y`, `[^a]b`, `(a|)b`, `(?i)^|a`, `ſ`, `(?i)ſa`,
}

// number is long enough for two of it to make an expression large.
const number = `(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|milliard|billion)`

var passages = []string{
	"", "a", "aab", "xxy y", "ba b", "a\nb\na",
	"The main aim was to find the goal; overall Aims differ.",
	"AIM: the goals of RANDOMISED and Randomly assigned, randomly allocated or randomized care.",
	"They set, in a row of kinds, thirteen small trials, and 12 great kinds.",
	"and the arm 1 was given tea. The group B got milk, and group C were given nothing.",
	"€b –b 😀b \u20ac\u2013 ab€x-", "x\u2013y-\xe2\x82b",
	"In Mali, UK and Chad. UKs Chad-born (Mali)", "Mali", "Somali UK",
	"half (12/24; P = .03) of it (95% CI 1 to 2) (not this)  (5%)",
	"the large CALM-2 trial and our (ABC) Study of the –x X9 trial",
	"masked for a while is more; masks for an hour was less, mask for 12345678901 is more",
	"1,234 of the 5678 and 12 out of 13, 7 of x",
	"Tea-dependent old aims of those with; smoke-free goals of the old. éé-dependent those of, x-dependent-y old goals with",
	"abcdabef eef ccdf ab-X ≥5 – ≤ At least a=b \x80\xffb \u0085a naïveß",
	"Two great kinds, TWENTY and five small trials, six kind, thirty trials; onetwo kinds", "six-seven-8 trials", "six-sevens trials",
	"take –µg or - mg –KG -\u212ag",
	"ſk \u212aſ SK kS ſx \u212ax ß É é ſa SA", "\xff\xfeaim \xc5 aim\xe2 s\xc5k", "é\xffgoals aims\xf0\x9f\x98\x80 aims_ _aims",
	"aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim aim",
	"set set set set set set set set set set set set set set set set set set set set set set set set set set set set set set thirteen trials",
}

// agree compares what a pattern answers with what the package regexp answers.
func agree(t *testing.T, p *Pattern, re *regexp.Regexp, s string) {
	t.Helper()
	for _, c := range []struct {
		name      string
		want, got any
	}{
		{"MatchString", re.MatchString(s), p.MatchString(s)},
		{"FindString", re.FindString(s), p.FindString(s)},
		{"FindStringIndex", re.FindStringIndex(s), p.FindStringIndex(s)},
		{"FindStringSubmatch", re.FindStringSubmatch(s), p.FindStringSubmatch(s)},
		{"FindStringSubmatchIndex", re.FindStringSubmatchIndex(s), p.FindStringSubmatchIndex(s)},
		{"FindAllString", re.FindAllString(s, -1), p.FindAllString(s, -1)},
		{"FindAllStringIndex", re.FindAllStringIndex(s, 2), p.FindAllStringIndex(s, 2)},
		{"FindAllStringSubmatch", re.FindAllStringSubmatch(s, -1), p.FindAllStringSubmatch(s, -1)},
		{"FindAllStringSubmatchIndex", re.FindAllStringSubmatchIndex(s, -1), p.FindAllStringSubmatchIndex(s, -1)},
		{"ReplaceAllString", re.ReplaceAllString(s, "<$0>"), p.ReplaceAllString(s, "<$0>")},
	} {
		if diff := gocmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s of %q in %q (-regexp +pattern):\n%s", c.name, re, s, diff)
		}
	}
}

func TestPatternAgreesWithRegexp(t *testing.T) {
	for _, e := range expressions {
		p, re := New(e), regexp.MustCompile(e)
		for _, s := range passages {
			agree(t, p, re, s)
		}
	}
}

func TestRequiredWords(t *testing.T) {
	tests := []struct {
		expr  string
		needs []string // the words of each set, the first of which is what a match starts with where that is known
	}{
		{`(?i)\bRandomi[sz]ed\b`, []string{"randomised, randomized"}},
		{`(?i)(?:the )?(?:aims?|goals?) of`, []string{"aim of, aims of, goal of, goals of, the aim of, the aims of, the goal of, the goals of"}},
		{`[^.;]+ (?:,|;)`, []string{" ,,  ;", " "}},
		{`\w* ?`, nil},
	}
	for _, test := range tests {
		var got []string
		for _, set := range New(test.expr).needs() {
			var texts []string
			for _, w := range set {
				texts = append(texts, w.text)
			}
			slices.Sort(texts)
			got = append(got, strings.Join(texts, ", "))
		}
		if diff := gocmp.Diff(test.needs, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.expr, diff)
		}
	}
}

func FuzzPattern(f *testing.F) {
	for i, e := range expressions {
		f.Add(e, passages[i%len(passages)])
	}
	f.Fuzz(func(t *testing.T, expr, s string) {
		if len(expr) > 200 || len(s) > 400 {
			return
		}
		re, err := regexp.Compile(expr)
		if err != nil {
			return
		}
		agree(t, New(expr), re, s)
	})
}

func TestSetRulesOutOnlyWhatCannotMatch(t *testing.T) {
	var set Set
	for _, e := range expressions {
		set.New(e)
	}
	out := 0
	for _, s := range passages {
		hits := set.Read(s)
		for _, p := range set.Patterns() {
			if hits.May(p) {
				continue
			}
			out++
			if p.MatchString(s) {
				t.Errorf("%s is ruled out in %q, and matches", p, s)
			}
			for i := range s { // no part that starts a word matches either
				if (i == 0 || !wordByte(s[i-1])) && p.MatchString(s[i:]) {
					t.Errorf("%s is ruled out in %q, and matches from %d", p, s, i)
				}
			}
		}
	}
	if all := len(expressions) * len(passages); out < all/3 {
		t.Errorf("%d of %d ruled out", out, all)
	}
}
