package graph

import "github.com/picograph/picograph/graph/link"

// grouped is one group for each telling.
func grouped(tellings []link.Telling) []link.Group {
	var out []link.Group
	for i, t := range tellings {
		out = append(out, link.Group{ID: t.Document + "." + t.Study.ID, Name: t.Study.Name, Members: []int{i}, Parent: -1})
	}
	return out
}
