package text

import (
	"go/ast"
	"go/token"
	"strconv"
	"testing"
)

func TestLiteralOffsets(t *testing.T) {
	for _, literal := range []string{
		`"plain"`, `"tab\tquote\"é\u00e9\x27\n\101end"`, "`raw \\n \"\n second`", `""`, "``", `"\U0001F600x"`,
	} {
		value, err := strconv.Unquote(literal)
		if err != nil {
			t.Fatal(err)
		}
		lit := &ast.BasicLit{ValuePos: 100, Kind: token.STRING, Value: literal}
		for i := range len(value) {
			at := literalOffsets(lit, i, i+1)
			src := literal[at[0]-100 : at[1]-100]
			want := value[i : i+1]
			got, err := strconv.Unquote(literal[:1] + src + literal[:1])
			if err == nil && got != want && len(got) == 1 {
				t.Errorf("%s: byte %d is %q in the source, want %q", literal, i, got, want)
			}
			if at[0] >= at[1] && len(src) == 0 && value[i] < 0x80 {
				t.Errorf("%s: byte %d has no place", literal, i)
			}
		}
	}
}
