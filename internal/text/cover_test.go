package text

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// clauses are n operands that are there or not.
func clauses(n int) [][]Text {
	operands := [][]Text{{Opaque(ast.NewIdent("q"), "q")}}
	for i := range n {
		operands = append(operands, []Text{{}, Opaque(ast.NewIdent("x"), string(rune('a'+i)))})
	}
	return operands
}

func joined(operands [][]Text, rows [][]int) []Text {
	var ts []Text
	for _, row := range rows {
		parts := make([]Text, len(row))
		for i, k := range row {
			parts[i] = operands[i][k]
		}
		ts = append(ts, Concat(1<<10, parts...))
	}
	return ts
}

func values(ts []Text) string {
	var vs []string
	for _, t := range ts {
		vs = append(vs, t.Value)
	}
	slices.Sort(vs)
	return strings.Join(vs, " ")
}

func TestChoices(t *testing.T) {
	for _, test := range []struct {
		clauses, most int
		want          string
	}{
		{2, 4, "q qa qab qb"},
		{4, 10, "q qa qabc qabcd qabd qacd qb qbcd qc qd"},
		{4, 9, "qabc qabcd qabd qacd qbcd"},
	} {
		operands := clauses(test.clauses)
		if got := values(joined(operands, Choices(operands, test.most))); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
}

func TestCover(t *testing.T) {
	operands := clauses(4)
	all := joined(operands, Choices(operands, 16))
	for _, clause := range []string{"qa", "ab", "ac", "ad", "bc", "bd", "cd"} {
		if got := values(Cover(all)); !strings.Contains(got, clause) || len(Cover(all)) > 11 {
			t.Errorf("of %d texts are kept: %s", len(all), got)
		}
	}
	if got := values(Each(all)); got != "qabcd" {
		t.Errorf("of %d texts are kept: %s", len(all), got)
	}
}
