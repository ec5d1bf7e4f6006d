package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/picograph/picograph"

// floors are the packages by the row they live on: a package imports only from rows with a lower number, apart
// from the steps within a row that neighbours lists. A package that is missing here fails the test.
var floors = map[string]int{
	"cmd/picograph":       7,
	"cmd/train":           7,
	"cmd/picograph/shell": 6,
	"queries/script":      5,
	"loader":              4,
	"queries/answer":      4,
	"graph/export":        4,
	"graph/plot":          4,
	"loader/extract":      3,
	"queries":             3,
	"graph/gizmo":         3,
	"graph":               2,
	"graph/synth":         2,
	"loader/annotate":     2,
	"loader/audit":        2,
	"loader/score":        2,
	"loader/format":       2,
	"loader/mention":      2,
	"graph/evidence":      1,
	"graph/vocab":         1,
	"graph/link":          1,
	"graph/check":         1,
	"graph/store":         1,
	"graph/postgres":      1,
	"loader/document":     1,
	"graph/lazyregexp":    0,
	"graph/quantity":      0,
	"graph/spool":         0,
	"loader/pattern":      0,
	"queries/syntax":      0,
	"queries/library":     0,
	"seeds":               0,

	"graph/postgres/pgtest": 0, // for tests
}

// neighbours are the imports allowed within a row.
var neighbours = map[string][]string{
	"graph/link":      {"graph/evidence"},
	"graph/check":     {"graph/evidence", "graph/vocab"},
	"loader/document": {"graph/evidence"},
	"queries/syntax":  {"graph/quantity"},
	"graph/postgres":  {"graph/store"},
}

// strangers are the packages that never see each other, whatever their rows: by prefix of the importer.
var strangers = map[string][]string{
	"loader":       {"queries"},
	"queries":      {"loader"},
	"graph":        {"loader", "queries"},
	"graph/export": {"queries/syntax"},
	"graph/plot":   {"queries/syntax"},
}

// guests are the modules from outside, and the packages (with those beneath them) that may import them.
var guests = map[string][]string{
	"codeberg.org/go-fonts/":          {"graph/plot"},
	"github.com/cayleygraph/":         {"graph"},
	"github.com/dop251/goja":          {"graph/gizmo"},
	"github.com/klauspost/compress":   {"graph/store"},
	"github.com/lib/pq":               {"graph/postgres"},
	"github.com/peterh/liner":         {"cmd/picograph/shell"},
	"github.com/spf13/":               {"cmd/picograph"},
	"github.com/google/go-cmp/":       {""}, // tests only, see testOnly
	"github.com/rogpeppe/go-internal": {""},
	"github.com/tidwall/gjson":        {"loader/format"},
	"golang.org/x/image/":             {"graph/plot"},
	"golang.org/x/net/html":           {"loader/format"},
	"golang.org/x/sys/":               {"graph"},
	"golang.org/x/term":               {"cmd/picograph"},
	"golang.org/x/text/":              {"graph/vocab", "loader", "queries"},
	"golang.org/x/tools/":             {""},
	"github.com/rivo/uniseg":          {"queries/answer", "cmd/picograph/shell", "graph/plot", "loader/audit"},
}

// testOnly are the modules that only tests may import.
var testOnly = []string{"github.com/google/go-cmp/", "github.com/rogpeppe/go-internal", "golang.org/x/tools/"}

// forbidden are names that say nothing of what a package is for.
var forbidden = []string{"util", "utils", "common", "helpers", "types", "models", "core", "manager", "misc", "base"}

// maxLines is the longest a file of code may be; tests and tables may be longer.
const maxLines = 600

type source struct {
	dir, name string // of the package, and the file's path, both from the module's root
	test      bool
	imports   []string
	lines     int
}

// sources reads the import lines of every Go file of the module, without the build's help: the result of a test that
// asks `go list` is cached while the answer changes.
func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var all []source
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := d.Name(); name != root && (base == "testdata" || base == "bin" || strings.HasPrefix(base, ".")) {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil && name != root && name != filepath.Join(root, "tools") {
				return filepath.SkipDir // another module
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		s := source{dir: path.Dir(rel), name: rel, test: strings.HasSuffix(rel, "_test.go"), lines: strings.Count(string(text), "\n")}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, imported)
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// beneath reports whether package dir is parent or lives under it; every package is beneath "".
func beneath(dir, parent string) bool {
	return parent == "" || dir == parent || strings.HasPrefix(dir, parent+"/")
}

func TestImportsFollowTheRows(t *testing.T) {
	for _, s := range sources(t) {
		row, known := floors[s.dir]
		if !known {
			t.Errorf("%s: package %s has no row in the table of this test", s.name, s.dir)
			continue
		}
		if s.test {
			continue // a test may look from above at what its package is for
		}
		for _, imported := range s.imports {
			dir, ok := strings.CutPrefix(imported, module+"/")
			if !ok {
				continue
			}
			if below, known := floors[dir]; !known || below >= row && !slices.Contains(neighbours[s.dir], dir) {
				t.Errorf("%s: %s (row %d) imports %s (row %d)", s.name, s.dir, row, dir, below)
			}
			for prefix, never := range strangers {
				for _, stranger := range never {
					if beneath(s.dir, prefix) && beneath(dir, stranger) && !beneath(s.dir, stranger) {
						t.Errorf("%s: %s may not see %s", s.name, s.dir, dir)
					}
				}
			}
		}
	}
}

func TestModulesStayWhereTheyBelong(t *testing.T) {
	for _, s := range sources(t) {
		for _, imported := range s.imports {
			first, _, _ := strings.Cut(imported, "/")
			if !strings.Contains(first, ".") || strings.HasPrefix(imported, module) {
				continue
			}
			var hosts []string
			known := false
			for prefix, h := range guests {
				if strings.HasPrefix(imported, prefix) {
					known, hosts = true, h
					if slices.Contains(testOnly, prefix) && !s.test {
						t.Errorf("%s: %s is for tests", s.name, imported)
					}
				}
			}
			if !known {
				t.Errorf("%s: %s is not in the table of modules of this test", s.name, imported)
				continue
			}
			if !slices.ContainsFunc(hosts, func(h string) bool { return beneath(s.dir, h) }) {
				t.Errorf("%s: %s may not import %s, only %q may", s.name, s.dir, imported, hosts)
			}
		}
	}
}

func TestFilesAreNamedAndSizedForReading(t *testing.T) {
	for _, s := range sources(t) {
		for _, part := range append(strings.Split(s.dir, "/"), strings.TrimSuffix(path.Base(s.name), ".go")) {
			if slices.Contains(forbidden, part) {
				t.Errorf("%s: %q says nothing of what it is for", s.name, part)
			}
		}
		if !s.test && s.lines > maxLines {
			t.Errorf("%s has %d lines, more than %d: split it by what its parts are about", s.name, s.lines, maxLines)
		}
	}
}
