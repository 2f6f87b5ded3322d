package main

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// dimension is one way in which a module can be large.
type dimension struct {
	name  string
	sizes []int
	write func(n int) map[string]string // files by name
}

var dimensions = []dimension{
	{"packages", []int{20, 40, 80, 120, 160}, func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("p%d/p.go", i)] = source(fmt.Sprintf("p%d", i), 0, 50)
		}
		return files
	}},
	{"files", []int{20, 40, 80, 120, 160}, func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("p/f%d.go", i)] = source("p", i, 50)
		}
		return files
	}},
	{"SQL calls", []int{1_000, 2_000, 4_000, 6_000, 8_000}, func(n int) map[string]string {
		return map[string]string{"p/p.go": source("p", 0, n)}
	}},
	{"hops of wrappers", []int{250, 500, 1_000, 1_500, 2_000}, func(n int) map[string]string {
		var b strings.Builder
		b.WriteString("package p\n\nimport \"database/sql\"\n\nfunc w0(db *sql.DB, q string) { db.Exec(q) }\n")
		for i := range n {
			fmt.Fprintf(&b, "func w%d(db *sql.DB, q string) { w%d(db, q) }\n", i+1, i)
		}
		fmt.Fprintf(&b, "func F(db *sql.DB) { w%d(db, \"SET app.x = 1\") }\n", n)
		return map[string]string{"p/p.go": b.String()}
	}},
	{"texts of one variable", []int{1_000, 2_000, 4_000, 6_000, 8_000}, func(n int) map[string]string {
		return function("db *sql.DB, k int", "\tq := \"SELECT 1\"\n\tswitch k {\n", n, "\tcase %[1]d:\n\t\tq = \"SET app.a%[1]d = 1\"\n", "\t}\n\tdb.Exec(q)\n")
	}},
	{"statements of one transaction", []int{1_000, 2_000, 4_000, 6_000, 8_000}, func(n int) map[string]string {
		return function("tx *sql.Tx", "", n, "\ttx.Exec(\"SET ROLE r%d\")\n", "")
	}},
	{"fixes", []int{500, 1_000, 2_000, 3_000, 4_000}, func(n int) map[string]string {
		return functions(n, "func F%[1]d(db *sql.DB) {\n\ttx, _ := db.Begin()\n\ttx.Exec(\"SET ROLE r%[1]d\")\n\ttx.Commit()\n}\n")
	}},
	{"pairs of locks", []int{500, 1_000, 2_000, 3_000, 4_000}, func(n int) map[string]string {
		return functions(n, "func F%[1]d(tx *sql.Tx) {\n\ttx.Exec(\"SELECT pg_advisory_lock(%[1]d)\")\n\ttx.Exec(\"SELECT pg_advisory_unlock(%[1]d)\")\n}\n")
	}},
	{"connection strings", []int{1_000, 2_000, 4_000, 6_000, 8_000}, func(n int) map[string]string {
		return functions(n, "func F%[1]d() (*sql.DB, error) { return sql.Open(\"pgx\", \"postgres://u@h%[1]d/db?search_path=a%[1]d\") }\n")
	}},
	{"migrations", []int{250, 500, 1_000, 1_500, 2_000}, func(n int) map[string]string {
		files := map[string]string{"p/p.go": "package p\n\nimport (\n\t\"database/sql\"\n\t\"embed\"\n)\n\n//go:embed migrations/*.sql\nvar files embed.FS\n\n" +
			"func F(db *sql.DB, name string) {\n\ttext, _ := files.ReadFile(\"migrations/\" + name)\n\tdb.Exec(string(text))\n}\n"}
		for i := range n {
			files[fmt.Sprintf("p/migrations/%04d.sql", i)] = fmt.Sprintf("SET lock_timeout = '5s';\nCREATE TABLE t%d (id bigint PRIMARY KEY, a text);\n", i)
		}
		return files
	}},
}

// functions is a package of one function for each of n.
func functions(n int, format string) map[string]string {
	var b strings.Builder
	b.WriteString("package p\n\nimport \"database/sql\"\n\n")
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return map[string]string{"p/p.go": b.String()}
}

