package vocab

import "strings"

// irregular are the plurals that Singular cannot undo by rule.
var irregular = map[string]string{
	"people": "person", "men": "man", "women": "woman", "children": "child", "mice": "mouse", "teeth": "tooth", "feet": "foot",
	"schoolchildren": "schoolchild", "midwives": "midwife", "series": "series", "diagnoses": "diagnosis", "analyses": "analysis",
	"meta-analyses": "meta-analysis", "personnel": "personnel", "staff": "staff", "sheep": "sheep", "biopsies": "biopsy",
}

// Singular returns the singular of an English noun in lower case.
func Singular(s string) string {
	if one, ok := irregular[s]; ok {
		return one
	}
	switch {
	case strings.HasSuffix(s, "ies") && len(s) > 4:
		return s[:len(s)-3] + "y"
	case strings.HasSuffix(s, "sses"), strings.HasSuffix(s, "xes"), strings.HasSuffix(s, "ches"), strings.HasSuffix(s, "shes"):
		return s[:len(s)-2]
	case strings.HasSuffix(s, "ss"), strings.HasSuffix(s, "us"), strings.HasSuffix(s, "is"):
		return s
	case strings.HasSuffix(s, "s"):
		return s[:len(s)-1]
	}
	return s
}
