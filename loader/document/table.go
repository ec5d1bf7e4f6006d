package document

// Table is a table as the source of a document structures it. All its parts are spans of the document's text, which
// tells it as a title, its rows, and its notes, each on a line of its own. A table lies in a skip: none of its cells is
// a sentence.
type Table struct {
	Span             // all of it
	Label   Span     // "TABLE 2"; empty where the source gives none
	Caption Span     // empty where there is none
	Head    int      // rows at the top that the source marks as header
	Rows    [][]Cell // as many cells in each; a cell that spans several places stands in each of them
	Notes   []Span   // what stands below it, one a line
}

// Cell is a cell of a table. Its span is empty where nothing stands in it.
type Cell struct {
	Span
	Row, Column   int    // the first place that it covers
	Rows, Columns int    // how many rows and columns it covers; none where the source has no cell at a place
	Header        bool   // marked as a header
	Strong        bool   // all of its text is set off in bold or italics
	Indent        int    // how far its text is set in, in blanks
	Marks         string // marks of notes that were raised behind its text: "a,b"
}

// Begins reports whether a cell begins at a place, rather than reaching there from the left or from above.
func (c Cell) Begins(row, column int) bool { return c.Rows > 0 && c.Row == row && c.Column == column }

// Columns returns how many columns a table has.
func (t *Table) Columns() int {
	if len(t.Rows) == 0 {
		return 0
	}
	return len(t.Rows[0])
}
