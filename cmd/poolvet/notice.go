package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/scanner"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/poolvet/poolvet/analyzer"
)

// A notice says what could not be read, or which flag means nothing.
type notice struct {
	Kind    string `json:"kind"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Package string `json:"package,omitempty"`
	Message string `json:"error"`

	detail string // further lines, for stderr
}

// The kinds of notices. All but ofFlag make the exit status 2.
const (
	ofPackage = "package" // has errors, or cannot be loaded
	ofPanic   = "panic"   // poolvet's own fault, in one package
	ofText    = "text"    // SQL that cannot be read
	ofFile    = "file"    // cannot be read or written
	ofFlag    = "flag"    // means nothing here
)

func (n notice) place() string { return finding{File: n.File, Line: n.Line, Column: n.Column}.place() }

// String is the notice as a line for people.
func (n notice) String() string {
	text := n.Message
	if n.File != "" {
		text = n.place() + ": " + text
	}
	if n.Package != "" && n.Kind != ofText {
		text = "package " + n.Package + ": " + text
	}
	return oneLine(text)
}

func inOrderOf(a, b notice) int {
	return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
}

// tell writes notices to stderr: those that are only about a place in a text
// begin with it, as findings do.
func (s stdio) tell(notices []notice) {
	for _, n := range notices {
		prefix := program + ": "
		if n.Kind == ofText {
			prefix = ""
		}
		fmt.Fprintf(s.err, "%s%s\n%s", prefix, n, n.detail)
	}
}

// packageNotices are what kept a package from being read in full. The first
// error is told, the rest mostly follows from it; a panic is told for itself.
func packageNotices(path, cwd string, errs []error) (all []notice) {
	var first *notice
	more := 0
	for _, err := range errs {
		n := errorNotice(cwd, err)
		n.Package = path
		switch {
		case n.Kind == ofPanic:
			all = append(all, n)
		case first == nil:
			n.Kind, first = ofPackage, &n
		default:
			more++
		}
	}
	if first == nil {
		return all
	}
	if more > 0 {
		first.Message += fmt.Sprintf(" (and %d more)", more)
	}
	return append([]notice{*first}, all...)
}

// errorNotice places an error, as far as it says where it is.
func errorNotice(cwd string, err error) notice {
	n := notice{Kind: ofFile, Message: err.Error()}
	at := func(pos token.Position, message string) {
		n.File, n.Line, n.Column, n.Message = relative(cwd, pos.Filename), pos.Line, pos.Column, message
	}
	var typed types.Error
	var syntax scanner.ErrorList
	var listed packages.Error
	path, isPath := err.(*fs.PathError) // as it is: what wraps one says more
	switch {
	case errors.As(err, &typed):
		at(typed.Fset.Position(typed.Pos), typed.Msg)
	case errors.As(err, &syntax) && len(syntax) > 0:
		at(syntax[0].Pos, syntax[0].Msg)
	case errors.As(err, &listed):
		at(position(listed.Pos), listed.Msg)
	case isPath:
		n.File, n.Message = relative(cwd, path.Path), path.Op+": "+path.Err.Error()
	}
	if before, stack, ok := strings.Cut(n.Message, "\n"); ok && strings.Contains(before, "panic: ") {
		n.Kind, n.Message, n.detail = ofPanic, before, stack
	}
	n.Message = strings.Join(strings.Fields(n.Message), " ")
	return n
}

// position reads file:line:column; what is missing is 0.
func position(s string) (p token.Position) {
	var numbers []int
	for len(numbers) < 2 {
		i := strings.LastIndexByte(s, ':')
		n, err := strconv.Atoi(s[i+1:])
		if i < 0 || err != nil {
			break
		}
		numbers, s = append([]int{n}, numbers...), s[:i]
	}
	p.Filename = s
	if len(numbers) > 0 {
		p.Line = numbers[0]
	}
	if len(numbers) > 1 {
		p.Column = numbers[1]
	}
	return p
}

// textNotice places a text of Go code that could not be read.
func textNotice(fset *token.FileSet, cwd, pkg string, s analyzer.Skipped) notice {
	at := goFinding(fset, cwd, analyzer.Finding{Pos: s.Pos})
	return notice{Kind: ofText, File: at.File, Line: at.Line, Column: at.Column, Package: pkg, Message: "not analysed: " + s.Reason}
}

// slashed names files as every machine does.
func (n notice) slashed() notice {
	n.File = filepath.ToSlash(n.File)
	return n
}
