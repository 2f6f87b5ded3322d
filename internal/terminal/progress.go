package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// Progress says how far a long run has come: on a terminal in a line that
// changes, in the log of a CI in one line after the other. Nil says nothing.
type Progress struct {
	w     io.Writer
	lines string // what begins them, "" for a line that changes
	mu    sync.Mutex
	text  string
	stop  chan struct{}
	done  sync.WaitGroup
}

// Start starts what fits a stream. A log that no one waits for has none. What
// stands in a log begins with the name of the program.
func Start(w *os.File, program string) *Progress {
	switch {
	case actsOnEscapes(w):
		return start(w, "", 500*time.Millisecond, 200*time.Millisecond)
	case inCI():
		return start(w, program+": ", 15*time.Second, 15*time.Second)
	}
	return nil
}

func inCI() bool {
	ci := os.Getenv("CI")
	return ci != "" && ci != "false" && ci != "0"
}

// start shows it from a while after now.
func start(w io.Writer, lines string, after, every time.Duration) *Progress {
	p := &Progress{w: w, lines: lines, text: "loading packages", stop: make(chan struct{})}
	p.done.Go(func() {
		wait := time.NewTimer(after)
		defer wait.Stop()
		shown := false
		for {
			select {
			case <-p.stop:
				if shown && lines == "" {
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

func (p *Progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.lines != "" {
		fmt.Fprintf(p.w, "%s%s\n", p.lines, p.text)
	} else {
		fmt.Fprintf(p.w, "\r\x1b[K%s", p.text)
	}
}

// Say changes what is shown.
func (p *Progress) Say(format string, args ...any) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.text = fmt.Sprintf(format, args...)
}

// Bytes says how much of so many bytes was read; of 0, that is not known.
func (p *Progress) Bytes(doing string, read, of int64) {
	if of <= 0 {
		p.Say("%s: %s", doing, size(read))
		return
	}
	p.Say("%s: %d %% of %s", doing, min(int64(100*(float64(read)/float64(of))), 100), size(of))
}

// size is a number of bytes as people say it.
func size(n int64) string {
	const kilo = 1000
	for _, unit := range []string{"bytes", "kB", "MB"} {
		if n < kilo {
			return fmt.Sprintf("%d %s", n, unit)
		}
		if unit != "MB" {
			n /= kilo
		}
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/kilo), ".0") + " GB"
}

// End takes the line away.
func (p *Progress) End() {
	if p == nil {
		return
	}
	close(p.stop)
	p.done.Wait()
}
