package analyzer

import (
	"go/ast"

	"github.com/poolvet/poolvet/internal/dialect"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/sqlflow"
	"github.com/poolvet/poolvet/internal/text"
)

// usesOf are the uses of an effect's text that can reach PostgreSQL.
func (r *report) usesOf(q *sqlflow.Query, uses []sqlflow.Use, e effect.Effect) []sqlflow.Use {
	node := q.Text.Node(e.Start)
	file := q.Text.File(e.Start)
	if file != nil && r.otherFile(file) {
		return nil
	}
	var reach []sqlflow.Use
	for _, u := range uses {
		nodes := []ast.Node{u.Node}
		if node != nil && file == nil {
			nodes = append(nodes, node)
		}
		named := func() bool { return r.isOther(u.Node) || node != nil && r.isOther(node) }
		if !r.branches.ForOther(r.opened().Use(u), named, nodes...) {
			reach = append(reach, u)
		}
	}
	return reach
}

// isOther reports whether the imports or the name of the file that n stands in
// say that it is for another database.
func (r *report) isOther(n ast.Node) bool {
	file := r.file(n.Pos())
	return file != nil && r.imported().Other(file)
}

func (r *report) otherFile(file *text.File) bool { return r.imported().OtherName(file.Name) }

func (r *report) imported() *dialect.Files {
	if r.dialects == nil {
		r.dialects = dialect.NewFiles(r.pass)
	}
	return r.dialects
}
