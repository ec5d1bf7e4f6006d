// Package seeds holds the seed evidence: a handful of documents about chronic pain, opioids and opioid use disorder,
// in the shapes that people meet them in (pages of a literature index, pages of a sponsor's site, a write-up), with
// the page furniture, repetitions and broken signs of such pages. The facts and figures are those of the reports that
// the documents name; the sentences are our own. The package knows nothing of how documents are read.
package seeds

import "embed"

// Documents is a flat file system of the seed documents, UTF-8 plain text, one file a document, in the order of
// their names.
//
//go:embed *.txt
var Documents embed.FS
