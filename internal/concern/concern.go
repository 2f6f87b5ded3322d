// Package concern says which packages there can be something to say of: of most
// packages of a program that uses a database there is nothing, and they need no
// more than this question.
package concern

import (
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/given"
	"github.com/poolvet/poolvet/internal/hooks"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Any reports whether a package names a function, a variable or a field that runs
// SQL, opens a connection, or of which a fact tells. With no text that matters
// either, nothing can be said of it, and it has nothing to pass on: so are types,
// handlers and generated code. funcs are further functions that take SQL.
func Any(pass *analysis.Pass, named map[types.Object]bool, funcs sqlflow.Funcs) bool {
	told := map[*types.Package]map[string]bool{}
	for obj := range named {
		if sqlflow.Concerns(pass, obj, funcs) {
			return true
		}
		if obj.Pkg() == pass.Pkg {
			continue
		}
		names, ok := told[obj.Pkg()]
		if !ok {
			names = toldOf(pass, obj.Pkg())
			told[obj.Pkg()] = names
		}
		if names[obj.Name()] {
			return true
		}
	}
	return false
}

// Named are the objects that a package names: constants, variables, fields
// and functions of others, and its own functions, which may be the methods of
// an interface that others implement.
func Named(pass *analysis.Pass) map[types.Object]bool {
	named := map[types.Object]bool{}
	for _, obj := range pass.TypesInfo.Uses {
		switch obj.(type) {
		case *types.Func:
		case *types.Var, *types.Const:
			if obj.Pkg() == pass.Pkg {
				continue
			}
		default:
			continue
		}
		if obj.Pkg() != nil {
			named[obj] = true
		}
	}
	return named
}

// toldOf are the last words of the names of which the facts of a package tell
// what calls of them do. What else facts tell is of texts, or of what is only
// asked for where SQL runs.
func toldOf(pass *analysis.Pass, pkg *types.Package) map[string]bool {
	names := map[string]bool{}
	add := func(fact interface {
		analysis.Fact
		About() []string
	}) {
		if pass.ImportPackageFact(pkg, fact) {
			for _, name := range fact.About() {
				names[flow.LastOf(name)] = true
			}
		}
	}
	add(new(hooks.SessionChanges))
	add(new(driver.Connects))
	add(new(given.Helpers))
	return names
}
