package driver

import (
	"testing"

	"github.com/poolvet/poolvet/internal/library"
)

// Each check that libraries name has a function, and each function is named by
// one.
func TestFunctionsOfLibraries(t *testing.T) {
	named := map[library.Check]bool{}
	for f, r := range library.Rows() {
		if named[r.Check] = true; r.Check != "" && checks[r.Check] == nil {
			t.Errorf("%s.%s: no function checks %q: add it to checks", f.Pkg, f.Name, r.Check)
		}
	}
	for check := range checks {
		if !named[check] {
			t.Errorf("no row has the check %q", check)
		}
	}
	for _, d := range library.Drivers() {
		if driversByID[d.ID] != d {
			t.Errorf("%q is the ID of two drivers", d.ID)
		}
	}
}
