package stress

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mutation is one change of a file, as a fuzzer chooses it: what is done,
// where, and with what.
type mutation struct {
	what byte
	at   int
	with byte
}

// mutations reads those that bytes stand for.
func mutations(choices []byte) (all []mutation) {
	for len(choices) >= 4 {
		all = append(all, mutation{choices[0], int(choices[1])<<8 | int(choices[2]), choices[3]})
		choices = choices[4:]
	}
	return all
}

// span is a part of a file, in bytes.
type span struct{ from, to int }

// parts are the places of a file where something can be done.
type parts struct {
	src                                                                      string
	calls, arguments, exprs, names, literals, imports, stmts, decls, generic []span
	tokens                                                                   []span
}

// partsOf finds the parts of a file as far as it parses.
func partsOf(src string) *parts {
	p := &parts{src: src}
	fset := token.NewFileSet()
	syntax, _ := parser.ParseFile(fset, "", src, parser.SkipObjectResolution)
	file := fset.File(syntax.FileStart)
	add := func(to *[]span, from, end token.Pos) {
		if s := (span{int(from) - file.Base(), int(end) - file.Base()}); s.from >= 0 && s.from <= s.to && s.to <= len(src) {
			*to = append(*to, s)
		}
	}
	ast.Inspect(syntax, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		if _, ok := n.(ast.Expr); ok {
			add(&p.exprs, n.Pos(), n.End())
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			add(&p.calls, n.Pos(), n.End())
			for _, a := range n.Args {
				add(&p.arguments, a.Pos(), a.End())
			}
		case *ast.Ident:
			add(&p.names, n.Pos(), n.End())
		case *ast.BasicLit:
			add(&p.literals, n.Pos(), n.End())
		case *ast.ImportSpec:
			add(&p.imports, n.Pos(), n.End())
		case *ast.FuncDecl:
			add(&p.decls, n.Pos(), n.End())
			add(&p.generic, n.Name.End(), n.Name.End())
		case *ast.GenDecl:
			add(&p.decls, n.Pos(), n.End())
		case *ast.TypeSpec:
			add(&p.generic, n.Name.End(), n.Name.End())
		case ast.Stmt:
			add(&p.stmts, n.Pos(), n.End())
		}
		return true
	})
	p.tokens = tokensOf(src)
	return p
}

func tokensOf(src string) (all []span) {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(src))
	s.Init(file, []byte(src), func(token.Position, string) {}, 0)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return all
		}
		if from := file.Offset(pos); lit != "\n" {
			all = append(all, span{from, min(len(src), from+max(len(lit), len(tok.String())))})
		}
	}
}

// pick is the one of the spans that n chooses, false where there is none.
func pick(of []span, n int) (span, bool) {
	if len(of) == 0 {
		return span{}, false
	}
	return of[n%len(of)], true
}

