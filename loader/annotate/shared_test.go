package annotate

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"testing"

	"github.com/picograph/picograph/loader/document"
)

// TestAbstracts checks what must hold of any text on real abstracts, where they are at hand.
func TestAbstracts(t *testing.T) {
	const path = "../../../shared/data/abstracts-cc-by.jsonl.gz"
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("no abstracts to read: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	m := New(vocabulary(t))
	in := bufio.NewScanner(z)
	in.Buffer(nil, 1<<20)
	kinds := map[Kind]int{}
	for n := 0; n < 600 && in.Scan(); n++ {
		var a struct{ Abstract string }
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		s := m.Annotate(a.Abstract, document.Span{Start: 0, End: len(a.Abstract)})
		check(t, a.Abstract, s)
		for _, it := range s.Items {
			kinds[it.Kind]++
		}
	}
	for _, k := range []Kind{Effect, Value, Count, Percent, Moment, Change, Interval, PValue, Size, Quantity, Time, Number} {
		if kinds[k] == 0 {
			t.Errorf("no item of kind %s in 600 abstracts", k)
		}
	}
}
