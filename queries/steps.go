package queries

import (
	"maps"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/queries/syntax"
)

// steps applies the query's steps to the rows, in their order. Those of where are part of the search already.
func (j *job) steps() {
	var grouped []string
	for i, s := range j.query.Steps {
		switch s.Name {
		case "limit":
			j.limitRows(s.N)
		case "order":
			j.orderRows(&s)
		case "group":
			if grouped = []string{s.By}; s.And != "" {
				grouped = append(grouped, s.And)
			}
			if i+1 == len(j.query.Steps) || j.query.Steps[i+1].Name != "show" {
				j.statistics(grouped, []syntax.Column{{Statistic: "count"}})
			}
		case "show":
			if grouped != nil || slices.ContainsFunc(s.Columns, func(c syntax.Column) bool { return c.Statistic != "" }) {
				j.statistics(grouped, s.Columns)
				continue
			}
			j.pickColumns(s.Columns)
		}
	}
}

// orderRows puts the rows of each section in the order of a field, and says where none of them states it.
func (j *job) orderRows(s *syntax.Step) {
	rows, stated := 0, false
	for k := range j.answer.Sections {
		sec := &j.answer.Sections[k]
		sec.Rows = j.furthest(sec.Rows, sec.Columns)
		slices.SortStableFunc(sec.Rows, func(x, y Row) int {
			return j.compareRows(s.By, sec.Columns, x, y, s.Descending)
		})
		rows += len(sec.Rows)
		stated = stated || slices.ContainsFunc(sec.Rows, func(r Row) bool { return len(j.orderKey(s.By, sec.Columns, r)) > 0 })
	}
	if rows > 1 && !stated {
		j.answer.Cautions = appendNew(j.answer.Cautions, "none of these states its "+s.By+": they are in no order of it")
	}
}

func (j *job) limitRows(n int) {
	for i := range j.answer.Sections {
		sec := &j.answer.Sections[i]
		if len(sec.Rows) > n {
			sec.Note = strings.TrimSpace(sec.Note + " " + itoa(len(sec.Rows)-n) + " more rows left out by limit " + itoa(n))
			sec.Rows = sec.Rows[:n]
		}
	}
}

// columnOf are the columns of findings that show a field.
var columnOf = map[string]string{
	"intervention": "Intervention", "comparator": "Comparator", "outcome": "Outcome", "study": "Study", "population": "Population",
	"n": "N", "time": "Time", "p": "P", "document": "Source", "exposure": "By or with", "modifier": "By or with", "result": "Result",
}

// pickColumns keeps some columns, in the order asked for; one that a section does not have is filled with the field's value.
func (j *job) pickColumns(cols []syntax.Column) {
	for i := range j.answer.Sections {
		sec := &j.answer.Sections[i]
		if len(sec.Rows) == 0 {
			continue
		}
		var names []string
		rows := make([]Row, len(sec.Rows))
		for r := range sec.Rows {
			rows[r] = sec.Rows[r]
			rows[r].Cells = nil
		}
		for _, c := range cols {
			name := columnOf[c.Field]
			at := slices.Index(sec.Columns, name)
			if name == "" {
				name = upperFirst(c.Field)
			}
			names = append(names, name)
			for r := range rows {
				cell := strings.Join(j.valuesOf(sec.Rows[r], c.Field), ", ")
				if at >= 0 {
					cell = sec.Rows[r].Cells[at]
				}
				rows[r].Cells = append(rows[r].Cells, cell)
			}
		}
		sec.Columns, sec.Rows = names, rows
	}
}

