package conformance

import (
	"io"
	"log/slog"
	"testing"
)

const sectionDrivers = "Drivers on the wire"
const sectionLibraries = "libs"
const sectionPooled = "Drivers behind "

func prove(t *testing.T, section, claim, module string) {}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }
