package pglog

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unsafe"
)

// longest is how long a line, and a message of several, may be and still be kept.
const longest = 4 << 20

// lines are those of a log.
type lines struct {
	in    *bufio.Reader
	long  []byte // one that is longer than the buffer
	bytes int64
}

// next is the next line without its end; whole is false where it is longer than is
// kept. It is valid until the next one.
func (l *lines) next() (line []byte, whole bool, err error) {
	line, err = l.in.ReadSlice('\n')
	whole = true
	if errors.Is(err, bufio.ErrBufferFull) {
		l.long = append(l.long[:0], line...)
		for errors.Is(err, bufio.ErrBufferFull) {
			l.bytes += int64(len(line))
			line, err = l.in.ReadSlice('\n')
			if whole = whole && len(l.long)+len(line) <= longest; whole {
				l.long = append(l.long, line...)
			}
		}
		l.bytes += int64(len(line))
		line = l.long
	} else {
		l.bytes += int64(len(line))
	}
	if len(line) > 0 && errors.Is(err, io.EOF) {
		err = nil // the last one has no end
	}
	line = bytes.TrimSuffix(line, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), whole, err
}

// view is the text of a buffer without a copy of it, valid until the buffer is
// used again: most lines of a log are looked at once and left.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