// statistics puts the rows of all sections into groups by one field or two, and counts them or works statistics of a number out for
// each. A study counts once in the statistics of what is one number a study.
func (j *job) statistics(by []string, cols []syntax.Column) {
	sec := Section{Title: "By " + strings.Join(by, " and "), Kind: "statistics"}
	for _, field := range by {
		sec.Columns = append(sec.Columns, upperFirst(field))
	}
	if by == nil {
		sec.Title, sec.Columns = "Over all rows", []string{"Rows"}
	}
	for _, c := range cols {
		sec.Columns = append(sec.Columns, upperFirst(c.String()))
	}
	sec.Columns = append(sec.Columns, "Studies")
	var groups []group
	rows := j.together(by)
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		row := Row{Cells: make([]string, max(len(by), 1)), Findings: []Finding{}}
		row.Cells[0] = "all"
		studies := map[string]bool{}
		for _, r := range rows[name] {
			row.Findings = append(row.Findings, r.Findings...)
			row.Passages = append(row.Passages, r.Passages...)
			if r.study != nil {
				studies[r.study.ID] = true
			}
		}
		for _, c := range cols {
			row.Cells = append(row.Cells, j.statistic(c, rows[name]))
		}
		row.Cells = append(row.Cells, itoa(len(studies)))
		groups = append(groups, group{name, len(rows[name]), row})
	}
	j.answer.Sections = nil
	switch {
	case len(groups) == 0:
		return
	case by == nil:
		sec.Rows = []Row{groups[0].row}
		j.answer.Text = "Over all rows: " + strings.Join(labelled(sec.Columns[1:], sec.Rows[0].Cells[1:]), ", ") + "."
	default:
		sec.Rows = j.inOrder(groups, by)
	}
	j.answer.Sections = []Section{sec}
}

// together returns the rows of all sections by what they have in one field or two, with groupSign between; "" stands for those that do
// not state it. All are one group without a field.
func (j *job) together(by []string) map[string][]Row {
	out := map[string][]Row{}
	for _, sec := range j.answer.Sections {
		for _, r := range sec.Rows {
			names := []string{""}
			for i, field := range by {
				var longer []string
				for _, name := range names {
					for _, v := range j.namesIn(r, field) {
						if i > 0 {
							v = name + groupSign + v
						}
						longer = append(longer, v)
					}
				}
				names = longer
			}
			for _, name := range names {
				out[name] = append(out[name], r)
			}
		}
	}
	return out
}

// namesIn returns what a row has in a field, "" where it states nothing.
func (j *job) namesIn(r Row, field string) []string {
	names := j.valuesOf(r, field)
	if len(names) == 0 {
		return []string{""}
	}
	out := slices.Clone(names)
	for i := range out {
		if out[i] == notStated {
			out[i] = ""
		}
	}
	return out
}

func labelled(names, values []string) []string {
	out := make([]string, len(names))
	for i := range names {
		out[i] = lowerFirst(names[i]) + " " + values[i]
	}
	return out
}

// statistic works out one column of a group; "not stated" where no row has the number.
func (j *job) statistic(c syntax.Column, rows []Row) string {
	if c.Statistic == "count" {
		return itoa(len(rows))
	}
	if c.Statistic == "" {
		var out []string
		for _, r := range rows {
			for _, v := range j.valuesOf(r, c.Field) {
				out = appendNew(out, v)
			}
		}
		return strings.Join(out, ", ")
	}
	var numbers []quantity.Decimal
	seen := map[string]bool{}
	for _, r := range rows {
		if c.Field == "n" || c.Field == "year" { // one number a study
			if r.study != nil && seen[r.study.ID] {
				continue
			}
			if r.study != nil {
				seen[r.study.ID] = true
			}
		}
		for _, v := range j.valuesOf(r, c.Field) {
			if d, err := quantity.ParseDecimal(v); err == nil {
				numbers = append(numbers, d)
			}
		}
	}
	if len(numbers) == 0 {
		return "not stated"
	}
	slices.SortFunc(numbers, quantity.Compare)
	places := 0
	sum := 0.0
	for _, d := range numbers {
		places = max(places, d.Places())
		sum += d.Float()
	}
	n := len(numbers)
	switch c.Statistic {
	case "min":
		return string(numbers[0])
	case "max":
		return string(numbers[n-1])
	case "median":
		if n%2 == 1 {
			return string(numbers[n/2])
		}
		return string(quantity.Round((numbers[n/2-1].Float()+numbers[n/2].Float())/2, places+1)) + " (calculated)"
	}
	return string(quantity.Round(sum/float64(n), places+1)) + " (calculated)"
}

