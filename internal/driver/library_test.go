package driver

import (
	"testing"

	"github.com/poolvet/poolvet/internal/library"
)

// Each check, value and mode that libraries name has a function, and each
// function is named by one.
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
	read := map[library.Value]bool{}
	judged := 0
	for _, d := range library.Drivers() {
		for _, f := range d.Fields {
			if read[f.Value] = true; valueReaders[f.Value] == nil {
				t.Errorf("%s: no function reads %q: add it to valueReaders", d.ID, f.Value)
			}
		}
		if hasMode := d.Mode != ""; (judges[d] != nil) != hasMode || (minds[d] != nil) != hasMode {
			t.Errorf("%s: a driver with a Mode, and no other, is in judges and minds", d.ID)
		}
		if judges[d] != nil {
			judged++
		}
		if driversByID[d.ID] != d {
			t.Errorf("%q is the ID of two drivers", d.ID)
		}
	}
	for value := range valueReaders {
		if !read[value] {
			t.Errorf("no field has the value %q", value)
		}
	}
	if judged != len(judges) || judged != len(minds) {
		t.Errorf("%d drivers of libraries are judged, of %d and %d", judged, len(judges), len(minds))
	}
}
