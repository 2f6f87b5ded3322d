package stress

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/shuffle"
)

const testdata = "github.com/poolvet/poolvet/testdata/"

// realCode are the packages of testdata, each file of which is a seed.
type realCode struct {
	files map[string]string // by path below testdata
	names []string
}

var code = sync.OnceValues(func() (*realCode, error) {
	c := &realCode{files: map[string]string{}}
	root := filepath.Join("..", "..", "testdata")
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(root, name)
		if len(b) < 12_000 {
			c.files[filepath.ToSlash(rel)] = string(b)
			c.names = append(c.names, filepath.ToSlash(rel))
		}
		return err
	})
	slices.Sort(c.names)
	return c, err
})

var testdataImporter = sync.OnceValues(func() (known known, err error) {
	known.library, err = exported(filepath.Join("..", "..", "testdata"), "./...")
	return known, err
})

// imports is a file of the first package of testdata that a file imports, or "".
func (c *realCode) imports(src string) string {
	_, rest, ok := strings.Cut(src, `"`+testdata)
	if !ok {
		return ""
	}
	dir, _, _ := strings.Cut(rest, `"`)
	for _, name := range c.names {
		if path.Dir(name) == dir {
			return name
		}
	}
	return ""
}

// pair is a file of testdata, behind one of a package that it imports: each
// with every second mutation. The first is missing where it imports none.
func (c *realCode) pair(name string, choices []byte) (all []source) {
	var changes [2][]mutation
	for _, m := range mutations(choices) {
		changes[m.what>>7] = append(changes[m.what>>7], m)
	}
	src := c.files[name]
	if other := c.imports(src); other != "" {
		all = append(all, source{testdata + path.Dir(other), []string{mutated(c.files[other], changes[1])}})
	} else {
		changes[0] = append(changes[0], changes[1]...)
	}
	return append(all, source{testdata + path.Dir(name), []string{mutated(src, changes[0])}})
}

// The analyzer takes code in which anything is wrong: nothing panics, what it
// does is bounded, what it says has its place in the files, and says it again
// when it starts elsewhere. Its fixes of code that is right leave it right.
func FuzzBroken(f *testing.F) {
	c, err := code()
	if err != nil {
		f.Fatal(err)
	}
	library, err := testdataImporter()
	if err != nil {
		f.Fatal(err)
	}
	x := uint32(1)
	for i := range c.names {
		if testing.Short() && i%10 > 0 {
			continue
		}
		f.Add(uint16(i), []byte(nil))
		choices := make([]byte, 4*(1+i%6))
		for j := range choices {
			x = x*1664525 + 1013904223
			choices[j] = byte(x >> 24)
		}
		f.Add(uint16(i), choices)
	}
	f.Fuzz(func(t *testing.T, which uint16, choices []byte) {
		name := c.names[int(which)%len(c.names)]
		sources := c.pair(name, choices[:min(len(choices), 4*12)])
		if err := holds(t, library, sources); err != nil {
			t.Errorf("%s: %v", name, err)
			for _, s := range sources {
				t.Logf("%s:\n%s", s.path, s.files[0])
			}
		}
	})
}

// holds checks what must hold for any code.
func holds(t testing.TB, library known, sources []source) error {
	options := analyzer.Options{Strict: true, FixListener: true}
	if len(sources[0].files[0])%2 == 0 {
		options.Pooler = "pgbouncer@1.18"
	}
	watch := time.AfterFunc(time.Minute, func() { panic("the analysis does not end") })
	defer watch.Stop()
	before, size := steps(), 0
	all := checkAll(t, options, library, sources...)
	taken := steps() - before
	for i, c := range all {
		if err := c.sound(); err != nil {
			return err
		}
		if err := c.fixed(t, options, library, all[:i]); err != nil {
			return err
		}
		size += len(c.sources[0])
	}
	if most := uint64(200_000 + 200*size); taken > most {
		return fmt.Errorf("%d steps for %d bytes, at most %d are fine", taken, size, most)
	}
	shuffle.Do = func(n int, swap func(i, j int)) {
		for i := range n / 2 {
			swap(i, n-1-i)
		}
	}
	defer func() { shuffle.Do = nil }()
	a, refused := asking(t, options)
	for i, again := range checkBy(t, a, library, sources...) {
		if first, second := all[i].lines(), again.lines(); !slices.Equal(first, second) {
			return fmt.Errorf("says\n%s\nand then\n%s", strings.Join(first, "\n"), strings.Join(second, "\n"))
		}
		if path := sources[i].path; refused(path) {
			if err := again.silent(path); err != nil {
				return err
			}
		}
	}
	return nil
}

// steps counts what was allocated so far: work that no clock distorts.
func steps() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:objects"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// fixed applies all fixes: no two edit the same, and what compiled compiles.
func (c *checked) fixed(t testing.TB, options analyzer.Options, library known, before []*checked) error {
	var edits []analysis.TextEdit
	for _, d := range c.diagnostics {
		for _, fix := range d.SuggestedFixes {
			for _, e := range fix.TextEdits {
				if !slices.ContainsFunc(edits, func(o analysis.TextEdit) bool {
					return o.Pos == e.Pos && o.End == e.End && bytes.Equal(o.NewText, e.NewText)
				}) {
					edits = append(edits, e)
				}
			}
		}
	}
	slices.SortFunc(edits, func(a, b analysis.TextEdit) int { return int(b.Pos - a.Pos) })
	text := c.sources[0]
	base, last := token.Pos(c.fset.File(c.files[0].FileStart).Base()), token.Pos(1<<60)
	for _, e := range edits {
		if e.End > last {
			return fmt.Errorf("two fixes edit the same before %v", c.fset.Position(last))
		}
		last = e.Pos
		text = text[:e.Pos-base] + string(e.NewText) + text[e.End-base:]
	}
	if len(edits) == 0 || len(c.wrong) > 0 || slices.ContainsFunc(before, func(c *checked) bool { return len(c.wrong) > 0 }) {
		return nil
	}
	var sources []source
	for _, b := range before {
		sources = append(sources, source{importedAs(c.files[0]), b.sources})
	}
	sources = append(sources, source{"example.com/fixed", []string{text}})
	all := checkAll(t, options, library, sources...)
	if wrong := all[len(all)-1].wrong; len(wrong) > 0 {
		return fmt.Errorf("fixes leave code that does not compile: %v\n%s", wrong, text)
	}
	return nil
}

// importedAs is the path of the package of testdata that a file imports.
func importedAs(f *ast.File) string {
	for _, spec := range f.Imports {
		if p, _ := strconv.Unquote(spec.Path.Value); strings.HasPrefix(p, testdata) {
			return p
		}
	}
	return ""
}
