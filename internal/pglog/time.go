package pglog

import (
	"strconv"
	"strings"
	"time"
)

// timestamp is where one ends that begins at i, with its zone: "2026-03-12
// 10:04:05.678 CET", or with T and the zone at its end as in ISO 8601; else -1.
func timestamp(line string, i int) int {
	const form = "0000-00-00 00:00:00"
	if len(line) < i+len(form) {
		return -1
	}
	for n := range len(form) {
		c := line[i+n]
		switch form[n] {
		case '0':
			if !digit(c) {
				return -1
			}
		case ' ':
			if c != ' ' && c != 'T' {
				return -1
			}
		default:
			if c != form[n] {
				return -1
			}
		}
	}
	iso := line[i+len("0000-00-00")] == 'T'
	i += len(form)
	if i < len(line) && (line[i] == '.' || line[i] == ',') {
		if to := run(line, i+1, digit); to > 0 {
			i = to
		}
	}
	if !iso && i+1 < len(line) && line[i] == ' ' && zone(line[i+1]) {
		i++
	}
	if i < len(line) && zone(line[i]) {
		of := letter
		if !letter(line[i]) {
			of = func(c byte) bool { return digit(c) || iso && c == ':' }
		}
		i = max(i+1, run(line, i+1, of))
	}
	return i
}

// zone reports whether a letter can begin the name of a time zone.
func zone(c byte) bool { return letter(c) || c == '+' || c == '-' }

// instant reads a timestamp. A zone that is not UTC and no number is not told by
// its letters (IST is three): the time is then as its clock had it.
func instant(s string) time.Time {
	if timestamp(s, 0) < 0 {
		return epoch(s)
	}
	rest, nanos := s[19:], 0
	if rest != "" && (rest[0] == '.' || rest[0] == ',') {
		to := max(1, run(rest, 1, digit))
		nanos, rest = nanoseconds(rest[1:to]), rest[to:]
	}
	t := time.Date(number(s[:4]), time.Month(number(s[5:7])), number(s[8:10]), number(s[11:13]), number(s[14:16]), number(s[17:19]), nanos, time.UTC)
	return t.Add(-offset(strings.TrimSpace(rest)))
}

// offset is how far a zone like +02, -0330 or +05:30 is ahead of UTC.
func offset(zone string) time.Duration {
	if zone == "" || zone[0] != '+' && zone[0] != '-' {
		return 0
	}
	n := strings.ReplaceAll(zone[1:], ":", "") + "0000"
	hours, err := strconv.Atoi(n[:2])
	minutes, err2 := strconv.Atoi(n[2:4])
	if err != nil || err2 != nil {
		return 0
	}
	d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if zone[0] == '-' {
		return -d
	}
	return d
}

// epoch reads seconds since 1970 with a fraction, as %n writes them, or
// milliseconds, as CloudWatch does; zero where it is neither.
func epoch(s string) time.Time {
	seconds, fraction, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	switch {
	case err != nil || n <= 0:
		return time.Time{}
	case n > 1e11:
		return time.UnixMilli(n).UTC()
	}
	return time.Unix(n, int64(nanoseconds(fraction))).UTC()
}

// number is that of digits.
func number(s string) (n int) {
	for i := range len(s) {
		n = 10*n + int(s[i]-'0')
	}
	return n
}

// nanoseconds are those of a fraction of a second, by its digits.
func nanoseconds(fraction string) (n int) {
	for i := range len("000000000") {
		if n *= 10; i < len(fraction) && digit(fraction[i]) {
			n += int(fraction[i] - '0')
		}
	}
	return n
}
