package vocab

import "testing"

func load(t testing.TB) *Vocabulary {
	t.Helper()
	v, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLoad(t *testing.T) { load(t) }
