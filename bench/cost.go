package main

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// cost is what a command needed.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // bytes resident at the most, of its largest process
}

// measure runs a command. That it found something is no error.
func measure(cmd *exec.Cmd) (cost, error) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	c, err := spend(cmd)
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, &out)
	}
	return c, err
}

// spend is measure for a command whose output goes somewhere.
func spend(cmd *exec.Cmd) (cost, error) {
	start := time.Now()
	err := cmd.Run()
	c := cost{wall: time.Since(start)}
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || !exit.Exited()) {
		return c, fmt.Errorf("%v: %w", cmd.Args, err)
	}
	u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return c, errors.New("this system does not tell what a process used")
	}
	c.cpu = time.Duration(u.Utime.Nano() + u.Stime.Nano())
	c.memory = int64(u.Maxrss) << 10
	if runtime.GOOS == "darwin" {
		c.memory = int64(u.Maxrss)
	}
	return c, nil
}

// median is that of each part of some costs.
func median(costs []cost) cost {
	return cost{
		wall:   middle(costs, func(c cost) time.Duration { return c.wall }),
		cpu:    middle(costs, func(c cost) time.Duration { return c.cpu }),
		memory: middle(costs, func(c cost) int64 { return c.memory }),
	}
}

func middle[T int64 | time.Duration | float64, C any](cs []C, part func(C) T) T {
	var parts []T
	for _, c := range cs {
		parts = append(parts, part(c))
	}
	slices.Sort(parts)
	return parts[len(parts)/2]
}
