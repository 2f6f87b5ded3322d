package main

// ofPoolers are rows of the tables that say what becomes of an effect, and what
// reads them. A row whose verdict is measured must fail without a server too.
var ofPoolers = []change{
	{name: "PgBouncer: WITH HOLD ends with the transaction", file: "internal/pooler/pgbouncer.go", old: `		{k{effect.CursorHold}, Leaks, Measured,`, new: `		{k{effect.CursorHold}, OK, Measured,`},
	{name: "PgBouncer: another tracks nothing", file: "internal/pooler/pgbouncer.go", old: `	"intervalstyle": 20, "application_name": 22,`, new: `	"application_name": 22,`},
	{name: "PgBouncer 1.20 refuses options", file: "internal/pooler/pgbouncer.go", old: `		options:   minor >= 20,`, new: `		options:   minor >= 26,`},
	{name: "PgBouncer 1.21 keeps statements by itself", file: "internal/pooler/pgbouncer.go", old: `	return p.turned(PreparedStatements, minor >= 24)`, new: `	return p.turned(PreparedStatements, minor >= 21)`},
	{name: "PgBouncer in statement mode takes BEGIN", file: "internal/pooler/pgbouncer.go", old: `{transactional, Refused, Measured,`, new: `{transactional, OK, Measured,`},
	{name: "PgBouncer 1.22 takes replication", file: "internal/pooler/pgbouncer.go", old: `	if minor >= 23 {`, new: `	if minor >= 22 {`},
	{name: "RDS Proxy excepts no lock of the transaction", file: "internal/pooler/rdsproxy.go", old: `	{k{effect.AdvisoryXactLock}, OK, Documented,`, new: `	{k{effect.AdvisoryXactLock}, Pins, Documented,`},
	{name: "RDS Proxy reads bodies", file: "internal/pooler/rdsproxy.go", old: `		unseen:    table(rdsproxyUnseen),
`, new: ""},
	{name: "RDS Proxy waits for what undoes", file: "internal/pooler/rdsproxy.go", old: `		atOnce: true,
`, new: "", in: "./internal/pooler ./analyzer"},
	{name: "RDS Proxy takes jit", file: "internal/pooler/rdsproxy.go", old: `		"jit": {Outcome: Refused,`, new: `		"jit": {Outcome: OK,`},
	{name: "Odyssey undoes LOAD", file: "internal/pooler/odyssey.go", old: `	{k{effect.LoadLibrary, effect.Dblink, effect.SetSeed, effect.TempSlot}, Leaks,`, new: `	{k{effect.LoadLibrary, effect.Dblink, effect.SetSeed, effect.TempSlot}, Lost,`},
	{name: "PgCat reads set_config", file: "internal/pooler/pgcat.go", old: `	{k{effect.SetConfig}, Leaks,`, new: `	{k{effect.SetConfig}, Lost,`},
	{name: "PgCat cleans up in transactions", file: "internal/pooler/pgcat.go", old: `		inside: table([]row{{k{effect.Set, effect.SetCharacteristics, effect.SetRole}, Leaks, Documented,
			"PgCat looks for a SET outside transactions only, and cleans up after no other", pgcatSource}}),
`, new: ""},
	{name: "PgDog before 0.1.45 is as after", file: "internal/pooler/pgdog.go", old: `	if !v.since(0, 1, 45) {`, new: `	if false {`},
	{name: "PgDog takes SET among other commands", file: "internal/pooler/pgdog.go", old: `effect.SetLocalRole, effect.Reset, effect.ResetAll, effect.ResetRole}, Refused,`, new: `effect.SetLocalRole, effect.Reset, effect.ResetAll, effect.ResetRole}, OK,`},
	{name: "YugabyteDB keeps temporary tables", file: "internal/pooler/forks.go", old: `	{slices.Concat(prepares, k{effect.TempObject}), Pins,`, new: `	{slices.Concat(prepares, k{effect.TempObject}), OK,`},
	{name: "EDB PGD keeps statements", file: "internal/pooler/forks.go", old: `	{k{effect.NamedStatement, effect.SplitStatement}, Lost,`, new: `	{k{effect.NamedStatement, effect.SplitStatement}, OK,`},
	{name: "a version between two is the later one", file: "internal/pooler/versions.go", old: `		if v.since(r...) {
			return r, nil
		}`, new: `		if !v.before(r) || len(p.releases) == 0 {
			return p.releases[len(p.releases)-1], nil
		}`},
	{name: "READ ONLY sets another parameter", file: "internal/pooler/cells.go", old: `			name = "default_" + name`, new: `			name = "transaction_" + name`},
	{name: "a slot is dropped with temporary tables", file: "internal/pooler/cells.go", old: `	if temp.Outcome == Leaks || temp.Outcome == Lost {`, new: `	if temp.Outcome == Leaks {`},
	{name: "time zone is another parameter", file: "internal/pooler/cells.go", old: `	case "time zone":
		return "timezone"
`, new: ""},
	{name: "a function's body runs at once", file: "internal/pooler/pooler.go", old: ` || e.Body == effect.FunctionBody)`, new: `)`, in: "./internal/pooler ./analyzer"},
	{name: "set_config that may be local lasts", file: "internal/pooler/pooler.go", old: `		v = milder(v, p.lookup(e))
		v.Evidence = Inferred`, new: `		v.Evidence = Inferred`},
	{name: "transaction_read_only lasts", file: "internal/pooler/pooler.go", old: `	if !p.atOnce && ofTransaction[parameter(e)] && e.Body == effect.Direct {`, new: `	if false {`, in: "./internal/pooler ./analyzer"},
	{name: "PostgreSQL's version counts for nothing", file: "internal/pooler/pooler.go", old: `	if v.from == 0 || p.postgres >= v.from {`, new: `	if true {`},
	{name: "every parameter can be tracked", file: "internal/pooler/settings.go", old: `	return ok && (p.postgres == 0 || p.postgres >= since)`, new: `	return true || ok && since > 0`},
	{name: "an ignored option counts", file: "internal/pooler/settings.go", old: `	if name == "options" { // what is tracked in them counts all the same
		p.startup = p.startup.over(params{anyOption: v})
	}`, new: ``},
	{name: "pgbouncer.ini: session mode is the exception", file: "internal/poolerconf/pgbouncer.go", old: `		return r.mode(0, "pool_mode", "session", "", "") // the default`, new: `		return nil`},
	{name: "pgbouncer.ini: a mode of one database", file: "internal/poolerconf/pgbouncer.go", old: `		case section == "databases" || section == "users":`, new: `		case section == "users":`},
	{name: "odyssey.conf: comments are settings", file: "internal/poolerconf/odyssey.go", old: `		case tok == '#':
			for c`, new: `		case tok == '!':
			for c`},
	{name: "two poolers in one run", file: "internal/poolerconf/poolerconf.go", old: `		case other.Flag != s.Flag:`, new: `		case false:`},
}
