package main

import (
	"cmp"
	"slices"
	"strconv"
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
	*effect
}

// effect is what poolvet sql says besides.
type effect struct {
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

// inOrder sorts by place and drops what the variants of a package repeat.
func inOrder(findings []finding) []finding {
	slices.SortFunc(findings, func(a, b finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(findings, func(a, b finding) bool {
		return a.File == b.File && a.Line == b.Line && a.Column == b.Column &&
			a.Rule == b.Rule && a.Message == b.Message
	})
}
