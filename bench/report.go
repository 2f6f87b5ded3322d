package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/corpus"
)

// The labelled faults, by what they do: wrong results, a leak or an error behind
// PgBouncer in transaction mode, or a pinned connection alone, behind RDS Proxy.
func breaks(l corpus.Label) bool { return l.Expected != "report" || l.Effect != "pins-only" }
func pins(l corpus.Label) bool   { return l.Expected == "report" && l.Effect == "pins-only" }

// report is the tables: of the tools, of the projects, and of the kinds of faults.
func report(ts []other, ps []project) string {
	var b strings.Builder
	b.WriteString(ofTools(ts, ps))
	b.WriteString("\n" + ofProjects(ts, ps))
	b.WriteString("\n" + ofKinds(ts, ps))
	for k, o := range ts {
		if o.missing != "" {
			fmt.Fprintf(&b, "\nnot run: %s: %s\n", o.name, o.missing)
		}
		for _, p := range ps {
			if p.seen[k].failed != "" {
				fmt.Fprintf(&b, "\nfailed: %s on %s: %s\n", o.name, p.repo, p.seen[k].failed)
			}
		}
	}
	return b.String()
}

// score adds up how the findings of a tool about the matter compare with labels.
func score(about []corpus.Finding, p project, counts func(corpus.Label) bool, into *corpus.Score) {
	s := corpus.Of(p.labels, about, counts)
	into.Wanted += s.Wanted
	into.Found += s.Found
	into.Unwanted += s.Unwanted
	into.FalseAlarms = append(into.FalseAlarms, s.FalseAlarms...)
}

// relevant are the findings that can be about what a session keeps.
func (o other) relevant(s seen) (some []corpus.Finding) {
	for _, f := range s.findings {
		if o.about != nil && o.about.MatchString(f.Message) {
			some = append(some, f)
		}
	}
	return some
}

func ofTools(ts []other, ps []project) string {
	rows := [][]string{{"tool", "version", "findings", "breaking faults said", "pinning faults said", "faults with anything at their line", "harmless places reported", "wall s", "CPU s", "MB"}}
	for k, o := range ts {
		if o.missing != "" {
			continue
		}
		var broken, pinned, near corpus.Score
		var all seen
		for _, p := range ps {
			s := p.seen[k]
			all.wall, all.cpu, all.memory = all.wall+s.wall, all.cpu+s.cpu, max(all.memory, s.memory)
			all.findings = append(all.findings, s.findings...)
			score(o.relevant(s), p, breaks, &broken)
			score(o.relevant(s), p, pins, &pinned)
			score(s.findings, p, func(l corpus.Label) bool { return l.Expected == "report" }, &near)
		}
		rows = append(rows, []string{o.name, o.version, fmt.Sprint(len(all.findings)), share(broken.Found, broken.Wanted), share(pinned.Found, pinned.Wanted),
			share(near.Found, near.Wanted), share(len(broken.FalseAlarms), broken.Unwanted),
			fmt.Sprintf("%.1f", all.wall.Seconds()), fmt.Sprintf("%.1f", all.cpu.Seconds()), fmt.Sprint(all.memory >> 20)})
	}
	return table(rows)
}

func ofProjects(ts []other, ps []project) string {
	rows := [][]string{{"repository", "commit", "packages", "faults"}}
	for _, p := range ps {
		var faults corpus.Score
		score(nil, p, func(l corpus.Label) bool { return true }, &faults)
		row := []string{p.repo, p.commit[:min(12, len(p.commit))], fmt.Sprint(p.packages), fmt.Sprint(faults.Wanted)}
		for k, o := range ts {
			if o.missing == "" {
				var said corpus.Score
				score(o.relevant(p.seen[k]), p, func(l corpus.Label) bool { return true }, &said)
				row = append(row, fmt.Sprintf("%d / %d", said.Found, len(p.seen[k].findings)))
			}
		}
		rows = append(rows, row)
	}
	return table(headed(rows, ts))
}

func ofKinds(ts []other, ps []project) string {
	kinds := map[string]int{}
	for _, p := range ps {
		for _, l := range p.labels {
			if l.Expected == "report" {
				kinds[l.Kind]++
			}
		}
	}
	var names []string
	for kind := range kinds {
		names = append(names, kind)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(kinds[b]-kinds[a], strings.Compare(a, b)) })
	rows := [][]string{{"kind", "faults"}}
	for _, kind := range names {
		row := []string{kind, fmt.Sprint(kinds[kind])}
		for k, o := range ts {
			if o.missing == "" {
				var said corpus.Score
				for _, p := range ps {
					score(o.relevant(p.seen[k]), p, func(l corpus.Label) bool { return l.Kind == kind }, &said)
				}
				row = append(row, fmt.Sprint(said.Found))
			}
		}
		rows = append(rows, row)
	}
	return table(headed(rows, ts))
}

// headed adds the tools to the first row.
func headed(rows [][]string, ts []other) [][]string {
	for _, o := range ts {
		if o.missing == "" {
			rows[0] = append(rows[0], o.name)
		}
	}
	return rows
}

func share(n, of int) string { return fmt.Sprintf("%d of %d", n, of) }

// table is rows as Markdown.
func table(rows [][]string) string {
	var b strings.Builder
	for i, row := range rows {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
		if i == 0 {
			b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
	return b.String()
}
