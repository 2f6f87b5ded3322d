package main

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	gofmt "go/format"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/aymanbagabas/go-udiff"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/patch"
)

// fixing is what is to be done with fixes.
type fixing struct {
	apply, diff bool
}

func fixFlags(flags *flag.FlagSet) *fixing {
	f := new(fixing)
	flags.BoolVar(&f.apply, "fix", false, "change the code where a remedy is safe, and say what was changed")
	flags.BoolVar(&f.diff, "diff", false, "show as a unified diff what -fix would change, and change nothing: status 1 where that is something")
	return f
}

// fix is the edits that a finding comes with.
type fix struct {
	finding output.Finding
	title   string
	edits   []udiff.Edit
}

// fixes are those of each file, by its full name.
type fixes map[string][]fix

func (fs *fixes) add(fset *token.FileSet, cwd string, f analyzer.Finding) {
	if f.Fix == nil || len(f.Fix.TextEdits) == 0 {
		return
	}
	if *fs == nil {
		*fs = make(fixes)
	}
	file := fset.File(f.Fix.TextEdits[0].Pos)
	added := fix{finding: goFinding(fset, cwd, f), title: f.Fix.Message}
	for _, e := range f.Fix.TextEdits {
		start := file.Offset(e.Pos)
		end := start
		if e.End.IsValid() {
			end = file.Offset(e.End)
		}
		added.edits = append(added.edits, udiff.Edit{Start: start, End: end, New: string(e.NewText)})
	}
	(*fs)[file.Name()] = append((*fs)[file.Name()], added)
}

// change is what fixes make of one file.
type change struct {
	file          string
	before, after []byte
	mode          os.FileMode
	done, dropped []fix
}

// changes puts the fixes into effect, in memory. A file that cannot be changed
// is among the errors; the others do not suffer.
func (fs fixes) changes(unchanged func(file string, content []byte) bool) (all []*change, errs []error) {
	for _, file := range slices.Sorted(maps.Keys(fs)) {
		c, err := newChange(unchanged, file, fs[file])
		if err != nil {
			errs = append(errs, err)
			continue
		}
		all = append(all, c)
	}
	return all, errs
}

func newChange(unchanged func(file string, content []byte) bool, file string, fixes []fix) (*change, error) {
	named := file
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real // a link stays one
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	c := &change{file: file, mode: info.Mode().Perm()}
	if c.before, err = os.ReadFile(file); err != nil {
		return nil, err
	}
	if !unchanged(named, c.before) {
		return nil, fmt.Errorf("%s: not fixed: changed while it was analysed; run poolvet again", file)
	}
	var edits []udiff.Edit
	slices.SortStableFunc(fixes, func(a, b fix) int { return cmp.Compare(a.edits[0].Start, b.edits[0].Start) })
	for _, f := range fixes {
		switch {
		case sameEdits(f.edits, edits): // of another variant of the package
		case overlaps(f.edits, edits):
			c.dropped = append(c.dropped, f)
		default:
			for _, e := range f.edits {
				if !slices.Contains(edits, e) {
					edits = append(edits, e)
				}
			}
			c.done = append(c.done, f)
		}
	}
	if c.after, err = udiff.ApplyBytes(c.before, edits); err != nil {
		return nil, fmt.Errorf("%s: not fixed: %w", file, err)
	}
	if filepath.Ext(file) != ".go" {
		return c, nil
	}
	if clean, err := gofmt.Source(c.before); err == nil && bytes.Equal(clean, c.before) {
		c.after, err = gofmt.Source(c.after)
		if err != nil {
			return nil, fmt.Errorf("%s: not fixed: %w", file, err)
		}
	} else if _, err := parser.ParseFile(token.NewFileSet(), file, c.after, 0); err != nil {
		return nil, fmt.Errorf("%s: not fixed: %w", file, err)
	}
	return c, nil
}

// sameEdits reports whether all of edits are among the others.
func sameEdits(edits, others []udiff.Edit) bool {
	return !slices.ContainsFunc(edits, func(e udiff.Edit) bool { return !slices.Contains(others, e) })
}

