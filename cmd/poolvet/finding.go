package main

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/poolvet/poolvet/internal/pooler"
)

// finding is one finding with its place in a file, as JSON gives it. Lines and
// columns count from 1, columns in bytes.
type finding struct {
	Rule      string `json:"rule"`
	Outcome   string `json:"outcome"`
	Evidence  string `json:"evidence"`
	Pooler    string `json:"pooler"`
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Message   string `json:"message"`
	Remedy    string `json:"remedy"`
	Reference string `json:"reference"`

	Package  string        `json:"package,omitempty"`
	Function string        `json:"function,omitempty"` // or the SQL file
	Fix      *suggestedFix `json:"fix,omitempty"`
	*subject

	text string // what in the code: the message up to its colon
}

// suggestedFix is an edit that keeps what the program means.
type suggestedFix struct {
	Title string     `json:"title"`
	Edits []textEdit `json:"edits"`
}

// textEdit puts a text in the place of another.
type textEdit struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	NewText   string `json:"newText"`
}

// subject is what poolvet sql says besides.
type subject struct {
	Object string `json:"object"`
	Scope  string `json:"scope"`
}

// place is file:line:column, as far as it is known: a //line comment may leave
// no column.
func (f finding) place() string {
	place := f.File
	for _, n := range []int{f.Line, f.Column} {
		if n > 0 {
			place += ":" + strconv.Itoa(n)
		}
	}
	return place
}

// severity is how bad an outcome is. Other clients are met by what leaks and
// by wrong rows, and a refusal stops the program; the rest costs its own
// client alone. What no one is certain of is no error.
func (f finding) severity() string {
	certain := f.Evidence != string(pooler.Contested) && f.Evidence != string(pooler.Inferred)
	switch pooler.Outcome(f.Outcome) {
	case pooler.OK:
		return "none"
	case pooler.WrongRows, pooler.Leaks, pooler.Refused:
		if certain {
			return "error"
		}
	}
	return "warning"
}

// inOrder sorts by place and drops what the variants of a package repeat.
func inOrder(findings []finding) []finding {
	slices.SortFunc(findings, func(a, b finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Package, b.Package), // of an embedded file that several run
			cmp.Compare(a.Function, b.Function),
		)
	})
	return slices.CompactFunc(findings, func(a, b finding) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column &&
			a.Rule == b.Rule && a.Message == b.Message
	})
}