var (
	lineDirectives = []string{"\n//line view.templ:7\n", "\n//line a.go:1\n", "/*line b.go:3:4*/", "\n//line :0\n", "\n//line x.sql:999999999\n", "/*line a.go:1:1*/", "\n//line ../../up.go:2:2\n", "\n//poolvet:ignore set-role -- why\n", "\n//poolvet:direct -- why\n"}
	typeParameters = []string{"[T any]", "[T ~string | ~[]byte]", "[T T]", "[T interface{ Exec(string, ...any) }, U []T]", "[]"}
	wraps          = [][2]string{{"(", ")"}, {"any(", ")"}, {"&", ""}, {"*", ""}, {"func() any { return ", " }()"}, {"append(", "...)"}, {"[]any{", "}"}, {"", "[0]"}, {"", ".(string)"}, {"gen[", "]()"}, {"", "..."}, {"\"SET ROLE a; \" + ", ""}, {"<-", ""}, {"go ", ""}}
	literals       = []string{`"SET a.x = 1"`, "`SET LOCAL a.y = 1`", `""`, "`SELECT pg_advisory_lock(1)\r\n;LISTEN x`", `"\xff%d%s"`, `"postgres://u:p@h/d?statement_timeout=5s"`, `"host=h default_query_exec_mode=exec jit=off"`, "1 << 99", "'x'", "nil", `"SET a` + "\n"}
	declarations   = []string{
		"type c1 c2\ntype c2 c1\n", "type r struct{ r; f *r }\n", "type i interface{ i; M() i }\n", "type a1 = a2\ntype a2 = []a1\n",
		"type g1[T any] struct{ x *g2[g1[T]] }\ntype g2[T any] struct{ g1[T] }\n", "func gen[T any](q T) T { return gen[T](q) }\n",
		"import \"C\"\n", "func init() { C.f(C.CString(\"SET ROLE a\")) }\n", "var v = w\nvar w = func() string { return v }()\n",
		"const k = len(k)\n", "func (x nosuch) M(q string) { x.M(q) }\n", "func main() {\n", "type l []l\nvar ll l = l{ll, l{}}\n",
		"func m(q ...string) { m(q...); m(q); m() }\n", "import _ \"no/such\"\n", "}\n",
	}
)

// apply is the file with the mutation made, or as it is where there is no place
// for it.
func (m mutation) apply(p *parts) string {
	replace := func(of []span, with func(old string) string) string {
		if s, ok := pick(of, m.at); ok {
			return p.src[:s.from] + with(p.src[s.from:s.to]) + p.src[s.to:]
		}
		return p.src
	}
	other := func(of []span) string {
		s, _ := pick(of, m.at/7+int(m.with)*31)
		return p.src[s.from:s.to]
	}
	one := func(of []string) string { return of[int(m.with)%len(of)] }
	switch m.what % 16 {
	case 0: // an argument dropped, and the comma with it
		if s, ok := pick(p.arguments, m.at); ok {
			rest := strings.TrimLeftFunc(p.src[s.to:], unicode.IsSpace)
			return p.src[:s.from] + strings.TrimPrefix(rest, ",")
		}
	case 1: // doubled
		return replace(p.arguments, func(old string) string { return old + ", " + old })
	case 2: // by one of another type
		return replace(p.arguments, func(string) string { return other(p.exprs) })
	case 3:
		return replace(p.exprs, func(string) string { return other(p.exprs) })
	case 4:
		return replace(p.imports, func(string) string { return "" })
	case 5:
		return replace(p.names, func(string) string { return other(p.names) })
	case 6:
		return replace(p.stmts, func(old string) string { return one(lineDirectives) + old })
	case 7:
		return replace(p.generic, func(string) string { return one(typeParameters) })
	case 8:
		return replace(p.tokens, func(string) string { return "" })
	case 9:
		return replace(p.tokens, func(old string) string { return old + " " + other(p.tokens) })
	case 10:
		return replace(p.literals, func(string) string { return one(literals) })
	case 11:
		return replace(p.exprs, func(old string) string { w := wraps[int(m.with)%len(wraps)]; return w[0] + old + w[1] })
	case 12:
		return p.src + "\n" + one(declarations)
	case 13: // declared again, or a statement made twice
		if m.with%2 == 0 {
			return p.src + "\n" + other(p.decls)
		}
		return replace(p.stmts, func(old string) string { return old + "\n" + old })
	case 14:
		return replace(p.stmts, func(string) string { return other(p.stmts) })
	case 15: // cut off
		if s, ok := pick(p.tokens, m.at); ok && m.with%4 == 0 {
			return p.src[:s.to]
		}
		return replace(p.calls, func(string) string { return other(p.calls) })
	}
	return p.src
}

// mutated is a file with all mutations made, one after the other, each of what
// the last has left.
func mutated(src string, all []mutation) string {
	for _, m := range all {
		if src = m.apply(partsOf(src)); len(src) > 20_000 || !utf8.ValidString(src) {
			break
		}
	}
	return src
}