// function is a package of one function, with a line or more for each of n.
func function(params, before string, n int, format, after string) map[string]string {
	var b strings.Builder
	fmt.Fprintf(&b, "package p\n\nimport \"database/sql\"\n\nfunc F(%s) {\n%s", params, before)
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	b.WriteString(after + "}\n")
	return map[string]string{"p/p.go": b.String()}
}

// source is a file with a number of SQL calls, each with a text of its own,
// one in ten of which changes the session.
func source(pkg string, file, calls int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t\"database/sql\"\n\t\"fmt\"\n)\n\n", pkg)
	for i := range calls {
		name := fmt.Sprintf("%s_%d_%d", pkg, file, i)
		switch i % 10 {
		case 0:
			fmt.Fprintf(&b, "func F%s(db *sql.DB) { db.Exec(\"SET app.%[1]s = 1\") }\n", name)
		case 1, 2, 3:
			fmt.Fprintf(&b, "func F%s(db *sql.DB, t string) { db.Exec(fmt.Sprintf(\"SELECT * FROM %%s WHERE %[1]s = $1\", t), 1) }\n", name)
		case 4, 5:
			fmt.Fprintf(&b, "func F%s(db *sql.DB, c bool) {\n\tq := \"SELECT %[1]s FROM t\"\n\tif c {\n\t\tq += \" WHERE id = $1\"\n\t}\n\tdb.Query(q, 1)\n}\n", name)
		default:
			fmt.Fprintf(&b, "func F%s(db *sql.DB) { db.Exec(\"INSERT INTO t (id, %[1]s) VALUES ($1, $2)\", 1, 2) }\n", name)
		}
	}
	return b.String()
}

// point is what modules of one size cost: poolvet, and what of it is loading.
type point struct {
	n              int
	total, loading float64 // seconds of processor time
}

// growth measures all dimensions, prints a line of each and draws them.
func growth(dir string, runs int, plot string) error {
	var panels []panel
	for _, d := range dimensions {
		p := panel{title: d.name}
		for _, n := range d.sizes {
			pt, err := d.measure(dir, n, runs)
			if err != nil {
				return err
			}
			p.points = append(p.points, pt)
		}
		p.offset, p.slope, p.r2 = fit(p.points)
		fmt.Printf("%s: %s\n", d.name, p.formula())
		for _, pt := range p.points {
			fmt.Printf("%8d  poolvet %.3f s  loading %.3f s\n", pt.n, pt.total, pt.loading)
		}
		panels = append(panels, p)
	}
	if plot == "" {
		return nil
	}
	return os.WriteFile(plot, []byte(draw(panels)), 0o666)
}

// measure is the median of alternating runs of poolvet and the no-op analyzer.
func (d dimension) measure(dir string, n, runs int) (point, error) {
	module, err := os.MkdirTemp("", "module")
	if err != nil {
		return point{}, err
	}
	defer os.RemoveAll(module)
	if err := write(module, d.write(n)); err != nil {
		return point{}, err
	}
	var costs [2][]cost
	for i := range runs + 1 {
		for k, bin := range []string{"poolvet", "noop"} {
			cmd := exec.Command(filepath.Join(dir, bin), "./...")
			cmd.Dir = module
			c, err := measure(cmd)
			if err != nil {
				return point{}, err
			}
			if i > 0 { // the first run compiles the module
				costs[k] = append(costs[k], c)
			}
		}
	}
	return point{n: n, total: median(costs[0]).cpu.Seconds(), loading: median(costs[1]).cpu.Seconds()}, nil
}

// write writes the files of a module.
func write(module string, files map[string]string) error {
	files["go.mod"] = "module example.com/grown\n\ngo 1.26\n"
	for name, text := range files {
		name = filepath.Join(module, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

// fit is the line of least squares through what poolvet costs, and how much of
// the variance it explains.
func fit(points []point) (offset, slope, r2 float64) {
	var n, sx, sy, sxx, sxy, syy float64
	for _, p := range points {
		x, y := float64(p.n), p.total
		n, sx, sy, sxx, sxy, syy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y, syy+y*y
	}
	cov, vx, vy := n*sxy-sx*sy, n*sxx-sx*sx, n*syy-sy*sy
	slope = cov / vx
	return (sy - slope*sx) / n, slope, math.Pow(cov, 2) / (vx * vy)
}
