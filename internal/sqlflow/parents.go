package sqlflow

import "go/ast"

// pathTo is the way from n up to its file, n first. It is asked for many nodes
// of one file, where astutil.PathEnclosingInterval walks down to each anew.
func (f *Flow) pathTo(n ast.Node) []ast.Node { return f.appendPath(nil, n) }

func (f *Flow) appendPath(path []ast.Node, n ast.Node) []ast.Node {
	file := f.fileOf(n)
	if file == nil {
		return path
	}
	parents := f.parents[file]
	if parents == nil {
		parents = parentsIn(file)
		if f.parents == nil {
			f.parents = map[*ast.File]map[ast.Node]ast.Node{}
		}
		f.parents[file] = parents
	}
	for ; n != nil; n = parents[n] {
		path = append(path, n)
	}
	return path
}

// parentsIn is the parent of each node of a file.
func parentsIn(file *ast.File) map[ast.Node]ast.Node {
	parents := map[ast.Node]ast.Node{}
	var open []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			open = open[:len(open)-1]
			return true
		}
		if len(open) > 0 {
			parents[n] = open[len(open)-1]
		}
		open = append(open, n)
		return true
	})
	return parents
}
