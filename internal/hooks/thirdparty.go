package hooks

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// What a library of others does to the session by itself is found by the facts
// of its functions, where no row says so. What the program's own packages do is
// reported where it stands.

// byOthers reports the calls that change the session by a library's code, and
// such functions as they are handed to calls; but not in functions that a hook
// runs, where the hook is told of.
func (h *Hooks) byOthers(pass *analysis.Pass) (sites []driver.Site) {
	note := func(fn *types.Func, name string, at ast.Expr, runs *ast.CallExpr) {
		if fn == nil || fn.Pkg() == nil || !isOthers(pass, fn.Pkg()) {
			return
		}
		change := foreign(pass, fn)
		if change == nil {
			return
		}
		if _, hooked := h.Of(at.Pos()); hooked {
			return
		}
		e := change.effect
		e.Words = name + " runs " + e.Words
		sites = append(sites, driver.Site{Effect: e, Pos: at.Pos(), End: at.End(), Runs: runs, Brief: true, Remedy: "give it a direct connection"})
	}
	for _, call := range h.flow.Calls() {
		note(h.flow.Callee(call), flow.Called(call), call.Fun, call)
		for _, arg := range call.Args {
			if fn := functionOf(pass.TypesInfo, arg); fn != nil {
				note(fn, types.ExprString(arg), arg, nil)
			}
		}
	}
	return sites
}

// isOthers reports whether a package is of another module, and none that the
// tables know.
func isOthers(pass *analysis.Pass, pkg *types.Package) bool {
	if library.IsDatabase(pkg.Path()) {
		return false
	}
	own := pass.Pkg.Path()
	if pass.Module != nil && pass.Module.Path != "" {
		own = pass.Module.Path
	} else if parts := strings.SplitN(own, "/", 4); len(parts) > 3 {
		own = strings.Join(parts[:3], "/")
	}
	return pkg.Path() != own && !strings.HasPrefix(pkg.Path(), own+"/")
}
