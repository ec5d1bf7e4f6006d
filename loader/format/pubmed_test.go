package format_test

import "testing"

func FuzzPubMed(f *testing.F) { fuzzFormat(f, "pubmed") }
