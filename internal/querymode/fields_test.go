package querymode

import (
	"testing"

	"github.com/poolvet/poolvet/internal/library"
)

// Each value that a field names has a function, and each function is named by
// one.
func TestValueReaders(t *testing.T) {
	read := map[library.Value]bool{}
	for _, d := range library.Drivers() {
		for _, f := range d.Fields {
			if read[f.Value] = true; valueReaders[f.Value] == nil {
				t.Errorf("%s: no function reads %q: add it to valueReaders", d.ID, f.Value)
			}
		}
	}
	for value := range valueReaders {
		if !read[value] {
			t.Errorf("no field has the value %q", value)
		}
	}
}
