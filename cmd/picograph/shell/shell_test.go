package shell

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries"
)

// typist is a terminal at which a test types: one line a prompt. "^C" is Ctrl-C; the end is Ctrl-D.
type typist struct {
	lines      []string
	prompts    []string
	remembered []string
	before     func(line string) // called before a line is handed over
}

func (t *typist) Prompt(prompt string) (string, error) {
	t.prompts = append(t.prompts, prompt)
	if len(t.lines) == 0 {
		return "", io.EOF
	}
	line := t.lines[0]
	t.lines = t.lines[1:]
	if t.before != nil {
		t.before(line)
	}
	if line == "^C" {
		return "", ErrInterrupted
	}
	return line, nil
}

func (t *typist) Remember(line string) { t.remembered = append(t.remembered, line) }

const larks = `Nordic walking for back pain: the LARK randomized trial
OBJECTIVE: To compare Nordic walking with usual care for chronic back pain.
METHODS: In this randomized clinical trial, 200 adults with chronic back pain were assigned to Nordic walking (n = 100) or usual care (n = 100). The primary outcome was pain intensity at 6 months.
RESULTS: Pain intensity decreased more with Nordic walking than with usual care (mean difference, -1.2 points [95% CI, -1.9 to -0.5]; P = .001).
TRIAL REGISTRATION: ClinicalTrials.gov Identifier: NCT09990001.
`

// desk is a shell on an empty graph in memory, and what it printed.
type desk struct {
	*Shell
	out, err bytes.Buffer
	dir      string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.Open(t.Context(), graph.Memory, graph.Options{Vocab: v})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	d := &desk{dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(d.dir, "lark.txt"), []byte(larks), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Shell = &Shell{
		Version: "1.2",
		Library: fstest.MapFS{
			"walks.pq": {Data: []byte("-- Which walks helped?\nparam outcome name = pain \"what was helped\"\nfindings where outcome is \"$outcome\";\n")},
			"bad.pq":   {Data: []byte("-- Expects too much.\nstudies;\nexpect rows >= 99\n")},
		},
		Session: &Session{
			Engine: &queries.Engine{Graph: g, Vocab: v}, Out: &d.out, Err: &d.err, In: strings.NewReader(""), Format: "text",
		},
	}
	return d
}

// with loads the sample document.
func (d *desk) with(t *testing.T) *desk {
	t.Helper()
	if err := d.Session.LoadForOnce(t.Context(), []string{filepath.Join(d.dir, "lark.txt")}); err != nil {
		t.Fatal(err)
	}
	return d
}

// types sits down and types, and returns what the terminal saw.
func (d *desk) types(t *testing.T, lines ...string) *typist {
	t.Helper()
	terminal := &typist{lines: lines}
	d.quit = false // who left may come back
	if err := d.Interact(t.Context(), terminal); err != nil {
		t.Fatal(err)
	}
	return terminal
}

func want(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s lacks %q:\n%s", what, part, text)
		}
	}
}

func TestBanner(t *testing.T) {
	d := newDesk(t)
	terminal := d.types(t)
	lines := strings.Split(strings.TrimRight(d.out.String(), "\n"), "\n")
	if len(lines) != 2 || lines[0] != "picograph 1.2 on mem: (empty: .load FILE reads documents)" {
		t.Errorf("banner %q", lines)
	}
	if d := cmp.Diff([]string{prompt}, terminal.prompts); d != "" {
		t.Error(d)
	}
	full := newDesk(t).with(t)
	full.types(t)
	want(t, "banner", full.out.String(), "of 1 study in 1 document")
}

func TestAskAndWhy(t *testing.T) {
	d := newDesk(t).with(t)
	d.types(t, ".why 1", "findings where kind is between", ".why 1", ".why 99", ".why", ".why x")
	want(t, "output", d.out.String(), "-1.2", "-1.9 to -0.5", "Pain intensity decreased more with Nordic walking", "lark.txt")
	want(t, "errors", d.err.String(), "picograph: there is no answer yet to explain\npicograph: hint: ask a question first\n", "write .why N")
}

