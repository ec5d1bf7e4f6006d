package vocab

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func load(t testing.TB, user ...string) *Vocabulary {
	t.Helper()
	v, err := tryLoad(user...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func tryLoad(user ...string) (*Vocabulary, error) {
	switch len(user) {
	case 0:
		return Load()
	case 1:
		return Load(strings.NewReader(user[0]))
	}
	return Load(strings.NewReader(user[0]), strings.NewReader(user[1]))
}

func TestConceptTable(t *testing.T) {
	v := load(t)
	for i, c := range v.Concepts() {
		if i > 0 && v.Concepts()[i-1].ID >= c.ID {
			t.Errorf("%s comes after %s", c.ID, v.Concepts()[i-1].ID)
		}
		for _, up := range c.Broader {
			if v.byID[up].Type != c.Type && !kindred(v.byID[up].Type, c.Type) {
				t.Errorf("%s is a %s, its broader concept %s a %s", c.ID, c.Type, up, v.byID[up].Type)
			}
			if slices.Contains(c.NotSameAs, up) && c.ID != "ltot_high_dose" {
				t.Errorf("%s is narrower than %s and not the same: say one", c.ID, up)
			}
		}
		for _, other := range c.NotSameAs {
			if !slices.Contains(v.byID[other].NotSameAs, c.ID) {
				t.Errorf("%s is not the same as %s, but not the other way round", c.ID, other)
			}
		}
		if c.Better != "" && c.Type != TypeOutcome && c.Type != TypeInstrument {
			t.Errorf("%s is a %s with a better direction", c.ID, c.Type)
		}
		for _, f := range c.Forms {
			if f.Text == "" || strings.TrimSpace(f.Text) != f.Text {
				t.Errorf("%s has the form %q", c.ID, f.Text)
			}
		}
	}
}

// kindred are types of which one may be narrower than the other.
func kindred(a, b string) bool {
	pair := a + " " + b
	return slices.Contains([]string{"drug_class drug", "drug drug_class", "comparator intervention", "intervention comparator", "characteristic population"}, pair)
}

// TestTableFiles reads the tables as they stand: sorted, unique, with no stray space, and each link said on both sides
// where it holds for both.
func TestTableFiles(t *testing.T) {
	for _, name := range []string{"concepts.tsv", "cues.tsv", "units.tsv", "measures.tsv", "factors.tsv", "headings.tsv", "nouns.tsv", "words.tsv", "fields.tsv"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
		width := strings.Count(lines[0], "\t")
		last := ""
		for i, line := range lines[1:] {
			if strings.Count(line, "\t") != width {
				t.Errorf("%s:%d: %d tabs, not %d", name, i+2, strings.Count(line, "\t"), width)
			}
			cells := strings.Split(line, "\t")
			key := cells[0]
			switch name {
			case "cues.tsv":
				key = strings.ToLower(cells[0]) + "\t" + cells[1]
			case "factors.tsv":
				key = strings.Join(cells[:5], "\t")
			}
			if key <= last {
				t.Errorf("%s:%d: %q does not come after %q", name, i+2, key, last)
			}
			last = key
			for _, cell := range cells {
				if strings.TrimSpace(cell) != cell || strings.Contains(cell, "||") {
					t.Errorf("%s:%d: untidy cell %q", name, i+2, cell)
				}
			}
		}
	}
}

func TestSharedForms(t *testing.T) {
	// checkForms has refused all else; what it let through has to be marked on each side, and to be shared at all.
	v := load(t)
	for _, c := range v.Concepts() {
		for _, f := range c.Forms {
			others := 0
			for _, o := range v.named[formKeys(f.Text, f.Abbreviation)[0]] {
				if o.concept != c {
					others++
				}
			}
			if f.Shared && others == 0 {
				t.Errorf("%s: %q is marked as shared, but nothing shares it", c.ID, f.Text)
			}
			if others > 0 && !f.Shared && !f.Ambiguous {
				t.Errorf("%s: %q is shared without a mark", c.ID, f.Text)
			}
		}
	}
}

func TestHierarchy(t *testing.T) {
	v := load(t)
	for _, c := range []struct {
		id, broader string
		want        bool
	}{
		{"dose_reduction_50", "opioid_dose", true},
		{"opioid_dose", "opioid_dose", true},
		{"opioid_dose", "dose_reduction_50", false},
		{"opioid_use_days", "opioid_dose", false},
		{"moud_retention", "opioid_outcome", true},
		{"pcm", "collaborative_care", true},
		{"mi_cbt", "cbt", false},
		{"naltrexone", "opioid", false},
		{"unheard_of", "opioid", false},
		{"unheard_of", "unheard_of", true},
	} {
		if got := v.IsA(c.id, c.broader); got != c.want {
			t.Errorf("IsA(%s, %s) = %v", c.id, c.broader, got)
		}
	}
	if got := v.Wholes("mi"); !slices.Contains(got, "mi_cbt") {
		t.Errorf("motivational interviewing is part of %v", got)
	}
	if diff := cmp.Diff([]string{"cbt", "mi"}, v.Parts("mi_cbt")); diff != "" {
		t.Errorf("parts of MI + CBT (-want +got):\n%s", diff)
	}
	if got := v.Narrower("opioid_dose"); !slices.IsSorted(got) || !slices.Contains(got, "dose_reduction_50") {
		t.Errorf("narrower than the dose: %v", got)
	}
}

// TestFamilies keeps the families of opioid outcomes apart: none is a kind of another.
func TestFamilies(t *testing.T) {
	v := load(t)
	families := []string{"opioid_dose", "opioid_use_days", "opioid_misuse_outcome", "moud_initiation", "moud_retention", "opioid_prescriptions", "illicit_drug_use", "opioid_discontinuation", "opioid_abstinence"}
	for _, a := range families {
		for _, b := range families {
			if a != b && v.IsA(a, b) {
				t.Errorf("%s is a kind of %s", a, b)
			}
		}
	}
}

func TestNamed(t *testing.T) {
	v := load(t)
	for _, c := range []struct {
		form  string
		types []string
		want  string
	}{
		{"opioid dosage", nil, "opioid_dose"},
		{"dose", nil, "opioid_dose"},
		{"MME", []string{TypeOutcome}, "opioid_dose"},
		{"MME", []string{TypeUnit}, "mme"},
		{"50% or greater reduction", nil, "dose_reduction_50"},
		{"cbt", nil, "cbt"},
		{"CBT", nil, "cbt"},
		{"IPT", nil, "interpersonal_psychotherapy ipt"},
		{"depression", []string{TypeOutcome}, "depression_symptoms"},
		{"Depression", []string{TypeCondition}, "depression"},
		{"usual care", nil, "usual_care"},
		{"standard care", nil, "usual_care"},
		{"wait-list control", nil, "waiting_list"},
		{"sham acupuncture", nil, "sham"},
		{"Cognitive-behavioural therapy", nil, "cbt"},
		{"cognitive behavioral therapies", nil, "cbt"},
		{"high MME", nil, "ltot_high_dose"},
		{"90+ MME", nil, "ltot_high_dose"},
		{"HbA1c", nil, "hba1c"},
		{"hba1c", nil, "hba1c"},
		{"opioid_dose", nil, "opioid_dose"},
		{"opioid_dose", []string{TypeDrug}, ""},
		{"wholly unknown", nil, ""},
		{"", nil, ""},
	} {
		if got := strings.Join(v.Named(c.form, c.types...), " "); got != c.want {
			t.Errorf("Named(%q, %v) = %q, want %q", c.form, c.types, got, c.want)
		}
	}
}

func TestNearest(t *testing.T) {
	v := load(t)
	for _, c := range []struct{ form, want string }{
		{"buprenorphin", "Buprenorphine"},
		{"mindfullness", "mindfulness"},
		{"opiod dose", "opioid dose"},
		{"motivational interviwing", "Motivational interviewing"},
	} {
		if got := v.Nearest(c.form, 3); len(got) == 0 || !strings.EqualFold(got[0], c.want) {
			t.Errorf("Nearest(%q) = %v, want %q first", c.form, got, c.want)
		}
	}
	if got := v.Nearest("xqzjwkvbnm", 3); len(got) != 0 {
		t.Errorf("near to nonsense: %v", got)
	}
}

func TestUserRows(t *testing.T) {
	const header = "id\tlabel\ttype\tbroader\tsynonyms\tabbreviations\n"
	v := load(t, header+"peer_line\tPeer line\tintervention\tpeer_support\tpeer telephone line\tPTL\nopioid_dose\t\t\t\tdaily opioid load\t\n")
	if got := v.Named("peer telephone lines"); !slices.Equal(got, []string{"peer_line"}) || !v.IsA("peer_line", "psych_behavioral") {
		t.Errorf("the new concept is named %v", got)
	}
	if got := v.Named("daily opioid load"); !slices.Equal(got, []string{"opioid_dose"}) {
		t.Errorf("the new synonym names %v", got)
	}
	// What a spreadsheet makes of a table.
	v = load(t, "\ufeffid\tlabel\ttype\r\npeer_line\t\"The \"\"peer\"\" line\"\tintervention\r\n\r\n")
	if c, ok := v.Concept("peer_line"); !ok || c.Label != `The "peer" line` {
		t.Errorf("read from a spreadsheet: %+v", c)
	}
}

func TestUserErrors(t *testing.T) {
	const header = "id\tlabel\ttype\tbroader\tsynonyms\tabbreviations\tbetter\n"
	for _, c := range []struct{ name, table, want string }{
		{"no header", "peer_line\tPeer line\tintervention\n", `user vocabulary 1:1: no column "id" (hint:`},
		{"unknown column", "id\tlabel\tcolour\n", `user vocabulary 1:1: unknown column "colour" (hint:`},
		{"unknown type", header + "peer_line\tPeer line\tgadget\n", `user vocabulary 1:2: concept peer_line has type "gadget" (hint: the types are condition,`},
		{"unknown parent", header + "# ours\npeer_line\tPeer line\tintervention\tpeer_suport\n", `user vocabulary 1:3: concept peer_line: broader names "peer_suport", which is no concept (hint: did you mean peer_support?)`},
		{"id", header + "Peer Line\tPeer line\tintervention\n", `user vocabulary 1:2: id "Peer Line" is not lower snake case (hint: write it like pain_severity)`},
		{"no label", header + "peer_line\t\tintervention\n", "user vocabulary 1:2: concept peer_line has no label"},
		{"another type", header + "opioid_dose\t\tdrug\n", "user vocabulary 1:2: concept opioid_dose is a outcome already, not a drug"},
		{"better", header + "opioid_dose\t\t\t\t\t\tsmaller\n", `user vocabulary 1:2: concept opioid_dose has better direction "smaller" (hint: lower, higher or nothing)`},
		{"itself", header + "peer_line\tPeer line\tintervention\tpeer_line\n", "user vocabulary 1:2: concept peer_line: broader names the concept itself"},
		{"a circle", header + "opioid_outcome\t\t\topioid_dose\n", "are each broader than the other"},
		{"a form that another has", header + "peer_line\tPeer line\tintervention\t\tmindfulness training\n", `"mindfulness training" is a form of mindfulness and of peer_line (hint: mark it with *`},
		{"too many cells", header + "a\tb\tc\td\te\tf\tg\th\n", "user vocabulary 1:2: 8 cells under 7 column names (hint:"},
	} {
		_, err := tryLoad(c.table)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
	_, err := tryLoad(header, header+"x\n")
	if err == nil || !strings.HasPrefix(err.Error(), "user vocabulary 2:2: ") {
		t.Errorf("in the second file: %v", err)
	}
}

func TestUnits(t *testing.T) {
	v := load(t)
	for form, want := range map[string]string{
		"MME": "MME", "MME/day": "MME/day", "MME/d": "MME/day", "MME per day": "MME/day", "MME daily": "MME/day", "mme": "MME",
		"morphine milligram equivalents": "MME", "morphine milligram equivalents per day": "MME/day", "mg/d": "mg/d", "mg/day": "mg/d",
		"mg per day": "mg/d", "mg daily": "mg/d", "mg": "mg", "µg/h": "mcg/h", "μg/h": "mcg/h", "mcg/hr": "mcg/h", "mm Hg": "mm Hg", "mmHg": "mm Hg",
		"kg/m²": "kg/m2", "kg/m2": "kg/m2", "mmol/l": "mmol/L", "mg/dl": "mg/dL", "percent": "%", "months": "months", "month": "months",
		"mo": "months", "wk": "weeks", "weeks": "weeks", "d": "days", "h": "hours", "min": "minutes", "points": "points", "point": "points",
		"percentage points": "percentage points", "mL/min/1.73 m2": "mL/min/1.73 m2", "mL/min per 1.73 m2": "mL/min/1.73 m2", "years": "years",
	} {
		if u, ok := v.Unit(form); !ok || u.ID != want {
			t.Errorf("Unit(%q) = %+v, want %q", form, u, want)
		}
	}
	for _, form := range []string{"", "patients", "furlong"} {
		if u, ok := v.Unit(form); ok {
			t.Errorf("Unit(%q) = %+v", form, u)
		}
	}
	for _, u := range v.Units() {
		if !u.Factor.Present() || u.Factor.Float() <= 0 || u.Dimension == "" {
			t.Errorf("%+v", u)
		}
	}
}

func TestMeasures(t *testing.T) {
	v := load(t)
	for form, want := range map[string]string{
		"OR": "OR", "aOR": "OR", "odds ratio": "OR", "adjusted odds ratio": "OR", "Odds Ratio": "OR", "HR": "HR", "hazard ratios": "HR",
		"RR": "RR", "risk ratio": "RR", "Cohen d": "Cohen's d", "Cohen's d": "Cohen's d", "Hedges g": "Hedges' g",
		"standardised mean difference": "SMD", "adjusted ratio of odds ratio": "ratio of odds ratios", "adjusted difference in change": "MD",
		"rate ratio": "rate ratio", "NNT": "NNT", "r": "correlation", "β": "beta", "mean difference": "MD", "IRR": "IRR", "RD": "RD",
	} {
		if m, ok := v.Measure(form); !ok || m.ID != want {
			t.Errorf("Measure(%q) = %+v, want %q", form, m, want)
		}
	}
	if m, ok := v.Measure("or"); ok {
		t.Errorf(`the word "or" is the measure %s`, m.ID)
	}
	for _, id := range []string{"OR", "RR", "HR", "IRR", "RD", "MD", "SMD", "Cohen's d", "Hedges' g", "ratio of odds ratios", "mean change", "proportion", "mean", "median", "count", "rate", "rate ratio", "NNT", "AUC", "correlation", "beta"} {
		m, ok := v.Measure(id)
		if !ok || m.ID != id {
			t.Errorf("Measure(%q) = %+v", id, m)
			continue
		}
		if m.Scale == ScaleRatio && m.Null != "1" || m.Scale == ScaleDifference && m.Null != "0" {
			t.Errorf("%s: no effect is %q", id, m.Null)
		}
	}
}

func TestFactors(t *testing.T) {
	v := load(t)
	for drug, want := range map[string]string{
		"codeine": "0.15", "fentanyl_td": "2.4", "hydrocodone": "1.0", "hydromorphone": "5.0", "methadone": "4.7",
		"morphine": "1.0", "oxycodone": "1.5", "oxymorphone": "3.0", "tapentadol": "0.4", "tramadol": "0.2",
	} {
		f := v.Factors(drug)
		if len(f) != 1 || string(f[0].Value) != want || f[0].Year != 2022 || f[0].Source == "" {
			t.Errorf("Factors(%s) = %+v, want %s", drug, f, want)
		}
	}
	if f := v.Factors("buprenorphine"); len(f) > 0 {
		t.Errorf("buprenorphine has no factor in the table, but here %+v", f)
	}
}

func TestHeadings(t *testing.T) {
	v := load(t)
	for form, want := range map[string]string{
		"IMPORTANCE": "background", "MAIN OUTCOMES AND MEASURES": "methods", "TRIAL REGISTRATION": "registration", "Conclusions and Relevance:": "conclusions",
		"DESIGN, SETTING, AND PARTICIPANTS": "methods", "Design, setting and participants": "methods", "Results": "results", "Findings": "results",
		"Interpretation": "conclusions", "Funding": "registration", "Background & aims": "objective", "Méthodes": "methods", "Résultats": "results",
		"Hintergrund": "background", "Ergebnisse": "results", "Métodos": "methods", "Resultados": "results", "Conclusão": "conclusions",
		"目的": "objective", "结果": "results", "参考文献": "references", "Abstract": "body", "Authors": "authors", "Objectives": "objective",
	} {
		if got, ok := v.Heading(form); !ok || got != want {
			t.Errorf("Heading(%q) = %q, want %q", form, got, want)
		}
	}
	if got, ok := v.Heading("Bananas"); ok {
		t.Errorf("bananas are %s", got)
	}
	roles := []string{"title", "authors", "affiliation", "citation", "background", "objective", "methods", "results", "conclusions", "registration", "references", "body"}
	for form, role := range v.headings {
		if !slices.Contains(roles, role) {
			t.Errorf("heading %q has the role %q", form, role)
		}
	}
}

func TestCueTable(t *testing.T) {
	v := load(t)
	seen := map[string]string{}
	signals := map[string]bool{}
	for _, c := range v.cueRows {
		signals[c.Signal] = true
		key := formKeys(c.Form, false)[0] + "\t" + c.Signal
		if other, ok := seen[key]; ok {
			t.Errorf("%q and %q are one cue to the scanner", other, c.Form)
		}
		seen[key] = c.Form
	}
	for _, s := range Signals() {
		if !signals[s] {
			t.Errorf("no cue signals %q", s)
		}
	}
}

func ExampleVocabulary_Mentions() {
	v, err := Load()
	if err != nil {
		panic(err)
	}
	for _, m := range v.Mentions("Cognitive-behavioural therapies lowered the average daily opioid dosage.", 0) {
		fmt.Println(m.Start, m.End, m.Form, m.Concepts)
	}
	// Output:
	// 0 31 Cognitive-behavioural therapies [cbt]
	// 44 71 average daily opioid dosage [opioid_dose]
}

func TestListed(t *testing.T) {
	v := load(t)
	for _, c := range []struct {
		list, word string
		want       bool
	}{
		{RatedFeeling, "Pruritus", true},
		{RatedFeeling, "pain", false},
		{SameThing, "day", true},
		{SameThing, "daylight", false},
		{SameThing, "itching", false},
	} {
		if got := v.Listed(c.list, c.word); got != c.want {
			t.Errorf("%q in %q: %t", c.word, c.list, got)
		}
	}
}
