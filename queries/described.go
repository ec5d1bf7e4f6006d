package queries

import (
	"slices"
	"strings"

	"github.com/picograph/picograph/graph"
	"github.com/picograph/picograph/graph/evidence"
)

// describedStudy finds the study that "the collaborative care review" or "that pilot" means: the one of its kind that
// fits what else is said of it.
func (r *reader) describedStudy(s *slots, u *understood) {
	wants := ""
	for _, k := range []string{"review", "pilot"} {
		if s.kind(k) {
			wants = k
		}
	}
	if wants == "" || r.several(wants) || r.partial && len(s.interventions) == 0 {
		return
	}
	var fit []*graph.Study
	for _, st := range r.studies {
		if studyIs(st, wants) && (len(s.interventions) == 0 || r.studyGives(st, s.interventions)) {
			fit = append(fit, st)
		}
	}
	if len(fit) == 0 && wants == "pilot" { // not called so: a study of one group
		for _, st := range r.studies {
			if mainTelling(st).Study.Design.Model == "single group" && (len(s.interventions) == 0 || r.studyGives(st, s.interventions)) {
				fit = append(fit, st)
			}
		}
	}
	if len(fit) == 0 && len(s.interventions) > 0 {
		return
	}
	if wants == "review" && len(fit) > 1 {
		// of several reviews, the one that counts its studies' results is meant when nothing else tells
		if votes := slices.DeleteFunc(slices.Clone(fit), func(st *graph.Study) bool { return !hasKind(st, evidence.VoteCount) }); len(votes) > 0 {
			fit = votes
		}
	}
	if len(s.comparators) > 0 {
		fit = slices.DeleteFunc(fit, func(st *graph.Study) bool { return !r.studyGives(st, s.comparators) })
	}
	if len(fit) == 0 || len(fit) > 3 {
		return
	}
	if len(s.comparators) > 0 {
		s.comparators = nil // they say which review is meant
	}
	for _, st := range fit {
		s.studies = append(s.studies, studyLabel(st))
	}
	if wants == "review" {
		s.interventions = r.notDescribing(s.interventions, wants)
		if len(s.outcomes) > 0 {
			s.outcomes = r.notDescribing(s.outcomes, wants)
		}
	}
	u.said = append(u.said, "the "+wants+" meant is taken to be "+join(s.studies, "and"))
}

// notDescribing returns, of some names, those that do not say which study of a kind is meant: "what does the collaborative care
// review say of pain", "the review of collaborative care", ask for nothing about collaborative care.
func (r *reader) notDescribing(names []string, kind string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool {
		return slices.ContainsFunc(r.tags, func(t tag) bool {
			i := slices.IndexFunc(r.tags, func(o tag) bool { return o.from == t.from })
			is := func(k int) bool {
				return k >= 0 && k < len(r.tags) && r.tags[k].use == useKind && r.tags[k].value == kind
			}
			return r.text(t) == n && (is(i+1) || i > 0 && r.tags[i-1].use == useLink && is(i-2))
		})
	})
}

// several reports whether a question speaks of more than one study of a kind: "which reviews".
func (r *reader) several(kind string) bool {
	return slices.ContainsFunc(r.tags, func(t tag) bool {
		return t.use == useKind && t.value == kind && r.words[t.to-1].norm != strings.ToLower(r.words[t.to-1].text)
	})
}

// studyIs reports whether a study is of a kind that a question may name.
func studyIs(st *graph.Study, kind string) bool {
	for _, t := range st.Tellings {
		d := t.Study.Design
		switch kind {
		case "review":
			if d.Kind == evidence.KindSystematicReview || d.Kind == evidence.KindMetaAnalysis {
				return true
			}
		case "pilot":
			if hasWord(d.Text, "pilot") || hasWord(d.Text, "feasibility") {
				return true
			}
		case "randomized":
			if d.Allocation == evidence.Randomized || d.Allocation == evidence.ClusterRandomized {
				return true
			}
		default:
			if d.Kind == kind {
				return true
			}
		}
	}
	return false
}

func hasWord(text, w string) bool { return slices.Contains(norms(text), w) }

func hasKind(st *graph.Study, k evidence.Kind) bool {
	for _, t := range st.Tellings {
		if slices.ContainsFunc(t.Study.Findings, func(f evidence.Finding) bool { return f.Kind == k }) {
			return true
		}
	}
	return false
}

// studyGives reports whether one of a study's arms was given one of some interventions.
func (r *reader) studyGives(st *graph.Study, names []string) bool {
	for _, n := range names {
		m := r.meaning("intervention", n, false)
		for _, t := range st.Tellings {
			for i := range t.Study.Arms {
				if ok, _ := r.armHas(&t.Study.Arms[i], m); ok {
					return true
				}
			}
		}
	}
	return false
}

// studiesIn returns the names of the studies that some documents tell of at first hand, else of all they tell of.
func (r *reader) studiesIn(documents []string) []string {
	var own, all []string
	for _, d := range documents {
		for _, n := range r.find(d, documentName) {
			for _, st := range r.studies {
				for _, t := range st.Tellings {
					if t.DocumentID != n.id {
						continue
					}
					all = appendNew(all, studyLabel(st))
					if !t.Study.SecondHand {
						own = appendNew(own, studyLabel(st))
					}
				}
			}
		}
	}
	if len(own) > 0 {
		return own
	}
	return all
}

// studiesOfReports returns the studies that some reports, loaded or cited, are of.
func (r *reader) studiesOfReports(reports []string) []string {
	var out []string
	for _, form := range reports {
		for _, n := range r.find(form) {
			switch n.kind {
			case studyName:
				out = appendNew(out, n.text)
			case reportName:
				for _, st := range r.studies {
					for _, t := range st.Tellings {
						if t.DocumentID == n.id && !t.Study.SecondHand {
							out = appendNew(out, studyLabel(st))
						}
					}
				}
			}
		}
	}
	return out
}
