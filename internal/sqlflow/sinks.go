package sqlflow

import (
	_ "embed"
	"fmt"
	"github.com/poolvet/poolvet/internal/flow"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Mode says what the text at a sink is.
type Mode uint8

const (
	Statement Mode = iota // whole statements
	Fragment              // an expression or a clause, as builders take it
	Channel               // the name of a channel that the library LISTENs to
	Files                 // a file system whose .sql files are run
)

// Sink is one argument of a function through which text reaches PostgreSQL.
// Where Arg is a variadic parameter its first element is the text, and with
// All every element.
type Sink struct {
	Arg      int // counted without the receiver
	Mode     Mode
	All      bool
	Prepares bool // makes a named prepared statement by itself
}

// name is a function or a field within its package: what it belongs to, ""
// for a package function, and what it is called.
type name struct{ owner, name string }

// Funcs is a set of functions that are sinks, by package path.
type Funcs map[string]map[name][]Sink

// library is what sinks.txt says.
type library struct {
	funcs  Funcs
	fields map[string]map[name]Sink
}

//go:embed sinks.txt
var sinkText string

// known is parsed at its first use: a package without a call needs none of it.
var known = sync.OnceValue(func() library {
	l, err := parseLibrary(sinkText)
	if err != nil {
		panic("sqlflow: sinks.txt: " + err.Error()) // TestSinkTable
	}
	return l
})

// sinksOf returns the sinks of a function of a known library. fn is what
// typeutil.Callee gives: a function, a method, or a package variable that
// holds a function (jet's Raw).
func sinksOf(fn types.Object) []Sink { return known().funcs.Of(fn) }

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
		return names[name{receiverName(fn), fn.Name()}]
	case *types.Var:
		if fn.Parent() == fn.Pkg().Scope() {
			return names[name{"", fn.Name()}]
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
		pkg, n.owner, ok = cutLast(strings.TrimPrefix(strings.TrimPrefix(owner, "("), "*"), ".")
		n.name = method
	} else {
		pkg, n.name, ok = cutLast(full, ".")
	}
	if !ok || pkg == "" || n.name == "" || isMethod && n.owner == "" {
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
	for n, s := range known().fields[field.Pkg().Path()] {
		if n.name == field.Name() && isFieldOf(field.Origin(), n.owner) {
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

// parseLibrary reads the notation that sinks.txt explains.
func parseLibrary(text string) (library, error) {
	l := library{Funcs{}, map[string]map[name]Sink{}}
	var paths []string
	for i, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case line[0] != '\t':
			paths = words
		case len(words) < 3:
			return l, fmt.Errorf("line %d: want receivers, a place and names", i+1)
		default:
			if err := l.addRow(paths, words[0], words[1], words[2:]); err != nil {
				return l, fmt.Errorf("line %d: %w", i+1, err)
			}
		}
	}
	return l, nil
}

func (l library) addRow(paths []string, owners, place string, names []string) error {
	where, flags, _ := strings.Cut(place, "/")
	var s Sink
	if flags != "" {
		for flag := range strings.SplitSeq(flags, "/") {
			switch flag {
			case "fragment":
				s.Mode = Fragment
			case "channel":
				s.Mode = Channel
			case "files":
				s.Mode = Files
			case "prepares":
				s.Prepares = true
			case "all":
				s.All = true
			default:
				return fmt.Errorf("unknown flag %q", flag)
			}
		}
	}
	isField := where == "field"
	if !isField {
		var err error
		if s.Arg, err = strconv.Atoi(where); err != nil {
			return err
		}
	}
	for _, path := range paths {
		for owner := range strings.SplitSeq(owners, ",") {
			for _, word := range names {
				n := name{strings.TrimPrefix(owner, "-"), word}
				if isField {
					l.addField(path, n, s)
					continue
				}
				if slices.ContainsFunc(l.funcs[path][n], func(o Sink) bool { return o.Arg == s.Arg }) {
					return fmt.Errorf("%s.%s is there already", owner, word)
				}
				l.funcs.add(path, n, s)
			}
		}
	}
	return nil
}

func (l library) addField(path string, n name, s Sink) {
	if l.fields[path] == nil {
		l.fields[path] = map[name]Sink{}
	}
	l.fields[path][n] = s
}
