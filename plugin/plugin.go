// Package plugin makes poolvet a module plugin of golangci-lint, under the name
// poolvet. See https://golangci-lint.run/docs/plugins/module-plugins/ and
// .custom-gcl.example.yml.
package plugin

import (
	"errors"
	"fmt"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
)

func init() { register.Plugin("poolvet", New) }

// settings are the analyzer's options as .golangci.yml spells them.
type settings struct {
	Pooler             string     `json:"pooler"`
	Strict             bool       `json:"strict"`
	Rules              []string   `json:"rules"`
	Functions          []function `json:"functions"`
	TrackedParams      []string   `json:"tracked-params"`
	PreparedStatements string     `json:"prepared-statements"`
	QueryParser        string     `json:"query-parser"`
	PubSub             string     `json:"pub-sub"`
	IgnoredParams      []string   `json:"ignored-params"`
	Postgres           int        `json:"postgres"`
	Schema             []string   `json:"schema"`
	Direct             []string   `json:"direct"`
	Tests              bool       `json:"tests"`
	ExecMode           string     `json:"exec-mode"`
	DSN                string     `json:"dsn"`
	FixListener        bool       `json:"fix-listener"`
}

// function is a further function that takes SQL. It is no key of a map:
// golangci-lint's reader of configuration files makes the keys of maps lower
// case and splits them at dots.
type function struct {
	Name string `json:"name"`
	Arg  *int   `json:"arg"`
}

// New is the plugin with these settings. Its error names the setting that is
// not known or that has a bad value, and what would be right.
func New(conf any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[settings](conf)
	if err != nil {
		return nil, complaint(named(err))
	}
	opts, err := s.options()
	if err == nil {
		err = opts.Validate()
	}
	if err != nil {
		// The flag for functions has another name than the setting.
		if rest, ok := strings.CutPrefix(err.Error(), "func: "); ok {
			err = errors.New("functions: " + rest)
		}
		return nil, complaint(err)
	}
	return linter(opts), nil
}

func (s settings) options() (analyzer.Options, error) {
	opts := analyzer.Options{
		Pooler: s.Pooler, Strict: s.Strict, Rules: s.Rules, TrackedParams: s.TrackedParams,
		PreparedStatements: s.PreparedStatements, Schema: s.Schema, Direct: s.Direct, Tests: s.Tests,
		QueryParser: s.QueryParser, PubSub: s.PubSub, IgnoredParams: s.IgnoredParams, Postgres: s.Postgres,
		ExecMode: s.ExecMode, DSN: s.DSN, FixListener: s.FixListener,
		// golangci-lint drops what is not in a Go file.
		AtEmbed: true,
	}
	for _, f := range s.Functions {
		if f.Name == "" || f.Arg == nil {
			return opts, fmt.Errorf("functions: each needs a name and an arg, the index of its SQL text: %q has not both", f.Name)
		}
		opts.Funcs = append(opts.Funcs, fmt.Sprintf("%s:%d", f.Name, *f.Arg))
	}
	return opts, nil
}

// linter is what golangci-lint asks for analyzers.
type linter analyzer.Options

func (l linter) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{analyzer.New(analyzer.Options(l))}, nil
}

func (linter) GetLoadMode() string { return register.LoadModeTypesInfo }
