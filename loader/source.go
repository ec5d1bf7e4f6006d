package loader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/vocab"
)

// source is one thing to load: a file, standard input, a member of an archive, or only the reason why it cannot be.
type source struct {
	name string // as the user would name it
	size int64  // in bytes, as far as known
	open func() (io.ReadCloser, error)
	err  error
	disk int64  // bytes on the disk that it stands for, about
	file bool   // it can be opened again, and is no member of anything
	done func() // called when the source has been read
}

// opener turns the paths that the user gave into sources.
type opener struct {
	stdin io.Reader
	max   int64
	wait  time.Duration // for somebody to write into a pipe
	met   *given
	found int // sources given out
}

// each hands the sources of the paths to yield, in order: paths as given, folders and archives sorted by name.
func (o *opener) each(ctx context.Context, paths []string, yield func(source) error) error {
	give := func(s source) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.name = validName(s.name)
		if o.met.sources[s.name] {
			if s.done != nil {
				s.done()
			}
			return nil
		}
		o.met.sources[s.name] = true
		o.found++
		return yield(s)
	}
	for _, path := range paths {
		if err := o.path(ctx, path, give); err != nil {
			return err
		}
	}
	return nil
}

// cleaned returns paths in their shortest form, so that a document has one source whether it is called "a.txt" or "./a.txt".
func cleaned(paths []string) []string {
	out := slices.Clone(paths)
	for i, path := range out {
		if path != "-" && path != "" {
			out[i] = filepath.Clean(path)
		}
	}
	return out
}

// checkPaths reports the first path that is not there, before anything is loaded.
func checkPaths(paths []string) error {
	if len(paths) == 0 {
		return &Error{Err: ErrNothing, Hint: "name files, folders or archives, or - for standard input"}
	}
	for _, path := range paths {
		if path == "-" {
			continue
		}
		if path == "" {
			return &Error{Path: `""`, Err: ErrNotFound, Hint: "a path is empty: is a variable of the shell not set?"}
		}
		if _, err := os.Stat(path); err == nil {
			continue
		} else if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
			return &Error{Path: path, Err: plain(err), Hint: "check that it may be read"}
		}
		if hasMeta(path) {
			matches, err := glob(path)
			if err != nil {
				return &Error{Path: path, Err: fmt.Errorf("the pattern is wrong: %w", err), Hint: "close every [ with a ]"}
			}
			if len(matches) > 0 {
				continue
			}
			return &Error{Path: path, Err: fmt.Errorf("no file matches the pattern: %w", ErrNotFound), Hint: nearestName(filepath.Dir(path))}
		}
		if _, err := os.Lstat(path); err == nil {
			return &Error{Path: path, Err: fmt.Errorf("the link leads to nothing: %w", ErrNotFound), Hint: "mend the link, or name the file itself"}
		}
		return &Error{Path: path, Err: ErrNotFound, Hint: nearestPath(path)}
	}
	return nil
}

// path hands out the sources of one path.
func (o *opener) path(ctx context.Context, path string, give func(source) error) error {
	if path == "-" {
		return give(source{name: "-", open: func() (io.ReadCloser, error) {
			if o.stdin == nil {
				return nil, errors.New("there is no standard input")
			}
			return io.NopCloser(o.stdin), nil
		}})
	}
	info, err := os.Stat(path)
	if err != nil && hasMeta(path) {
		matches, _ := glob(path)
		for _, m := range matches {
			if err := o.path(ctx, m, give); err != nil {
				return err
			}
		}
		return nil
	}
	if err != nil {
		return give(source{name: path, err: plain(err)})
	}
	if !info.IsDir() {
		return o.file(ctx, path, info, give)
	}
	before := o.found
	if err := o.folder(ctx, path, map[string]bool{}, give); err != nil {
		return err
	}
	if o.found == before && !o.met.sources[path] {
		err := &Error{Err: fmt.Errorf("the folder has no files: %w", ErrNothing), Hint: "files whose name begins with a dot are not read"}
		return give(source{name: path, err: err})
	}
	return nil
}

// notDocument are the extensions of files that stand beside documents in a folder and are none: programs and their
// settings. They are read only when they are named.
var notDocument = map[string]bool{
	".go": true, ".mod": true, ".sum": true, ".py": true, ".pyc": true, ".js": true, ".ts": true, ".css": true, ".sh": true, ".bat": true,
	".c": true, ".h": true, ".java": true, ".rs": true, ".rb": true, ".pl": true, ".r": true, ".ipynb": true, ".toml": true, ".yaml": true,
	".yml": true, ".ini": true, ".lock": true, ".db": true, ".exe": true, ".dll": true, ".so": true, ".pq": true,
}

// isGraph reports whether the file at a path is a graph of picograph, which often lies beside the documents it is of.
func isGraph(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close() //nolint // it was only read
	start := make([]byte, 20)
	n, err := io.ReadFull(f, start)
	return (err == nil || errors.Is(err, io.ErrUnexpectedEOF)) && graph.IsGraph(start[:n])
}

