package sqlflow

import (
	"fmt"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// What a sink is, and what it runs on: internal/library's words.
type (
	Mode   = library.Mode
	Sink   = library.Sink
	Handle = library.Handle
	name   = library.Name
)

const (
	Statement = library.Statement
	Fragment  = library.Fragment
	Channel   = library.Channel
	Files     = library.Files

	UnknownHandle = library.UnknownHandle
	Pool          = library.Pool
	Conn          = library.Conn
	Tx            = library.Tx
)

// Funcs is a set of functions that are sinks, by package path.
type Funcs map[string]map[name][]Sink

// sinksOf returns the sinks of a function of a known library. fn is what
// typeutil.Callee gives: a function, a method, or a package variable that
// holds a function (jet's Raw).
func sinksOf(fn types.Object) []Sink { return Funcs(library.AllSinks().Funcs).Of(fn) }

// Of returns the sinks of fn in f.
func (f Funcs) Of(fn types.Object) []Sink {
	if fn.Pkg() == nil {
		return nil
	}
	names := f[fn.Pkg().Path()]
	if names == nil {
		return nil
	}
	switch fn := fn.(type) {
	case *types.Func:
		return names[nameOf(fn)]
	case *types.Var:
		if fn.Parent() == fn.Pkg().Scope() {
			return names[name{Name: fn.Name()}]
		}
	}
	return nil
}

// Add makes a sink of the function that spec names, in the notation of
// types.Func.FullName, a colon and the index of the text among its arguments:
// `(*example.com/db.Store).Run:1`, `(example.com/db.Querier).Run:1` or
// `example.com/db.Run:0`.
func (f Funcs) Add(spec string) error {
	full, index, ok := cutLast(spec, ":")
	arg, err := strconv.Atoi(index)
	if !ok || err != nil || arg < 0 {
		return fmt.Errorf("%q: want a function and the index of its text, as in (*example.com/db.Store).Run:1", spec)
	}
	owner, method, isMethod := cutLast(full, ").")
	var pkg string
	var n name
	if isMethod {
		pkg, n.Owner, ok = cutLast(strings.TrimPrefix(strings.TrimPrefix(owner, "("), "*"), ".")
		n.Name = method
	} else {
		pkg, n.Name, ok = cutLast(full, ".")
	}
	if !ok || pkg == "" || n.Name == "" || isMethod && n.Owner == "" {
		return fmt.Errorf("%q: want a full name, as in (*example.com/db.Store).Run or example.com/db.Run", spec)
	}
	f.add(pkg, n, Sink{Arg: arg})
	return nil
}

func (f Funcs) add(pkg string, n name, s Sink) {
	if f[pkg] == nil {
		f[pkg] = map[name][]Sink{}
	}
	f[pkg][n] = append(f[pkg][n], s)
}

// fieldSinkOf says whether text assigned to the field reaches PostgreSQL. A
// field that is a slice holds one text in each element.
func fieldSinkOf(field *types.Var) (Sink, bool) {
	if !field.IsField() || field.Pkg() == nil {
		return Sink{}, false
	}
	for n, s := range library.AllSinks().Fields[field.Pkg().Path()] {
		if n.Name == field.Name() && isFieldOf(field.Origin(), n.Owner) {
			return s, true
		}
	}
	return Sink{}, false
}

// isFieldOf reports whether the struct of this name in the field's package
// has the very field: a *types.Var does not know its struct.
func isFieldOf(field *types.Var, structName string) bool {
	obj := field.Pkg().Scope().Lookup(structName)
	if obj == nil {
		return false
	}
	st, ok := obj.Type().Underlying().(*types.Struct)
	return ok && slices.Contains(slices.Collect(st.Fields()), field)
}

// boundFrom returns the index of the first argument that is bound to a
// placeholder of the text, or -1 where the function takes none. If it is the
// index of a parameter that is not variadic, the values are that one
// argument's elements. pgx lets options (QueryExecMode, QueryResultFormats,
// QueryRewriter) stand before the first value.
func boundFrom(sig *types.Signature, s Sink) int {
	params := sig.Params()
	last := params.Len() - 1
	switch {
	case s.All || s.Arg > last:
		return -1
	case sig.Variadic() && s.Arg == last:
		return s.Arg + 1 // xorm: sqlOrArgs ...any
	case sig.Variadic() && flow.IsAnySlice(params.At(last).Type()):
		return last
	case s.Arg < last && (flow.IsAny(params.At(s.Arg+1).Type()) || flow.IsAnySlice(params.At(s.Arg+1).Type())):
		return s.Arg + 1
	}
	return -1
}

// receiverName is the name of the type that fn is a method of, "" for a
// function. A method that a type got by embedding belongs to the type that
// declares it, and a method of an instantiated type to its generic origin.
func receiverName(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return ""
	}
	if named := flow.NamedOf(recv.Type()); named != nil {
		return named.Obj().Name()
	}
	return ""
}

// cutLast cuts s around the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
