// Package testmod has the modules that tests analyse at hand before they run.
//
// Loaders of packages are lenient, and analysistest forbids the network
// (GOPROXY=off): to them a module that was never downloaded is an import
// without types, and what is to be found there is missing from the findings.
// Here it is an error that names the module.
package testmod

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// Main is the TestMain of packages whose tests load packages of dir, a module
// of its own: it downloads what they import, then runs the tests.
func Main(m *testing.M, dir string) {
	if err := Fetch(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	os.Exit(m.Run())
}

// Fetch downloads the modules that the packages of the module in dir import,
// those of their tests among them, unless they are there already.
func Fetch(dir string) error {
	cmd := exec.Command("go", "list", "-deps", "-test", "-f", "{{with .Error}}{{.}}{{end}}", "./...")
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("the tests load packages of %s, and a module that these need cannot be had (%v):\n%s", dir, err, stderr.Bytes())
	}
	return nil
}
