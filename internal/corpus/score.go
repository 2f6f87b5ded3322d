//go:build ignore

// Score runs poolvet on checkouts of labelled repositories and says how its
// findings compare with the labels.
//
//	go run internal/corpus/score.go -labels dev.jsonl -checkouts DIR [-pooler=rdsproxy] [-strict] [-config] [-v]
//
// DIR holds a folder OWNER--NAME for each repository. A folder may come with a
// file OWNER--NAME.env beside it, with lines of NAME=VALUE for the go command.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/corpus"
)

var (
	strict     = flag.Bool("strict", false, "score with -strict")
	labelsFile = flag.String("labels", "", "the labels `file`")
	checkouts  = flag.String("checkouts", "", "the `folder` of the checkouts")
	pooler     = flag.String("pooler", "rdsproxy", "the pooler")
	config     = flag.Bool("config", false, "score configuration instead of SQL")
	only       = flag.String("repo", "", "only repositories whose name contains this")
	verbose    = flag.Bool("v", false, "list unlabelled findings")
	poolvet    = flag.String("poolvet", "poolvet", "the command")
)

func main() {
	log.SetFlags(0)
	flag.Parse()
	labels, err := corpus.ReadFile(*labelsFile)
	if err != nil {
		log.Fatal(err)
	}
	byRepo := map[string][]corpus.Label{}
	for _, l := range labels {
		byRepo[l.Repo] = append(byRepo[l.Repo], l)
	}
	var repos []string
	for repo := range byRepo {
		repos = append(repos, repo)
	}
	slices.Sort(repos)
	var all corpus.Score
	for _, repo := range repos {
		dir := filepath.Join(*checkouts, strings.ReplaceAll(repo, "/", "--"))
		if !strings.Contains(repo, *only) {
			continue
		}
		if _, err := os.Stat(dir); err != nil {
			fmt.Printf("%-40s not there\n", repo)
			continue
		}
		s := score(dir, byRepo[repo])
		show(repo, s)
		all.Wanted += s.Wanted
		all.Found += s.Found
		all.Unwanted += s.Unwanted
		all.FalseAlarms = append(all.FalseAlarms, s.FalseAlarms...)
		all.Unlabelled = append(all.Unlabelled, s.Unlabelled...)
	}
	show("all", corpus.Score{Wanted: all.Wanted, Found: all.Found, Unwanted: all.Unwanted,
		FalseAlarms: all.FalseAlarms, Unlabelled: all.Unlabelled})
}

func score(dir string, labels []corpus.Label) corpus.Score {
	var findings []corpus.Finding
	for _, module := range corpus.Modules(dir, labels) {
		findings = append(findings, run(dir, module)...)
	}
	pins := *pooler == "rdsproxy"
	return corpus.Of(labels, findings, func(l corpus.Label) bool { return corpus.Scored(l, *config, pins) })
}

func run(dir, module string) []corpus.Finding {
	cmd := exec.Command(*poolvet, "-pooler="+*pooler, fmt.Sprintf("-strict=%t", *strict), "-format=json", "./...")
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "PWD="+module)
	if env, err := os.ReadFile(dir + ".env"); err == nil {
		cmd.Env = append(cmd.Env, strings.Fields(string(env))...)
	}
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	failed := cmd.Run()
	if *verbose || cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 2 {
		fmt.Print(complaints.String())
	}
	if cmd.ProcessState == nil {
		log.Fatal(failed)
	}
	findings, err := corpus.ReadFindings(out.Bytes())
	if err != nil {
		log.Fatalf("%s: %v", module, err)
	}
	for i, f := range findings {
		if !filepath.IsAbs(f.File) {
			f.File = filepath.Join(module, f.File)
		}
		if rel, err := filepath.Rel(dir, f.File); err == nil {
			findings[i].File = filepath.ToSlash(rel)
		}
	}
	return findings
}

func show(name string, s corpus.Score) {
	percent := ""
	if s.Wanted > 0 {
		percent = fmt.Sprintf("%5.1f %%", 100*float64(s.Found)/float64(s.Wanted))
	}
	fmt.Printf("%-40s found %3d of %3d %8s  false alarms %d of %d  unlabelled %d\n",
		name, s.Found, s.Wanted, percent, len(s.FalseAlarms), s.Unwanted, len(s.Unlabelled))
	if name == "all" {
		return
	}
	for _, l := range s.Missed {
		fmt.Printf("  missed       %s:%d %s %.70q (%s, %s)\n", l.File, l.Line, l.Kind, l.Text, l.Sink, l.How)
	}
	for _, l := range s.FalseAlarms {
		fmt.Printf("  false alarm  %s:%d %s %.70q\n", l.File, l.Line, l.Kind, l.Text)
	}
	if *verbose {
		for _, f := range s.Unlabelled {
			fmt.Printf("  unlabelled   %s:%d %s\n", f.File, f.Line, f.Message)
		}
	}
}
