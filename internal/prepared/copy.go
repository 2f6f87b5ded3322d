package prepared

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// COPY is no prepared statement: lib/pq sends it as a query, whatever way
// pq.CopyIn(…) takes to Prepare.

// CopyTexts is the fact of a package: which of its functions and variables are
// the text of a COPY, sorted.
type CopyTexts struct{ Names []string }

func (*CopyTexts) AFact() {}

func (c *CopyTexts) String() string { return fmt.Sprintf("copyTexts(%d)", len(c.Names)) }

// isCopy reports whether x is, or may be, the text of a COPY.
func (f *finder) isCopy(x ast.Expr) bool {
	for _, t := range f.flow.AllTexts(x) {
		if text := strings.TrimSpace(t.Value); len(text) >= 4 && strings.EqualFold(text[:4], "copy") {
			return true
		}
	}
	o := f.values().Origin(x)
	for _, m := range o.Made {
		if call, ok := m.(*ast.CallExpr); ok && f.makesCopy(f.flow.Callee(call)) {
			return true
		}
	}
	v, ok := f.flow.ObjectOf(x).(*types.Var)
	return ok && f.isCopyOf(v.Pkg(), v.Name())
}

// makesCopy reports whether a function of another package returns a COPY.
func (f *finder) makesCopy(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	if fn.Pkg().Path() == library.PqPath {
		return fn.Name() == "CopyIn" || fn.Name() == "CopyInSchema"
	}
	return f.isCopyOf(fn.Pkg(), flow.NameOf(fn))
}

func (f *finder) isCopyOf(pkg *types.Package, name string) bool {
	var fact CopyTexts
	if pkg == nil || pkg == f.pass.Pkg || !f.pass.ImportPackageFact(pkg, &fact) {
		return false
	}
	_, found := slices.BinarySearch(fact.Names, name)
	return found
}

// exportCopies makes the fact of a package that can name pq.CopyIn.
func (f *finder) exportCopies() {
	if !f.imports(library.PqPath) {
		return
	}
	var fact CopyTexts
	for _, file := range f.pass.Files {
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				fn, ok := f.pass.TypesInfo.Defs[decl.Name].(*types.Func)
				if ok && decl.Name.IsExported() && fn.Signature().Results().Len() > 0 &&
					flow.IsString(fn.Signature().Results().At(0).Type()) && slices.ContainsFunc(f.flow.Returns(decl, 0), f.isCopy) {
					fact.Names = append(fact.Names, flow.NameOf(fn))
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					fact.Names = append(fact.Names, f.copyVars(spec)...)
				}
			}
		}
	}
	if len(fact.Names) > 0 {
		slices.Sort(fact.Names)
		f.pass.ExportPackageFact(&fact)
	}
}

func (f *finder) copyVars(spec ast.Spec) (names []string) {
	vars, ok := spec.(*ast.ValueSpec)
	if !ok || len(vars.Names) != len(vars.Values) {
		return nil
	}
	for i, name := range vars.Names {
		if name.IsExported() && f.isCopy(vars.Values[i]) {
			names = append(names, name.Name)
		}
	}
	return names
}

// imports reports whether the package imports this one.
func (f *finder) imports(path string) bool {
	return slices.ContainsFunc(f.pass.Pkg.Imports(), func(imp *types.Package) bool { return imp.Path() == path })
}
