package eval

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// Connection strings are often put together with net/url: by a url.URL, parsed
// or as a literal, whose RawQuery is what url.Values encode.
//
// Not included: values that Del takes away, and the escapes of Encode, which
// change no byte of a key or of what poolvet reads in a value.

// urls is what a package does with net/url, read once it is asked for.
type urls struct {
	sets    map[*types.Var][]pair      // of url.Values: Set, Add and m[k] = …
	queries map[*types.Var][]*flow.Def // what RawQuery of a url.URL is set to
}

// pair is a key and its value, each a definition of its own.
type pair struct{ key, value *flow.Def }

func newPair(v *types.Var, key, value ast.Expr) pair {
	return pair{&flow.Def{Expr: key, Node: key, Of: v}, &flow.Def{Expr: value, Node: value, Of: v}}
}

// Of a variable that holds a url.URL or url.Values, what is kept of its
// definitions beside their own texts.
const (
	asURL   = pieceAlone - 1 - iota // the text of the URL
	asQuery                         // the pairs of the url.Values
	asPairs                         // the pairs of the URL
)

func (e *Evaluator) netURL() *urls {
	if e.urls != nil {
		return e.urls
	}
	u := &urls{sets: map[*types.Var][]pair{}, queries: map[*types.Var][]*flow.Def{}}
	e.urls = u
	for _, call := range e.Calls() {
		if e.isURLMethod(call, "Values.Set") || e.isURLMethod(call, "Values.Add") {
			if v := e.VariableOf(flow.ReceiverOf(call)); v != nil && len(call.Args) == 2 {
				u.sets[v] = append(u.sets[v], newPair(v, call.Args[0], call.Args[1]))
			}
		}
	}
	for _, d := range e.Elements {
		if v := e.VariableOf(d.Base); v != nil && isURLType(v.Type(), "Values") {
			u.sets[v] = append(u.sets[v], newPair(v, d.Key, d.Expr))
		}
	}
	for _, d := range e.FieldDefs("RawQuery") {
		if v := e.VariableOf(d.Base); v != nil && isURLType(v.Type(), "URL") {
			u.queries[v] = append(u.queries[v], d)
		}
	}
	return u
}

// isURLMethod reports whether a call is of a method of net/url: "URL.String".
func (e *Evaluator) isURLMethod(call *ast.CallExpr, name string) bool {
	return e.CallsMethod(call, "net/url", name)
}

func isURLType(t types.Type, name string) bool { return flow.IsNamed(t, "net/url."+name) }

// urlParts are the definitions that a call of net/url depends on, for the
// graph of values.
func (e *Evaluator) urlParts(call *ast.CallExpr) (defs []*flow.Def) {
	isURL, isQuery := e.isURLMethod(call, "URL.String"), e.isURLMethod(call, "URL.Query")
	if !isURL && !isQuery && !e.isURLMethod(call, "Values.Encode") {
		return nil
	}
	v := e.VariableOf(flow.ReceiverOf(call))
	if v == nil {
		return nil
	}
	defs = e.ValuesOf(v)
	if isURL {
		return append(defs, e.netURL().queries[v]...)
	}
	for _, p := range e.netURL().sets[v] {
		defs = append(defs, p.key, p.value)
	}
	return defs
}

// of are the texts that read makes of x or, where it is a variable, of all that
// this is set to.
func (e *Evaluator) of(x ast.Expr, as int, read func(made ast.Expr) []text.Text) []text.Text {
	v := e.VariableOf(x)
	if v == nil {
		return read(flow.Bare(x))
	}
	var ts []text.Text
	for _, d := range e.ValuesOf(v) {
		if d.Result == 0 {
			ts = e.union(ts, e.valueOf(d, as, func() []text.Text { return read(flow.Bare(d.Expr)) }))
		}
	}
	return ts
}

// urlString is the text of a url.URL.
func (e *Evaluator) urlString(x *ast.CallExpr) []text.Text {
	recv := flow.ReceiverOf(x)
	ts := e.of(recv, asURL, func(made ast.Expr) []text.Text { return e.urlMade(made) })
	if len(ts) == 0 {
		ts = []text.Text{text.HoleAt(x)}
	}
	queries := e.netURL().queries[e.VariableOf(recv)]
	if len(queries) == 0 {
		return ts
	}
	var bases []text.Text
	for _, t := range ts { // what RawQuery was is written over
		if at := strings.IndexByte(t.Value, '?'); at >= 0 {
			t = t.Slice(0, at)
		}
		bases = e.union(bases, []text.Text{t})
	}
	return e.product([][]text.Text{bases, {text.Opaque(x, "?")}, e.defs(queries)})
}

