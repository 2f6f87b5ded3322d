package session

import (
	"sync"

	"github.com/poolvet/poolvet/internal/keyword"
)

// maxMemo bounds the memory that the memo keeps alive, in bytes of text.
const maxMemo = 8 << 20

var memo struct {
	sync.Mutex
	analyses map[string]*Analysis
	size     int
}

// Analyze reads a text of whole statements. It is remembered by its text, so
// the result is shared: do not change it.
func Analyze(text string) *Analysis {
	if !Gate(text) {
		return &Analysis{Parsed: true}
	}
	memo.Lock()
	a, ok := memo.analyses[text]
	memo.Unlock()
	if ok {
		return a
	}
	a = analyze(text)
	memo.Lock()
	defer memo.Unlock()
	if memo.analyses == nil || memo.size+len(text) > maxMemo {
		memo.analyses, memo.size = map[string]*Analysis{}, 0
	}
	memo.analyses[text] = a
	memo.size += len(text) + 64
	return a
}

// Gate reports whether Analyze could find anything in text: whether it has
// one of the words, whatever their place. Long texts pass for their length.
func Gate(text string) bool { return len(text) > LongLimit || keyword.In(text) }
