package output

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
)

// key is what a finding is known by where its line may change, as in a baseline.
func (f Finding) key() string {
	return strings.Join([]string{f.Rule, f.owner(), f.Function, f.Text}, "\x00")
}

// owner is what a finding belongs to: its package, or its file of SQL.
func (f Finding) owner() string { return cmp.Or(f.Package, filepath.ToSlash(f.File)) }

// fingerprint identifies the n-th finding of a key.
func fingerprint(key string, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, n))
	return fmt.Sprintf("%x", sum[:16])
}

// fingerprints makes each key that it is asked about unique.
type fingerprints map[string]int

func (p fingerprints) of(key string) string {
	p[key]++
	return fingerprint(key, p[key])
}