// folder hands out the files of a folder and of those in it, sorted by name, without hidden ones, programs and graphs. A link to
// a folder is followed once.
func (o *opener) folder(ctx context.Context, path string, visited map[string]bool, give func(source) error) error {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return give(source{name: path, err: plain(err)})
	}
	if real, err = filepath.Abs(real); err != nil {
		return give(source{name: path, err: err})
	}
	if visited[real] {
		return ctx.Err()
	}
	visited[real] = true
	entries, err := os.ReadDir(path)
	if err != nil {
		return give(source{name: path, err: plain(err)})
	}
	base := strings.TrimRight(filepath.FromSlash(path), string(filepath.Separator)) + string(filepath.Separator)
	if path == "." {
		base = ""
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		name := base + e.Name()
		info, err := os.Stat(name)
		switch {
		case err != nil:
			err = give(source{name: name, err: plain(err)})
		case info.IsDir():
			err = o.folder(ctx, name, visited, give)
		case info.Mode().IsRegular() && !notDocument[strings.ToLower(ext(e.Name()))] && !isGraph(name):
			err = o.file(ctx, name, info, give)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// file hands out a file, or the members of an archive.
func (o *opener) file(ctx context.Context, path string, info fs.FileInfo, give func(source) error) error {
	kind := kindOf(path)
	if kind != noArchive {
		o.met.archives[validName(path)] = true
	}
	switch kind {
	case zipFile:
		return o.zip(path, give)
	case tarFile, tarGzip:
		return o.tar(ctx, path, kind == tarGzip, give)
	}
	open := func() (io.ReadCloser, error) { return os.Open(path) }
	if info.Mode()&fs.ModeNamedPipe != 0 {
		open = func() (io.ReadCloser, error) { return openPipe(path, o.wait) }
	}
	return give(source{name: path, size: info.Size(), disk: info.Size(), file: info.Mode().IsRegular(), open: open})
}

// diskSize returns how many bytes the files at some paths have together, as far as can be told.
func diskSize(paths []string) (total int64) {
	for _, path := range paths {
		matches := []string{path}
		if _, err := os.Stat(path); err != nil && hasMeta(path) {
			matches, _ = glob(path)
		}
		for _, m := range matches {
			_ = filepath.WalkDir(m, func(name string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() || name != m && strings.HasPrefix(d.Name(), ".") {
					return nil //nolint:nilerr // what cannot be read is told when its turn comes
				}
				if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
					total += info.Size()
				}
				return nil
			})
		}
	}
	return total
}

// tooLarge is the error for a file of size bytes.
func tooLarge(size, limit int64) error {
	return &Error{
		Err:  fmt.Errorf("%w: more than %d MB", ErrTooLarge, limit>>20),
		Hint: "split it into one file a document",
	}
}

// glob returns what a pattern matches, sorted, without hidden names unless the pattern asks for them.
func glob(pattern string) ([]string, error) {
	matches, err := filepath.Glob(pattern)
	if !strings.HasPrefix(filepath.Base(pattern), ".") {
		matches = slices.DeleteFunc(matches, func(m string) bool { return strings.HasPrefix(filepath.Base(m), ".") })
	}
	return matches, err
}

// hasMeta reports whether a path has the signs of a pattern.
func hasMeta(path string) bool { return strings.ContainsAny(path, "*?[") }

// validName returns the name of a file as text: bytes that are not UTF-8, as old systems and archives leave them in names, are
// told as \xE9, so that no two names become one.
func validName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	var b strings.Builder
	for len(name) > 0 {
		r, size := utf8.DecodeRuneInString(name)
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, `\x%02X`, name[0])
		} else {
			b.WriteString(name[:size])
		}
		name = name[size:]
	}
	return b.String()
}

// plain takes the path out of an error of the file system: the name is told once, by who reports it.
func plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		if errors.Is(p.Err, fs.ErrPermission) {
			return &Error{Err: p.Err, Hint: "check that you may read it"}
		}
		return p.Err
	}
	return err
}

// nearestPath is the hint for a path that is not there: the nearest name in the deepest folder that is.
func nearestPath(path string) string {
	path = filepath.Clean(path)
	for {
		dir, base := filepath.Dir(path), filepath.Base(path)
		if info, err := os.Stat(dir); err == nil {
			if !info.IsDir() {
				return fmt.Sprintf("%s is a file, not a folder", dir)
			}
			return nearestIn(dir, base)
		}
		if dir == path {
			return ""
		}
		path = dir
	}
}

// nearestName is the hint for a pattern that nothing matches.
func nearestName(dir string) string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nearestPath(dir)
	}
	n := 0
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			n++
		}
	}
	return fmt.Sprintf("%s holds %d files and folders, none of which matches", dir, n)
}

// nearestIn is the hint that names what comes nearest to base in a folder.
func nearestIn(dir, base string) string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return ""
	}
	best, name := len(base)/2+2, ""
	for _, e := range entries {
		d := vocab.Distance(strings.ToLower(base), strings.ToLower(e.Name()), best)
		if strings.TrimSuffix(base, filepath.Ext(base)) == strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())) {
			d = 1 // only the extension is missing or another
		}
		if d < best {
			best, name = d, e.Name()
		}
	}
	if name == "" {
		if dir == "." {
			dir = "this folder"
		}
		return fmt.Sprintf("%s has nothing of a similar name", dir)
	}
	return "did you mean " + filepath.Join(dir, name) + "?"
}
