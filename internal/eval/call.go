package eval

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// call is the text that a call returns.
func (e *Evaluator) call(x *ast.CallExpr) []text.Text {
	if tv, ok := e.Info.Types[x.Fun]; ok && tv.IsType() && len(x.Args) == 1 {
		if t := e.Info.TypeOf(x.Args[0]); t != nil && e.Carries(t) {
			return e.Texts(x.Args[0]) // string(b), []byte(s), query(s)
		}
		return nil
	}
	if id, ok := ast.Unparen(x.Fun).(*ast.Ident); ok {
		if _, ok := e.Info.Uses[id].(*types.Builtin); ok {
			return e.collected(x)
		}
	}
	return e.result(x, 0)
}

type textFunc func(*Evaluator, *ast.CallExpr) []text.Text

// passesOn is how a function or method of another package, known to keep the
// words, makes text of its arguments; nil for others.
func passesOn(f *types.Func) textFunc {
	switch {
	case f.Pkg() == nil:
		return nil
	case f.Signature().Recv() == nil:
		return function(f.Pkg().Path() + "." + f.Name())
	}
	if f.Pkg().Path() == "net/url" {
		switch flow.NameOf(f) {
		case "URL.String":
			return (*Evaluator).urlString
		case "Values.Encode":
			return (*Evaluator).encoded
		}
	}
	return method(f.Pkg().Path(), f.Name())
}

func function(name string) textFunc {
	switch name {
	case "fmt.Sprintf", "fmt.Sprint", "fmt.Sprintln",
		"github.com/MakeNowJust/heredoc.Docf", "github.com/MakeNowJust/heredoc/v2.Docf":
		return func(e *Evaluator, x *ast.CallExpr) []text.Text { return e.print(x, x.Args) }
	case "fmt.Appendf":
		return func(e *Evaluator, x *ast.CallExpr) []text.Text { return e.print(x, x.Args[1:]) }
	case "cmp.Or":
		return anyArgument
	case "strings.Join":
		return (*Evaluator).joined
	case "path.Join", "path/filepath.Join":
		return (*Evaluator).pathJoined
	case "strings.Repeat":
		return (*Evaluator).repeated
	case "strings.Replace", "strings.ReplaceAll", "bytes.Replace", "bytes.ReplaceAll":
		return (*Evaluator).replaced
	case "io/fs.ReadFile":
		return func(e *Evaluator, x *ast.CallExpr) []text.Text { return e.readFile(x.Args[0], x.Args[1]) }
	case "strings.TrimSpace", "strings.Trim", "strings.TrimLeft", "strings.TrimRight", "strings.TrimPrefix",
		"strings.TrimSuffix", "strings.Clone", "strings.ToUpper", "strings.ToLower", "strings.NewReader",
		"bytes.TrimSpace", "bytes.Trim", "bytes.Clone", "bytes.NewReader", "bytes.NewBuffer", "bytes.NewBufferString",
		"io.ReadAll", "os.ExpandEnv", "text/template.Must", "html/template.Must",
		// These rewrite placeholders or indentation.
		"github.com/jmoiron/sqlx.In", "github.com/jmoiron/sqlx.Named", "github.com/vinovest/sqlx.In", "github.com/vinovest/sqlx.Named",
		"github.com/MakeNowJust/heredoc.Doc", "github.com/MakeNowJust/heredoc/v2.Doc",
		"github.com/lithammer/dedent.Dedent":
		return first
	case "strings.Map", "github.com/jmoiron/sqlx.Rebind", "github.com/vinovest/sqlx.Rebind":
		return second
	}
	return nil
}

func method(pkg, name string) textFunc {
	switch name {
	case "String", "Bytes":
		if pkg == "strings" || pkg == "bytes" {
			return receiver
		}
	case "Replace": // of a strings.Replacer
		if pkg == "strings" {
			return (*Evaluator).replacer
		}
	case "Parse":
		if pkg == "text/template" || pkg == "html/template" {
			return first
		}
	case "ReadFile": // of an embed.FS, or of what it is passed on as
		return func(e *Evaluator, x *ast.CallExpr) []text.Text {
			sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
			if !ok || len(x.Args) != 1 {
				return nil
			}
			return e.readFile(sel.X, x.Args[0])
		}
	case "Rebind": // of sqlx, bun and many projects' own
		return first
	}
	return nil
}
func first(e *Evaluator, x *ast.CallExpr) []text.Text  { return e.argument(x, 0) }
func second(e *Evaluator, x *ast.CallExpr) []text.Text { return e.argument(x, 1) }

