package pgquery

import (
	"reflect"
	"sync"
)

// Walk yields every node at or below v, a pointer to a node or a slice of such,
// in the order of the text as far as the tree keeps it: as a pointer to what
// the tree holds and, before it, to the Node_… that holds that in a list or in
// a field of any kind.
func Walk(v any, yield func(node any)) {
	walk(reflect.ValueOf(v), yield)
}

// Calls yields every function call at or below v. Any position in which a tree
// can hold an expression is reached.
func Calls(v any, yield func(*FuncCall)) {
	Walk(v, func(node any) {
		if c, ok := node.(*FuncCall); ok {
			yield(c)
		}
	})
}

// NameIn is the schema and the name of a qualified name, as PostgreSQL folds them.
func NameIn(parts []*Node) (schema, name string) {
	for _, p := range parts {
		schema, name = name, p.GetString_().GetSval()
	}
	return schema, name
}

func walk(v reflect.Value, yield func(any)) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			walk(v.Elem(), yield)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), yield)
		}
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		yield(v.Interface())
		s := v.Elem()
		for _, i := range children(s.Type()) {
			walk(s.Field(i), yield)
		}
	}
}

// childFields holds, per struct type, the fields that can hold nodes:
// reflecting on every field of every node would cost several times the parse.
var childFields sync.Map // of reflect.Type to []int

func children(t reflect.Type) []int {
	if v, ok := childFields.Load(t); ok {
		return v.([]int)
	}
	var fields []int
	for i := range t.NumField() {
		f := t.Field(i)
		elem := f.Type
		if elem.Kind() == reflect.Slice {
			elem = elem.Elem()
		}
		node := elem.Kind() == reflect.Interface || elem.Kind() == reflect.Pointer && elem.Elem().Kind() == reflect.Struct
		if f.IsExported() && node {
			fields = append(fields, i)
		}
	}
	childFields.Store(t, fields)
	return fields
}
