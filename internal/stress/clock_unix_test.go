//go:build unix

package stress

import (
	"runtime"
	"syscall"
	"time"
)

func usage() (u syscall.Rusage) {
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // fails for no process
	return u
}

// processorTime is that of this process: others use the machine too.
func processorTime() time.Duration {
	u := usage()
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the most that this process ever had resident, in bytes.
func peakMemory() int64 {
	if runtime.GOOS == "darwin" {
		return int64(usage().Maxrss)
	}
	return int64(usage().Maxrss) << 10
}
