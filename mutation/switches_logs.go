package main

// ofLogs are switches in what reads logs and says whose a statement is.
var ofLogs = []change{
	{name: "a driver's prepared statements have no name", file: "internal/client/python.go", old: "`^_pg3_\\d+$`", new: "`^_pg4_\\d+$`", in: "./internal/client ./internal/trace"},
	{name: "psycopg's DISCARD ALL is unknown", file: "internal/client/python.go", old: `	{SQL: "DISCARD ALL", When: "for reset() of a connection", Reference: psycopg2At + "pqpath.c#L510"},
`, new: "", in: "./internal/client ./internal/trace"},
	{name: "a name decides nothing", file: "internal/client/client.go", old: `		all = slices.DeleteFunc(all, func(k Known) bool { return !k.Named })`, new: `		_ = all`, in: "./internal/client ./internal/trace"},
	{name: "another's name is no one's", file: "internal/client/client.go", old: `		if c.App != "" && app != "" && !named {
			continue
		}`, new: ``, in: "./internal/client ./internal/trace"},
	{name: "SELECT … FROM … sends everything", file: "internal/trace/match.go", old: `	for _, word := range r.words() {`, new: `	for _, word := range r.words()[:0] {`, in: "./internal/trace"},
	{name: "a prefix is an instance", file: "internal/trace/match.go", old: `	return i == len(pattern)
}`, new: `	return true
}`, in: "./internal/trace"},
	{name: "a name with holes is any", file: "internal/trace/match.go", old: `		name = name[i+len(part):]`, new: `		_ = i`, in: "./internal/trace"},
	{name: "sqlc's name tells nothing", file: "internal/trace/comment.go", old: `return c.Name != "" && s.pattern.Comment.Name == c.Name`, new: `return false && s.pattern.Comment.Name == c.Name`, in: "./internal/trace"},
	{name: "a tag is not decoded", file: "internal/trace/comment.go", old: `			value = plain`, new: `			_ = plain`, in: "./internal/trace"},
	{name: "the program's text outweighs a name", file: "internal/trace/whose.go", old: `	case r.named():
		r.Code, r.Library = nil, nil
`, new: "", in: "./internal/trace"},
	{name: "what the application sends counts for nothing", file: "internal/trace/whose.go", old: `	if most > 1 {`, new: `	if false {`, in: "./internal/trace"},
	{name: "a library sends another's SET", file: "internal/trace/whose.go", old: `	return does.Kind != effect.ConnectSet && does.Kind != effect.Set || strings.EqualFold(e.Object, does.Object)`, new: `	return true`, in: "./internal/trace"},
	{name: "one statement vouches for itself", file: "internal/trace/application.go", old: `func(other *statement) bool { return other != k })`, new: `func(other *statement) bool { return true })`, in: "./internal/trace"},
	{name: "a short statement vouches", file: "internal/trace/application.go", old: `const distinct = 6`, new: `const distinct = 1`, in: "./internal/trace"},
	{name: "a value of set_config is kept", file: "internal/trace/normal.go", old: `	case argument == 0 && parameterName.MatchString(value):`, new: `	case argument <= 1 && parameterName.MatchString(value):`, in: "./internal/trace"},
	{name: "a body is not made normal", file: "internal/trace/normal.go", old: `Of(strings.TrimSuffix(src[len(tag):], tag), NoParams).Text`, new: `strings.TrimSuffix(src[len(tag):], tag)`, in: "./internal/trace"},
	{name: "a value of SET is kept", file: "internal/trace/normal.go", old: `	return n.is(i-1, "=", "to", "role", "authorization", "zone", "names")`, new: `	return n.is(i-1, "=", "role", "authorization", "zone", "names")`, in: "./internal/trace"},
	{name: "lists of any length are statements", file: "internal/trace/normal.go", old: `		n.out = n.out[:k-1]
		return`, new: ``, in: "./internal/trace"},
	{name: "comments have a shape", file: "internal/trace/shape.go", old: `strings.HasPrefix(sql[i:], "--") || `, new: ``, in: "./internal/trace"},
	{name: "a template in a string is a plain one", file: "internal/trace/shape.go", old: `		case sql[i] == '{' && strings.HasPrefix(sql[i:], "{{"):
			return -1
		case sql[i] == '\''`, new: `		case sql[i] == '\''`, in: "./internal/trace"},
	{name: "pins join at any time", file: "internal/trace/pins.go", old: `	to, _ := slices.BinarySearchFunc(all, at+apart+1, byTime)`, new: `	to := len(all)`, in: "./internal/trace"},
	{name: "two reasons of a pin are the last", file: "internal/trace/pins.go", old: `			case of != nil && of != r:
				return nil
`, new: "", in: "./internal/trace"},
	{name: "connections of the proxy are one", file: "internal/trace/pins.go", old: `			case known && run.session != session:`, new: `			case known && session < 0:`, in: "./internal/trace"},
	{name: "a session that ends goes on", file: "internal/trace/sessions.go", old: `	delete(s.open, e.Session)`, new: ``, in: "./internal/trace"},
	{name: "a session holds state for no time", file: "internal/trace/timeline.go", old: `		t.Series[i].Pinned[at(h.to)+1]--`, new: `		t.Series[i].Pinned[at(h.from)+1]--`, in: "./internal/trace"},
	{name: "a line of another process goes on", file: "internal/pglog/message.go", old: ` || m.of(pid) != h.of(line, pid) || m.of(session) != h.of(line, session) {`, new: ` {`},
	{name: "long messages are cut", file: "internal/pglog/message.go", old: `	if m.long && wanted {
		r.counts.Long++
		return
	}`, new: ``},
	{name: "a process is a session for ever", file: "internal/pglog/message.go", old: `	case w.start != "":
		r.session = append(append(r.session, " since "...), w.start...)
`, new: ""},
	{name: "application_name with what follows it", file: "internal/pglog/message.go", old: `	for _, after := range []string{" SSL enabled (", " GSS ("} {`, new: `	for _, after := range []string{" GSS ("} {`},
	{name: "Parameters of PostgreSQL 16", file: "internal/pglog/statement.go", old: `strings.CutPrefix(detail[1:], "arameters: ")`, new: `strings.CutPrefix(detail, "parameters: ")`},
	{name: "two quotes in a value end it", file: "internal/pglog/statement.go", old: `		if strings.HasPrefix(s[i+1:], "'") {
			i++
			continue
		}`, new: ``},
	{name: "a cut value is whole", file: "internal/pglog/statement.go", old: `		p.Cut = strings.HasSuffix(p.Value, "...")`, new: `		p.Cut = false`, in: "./internal/pglog ./internal/trace"},
	{name: "execute fetch is execute", file: "internal/pglog/statement.go", old: `{"execute fetch from ", Fetch}, `, new: ``},
	{name: "a quote in CSV", file: "internal/pglog/csv.go", old: `				if i++; i >= len(b) || b[i] != '"' {`, new: `				if i++; true {`},
	{name: "pg_stat_statements without rights", file: "internal/pglog/csv.go", old: ` || column("query") == "<insufficient privilege>" {`, new: ` {`},
	{name: "PgBouncer's routine is news", file: "internal/pglog/pooler.go", old: `"server idle timeout", `, new: ``},
	{name: "a pin to come has come", file: "internal/pglog/pooler.go", old: `	if will {
		e.Step = Parse
	}`, new: ``, in: "./internal/pglog ./internal/trace"},
	{name: "zones are UTC", file: "internal/pglog/time.go", old: `	if zone[0] == '-' {
		return -d
	}`, new: ``},
	{name: "dbname= names no database", file: "internal/pglog/guess.go", old: `"dbname": "%d", `, new: ``},
	{name: "a part of a line of a container", file: "internal/pglog/wrap.go", old: `r.outer.goesOn, r.partial = r.partial, strings.HasSuffix(of, " P ")`, new: `r.outer.goesOn, r.partial = false, false`},
}
