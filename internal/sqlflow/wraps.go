package sqlflow

import "slices"

// MayWrap reports whether a package with these imports may have functions that
// pass SQL on to a database library: it imports one, and is none that the sink
// table knows. Its source tells which functions they are.
func MayWrap(path string, imports []string) bool {
	return !isDatabasePath(path) && slices.ContainsFunc(imports, isDatabasePath)
}

// IsDatabase reports whether a package is of a library that the tables know.
func IsDatabase(path string) bool { return isDatabasePath(path) }
