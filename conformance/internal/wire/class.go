package wire

import "strings"

// Class is how a statement travels, which decides what a pooler that lends
// connections for a transaction can do with it.
type Class string

const (
	Named    Class = "named"                      // a prepared statement with a name
	OneTrip  Class = "unnamed in one round trip"  // Parse and Bind before one Sync
	TwoTrips Class = "unnamed in two round trips" // a Sync between Parse and Bind
	Simple   Class = "simple"                     // a Query message
)

// ClassOf is the class of what a client said for one call: the worst of its
// statements.
func ClassOf(messages []Message) Class {
	class := Simple
	parsed := false // the unnamed statement, since the last Sync
	for _, m := range messages {
		switch {
		case m.Type == 'P' && m.Name != "", m.Type == 'B' && m.Name != "":
			return Named
		case m.Type == 'P':
			parsed = true
		case m.Type == 'S':
			parsed = false
		case m.Type == 'B' && !parsed:
			class = TwoTrips
		case m.Type == 'B' && class == Simple:
			class = OneTrip
		}
	}
	return class
}

// Trace is what a client said in short.
func Trace(messages []Message) string {
	words := make([]string, len(messages))
	for i, m := range messages {
		words[i] = m.String()
	}
	return strings.Join(words, " ")
}

// Statements are the texts of Query and Parse.
func Statements(messages []Message) []string {
	var texts []string
	for _, m := range messages {
		if m.Type == 'Q' || m.Type == 'P' {
			texts = append(texts, m.Text)
		}
	}
	return texts
}
