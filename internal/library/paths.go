package library

import (
	"strings"
	"sync"
)

// databasePaths are the libraries that bring SQL to a database. A path counts
// with all that lies below it.
var databasePaths = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, lib := range All() {
		for p := range lib.Database.All() {
			m[p] = true
		}
	}
	return m
})

// IsDatabase reports whether a package that imports path can run SQL.
func IsDatabase(path string) bool {
	return path != SQLDriverPath && Under(path, func(p string) bool { return databasePaths()[p] })
}

// Under reports whether is holds for p or a folder above it.
func Under(p string, is func(string) bool) bool {
	for {
		if is(p) {
			return true
		}
		i := strings.LastIndexByte(p, '/')
		if i < 0 {
			return false
		}
		p = p[:i]
	}
}