// valuesOf returns what a row has in a field, in the words in which groups are named.
func (j *job) valuesOf(r Row, field string) []string {
	var out []string
	if it := r.item; it != nil {
		switch field {
		case "intervention":
			return some(j.armNames(it, it.arms, it.Arm))
		case "comparator":
			return some(j.armNames(it, it.comps, it.Comparator))
		case "outcome":
			return some(j.outcomeLabel(it.Outcome.Concept, it.Outcome.Text))
		case "kind":
			return []string{kindNames[it.Kind]}
		case "direction":
			return some(string(it.Direction))
		case "significant":
			if it.Significant == nil {
				return []string{"not stated"}
			}
			return []string{map[bool]string{true: "yes", false: "no"}[*it.Significant]}
		case "role":
			return some(outcomeRole(it))
		case "population":
			return some(j.populationText(it))
		case "time":
			return some(string(it.Timepoint.Months))
		case "p":
			return some(string(it.P.Value))
		case "measure":
			for _, e := range it.Estimates {
				if e.Measure != "" {
					out = appendNew(out, e.Measure)
				}
			}
			return out
		case "modifier":
			return some(j.conceptLabel(it.Modifier))
		case "exposure":
			return some(it.Exposure)
		case "document":
			return some(it.Telling.Source)
		}
	}
	if r.study == nil {
		return nil
	}
	return j.studyValuesOf(r, field)
}

// outcomeLabel returns what an outcome is called: by its concept, else by its text.
func (j *job) outcomeLabel(concept, text string) string {
	if c, ok := j.vocab.Concept(concept); ok {
		return lowerFirst(c.Label)
	}
	return lowerFirst(text)
}

// studyValuesOf returns what the study of a row has in a field.
func (j *job) studyValuesOf(r Row, field string) []string {
	var out []string
	switch field {
	case "study":
		return []string{studyLabel(r.study)}
	case "n":
		return some(string(studySize(r.study)))
	}
	for _, t := range r.study.Tellings {
		st := t.Study
		switch field {
		case "design":
			out = appendSome(out, st.Design.Allocation, st.Design.Kind)
		case "registration":
			out = appendSome(out, st.Registrations...)
		case "setting":
			out = appendSome(out, st.Setting)
		case "phase", "sponsor", "journal":
			out = appendSome(out, statedBy(t, field))
		case "country":
			for c := range strings.SplitSeq(st.Country, ", ") {
				out = appendSome(out, c)
			}
		case "document":
			out = appendSome(out, t.Source)
		case "year":
			if rep := telledReport(t); rep != nil && rep.Year != 0 {
				out = appendSome(out, itoa(rep.Year))
			}
		case "recruited":
			out = appendSome(out, string(year(st.Recruited.From)))
		case "condition":
			for _, p := range st.Populations {
				for _, c := range p.Conditions {
					out = appendSome(out, lowerFirst(j.conceptLabel(c)))
				}
			}
		case "intervention":
			for i := range st.Arms {
				out = appendSome(out, j.armName(r.study, &st.Arms[i]))
			}
		case "outcome":
			for _, o := range st.Outcomes {
				out = appendSome(out, j.outcomeLabel(o.Concept, o.Text))
			}
			for i := range st.Findings {
				out = appendSome(out, j.outcomeLabel(st.Findings[i].Outcome.Concept, st.Findings[i].Outcome.Text))
			}
		}
	}
	return out
}

// appendSome appends the first of some texts that is not empty, once.
func appendSome(list []string, texts ...string) []string {
	for _, t := range texts {
		if t != "" {
			return appendNew(list, t)
		}
	}
	return list
}

// orderKey is what a row has in a field when rows are put in order.
func (j *job) orderKey(field string, columns []string, r Row) []string {
	if field == "n" { // of the row, where it says its own
		if i := slices.Index(columns, "N"); i >= 0 {
			return some(firstNumber.FindString(r.Cells[i]))
		}
	}
	return j.valuesOf(r, field)
}

// compareRows orders two rows by a field: numbers as numbers, what is not stated last.
func (j *job) compareRows(field string, columns []string, x, y Row, descending bool) int {
	a, b := j.orderKey(field, columns, x), j.orderKey(field, columns, y)
	if len(a) == 0 || len(b) == 0 {
		return len(b) - len(a)
	}
	if descending {
		a, b = b, a
	}
	da, err1 := quantity.ParseDecimal(a[0])
	db, err2 := quantity.ParseDecimal(b[0])
	if err1 == nil && err2 == nil {
		return quantity.Compare(da, db)
	}
	return strings.Compare(strings.Join(a, " "), strings.Join(b, " "))
}
