// Multichecker runs the analyzer in the drivers of x/tools: as multichecker by
// itself, as unitchecker where go vet runs it.
package main

import (
	"golang.org/x/tools/go/analysis/multichecker"

	"github.com/poolvet/poolvet/analyzer"
)

func main() { multichecker.Main(analyzer.Analyzer) }
