// Command picograph turns clinical evidence documents into a knowledge graph and answers questions from it. Each
// subcommand has a file of its own; what the subcommands share, their streams, flags and exit status, is in
// program.go. The command knows how its parts are put together and nothing of how they work.
package main

import (
	"os"
)

// version is set by the linker.
var version = "unknown"

func main() {
	os.Exit(run(os.Args[1:]))
}
