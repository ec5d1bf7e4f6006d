package shell

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/picograph/picograph/graph/export"
)

// TestFillFolder looks at what is in a folder that is filled, while it is, and after a failure.
func TestFillFolder(t *testing.T) {
	broken := errors.New("broken")
	hello := func(w io.Writer) error { _, err := io.WriteString(w, "hello"); return err }
	for _, there := range []bool{true, false} {
		dir := filepath.Join(t.TempDir(), "a", "b")
		if there {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		err := fillFolder(dir, func(create export.Create) error {
			if err := create("in/one", hello); err != nil {
				t.Fatal(err)
			}
			return broken
		})
		if files, _ := os.ReadDir(dir); !errors.Is(err, broken) || len(files) > 0 {
			t.Errorf("a failure leaves %v, %v", files, err)
		}
		if _, err := os.Stat(dir); (err == nil) != there {
			t.Errorf("after a failure of a folder that was there (%v): %v", there, err)
		}
		err = fillFolder(dir, func(create export.Create) error {
			return errors.Join(create("in/one", hello), create("two", hello))
		})
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		hidden, _ := filepath.Glob(filepath.Join(dir, ".*"))
		if err != nil || !slices.Equal(files, []string{filepath.Join(dir, "in"), filepath.Join(dir, "two")}) || len(hidden) > 0 {
			t.Errorf("%v %v %v", files, hidden, err)
		}
		if b, err := os.ReadFile(filepath.Join(dir, "in", "one")); err != nil || string(b) != "hello" {
			t.Errorf("%q %v", b, err)
		}
	}
}
