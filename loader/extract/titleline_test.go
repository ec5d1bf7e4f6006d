package extract

import (
	"testing"

	"github.com/picograph/picograph/loader/document"
)

// TestOneTitle holds which of the lines at the head of a page is its title.
func TestOneTitle(t *testing.T) {
	v := loadVocabulary(t)
	const prose = "\n\nObjectives: To examine whether rules for stairs prevent falls among older adults.\n\nResults: Rules were associated with fewer falls."
	for _, test := range []struct{ text, want string }{
		{"Special Topics: Stairs\n\nRules for Stairs and Fatal Falls among Older Adults", "Rules for Stairs and Fatal Falls among Older Adults"},
		{"Stair Rules Validation Network Trial\n\nLast updated: January 8, 2025", "Stair Rules Validation Network Trial"},
		{"Rules for Stairs and Fatal Falls among Older Adults\nThe STAIRS cluster trial", "Rules for Stairs and Fatal Falls among Older Adults: The STAIRS cluster trial"},
		{"Safer Stairs at Home\nA randomized trial of rules for stairs among older adults", "Safer Stairs at Home: A randomized trial of rules for stairs among older adults"},
		{"Healthy Floors Weekly News\n\nFewer Falls with Rules", "Healthy Floors Weekly News"},
		{"Short Rules for Pediatric Stairs\n\n\nThe STAIRS Randomized Clinical Trial", "Short Rules for Pediatric Stairs: The STAIRS Randomized Clinical Trial"},
	} {
		if got := read(document.Parse("test", test.text+prose, v.Heading), v).out.Report.Title; got != test.want {
			t.Errorf("%q: title %q, want %q", test.text, got, test.want)
		}
	}
}
