package pgquery

import "strings"

// newer are words that stand next to each other, or, where first is set, at the
// beginning and anywhere behind it, in no statement of PostgreSQL 16 but in some
// of 17 or 18; * is any word. The parsers are of different versions, and which of
// them a build links is to make no difference.
var newer = []struct {
	words []string
	first string
}{
	{words: []string{"json_value"}}, {words: []string{"json_query"}}, {words: []string{"json_exists"}}, {words: []string{"json_table"}},
	{words: []string{"json_scalar"}}, {words: []string{"json_serialize"}}, {words: []string{"json", "("}},
	{words: []string{"merge_action"}}, {words: []string{"by", "source"}}, {words: []string{"by", "target"}},
	{words: []string{"returning"}, first: "merge"}, {words: []string{"returning"}, first: "explain"}, {words: []string{"merge"}, first: "with"},
	{words: []string{"returning", "with", "("}},
	{words: []string{"virtual"}}, {words: []string{"always", "as", "("}}, {words: []string{"set", "expression"}}, {words: []string{"enforced"}},
	{words: []string{"without", "overlaps"}}, {words: []string{"period"}},
	{words: []string{",", "not", "null"}}, {words: []string{"(", "not", "null"}}, {words: []string{"add", "not", "null"}},
	{words: []string{"constraint", "*", "not", "null"}}, {words: []string{"null", "no", "inherit"}},
	{words: []string{"alter", "constraint", "*", "inherit"}}, {words: []string{"alter", "constraint", "*", "no", "inherit"}},
	{words: []string{"at", "local"}}, {words: []string{"method", "default"}}, {words: []string{"statistics", "default"}},
	{words: []string{"set", "(", "merges"}}, {words: []string{"set", "(", "hashes"}},
	{words: []string{"only"}, first: "vacuum"}, {words: []string{"only"}, first: "analyze"}, {words: []string{"only", "("}},
}

// Newer reports whether a statement has words that only a newer grammar than
// PostgreSQL 16's has: where one of the parsers refuses it, another may not.
func Newer(text string, tokens []Token) bool {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = strings.ToLower(text[t.Start:t.End])
	}
	for i := range words {
		for _, n := range newer {
			if (n.first == "" || n.first == words[0]) && stand(n.words, words[i:]) {
				return true
			}
		}
	}
	return false
}

// stand reports whether words begins with all of these.
func stand(these, words []string) bool {
	if len(words) < len(these) {
		return false
	}
	for i, w := range these {
		if w != "*" && w != words[i] {
			return false
		}
	}
	return true
}
