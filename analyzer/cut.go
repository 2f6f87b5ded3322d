package analyzer

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/session"
)

// cut is what the texts could do that were left out at a place: by those that
// are left of the same function, and by its literals that are in none of them.
// A builder of WHERE clauses could do nothing, however many it builds.
func (r *report) cut(pos token.Pos) (c session.Could) {
	fn := r.enclosing(pos)
	if fn == nil {
		return session.Anything()
	}
	var read []string
	for _, q := range r.sql.Queries {
		for _, u := range q.Uses {
			if fn.Pos() <= u.Node.Pos() && u.Node.Pos() < fn.End() {
				read = append(read, q.Text.Value)
				c.Add(session.CouldBe(q.Text.Value))
				break
			}
		}
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		text, err := strconv.Unquote(lit.Value)
		if err == nil && !holds(read, text) {
			c.Add(session.CouldBe(text))
		}
		return true
	})
	return c
}

func holds(texts []string, part string) bool {
	for _, t := range texts {
		if strings.Contains(t, part) {
			return true
		}
	}
	return false
}

// enclosing is the function declaration at pos, or nil.
func (r *report) enclosing(pos token.Pos) *ast.FuncDecl {
	file := r.file(pos)
	if file == nil {
		return nil
	}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= pos && pos < fn.End() {
			return fn
		}
	}
	return nil
}
