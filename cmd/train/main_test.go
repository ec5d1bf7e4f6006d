package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/mention"
)

// The collections in small, in the forms that they come in.
const (
	outcomes = `{"id": "1", "text": "Tea for sleep.\n\nMETHODS : Forty adults drank tea.\n\nRESULTS : Tea improved μ-sleep quality. No one had nausea.\n", "entities": [{"start": 74, "end": 89}, {"start": 102, "end": 108}]}
{"id": "2", "text": "Tea for pain. Tea lowered pain at rest.", "entities": [{"start": 26, "end": 38}]}
`
	tokens = `-DOCSTART- (3)

Green NN O I-INT
tea NN O I-INT
for NN O O
adults NN O I-PAR
. NN O I-PAR
Tea NN O I-INT
lowered NN O O
pain NN O I-OUT
`
	prompts = `{"pmcid": "PMC4", "title": "Tea and pain", "abstract": "RESULTS: The pain score was lower with green tea than with Water.", "prompts": [{"intervention": "green tea", "comparator": "water", "outcome": "the pain score"}]}
`
)

// folder writes the collections.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"spans/outcomes.jsonl.gz": outcomes, "spans/pico-tokens.txt.gz": tokens, "evidence-inference/train.jsonl": prompts} {
		var b bytes.Buffer
		if strings.HasSuffix(name, ".gz") {
			z := gzip.NewWriter(&b)
			z.Write([]byte(text))
			z.Close()
		} else {
			b.WriteString(text)
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestMarksOfTheCollections(t *testing.T) {
	v, err := vocab.Load()
	if err != nil {
		t.Fatal(err)
	}
	c := corpus{headings: v.Heading}
	if err := c.outcomes(strings.NewReader(outcomes)); err != nil {
		t.Fatal(err)
	}
	if err := c.tokens(strings.NewReader(tokens)); err != nil {
		t.Fatal(err)
	}
	if err := c.prompts(strings.NewReader(prompts)); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range c.articles {
		for _, e := range a.sentences {
			for _, m := range e.Known {
				got = append(got, a.id+" "+m.Kind.String()+" "+e.Text[m.Start:m.End])
			}
			if len(e.Known) == 0 {
				got = append(got, a.id+" nothing in "+e.Text[e.Span.Start:e.Span.End])
			}
		}
	}
	want := []string{
		"1 outcome μ-sleep quality", "1 outcome nausea",
		"2 outcome pain at rest",
		"3 intervention Green tea", "3 participants adults", "3 intervention Tea",
		"PMC4 outcome pain score", "PMC4 intervention green tea", "PMC4 intervention Water",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestTrainWritesTheSameWeightsTwice(t *testing.T) {
	data := folder(t)
	var written [2][]byte
	for i := range written {
		name := filepath.Join(t.TempDir(), "w")
		if err := run([]string{"-o", name, data}, &bytes.Buffer{}); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		written[i] = b
	}
	if !bytes.Equal(written[0], written[1]) {
		t.Error("the weights differ")
	}
	if _, err := mention.Load(written[0]); err != nil {
		t.Error(err)
	}
}

func TestCheckPrintsEachCollection(t *testing.T) {
	var out bytes.Buffer
	if err := run([]string{"-check", "2", folder(t)}, &out); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{fromOutcomes, fromTokens, fromPrompts} {
		if !strings.Contains(out.String(), s) {
			t.Errorf("nothing of %s in:\n%s", s, out.String())
		}
	}
}

func TestTrainSaysWhatIsWrong(t *testing.T) {
	data := folder(t)
	if err := os.WriteFile(filepath.Join(data, "evidence-inference", "train.jsonl"), []byte("{}\n{\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for want, args := range map[string][]string{
		"one folder":                 nil,
		"outcomes.jsonl.gz":          {t.TempDir()},
		"train.jsonl: line 2: ":      {data},
		"flag provided but not defi": {"-x"},
	} {
		if err := run(args, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("train %v: %v, expected %q in it", args, err, want)
		}
	}
}
