package link

import "slices"

// Keys returns what a telling can share with others that bear on how it is grouped. Tellings that share no key, neither
// directly nor by way of others, never meet: Studies may be asked for them apart. The tellings of one document have to be
// asked for together all the same, since it counts whether a telling is the only one that its document has of a report.
func Keys(t Telling) []string {
	s := signsOf(&t)
	keys := []string{"study " + s.document + "." + s.study}
	for _, k := range s.registrationKeys() {
		keys = append(keys, "registered "+k)
	}
	for _, r := range s.registrations { // a group is named by one of them, and names are kept apart
		keys = append(keys, "named "+r)
	}
	for _, r := range s.reportIDs {
		keys = append(keys, "named "+r)
	}
	for _, k := range s.reportKeys() {
		keys = append(keys, "reported "+k)
	}
	for _, k := range s.teamKeys() {
		keys = append(keys, "team "+k)
	}
	for _, k := range s.titleKeys() {
		keys = append(keys, "titled "+k)
	}
	for _, k := range s.nameKeys() {
		keys = append(keys, "acronym "+k)
	}
	for i := range t.Cites {
		if notices[t.Cites[i].Relation] != "" {
			for _, id := range reportIDs(&t.Cites[i].Report) {
				keys = append(keys, "named "+id)
			}
		}
	}
	if !s.review {
		if s.parent != "" {
			keys = append(keys, "acronym "+s.parent)
		} else if s.name != "" {
			keys = append(keys, "acronym "+s.name)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// ReportKeys returns what a document can share with others that are of the same report: its identifiers, and title, year and
// first author as one. Documents that share none, neither directly nor by way of others, are never of one report.
func ReportKeys(p Publication) []string {
	return append(slices.Clone(reportIDs(p.Report)), citationKey(p.Report)...)
}

// CitedKeys returns the keys by which a document refers to reports.
func CitedKeys(p Publication) []string {
	var keys []string
	for i := range p.Cites {
		keys = append(keys, reportIDs(&p.Cites[i].Report)...)
	}
	return keys
}
