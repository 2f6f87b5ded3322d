package behind

import (
	"regexp"
	"strings"
	"sync"
)

// matches reports whether a pattern is for a package: an import path or, where
// it begins with a dot, a folder of the module. As for the go command, ...
// stands for any text, and what ends in /... is the folder itself too. A *
// stands for one element of the path.
func matches(pattern, pkg, module string) bool {
	if folder, ok := strings.CutPrefix(pattern, "."); ok && (folder == "" || folder[0] == '/') {
		pattern = module + strings.TrimSuffix(folder, "/")
	}
	return compiled(pattern).MatchString(pkg)
}

var patterns sync.Map // of *regexp.Regexp, by pattern

func compiled(pattern string) *regexp.Regexp {
	if re, ok := patterns.Load(pattern); ok {
		return re.(*regexp.Regexp)
	}
	expr := regexp.QuoteMeta(pattern)
	expr = strings.ReplaceAll(expr, `\.\.\.`, `.*`)
	if before, ok := strings.CutSuffix(expr, `/.*`); ok {
		expr = before + `(/.*)?`
	}
	expr = strings.ReplaceAll(expr, `\*`, `[^/]*`)
	re := regexp.MustCompile(`^` + expr + `$`)
	patterns.Store(pattern, re)
	return re
}
