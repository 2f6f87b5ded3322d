package main

import (
	"bytes"
	"debug/buildinfo"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/corpus"
)

// other is a tool of which is asked what it finds, not only what it costs.
type other struct {
	tool
	version string
	read    func(out []byte) ([]corpus.Finding, error)
	about   *regexp.Regexp // the findings that can be about what a session keeps; nil for none
	not     *regexp.Regexp // what only this way of running it makes it say; nil for nothing
}

// others are the tools, poolvet first, with the binaries in dir.
func others(dir, golangci string) ([]other, error) {
	guard, err := filepath.Abs("cmd/texts/bounceguard.cjs")
	if err != nil {
		return nil, err
	}
	all := regexp.MustCompile("")
	of := func(name string, about *regexp.Regexp, version func() (string, error), args ...string) other {
		o := other{tool: tool{name: name, args: args}, read: readLines, about: about}
		if o.version, err = version(); err != nil {
			o.missing = err.Error()
		}
		return o
	}
	poolvet := func(pooler string) other {
		o := of("poolvet, "+pooler, all, func() (string, error) { return "this tree", nil },
			filepath.Join(dir, "poolvet"), "-pooler="+pooler, "-format=json", "./...")
		o.read = corpus.ReadFindings
		return o
	}
	lint := of("golangci-lint", nil, built(golangci), golangci, "run", "--no-config", "--default=none", sqlLinters, "--tests=false", "--allow-parallel-runners",
		"--path-mode=abs", "--max-issues-per-linter=0", "--max-same-issues=0", "--output.text.print-issued-lines=false", "./...")
	lint.fresh = func(cmd *exec.Cmd, cache string) { cmd.Env = append(cmd.Env, "GOLANGCI_LINT_CACHE="+cache) }
	// Without a schema sqlvet stops at once, and in an empty one no table is known.
	sqlvet := of("sqlvet", nil, built("sqlvet"), "sh", "-c", `echo 'schema_path = "sqlvet.sql"' > sqlvet.toml; : > sqlvet.sql; `+
		`sqlvet -e "$PWD"; status=$?; rm sqlvet.toml sqlvet.sql; exit $status`)
	sqlvet.not = regexp.MustCompile("invalid table name|not available for query|is not defined in table")
	return []other{
		poolvet("pgbouncer@1.18"),
		poolvet("rdsproxy"),
		lint,
		sqlvet,
		of("unqueryvet", regexp.MustCompile("transaction"), built("unqueryvet"), "unqueryvet", "-no-color", "-n1", "-sqli", "-tx-leak", "./..."),
		of("gosec", nil, built("gosec"), "gosec", "-quiet", "-fmt=golint", "-include=G201,G202", "./..."),
		of("squawk", nil, says("squawk", "--version"), "sh", "-c", "git ls-files -z '*migrat*.sql' | xargs -0 -r squawk --reporter=gcc"),
		of("pg-bounceguard", all, says("node", "-p", "require('pg-bounceguard/package.json').version"),
			"sh", "-c", filepath.Join(dir, "texts")+" ./... | node "+guard),
	}, nil
}

// built says of which version of its module a Go program was built.
func built(program string) func() (string, error) {
	return func() (string, error) {
		path, err := exec.LookPath(program)
		if err != nil {
			return "", err
		}
		info, err := buildinfo.ReadFile(path)
		if err != nil {
			return "", err
		}
		return info.Main.Version, nil
	}
}

// says is the version that a command prints.
func says(name string, args ...string) func() (string, error) {
	return func() (string, error) {
		out, err := exec.Command(name, args...).Output()
		if err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
		return strings.TrimSpace(strings.TrimPrefix(string(out), name)), err
	}
}

// placed is a finding as most tools print it, with its line or the lines of its statement.
var placed = regexp.MustCompile(`(?m)^(?:\./)?([^\s:][^:\n]*\.(?:go|sql)):(\d+)(?:-(\d+)|:\d+)?:\s*(.*)$`)

