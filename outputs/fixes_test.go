package outputs

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fixVariants are the poolers and options behind which testdata is fixed.
var fixVariants = [][]string{
	{"-pooler=rdsproxy"},
	{"-pooler=pgbouncer@1.18", "-fix-listener"},
	{"-pooler=pgbouncer@1.18", "-exec-mode=exec", "-strict"},
}

// fixTitles are all fixes, each with what it removes beside its own finding:
// the words of findings in the same function.
var fixTitles = map[string]string{
	"Use SET LOCAL":                              "",
	"Use SET LOCAL ROLE":                         "",
	"Set it for the transaction":                 "",
	"Lock for the transaction":                   "pg_advisory_unlock",
	"Drop it on commit":                          "",
	"Remove WITH HOLD":                           "",
	"Set default_query_exec_mode=cache_describe": "",
	"Set default_query_exec_mode=exec":           "",
	"Set statement_cache_mode=describe":          "",
	"Set binary_parameters=yes":                  "",
	"Poll only":                                  "",
	"Remove PrepareStmt":                         "",
	"Remove PrepareStmt, and set default_query_exec_mode=cache_describe": "",
}

// Every fix that testdata offers is applied. What is left compiles, a fix takes
// away its own finding and what the table says, none is new, and a second run
// has nothing to fix.
func TestEveryFix(t *testing.T) {
	const original = "../testdata"
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(original)); err != nil {
		t.Fatal(err)
	}
	missing := maps.Clone(fixTitles)
	for _, args := range fixVariants {
		name := strings.Join(args, " ")
		before := findings(t, original, args, "./...") // whose packages are compiled
		var fixable []map[string]any
		packages, files := map[string]bool{}, map[string]bool{}
		folders := map[string]bool{} // with what the packages import from beside them
		for _, f := range before {
			if title := titleOf(f); title != "" {
				if _, ok := fixTitles[title]; !ok {
					t.Errorf("%s: a fix that is in no table: %s", name, title)
				}
				delete(missing, title)
				fixable = append(fixable, f)
				packages["./"+filepath.ToSlash(filepath.Dir(f["file"].(string)))] = true
				top, _, _ := strings.Cut(filepath.ToSlash(f["file"].(string)), "/")
				folders["./"+top+"/..."] = true
				files[f["file"].(string)] = true
			}
		}
		touched := slices.Sorted(maps.Keys(packages))
		elsewhere := func(f map[string]any) bool { return !packages["./"+filepath.ToSlash(filepath.Dir(f["file"].(string)))] }
		before = slices.DeleteFunc(before, elsewhere)
		ran := string(poolvet(t, dir, slices.Concat(args, []string{"-fix"}, slices.Sorted(maps.Keys(folders)))...))
		if n := strings.Count(ran, ": fixed: "); n != len(fixable) {
			t.Errorf("%s: %d of %d fixes were applied: %s", name, n, len(fixable), ran)
		}
		vet := exec.Command("go", append([]string{"vet"}, touched...)...)
		vet.Dir = dir
		if out, err := vet.CombinedOutput(); err != nil {
			t.Errorf("%s: the fixed code does not pass go vet: %s", name, out)
		}
		after := slices.DeleteFunc(findings(t, dir, args, "./..."), elsewhere) // facts of all packages, as before
		for _, f := range after {
			if titleOf(f) != "" {
				t.Errorf("%s: a second run has a fix: %v", name, f)
			}
		}
		compareFixed(t, name, before, after, fixable)
		for file := range files {
			content, err := os.ReadFile(filepath.Join(original, file))
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, file), content, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for title := range missing {
		t.Errorf("no fix says %q", title)
	}
}

// findings are those of packages, as JSON has them.
func findings(t *testing.T, dir string, args []string, packages ...string) (all []map[string]any) {
	t.Helper()
	for line := range bytes.Lines(poolvet(t, dir, slices.Concat(args, []string{"-format=json"}, packages)...)) {
		var f map[string]any
		if err := json.Unmarshal(line, &f); err != nil {
			t.Fatal(err)
		}
		if f["rule"] != nil {
			all = append(all, f)
		}
	}
	return all
}

func titleOf(f map[string]any) string {
	fix, ok := f["fix"].(map[string]any)
	if !ok {
		return ""
	}
	return fix["title"].(string)
}

// sameFinding tells findings apart by all but their lines, which fixes move.
type sameFinding struct{ file, function, rule, message string }

func identify(f map[string]any) sameFinding {
	function, _ := f["function"].(string)
	return sameFinding{f["file"].(string), function, f["rule"].(string), f["message"].(string)}
}

// compareFixed checks what fixes did to the findings.
func compareFixed(t *testing.T, name string, before, after, fixable []map[string]any) {
	t.Helper()
	gone := map[sameFinding]int{}
	for _, f := range before {
		gone[identify(f)]++
	}
	for _, f := range after {
		if gone[identify(f)]--; gone[identify(f)] < 0 {
			t.Errorf("%s: new: %v", name, identify(f))
		}
	}
	for _, f := range fixable {
		if gone[identify(f)]--; gone[identify(f)] < 0 {
			t.Errorf("%s: still there, though it was fixed: %v", name, identify(f))
		}
	}
	for id, n := range gone {
		taken := slices.ContainsFunc(fixable, func(f map[string]any) bool {
			words := fixTitles[titleOf(f)]
			return words != "" && strings.Contains(id.message, words) && id.function == identify(f).function && id.file == identify(f).file
		})
		if n > 0 && !taken {
			t.Errorf("%s: gone without a fix: %v", name, id)
		}
	}
}