// overlaps reports whether edits touch what the others edit. The same edit,
// such as of an import, is made once for both.
func overlaps(edits, others []udiff.Edit) bool {
	return slices.ContainsFunc(edits, func(e udiff.Edit) bool {
		return slices.ContainsFunc(others, func(o udiff.Edit) bool { return e != o && e.Start <= o.End && o.Start <= e.End })
	})
}

// write replaces the file, all of it or not at all.
func (c *change) write() error {
	if c.mode&0o222 == 0 {
		return fmt.Errorf("%s: not fixed: the file is read-only", c.file)
	}
	temp, err := os.CreateTemp(filepath.Dir(c.file), ".poolvet-*")
	if err != nil {
		return fmt.Errorf("%s: not fixed: %w", c.file, err)
	}
	defer os.Remove(temp.Name()) // once renamed there is none
	_, err = temp.Write(c.after)
	err = errors.Join(err, temp.Chmod(c.mode), temp.Close())
	if err == nil {
		if now, _ := os.ReadFile(c.file); !bytes.Equal(now, c.before) {
			return fmt.Errorf("%s: not fixed: changed meanwhile; run poolvet again", c.file)
		}
		err = os.Rename(temp.Name(), c.file)
	}
	if err != nil {
		return fmt.Errorf("%s: not fixed: %w", c.file, err)
	}
	return nil
}

// showDiff writes what fixes would change.
func (r *report) showDiff(std stdio) int {
	cwd, _ := os.Getwd()
	if real, err := filepath.EvalSymlinks(cwd); err == nil {
		cwd = real // as the files are named
	}
	changes, errs := r.fixes.changes(r.unchanged)
	status := clean
	for _, c := range changes {
		name := filepath.ToSlash(relative(cwd, c.file))
		if diff := patch.Unified(name, string(c.before), string(c.after)); diff != "" {
			status = found
			if _, err := io.WriteString(std.out, diff); err != nil {
				return std.complain(err)
			}
		}
		c.tellDropped(std.err)
	}
	r.Unread = append(r.Unread, fileNotices(cwd, errs)...)
	r.endDiff(status)
	std.tell(r.Notices())
	std.end(&r.Summary)
	return r.Summary.Status
}

// endDiff settles the summary where differences are shown instead of findings.
func (r *report) endDiff(status int) {
	r.End()
	switch {
	case r.Summary.Status == failed:
	case status == found:
		r.Summary.Status, r.Summary.Reason = found, "there is something to change"
	default:
		r.Summary.Status, r.Summary.Reason = clean, "there is nothing to change"
	}
}

// applyFixes changes the files and says what it changed. It returns what kept
// it from changing others.
func (r *report) applyFixes(w io.Writer, std stdio) []output.Notice {
	cwd, _ := os.Getwd()
	changes, errs := r.fixes.changes(r.unchanged)
	for _, c := range changes {
		c.tellDropped(std.err)
		if err := c.write(); err != nil {
			errs = append(errs, err)
			continue
		}
		for _, f := range c.done {
			fmt.Fprintf(w, "%s: fixed: %s (%s)\n", output.OneLine(f.finding.Place()), f.title, f.finding.Rule)
		}
	}
	return fileNotices(cwd, errs)
}

func fileNotices(cwd string, errs []error) (all []output.Notice) {
	for _, err := range errs {
		all = append(all, errorNotice(cwd, err))
	}
	return all
}

func (c *change) tellDropped(w io.Writer) {
	for _, f := range c.dropped {
		fmt.Fprintf(w, "%s: not fixed: another fix changes the same code; run poolvet again\n", output.OneLine(f.finding.Place()))
	}
}

// remarks is where there may be more than findings: beside findings that a
// program is to read there is nothing.
func (o *outputOptions) remarks(std stdio) io.Writer {
	if o.format == "text" {
		return std.out
	}
	return std.err
}
