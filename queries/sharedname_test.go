package queries

import "testing"

func TestSharedName(t *testing.T) {
	for _, c := range [][3]string{
		{"10 mg", "20 mg of atorvastatin", "10 mg of atorvastatin"},
		{"short-term", "long-term antibiotic therapy", "short-term antibiotic therapy"},
		{"high-dose", "low-dose aspirin", "high-dose aspirin"},
		{"aspirin", "low-dose clopidogrel", "aspirin"},
		{"10 mg", "placebo", "10 mg"},
		{"early", "late", "early"},
	} {
		if got := sharedName(c[0], c[1]); got != c[2] {
			t.Errorf("%s against %s: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// A comparison of two doses of a thing is not answered with those of another.
func TestDosesOfOther(t *testing.T) {
	doc := drawnDocument()
	doc.Text = "High-dose juggling and low-dose juggling were compared. Reach differed (P = .02)."
	st := &doc.Studies[0]
	st.Arms[0].Label, st.Arms[1].Label = "high-dose juggling", "low-dose juggling"
	for i := range st.Findings {
		f := &st.Findings[i]
		for _, arms := range [][]string{f.Arm, f.Comparator} {
			for k, a := range arms {
				arms[k] = map[string]string{"juggling": "high-dose juggling", "reading": "low-dose juggling"}[a]
			}
		}
	}
	e := engineOver(t, doc)
	for q, want := range map[string]bool{"high-dose versus low-dose juggling": true, "high-dose versus low-dose aspirin": false} {
		a, err := e.Ask(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Status == Answered; got != want {
			t.Errorf("%s: %s: %s", q, a.Status, a.Text)
		}
	}
}