func TestCommandsAndTypos(t *testing.T) {
	d := newDesk(t).with(t)
	d.types(t, ".sttas", ".", ".lod x", ".mode", ".mode csv", ".mode tabel", ".mode a b", ".explain", ".explain off", ".explain maybe",
		".param", ".param set high-dose 50 MME/day", ".param high-dose = 60", ".param", ".param set dose 1", ".param set", ".run nothing", ".run bad",
		".queries", ".run walks outcome=pain", ".run walks outcom=pain", `.show "`, ".schema Findng", ".schema a b", ".mode text", ".schema criterion", ".tables")
	want(t, "errors", d.err.String(),
		"there is no command .sttas\npicograph: hint: did you mean .stats?",
		"a dot alone is no command",
		"hint: did you mean .load?",
		`unknown format "tabel"`+"\npicograph: hint: did you mean table?",
		"write .explain [on|off]",
		"dose",
		`there is no saved query and no file "nothing"`+"\npicograph: hint: saved queries: bad, walks",
		"bad:3: expected rows >= 99",
		`there is no parameter "outcom"`,
		"a quote is not closed",
		`a graph keeps nothing of the kind "Findng"`+"\npicograph: hint: did you mean .schema Finding?",
		"write .schema [KIND]",
	)
	want(t, "output", d.out.String(), "text\n", "explain is on\n", "explain is off\n", "high-dose = 90 MME/day", "high-dose = 50 MME/day\n", "high-dose = 60 MME/day", "walks,Which walks helped?",
		"pg:variable", "what is compared", "one condition of eligibility, comparable", "outcome is")
}

func TestFollowUp(t *testing.T) {
	d := newDesk(t).with(t)
	d.types(t, "which interventions reduced pain", "only RCTs", ".why 1")
	want(t, "output", d.out.String(), "direction = decreased; design =\nrandomized.")
	d = newDesk(t).with(t)
	d.types(t, "who sponsored LARK", "and the registration number?")
	want(t, "output", d.out.String(), "NCT09990001")
}

func TestWhereResultsGo(t *testing.T) {
	d := newDesk(t).with(t)
	t.Chdir(d.dir)
	paged := ""
	d.Pager = func(_ context.Context, text string) error { paged += text; return nil }
	d.Session.Style.Color = true
	d.types(t, ".once one.csv", ".explain off", ".mode csv", "studiess", "studies", ".mode text", "findings where kind is between",
		".output all.txt", "studies", ".stats", ".output", ".pager off", ".terms Nordic", ".output no/such/x", ".once", ".output a b", ".timer on", ".last")
	for name, parts := range map[string][]string{"one.csv": {"LARK"}, "all.txt": {"LARK", "documents"}} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want(t, name, string(text), parts...)
		if strings.Contains(string(text), "\x1b") || strings.Contains(string(text), "-1.2") {
			t.Errorf("%s has what belongs on the screen: %s", name, text)
		}
	}
	want(t, "pages", paged, "-1.2")
	want(t, "output", d.out.String(), "Nordic walking", "explain is off", "pager is off")
	if strings.Contains(d.out.String(), "documents") {
		t.Errorf("the screen has what went to a file: %s", d.out.String())
	}
	want(t, "errors", d.err.String(), "writing no/such/x: no such file", "write .once FILE", "write .output [FILE]", "took 0.")
}

