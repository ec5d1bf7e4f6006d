package loader

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"sort"
	"strings"
	"sync/atomic"
)

// Bounds of archives: how many members one may have, and how many times the largest file they may come to together.
const (
	maxMembers = 200_000
	maxTotal   = 8
)

// archiveKind is how the members of a file are packed.
type archiveKind string

// The kinds of archives.
const (
	noArchive archiveKind = ""
	zipFile   archiveKind = "zip"
	tarFile   archiveKind = "tar"
	tarGzip   archiveKind = "tar.gz"
)

// tarMagic stands at tarMagicAt in the first block of a tar file.
const (
	tarMagic   = "ustar"
	tarMagicAt = 257
)

// kindOf tells from the first bytes of the file at a path whether it is an archive whose members are loaded each.
func kindOf(path string) archiveKind {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return noArchive // opening a pipe may wait for ever
	}
	f, err := os.Open(path)
	if err != nil {
		return noArchive
	}
	defer f.Close() //nolint // it was only read
	head := make([]byte, 512)
	n, _ := io.ReadFull(f, head)
	head = head[:n]
	switch {
	case isTar(head):
		return tarFile
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipFile
	case strings.EqualFold(ext(path), ".zip"):
		return zipFile // so that what is wrong with it is told
	case bytes.HasPrefix(head, []byte("\x1F\x8B")):
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return noArchive
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			return noArchive
		}
		head = head[:512:512]
		if n, _ = io.ReadFull(z, head[:cap(head)]); isTar(head[:n]) {
			return tarGzip
		}
	}
	return noArchive
}

// isTar reports whether a file begins with a block of a tar file.
func isTar(head []byte) bool {
	return len(head) >= tarMagicAt+len(tarMagic) && string(head[tarMagicAt:tarMagicAt+len(tarMagic)]) == tarMagic
}

// ext returns the extension of a path with its dot.
func ext(p string) string {
	if i := strings.LastIndexByte(p, '.'); i >= 0 {
		return p[i:]
	}
	return ""
}

// zip hands out the members of a ZIP file, sorted by name, as "file.zip!member". Hidden members and folders are
// left out. The file stays open until the last member has been read.
func (o *opener) zip(file string, give func(source) error) error {
	r, err := zip.OpenReader(file)
	if err != nil {
		return give(source{name: file, err: &Error{Err: fmt.Errorf("%w: %w", ErrArchive, plain(err)), Hint: "is it complete? Try unzip -t on it"}})
	}
	members := r.File
	if office(members) { // the reader of formats says what it is
		_ = r.Close()
		return give(source{name: file, open: func() (io.ReadCloser, error) { return os.Open(file) }})
	}
	if len(members) > maxMembers {
		_ = r.Close()
		return give(source{name: file, err: &Error{Err: fmt.Errorf("%w: %d members", ErrArchive, len(members)), Hint: "unpack it and load the folder"}})
	}
	members = keepMembers(members)
	if len(members) == 0 {
		_ = r.Close()
		return give(source{name: file, err: &Error{Err: fmt.Errorf("%w: it has no files", ErrArchive), Hint: "names that begin with a dot are not read"}})
	}
	var open atomic.Int64
	open.Store(int64(len(members)) + 1)
	release := func() {
		if open.Add(-1) == 0 {
			_ = r.Close()
		}
	}
	defer release()
	budget := new(atomic.Int64)
	budget.Store(o.max * maxTotal)
	for i, m := range members {
		s := source{name: file + "!" + m.Name, size: int64(min(m.UncompressedSize64, uint64(o.max)+1)), disk: int64(min(m.CompressedSize64, 1<<62)), done: release}
		switch {
		case unsafeName(m.Name):
			s.err = &Error{Err: fmt.Errorf("%w: the member's name leads out of the archive", ErrArchive), Hint: "do not trust this archive"}
		case m.Flags&1 != 0:
			s.err = &Error{Err: fmt.Errorf("%w: the member is encrypted", ErrArchive), Hint: "unpack it with its password and load the folder"}
		case m.UncompressedSize64 > uint64(o.max):
			s.err = tooLarge(int64(min(m.UncompressedSize64, 1<<62)), o.max)
		default:
			s.open = func() (io.ReadCloser, error) {
				f, err := m.Open()
				if err != nil {
					return nil, &Error{Err: fmt.Errorf("%w: %w", ErrArchive, err), Hint: "unpack it and load the folder"}
				}
				return &budgeted{ReadCloser: f, left: budget}, nil
			}
		}
		if err := give(s); err != nil {
			open.Add(-int64(len(members) - i - 1)) // those never given out
			return err
		}
	}
	return nil
}

