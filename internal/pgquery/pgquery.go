// Package pgquery is the one seam to a PostgreSQL parser. Which one is a
// matter of the build: see Implementation.
//
// Both parsers recurse, so a deeply nested text ends the process in C and
// takes minutes in Go. Nothing reaches them here that is not within limits.
//
// Not included: Normalize, which reads out of bounds
// (GHSA-6ggm-xmc9-8ffg), and Deparse: fixes are edits of the user's text.
package pgquery

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// ErrTooComplex says that a text is longer or deeper than the parsers bear.
var ErrTooComplex = errors.New("too long or too deeply nested to be parsed")

// A SyntaxError is the parser's refusal of a text.
type SyntaxError struct {
	Message string
	Offset  int // the byte where the refused token begins; len(text) at its end, -1 if not known
}

func (e *SyntaxError) Error() string { return e.Message }

// Limits of a statement. A chain of operators makes a tree that is as deep
// as the chain is long, and protobuf gives up at 10,000 levels.
const (
	maxTokens = 15_000
	maxDepth  = 200   // of brackets
	maxChain  = 1_500 // tokens since the last comma, in all open brackets together
)

// Parse parses one statement and returns its node, nil for an empty text.
// Errors are ErrTooComplex and *SyntaxError.
func Parse(sql string) (*Node, error) {
	if !Bounded(sql, Scan(sql)) {
		return nil, ErrTooComplex
	}
	tree, err := parseTree(sql)
	if err != nil {
		return nil, syntaxError(sql, err)
	}
	if len(tree.Stmts) == 0 {
		return nil, nil
	}
	if len(tree.Stmts) > 1 {
		return nil, &SyntaxError{Message: "more than one statement", Offset: -1}
	}
	return tree.Stmts[0].Stmt, nil
}

// Bounded says whether a statement is within what the parsers bear.
func Bounded(text string, tokens []Token) bool {
	if len(tokens) > maxTokens {
		return false
	}
	open := make([]int, 1, 16) // per open bracket: tokens since its last comma
	chain := 0                 // their sum
	for _, t := range tokens {
		chain++
		open[len(open)-1]++
		if t.Kind != Punct {
			if chain > maxChain {
				return false
			}
			continue
		}
		switch text[t.Start] {
		case '(', '[':
			open = append(open, 0)
			if len(open) > maxDepth {
				return false
			}
		case ')', ']':
			if n := len(open) - 1; n > 0 {
				chain -= open[n]
				open = open[:n]
			}
		case ',', ';':
			chain -= open[len(open)-1]
			open[len(open)-1] = 0
		}
	}
	return true
}

// boundedBlocks bounds the nesting of blocks, loops and conditions.
func boundedBlocks(text string, tokens []Token) bool {
	depth := 0
	for i, t := range tokens {
		if t.Kind != Word {
			continue
		}
		switch strings.ToLower(text[t.Start:t.End]) {
		case "begin", "if", "loop", "case":
			if i > 0 && strings.EqualFold(text[tokens[i-1].Start:tokens[i-1].End], "end") {
				continue
			}
			if depth++; depth > maxDepth {
				return false
			}
		case "end":
			depth--
		}
	}
	return true
}

// syntaxError turns the parser's error, which counts characters from 1, into
// one that counts bytes from 0.
func syntaxError(sql string, err error) error {
	var p *parserError
	if !errors.As(err, &p) || p.Cursorpos <= 0 {
		return &SyntaxError{Message: err.Error(), Offset: -1}
	}
	offset := 0
	for range p.Cursorpos - 1 {
		if offset >= len(sql) {
			break
		}
		_, n := utf8.DecodeRuneInString(sql[offset:])
		offset += n
	}
	return &SyntaxError{Message: p.Message, Offset: offset}
}
