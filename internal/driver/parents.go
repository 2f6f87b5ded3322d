package driver

import (
	"go/ast"
	"go/token"
)

// tree knows the parent of each node of a package.
type tree struct {
	parents map[ast.Node]ast.Node
	named   map[token.Pos]*ast.Ident // by position
}

// parentOf is the parent of a node. The tree is made when it is first asked:
// few packages open a connection.
func (s *scan) parentOf(n ast.Node) ast.Node {
	if s.tree == nil {
		s.tree = newTree(s.pass.Files)
	}
	return s.tree.parents[n]
}

// nameAt is the name that stands at pos.
func (s *scan) nameAt(pos token.Pos) ast.Node {
	if s.tree == nil {
		s.tree = newTree(s.pass.Files)
	}
	if id := s.tree.named[pos]; id != nil {
		return id
	}
	return nil
}

func newTree(files []*ast.File) *tree {
	t := &tree{parents: map[ast.Node]ast.Node{}, named: map[token.Pos]*ast.Ident{}}
	var path []ast.Node
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil {
				path = path[:len(path)-1]
				return true
			}
			if len(path) > 0 {
				t.parents[n] = path[len(path)-1]
			}
			if id, ok := n.(*ast.Ident); ok {
				t.named[id.Pos()] = id
			}
			path = append(path, n)
			return true
		})
	}
	return t
}
