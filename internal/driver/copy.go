package driver

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
)

// COPY is no prepared statement: lib/pq sends it as a query, whatever way
// pq.CopyIn(…) takes to Prepare.

// CopyTexts is the fact of a package: which of its functions and variables are
// the text of a COPY, sorted.
type CopyTexts struct{ Names []string }

func (*CopyTexts) AFact() {}

func (f *CopyTexts) String() string { return fmt.Sprintf("copyTexts(%d)", len(f.Names)) }

// isCopy reports whether x is, or may be, the text of a COPY.
func (s *scan) isCopy(x ast.Expr) bool {
	for _, t := range s.flow.AllTexts(x) {
		if text := strings.TrimSpace(t.Value); len(text) >= 4 && strings.EqualFold(text[:4], "copy") {
			return true
		}
	}
	s.needValues()
	o := s.Origin(x)
	for _, m := range o.Made {
		if call, ok := m.(*ast.CallExpr); ok && s.makesCopy(s.flow.Callee(call)) {
			return true
		}
	}
	v, ok := s.flow.ObjectOf(x).(*types.Var)
	return ok && s.isCopyOf(v.Pkg(), v.Name())
}

// makesCopy reports whether a function of another package returns a COPY.
func (s *scan) makesCopy(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	if fn.Pkg().Path() == pqPath {
		return fn.Name() == "CopyIn" || fn.Name() == "CopyInSchema"
	}
	return s.isCopyOf(fn.Pkg(), flow.NameOf(fn))
}

func (s *scan) isCopyOf(pkg *types.Package, name string) bool {
	var fact CopyTexts
	if pkg == nil || pkg == s.pass.Pkg || !s.pass.ImportPackageFact(pkg, &fact) {
		return false
	}
	_, found := slices.BinarySearch(fact.Names, name)
	return found
}

// exportCopies makes the fact of a package that can name pq.CopyIn.
func (s *scan) exportCopies() {
	if !s.imports(pqPath) {
		return
	}
	var fact CopyTexts
	for _, f := range s.pass.Files {
		for _, decl := range f.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				fn, ok := s.pass.TypesInfo.Defs[decl.Name].(*types.Func)
				if ok && decl.Name.IsExported() && fn.Signature().Results().Len() > 0 &&
					isString(fn.Signature().Results().At(0).Type()) && slices.ContainsFunc(s.flow.Returns(decl, 0), s.isCopy) {
					fact.Names = append(fact.Names, flow.NameOf(fn))
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					fact.Names = append(fact.Names, s.copyVars(spec)...)
				}
			}
		}
	}
	if len(fact.Names) > 0 {
		slices.Sort(fact.Names)
		s.pass.ExportPackageFact(&fact)
	}
}

func (s *scan) copyVars(spec ast.Spec) (names []string) {
	vars, ok := spec.(*ast.ValueSpec)
	if !ok || len(vars.Names) != len(vars.Values) {
		return nil
	}
	for i, name := range vars.Names {
		if name.IsExported() && s.isCopy(vars.Values[i]) {
			names = append(names, name.Name)
		}
	}
	return names
}

// imports reports whether the package imports this one.
func (s *scan) imports(path string) bool {
	return slices.ContainsFunc(s.pass.Pkg.Imports(), func(imp *types.Package) bool { return imp.Path() == path })
}
