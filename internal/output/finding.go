package output

import (
	"cmp"
	"slices"
	"strconv"
)

// Finding is one finding with its place in a file, as JSON gives it. Lines and
// columns count from 1, columns in bytes.
type Finding struct {
	Rule      string `json:"rule"`
	Level     Level  `json:"level,omitempty"` // once the report is ended
	Outcome   string `json:"outcome"`
	Evidence  string `json:"evidence"`
	Pooler    string `json:"pooler"`
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Message   string `json:"message"`
	// Conditional: what it hangs on stands in the message, as in "unless another
	// connection string is given".
	Conditional bool   `json:"conditional"`
	Remedy      string `json:"remedy"`
	Reference   string `json:"reference"`

	Package  string        `json:"package,omitempty"`
	Function string        `json:"function,omitempty"` // or the SQL file
	Fix      *SuggestedFix `json:"fix,omitempty"`
	Related  []Related     `json:"relatedInformation,omitempty"`
	Assumed  string        `json:"assumed,omitempty"` // of the tool that runs a file of SQL
	*Subject

	Text string `json:"-"` // what in the code: the message up to its colon
}

// Related is a place that the finding leads to: of a statement that calls a
// function, where that is defined, and what in it changes the session.
type Related struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// SuggestedFix is an edit that keeps what the program means.
type SuggestedFix struct {
	Title string     `json:"title"`
	Edits []TextEdit `json:"edits"`
}

// TextEdit puts a text in the place of another.
type TextEdit struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	NewText   string `json:"newText"`
}

// Subject is what poolvet sql says besides.
type Subject struct {
	Object string `json:"object"`
	Scope  string `json:"scope"`
}

// Place is file:line:column, as far as it is known: a //line comment may leave
// no column.
func (f Finding) Place() string { return placed(f.File, f.Line, f.Column) }

func placed(place string, line, column int) string {
	for _, n := range []int{line, column} {
		if n > 0 {
			place += ":" + strconv.Itoa(n)
		}
	}
	return place
}

// InOrder sorts by place and drops what the variants of a package repeat.
func InOrder(findings []Finding) []Finding {
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			ByPlace(a, b),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Package, b.Package), // of an embedded file that several run
			cmp.Compare(a.Function, b.Function),
		)
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column &&
			a.Rule == b.Rule && a.Message == b.Message
	})
}

func ByPlace(a, b Finding) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