func TestRecall(t *testing.T) {
	d := newDesk(t).with(t)
	t.Chdir(d.dir)
	for name, text := range map[string]string{
		"set.txt":  ".mode csv\n.width 100\n",
		"loop.txt": ".read loop.txt\n",
		"bad.txt":  "-- said\n\n.sttas\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d.Init(t.Context(), "none.txt")
	d.types(t, ".last", ".sources", ".terms lar", ".terms zzz", ".terms lurk", ".width", ".width 10", ".width x", ".read set.txt", ".mode", ".width", ".read loop.txt", ".read bad.txt",
		".read none.txt", ".read", ".width auto", ".history 2", ".history x", ".checks")
	want(t, "output", d.out.String(), "lark.txt", "LARK", "\n80\n", "csv\n100\n", ".width auto\n.history 2\n")
	want(t, "errors", d.err.String(), "there is no answer yet", `no name in the graph begins with "zzz"`, "did you mean LARK?", "a number of columns from 40, or auto",
		"16 deep", "bad.txt: line 3: there is no command .sttas", "did you mean .stats?", "reading none.txt: no such file", "write .read FILE", "write .history [N]")
}

func TestWhyNotSaveAndEdit(t *testing.T) {
	d := newDesk(t).with(t)
	t.Chdir(d.dir)
	d.Editor = func(_ context.Context, path string) error {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, bytes.ReplaceAll(text, []byte("cluster-randomized"), []byte("randomized")), 0o600)
	}
	terminal := d.types(t, ".save mine.pq", ".whynot LARK", "studies where design is cluster-randomized", ".whynot LARK", ".whynot Heron", ".whynot", ".edit", ".save mine.pq",
		"only in women", ".save mine.pq", ".save", ".save lark.txt", ".edit", ".mode csv", "studies", ".whynot LARK")
	want(t, "output", d.out.String(), "none meets the condition design is\ncluster-randomized", "with it alone: 0", "One study: LARK")
	want(t, "errors", d.err.String(), "there is no question yet to save", "there is no answer yet to explain", `nothing in the graph is called "Heron"`, ".terms Heron lists",
		"write .save FILE", "the question is as it was", "lark.txt is there already", "not that of a query with conditions", "write .whynot NAME")
	text, err := os.ReadFile("mine.pq")
	if err != nil {
		t.Fatal(err)
	}
	want(t, "mine.pq", string(text), "-- studies where design is randomized\n\nstudies where design is randomized;\n\n-- only in women\nstudies where design is randomized and ")
	if !strings.Contains(strings.Join(d.History.Lines(), "\n"), "studies where design is randomized") {
		t.Errorf("the edited question is not in the history: %q", terminal.remembered)
	}
	d.out.Reset()
	d.types(t, ".mode text", ".run mine.pq")
	want(t, "the script", d.out.String(), "One study: LARK", "population = female sex")
}

func TestWordsThatAreNoQuestions(t *testing.T) {
	d := newDesk(t).with(t)
	terminal := d.types(t, "help", "walks", "Exit", "never")
	want(t, "output", d.out.String(), ".whynot NAME")
	want(t, "errors", d.err.String(), "walks is a saved query\npicograph: hint: write .run walks")
	if d := cmp.Diff([]string{"never"}, terminal.lines); d != "" {
		t.Error(d)
	}
}

func TestMaxRows(t *testing.T) {
	d := newDesk(t).with(t)
	for _, mode := range []string{"text", "table"} {
		d.out.Reset()
		d.types(t, ".mode "+mode, ".maxrows 1", ".maxrows", "outcomes", "show LARK", ".maxrows auto", ".maxrows", ".maxrows 0", ".maxrows 1 2")
		want(t, mode, d.out.String(), "\n1\n", "more", "auto\n")
		want(t, "errors", d.err.String(), `"0" is no number of rows`, "write .maxrows [N|auto]")
	}
}

// Every dot-command has an example, which is an example of it.
func TestExamples(t *testing.T) {
	for _, c := range commands() {
		if word, _, _ := strings.Cut(c.example, " "); word != "."+c.name {
			t.Errorf(".%s has the example %q", c.name, c.example)
		}
	}
}

