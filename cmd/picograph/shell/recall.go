package shell

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/picograph/picograph/graph"
)

// again prints the last answer once more: in another format, or to a file.
func (sh *Shell) again(context.Context, []string) error {
	if sh.Session.last == nil {
		return &Advised{errors.New("there is no answer yet"), "ask a question first"}
	}
	return sh.Session.Print(sh.Session.last)
}

// past prints the last lines that were entered.
func (sh *Shell) past(_ context.Context, args []string) error {
	n := 20
	if len(args) > 0 {
		var err error
		if n, err = strconv.Atoi(args[0]); err != nil || n < 1 || len(args) > 1 {
			return usage("history")
		}
	}
	if sh.History == nil {
		return nil
	}
	lines := sh.History.Lines()
	for _, line := range lines[max(0, len(lines)-n):] {
		fmt.Fprintln(sh.Session.Out, line)
	}
	return nil
}

// sources lists the documents of the graph.
func (sh *Shell) sources(ctx context.Context, _ []string) error {
	docs, err := sh.Session.Engine.Graph.Documents(ctx)
	if err != nil {
		return err
	}
	studies, err := sh.Session.Engine.Graph.Studies(ctx)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, st := range studies {
		if st.Name != st.ID { // an identifier is nothing to read
			names[st.ID] = st.Name
		}
	}
	listed := section("", "document", "format", "studies", "title")
	for _, d := range docs {
		var studies []string
		for _, id := range d.Studies {
			if name := names[id]; name != "" && !slices.Contains(studies, name) {
				studies = append(studies, name)
			}
		}
		listed.add(d.Source, d.Format, strings.Join(studies, ", "), d.Report.Title)
	}
	return sh.Session.list("", listed)
}

// mostTerms is how many names .terms lists.
const mostTerms = 50

// terms lists the names in the graph that begin with what is given.
func (sh *Shell) terms(ctx context.Context, args []string) error {
	prefix := strings.Join(args, " ")
	found, err := sh.Session.Engine.Graph.NameTexts(ctx, prefix, mostTerms+1)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		near := ""
		if all, err := sh.graphNames(ctx); err == nil {
			texts := make([]string, len(all))
			for i, n := range all {
				texts[i] = n.Text
			}
			near = Nearest(prefix, texts)
		}
		hint := "Tab after a few letters shows what there is"
		if near != "" {
			hint = "did you mean " + near + "?"
		}
		return &Advised{fmt.Errorf("no name in the graph begins with %q", prefix), hint}
	}
	listed := section("", "name", "is a")
	seen := map[[2]string]bool{}
	for _, n := range found[:min(len(found), mostTerms)] {
		if key := [2]string{strings.ToLower(n.Text), n.Type}; !seen[key] {
			seen[key] = true
			listed.add(n.Text, n.Type)
		}
	}
	if err := sh.Session.list("", listed); err != nil {
		return err
	}
	if len(found) > mostTerms && !sh.Session.Quiet {
		fmt.Fprintf(sh.Session.Err, "only the first %d; more letters narrow it\n", mostTerms)
	}
	return nil
}

// maxNesting is how deep files may read files: one that reads itself ends here.
const maxNesting = 16

// read carries out the lines of a file, as if they were typed, up to the first error.
func (sh *Shell) read(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return usage("read")
	}
	if sh.nesting >= maxNesting {
		return &Advised{fmt.Errorf("%s: files read each other %d deep", args[0], maxNesting), "does a file read itself?"}
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return fmt.Errorf("reading %s: %w", args[0], cause(err))
	}
	sh.nesting++
	defer func() { sh.nesting-- }()
	if err := sh.statements(ctx, string(text)); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	return nil
}

// statements carries out the lines of a text.
func (sh *Shell) statements(ctx context.Context, text string) error {
	lines := assembly{speaks: sh.language}
	run := func(sts []statement) error {
		for _, st := range sts {
			if sh.quit {
				return nil
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := sh.carryOut(ctx, st.text); err != nil {
				return &LineError{st.line, err}
			}
		}
		return nil
	}
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		if err := run(lines.take(line)); err != nil {
			return err
		}
	}
	return run(lines.end())
}

// Init carries out the lines of the file at path, if there is one: settings that its owner likes. An error in it is
// told, and the shell starts all the same.
func (sh *Shell) Init(ctx context.Context, path string) {
	if path == "" {
		return
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err := sh.read(ctx, []string{path}); err != nil {
		Complain(sh.Session.Err, err)
	}
}

// graphNames returns the names in the graph, as they are now.
func (sh *Shell) graphNames(ctx context.Context) ([]graph.Name, error) {
	g := sh.Session.Engine.Graph
	if digest := g.Digest(); digest != sh.digest || sh.names == nil {
		names, err := g.Names(ctx)
		if err != nil {
			return nil, err
		}
		sh.names, sh.digest = names, digest
	}
	return sh.names, nil
}
