package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/scanner"
	"go/token"
	"go/types"
	"io/fs"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/output"
)

func inOrderOf(a, b output.Notice) int {
	return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
}

// tell writes notices to stderr: those that are only about a place in a text
// begin with it, as findings do.
func (s stdio) tell(notices []output.Notice) {
	for _, n := range notices {
		prefix := program + ": "
		if n.Kind == output.TextNotice {
			prefix = ""
		}
		fmt.Fprintf(s.err, "%s%s\n%s", prefix, n, n.Detail)
	}
}

// packageNotices are what kept a package from being read in full. The first
// error is told, the rest mostly follows from it; a panic is told for itself.
func packageNotices(path, cwd string, errs []error) (all []output.Notice) {
	var first *output.Notice
	more := 0
	for _, err := range errs {
		n := errorNotice(cwd, err)
		n.Package = path
		switch {
		case n.Kind == output.PanicNotice:
			all = append(all, n)
		case first == nil:
			n.Kind, first = output.PackageNotice, &n
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
	return append([]output.Notice{*first}, all...)
}

// errorNotice places an error, as far as it says where it is.
func errorNotice(cwd string, err error) output.Notice {
	n := output.Notice{Kind: output.FileNotice, Message: err.Error()}
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
		n.Kind, n.Message, n.Detail = output.PanicNotice, before, stack
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
func textNotice(fset *token.FileSet, cwd, pkg string, s analyzer.Skipped) output.Notice {
	at := goFinding(fset, cwd, analyzer.Finding{Pos: s.Pos})
	return output.Notice{Kind: output.TextNotice, File: at.File, Line: at.Line, Column: at.Column, Package: pkg, Message: "not analysed: " + s.Reason}
}
