package vocab

import "github.com/picograph/picograph/graph/quantity"

// Factor turns a daily dose of a drug into morphine milligram equivalents: MME/day = Value times the dose in Unit.
// Factors compare what was prescribed; they are no guide for switching a patient from one opioid to another.
type Factor struct {
	Drug   string // concept id
	Value  quantity.Decimal
	Unit   string // unit id of the dose: "mg/d", "mcg/h"
	Low    quantity.Decimal
	High   quantity.Decimal // the doses in Unit for which the factor holds; empty: all
	Table  string           // short name of the table, such as "CDC 2022"
	Year   int
	Source string // where the table was published
	Note   string
}

// Factors returns the conversion factors for a drug, newest table first; empty when no table has one.
func (v *Vocabulary) Factors(drug string) []Factor {
	var out []Factor
	for _, f := range v.factors {
		if f.Drug == drug {
			out = append(out, f)
		}
	}
	return out
}

// readFactors reads factors.tsv.
func (v *Vocabulary) readFactors() error {
	rows, err := carried("factors.tsv", "drug", "table", "year", "unit", "low", "high", "factor", "source", "note")
	if err != nil {
		return err
	}
	for _, r := range rows {
		f := Factor{Drug: r.cells["drug"], Table: r.cells["table"], Source: r.cells["source"], Note: r.cells["note"]}
		if v.byID[f.Drug] == nil {
			return r.errorf("factor for %q, which is no concept", f.Drug)
		}
		u, ok := v.Unit(r.cells["unit"])
		if !ok {
			return r.errorf("factor for %s: unknown unit %q", f.Drug, r.cells["unit"])
		}
		f.Unit = u.ID
		year, err := quantity.ParseDecimal(r.cells["year"])
		if err != nil {
			return r.errorf("factor for %s: year: %w", f.Drug, err)
		}
		f.Year, _ = year.Int()
		for _, cell := range []struct {
			column string
			to     *quantity.Decimal
		}{{"factor", &f.Value}, {"low", &f.Low}, {"high", &f.High}} {
			if s := r.cells[cell.column]; s != "" || cell.column == "factor" {
				if *cell.to, err = quantity.ParseDecimal(s); err != nil {
					return r.errorf("factor for %s: %s: %w", f.Drug, cell.column, err)
				}
			}
		}
		if f.Source == "" {
			return r.errorf("factor for %s cites no source", f.Drug)
		}
		v.factors = append(v.factors, f)
	}
	return nil
}
