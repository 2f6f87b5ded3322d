package output

import (
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
)

// WriteJSON writes a line for each finding, for each notice, and for the
// summary. File names have forward slashes everywhere.
func WriteJSON(w io.Writer, r *Report, _ *Sources, _ bool) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, f := range r.Findings {
		f.File = filepath.ToSlash(f.File)
		f.Related = slices.Clone(f.Related)
		for i := range f.Related {
			f.Related[i].File = filepath.ToSlash(f.Related[i].File)
		}
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	for _, n := range r.Notices() {
		if err := enc.Encode(n.Slashed()); err != nil {
			return err
		}
	}
	return enc.Encode(map[string]*Summary{"summary": &r.Summary})
}
