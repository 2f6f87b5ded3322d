package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// progress says how far a long run has come: on a terminal in a line that
// changes, in the log of a CI in one line after the other. Nil says nothing.
type progress struct {
	w     io.Writer
	lines bool
	mu    sync.Mutex
	text  string
	stop  chan struct{}
	done  sync.WaitGroup
}

// progressOn starts what fits a stream. A log that no one waits for has none.
func progressOn(w *os.File) *progress {
	switch {
	case actsOnEscapes(w):
		return startProgress(w, false, 500*time.Millisecond, 200*time.Millisecond)
	case inCI():
		return startProgress(w, true, 15*time.Second, 15*time.Second)
	}
	return nil
}

func inCI() bool {
	ci := os.Getenv("CI")
	return ci != "" && ci != "false" && ci != "0"
}

// startProgress shows it from a while after now.
func startProgress(w io.Writer, lines bool, after, every time.Duration) *progress {
	p := &progress{w: w, lines: lines, text: "loading packages", stop: make(chan struct{})}
	p.done.Go(func() {
		wait := time.NewTimer(after)
		defer wait.Stop()
		shown := false
		for {
			select {
			case <-p.stop:
				if shown && !lines {
					fmt.Fprint(w, "\r\x1b[K")
				}
				return
			case <-wait.C:
				shown = true
				p.show()
				wait.Reset(every)
			}
		}
	})
	return p
}

func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.lines {
		fmt.Fprintf(p.w, "%s: %s\n", program, p.text)
	} else {
		fmt.Fprintf(p.w, "\r\x1b[K%s", p.text)
	}
}

// say changes what is shown.
func (p *progress) say(format string, args ...any) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = fmt.Sprintf(format, args...)
}

// end takes the line away.
func (p *progress) end() {
	if p == nil {
		return
	}
	close(p.stop)
	p.done.Wait()
}