// office reports whether the members are those of a document of an office program or of a book.
func office(members []*zip.File) bool {
	for _, m := range members[:min(len(members), 20)] {
		if m.Name == "[Content_Types].xml" || m.Name == "mimetype" {
			return true
		}
	}
	return false
}

// keepMembers returns the members that are files and not hidden, sorted by name.
func keepMembers(members []*zip.File) []*zip.File {
	var kept []*zip.File
	for _, m := range members {
		if m.FileInfo().IsDir() || hiddenMember(m.Name) || m.Mode()&fs.ModeType != 0 {
			continue
		}
		kept = append(kept, m)
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].Name < kept[j].Name })
	return kept
}

// hiddenMember reports whether a part of a member's name begins with a dot, or is what macOS adds.
func hiddenMember(name string) bool {
	for _, part := range strings.Split(name, "/") {
		if part == "__MACOSX" || len(part) > 1 && part[0] == '.' && part != ".." {
			return true
		}
	}
	return false
}

// unsafeName reports whether a member's name would lead out of a folder.
func unsafeName(name string) bool {
	clean := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	return path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") || strings.ContainsAny(name, "\x00\n\r") || len(name) > 1 && name[1] == ':'
}

// budgeted is a member that takes from what the members of its archive may come to together.
type budgeted struct {
	io.ReadCloser
	left *atomic.Int64
}

// Read reads from the member while the archive's budget lasts.
func (b *budgeted) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left.Add(-int64(n)) < 0 {
		return 0, &Error{Err: fmt.Errorf("%w: its members come to too much together", ErrArchive), Hint: "unpack it and load the folder in parts"}
	}
	return n, err
}

// readAll reads a source to its end, decompressing it once where it is gzip, up to limit bytes.
func readAll(ctx context.Context, s source, limit int64) ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	if s.size > limit {
		return nil, tooLarge(s.size, limit)
	}
	rc, err := s.open()
	if err != nil {
		return nil, plain(err)
	}
	defer rc.Close()
	data, err := readLimited(ctx, rc, s.size, limit)
	if err != nil {
		return nil, plain(err)
	}
	if len(data) < 2 || data[0] != 0x1F || data[1] != 0x8B {
		return data, nil
	}
	z, err := gzip.NewReader(strings.NewReader(string(data)))
	if err != nil {
		return nil, &Error{Err: fmt.Errorf("%w: %w", ErrArchive, err), Hint: "is it complete? Try gunzip -t on it"}
	}
	data, err = readLimited(ctx, z, 0, limit)
	var e *Error
	if err != nil && !errors.As(err, &e) && ctx.Err() == nil {
		return nil, &Error{Err: fmt.Errorf("%w: %w", ErrArchive, err), Hint: "is it complete? Try gunzip -t on it"}
	}
	return data, err
}

// readLimited reads r to its end: more than limit bytes are an error. It looks at ctx between reads.
func readLimited(ctx context.Context, r io.Reader, size, limit int64) ([]byte, error) {
	buf := make([]byte, 0, min(max(size+1, 512), limit+1))
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > limit {
			return nil, tooLarge(int64(len(buf)), limit)
		}
		if errors.Is(err, io.EOF) {
			return buf, nil
		}
		if err != nil {
			return nil, err
		}
	}
}
