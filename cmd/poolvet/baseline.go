package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/output"
)

// A baseline holds the findings that old code is known to have. It knows them
// by rule, package, function and the words in the code, and how many of them
// there are alike: not by line, so that code may move.
//
// It is a file of JSON, an entry a line and in order, so that a line of a diff
// is a finding, and branches merge.
type baseline map[known]int

// known is what a baseline knows a finding by.
type known struct {
	Rule     string `json:"rule"`
	Package  string `json:"package"`
	Function string `json:"function"`
	Text     string `json:"text"`
}

type baselineEntry struct {
	known
	Count int `json:"count"`
}

// knownBy is what a baseline knows a finding by; a file of SQL is its own package.
func knownBy(f output.Finding) known {
	return known{f.Rule, cmp.Or(f.Package, filepath.ToSlash(f.File)), f.Function, f.Text}
}

func (k known) String() string {
	in := k.Package
	if k.Function != "" {
		in += "." + k.Function
	}
	return fmt.Sprintf("%s in %s: %s", k.Rule, in, k.Text)
}

// baselineOptions say which baseline to use.
type baselineOptions struct {
	file  string
	write bool
}

func baselineFlags(flags *flag.FlagSet) *baselineOptions {
	o := new(baselineOptions)
	flags.StringVar(&o.file, "baseline", "", "a `file` of known findings: only others are reported")
	flags.BoolVar(&o.write, "write-baseline", false, "write what is found to the file of -baseline, and report nothing")
	return o
}

// read reads the baseline. One that is to be written may be missing.
func (o *baselineOptions) read() (baseline, error) {
	if o.file == "" {
		if o.write {
			return nil, errors.New("-write-baseline needs -baseline=file, which says where to")
		}
		return nil, nil
	}
	data, err := os.ReadFile(o.file)
	if errors.Is(err, fs.ErrNotExist) {
		if o.write {
			return baseline{}, nil
		}
		return nil, fmt.Errorf("baseline %s does not exist; -write-baseline makes it", o.file)
	}
	if err != nil {
		return nil, fmt.Errorf("baseline: %w", err)
	}
	b, err := parseBaseline(data)
	if err != nil {
		return nil, fmt.Errorf("baseline %s: %w", o.file, err)
	}
	return b, nil
}

// without says that the baseline cannot be written with a flag, where that is on.
func (o *baselineOptions) without(flag string, isOff bool) error {
	if o.write && !isOff {
		return fmt.Errorf("-write-baseline writes all that is found: leave out -%s", flag)
	}
	return nil
}

func parseBaseline(data []byte) (baseline, error) {
	b := baseline{}
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		var e baselineEntry
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		err := dec.Decode(&e)
		if _, more := dec.Token(); err == nil && more != io.EOF {
			err = errors.New("more than one entry")
		}
		switch {
		case err != nil:
			return nil, fmt.Errorf("line %d is no entry of a baseline: %w", n, err)
		case e.Rule == "" || e.Count < 1:
			return nil, fmt.Errorf("line %d is no entry of a baseline: it needs a rule and a count", n)
		}
		b[e.known] += e.Count // merged branches may repeat one
	}
	return b, nil
}

func (b baseline) entries() (all []baselineEntry) {
	for k, n := range b {
		all = append(all, baselineEntry{k, n})
	}
	slices.SortFunc(all, func(a, b baselineEntry) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Function, b.Function),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Text, b.Text))
	})
	return all
}

func (b baseline) write(file string) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	for _, e := range b.entries() {
		if err := enc.Encode(e); err != nil {
			return err
		}
	}
	return os.WriteFile(file, buf.Bytes(), 0o666)
}

// apply takes the known findings out of a report. What remains of b is what
// was not found.
func (b baseline) apply(r *report) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f output.Finding) bool {
		k := knownBy(f)
		if b[k] == 0 {
			return false
		}
		if b[k]--; b[k] == 0 {
			delete(b, k)
		}
		r.Summary.LeftOut.Known++
		return true
	})
}

// stale are the entries of what remains that were looked for.
func (b baseline) stale(r *report, opts analyzer.Options) []baselineEntry {
	return slices.DeleteFunc(b.entries(), func(e baselineEntry) bool { return !r.judged(e.known, opts) })
}

// renew makes b what was found, and keeps what was not looked for.
func (b baseline) renew(r *report, opts analyzer.Options) {
	for k := range b {
		if r.judged(k, opts) {
			delete(b, k)
		}
	}
	for _, f := range r.Findings {
		b[knownBy(f)]++
	}
}

// judged reports whether a finding would have been found if it were there:
// its rule is on, and its package was analysed or is no more.
func (r *report) judged(k known, opts analyzer.Options) bool {
	if k.Rule != "directive" && !opts.Enables(k.Rule) {
		return false
	}
	if _, read := r.paths[k.Package]; read {
		return true
	}
	for path, dir := range r.modules {
		if rest, ok := strings.CutPrefix(k.Package, path+"/"); ok && dir != "" {
			_, err := os.Stat(filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(rest, "_test"))))
			if errors.Is(err, fs.ErrNotExist) {
				return true
			}
		}
	}
	return false
}

// baseline does with a report what the flags ask for.
func (r *report) baseline(o *baselineOptions, b baseline, opts analyzer.Options, std stdio) error {
	if o.write {
		b.renew(r, opts)
		n := len(r.Findings)
		r.Findings, r.Summary.LeftOut.Known = nil, n
		if err := b.write(o.file); err != nil {
			return err
		}
		fmt.Fprintf(std.err, "%s written to %s\n", output.Count(n, "finding"), o.file)
		return nil
	}
	b.apply(r)
	for _, e := range b.stale(r, opts) {
		fmt.Fprintf(std.err, "%s: no longer found, renew it with -write-baseline: %s (%s)\n", o.file, e.known, output.Count(e.Count, "time"))
	}
	return nil
}
