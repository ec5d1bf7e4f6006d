// Command train learns the weights of package loader/mention from open collections of trial abstracts with marked
// mentions, and measures them by cross-validation. docs/models.md names the collections, their licences and the figures.
//
//	train [-check N] [-o FILE] FOLDER
//
// FOLDER holds spans/outcomes.jsonl.gz and spans/pico-tokens.txt.gz, which it learns from, and
// evidence-inference/train.jsonl, which it only measures on. The same files give the same weights, byte for byte.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/loader/mention"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// run does what the command line asks for.
func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("train", flag.ContinueOnError)
	folds := flags.Int("check", 0, "measure by cross-validation in `N` parts, and write no weights")
	file := flags.String("o", "weights.bin", "the `FILE` to write")
	rounds := flags.Int("rounds", 8, "how often each sentence is seen")
	margin := flags.Int("margin", 20, "how much better than a wrong label the right one must be")
	miss := flags.Int("miss", 4, "how many times that much for a word of a mention that is missed")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("expected one folder of data, got %d", flags.NArg())
	}
	v, err := vocab.Load()
	if err != nil {
		return err
	}
	c := corpus{headings: v.Heading}
	for _, read := range []struct {
		name string
		read func(io.Reader) error
	}{
		{"spans/outcomes.jsonl.gz", c.outcomes},
		{"spans/pico-tokens.txt.gz", c.tokens},
		{"evidence-inference/train.jsonl", c.prompts},
	} {
		if err := readFile(filepath.Join(flags.Arg(0), filepath.FromSlash(read.name)), read.read); err != nil {
			return err
		}
	}
	settings := mention.Learner{Rounds: *rounds, Margin: *margin, Miss: *miss, Seed: 1}
	if *folds > 0 {
		return check(out, &c, settings, *folds)
	}
	l := settings
	for i := range c.articles {
		if a := &c.articles[i]; a.source != fromPrompts {
			a.teach(&l)
		}
	}
	return os.WriteFile(*file, l.Learn(), 0o644)
}
