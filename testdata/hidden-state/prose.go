package hiddenstate

var texts = []string{"DO not set role", "do $$ in the box", "DO $$ BEGIN"}
