package vocab

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestMentions(t *testing.T) {
	v := load(t)
	for _, c := range []struct{ text, want string }{
		{"Change in average daily opioid dosage at 1 year.", "Change in average daily opioid dosage=opioid_dose_change"},
		{"The mean daily opioid dose and days of opioid use.", "mean daily opioid dose=opioid_dose; days of opioid use=opioid_use_days"},
		{"a 50% or greater reduction in opioid daily dosage", "50% or greater reduction in opioid daily dosage=dose_reduction_50"},
		{"People on ≥90 MME, or >= 90 MME, or high-MME", "≥90 MME=ltot_high_dose; >= 90 MME=ltot_high_dose; high-MME=ltot_high_dose"},
		{"MI + CBT, MI+CBT, MI-CBT", "MI + CBT=mi_cbt; MI+CBT=mi_cbt; MI-CBT=mi_cbt"},
		{"MI or mi", "MI=mi,myocardial_infarction?"},
		{"RCTs of NSAIDs; SAEs", "RCTs=rct; NSAIDs=nsaid; SAEs=serious_adverse_events"},
		{"PHQ-9, PHQ 9 and PHQ9", "PHQ-9=phq9; PHQ 9=phq9; PHQ9=phq9"},
		{"chronic non-cancer pain, chronic noncancer pain", "chronic non-cancer pain=cncp; chronic noncancer pain=cncp"},
		{"cognitive\nbehavioral\u00a0therapy", "cognitive\nbehavioral\u00a0therapy=cbt"},
		{"cognitive \u2013 behavioral", ""},
		{"depression and anxiety", "depression=depression,depression_symptoms; anxiety=anxiety,anxiety_symptoms"},
		{"the dose", "dose=opioid_dose?"},
		{"haemoglobin, hemoglobin", "haemoglobin=hemoglobin; hemoglobin=hemoglobin"},
		{"Women's quality of life", "Women's=female; quality of life=quality_of_life"},
		{"systolic blood pressure and blood pressures", "systolic blood pressure=systolic_blood_pressure; blood pressures=blood_pressure"},
		{"painful paint", ""},
		{"a randomised controlled trial in older adults", "randomised controlled trial=rct; older adults=older_adults"},
		{"阿片类物质使用障碍患者", "阿片类物质使用障碍=oud"},
		{"self-management programmes", "self-management programmes=self_management"},
		{"treatment as usual, waitlist control, no treatment, placebo", "treatment as usual=usual_care; waitlist control=waiting_list; no treatment=no_intervention; placebo=placebo"},
		{"STOP the pump", "STOP=stop_therapy?"},
		{"", ""},
	} {
		var got []string
		for _, m := range v.Mentions(c.text, 7) {
			if c.text[m.Start-7:m.End-7] != m.Form {
				t.Errorf("%q: the mention %q is not at %d to %d", c.text, m.Form, m.Start, m.End)
			}
			s := m.Form + "=" + strings.Join(m.Concepts, ",")
			if m.Ambiguous {
				s += "?"
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestCues(t *testing.T) {
	v := load(t)
	for _, c := range []struct{ text, want string }{
		{"Scores decreased similarly in both groups", "decreased=down; similarly=no difference; in both groups=both arms"},
		{"The groups did not differ significantly", "The groups=both arms; did not differ significantly=no difference"},
		{"a reduction in pain, not statistically significant", "reduction in=down; not statistically significant=not significant"},
		{"was noninferior to placebo; was non-inferior to placebo", "noninferior to=comparison,non-inferior; non-inferior to=comparison,non-inferior"},
		{"higher than with usual care", "higher=up; than with=comparison"},
		{"improved versus control", "improved=better; versus=comparison"},
		{"enrolled from May 2019 and May 3, 2020, in May; it may help", "may=hedge"},
		{"Similarly, sleep did not improve", "did not improve=no difference"},
		{"Scores rose similarly, as did weight", "rose=up; similarly=no difference"},
		{"similar results were observed", "similar results=result; were observed=result"},
		{"mortality (NS)", "NS=not significant"},
		{"no change from baseline", "no change from baseline=no change"},
		{"neither arm", "neither arm=both arms,negation"},
		{"We aimed to assess fear", "We aimed to=aim; assess=?"},
	} {
		if strings.HasSuffix(c.want, "=?") {
			c.want = strings.TrimSuffix(c.want, "; assess=?")
		}
		var forms []string
		signals := map[string]string{}
		last := -1
		for _, m := range v.Cues(c.text, 0) {
			form := c.text[m.Start:m.End]
			if m.Start != last {
				forms = append(forms, form)
				signals[form] = m.Cue.Signal
			} else {
				signals[form] += "," + m.Cue.Signal
			}
			last = m.Start
		}
		var got []string
		for _, f := range forms {
			got = append(got, f+"="+signals[f])
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestCanonical(t *testing.T) {
	same := [][]string{
		{"randomised", "randomized", "Randomised"},
		{"behaviour", "behavior", "behaviours"},
		{"programme", "program", "programs"},
		{"therapy", "therapies"},
		{"analysis", "analyses"},
		{"counselling", "counseling"},
		{"anaemia", "anemia"},
		{"centre", "center", "centres"},
		{"tumour", "tumors"},
		{"optimisation", "optimization"},
		{"approach", "approaches"},
		{"dose", "doses"},
		{"Cohen's", "Cohen"},
		{"patient", "patients"},
		{"women", "woman"},
	}
	for _, words := range same {
		for _, w := range words {
			if got, want := string(canonical(nil, w)), string(canonical(nil, words[0])); got != want {
				t.Errorf("%s is %q, %s is %q", w, got, words[0], want)
			}
		}
	}
	for _, pair := range [][2]string{{"for", "four"}, {"pain", "paint"}, {"dose", "dosis"}, {"use", "user"}, {"as", "a"}, {"was", "wa"}, {"sepsis", "sepsi"}} {
		if a, b := string(canonical(nil, pair[0])), string(canonical(nil, pair[1])); a == b {
			t.Errorf("%s and %s are both %q", pair[0], pair[1], a)
		}
	}
}

func TestTokensIn(t *testing.T) {
	v := load(t)
	const text, base = "Less chronic low back pain (and nausea) with naloxone than with usual care", 100
	tokens := v.Tokens(text, base)
	for from := range len(text) {
		for to := from + 1; to <= len(text); to++ {
			part, ok := tokens.In(base+from, base+to)
			cut := from > 0 && isWordBefore(text, from) && isWordAt(text, from) || isWordBefore(text, to) && isWordAt(text, to)
			if ok == cut && strings.TrimSpace(text[from:to]) != "" {
				t.Fatalf("In(%q) says %t", text[from:to], ok)
			}
			if diff := cmp.Diff(v.Mentions(text[from:to], base+from), part.Mentions()); ok && diff != "" {
				t.Fatalf("In(%q) (-text +tokens):\n%s", text[from:to], diff)
			}
		}
	}
}

func FuzzScan(f *testing.F) {
	v := load(f)
	for _, s := range []string{
		"MI + CBT reduced daily opioid dose in people on ≥90 MME.", "", "\xff\xfe pain", "Cohen\u2019s d", "PHQ-9\u2011", "阿片类物质", "---", "'''s",
		strings.Repeat("chronic pain ", 300),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		tokens := v.Tokens(s, 0)
		mentions, cues := tokens.Mentions(), tokens.Cues()
		if diff := cmp.Diff(v.Mentions(s, 0), mentions); diff != "" {
			t.Fatalf("mentions of the text and of its tokens differ:\n%s", diff)
		}
		for _, m := range mentions {
			if m.Start < last || m.End <= m.Start || m.End > len(s) || s[m.Start:m.End] != m.Form || len(m.Concepts) == 0 {
				t.Fatalf("mention %+v in %q", m, s)
			}
			if utf8.ValidString(s) && !utf8.ValidString(m.Form) {
				t.Fatalf("mention %+v splits a character of %q", m, s)
			}
			last = m.End
		}
		last = 0
		for _, c := range cues {
			if c.Start < last || c.End <= c.Start || c.End > len(s) || c.Cue == nil {
				t.Fatalf("cue %+v in %q", c, s)
			}
			last = c.Start
		}
		v.Named(s)
		v.Unit(s)
		v.Measure(s)
		v.Heading(s)
	})
}

func FuzzTable(f *testing.F) {
	f.Add("id\tlabel\ttype\nx\tX\tdrug\n")
	f.Add("\ufeffid\tlabel\ttype\r\n\"x\"\t\"\"\"\"\tdrug\n#\n")
	f.Fuzz(func(t *testing.T, s string) {
		v := empty()
		if err := v.readConcepts("fuzz", strings.NewReader(s)); err == nil {
			_ = v.linkConcepts()
		}
	})
}

// texts returns abstracts of real trials where the folder that holds them is there, else made-up text.
func texts(t testing.TB) []string {
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "abstracts-cc-by.jsonl.gz"))
	if err != nil {
		t.Logf("no collection of abstracts here; text made for the purpose is used")
		return []string{strings.Repeat("Patients prescribed long-term opioid therapy for chronic pain were randomized to usual care or cognitive behavioral therapy; pain decreased significantly. ", 12)}
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<20)
	for in.Scan() && len(out) < 2000 {
		var a struct {
			Title    string          `json:"title"`
			Abstract json.RawMessage `json:"abstract"`
		}
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		out = append(out, a.Title+"\n"+string(a.Abstract))
	}
	return out
}

func BenchmarkScan(b *testing.B) {
	v := load(b)
	list := texts(b)
	size := 0
	for _, s := range list {
		size += len(s)
	}
	b.SetBytes(int64(size / len(list)))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		s := list[i%len(list)]
		tokens := v.Tokens(s, 0)
		tokens.Mentions()
		tokens.Cues()
		i++
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

// TestLinear scans texts of growing length that make a bad scanner slow; it fails by taking minutes.
func TestLinear(t *testing.T) {
	v := load(t)
	for _, unit := range []string{"chronic ", "no significant ", "a", "-", "\u2013", "阿"} {
		s := strings.Repeat(unit, 200_000/len(unit))
		v.Mentions(s, 0)
		v.Cues(s, 0)
	}
}

func ExampleVocabulary_Cues() {
	v, err := Load()
	if err != nil {
		panic(err)
	}
	text := "Pain scores did not differ between groups."
	for _, c := range v.Cues(text, 0) {
		fmt.Printf("%s: %s\n", text[c.Start:c.End], c.Cue.Signal)
	}
	// Output:
	// did not differ: no difference
	// between groups: between arms
	// between groups: comparison
}
