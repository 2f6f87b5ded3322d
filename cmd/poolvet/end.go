package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/poolvet/poolvet/internal/output"
)

// started is when the command was. What it says of that is for people alone, on
// stderr: the same code gives the same bytes elsewhere.
var started = time.Now()

// end says in a line how the run ended and how long it took.
func (s stdio) end(sum *output.Summary) {
	fmt.Fprintf(s.err, "%s; took %s\n", sum, inShort(time.Since(started)))
}

// inShort is a duration as people want it: "0.4s", "1m12s".
func inShort(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.1fs", d.Seconds())
	}
	return d.Round(time.Second).String()
}

// show tells a report's notices, writes it, and says how the run ended: below
// text what each rule found and what to type next. It returns the exit status.
func (r *report) show(p *printer, next string, std stdio) int {
	std.tell(r.Notices())
	r.Read = slices.Sorted(maps.Keys(r.paths))
	if err := p.print(&r.Report); err != nil {
		return std.complain(err)
	}
	if p.forPeople && r.Summary.Findings > 0 {
		fmt.Fprintln(std.err)
		r.Summary.WriteRules(std.err)
		if next != "" {
			fmt.Fprintln(std.err, "next: "+next)
		}
	}
	std.end(&r.Summary)
	return r.Summary.Status
}

// many is how many findings are for a baseline rather than for today.
const many = 20

// next is the command to type after this one, which was called with these
// arguments: make the fixes and write down what is known, where it may be called
// so, else read on; "" for none.
func (r *report) next(mayFix, mayWrite bool, command string, args []string) string {
	fixable := slices.ContainsFunc(r.Findings, func(f output.Finding) bool { return f.Fix != nil && f.File != stdinName })
	rule := slices.IndexFunc(r.Summary.Rules, func(c output.RuleCount) bool { return c.Rule != "directive" })
	switch {
	case fixable && mayFix:
		return again(command, args, "-fix")
	case r.Summary.Findings >= many && mayWrite:
		return again(command, args, "-baseline="+program+".baseline", "-write-baseline")
	case rule >= 0:
		return program + " explain " + r.Summary.Rules[rule].Rule
	}
	return ""
}

// again is the same command with further flags.
func again(command string, args []string, flags ...string) string {
	words := []string{program}
	if command != "" {
		words = append(words, command)
	}
	for _, arg := range slices.Concat(flags, args) {
		words = append(words, quoted(arg))
	}
	return strings.Join(words, " ")
}

// plainWord is what a shell takes as it is.
var plainWord = regexp.MustCompile(`^[\w@%+=:,./-]+$`)

// quoted is a word as a shell takes it, on one line.
func quoted(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(output.OneLine(word), "'", `'\''`) + "'"
}