func TestHelp(t *testing.T) {
	d := newDesk(t)
	d.types(t, ".help", ".help language", ".help questions", ".help readings", ".help formats", ".help scripts", ".help .why", ".help findings", ".help langage")
	for _, c := range Commands() {
		want(t, "help", d.out.String(), c.Name+" "+c.Args)
	}
	want(t, "help", d.out.String(), "population has dose >= 90 MME/day", "order by", "expect rows >= N", "nquads", "prints the source of row N")
	want(t, "errors", d.err.String(), `there is no help on "langage"`+"\npicograph: hint: did you mean .help language?")
}

func TestStatementsOverSeveralLines(t *testing.T) {
	for _, c := range []struct {
		lines string
		want  []statement
	}{
		{"one\ntwo", []statement{{"one", 1}, {"two", 2}}},
		{"one \\\ntwo", []statement{{"one two", 1}}},
		{"findings where\n  kind is between", []statement{{"findings where kind is between", 1}}},
		{"findings where\n\nnext", []statement{{"findings where", 1}, {"next", 3}}},
		{"-- said\n.why 1;\n  one; two ;; -- end\nthree", []statement{{".why 1", 2}, {"one", 3}, {"two", 3}, {"three", 4}}},
		{`findings where text is "a;b"`, []statement{{`findings where text is "a;b"`, 1}}},
		{"compare walking", []statement{{"compare walking", 1}}}, // ended by the end of the text
	} {
		var a assembly
		var got []statement
		for line := range strings.SplitSeq(c.lines, "\n") {
			got = append(got, a.take(line)...)
		}
		got = append(got, a.end()...)
		if d := cmp.Diff(c.want, got, cmp.AllowUnexported(statement{})); d != "" {
			t.Errorf("%q: %s", c.lines, d)
		}
	}
}

func TestPromptForTheRest(t *testing.T) {
	d := newDesk(t).with(t)
	terminal := d.types(t, "findings where", "kind is between", "studies where", "^C", "studies")
	if d := cmp.Diff([]string{prompt, promptMore, prompt, promptMore, prompt, prompt}, terminal.prompts); d != "" {
		t.Error(d)
	}
	want(t, "output", d.out.String(), "-1.2")
}

