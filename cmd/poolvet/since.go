package main

import (
	"flag"
	"slices"

	"github.com/poolvet/poolvet/internal/changed"
	"github.com/poolvet/poolvet/internal/output"
)

func sinceFlag(flags *flag.FlagSet) *string {
	return flags.String("since", "", "a `revision`: report only what stands on lines that changed since this branch left it, in commits or in the working tree")
}

// keepChanged leaves in a report what stands on lines that changed, or leads to
// one: a call of a function that is new.
func (r *report) keepChanged(lines changed.Lines) {
	if lines == nil {
		return
	}
	before := len(r.Findings)
	r.Findings = slices.DeleteFunc(r.Findings, func(f output.Finding) bool { return isOld(f, lines) })
	r.Summary.LeftOut.Unchanged += before - len(r.Findings)
	r.Unread = slices.DeleteFunc(r.Unread, func(n output.Notice) bool {
		return n.Kind == output.TextNotice && n.Line > 0 && !lines.Touches(n.File, n.Line, n.Line)
	})
}

func isOld(f output.Finding, lines changed.Lines) bool {
	return !lines.Touches(f.File, f.Line, f.EndLine) && !slices.ContainsFunc(f.Related, func(r output.Related) bool { return lines.Touches(r.File, r.Line, r.Line) })
}

// keepChanged leaves the fixes of what it leaves in a report.
func (fs fixes) keepChanged(lines changed.Lines) {
	if lines == nil {
		return
	}
	for file, all := range fs {
		fs[file] = slices.DeleteFunc(all, func(f fix) bool { return isOld(f.finding, lines) })
		if len(fs[file]) == 0 {
			delete(fs, file)
		}
	}
}
