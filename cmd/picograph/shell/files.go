package shell

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/export"
	"github.com/picograph/picograph/queries/script"
)

// replaceFile writes a file under a temporary name in the same folder and gives it its name when it is complete.
func replaceFile(path string, mode os.FileMode, write func(io.Writer) error) error {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, cause(err))
	}
	defer func() { _ = os.Remove(temp.Name()) }() // gone already when all went well
	b := bufio.NewWriter(temp)
	err = write(b)
	if err == nil {
		err = b.Flush()
	}
	if cerr := temp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(temp.Name(), mode)
	}
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, cause(err))
	}
	return nil
}

// fillFolder makes an empty folder full, or leaves it as it was: all files lie in a folder within it until they are whole.
func fillFolder(dir string, fill func(export.Create) error) (err error) {
	_, missing := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("writing %s: %w", dir, cause(err))
	}
	defer func() {
		if err != nil && missing != nil {
			_ = os.Remove(dir)
		}
	}()
	within, err := os.MkdirTemp(dir, ".unfinished-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", dir, cause(err))
	}
	defer func() { _ = os.RemoveAll(within) }()
	err = fill(func(name string, write func(io.Writer) error) error {
		path := filepath.Join(within, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("writing %s: %w", name, cause(err))
		}
		return WriteFile(path, write)
	})
	if err != nil {
		return err
	}
	whole, err := os.ReadDir(within)
	for _, e := range whole {
		if err == nil {
			err = os.Rename(filepath.Join(within, e.Name()), filepath.Join(dir, e.Name()))
		}
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", dir, cause(err))
	}
	return nil
}

// cause returns what went wrong without the name of a temporary file.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}

// OpenScript returns a script of the library by its name, or reads a file.
func OpenScript(library fs.FS, name string) (*script.Script, error) {
	if !strings.ContainsAny(name, `/\`) {
		text, err := fs.ReadFile(library, strings.TrimSuffix(name, ".pq")+".pq")
		if err == nil {
			return script.Parse(strings.TrimSuffix(name, ".pq"), string(text))
		}
	}
	text, err := os.ReadFile(name)
	if err == nil {
		return script.Parse(name, string(text))
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading the script %s: %w", name, cause(err))
	}
	names := ScriptNames(library)
	hint := "saved queries: " + strings.Join(names, ", ")
	if near := Nearest(name, names); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return nil, &Advised{fmt.Errorf("there is no saved query and no file %q", name), hint}
}

// ScriptNames returns the names of the library's scripts, sorted.
func ScriptNames(library fs.FS) []string {
	files, _ := fs.Glob(library, "*.pq") // the pattern is well formed
	for i := range files {
		files[i] = strings.TrimSuffix(files[i], ".pq")
	}
	slices.Sort(files)
	return files
}
