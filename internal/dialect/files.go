package dialect

import (
	"go/ast"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/physical"
)

// Files tells which files of a package hold SQL for another database.
type Files struct {
	pass *analysis.Pass
	pkg  Dialect
	file map[*ast.File]Dialect
}

// NewFiles reads the imports and names of a package's files.
func NewFiles(pass *analysis.Pass) *Files {
	d := &Files{pass: pass, file: map[*ast.File]Dialect{}}
	for _, file := range pass.Files {
		d.file[file] = importedDialect(file)
		if d.pkg != Postgres && d.file[file] != None {
			d.pkg = d.file[file]
		}
	}
	return d
}

// IsPostgres reports whether the package imports a driver for PostgreSQL.
func (d *Files) IsPostgres() bool { return d.pkg == Postgres }

// importedDialect is PostgreSQL where any import is: a file may serve several.
func importedDialect(file *ast.File) Dialect {
	dialect := None
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if d := OfImport(path); d == Postgres {
			return d
		} else if d != None {
			dialect = d
		}
	}
	return dialect
}

// Other reports whether the SQL in a file is for another database: by what the
// file imports, else by its name or folder, else by what its package imports.
func (d *Files) Other(file *ast.File) bool {
	if own := d.file[file]; own != None {
		return own == Other
	}
	if named := ofFile(d.name(file)); named != None {
		return named == Other
	}
	return d.pkg == Other
}

// Cockroach reports whether a file's name or folder says that it is for
// CockroachDB, whatever it imports. That its module is called so, or is of an
// owner called so, does not.
func (d *Files) Cockroach(file *ast.File) bool {
	path := d.name(file)
	if d.pass.Module != nil {
		path = strings.TrimPrefix(path, d.pass.Module.Path+"/")
	}
	named, name := nearest(path)
	return named == Other && containsAny(name, cockroachWords)
}

// OtherName reports whether the name of an embedded file, or of a folder that
// it lies in, says that it is for another database.
func (d *Files) OtherName(name string) bool {
	return ofFile(d.pass.Pkg.Path()+"/"+name) == Other
}

// name is the file's name behind its package's path: the folders above the
// module are not the project's.
func (d *Files) name(file *ast.File) string {
	base := filepath.Base(physical.Position(d.pass.Fset, file.FileStart).Filename)
	return d.pass.Pkg.Path() + "/" + base
}
