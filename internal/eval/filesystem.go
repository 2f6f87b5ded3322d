package eval

import (
	"go/ast"
	"go/types"
	"path"
	"strings"

	"github.com/poolvet/poolvet/internal/embedded"
	"github.com/poolvet/poolvet/internal/text"
)

// readFile is what fsys.ReadFile(name) can return: the files that fit what is
// known of the name.
func (e *Evaluator) readFile(fsys, name ast.Expr) []text.Text {
	var ts []text.Text
	for _, f := range e.FileSystems(fsys) {
		v := e.Files.Of(f.V)
		for _, named := range e.names(name) {
			pattern := path.Join(f.Dir, named.Value)
			for _, file := range e.Files.Names(f.V) {
				if fits(pattern, file) {
					ts = e.union(ts, e.Files.Text(v, file))
				}
			}
		}
	}
	return ts
}

// names are the texts of a file's name, which is no part of what is evaluated.
func (e *Evaluator) names(x ast.Expr) (ts []text.Text) {
	ts = e.Texts(x)
	e.beside(func() { ts = e.Everywhere(x) })
	return ts
}

// fits reports whether a file name can be what a pattern with holes becomes.
func fits(pattern, name string) bool {
	parts := strings.Split(pattern, text.HoleText)
	if len(parts) == 1 {
		return pattern == name
	}
	last := len(parts) - 1
	if !strings.HasPrefix(name, parts[0]) || !strings.HasSuffix(name[len(parts[0]):], parts[last]) {
		return false
	}
	rest := name[len(parts[0]) : len(name)-len(parts[last])]
	for _, part := range parts[1:last] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	return true
}

// FileSystem is a folder of an embed.FS.
type FileSystem struct {
	V   *types.Var
	Dir string
}

// FileSystems are the embedded file systems that x can be.
func (e *Evaluator) FileSystems(x ast.Expr) []FileSystem {
	var all []FileSystem
	e.beside(func() { all = e.follow(x, ".", map[step]bool{}) })
	return all
}

// step is one expression on the way to a file system, and the folder below it
// that is meant.
type step struct {
	x   ast.Expr
	dir string
}

// follow goes back from x to the file systems whose folder dir it is, through
// fs.Sub(fsys, dir), http.FS(fsys) and conversions, each expression once.
func (e *Evaluator) follow(x ast.Expr, dir string, seen map[step]bool) []FileSystem {
	x = ast.Unparen(x)
	if at := (step{x, dir}); seen[at] || len(seen) > maxSteps {
		return nil
	} else {
		seen[at] = true
	}
	switch x := x.(type) {
	case *ast.UnaryExpr:
		return e.follow(x.X, dir, seen)
	case *ast.CallExpr:
		if len(x.Args) == 0 {
			return nil
		}
		if f, ok := e.Target(x).(*types.Func); ok && f.Name() == "Sub" && len(x.Args) == 2 {
			if sub, known := e.OneText(x.Args[1]); known {
				dir = path.Join(sub, dir)
			}
		}
		return e.follow(x.Args[0], dir, seen)
	case *ast.Ident, *ast.SelectorExpr:
		v, _ := e.ObjectOf(x).(*types.Var)
		if v == nil {
			return nil
		}
		if embedded.IsFS(v.Type()) && e.Files.Of(v) != nil {
			return []FileSystem{{v, dir}}
		}
		var all []FileSystem
		for _, d := range e.ValuesOf(v) {
			all = append(all, e.follow(d.Expr, dir, seen)...)
		}
		if fn, i, ok := e.Parameter(v.Origin()); ok {
			for _, call := range e.CallsOf(fn) {
				if i < len(call.Args) {
					all = append(all, e.follow(call.Args[i], dir, seen)...)
				}
			}
		}
		return all
	}
	return nil
}