func TestHistoryOfALine(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(d.dir, "history")
	if err := os.WriteFile(path, []byte("earlier\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h, err := ReadHistory(path)
	if err != nil {
		t.Fatal(err)
	}
	d.History = h
	terminal := d.types(t, ".stats", " .mode", ".stats", ".quit", "never")
	if d := cmp.Diff([]string{"earlier", ".stats", ".stats", ".quit"}, terminal.remembered); d != "" {
		t.Error(d)
	}
	text, err := os.ReadFile(path)
	if string(text) != "earlier\n.stats\n.quit\n" || err != nil {
		t.Errorf("kept %q %v", text, err)
	}
}

func TestLoadAndExport(t *testing.T) {
	d := newDesk(t)
	csv, nq := filepath.Join(d.dir, "out.csv"), filepath.Join(d.dir, "out.nq")
	d.types(t, ".export csv", ".load", ".load "+filepath.Join(d.dir, "lark.txt"), ".load nowhere.txt", "findings where kind is between",
		".export csv "+csv, ".export nquads "+nq, ".export answer nquads", ".export graph csv", ".export xml", ".export csv no/such/folder/x")
	want(t, "output", d.out.String(), "read 1 document:", "<")
	want(t, "errors", d.err.String(), "there is no answer yet to export", "write .load PATH...", "nowhere.txt", "csv is written to a folder", `unknown format "xml"`, "writing no/such/folder/x: no such file")
	for _, name := range []string{csv, nq} {
		if info, err := os.Stat(name); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(d.dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestInterruptEndsTheQuestionOnly(t *testing.T) {
	d := newDesk(t).with(t)
	interrupts := make(chan os.Signal, 1)
	d.Interrupts = interrupts
	// a command that lasts until it is told to end
	started := make(chan bool)
	lasting := func(ctx context.Context, _ string) error {
		close(started)
		<-ctx.Done()
		return ctx.Err()
	}
	go func() {
		<-started
		interrupts <- os.Interrupt
	}()
	done := make(chan error, 1)
	go func() { done <- d.interruptible(t.Context(), "x", lasting) }()
	select {
	case err := <-done:
		if !errors.Is(err, errCancelled) {
			t.Errorf("error %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it went on")
	}
	// one that came at the prompt ends nothing
	interrupts <- os.Interrupt
	if err := d.interruptible(t.Context(), ".stats", d.do); err != nil {
		t.Error(err)
	}
}

func TestScriptStopsAtTheFirstError(t *testing.T) {
	d := newDesk(t).with(t)
	err := d.Script(t.Context(), strings.NewReader("\uFEFFstudies\n\n-- remark\n.whyy 1\n.stats\n"))
	var at *LineError
	if !errors.As(err, &at) || at.Line != 4 {
		t.Errorf("error %v", err)
	}
	if out := d.out.String(); strings.Contains(out, "Ask in plain") || strings.Contains(out, "documents") || !strings.Contains(out, "LARK") {
		t.Errorf("output %s", out)
	}
	err = d.Script(t.Context(), strings.NewReader("findings where"))
	if err == nil || !strings.HasPrefix(err.Error(), "line 1: the question is not finished: ") {
		t.Errorf("error %v", err)
	}
	d = newDesk(t)
	if err := d.Script(t.Context(), strings.NewReader(".quit\n.nothing\n")); err != nil {
		t.Errorf("after .quit: %v", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := newDesk(t).Script(cancelled, strings.NewReader("studies\n")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestComplete(t *testing.T) {
	d := newDesk(t).with(t)
	t.Chdir(d.dir)
	for _, c := range []struct{ line, head, word string }{
		{".sh", "", ".show "},
		{".st", "", ".stats"},
		{".show LA", ".show ", "LARK"},
		{".show nordic w", ".show ", "Nordic walking"},
		{".mode ma", ".mode ", "markdown"},
		{".export n", ".export ", "nquads"},
		{".export answer n", ".export answer ", "nquads"},
		{".export nquads la", ".export nquads ", "lark.txt"},
		{".load la", ".load ", "lark.txt"},
		{".help lan", ".help ", "language"},
		{".help wh", ".help ", "why"},
		{".run wa", ".run ", "walks"},
		{".run walks ou", ".run walks ", "outcome="},
		{".param set hi", ".param set ", "high-dose"},
		{".explain o", ".explain ", "on"},
		{"fin", "", "findings"},
		{"findings wh", "findings ", "where"},
		{"findings where study is la", "findings where study is ", "LARK"},
		{`findings where intervention is "nordic w`, `findings where intervention is "`, "Nordic walking"},
		{"did nordic wal", "did ", "Nordic walking"},
	} {
		head, words := d.Complete(t.Context(), c.line, len(c.line))
		if head != c.head || !strings.Contains("\n"+strings.Join(words, "\n")+"\n", "\n"+c.word+"\n") {
			t.Errorf("%q: %q + %q", c.line, head, words)
		}
	}
	for _, c := range []struct{ typed, words, want string }{
		{"IN", "intervention interaction INSPIRE INTENT INSPIRE", "INSPIRE INTENT"},
		{"in", "intervention INSPIRE", "intervention"},
		{"vo", "VOICE VOLT Vole", "VOICE VOLT"},
		{"x", "", ""},
	} {
		if got := strings.Join(offered(c.typed, strings.Fields(c.words)), " "); got != c.want {
			t.Errorf("%s of %s: %s", c.typed, c.words, got)
		}
	}
	if _, words := d.Complete(t.Context(), "zzz", 3); len(words) > 0 {
		t.Errorf("zzz becomes %q", words)
	}
	if head, words := d.Complete(t.Context(), "stu where", 3); head != "" || len(words) == 0 {
		t.Errorf("in the middle: %q %q", head, words)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"load", "extract", "ask", "version", "high-dose"}
	if got := Nearest("foo", []string{"nquads", "dot"}); got != "" {
		t.Errorf("foo is no %s", got)
	}
	for given, want := range map[string]string{
		"lode": "load", "laod": "load", "extrct": "extract", "vers": "version", "hihg-dose": "high-dose", "aks": "ask", "zebra": "", "x": "", "": "", "as": "ask",
	} {
		if got := Nearest(given, names); got != want {
			t.Errorf("%q: %q, want %q", given, got, want)
		}
	}
}

func TestColumnsFollowTheTerminal(t *testing.T) {
	d := newDesk(t).with(t)
	wide := 120
	d.Columns = func() int { wide -= 40; return wide }
	for _, columns := range []int{80, 40} {
		d.out.Reset()
		d.types(t, ".help")
		longest := 0
		for line := range strings.Lines(d.out.String()) {
			if !strings.HasPrefix(line, "picograph ") && !strings.HasPrefix(line, "Ask in ") {
				longest = max(longest, len(strings.TrimSpace(line)))
			}
		}
		if longest > columns+20 || columns == 80 && longest > 80 { // a narrow terminal cannot fold the names
			t.Errorf("%d columns: a line of %d", columns, longest)
		}
	}
}

func TestWriteFileLeavesWhatWasThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	if err := WriteFile(path, func(w io.Writer) error { _, err := io.WriteString(w, "first"); return err }); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := WriteFile(path, func(w io.Writer) error { _, _ = io.WriteString(w, "second"); return broken })
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	text, err := os.ReadFile(path)
	if string(text) != "first" || err != nil {
		t.Errorf("%q %v", text, err)
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		a    queries.Answer
		want string
	}{
		{queries.Answer{Status: queries.NotUnderstood}, "not understood"},
		{queries.Answer{Status: queries.NotUnderstood, Question: "was für walks", Text: "No word for \"walks\".", Fault: &queries.Fault{Start: 9, End: 14}}, "no word for \"walks\"\n    was für walks\n            ^^^^^"},
		{queries.Answer{Status: queries.UnknownTerm, Text: "BPI is not known.", Fault: &queries.Fault{Start: 9, End: 99}}, "BPI is not known"},
	} {
		if got := (&Refused{&c.a}).Error(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

func TestPassagesAreHeldAgainstTheText(t *testing.T) {
	const text = "pain fell by 2 points"
	at := func(start, end int, s string) evidence.Finding {
		return evidence.Finding{ID: "f", Passages: []evidence.Passage{{Start: start, End: end, Text: s}}}
	}
	for _, c := range []struct {
		finding evidence.Finding
		wrong   string
	}{
		{at(0, 4, "pain"), ""},
		{at(0, 4, "gain"), "the text there is another one"},
		{at(5, 99, "fell"), "outside the text"},
		{at(-1, 4, "pain"), "outside the text"},
		{at(4, 4, ""), "outside the text"},
		{evidence.Finding{ID: "f"}, "no passage"},
	} {
		wrong := section("")
		checkTelling(wrong, &graph.Study{Name: "LARK"}, &graph.Telling{Study: &evidence.Study{Findings: []evidence.Finding{c.finding}}}, text)
		got := ""
		for _, r := range wrong.Rows {
			got += r.Cells[len(r.Cells)-1]
		}
		if got != c.wrong {
			t.Errorf("%v: %q, want %q", c.finding.Passages, got, c.wrong)
		}
	}
}

func TestCheckFailsOnWhatCannotBeRight(t *testing.T) {
	d := newDesk(t).with(t)
	if failed, err := d.Session.Check(t.Context()); failed != 0 || err != nil {
		t.Errorf("%d failed, %v:\n%s", failed, err, d.out.String())
	}
	a := &queries.Answer{Sections: []queries.Section{{
		Columns: []string{"Study", "Verdict"},
		Rows:    []queries.Row{{Cells: []string{"LARK", "inconsistent"}}, {Cells: []string{"LARK", "explainable"}}},
	}}}
	if n := inconsistent(a); n != 1 {
		t.Errorf("%d inconsistent", n)
	}
}