func (e *Evaluator) argument(x *ast.CallExpr, i int) []text.Text {
	if i >= len(x.Args) {
		return nil
	}
	return e.Texts(x.Args[i])
}

func anyArgument(e *Evaluator, x *ast.CallExpr) []text.Text {
	var ts []text.Text
	for _, arg := range x.Args {
		ts = e.union(ts, e.Texts(arg))
	}
	return ts
}

func receiver(e *Evaluator, x *ast.CallExpr) []text.Text {
	sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr)
	if !ok || !e.Carries(e.Info.TypeOf(sel.X)) {
		return nil
	}
	return e.Texts(sel.X)
}

// print is what fmt.Sprintf, Sprint, Sprintln or their like make of args.
func (e *Evaluator) print(x *ast.CallExpr, args []ast.Expr) []text.Text {
	f, _ := e.Target(x).(*types.Func)
	if len(args) == 0 || f == nil {
		return nil
	}
	if strings.HasSuffix(f.Name(), "f") {
		var ts []text.Text
		for _, format := range e.Texts(args[0]) {
			ts = e.union(ts, e.Formatted(format.AsFormat(), args[1:], x.Ellipsis.IsValid()))
		}
		return ts
	}
	var operands [][]text.Text
	line := strings.HasSuffix(f.Name(), "ln")
	for i, arg := range args {
		if i > 0 && line {
			operands = append(operands, []text.Text{text.Opaque(x, " ")})
		}
		operands = append(operands, e.Texts(arg))
	}
	if line {
		operands = append(operands, []text.Text{text.Opaque(x, "\n")})
	}
	return e.product(operands)
}

// joined is strings.Join of a list and a separator.
func (e *Evaluator) joined(x *ast.CallExpr) []text.Text {
	lit := e.Literal(x.Args[0])
	sep := e.Texts(x.Args[1])
	if lit == nil {
		// How many there are is not known: one, and perhaps more.
		elements := e.elements(x.Args[0])
		ts := e.product([][]text.Text{elements, sep, {text.HoleAt(x)}})
		if len(elements) > 1 {
			return append(slices.Clip(ts), e.chained(elements, sep)...)
		}
		return ts
	}
	operands := make([][]text.Text, 0, 2*len(lit.Elts))
	for i, elt := range lit.Elts {
		if i > 0 {
			operands = append(operands, sep)
		}
		operands = append(operands, e.Texts(elt))
	}
	return e.product(operands)
}

// pathJoined is path.Join of its arguments, with holes kept.
func (e *Evaluator) pathJoined(x *ast.CallExpr) []text.Text {
	var operands [][]text.Text
	for i, arg := range x.Args {
		if i > 0 {
			operands = append(operands, []text.Text{text.Opaque(x, "/")})
		}
		operands = append(operands, e.Texts(arg))
	}
	return e.product(operands)
}

// chained joins every element that a slice is known to get, in order.
func (e *Evaluator) chained(elements, sep []text.Text) []text.Text {
	var operands [][]text.Text
	for i, t := range elements {
		if i > 0 {
			operands = append(operands, sep)
		}
		operands = append(operands, []text.Text{t})
	}
	return e.product(operands)
}

func (e *Evaluator) repeated(x *ast.CallExpr) []text.Text {
	var ts []text.Text
	for _, t := range e.Texts(x.Args[0]) {
		n, ok := e.int(x.Args[1])
		if !ok || n < 0 || n > e.limits.text/max(1, len(t.Value)) {
			ts = append(ts, e.concat(t, text.HoleAt(x)))
			continue
		}
		ts = append(ts, text.Opaque(x, strings.Repeat(t.Value, n)))
	}
	return ts
}

func (e *Evaluator) int(x ast.Expr) (int, bool) {
	v := e.Info.Types[x].Value
	if v == nil || v.Kind() != constant.Int {
		return 0, false
	}
	n, ok := constant.Int64Val(v)
	return int(n), ok
}

