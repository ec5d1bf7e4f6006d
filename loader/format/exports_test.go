package format_test

import "testing"

func FuzzMedline(f *testing.F) { fuzzFormat(f, "medline") }
