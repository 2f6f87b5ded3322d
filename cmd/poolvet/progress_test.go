package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestProgressIsShownLateAndTakenAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := startProgress(&b, 2*time.Second, time.Second)
		time.Sleep(2500 * time.Millisecond)
		p.say("analysing %d of %d packages", 3, 9)
		time.Sleep(time.Second)
		p.end()
		want := "\r\x1b[Kloading packages\r\x1b[Kanalysing 3 of 9 packages\r\x1b[K"
		if b.String() != want {
			t.Errorf("wrote %q", &b)
		}
	})
}

func TestNoProgressInAShortRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var b bytes.Buffer
		p := startProgress(&b, 2*time.Second, time.Second)
		time.Sleep(time.Second)
		p.end()
		if strings.TrimSpace(b.String()) != "" {
			t.Errorf("wrote %q", &b)
		}
	})
}
