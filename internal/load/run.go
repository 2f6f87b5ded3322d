package load

import (
	"fmt"
	"go/types"
	"os"
	"path"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// Result is what analyzers made of one package that was read from source.
type Result struct {
	Path       string
	Module     *packages.Module // nil for a package of none
	Report     bool             // a pattern names it: what was found in it is to be shown
	Values     map[*analysis.Analyzer]any
	OtherFiles int     // Go files of other build tags or systems
	Errors     []error // what kept the package from being analysed, or from being analysed in full
}

// Run applies the analyzers, and those that they require, to every package
// read from source, dependencies first and as many at once as there are
// processors. It calls each as packages are done, one at a time, in no
// particular order. A package's syntax is dropped after that.
func (p *Program) Run(analyzers []*analysis.Analyzer, each func(*Result)) {
	r := &runner{program: p, analyzers: closure(analyzers), facts: newFacts(), each: each}
	var late []*node
	for _, n := range p.order {
		switch {
		case n.source || n.hasSource:
			late = append(late, n)
		case n.needed:
			p.readExport(n)
		}
	}
	schedule(late, r.do)
}

// closure adds what analyzers require, requirements first.
func closure(analyzers []*analysis.Analyzer) (all []*analysis.Analyzer) {
	var add func(a *analysis.Analyzer)
	add = func(a *analysis.Analyzer) {
		if slices.Contains(all, a) {
			return
		}
		for _, req := range a.Requires {
			add(req)
		}
		all = append(all, a)
	}
	for _, a := range analyzers {
		add(a)
	}
	return all
}

// schedule calls do for each node, after all of its dependencies among nodes.
func schedule(nodes []*node, do func(*node)) {
	waits := make(map[*node]int, len(nodes)) // dependencies that are not done
	importers := make(map[*node][]*node)
	for _, n := range nodes {
		waits[n] = 0
	}
	ready := make(chan *node, len(nodes))
	for _, n := range nodes {
		for _, dep := range n.deps {
			if _, ok := waits[dep]; ok {
				waits[n]++
				importers[dep] = append(importers[dep], n)
			}
		}
		if waits[n] == 0 {
			ready <- n
		}
	}
	var mu sync.Mutex
	left := len(nodes)
	done := func(n *node) {
		mu.Lock()
		defer mu.Unlock()
		for _, imp := range importers[n] {
			if waits[imp]--; waits[imp] == 0 {
				ready <- imp
			}
		}
		if left--; left == 0 {
			close(ready)
		}
	}
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(nodes)) {
		wg.Go(func() {
			for n := range ready {
				do(n)
				done(n)
			}
		})
	}
	wg.Wait()
}

type runner struct {
	program   *Program
	analyzers []*analysis.Analyzer
	facts     *facts
	each      func(*Result)
	one       sync.Mutex // held while each is called

	// exports is held for reading by all that looks at types, and for
	// writing while export data that builds on a package read from source
	// is added to them.
	exports sync.RWMutex
}

func (r *runner) do(n *node) {
	if !n.source {
		if n.needed {
			r.exports.Lock()
			defer r.exports.Unlock()
			r.program.readExport(n)
		}
		return
	}
	res := r.analyze(n)
	r.one.Lock()
	defer r.one.Unlock()
	r.each(res)
}

func (r *runner) analyze(n *node) *Result {
	r.exports.RLock()
	defer r.exports.RUnlock()
	c := r.program.parse(n)
	r.program.check(n, c, r.wantsBodies(n, c))
	if n.meta.ForTest == "" && n.types != nil {
		r.share(n)
	}
	res := &Result{Path: n.meta.PkgPath, Module: n.meta.Module, Report: n.report, OtherFiles: n.otherFiles(), Values: make(map[*analysis.Analyzer]any), Errors: c.errs}
	if n.types == nil {
		return res
	}
	for _, a := range r.analyzers {
		v, err := r.pass(n, c, a, res.Values)
		if err != nil {
			if _, ok := err.(*Panic); !ok {
				err = fmt.Errorf("%s: %w", a.Name, err)
			}
			res.Errors = slices.Insert(res.Errors, 0, err) // the first is told
			break
		}
		res.Values[a] = v
	}
	return res
}

