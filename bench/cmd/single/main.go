// Command single is poolvet's analyzer behind the driver of x/tools, which
// type-checks every dependency from source.
package main

import (
	"golang.org/x/tools/go/analysis/singlechecker"

	"github.com/poolvet/poolvet/analyzer"
)

func main() { singlechecker.Main(analyzer.Analyzer) }
