//go:build unix

package session

import (
	"syscall"
	"time"
)

// clock is the processor time of this process: others use the machine too.
func clock() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
