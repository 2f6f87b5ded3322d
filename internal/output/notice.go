package output

import "path/filepath"

// A Notice says what could not be read, or which flag means nothing.
type Notice struct {
	Kind    string `json:"kind"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Package string `json:"package,omitempty"`
	Message string `json:"error"`

	Detail string `json:"-"` // further lines, for stderr
}

// The kinds of notices. All but FlagNotice make the exit status 2.
const (
	PackageNotice = "package" // has errors, or cannot be loaded
	PanicNotice   = "panic"   // poolvet's own fault, in one package
	TextNotice    = "text"    // SQL that cannot be read
	FileNotice    = "file"    // cannot be read or written
	FlagNotice    = "flag"    // means nothing here
)

// Place is as that of a finding.
func (n Notice) Place() string { return Finding{File: n.File, Line: n.Line, Column: n.Column}.Place() }

// String is the notice as a line for people.
func (n Notice) String() string {
	if n.File != "" {
		n.Message = n.Place() + ": " + n.Message
	}
	return n.unplaced()
}

// unplaced is that line where the place stands beside it.
func (n Notice) unplaced() string {
	if n.Package != "" && n.Kind != TextNotice {
		n.Message = "package " + n.Package + ": " + n.Message
	}
	return OneLine(n.Message)
}

// Slashed names files as every machine does.
func (n Notice) Slashed() Notice {
	n.File = filepath.ToSlash(n.File)
	return n
}