// urlMade is the text of what makes a url.URL: url.Parse of a text, or a literal.
func (e *Evaluator) urlMade(made ast.Expr) []text.Text {
	switch made := made.(type) {
	case *ast.CallExpr:
		if fn, ok := e.Target(made).(*types.Func); ok && fn.Pkg() != nil && fn.Pkg().Path() == "net/url" && len(made.Args) == 1 {
			return e.Texts(made.Args[0]) // Parse, ParseRequestURI
		}
	case *ast.CompositeLit:
		return e.urlLiteral(made)
	}
	return []text.Text{text.HoleAt(made)}
}

func (e *Evaluator) urlLiteral(lit *ast.CompositeLit) []text.Text {
	fields := map[string]ast.Expr{}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				fields[id.Name] = kv.Value
			}
		}
	}
	word := func(s string) []text.Text { return []text.Text{text.Opaque(lit, s)} }
	part := func(name string) []text.Text {
		if fields[name] == nil {
			return nil
		}
		return e.Texts(fields[name])
	}
	operands := [][]text.Text{part("Scheme"), word("://")}
	if fields["User"] != nil {
		operands = append(operands, []text.Text{text.HoleAt(fields["User"])}, word("@"))
	}
	operands = append(operands, part("Host"), word("/"), part("Path"))
	if fields["RawQuery"] != nil {
		operands = append(operands, word("?"), part("RawQuery"))
	}
	return e.product(operands)
}

// encoded is the text of url.Values.
func (e *Evaluator) encoded(x *ast.CallExpr) []text.Text {
	recv := flow.ReceiverOf(x)
	pairs := e.pairs(nil, e.of(recv, asQuery, e.queryMade), nil)
	if v := e.VariableOf(recv); v != nil {
		for _, p := range e.netURL().sets[v] {
			pairs = e.pairs(pairs, e.def(p.key), e.def(p.value))
		}
	}
	return e.product(pairs)
}

// pairs adds a pair to what is joined by &, or all pairs of a query where there
// is no value.
func (e *Evaluator) pairs(pairs [][]text.Text, key, value []text.Text) [][]text.Text {
	if len(key) == 0 {
		return pairs
	}
	word := func(s string) []text.Text { return []text.Text{text.Opaque(key[0].First(), s)} }
	if len(pairs) > 0 {
		pairs = append(pairs, word("&"))
	}
	pairs = append(pairs, key)
	if value != nil {
		pairs = append(pairs, word("="), value)
	}
	return pairs
}

// queryMade is the text of what makes url.Values: a literal, u.Query(), or
// nothing, as make.
func (e *Evaluator) queryMade(made ast.Expr) []text.Text {
	switch made := made.(type) {
	case *ast.CompositeLit:
		var pairs [][]text.Text
		for _, elt := range made.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				pairs = e.pairs(pairs, e.Texts(kv.Key), e.AllTexts(kv.Value))
			}
		}
		if pairs == nil {
			return nil
		}
		return e.product(pairs)
	case *ast.CallExpr:
		if tv, ok := e.Info.Types[made.Fun]; ok && tv.IsBuiltin() {
			return nil
		}
		if e.isURLMethod(made, "URL.Query") {
			return e.of(flow.ReceiverOf(made), asPairs, e.urlQuery)
		}
	}
	return []text.Text{text.HoleAt(made)}
}

// urlQuery is what is behind the ? of a URL.
func (e *Evaluator) urlQuery(made ast.Expr) (ts []text.Text) {
	for _, t := range e.urlMade(made) {
		if at := strings.IndexByte(t.Value, '?'); at >= 0 {
			ts = e.union(ts, []text.Text{t.Slice(at+1, len(t.Value))})
		} else if strings.HasSuffix(t.Value, text.HoleText) {
			ts = e.union(ts, []text.Text{text.HoleAt(made)})
		}
	}
	return ts
}
