package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/physical"
)

// behindParse sets the mode of pgx v5 on the configuration, behind the
// handling of the error of ParseConfig.
func (c *siteChange) behindParse(value string) bool {
	call := c.set.Call
	if _, says := c.set.DSN.Get(c.set.Key); says || c.set.Key != "default_query_exec_mode" || call == nil {
		return false
	}
	file := c.file(call.Pos())
	assign, check := handled(call, c.SQL.Flow.PathTo(call))
	if check == nil {
		return false
	}
	config, ok := assign.Lhs[0].(*ast.Ident)
	if !ok || config.Name == "_" {
		return false
	}
	field := ".DefaultQueryExecMode"
	switch t := c.Pass.TypesInfo.TypeOf(config); {
	case flow.IsNamed(t, library.Pgx5Path+".ConnConfig"):
	case flow.IsNamed(t, library.Pgxpool5Path+".Config"):
		field = ".ConnConfig" + field
	default:
		return false
	}
	name, ok := c.importPgx(file, check.End())
	if !ok {
		return false
	}
	indent := strings.Repeat("\t", physical.Position(c.Pass.Fset, assign.Pos()).Column-1)
	return c.add(check.End(), check.End(), "\n"+indent+config.Name+field+" = "+name+"."+goModes[value])
}

// handled is the statement that assigns what a call returns, and the one behind
// it that returns where there is an error.
func handled(call *ast.CallExpr, path []ast.Node) (*ast.AssignStmt, *ast.IfStmt) {
	for i, n := range path {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			continue
		}
		block, ok := path[i+1].(*ast.BlockStmt)
		if !ok || len(assign.Lhs) != 2 || assign.Rhs[0] != call {
			break
		}
		k := slices.Index(block.List, ast.Stmt(assign))
		if k+1 >= len(block.List) {
			break
		}
		check, ok := block.List[k+1].(*ast.IfStmt)
		if ok && check.Init == nil && check.Else == nil && types.ExprString(check.Cond) == types.ExprString(assign.Lhs[1])+" != nil" && leaves(check.Body) {
			return assign, check
		}
		break
	}
	return nil, nil
}

// leaves reports whether a block ends in a return, a panic or an exit.
func leaves(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	switch s := body.List[len(body.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		name := ""
		if ok {
			name = types.ExprString(call.Fun)
		}
		return name == "panic" || name == "os.Exit" || strings.Contains(name, ".Fatal") || strings.Contains(name, ".Panic")
	}
	return false
}

const pgxPath = `"` + library.Pgx5Path + `"`

// importPgx is the name of pgx at pos, whose import is added where the file has
// none.
func (c *siteChange) importPgx(file *ast.File, pos token.Pos) (name string, ok bool) {
	scope := c.Pass.TypesInfo.Scopes[file]
	if scope == nil || scope.Innermost(pos) == nil {
		return "", false
	}
	var beside *ast.ImportSpec
	for _, spec := range file.Imports {
		if spec.Path.Value == pgxPath {
			name = "pgx"
			if spec.Name != nil {
				name = spec.Name.Name
			}
			_, obj := scope.Innermost(pos).LookupParent(name, pos)
			_, isPkg := obj.(*types.PkgName)
			return name, isPkg
		}
		if strings.HasPrefix(spec.Path.Value, strings.TrimSuffix(pgxPath, `"`)) && beside == nil {
			beside = spec
		}
	}
	if _, obj := scope.Innermost(pos).LookupParent("pgx", pos); obj != nil || beside == nil || c.Pass.Pkg.Scope().Lookup("pgx") != nil {
		return "", false
	}
	for _, decl := range file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || beside.Pos() < d.Pos() || d.End() < beside.End() {
			continue
		}
		before := "import " + pgxPath + "\n"
		at := d.Pos()
		if d.Lparen.IsValid() {
			before, at = pgxPath+"\n\t", beside.Pos()
		}
		return "pgx", c.add(at, at, before)
	}
	return "", false
}
