package format_test

import "testing"

func FuzzMedline(f *testing.F) { fuzzFormat(f, "medline") }

func FuzzRIS(f *testing.F) { fuzzFormat(f, "ris") }

func FuzzWoS(f *testing.F) { fuzzFormat(f, "wos") }

func FuzzBibTeX(f *testing.F) { fuzzFormat(f, "bibtex") }

func FuzzScreening(f *testing.F) { fuzzFormat(f, "screening") }

func FuzzCSL(f *testing.F) { fuzzFormat(f, "csl") }

func FuzzJSON(f *testing.F) { fuzzFormat(f, "json") }

func FuzzEndNote(f *testing.F) { fuzzFormat(f, "endnote") }

func FuzzESummary(f *testing.F) { fuzzFormat(f, "esummary") }

func FuzzHTML(f *testing.F) { fuzzFormat(f, "html") }
