package format_test

import "testing"

func FuzzJATS(f *testing.F) { fuzzFormat(f, "jats") }
