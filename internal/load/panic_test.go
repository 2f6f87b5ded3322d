package load

import (
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

type panics struct{}

func (panics) Files([]*ast.File) error { panic("told so") }

func TestTypeCheckerThatPanics(t *testing.T) {
	err := typeCheck(panics{}, nil)
	var p *Panic
	if !errors.As(err, &p) || !strings.Contains(err.Error(), "the type checker panicked at load/panic_test.go:") {
		t.Errorf("%v", err)
	}
	if err := typeCheck(types.NewChecker(new(types.Config), token.NewFileSet(), types.NewPackage("p", "p"), nil), nil); err != nil {
		t.Errorf("of nothing: %v", err)
	}
}
