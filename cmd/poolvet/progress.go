package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// progress is a line on a terminal that says how far a long run has come.
type progress struct {
	w    io.Writer
	mu   sync.Mutex
	text string
	stop chan struct{}
	done sync.WaitGroup
}

// startProgress shows the line from a while after now.
func startProgress(w io.Writer, after, every time.Duration) *progress {
	p := &progress{w: w, text: "loading packages", stop: make(chan struct{})}
	p.done.Go(func() {
		wait := time.NewTimer(after)
		defer wait.Stop()
		shown := false
		for {
			select {
			case <-p.stop:
				if shown {
					fmt.Fprint(w, "\r\x1b[K")
				}
				return
			case <-wait.C:
				shown = true
				p.mu.Lock()
				fmt.Fprintf(w, "\r\x1b[K%s", p.text)
				p.mu.Unlock()
				wait.Reset(every)
			}
		}
	})
	return p
}

// say changes the line.
func (p *progress) say(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = fmt.Sprintf(format, args...)
}

// end takes the line away.
func (p *progress) end() {
	close(p.stop)
	p.done.Wait()
}
