// Command mutation tests the tests of poolvet: each of its switches turns
// something of poolvet off, a rule, a guard, a row of a table, and some test
// must notice.
//
//	go -C mutation run . [-run REGEXP] [-sample N]
//
// No file is changed: the go command gets what is switched by -overlay. It ends
// with 1 where a switch is not noticed, which is a test that is missing, or
// cannot be tried.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

func main() {
	pattern := flag.String("run", "", "try those alone whose name or file matches this `regexp`")
	sample := flag.Int("sample", 0, "try this `many` of them, the same each time")
	flag.Parse()
	if err := run(*pattern, *sample); err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
		os.Exit(1)
	}
}

func run(pattern string, sample int) error {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	root, err := filepath.Abs("..")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "poolvet-mutation")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	r := &runner{root: root, dir: dir, sound: map[string]error{}}
	var survived, untried []string
	chosen := choose(switches(), re, sample)
	for i, s := range chosen {
		start := time.Now()
		by, err := r.try(s)
		how := "noticed by " + by
		switch {
		case err != nil:
			how = err.Error()
			untried = append(untried, s.name)
		case by == "":
			how = "NOT NOTICED"
			survived = append(survived, s.name)
		}
		fmt.Printf("%3d/%d %4.0f s  %s: %s: %s\n", i+1, len(chosen), time.Since(start).Seconds(), s.file, s.name, how)
	}
	tried := len(chosen) - len(untried)
	fmt.Printf("%d of %d switches are noticed\n", tried-len(survived), tried)
	if len(survived)+len(untried) > 0 || tried == 0 {
		return fmt.Errorf("not noticed: %q; not tried: %q", survived, untried)
	}
	return nil
}

// choose is what is to be tried; of a sample they stand evenly apart.
func choose(all []change, re *regexp.Regexp, sample int) (chosen []change) {
	for _, s := range all {
		if re.MatchString(s.name) || re.MatchString(s.file) {
			chosen = append(chosen, s)
		}
	}
	if sample <= 0 || len(chosen) <= sample {
		return chosen
	}
	var some []change
	for i := range sample {
		some = append(some, chosen[i*len(chosen)/sample])
	}
	return some
}

// tests are the go test commands that may notice a change, one after the other.
func (s change) tests() (all [][]string) {
	packages := strings.Fields(s.in)
	if len(packages) == 0 {
		packages = []string{"./" + filepath.ToSlash(filepath.Dir(s.file))}
	}
	for i, p := range packages {
		switch {
		case i == 0 && s.by != "":
			all = append(all, []string{"-run", s.by, p})
		case p == "./analyzer":
			all = append(all, []string{"-run", fast, p})
		default:
			all = append(all, []string{p})
		}
	}
	return all
}
