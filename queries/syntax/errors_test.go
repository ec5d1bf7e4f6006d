package syntax

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// TestErrorGoldens holds what is said of queries with a mistake. Those in testdata/poor say less than they should, or
// nothing; they are kept so that a better message is noticed.
func TestErrorGoldens(t *testing.T) {
	for _, name := range []string{"testdata/errors", "testdata/poor/errors"} {
		b, err := os.ReadFile(name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for q := range strings.Lines(string(b)) {
			q = strings.TrimSuffix(q, "\n")
			fmt.Fprintln(&got, q)
			_, err := Parse(q)
			var e *Error
			if !errors.As(err, &e) {
				fmt.Fprintf(&got, "no error\n\n")
				continue
			}
			fmt.Fprintln(&got, strings.Repeat(" ", e.Span.Start)+strings.Repeat("^", max(1, e.Span.End-e.Span.Start)))
			fmt.Fprintf(&got, "%s\nhint: %s\nunfinished: %v\n\n", e.Message, e.Hint, e.Unfinished)
		}
		if *update {
			if err := os.WriteFile(name+".golden", []byte(got.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), got.String()); d != "" {
			t.Errorf("%s (run with -update and read the difference):\n%s", name, d)
		}
	}
}
