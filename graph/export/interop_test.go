package export

import (
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/picograph/picograph/graph"
)

var interop = flag.String("interop", "", "a folder to write graphs to in every format and view, for tools/interop to read back")

// TestInterop writes the seeds' graph and one of hostile names in every format, for other programs to read.
func TestInterop(t *testing.T) {
	if *interop == "" {
		t.Skip("writes only with -interop FOLDER")
	}
	for _, g := range []struct {
		name string
		of   *graph.Graph
	}{
		{"seeds", golds(t)},
		{"hostile", load(t, nil, hostile(hostileName))},
		{"long", load(t, nil, hostile(strings.Repeat(hostileName, 200)))},
	} {
		for _, f := range Formats() {
			views := []View{""}
			if f.Views {
				views = Views()
			}
			for _, v := range views {
				dir := filepath.Join(*interop, g.name, string(v))
				r := Request{View: v, Question: hostileName}
				if f.Folder() {
					if err := WriteFolder(t.Context(), under(filepath.Join(dir, f.Name)), g.of, f.Name, r); err != nil {
						t.Fatal(err)
					}
					continue
				}
				err := under(dir)("graph."+f.Name, func(w io.Writer) error { return Write(t.Context(), w, g.of, f.Name, r) })
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// under returns what makes files beneath a folder.
func under(dir string) Create {
	return func(name string, write func(io.Writer) error) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		if err := write(f); err != nil {
			return err
		}
		return f.Close()
	}
}
