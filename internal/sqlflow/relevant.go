package sqlflow

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/dialect"
	"github.com/poolvet/poolvet/internal/library"
)

// Reaches reports whether a package imports a database library, itself or
// through others: any other package has no SQL, and costs nothing more.
func Reaches(pkg *types.Package) bool {
	seen := map[*types.Package]bool{}
	var reaches func(p *types.Package) bool
	reaches = func(p *types.Package) bool {
		if seen[p] {
			return false
		}
		seen[p] = true
		for _, imp := range p.Imports() {
			if library.IsDatabase(imp.Path()) || reaches(imp) {
				return true
			}
		}
		return false
	}
	return library.IsDatabase(pkg.Path()) || reaches(pkg)
}

// Touches reports whether a package imports a database library itself.
func Touches(pkg *types.Package) bool {
	for _, imp := range pkg.Imports() {
		if library.IsDatabase(imp.Path()) {
			return true
		}
	}
	return false
}

// Concerns reports whether a package that names obj may run SQL, open a
// connection or pass on what does: by a database library, whose types alone do
// nothing, by its shape, by a fact or as one of funcs.
func Concerns(pass *analysis.Pass, obj types.Object, funcs Funcs) bool {
	v, isVar := obj.(*types.Var)
	switch {
	case obj.Pkg() != pass.Pkg && library.IsDatabase(obj.Pkg().Path()) && IsActive(obj), funcs.Of(obj) != nil:
		return true
	case isVar:
		return v.IsField() && pass.ImportObjectFact(v, new(CarriesSQL))
	}
	fn, isFunc := obj.(*types.Func)
	if !isFunc {
		return false
	}
	for p := range fn.Signature().Params().Variables() {
		if pass.ImportObjectFact(p, new(CarriesSQL)) {
			return true
		}
	}
	_, ok := shapeSink(fn)
	return ok
}

// IsActive reports whether obj, of a database library, may do something. Of
// database/sql there is much that only holds or reads values: NullString, Scanner,
// Rows and their like, ErrNoRows. Packages of types name them, which run nothing.
func IsActive(obj types.Object) bool {
	if obj.Pkg() == nil || obj.Pkg().Path() != library.SQLPath {
		return true
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	owner := receiverName(fn)
	return owner == "" || owner == "Stmt" || library.Of(library.SQLPath).Handles[owner] != UnknownHandle
}

// MayWrap reports whether a package with these imports may have functions that
// pass SQL on to a database library: it imports one, and is none that the sink
// table knows, nor of another database. Its source tells which functions they are.
func MayWrap(path string, imports []string) bool {
	return !library.IsDatabase(path) && dialect.OfImport(path) != dialect.Other && slices.ContainsFunc(imports, library.IsDatabase)
}
