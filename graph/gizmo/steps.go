package gizmo

// Step is a word of the language, for help and completion.
type Step struct{ Name, Form, Does string }

// Steps returns the words of the language that are of use on a graph of evidence, in the order of a query: where it begins,
// how it goes on, what it compares with, how it ends.
func Steps() []Step {
	return []Step{
		{"g.V", `g.V("<IRI>", ...)`, "begins at nodes; g.V() at all, and at all texts and numbers too"},
		{"g.M", "g.M()", "begins a path to be used by follow, and, or, except"},
		{"out", `.out("<pg:finding>")`, "goes along an edge; .out() along any, .out(null, \"tag\") keeps which"},
		{"in", `.in("<pg:outcome>")`, "goes against an edge"},
		{"both", `.both("<EDGE>")`, "goes both ways"},
		{"has", `.has("<pg:kind>", "between")`, "keeps the nodes with that value; also .has(\"<EDGE>\", lt(5))"},
		{"hasR", `.hasR("<EDGE>", "<IRI>")`, "keeps the nodes to which that edge leads from there"},
		{"save", `.save("<schema:name>", "name")`, "puts the end of an edge into a column, and drops nodes without it"},
		{"saveOpt", `.saveOpt("<pg:role>", "role")`, "does so and keeps nodes without it"},
		{"saveR", `.saveR("<EDGE>", "tag")`, "puts the start of an edge into a column"},
		{"tag", `.tag("study")`, "puts the node itself into a column"},
		{"back", `.back("study")`, "goes back to a node that was tagged"},
		{"is", `.is("<IRI>")`, "keeps these nodes only"},
		{"filter", `.filter(gte(90), lt(200))`, "keeps the values that compare so"},
		{"follow", ".follow(path)", "goes along a path of g.M()"},
		{"followR", ".followR(path)", "goes against it"},
		{"followRecursive", `.followRecursive("<skos:broader>")`, "goes along an edge as often as it can"},
		{"and", ".and(path)", "keeps what the other path has too"},
		{"or", ".or(path)", "adds what the other path has"},
		{"except", ".except(path)", "drops what the other path has"},
		{"unique", ".unique()", "keeps each node once"},
		{"labels", ".labels()", "goes to the documents that say something of the node"},
		{"labelContext", `.labelContext("<urn:picograph:document:...>")`, "uses only what that document says from here on"},
		{"outPredicates", ".outPredicates()", "goes to the edges that a node has"},
		{"inPredicates", ".inPredicates()", "goes to the edges that lead to it"},
		{"order", ".order()", "sorts"},
		{"skip", ".skip(10)", "leaves out the first"},
		{"limit", ".limit(10)", "keeps the first"},
		{"lt", "lt(5), lte, gt, gte", "compare, for has and filter"},
		{"regex", `regex("^opioid")`, "matches texts; regex(\"...\", true) IRIs"},
		{"like", `like("%dose%")`, "matches texts; % is anything, ? one character"},
		{"str", `'"-1.20"^^<xsd:decimal>'`, "is a number as it is printed; str(\"<a>\") a text that looks like something else"},
		{"all", ".all()", "ends: a row for each path"},
		{"getLimit", ".getLimit(10)", "ends after so many rows"},
		{"count", ".count()", "ends: how many paths there are"},
		{"toArray", ".toArray()", "ends: the nodes as an array, for JavaScript; .tagArray() with the columns"},
		{"toValue", ".toValue()", "ends: the first node, for JavaScript; .tagValue() with the columns"},
		{"forEach", ".forEach(function(row) { ... })", "ends: calls the function with each row, in which row.id is the node"},
		{"g.emit", "g.emit({name: value})", "hands out a row of your own"},
	}
}
