package session

// A concern is how a word can belong to an effect.
type concern uint8

const (
	ofNothing   concern = iota
	ofStatement         // as a keyword of a statement
	ofTemp              // as a mark of a temporary object
	ofCall              // as the name of a function
)

// Gate reports whether Analyze could find anything in text: whether it has
// one of the words, whatever their place. It costs less than 1 µs for a
// usual query. Long texts pass for their length.
func Gate(text string) bool {
	if len(text) > LongLimit {
		return true
	}
	for i := 0; i < len(text); {
		class := letters[text[i]]
		if class == 0 {
			i++
			continue
		}
		start := i
		for i++; i < len(text) && letters[text[i]] != 0; i++ {
		}
		if class == begins && keyword(text[start:i]) != ofNothing {
			return true
		}
	}
	return false
}

const (
	inner  = 1 // a byte of a word
	begins = 2 // a letter that a keyword begins with
)

var letters = func() (table [256]byte) {
	for c := range table {
		switch lower := byte(c) | 0x20; {
		case 'a' <= lower && lower <= 'z' || c == '_' || '0' <= c && c <= '9':
			table[c] = inner
		}
	}
	for _, c := range "srdpelutnc" {
		table[c], table[c-0x20] = begins, begins
	}
	return table
}()

// keywords by length: a word is compared with those of its own length only.
var keywords = func() (table [40][]entry) {
	add := func(of concern, words ...string) {
		for _, w := range words {
			table[len(w)] = append(table[len(w)], entry{w, of})
		}
	}
	add(ofStatement, "set", "reset", "discard", "prepare", "execute", "deallocate", "listen", "unlisten", "declare", "load")
	add(ofTemp, "temp", "temporary", "pg_temp")
	for name := range functions {
		add(ofCall, name)
	}
	return table
}()

type entry struct {
	word string
	of   concern
}

// keyword says how a word, in any case, can belong to an effect.
func keyword(word string) concern {
	if len(word) >= len(keywords) {
		return ofNothing
	}
	for _, e := range keywords[len(word)] {
		if sameFold(word, e.word) {
			return e.of
		}
	}
	return ofNothing
}

// sameFold reports whether word is lower in any case; both are of one length.
func sameFold(word, lower string) bool {
	for i := range len(lower) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}