// wantsBodies asks Program.Bodies of a package that compiled. Where it panics, that is
// told, and the answer is yes.
func (r *runner) wantsBodies(n *node, c *checked) (wants bool) {
	if r.program.Bodies == nil || len(c.errs) > 0 || n.meta.ExportFile == "" {
		return true
	}
	pass := r.newPass(n, c, r.analyzers[len(r.analyzers)-1], nil)
	pass.Pkg = types.NewPackage(n.meta.PkgPath, n.meta.Name)
	var imports []*types.Package
	for _, dep := range n.deps {
		if dep.types == nil {
			return true
		}
		imports = append(imports, dep.types)
	}
	pass.Pkg.SetImports(imports)
	defer func() {
		if x := recover(); x != nil {
			c.errs, wants = append(c.errs, panicked("what asks for bodies", x)), true
		}
	}()
	return r.program.Bodies(pass)
}

// share lets export data that is read later refer to a package read from source.
func (r *runner) share(n *node) {
	r.one.Lock()
	defer r.one.Unlock()
	r.program.shared[n.meta.PkgPath] = n.types
}

// Panic is the error of an analyzer that panicked over a package.
type Panic struct {
	Analyzer string // or what else panicked
	Value    any
	At       string // where, in the analyzer's code: "report.go:97"
	Stack    []byte
}

func (p *Panic) Error() string {
	return fmt.Sprintf("%s panicked at %s: %v (please report this)", p.Analyzer, p.At, p.Value)
}

// panicked is told of a panic that was recovered just now.
func panicked(who string, value any) *Panic {
	p := &Panic{Analyzer: who, Value: value, At: "an unknown place", Stack: debug.Stack()}
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	raised := false
	for {
		f, more := frames.Next()
		// Below the panic, the first that is no part of the runtime.
		if raised && !strings.HasPrefix(f.Function, "runtime.") {
			p.At = fmt.Sprintf("%s:%d", path.Join(path.Base(path.Dir(f.File)), path.Base(f.File)), f.Line)
			return p
		}
		raised = raised || f.Function == "runtime.gopanic"
		if !more {
			return p
		}
	}
}

// pass applies one analyzer to one package. A panic becomes an error, so that
// the other packages are still reported on.
func (r *runner) pass(n *node, c *checked, a *analysis.Analyzer, values map[*analysis.Analyzer]any) (v any, err error) {
	if len(c.errs) > 0 && !a.RunDespiteErrors {
		return nil, fmt.Errorf("not run, as the package has errors")
	}
	defer func() {
		if x := recover(); x != nil {
			err = panicked(a.Name, x)
		}
	}()
	v, err = a.Run(r.newPass(n, c, a, values))
	if err == nil && a.ResultType != nil && reflect.TypeOf(v) != a.ResultType {
		err = fmt.Errorf("result is a %T, not a %v", v, a.ResultType)
	}
	return v, err
}

func (r *runner) newPass(n *node, c *checked, a *analysis.Analyzer, values map[*analysis.Analyzer]any) *analysis.Pass {
	pass := &analysis.Pass{
		Analyzer:     a,
		Fset:         r.program.Fset,
		Files:        c.files,
		OtherFiles:   n.meta.OtherFiles,
		IgnoredFiles: n.meta.IgnoredFiles,
		Pkg:          n.types,
		TypesInfo:    c.info,
		TypesSizes:   n.meta.TypesSizes,
		TypeErrors:   c.typed,
		ResultOf:     make(map[*analysis.Analyzer]any),
		Report:       func(analysis.Diagnostic) {}, // results carry more
		ReadFile:     os.ReadFile,
	}
	if m := n.meta.Module; m != nil {
		pass.Module = &analysis.Module{Path: m.Path, Version: m.Version, GoVersion: m.GoVersion}
	}
	for _, req := range a.Requires {
		pass.ResultOf[req] = values[req]
	}
	r.facts.bind(pass, n)
	return pass
}
