package schema

import (
	"sort"
	"strings"
)

// Source is a text of SQL, the file that it is from as it is shown and as it can
// be read, and how many lines stand before it there.
type Source struct {
	Name, Path string
	Text       string
	Before     int
}

// lines finds the lines of a source, which has its columns if it is the whole
// file.
type lines struct {
	Source
	starts []int // of each line but the first
}

func linesOf(s Source) lines {
	l := lines{Source: s}
	for i := 0; ; i++ {
		n := strings.IndexByte(s.Text[i:], '\n')
		if n < 0 {
			return l
		}
		i += n
		l.starts = append(l.starts, i+1)
	}
}

func (l lines) place(at int) Place {
	n := sort.SearchInts(l.starts, at+1)
	p := Place{File: l.Name, Path: l.Path, Line: 1 + l.Before + n}
	if l.Before == 0 {
		p.Column = 1 + at
		if n > 0 {
			p.Column -= l.starts[n-1]
		}
	}
	return p
}
