package queries

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/synth"
	"github.com/picograph/picograph/graph/vocab"
)

var (
	sifted    = flag.Int("sifted", 80, "how many random questions are asked in two ways")
	siftedOne = flag.Uint64("sifted.seed", 7, "what the random questions are drawn by")
)

// TestSift asks a graph for random conjunctions of conditions, once read as a whole and once by the sets of its indexes: the rows have
// to be the same.
func TestSift(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	g := madeUp(t, v, 150)
	seeds := goldEngine(t)
	r := rand.New(rand.NewPCG(*siftedOne, 7))
	rows := 0
	for i := range *sifted {
		whole, part := &Engine{Graph: g, Vocab: v}, &Engine{Graph: g, Vocab: v, whole: 1, most: 1 << 20}
		if i%2 == 1 {
			whole, part = seeds, &Engine{Graph: seeds.Graph, Vocab: seeds.Vocab, whole: 1, most: 1 << 20}
		}
		little := &Engine{Graph: part.Graph, Vocab: part.Vocab, whole: 1, most: 3}
		q := randomQuery(r, i%2 == 1)
		a, err := whole.Ask(t.Context(), q)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		b, err := part.Ask(t.Context(), q)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		rows += a.RowCount()
		c, err := little.Ask(t.Context(), q)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		if a.RowCount() > 0 && c.RowCount() == 0 {
			t.Errorf("%s: %d rows, and none of what a large graph is read for it: %s, %s", q, a.RowCount(), c.Status, c.Text)
		}
		if x, y := outline(t, a), outline(t, b); x != y {
			at := 0
			for at < min(len(x), len(y)) && x[at] == y[at] {
				at++
			}
			at = max(0, at-200)
			t.Errorf("%s\n whole: ...%s\n sifted: ...%s", q, evidence.Clip(x[at:], 500), evidence.Clip(y[at:], 500))
		}
	}
	if rows < 1000 {
		t.Errorf("the questions have %d rows: they test too little", rows)
	}
}

// outline is what has to be the same of two answers.
func outline(t *testing.T, a *Answer) string {
	t.Helper()
	b, err := json.Marshal(a.Sections)
	if err != nil {
		t.Fatal(err)
	}
	var near []string
	for _, n := range a.Near {
		if n.Why == whyUnread {
			continue // of a large graph only the texts of known studies are searched, and the answer says of how many
		}
		near = append(near, n.What+" because "+n.Why)
	}
	cautions := slices.DeleteFunc(slices.Clone(a.Cautions), func(c string) bool { return strings.HasPrefix(c, "the texts of only") })
	return fmt.Sprintf("%s %s | %s | near %s | %s", a.Status, a.Query, b, strings.Join(near, "; "), strings.Join(cautions, "; "))
}

