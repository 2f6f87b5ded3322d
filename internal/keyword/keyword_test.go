package keyword

import (
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

func TestInFindsWholeWordsInAnyCase(t *testing.T) {
	for text, want := range map[string]bool{
		"SET x = 1": true, "select Set_Config('a', 'b', true)": true, "listen jobs": true,
		"SELECT id FROM users": false, "SELECT settings FROM resets": false, "": false, "offset_set_x": false,
	} {
		if In(text) != want {
			t.Errorf("%q: %t, want %t", text, !want, want)
		}
	}
}

// Each word can be told again from a text that has it alone, and belongs to some kind.
func TestEveryWordIsFound(t *testing.T) {
	for word := range All() {
		if !In(word) || !In(strings.ToUpper(word)) || Of(word) == None || len(Kinds(word)) == 0 {
			t.Errorf("%s: in %t, class %d, kinds %v", word, In(word), Of(word), Kinds(word))
		}
	}
}

func TestCall(t *testing.T) {
	if kind, ok := Call("set_config"); !ok || kind != effect.SetConfig || !slices.Contains(Kinds("set_config"), kind) {
		t.Errorf("set_config is %s, %t", kind, ok)
	}
	if kind, ok := Call("now"); ok {
		t.Errorf("now is %s", kind)
	}
}
