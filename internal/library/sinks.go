package library

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Mode says what the text at a sink is.
type Mode uint8

const (
	Statement Mode = iota // whole statements
	Fragment              // an expression or a clause, as builders take it
	Channel               // the name of a channel that the library LISTENs to
	Files                 // a file system whose .sql files are run
)

// Sink is one argument of a function through which text reaches PostgreSQL.
// Where Arg is a variadic parameter its first element is the text, and with
// All every element.
type Sink struct {
	Arg      int // counted without the receiver
	Mode     Mode
	All      bool
	Prepares bool // makes a named prepared statement by itself
}

// Name is a function or a field within its package: what it belongs to, ""
// for a package function, and what it is called.
type Name struct{ Owner, Name string }

// NameOf reads "Open" and "DB.Prepare".
func NameOf(s string) Name {
	if owner, name, ok := strings.Cut(s, "."); ok {
		return Name{owner, name}
	}
	return Name{"", s}
}

// Sinks are functions and fields through which text reaches PostgreSQL, by the
// path of their package.
type Sinks struct {
	Funcs  map[string]map[Name][]Sink
	Fields map[string]map[Name]Sink
}

// AllSinks is what the libraries say, parsed at its first use: a package
// without a call needs none of it.
var AllSinks = sync.OnceValue(func() Sinks {
	all := Sinks{map[string]map[Name][]Sink{}, map[string]map[Name]Sink{}}
	for lib, p := range Packages() {
		if err := all.parse(p); err != nil {
			panic("library: " + lib.Name + ".go: " + p.Path + ": " + err.Error()) // TestSinks
		}
	}
	return all
})

// parse adds the rows of a package, in the notation that the package's
// documentation explains.
func (all Sinks) parse(p *Package) error {
	paths := slices.Concat([]string{p.Path}, p.Older)
	for line := range strings.Lines(p.Sinks) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case len(words) < 3:
			return fmt.Errorf("%q: want receivers, a place and names", line)
		default:
			if err := all.row(paths, words[0], words[1], words[2:]); err != nil {
				return fmt.Errorf("%q: %w", line, err)
			}
		}
	}
	return nil
}

func (all Sinks) row(paths []string, owners, place string, names []string) error {
	where, flags, _ := strings.Cut(place, "/")
	var s Sink
	for flag := range strings.SplitSeq(flags, "/") {
		switch flag {
		case "":
		case "fragment":
			s.Mode = Fragment
		case "channel":
			s.Mode = Channel
		case "files":
			s.Mode = Files
		case "prepares":
			s.Prepares = true
		case "all":
			s.All = true
		default:
			return fmt.Errorf("unknown flag %q", flag)
		}
	}
	isField := where == "field"
	if !isField {
		var err error
		if s.Arg, err = strconv.Atoi(where); err != nil {
			return err
		}
	}
	for _, path := range paths {
		for owner := range strings.SplitSeq(owners, ",") {
			for _, word := range names {
				if err := all.add(path, Name{strings.TrimPrefix(owner, "-"), word}, s, isField); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (all Sinks) add(path string, n Name, s Sink, isField bool) error {
	if isField {
		if all.Fields[path] == nil {
			all.Fields[path] = map[Name]Sink{}
		}
		all.Fields[path][n] = s
		return nil
	}
	if all.Funcs[path] == nil {
		all.Funcs[path] = map[Name][]Sink{}
	}
	if slices.ContainsFunc(all.Funcs[path][n], func(o Sink) bool { return o.Arg == s.Arg }) {
		return fmt.Errorf("%s.%s is there already", n.Owner, n.Name)
	}
	all.Funcs[path][n] = append(all.Funcs[path][n], s)
	return nil
}
