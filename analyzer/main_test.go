package analyzer_test

import (
	"runtime/debug"
	"testing"

	"github.com/poolvet/poolvet/internal/testmod"
)

func TestMain(m *testing.M) {
	// analysistest checks the types of every library from source, of which the
	// collector takes a third of the time at 100.
	debug.SetGCPercent(200)
	testmod.Main(m, "../testdata")
}
