package main

// ofPlaces are switches in what says which code is meant: directives, poolers of
// places, connection strings, dialects and tools.
var ofPlaces = []change{
	{name: "a directive needs no reason", file: "internal/directive/directive.go", old: `	case strings.TrimSpace(reason) == "":`, new: `	case false:`},
	{name: "a directive in capitals", file: "internal/directive/directive.go", old: `	case d.Verb != verb:`, new: `	case false:`},
	{name: "one dash parts the reason", file: "internal/directive/directive.go", old: `	case dash != "" && dash != "--":`, new: `	case false:`},
	{name: "a rule that is not there", file: "internal/directive/directive.go", old: `		if !known(rule) {`, new: `		if false {`},
	{name: "prose is a directive", file: "internal/directive/directive.go", old: `	isWhole := isVerb && (dash != "" || len(d.Rules) > 0)`, new: `	isWhole := isVerb && (dash != "?" || len(d.Rules) > 0)`},
	{name: "a directive of the file is of its line", file: "internal/directive/extent.go", old: `	case c.End() < file.Package:
		return file.FileStart, file.FileEnd
`, new: "", in: "./internal/directive ./analyzer"},
	{name: "a directive of a declaration is of its line", file: "internal/directive/extent.go", old: `			return group.Pos(), node.End()`, new: `			_ = node.End()`, in: "./internal/directive ./analyzer"},
	{name: "a directive in a block comment", file: "internal/directive/sql.go", old: `		case block >= 0 && block < dashes:`, new: `		case block >= 0 && block < dashes && len(part) < 0:`},
	{name: "a directive in a body", file: "internal/directive/sql.go", old: `			r.read(from+t.Start+tag, from+t.End-tag, true)`, new: `			_ = from + tag`},
	{name: "a directive at the top of a file of SQL", file: "internal/directive/sql.go", old: `	case len(before) == 0 && len(after) > 0 && parted(text[stop:after[0].Start]):
		return 0, len(text)
`, new: "", in: "./internal/directive ./analyzer"},
	{name: "… is one element", file: "internal/behind/match.go", old: "	expr = strings.ReplaceAll(expr, `\\.\\.\\.`, `.*`)", new: "	expr = strings.ReplaceAll(expr, `\\.\\.\\.`, `[^/]*`)", in: "./internal/behind ./analyzer"},
	{name: "/... is not the folder itself", file: "internal/behind/match.go", old: "expr = before + `(/.*)?`", new: "expr = before + `/.*`", in: "./internal/behind ./analyzer"},
	{name: "of several rules the first", file: "internal/behind/spec.go", old: `		if !r.onHost && matches(r.pattern, pkg, module) {
			name = r.pooler`, new: `		if !r.onHost && name == "" && matches(r.pattern, pkg, module) {
			name = r.pooler`, in: "./internal/behind ./analyzer"},
	{name: "a server is told without its port", file: "internal/behind/spec.go", old: ` && (r.port == "" || r.port == at.Port)`, new: ``, in: "./internal/behind ./analyzer"},
	{name: "two poolers for all code", file: "internal/behind/spec.go", old: `		case s.Default != "" && s.Default != name:`, new: `		case false:`, in: "./internal/behind ./analyzer"},
	{name: "the widest directive counts", file: "internal/behind/places.go", old: `return a.width() - b.width() })`, new: `return b.width() - a.width() })`, in: "./internal/stress ./internal/behind", by: "^TestMechanisms$"},
	{name: "what other packages say of a pool", file: "internal/behind/fact.go", old: `	pass.ExportPackageFact(&fact)`, new: `	_ = pass`, in: "./internal/behind ./analyzer"},
	{name: "what importers give a package", file: "internal/behind/given.go", old: `	poolers := f.given[slot]
`, new: `	poolers := f.given[Slot{Name: slot.Name}]
`, in: "./cmd/poolvet", by: "PoolsThatPackagesGive"},
	{name: "a server without a rule is like any", file: "internal/behind/places.go", old: `				if !f.add(f.spec.server(s)) {
					f.unsaid = true
				}`, new: `				f.add(f.spec.server(s))`, in: "./internal/behind ./analyzer"},
	{name: "the first of two keys counts", file: "internal/dsn/dsn.go", old: `		case ok && d.IsURL:
			found.Unsure = found.Unsure || found.Value != p.Value`, new: `		case ok:`},
	{name: "+ is a space to all drivers", file: "internal/dsn/dsn.go", old: `spaced || strings.Contains(value, "+")`, new: `spaced`},
	{name: "the rest of a password is a key", file: "internal/dsn/dsn.go", old: `				return DSN{} // the rest of a password with a space`, new: `				_ = p // the rest of a password with a space`},
	{name: "an @ behind ? is nothing", file: "internal/dsn/dsn.go", old: `	if strings.Contains(s[from+i:], "@") && !strings.Contains(s[from:from+i], "@") {
		return DSN{}
	}`, new: ``},
	{name: "--name is no option", file: "internal/dsn/dsn.go", old: `strings.HasPrefix(word, "-c"), strings.HasPrefix(word, "--"):`, new: `strings.HasPrefix(word, "-c"):`},
	{name: "a password is no secret to flags", file: "internal/dsn/dsn.go", old: `		if p.Key == "password" || p.Key == "sslpassword" {`, new: `		if p.Key == "sslpassword" {`, in: "./internal/dsn ./analyzer"},
	{name: "one port for the first host", file: "internal/dsn/servers.go", old: `		port := ps[min(i, len(ps)-1)]`, new: `		port := append(ps, make([]string, i+1)...)[i]`},
	{name: "hosts have capitals", file: "internal/dsn/servers.go", old: `Server{strings.ToLower(host), `, new: `Server{host, `},
	{name: "clickhouse is PostgreSQL", file: "internal/dialect/names.go", old: `"clickhouse", `, new: ``, in: "./internal/dialect ./analyzer"},
	{name: "a name of two dialects is the first", file: "internal/dialect/names.go", old: `		case postgres && other:
			return None, base
`, new: "", in: "./internal/dialect ./analyzer"},
	{name: "the driver ora is PostgreSQL's", file: "internal/dialect/names.go", old: `"oci8", "ora", `, new: `"oci8", `, in: "./internal/dialect ./analyzer"},
	{name: "goose without a transaction is in one", file: "internal/sqlfile/sqlfile.go", old: `"-- +goose no transaction"`, new: `"-- +goose no transactions"`, in: "./internal/sqlfile ./internal/fix"},
	{name: "END ends no transaction", file: "internal/sqlfile/sqlfile.go", old: `[]string{"commit", "end", `, new: `[]string{"commit", `, in: "./internal/sqlfile ./internal/fix"},
}
