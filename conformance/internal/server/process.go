// Package server runs real servers for the tests: PostgreSQL and poolers as
// Debian packages them, on free loopback ports, with data folders of their
// own. Linux only, as the packages are.
package server

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/poolvet/poolvet/conformance/internal/wire"
)

// Installed reports what is missing to run the servers.
func Installed() error {
	_, err := Root("").account()
	_, noPostgres := Root("").find(initdbPaths...)
	_, noPgBouncer := Root("").find(pgbouncerPaths...)
	return errors.Join(err, noPostgres, noPgBouncer)
}

// freePort returns a loopback port that nothing listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// process is a running server.
type process struct {
	cmd  *exec.Cmd
	log  output
	done chan struct{} // closed when it has ended
}

// output keeps what a server says, for the error when it does not start.
type output struct {
	sync.Mutex
	bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.Lock()
	defer o.Unlock()
	return o.Buffer.Write(p)
}

func (o *output) String() string {
	o.Lock()
	defer o.Unlock()
	return o.Buffer.String()
}

// start runs a server that gets the signal last when this process dies,
// however it dies. Linux ties that to the thread that started it, so a
// goroutine keeps its thread until the server has ended.
func (r Root) start(as *syscall.Credential, last syscall.Signal, dir, program string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(program, args...), done: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env = dir, append(os.Environ(), "HOME="+dir)
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	p.cmd.SysProcAttr = r.attr(as, last)
	p.cmd.SysProcAttr.Setpgid = true
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := p.cmd.Start()
		started <- err
		if err == nil {
			p.cmd.Wait()
			close(p.done)
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

// run runs a program of the system to its end.
func (r Root) run(as *syscall.Credential, dir, program string, args ...string) error {
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "HOME="+dir)
	cmd.SysProcAttr = r.attr(as, syscall.SIGKILL)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", program, err, out)
	}
	return nil
}

// ready waits until PostgreSQL has started up.
func (p *process) ready(port int) error {
	return p.until(func() error {
		c, err := wire.Connect(addr(port), map[string]string{"user": "postgres", "database": "postgres"})
		if err == nil {
			c.Close()
		}
		return err
	})
}

// accepts waits until the server accepts connections, and opens none behind
// a pooler, which a test may count.
func (p *process) accepts(port int) error {
	return p.until(func() error {
		c, err := net.Dial("tcp", addr(port))
		if err == nil {
			c.Close()
		}
		return err
	})
}

// until waits until f works.
func (p *process) until(f func() error) error {
	deadline := time.Now().Add(20 * time.Second)
	for {
		err := f()
		if err == nil {
			return nil
		}
		select {
		case <-p.done:
			return fmt.Errorf("%s ended: %s", p.cmd.Path, p.log.String())
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s does not answer: %w: %s", p.cmd.Path, err, p.log.String())
		}
	}
}

// stop ends the server with a signal, or with force after five seconds.
func (p *process) stop(s syscall.Signal) {
	p.cmd.Process.Signal(s)
	select {
	case <-p.done:
	case <-time.After(5 * time.Second):
		syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
		<-p.done
	}
}

func addr(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