// result is the i-th result of a call, the parameters of what it calls filled
// by its arguments.
func (e *Evaluator) result(x *ast.CallExpr, i int) []text.Text {
	var fns []ast.Node
	switch callee := e.Target(x).(type) {
	case *types.Func:
		if fns = e.Bodies(callee); len(fns) > 0 {
			break
		}
		if f := passesOn(callee); f != nil && i == 0 {
			if !flow.Complete(x, callee) {
				return e.argument(x, 0) // template.Must(t.Parse(text))
			}
			return f(e, x)
		}
		return e.union(e.imported(x, callee, i), e.byDefault(x, e.DefaultsFor(x)))
	case *ast.FuncLit:
		fns = append(fns, callee)
	case *types.Var:
		fns = e.FunctionsIn(callee)
	}
	var ts []text.Text
	for _, fn := range fns {
		for _, t := range e.returned(fn, i) {
			ts = e.union(ts, e.substitute(t, fn, x, nil))
		}
	}
	return ts
}

// returned are the texts of the i-th result of every return of fn.
func (e *Evaluator) returned(fn ast.Node, i int) []text.Text {
	return e.valueOf(fn, i, func() []text.Text {
		var ts []text.Text
		for _, n := range flow.ReturnsOf(fn) {
			switch {
			case len(n.Results) == 1 && i > 0:
				if call, ok := ast.Unparen(n.Results[0]).(*ast.CallExpr); ok {
					ts = e.union(ts, e.result(call, i))
				}
			case i < len(n.Results):
				if !e.isNil(n.Results[i]) {
					ts = e.union(ts, e.AllTexts(n.Results[i]))
				}
			case len(n.Results) == 0:
				ts = e.union(ts, e.named(fn, i))
			}
		}
		return ts
	})
}

// AllTexts is the text of x, or of its elements.
func (e *Evaluator) AllTexts(x ast.Expr) []text.Text {
	if t := e.Info.TypeOf(x); t != nil {
		switch u := t.Underlying().(type) {
		case *types.Slice:
			if b, ok := u.Elem().Underlying().(*types.Basic); !ok || b.Kind() != types.Byte {
				return e.elements(x)
			}
		case *types.Map, *types.Array:
			return e.elements(x)
		}
	}
	return e.Texts(x)
}

func (e *Evaluator) isNil(x ast.Expr) bool {
	tv, ok := e.Info.Types[x]
	return ok && (tv.IsNil() || tv.Value != nil && tv.Value.ExactString() == `""`)
}

// named are the texts of a named result.
func (e *Evaluator) named(fn ast.Node, i int) []text.Text {
	if name := flow.ResultName(fn, i); name != nil {
		if v, ok := e.Info.Defs[name].(*types.Var); ok && e.Vars[v] != nil {
			return e.defs(e.Vars[v].Defs)
		}
	}
	return nil
}

// substitute fills the holes in t that are parameters of fn with what the call
// passes, or with what instead says.
func (e *Evaluator) substitute(t text.Text, fn ast.Node, x *ast.CallExpr, instead func(text.Piece) ([]text.Text, bool)) []text.Text {
	var operands [][]text.Text
	at, found := 0, false
	for _, p := range t.Pieces {
		known := e.Vars[p.Param]
		if p.Param == nil || known == nil || known.Fn != fn || known.Param < 0 {
			continue
		}
		found = true
		if p.Start > at {
			operands = append(operands, []text.Text{t.Slice(at, p.Start)})
		}
		at = p.End
		if instead != nil {
			if ts, ok := instead(p); ok {
				operands = append(operands, ts)
				continue
			}
		}
		operands = append(operands, e.passed(x, known.Param, p))
	}
	if !found {
		return []text.Text{t}
	}
	if at < len(t.Value) {
		operands = append(operands, []text.Text{t.Slice(at, len(t.Value))})
	}
	return e.product(operands)
}

// passed is what a call passes for parameter i.
func (e *Evaluator) passed(x *ast.CallExpr, i int, p text.Piece) []text.Text {
	if i >= len(x.Args) {
		return []text.Text{text.HoleAt(x)}
	}
	ts := e.AllTexts(x.Args[i])
	if !p.Format {
		return ts
	}
	var printed []text.Text
	for _, t := range ts {
		printed = e.union(printed, e.Formatted(t.AsFormat(), x.Args[i+1:], x.Ellipsis != token.NoPos))
	}
	return printed
}
