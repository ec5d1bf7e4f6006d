package queries

import (
	"fmt"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/quantity"
	"github.com/picograph/picograph/graph/vocab"
	"github.com/picograph/picograph/queries/syntax"
)

// Setting is a reading that the user can change: what a word stands for where the question does not say.
type Setting struct {
	Name    string // "high-dose"
	Default string // "90 MME/day"
	Does    string
}

var settings = []Setting{
	{"high-dose", "90 MME/day", "the daily opioid dose from which people count as on a high dose; below it they are on a low or moderate one"},
}

// Settings holds the readings that were changed. The zero value is the defaults.
type Settings struct{ changed map[string]string }

// List returns the settings there are, in the order in which help shows them.
func (s *Settings) List() []Setting { return slices.Clone(settings) }

// Value returns what a setting stands at; "" where there is no such setting.
func (s *Settings) Value(name string) string {
	if v, ok := s.changed[name]; ok {
		return v
	}
	for _, t := range settings {
		if t.Name == name {
			return t.Default
		}
	}
	return ""
}

// Changed reports whether a setting was set by the user.
func (s *Settings) Changed(name string) bool {
	_, ok := s.changed[name]
	return ok
}

// Set changes a setting: Set("high-dose", "50 MME/day"). The error says what may stand there.
func (s *Settings) Set(name, value string) error {
	name = strings.ToLower(strings.TrimSpace(name))
	i := slices.IndexFunc(settings, func(t Setting) bool { return t.Name == name })
	if i < 0 {
		names := make([]string, len(settings))
		for i, t := range settings {
			names[i] = t.Name
		}
		return fmt.Errorf("no setting named %q: there is %s", name, strings.Join(names, ", "))
	}
	number, unit, err := amount(value)
	if err != nil {
		return fmt.Errorf("setting %s to %q: %w", name, value, err)
	}
	_, wants, _ := amount(settings[i].Default)
	if unit == "" {
		unit = wants
	}
	changed := map[string]string{name: string(number) + " " + unit}
	for k, v := range s.changed {
		if k != name {
			changed[k] = v
		}
	}
	s.changed = changed
	return nil
}

// amount reads "50 MME/day", ">= 50 MME" and "50".
func amount(value string) (quantity.Decimal, string, error) {
	t := strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(value), ">=≥ "))
	end := strings.IndexFunc(t, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
	number, unit := t, ""
	if end >= 0 {
		number, unit = t[:end], strings.TrimSpace(t[end:])
	}
	d, err := quantity.ParseDecimal(number)
	if err != nil || strings.ContainsAny(unit, "0123456789") {
		return "", "", fmt.Errorf(`not an amount: write a number with a unit, such as "50 MME/day"`)
	}
	return d, unit, nil
}

// highDose returns the threshold of a high dose in its canonical unit.
func (s *Settings) highDose(v *vocab.Vocabulary) syntax.Value {
	number, unit, err := amount(s.Value("high-dose"))
	if err != nil {
		return syntax.Value{}
	}
	return syntax.Value{Number: number, Unit: canonicalUnit(v, unit)}
}

// canonicalUnit returns the vocabulary's identifier of a unit, or the unit as it is. An amount of morphine equivalents
// without a time is one a day: doses are daily.
func canonicalUnit(v *vocab.Vocabulary, unit string) string {
	u, ok := v.Unit(unit)
	if !ok {
		return unit
	}
	return dailyDose(u.ID)
}

func dailyDose(unit string) string {
	if strings.EqualFold(unit, "MME") {
		return "MME/day"
	}
	return unit
}