func readLines(out []byte) (all []corpus.Finding, err error) {
	for _, m := range placed.FindAllStringSubmatch(string(out), -1) {
		f := corpus.Finding{File: m[1], Message: m[4]}
		if f.Line, err = strconv.Atoi(m[2]); err == nil && m[3] != "" {
			f.EndLine, err = strconv.Atoi(m[3])
		}
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// seen is what one tool did on one checkout.
type seen struct {
	cost
	findings []corpus.Finding
	failed   string
}

// look runs a tool in the modules of a checkout, and adds up what that takes.
func (o other) look(root string, modules []string) (all seen, err error) {
	for _, dir := range modules {
		others := filesOf(all.findings) // which modules can share, as one below another does
		err := o.with(dir, func(cmd *exec.Cmd) error {
			var out, complaints bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &complaints
			c, err := spend(cmd)
			if err != nil {
				return err
			}
			found, err := o.read(out.Bytes())
			if err != nil {
				return fmt.Errorf("%v: %w", cmd.Args, err)
			}
			if !cmd.ProcessState.Success() && len(found) == 0 {
				all.failed = fmt.Sprintf("%s: %.300s", cmd.ProcessState, &complaints)
			}
			for _, f := range found {
				f.File = within(root, dir, f.File)
				if !others[f.File] && (o.not == nil || !o.not.MatchString(f.Message)) {
					all.findings = append(all.findings, f)
				}
			}
			all.wall, all.cpu, all.memory = all.wall+c.wall, all.cpu+c.cpu, max(all.memory, c.memory)
			fmt.Fprintf(os.Stderr, "%s: %s: %s, %d findings, %.1f s, %d MB %s\n",
				dir, strings.Join(cmd.Args, " "), cmd.ProcessState, len(found), c.wall.Seconds(), c.memory>>20, all.failed)
			return nil
		})
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

func filesOf(findings []corpus.Finding) map[string]bool {
	files := map[string]bool{}
	for _, f := range findings {
		files[f.File] = true
	}
	return files
}

// within names a file that was found in dir as root does.
func within(root, dir, file string) string {
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	if rel, err := filepath.Rel(root, file); err == nil {
		file = rel
	}
	return filepath.ToSlash(file)
}

// project is a checkout, OWNER--NAME, with its labels and what each tool did.
type project struct {
	repo, commit string
	packages     int
	labels       []corpus.Label
	seen         []seen // by tool; of one that is missing it is empty
}

// beside runs all tools on all checkouts and prints what they found as tables.
func beside(ts []other, labels []corpus.Label, checkouts []string) error {
	var ps []project
	var failed error
	for _, checkout := range checkouts {
		p, err := visit(ts, labels, checkout)
		if err != nil { // it takes long: the others are worth showing
			failed = errors.Join(failed, fmt.Errorf("%s is left out: %w", checkout, err))
			continue
		}
		ps = append(ps, p)
	}
	fmt.Print(report(ts, ps))
	return failed
}

func visit(ts []other, labels []corpus.Label, checkout string) (p project, err error) {
	root, err := filepath.Abs(checkout)
	if err != nil {
		return p, err
	}
	p.repo = strings.Replace(filepath.Base(root), "--", "/", 1)
	for _, l := range labels {
		if l.Repo == p.repo && !l.InTest {
			p.labels = append(p.labels, l)
		}
	}
	head, err := output(root, "git", "rev-parse", "HEAD")
	if err != nil {
		return p, err
	}
	p.commit = strings.TrimSpace(head)
	for _, l := range p.labels {
		if l.Commit != p.commit {
			return p, fmt.Errorf("it is at %s, and the labels are for %s", p.commit, l.Commit)
		}
	}
	modules := corpus.Modules(root, p.labels)
	if len(modules) == 0 {
		modules = []string{root}
	}
	for _, dir := range modules { // builds what all tools need of the packages
		list, err := output(dir, "go", "list", "-e", "-export", "-deps", "-f", "{{if not .DepOnly}}{{.ImportPath}}{{end}}", "./...")
		if err != nil {
			return p, err
		}
		p.packages += strings.Count(list, "\n")
	}
	for _, o := range ts {
		var s seen
		if o.missing == "" {
			if s, err = o.look(root, modules); err != nil {
				return p, err
			}
		}
		p.seen = append(p.seen, s)
	}
	return p, nil
}

func output(dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%v: %w", cmd.Args, err)
	}
	return string(out), err
}
