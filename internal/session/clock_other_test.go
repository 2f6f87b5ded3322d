//go:build !unix

package session

import "time"

var started = time.Now()

func clock() time.Duration { return time.Since(started) }
