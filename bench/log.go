package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/poolvet/poolvet/internal/busylog"
)

// megabyte is that of speeds.
const megabyte = 1_000_000

// fileSize is that of the logs that both programs read.
const fileSize = 100 * megabyte

// logged is a format of logs, and how each program is told of it.
type logged struct {
	name     string
	format   busylog.Format
	poolvet  []string
	pgbadger []string
}

var logs = []logged{
	{"stderr", busylog.Stderr, []string{"-prefix=" + busylog.Prefix}, []string{"-f", "stderr", "-p", busylog.Prefix}},
	{"stderr of RDS", busylog.RDS, nil, []string{"-f", "rds"}},
	{"csvlog", busylog.CSV, nil, []string{"-f", "csv"}},
	{"jsonlog", busylog.JSON, nil, []string{"-f", "jsonlog"}},
}

// tracer runs poolvet trace on a module with some SQL.
type tracer struct{ bin, module string }

func newTracer(dir string) (tracer, error) {
	t := tracer{filepath.Join(dir, "poolvet"), filepath.Join(dir, "module")}
	err := write(t.module, map[string]string{"p/p.go": source("p", 0, 50)})
	if err == nil {
		_, err = succeed(t.on("-")) // which compiles the module
	}
	return t, err
}

func (t tracer) on(log string, flags ...string) *exec.Cmd {
	cmd := exec.Command(t.bin, append(append([]string{"trace", "-log=" + log}, flags...), "./...")...)
	cmd.Dir = t.module
	return cmd
}

// succeed measures a command that must not fail.
func succeed(cmd *exec.Cmd) (cost, error) {
	c, err := measure(cmd)
	if err == nil && !cmd.ProcessState.Success() {
		err = fmt.Errorf("%v: %s", cmd.Args, cmd.ProcessState)
	}
	return c, err
}

// readLogs measures the reading of logs: of each format beside pgBadger, and how
// the memory grows with a log of up to size megabytes.
func readLogs(dir, pgbadger string, runs int, size int64) error {
	t, err := newTracer(dir)
	if err != nil {
		return err
	}
	fmt.Printf("logs of %d MB, %d runs of each\n%s", fileSize/megabyte, runs, header)
	for _, l := range logs {
		if err := l.beside(t, pgbadger, runs); err != nil {
			return err
		}
	}
	return t.grow(size * megabyte)
}

// beside prints what both programs need for a log.
func (l logged) beside(t tracer, pgbadger string, runs int) error {
	dir, err := os.MkdirTemp("", "log")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "postgresql.log")
	n, err := l.write(file)
	if err != nil {
		return err
	}
	programs := []func() *exec.Cmd{
		func() *exec.Cmd { return t.on(file, l.poolvet...) },
		func() *exec.Cmd {
			args := append([]string{"--quiet", "-j", "1", "-o", filepath.Join(dir, "out.html")}, l.pgbadger...)
			return exec.Command(pgbadger, append(args, file)...)
		},
	}
	_, missing := exec.LookPath(pgbadger)
	if missing != nil {
		programs = programs[:1]
	}
	costs := make([][]cost, len(programs))
	for range runs {
		for k, program := range programs {
			c, err := succeed(program())
			if err != nil {
				return err
			}
			costs[k] = append(costs[k], c)
		}
	}
	row(n, median(costs[0]), l.name+", poolvet trace")
	if missing != nil {
		fmt.Printf("%46s%s, pgBadger: not measured: %v\n", "", l.name, missing)
		return nil
	}
	theirs := median(costs[1])
	row(n, theirs, fmt.Sprintf("%s, pgBadger: %.1f times the CPU", l.name, theirs.cpu.Seconds()/median(costs[0]).cpu.Seconds()))
	return nil
}

// write writes the log.
func (l logged) write(file string) (n int64, err error) {
	f, err := os.Create(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if n, err = io.Copy(f, busylog.New(l.format, fileSize)); err != nil {
		return n, err
	}
	return n, f.Close()
}

const header = "\n    MB/s     CPU s  MB/s of CPU  memory MB\n"

// row prints what a program needed, once it is known: the next one takes its time.
func row(bytes int64, c cost, what string) {
	mb := float64(bytes) / megabyte
	fmt.Printf("%8.1f  %8.2f  %11.1f  %9d  %s\n", mb/c.wall.Seconds(), c.cpu.Seconds(), mb/c.cpu.Seconds(), c.memory>>20, what)
}

// grow prints what logs of growing size need, which are on no disk: the last one
// has size bytes, or a tenth where it takes longer to read.
func (t tracer) grow(size int64) error {
	fmt.Printf("\nby standard input\n%s", header)
	for _, log := range []struct {
		name   string
		format busylog.Format
		size   int64
	}{{"stderr", busylog.Stderr, size}, {"each line of another session, with another statement", busylog.Strange, size / 10}} {
		for _, n := range []int64{log.size / 100, log.size / 10, log.size} {
			cmd := t.on("-", "-prefix="+busylog.Prefix)
			cmd.Stdin = busylog.New(log.format, n)
			c, err := succeed(cmd)
			if err != nil {
				return err
			}
			row(n, c, fmt.Sprintf("%d MB, %s", n/megabyte, log.name))
		}
	}
	return nil
}
