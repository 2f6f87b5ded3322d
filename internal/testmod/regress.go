package testmod

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Regression are PostgreSQL's regression statements, which lie in the test data
// of the sqlc-dev/oliphant module: "postgres_regress", "plpgsql_regress".
func Regression(suite string) (statements []string, err error) {
	// Built with C, poolvet does not need that module, and a fresh machine lacks it.
	out, err := exec.Command("go", "mod", "download", "-json", "github.com/sqlc-dev/oliphant").Output()
	var module struct{ Dir, Error string }
	if err = cmp.Or(err, json.Unmarshal(out, &module)); module.Dir == "" {
		return nil, fmt.Errorf("PostgreSQL's regression statements: github.com/sqlc-dev/oliphant cannot be had: %v %s", err, module.Error)
	}
	files, err := filepath.Glob(filepath.Join(module.Dir, "parser/testdata/fingerprint", suite, "*.test"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no regression statements of %s in %s: %v", suite, module.Dir, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, entry := range strings.Split("\n"+string(data), "\n== ")[1:] {
			_, sql, _ := strings.Cut(entry, "\n")
			if i := strings.LastIndex(sql, "\n--\n"); i >= 0 {
				sql = sql[:i]
			}
			lines := strings.Split(sql, "\n")
			for i, line := range lines {
				lines[i] = strings.TrimPrefix(line, "|")
			}
			statements = append(statements, strings.Join(lines, "\n"))
		}
	}
	return statements, nil
}
