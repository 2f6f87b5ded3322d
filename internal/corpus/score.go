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
	"encoding/json"
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
	file, err := os.Open(*labelsFile)
	if err != nil {
		log.Fatal(err)
	}
	labels, err := corpus.Read(file)
	if err != nil {
		log.Fatalf("%s: %v", *labelsFile, err)
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
	for _, module := range modules(dir, labels) {
		findings = append(findings, run(dir, module)...)
	}
	pins := *pooler == "rdsproxy"
	return corpus.Of(labels, findings, func(l corpus.Label) bool { return corpus.Scored(l, *config, pins) })
}

// modules are the folders with a go.mod that hold labelled files.
func modules(dir string, labels []corpus.Label) []string {
	var found []string
	for _, l := range labels {
		for d := filepath.Dir(filepath.Join(dir, l.File)); strings.HasPrefix(d, dir); d = filepath.Dir(d) {
			if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
				if !slices.Contains(found, d) {
					found = append(found, d)
				}
				break
			}
		}
	}
	return found
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
	err := cmd.Run()
	if *verbose || cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 2 {
		fmt.Print(complaints.String())
	}
	if cmd.ProcessState == nil {
		log.Fatal(err)
	}
	var findings []corpus.Finding
	for line := range strings.Lines(out.String()) {
		var f corpus.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			log.Fatalf("%s: %v: %s", module, err, line)
		}
		if f.Rule == "" { // what could not be read, and the summary
			continue
		}
		if !filepath.IsAbs(f.File) {
			f.File = filepath.Join(module, f.File)
		}
		if rel, err := filepath.Rel(dir, f.File); err == nil {
			f.File = filepath.ToSlash(rel)
		}
		findings = append(findings, f)
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
