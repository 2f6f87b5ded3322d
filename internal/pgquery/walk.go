package pgquery

import (
	"reflect"
	"sync"
)

// Calls yields every function call at or below the nodes of v, a pointer to
// a node or a slice of such, in the order of the text as far as the tree
// keeps it. Any position in which a tree can hold an expression is reached.
func Calls(v any, yield func(*FuncCall)) {
	walk(reflect.ValueOf(v), yield)
}

// NameIn is the schema and the name of a qualified name, as PostgreSQL folds them.
func NameIn(parts []*Node) (schema, name string) {
	for _, p := range parts {
		schema, name = name, p.GetString_().GetSval()
	}
	return schema, name
}

var callType = reflect.TypeFor[*FuncCall]()

func walk(v reflect.Value, yield func(*FuncCall)) {
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
		if v.Type() == callType {
			yield(v.Interface().(*FuncCall))
		}
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
