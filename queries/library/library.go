// Package library holds the saved queries: scripts that answer what is asked most, each with the parameters worth
// changing and with what is to be expected of it on the seed evidence. The package knows nothing of how a script is
// read.
package library

import "embed"

// Queries is a flat file system of the saved queries, NAME.pq.
//
//go:embed *.pq
var Queries embed.FS
