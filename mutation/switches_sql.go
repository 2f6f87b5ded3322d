package main

// ofSQL are switches in what reads SQL.
var ofSQL = []change{
	{name: "a keyword is no word of SQL", file: "internal/keyword/kinds.go", old: `	"listen":     {effect.Listen},
`, new: "", in: "./internal/keyword ./internal/session"},
	{name: "a lock function is not known", file: "internal/keyword/kinds.go", old: `	"pg_try_advisory_lock_shared":      effect.AdvisoryLock,
`, new: "", in: "./internal/keyword ./internal/session"},
	{name: "dblink_connect_u is not known", file: "internal/keyword/kinds.go", old: `	"dblink_connect_u":                    effect.Dblink,
`, new: "", in: "./internal/keyword ./internal/session"},
	{name: "no keyword begins with u", file: "internal/keyword/keyword.go", old: `"srdpelutncb"`, new: `"srdpeltncb"`},
	{name: "capitals are other words", file: "internal/keyword/keyword.go", old: `			c |= 0x20
		}`, new: `			return false
		}`, in: "./internal/keyword ./internal/session"},
	{name: "SET LOCAL lasts", file: "internal/session/utility.go", old: `		if local {
			kind = localKind
		}`, new: ``},
	{name: "SET of a name that no parameter has", file: "internal/session/utility.go", old: `		return e.Object == "" && !begun || IsParameter(e.Object)`, new: `		return true`},
	{name: "SET … TO DEFAULT sets", file: "internal/session/utility.go", old: `		if reset {
			kind = effect.Reset
		}`, new: ``},
	{name: "SET ROLE NONE sets a role", file: "internal/session/utility.go", old: `		if strings.EqualFold(s.value(j+1), "none") {`, new: `		if false {`},
	{name: "SET TIME ZONE LOCAL sets", file: "internal/session/utility.go", old: `		if s.is(j+2, "local") {`, new: `		if false {`},
	{name: "READ WRITE sets no characteristic", file: "internal/session/utility.go", old: `	{[]string{"read", "write"}, "default_transaction_read_only"},
`, new: ""},
	{name: "DISCARD of anything", file: "internal/session/utility.go", old: `	if !s.oneOf(i+1, "all", "plans", "temp", "temporary", "sequences") {
		return nil
	}`, new: ``},
	{name: "words behind RESET are overlooked", file: "internal/session/utility.go", old: `	if !s.ends(next) {
		return nil
	}
	return []effect.Effect{s.effect(kind, object, i, next)}
}

func (s statement) discard`, new: `	return []effect.Effect{s.effect(kind, object, i, next)}
}

func (s statement) discard`},
	{name: "WITH HOLD is overlooked", file: "internal/session/utility.go", old: `		kind, next = effect.CursorHold, next+2`, new: `		next += 2`},
	{name: "EXPLAIN runs what it explains", file: "internal/session/utility.go", old: `	if !runs && !s.is(j, "execute") {
		return nil
	}`, new: `	_ = runs`},
	{name: "ANALYZE false analyzes", file: "internal/session/utility.go", old: `analyze = !s.oneOf(k+1, "false", "off") && s.src(k+1) != "0"`, new: `analyze = true`},
	{name: "set_config with true lasts", file: "internal/session/calls.go", old: `	if e.Local == effect.True {
		e.Kind = effect.SetConfigLocal
	}`, new: ``},
	{name: "arguments by name are by place", file: "internal/session/calls.go", old: `			a.name, a.from = strings.ToLower(s.src(from)), from+2`, new: `			a.from = from + 2`},
	{name: "a schema of one's own is PostgreSQL's", file: "internal/session/calls.go", old: ` || n == 1 && parts[0] != "pg_catalog" && kind != effect.Dblink`, new: ``},
	{name: "unnamed dblink connections count", file: "internal/session/calls.go", old: `	if kind == effect.Dblink && len(args) < 2 {`, new: `	if false {`},
	{name: "permanent slots are temporary", file: "internal/session/calls.go", old: `			return s.boolean(a) == effect.True
		}
	}
	return false`, new: `			return true
		}
	}
	return false`},
	{name: "a column is the key of a lock", file: "internal/session/calls.go", old: `		if column || s.unknown(i) {`, new: `		if s.unknown(i) {
			_ = column`},
	{name: "the second argument of a call is shown", file: "internal/session/calls.go", old: `	if len(args) > 1 {
		arg += ", …"
	}`, new: `	if len(args) > 1 {
		arg += ", " + s.text[s.tokens[args[1].from].Start:s.tokens[args[1].to-1].End]
	}`},
	{name: "what is undone later in a text counts", file: "internal/session/undone.go", old: `by > at && !statements[by].same(statements[at])`, new: `by < 0`},
	{name: "one more SET of a value undoes the first", file: "internal/session/undone.go", old: ` && !statements[by].same(statements[at])`, new: ``},
	{name: "ROLLBACK rolls nothing back", file: "internal/session/undone.go", old: `				rolled[from] = true`, new: `				rolled[from] = false`},
	{name: "savepoints are overlooked", file: "internal/session/undone.go", old: `			return nil
		case s.oneOf(0, "begin", "commit", "end")`, new: `			continue
		case s.oneOf(0, "begin", "commit", "end")`},
	{name: "the way down of a migration undoes the way up", file: "internal/session/undone.go", old: `strings.Contains(line, "migrate:down") || `, new: ``},
	{name: "SQLite's BEGIN IMMEDIATE begins", file: "internal/session/begin.go", old: `	if !s.ends(end) {
		return nil
	}`, new: ``},
	{name: "COMMIT AND CHAIN ends", file: "internal/session/begin.go", old: `				open, begun = s.chains(), -1`, new: `				open, begun = false, -1`},
	{name: "a message of several statements is no transaction", file: "internal/session/begin.go", old: `			in[i] = open || to-from > 1`, new: `			in[i] = open`},
	{name: "ON COMMIT DROP is overlooked", file: "internal/session/temp.go", old: `		if s.is(i, "on", "commit", "drop") {
			return true
		}`, new: ``},
	{name: "pg_temp is a schema like others", file: "internal/session/temp.go", old: `	return dot == "." && strings.EqualFold(strings.Trim(part, ` + "`\"`" + `), "pg_temp")`, new: `	return dot == "." && strings.EqualFold(part, "")`},
	{name: "a table of the name temp is temporary", file: "internal/session/temp.go", old: ` && !slices.ContainsFunc(afterInto, func(w string) bool { return s.is(j+1, w) })`, new: ` && !slices.Contains(afterInto, "")`},
	{name: "any text is long", file: "internal/session/analyze.go", old: `	return end-start > LongLimit && end-start`, new: `	return end-start > LongLimit/2 && 2*(end-start)`},
	{name: "WITH NO DATA runs", file: "internal/session/analyze.go", old: `		if !n.CreateTableAsStmt.GetInto().GetSkipData() {
			return node
		}`, new: `		return node`},
	{name: "a parameter is not PostgreSQL's", file: "internal/guc/guc.go", old: "trace_locks trace_lwlocks trace_syncscan", new: "trace_locks trace_syncscan", in: "./internal/guc ./internal/session"},
	{name: "on is no default", file: "internal/guc/guc.go", old: `"row_security": "on", `, new: ``, in: "./internal/guc ./internal/session ./analyzer"},
	{name: "a routine of a routine is not followed", file: "internal/schema/does.go", old: `			w.call(c, given, steps, e.full())`, new: `			_ = c`},
	{name: "one routine locks and another unlocks", file: "internal/schema/does.go", old: `	if w.has(effect.AdvisoryLock) && w.has(effect.AdvisoryUnlock) {`, new: `	if false {`, in: "./internal/schema ./analyzer"},
	{name: "a trigger is for every change", file: "internal/schema/does.go", old: `		if e.Kind != Trigger || !w.asks(c) {`, new: `		if true {`, in: "./internal/schema ./analyzer"},
	{name: "what a routine puts back it leaves", file: "internal/schema/lasting.go", old: `			if count[thing(e)] > 1 || definer`, new: `			if definer`, in: "./internal/schema ./analyzer"},
	{name: "a temporary table that is dropped stays", file: "internal/schema/lasting.go", old: `			if object == "" || dropsIn(code, object) {`, new: `			if object == "" {`, in: "./internal/schema ./analyzer"},
	{name: "a string that EXECUTE runs is not read", file: "internal/schema/code.go", old: `			all = append(all, c.executed(i+1)...)`, new: ``, in: "./internal/schema ./analyzer"},
}
