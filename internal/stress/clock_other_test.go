//go:build !unix

package stress

import (
	"runtime"
	"time"
)

var started = time.Now()

func processorTime() time.Duration { return time.Since(started) }

// peakMemory is what the runtime has of the system, in bytes.
func peakMemory() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
