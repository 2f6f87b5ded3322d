package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/flagsfile"
	"github.com/poolvet/poolvet/internal/unknown"
)

// printers write the flags of a file for the tools that do not read it.
var printers = map[string]func(stdio, *flag.FlagSet) error{
	"words":    printWords,
	"golangci": printSettings,
}

// printFile prints what the flags of a file come to for other tools: those of
// the analysis, which every front end has.
func printFile(file, to string, why bool, std stdio) int {
	print := printers[to]
	if print == nil {
		return std.complain(fmt.Errorf("-for: %w", unknown.Name(to, slices.Sorted(maps.Keys(printers)))))
	}
	lines, err := flagsfile.Read(file)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("there is no %s here: write one, with a flag a line, or name the files of a pooler's configuration: pgbouncer.ini, odyssey.conf, pgdog.toml, pgcat.toml, or YAML", file)
	}
	if err != nil {
		return std.complain(err)
	}
	opts := new(analyzer.Options)
	flags := flag.NewFlagSet(program+" flags", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	opts.AddFlags(flags)
	if err := setFrom(flags, lines); err != nil {
		return std.complain(err)
	}
	if err := flagError(opts.Validate()); err != nil {
		return std.complain(fmt.Errorf("%s: %w", file, err))
	}
	if why {
		explainLines(lines, flags, std)
		return clean
	}
	if err := print(std, flags); err != nil {
		return std.complain(err)
	}
	return clean
}

// explainLines says of each line whether other tools get it.
func explainLines(lines []flagsfile.Flag, flags *flag.FlagSet, std stdio) {
	var table [][2]string
	for _, f := range lines {
		for_ := "poolvet, go vet, golangci-lint"
		if flags.Lookup(f.Name()) == nil {
			for_ = "poolvet alone"
		}
		table = append(table, [2]string{f.At() + "  " + f.Text, for_})
	}
	width := 0
	for _, row := range table {
		width = max(width, len(row[0]))
	}
	for _, row := range table {
		fmt.Fprintf(std.out, "%-*s  %s\n", width, row[0], row[1])
	}
}

// printWords prints the words of a command line, for $(poolvet flags) and for
// xargs. What a shell splits there is in quotes, which xargs reads and a
// substitution does not.
func printWords(std stdio, flags *flag.FlagSet) error {
	var words []string
	flags.Visit(func(f *flag.Flag) {
		word := "-" + f.Name + "=" + f.Value.String()
		if strings.ContainsAny(word, " \t'\"\\") {
			fmt.Fprintf(std.err, "%s: -%s holds what a shell splits: (poolvet flags; echo ./...) | xargs go vet -vettool=$(which poolvet)\n", program, f.Name)
			word = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
		words = append(words, word)
	})
	_, err := fmt.Fprintln(std.out, strings.Join(words, " "))
	return err
}

// printSettings prints the plugin's settings for .golangci.yml.
func printSettings(std stdio, flags *flag.FlagSet) error {
	settings := &yaml.Node{Kind: yaml.MappingNode}
	var failed error
	flags.Visit(func(f *flag.Flag) {
		name, value := f.Name, f.Value.(flag.Getter).Get()
		switch name {
		case "at-embed":
			return // always on there
		case "func":
			name, value = "functions", functions(value.([]string))
		}
		var node yaml.Node
		if err := node.Encode(value); err != nil {
			failed = err
		}
		settings.Content = append(settings.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: name}, &node)
	})
	if failed != nil || len(settings.Content) == 0 {
		return failed
	}
	enc := yaml.NewEncoder(std.out)
	enc.SetIndent(2)
	custom := map[string]any{"custom": map[string]any{program: map[string]any{"settings": settings}}}
	if err := enc.Encode(map[string]any{"linters": map[string]any{"settings": custom}}); err != nil {
		return err
	}
	return enc.Close()
}

// function is one of -func as the plugin's settings have it.
type function struct {
	Name string `yaml:"name"`
	Arg  int    `yaml:"arg"`
}

func functions(specs []string) (all []function) {
	for _, spec := range specs {
		i := strings.LastIndexByte(spec, ':')
		arg, _ := strconv.Atoi(spec[i+1:]) // which has been looked at
		all = append(all, function{spec[:i], arg})
	}
	return all
}
