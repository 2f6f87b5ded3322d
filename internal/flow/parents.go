package flow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// Parent is the node that n stands in, nil of a file. It is asked for many nodes
// of one file, where astutil.PathEnclosingInterval walks down to each anew.
func (f *Flow) Parent(n ast.Node) ast.Node {
	file := f.FileOf(n)
	if file == nil {
		return nil
	}
	parents := f.parents[file]
	if parents == nil {
		parents = parentsIn(file)
		if f.parents == nil {
			f.parents = map[*ast.File]map[ast.Node]ast.Node{}
		}
		f.parents[file] = parents
	}
	return parents[n]
}

// PathTo is the way from n up to its file, n first.
func (f *Flow) PathTo(n ast.Node) (path []ast.Node) {
	for ; n != nil; n = f.Parent(n) {
		path = append(path, n)
	}
	return path
}

// parentsIn is the parent of each node of a file.
func parentsIn(file *ast.File) map[ast.Node]ast.Node {
	parents := map[ast.Node]ast.Node{}
	var open []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			open = open[:len(open)-1]
			return true
		}
		if len(open) > 0 {
			parents[n] = open[len(open)-1]
		}
		open = append(open, n)
		return true
	})
	return parents
}

// Namings are the identifiers that use an object.
func (f *Flow) Namings(obj types.Object) []*ast.Ident {
	if f.naming == nil {
		f.naming = map[types.Object][]*ast.Ident{}
		for id, obj := range f.Info.Uses {
			f.naming[generic(obj)] = append(f.naming[generic(obj)], id)
		}
	}
	return f.naming[generic(obj)]
}

// generic is what obj is an instance of, or obj itself.
func generic(obj types.Object) types.Object {
	switch obj := obj.(type) {
	case *types.Var:
		return obj.Origin()
	case *types.Func:
		return obj.Origin()
	}
	return obj
}

// FileOf is the file of the package that n stands in, or nil. It is asked for by
// the end of n: the beginning of a chain of calls is as far as the chain is long.
func (f *Flow) FileOf(n ast.Node) *ast.File {
	if file := f.fileAt(n.End() - 1); file != nil {
		return file
	}
	return f.fileAt(n.Pos()) // of what is not complete
}

func (f *Flow) fileAt(pos token.Pos) *ast.File {
	i := slices.IndexFunc(f.Pass.Files, func(file *ast.File) bool { return file.FileStart <= pos && pos < file.FileEnd })
	if i < 0 {
		return nil
	}
	return f.Pass.Files[i]
}

// Function is the declared function that n stands in, or nil.
func (f *Flow) Function(n ast.Node) *ast.FuncDecl {
	if fn := f.FunctionAt(n.End() - 1); fn != nil {
		return fn
	}
	return f.FunctionAt(n.Pos())
}

// FunctionAt is Function for a position.
func (f *Flow) FunctionAt(pos token.Pos) *ast.FuncDecl {
	file := f.fileAt(pos)
	if file == nil {
		return nil
	}
	if fn, ok := DeclAt(file, pos).(*ast.FuncDecl); ok && pos < fn.End() {
		return fn
	}
	return nil
}

// DeclAt is the declaration at the top of a file that pos stands in, or at the
// end of, nil for none.
func DeclAt(file *ast.File, pos token.Pos) ast.Decl {
	i, _ := slices.BinarySearchFunc(file.Decls, pos, func(d ast.Decl, pos token.Pos) int { return cmp.Compare(d.End(), pos) })
	if i == len(file.Decls) || pos < file.Decls[i].Pos() {
		return nil
	}
	return file.Decls[i]
}
