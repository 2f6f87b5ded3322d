// Golangci-lint with the plugin, as `golangci-lint custom` builds it from
// .custom-gcl.example.yml, without the git clone of that.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/poolvet/poolvet/plugin"
)

func main() {
	// A release's version would be in the key of the cache, and the plugin not.
	if err := commands.Execute(commands.BuildInfo{Version: "(devel)"}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitcodes.Failure)
	}
}
