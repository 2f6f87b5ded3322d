package main

// ofOutput are switches in what is written, and in what a run asks for.
var ofOutput = []change{
	{name: "what leaks is a warning", file: "internal/output/level.go", old: `outcome == pooler.Refused, outcome == pooler.Leaks:`, new: `outcome == pooler.Refused:`},
	{name: "what is contested is an error", file: "internal/output/level.go", old: `		if !f.Uncertain() {
			return Error
		}`, new: `		return Error`},
	{name: "a comma ends a property", file: "internal/output/github.go", old: `":", "%3A", ",", "%2C"`, new: `":", "%3A"`},
	{name: "annotations in the order of the code", file: "internal/output/github.go", old: `		return slices.Index(githubKinds, a.kind) - slices.Index(githubKinds, b.kind)`, new: `		return 0`},
	{name: "columns over several lines", file: "internal/output/github.go", old: `	if at.Line == at.EndLine && at.Column > 0 {`, new: `	if at.Column > 0 {`},
	{name: "SARIF: what is fine is a note", file: "internal/output/sarif.go", old: `			result.Kind, result.Level = "pass", "none"`, new: `			result.Kind = ""`, in: "./internal/output"},
	{name: "GitLab: what was not read blocks nothing", file: "internal/output/gitlab.go", old: `"blocker", gitlabPlace`, new: `"info", gitlabPlace`, in: "./internal/output"},
	{name: "GitLab: line 0", file: "internal/output/gitlab.go", old: `gitlabLines{max(line, 1)}`, new: `gitlabLines{line}`, in: "./internal/output"},
	{name: "a password is shown", file: "internal/output/source.go", old: `				copy(b[m[i]:m[i+1]], strings.Repeat("*", m[i+1]-m[i]))`, new: `				_ = b[m[i]:m[i+1]]`},
	{name: "a terminal acts on what is shown", file: "internal/output/source.go", old: `unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp)`, new: `unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)`},
	{name: "wide characters are narrow", file: "internal/output/source.go", old: `		return string(r), 2`, new: `		return string(r), 1`},
	{name: "what could not be read does not fail", file: "internal/output/summary.go", old: `	case len(unread) > 0:
		s.Status, s.Reason = Failed, "something could not be read in full"
`, new: "", in: "./internal/output"},
	{name: "a package is counted for each notice", file: "internal/output/summary.go", old: `n.Package != "" && !broken[n.Package]:`, new: `n.Package != "":`, in: "./internal/output"},
	{name: "a fix of several lines is not shown", file: "internal/output/fixlines.go", old: `		grown += len(now) - len(old)
`, new: ""},
	{name: "a patch counts wrong", file: "internal/patch/patch.go", old: `	d.grown += d.added - d.removed
`, new: "", in: "./internal/patch"},
	{name: "a patch of a file without an end of line", file: "internal/patch/patch.go", old: `		if !strings.HasSuffix(line, "\n") {`, new: `		if false {`, in: "./internal/patch"},
	{name: "hunks run into each other", file: "internal/patch/patch.go", old: `first > d.next+2*around {`, new: `first > d.next+around {`, in: "./internal/patch"},
	{name: "-since: new files are old", file: "internal/changed/changed.go", old: `			c[filepath.Join(root, filepath.FromSlash(name))] = &fileLines{all: true}`, new: `			_ = root`, in: "./internal/changed"},
	{name: "-since: the tip instead of where the branch left", file: "internal/changed/changed.go", old: `strings.TrimSpace(base), "--")`, new: `base[:0]+revision, "--")`, in: "./internal/changed"},
	{name: "-since: a line that looks like a header", file: "internal/changed/changed.go", old: `		case left > 0 && strings.HasPrefix(line, "+"):`, new: `		case left < 0:`, in: "./internal/changed"},
	{name: "-since: git's own variables", file: "internal/changed/changed.go", old: `[]string{"GIT_DIR", `, new: `[]string{`, in: "./internal/changed"},
	{name: "-since: a finding of several lines", file: "internal/changed/changed.go", old: `	return c[abs].any(from, max(from, to))`, new: `	return c[abs].any(from, from)`, in: "./internal/changed"},
	{name: "a file of flags that names another", file: "internal/flagsfile/flagsfile.go", old: `		case f.Name() == "flags":
			return nil, fmt.Errorf("%s: a file of flags names no other", f.At())
`, new: "", in: "./cmd/poolvet", by: "FilesOfFlags"},
	{name: "quotes in a file of flags", file: "internal/flagsfile/flagsfile.go", old: `		return name + "=" + value[1:len(value)-1]`, new: `		return line + name[:0]`, in: "./cmd/poolvet", by: "FilesOfFlags"},
	{name: "flags behind --", file: "internal/flagsfile/flagsfile.go", old: `		case arg == "--":
			return files
`, new: "", in: "./internal/flagsfile"},
	{name: "a baseline knows a finding for ever", file: "cmd/poolvet/baseline.go", old: `		if b[k]--; b[k] == 0 {
			delete(b, k)
		}`, new: ``, in: "./cmd/poolvet", by: "Baseline"},
	{name: "a baseline forgets what was not looked for", file: "cmd/poolvet/baseline.go", old: `		if r.judged(k, opts) {
			delete(b, k)
		}`, new: `		delete(b, k)`, in: "./cmd/poolvet", by: "Baseline"},
	{name: "fixes that overlap", file: "cmd/poolvet/fix.go", old: `		case overlaps(f.edits, edits):
			c.dropped = append(c.dropped, f)
`, new: "", in: "./cmd/poolvet", by: "Fix"},
	{name: "a file that changed meanwhile", file: "cmd/poolvet/fix.go", old: `	if !unchanged(named, c.before) {`, new: `	if !unchanged(named, c.before) && named == "" {`, in: "./cmd/poolvet", by: "Meanwhile"},
	{name: "a link to what was not pushed", file: "internal/web/web.go", old: `err != nil || pushed == "" || base == nil`, new: `err != nil || pushed == "?" || base == nil`, in: "./cmd/poolvet", by: "PageLeads"},
	{name: "a link to what changed", file: "internal/web/web.go", old: `		delete(same, name)`, new: `		_ = name`, in: "./cmd/poolvet", by: "PageLeads"},
	{name: "session_replication_role is for all", file: "internal/message/parameter.go", old: "words(`session_replication_role row_security", new: "words(`row_security", in: "./internal/message"},
	{name: "a SET clause for statement_timeout", file: "internal/message/parameter.go", old: `words(` + "`statement_timeout transaction_timeout idle", new: `words(` + "`transaction_timeout idle", in: "./internal/message ./analyzer"},
}
