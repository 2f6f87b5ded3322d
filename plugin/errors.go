package plugin

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/unknown"
)

// complaint is an error that says whose it is: golangci-lint holds many
// linters, and a setting may be of another version.
func complaint(err error) error {
	info, _ := debug.ReadBuildInfo()
	return fmt.Errorf("poolvet %s: %w", version(info), err)
}

const module = "github.com/poolvet/poolvet"

// version is that of this module in a program.
func version(info *debug.BuildInfo) string {
	if info != nil {
		for _, m := range append(info.Deps, &info.Main) {
			if m.Path == module && m.Replace != nil {
				m = &debug.Module{Path: module, Version: m.Replace.Version}
			}
			if m.Path == module && m.Version != "" {
				return m.Version
			}
		}
	}
	return "(devel)"
}

// named words an error of decoding as .golangci.yml spells things.
func named(err error) error {
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		field := mistyped.Field
		if field == "" {
			field = "settings"
		}
		return fmt.Errorf("%s: want %s, got %s", field, wanted(mistyped.Type), mistyped.Value)
	}
	if _, name, ok := strings.Cut(err.Error(), "json: unknown field "); ok {
		ours, ofFunction := keys(reflect.TypeFor[settings]()), keys(reflect.TypeFor[function]())
		return fmt.Errorf("%s is no setting%s; those are %s, and a function has %s", name,
			unknown.DidYouMean(strings.Trim(name, `"`), slices.Concat(ours, ofFunction)),
			strings.Join(ours, ", "), strings.Join(ofFunction, " and "))
	}
	return err
}

// wanted is a type in words.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	case reflect.Slice:
		return "a list"
	case reflect.Struct:
		return strings.Join(keys(t), ", ")
	}
	return "a text"
}

// keys are the names of a struct's fields in JSON, in order.
func keys(t reflect.Type) (names []string) {
	for f := range t.Fields() {
		names = append(names, f.Tag.Get("json"))
	}
	slices.Sort(names)
	return names
}
