package querymode

import (
	"testing"

	"github.com/poolvet/poolvet/internal/library"
)

// A driver with a mode, and no other, is judged, and minds what is sent.
func TestDriversWithModes(t *testing.T) {
	judged := 0
	for _, d := range library.Drivers() {
		if hasMode := d.Mode != ""; (judges[d] != nil) != hasMode || (minds[d] != nil) != hasMode {
			t.Errorf("%s: a driver with a Mode, and no other, is in judges and minds", d.ID)
		}
		if judges[d] != nil {
			judged++
		}
	}
	if judged != len(judges) || judged != len(minds) {
		t.Errorf("%d drivers of libraries are judged, of %d and %d", judged, len(judges), len(minds))
	}
}
