// Package keyword knows the words by which SQL can do something to a session:
// keywords of statements, marks of temporary objects and names of functions. It
// looks at words alone, whatever their place; what a statement makes of them is
// internal/session's to say.
package keyword

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// A Class is how a word can belong to an effect.
type Class uint8

const (
	None      Class = iota
	Statement       // as a keyword of a statement
	Temp            // as a mark of a temporary object
	Function        // as its name
)

// In reports whether a text has one of the words. It costs less than 1 µs for a
// usual query.
func In(text string) bool {
	for i := 0; i < len(text); {
		class := letters[text[i]]
		if class == 0 {
			i++
			continue
		}
		start := i
		for i++; i < len(text) && letters[text[i]] != 0; i++ {
		}
		if class == begins && Of(text[start:i]) != None {
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
	for _, c := range "srdpelutncb" {
		table[c], table[c-0x20] = begins, begins
	}
	return table
}()

// keywords by length: a word is compared with those of its own length only.
var keywords = func() (table [40][]entry) {
	add := func(of Class, words ...string) {
		for _, w := range words {
			table[len(w)] = append(table[len(w)], entry{w, of})
		}
	}
	add(Statement, slices.Sorted(maps.Keys(statements))...)
	add(Temp, "temp", "temporary", "pg_temp")
	add(Function, slices.Sorted(maps.Keys(functions))...)
	return table
}()

type entry struct {
	word string
	of   Class
}

// Of says how a word, in any case, can belong to an effect.
func Of(word string) Class {
	if len(word) >= len(keywords) {
		return None
	}
	for _, e := range keywords[len(word)] {
		if Is(word, e.word) {
			return e.of
		}
	}
	return None
}

// Is reports whether word is lower, in any case.
func Is(word, lower string) bool {
	if len(word) != len(lower) {
		return false
	}
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

// Words are the words of a text, as In tells them apart.
func Words(text string) iter.Seq[string] {
	return strings.FieldsFuncSeq(text, func(r rune) bool { return r >= 0x80 || letters[r] == 0 })
}

// All are the words that belong to an effect.
func All() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, words := range keywords {
			for _, e := range words {
				if !yield(e.word) {
					return
				}
			}
		}
	}
}