func madeUp(t *testing.T, v *vocab.Vocabulary, n int) *graph.Graph {
	t.Helper()
	g, err := graph.Open(t.Context(), graph.Memory, graph.Options{Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	w, err := g.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Rollback()
	made := synth.New(1, v)
	for i := range n {
		if err := w.Put(made.Document(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return g
}

// randomQuery joins some conditions, of which the names are of the vocabulary.
func randomQuery(r *rand.Rand, seeds bool) string {
	one := func(list ...string) string { return list[r.IntN(len(list))] }
	outcomes := []string{"pain", "daily opioid dose", "quality of life", "sleep", "anxiety", "mortality"}
	people := []string{"chronic pain", "depression", "opioid use disorder", "migraine", "older adults", "cancer"}
	given := []string{"cognitive behavioral therapy", "methadone", "tapering", "usual care", "acupuncture", "exercise", "mindfulness"}
	conditions := []func() string{
		func() string { return `outcome is "` + one(outcomes...) + `"` },
		func() string { return `condition is "` + one(people...) + `"` },
		func() string { return `population is "` + one(people...) + `"` },
		func() string { return `intervention is "` + one(given...) + `"` },
		func() string { return `comparator is "` + one("usual care", "placebo", "methadone") + `"` },
		func() string { return "kind is " + one("between", "within", "arm") },
		func() string {
			return "direction is " + one("decreased", "increased", `"no difference"`, "improved", "worsened")
		},
		func() string { return "significant is " + one("yes", "no") },
		func() string { return "p " + one("<", ">=", ">") + " " + one("0.05", "0.01", "0.5") },
		func() string { return "n " + one("<", ">=") + " " + one("50", "200") },
		func() string { return "year " + one("<", ">=") + " " + one("2000", "2015") },
		func() string { return "population has dose " + one(">=", "<") + " " + one("50", "90") + " MME/day" },
		func() string { return "population has age >= " + one("18", "65") + " years" },
		func() string {
			return "design is " + one("randomized", "trial", "cluster-randomized", `"systematic review"`, "double-blind", "parallel", "observational", "ongoing", "completed", "phase", `"phase 2"`, "placebo-controlled", "review")
		},
		func() string { return "time is " + one("6 months", "12 months") },
		func() string { return "role is " + one("primary", "secondary") },
		func() string { return "country is " + one("China", `"United States"`) },
		func() string { return "hypothesis is " + one("superiority", "noninferiority") },
		func() string {
			return `text is "` + one("randomized", "opioid dose", "usual care group", "interview") + `"`
		},
		func() string { return `setting is "` + one("primary care", "hospital", "Veterans") + `"` },
		func() string { return "recruited " + one(">=", "<", "=") + " " + one("2012", "2018") },
		func() string { return `modifier is "` + one("depression", "sex") + `"` },
		func() string {
			return `component is "` + one("exercise", "cognitive behavioral therapy", "education") + `"`
		},
		func() string { return `exposure is "` + one("age", "dose") + `"` },
		func() string { return "measure is " + one("MD", "OR", "SMD") },
	}
	n := 1 + r.IntN(3)
	if !seeds { // of made-up studies few meet several conditions
		n = 1 + r.IntN(2)
	}
	var all []string
	for range n {
		c := conditions[r.IntN(len(conditions))]()
		switch r.IntN(10) {
		case 0:
			c = "not " + c
		case 1:
			c = "(" + c + " or " + conditions[r.IntN(len(conditions))]() + ")"
		}
		all = append(all, c)
	}
	if r.IntN(8) == 0 {
		on := ""
		if r.IntN(2) == 0 {
			on = ` on "` + one(outcomes...) + `"`
		}
		return `compare "` + one(given...) + `" with "` + one(given...) + `"` + on
	}
	noun := one("findings", "findings", "interventions", "studies", "count studies", "outcomes", "populations")
	return noun + " where " + strings.Join(all, " and ")
}

// TestForemost asks for the rows with the largest number of people, of which a large graph is read only in part.
func TestForemost(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	g := madeUp(t, v, 250)
	whole, part := &Engine{Graph: g, Vocab: v}, &Engine{Graph: g, Vocab: v, whole: 1, most: 60}
	for _, q := range []string{
		"findings where kind is between | order by n desc | limit 5",
		"findings where kind is between and p < 0.5 | order by n desc | limit 5",
		"studies where design is randomized | order by n desc | limit 7",
		"studies | order by year | limit 7",
		"findings where kind is between | order by p | limit 5",
		"studies | group by design",
		"studies where n >= 100 | group by country",
		"count studies where design is randomized",
		"count studies where kind is between and significant is yes",
	} {
		a, err := whole.Ask(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		b, err := part.Ask(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if a.RowCount() == 0 || b.RowCount() == 0 {
			t.Errorf("%s: %d and %d rows", q, a.RowCount(), b.RowCount())
		}
		for _, sec := range b.Sections {
			i := slices.IndexFunc(a.Sections, func(o Section) bool { return o.Title == sec.Title })
			if i < 0 {
				t.Errorf("%s: %q is no section of the whole", q, sec.Title)
				continue
			}
			for k, r := range sec.Rows {
				if x, y := number(q, a.Sections[i], k), number(q, sec, k); x != y {
					t.Errorf("%s: row %d of %s: %s, not %s: %v", q, k, sec.Title, y, x, r.Cells)
				}
			}
		}
		if strings.HasPrefix(q, "count") && !strings.HasPrefix(b.Text, strings.TrimRight(a.Text, ".")) {
			t.Errorf("%s\n whole: %s\n part: %s", q, a.Text, b.Text)
		}
	}
}

// number is what the rows of a section are put in order by, as far as it is printed; of groups their size.
func number(question string, s Section, row int) string {
	by := []string{"Count", "N", "P"}
	if strings.Contains(question, "order by p") { // those of one P value may be of studies of any size
		by = by[2:]
	}
	for _, c := range by {
		if i := slices.Index(s.Columns, c); i >= 0 {
			return s.Rows[row].Cells[i]
		}
	}
	_, n, _ := strings.Cut(s.Rows[row].Cells[1], ", N ")
	n, _, _ = strings.Cut(n, ",")
	return n
}
