package analyzer_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/poolvet/poolvet/analyzer"
)

// All folders in one load: most of the time goes into type-checking the
// libraries, from source.
func TestRules(t *testing.T) {
	analysistest.Run(t, "../testdata", analyzer.New(analyzer.Options{}),
		"./set-parameter/...", "./set-role/...", "./discard/...", "./sql-prepare/...", "./listen/...", "./cursor/...",
		"./temp-object/...", "./load-library/...", "./session-lock/...", "./sequence-state/...", "./long-statement/...",
		"./hidden-state/...", "./local-outside-tx/...")
}
