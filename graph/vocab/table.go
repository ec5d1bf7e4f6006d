package vocab

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
)

// row is one line of a table, by column name.
type row struct {
	table string
	line  int
	cells map[string]string
}

// errorf returns an error that starts with the table and the line.
func (r row) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: "+format, append([]any{r.table, r.line}, args...)...)
}

// list splits a cell at |, without empty parts.
func (r row) list(column string) []string {
	var out []string
	for part := range strings.SplitSeq(r.cells[column], "|") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// readTable reads tab-separated text whose first line names its columns. All of the wanted columns have to be there;
// in a user's table those after the first two may be missing. Empty lines and lines that start with # are left out. A
// byte order mark, carriage returns and a spreadsheet's quotes round a cell are tolerated.
func readTable(name string, r io.Reader, lenient bool, columns ...string) ([]row, error) {
	var out []row
	var header []string
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, 64*1024), 1<<20)
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSuffix(in.Text(), "\r")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		for i := range cells {
			cells[i] = unquote(cells[i])
		}
		if header == nil {
			if err := checkHeader(name, n, cells, columns, lenient); err != nil {
				return nil, err
			}
			header = cells
			continue
		}
		if len(cells) > len(header) {
			return nil, fmt.Errorf("%s:%d: %d cells under %d column names (hint: a tab inside a cell splits it)", name, n, len(cells), len(header))
		}
		byColumn := make(map[string]string, len(cells))
		for i, c := range cells {
			byColumn[header[i]] = c
		}
		out = append(out, row{table: name, line: n, cells: byColumn})
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return out, nil
}

// checkHeader reports columns that are missing or unknown.
func checkHeader(name string, line int, header, columns []string, lenient bool) error {
	for i, c := range columns {
		if !slices.Contains(header, c) && (!lenient || i < 2) {
			return fmt.Errorf("%s:%d: no column %q (hint: the first line names the columns, separated by tabs: %s)", name, line, c, strings.Join(columns, ", "))
		}
	}
	for _, c := range header {
		if !slices.Contains(columns, c) {
			return fmt.Errorf("%s:%d: unknown column %q (hint: the columns are %s)", name, line, c, strings.Join(columns, ", "))
		}
	}
	return nil
}

// unquote takes away white space round a cell and the quotes that a spreadsheet puts round one that holds quotes.
func unquote(cell string) string {
	cell = strings.TrimSpace(cell)
	if len(cell) >= 2 && cell[0] == '"' && cell[len(cell)-1] == '"' {
		cell = strings.ReplaceAll(cell[1:len(cell)-1], `""`, `"`)
	}
	return cell
}

// carried reads one of the tables that picograph carries.
func carried(name string, columns ...string) ([]row, error) {
	b, err := tables.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("opening the table %s: %w", name, err)
	}
	return readTable(name, bytes.NewReader(b), false, columns...)
}
