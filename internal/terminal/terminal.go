// Package terminal says what a stream can show, and shows there how far a run has
// come.
package terminal

import (
	"os"

	"golang.org/x/term"
)

// Colors reports whether text on a stream is coloured where no one says so: on a
// terminal, unless the environment asks for none.
func Colors(f *os.File) bool { return mayColor() && is(f) }

func is(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// A dumb terminal shows the escapes that it is sent.
func isDumb() bool { return os.Getenv("TERM") == "dumb" }

func mayColor() bool { return os.Getenv("NO_COLOR") == "" && !isDumb() }

// actsOnEscapes reports whether a line that was written can be taken back.
func actsOnEscapes(f *os.File) bool { return is(f) && !isDumb() }
