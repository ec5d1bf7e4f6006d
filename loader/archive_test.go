package loader

import (
	"archive/tar"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tarred packs members, names and contents in turn.
func tarred(t *testing.T, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i+1 < len(members); i += 2 {
		h := &tar.Header{Name: members[i], Size: int64(len(members[i+1])), Mode: 0o644, Typeflag: tar.TypeReg}
		if strings.HasSuffix(members[i], "/") {
			h.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestArchives checks that archives are told from their content, whatever they are called, and that what is wrong with
// one or with a member is told and costs nothing else.
func TestArchives(t *testing.T) {
	two := []string{"set/", "", "set/b.txt", "bee.", "set/a.txt.gz", gzipped(t, "ay it is."), "set/.hidden", "no", "../up.txt", "no"}
	dir := tree(t, map[string]string{
		"a.tar": tarred(t, two...), "b.tgz": gzipped(t, tarred(t, two...)), "c": gzipped(t, tarred(t, two...)), "d.bin": zipped(t, "z.txt", "zed."),
		"e.docx": zipped(t, "[Content_Types].xml", "<x/>", "word/document.xml", "<x/>"), "f.tar": tarred(t, "in.zip", zipped(t, "z.txt", "zed."), "in.tar", tarred(t, "x", "y")),
		"g.tgz": gzipped(t, tarred(t, "a.txt", "ay.", "b.txt", strings.Repeat("bee. ", 4000)))[:100], "h.tar": tarred(t, ".hidden", "no"), "i.zip": "no archive",
	})
	o := options(t)
	o.Jobs = 2
	got, err := loads(t, dir, o, dir)
	if err != nil {
		t.Fatal(err)
	}
	members := func(name string) []string {
		return []string{
			name + "!set/b.txt = bee.", name + "!set/a.txt.gz = ay",
			name + "!../up.txt: open: the archive cannot be used: the member's name leads out of the archive (do not trust this archive)",
		}
	}
	const within = " (an archive is read when it is a file, and not within another or from standard input)"
	var want []string
	for _, name := range []string{"a.tar", "b.tgz", "c"} {
		want = append(want, members(name)...)
	}
	want = append(want, "d.bin!z.txt = zed.", "e.docx: detect: not a text: this is a Word document (docx) (save it as plain text (UTF-8))",
		"f.tar!in.zip: detect: not a text: this is a ZIP archive"+within, "f.tar!in.tar: detect: not a text: this is a tar archive"+within,
		"g.tgz!a.txt = ay.", "g.tgz: open: the archive cannot be used: unexpected EOF (is it complete? Try tar -t on it; what stands before was read)",
		"h.tar: open: the archive cannot be used: it has no files (names that begin with a dot are not read)",
		"i.zip: open: the archive cannot be used: zip: not a valid zip file (is it complete? Try unzip -t on it)")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTarLimits checks that a tar file cannot take more than its share, and that members wait for each other when they are
// large together.
func TestTarLimits(t *testing.T) {
	o := options(t)
	o.MaxFile, o.Jobs = 1000, 3
	var many []string
	for _, name := range strings.Split("abcdefghijkl", "") {
		many = append(many, name, strings.Repeat(name+" ", 400))
	}
	dir := tree(t, map[string]string{"many.tgz": gzipped(t, tarred(t, many...)), "one.tgz": gzipped(t, tarred(t, "big", strings.Repeat("a", 5000), "ok", "ok."))})
	got, err := loads(t, dir, o, dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"many.tgz!a = a", "many.tgz!b = b", "many.tgz!c = c", "many.tgz!d = d", "many.tgz!e = e",
		"many.tgz: open: the archive cannot be used: its members come to too much together (unpack it and load the folder in parts)",
		"one.tgz!big: open: the file is too large: more than 0 MB (split it into one file a document)", "one.tgz!ok = ok.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestNamesInOldEncodings checks that files whose names are not UTF-8 are loaded, each under a name of its own.
func TestNamesInOldEncodings(t *testing.T) {
	dir := tree(t, map[string]string{"a.tar": tarred(t, "caf\xE9.txt", "one.", "caf\xE8.txt", "two."), "b.zip": zipped(t, "na\x8Bve.txt", "three.")})
	got, err := loads(t, dir, options(t), dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`a.tar!caf\xE9.txt = one.`, `a.tar!caf\xE8.txt = two.`, `b.zip!na\x8Bve.txt = three.`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
}

// TestMembersGone loads an archive again that has lost a member: what it held is taken out, unless a member could not be read.
func TestMembersGone(t *testing.T) {
	dir := tree(t, map[string]string{"a.zip": zipped(t, "one.txt", "One is here.", "two.txt", "Two is here.", "three.txt", "Three is here.")})
	path := filepath.Join(dir, "a.zip")
	g, v := emptyGraph(t)
	loaded := func(members ...string) (*Report, int) {
		if err := os.WriteFile(path, []byte(zipped(t, members...)), 0o666); err != nil {
			t.Fatal(err)
		}
		r, err := Load(t.Context(), g, []string{path}, Options{Vocab: v})
		if err != nil {
			t.Fatal(err)
		}
		docs, err := g.Documents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return r, len(docs)
	}
	if r, n := loaded("one.txt", "One is here.", "two.txt", "Two is here.", "three.txt", "Three is here."); n != 3 || len(r.Removed) != 0 {
		t.Fatalf("%d documents, removed %v", n, r.Removed)
	}
	if r, n := loaded("two.txt", "Two is here.", "bad.pdf", "%PDF-1.4 no text"); n != 3 || len(r.Removed) != 0 {
		t.Errorf("with a member that cannot be read %d documents are left, removed %v", n, r.Removed)
	}
	if r, n := loaded("two.txt", "Two is here."); n != 1 || len(r.Removed) != 2 {
		t.Errorf("%d documents are left, removed %v", n, r.Removed)
	}
}
