package sqlflow

import (
	"go/ast"
	"go/types"
	"path/filepath"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/physical"
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
			if isDatabasePath(imp.Path()) || reaches(imp) {
				return true
			}
		}
		return false
	}
	return isDatabasePath(pkg.Path()) || reaches(pkg)
}

// Touches reports whether a package imports a database library itself.
func Touches(pkg *types.Package) bool {
	for _, imp := range pkg.Imports() {
		if isDatabasePath(imp.Path()) {
			return true
		}
	}
	return false
}

// Dialects tells which files of a package hold SQL for another database.
type Dialects struct {
	pass *analysis.Pass
	pkg  Dialect
	file map[*ast.File]Dialect
}

// NewDialects reads the imports and names of a package's files.
func NewDialects(pass *analysis.Pass) *Dialects {
	d := &Dialects{pass: pass, file: map[*ast.File]Dialect{}}
	for _, file := range pass.Files {
		d.file[file] = importedDialect(file)
		if d.pkg != Postgres && d.file[file] != NoDialect {
			d.pkg = d.file[file]
		}
	}
	return d
}

// IsPostgres reports whether the package imports a driver for PostgreSQL.
func (d *Dialects) IsPostgres() bool { return d.pkg == Postgres }

// importedDialect is PostgreSQL where any import is: a file may serve several.
func importedDialect(file *ast.File) Dialect {
	dialect := NoDialect
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if d := dialectOfImport(path); d == Postgres {
			return d
		} else if d != NoDialect {
			dialect = d
		}
	}
	return dialect
}

// Other reports whether the SQL in a file is for another database: by what the
// file imports, else by its name or folder, else by what its package imports.
func (d *Dialects) Other(file *ast.File) bool {
	if own := d.file[file]; own != NoDialect {
		return own == OtherDialect
	}
	if named := dialectOfName(d.name(file)); named != NoDialect {
		return named == OtherDialect
	}
	return d.pkg == OtherDialect
}

// OtherName reports whether the name of an embedded file, or of a folder that
// it lies in, says that it is for another database.
func (d *Dialects) OtherName(name string) bool {
	return dialectOfName(d.pass.Pkg.Path()+"/"+name) == OtherDialect
}

// name is the file's name behind its package's path: the folders above the
// module are not the project's.
func (d *Dialects) name(file *ast.File) string {
	base := filepath.Base(physical.Position(d.pass.Fset, file.FileStart).Filename)
	return d.pass.Pkg.Path() + "/" + base
}
