package main

// ofGo are switches in what reads Go, and in what judges.
var ofGo = []change{
	{name: "a variable that holds db.Exec runs nothing", file: "internal/sqlflow/trace.go", old: `				f.sinksOf(call, fn, held)`, new: `				_ = fn`, in: "./analyzer"},
	{name: "a field that a library runs is overlooked", file: "internal/sqlflow/trace.go", old: `	f.fieldSinks()
	f.spread()`, new: `	f.spread()`, in: "./analyzer"},
	{name: "wrappers are not followed", file: "internal/sqlflow/trace.go", old: `	f.spread()
	sites := append(f.sites, f.passing()...)`, new: `	sites := f.sites`, in: "./analyzer"},
	{name: "wrappers of other packages are unknown", file: "internal/sqlflow/wrapper.go", old: `		f.Flow.Pass.ExportObjectFact(v, fact)
		if known == nil`, new: `		if known == nil`, in: "./analyzer"},
	{name: "methods of interfaces carry no SQL", file: "internal/sqlflow/wrapper.go", old: `			f.exportInterfaces(declared, decl, known.Param, fact)`, new: `			_, _ = declared, decl`, in: "./analyzer"},
	{name: "a wrapper of a pool and a transaction is of the first", file: "internal/sqlflow/wrapper.go", old: `		c.on, news = runsOn{mixed: true}, true`, new: `		news = false`, in: "./analyzer"},
	{name: "an interface with Commit is no transaction", file: "internal/sqlflow/handles.go", old: `flow.MethodOf(named, "Rollback") != nil && !begins(named)`, new: `false`, in: "./internal/sqlflow ./analyzer"},
	{name: "a return between two statements is overlooked", file: "internal/sqlflow/follows.go", old: `			ok = f.fails(n, f.openAt(n, fn))`, new: `			ok = true`, in: "./analyzer"},
	{name: "a Commit between two statements is overlooked", file: "internal/sqlflow/follows.go", old: `	if f.commits(fn, tx, from.End(), to.Pos()) {
		return false
	}`, new: ``, in: "./analyzer"},
	{name: "a transaction that is set twice is one", file: "internal/sqlflow/begun.go", old: `f.begunIn(tx, decl).sets <= 1`, new: `f.begunIn(tx, decl).sets >= 0`, in: "./analyzer"},
	{name: "a literal that is exported serves its call alone", file: "internal/sqlflow/shared.go", old: `		if obj == nil || obj.Exported() && obj.Parent() == s.sql.Flow.Pass.Pkg.Scope() {`, new: `		if obj == nil {`, in: "./analyzer"},
	{name: "lib/pq in any version sends extra_float_digits", file: "internal/driver/pq.go", old: ` || s.importsPqConfig()`, new: ``, in: "./analyzer"},
	{name: "a connection string from elsewhere is not judged", file: "internal/driver/connects.go", old: `		s.pass.ExportPackageFact(&s.connects)`, new: `		_ = s.connects`, in: "./analyzer"},
	{name: "a rule is off", file: "analyzer/rules.go", old: `	&Rule{ID: "dead-option", Summary: "driver and library options that do nothing or break"},
`, new: "", in: "./analyzer"},
	{name: "tests are analysed", file: "analyzer/report.go", old: `!r.Tests && concern.Test(r.pass.Fset, file) || `, new: `!r.Tests && concern.Test(r.pass.Fset, file) && file == nil || `, in: "./analyzer"},
	{name: "a listener is reported where it listens, too", file: "analyzer/report.go", old: ` || r.listensAgain(u.Call) {`, new: ` {`, in: "./analyzer"},
	{name: "ignore silences every rule", file: "analyzer/report.go", old: ` && slices.Contains(d.Rules, f.Rule) && d.covers(at...)`, new: ` && d.covers(at...)`, in: "./internal/stress ./analyzer", by: "^TestMechanisms$"},
	{name: "a directive that changes nothing is fine", file: "analyzer/report.go", old: `		if problem == "" && !d.isUsed() {`, new: `		if false {`, in: "./internal/stress ./analyzer", by: "^TestMechanisms$"},
	{name: "a pool of one connection is one of many", file: "analyzer/outside.go", old: ` && !r.poolOfOne()`, new: ``, in: "./analyzer"},
	{name: "what else a statement does counts for nothing", file: "analyzer/outside.go", old: `		return session.OnlyCalls(text)`, new: `		return session.OnlyCalls(text) || true`, in: "./analyzer"},
	{name: "a helper that gets a pool is right", file: "analyzer/outside.go", old: `		r.givesPool(call, e, r.situationOf(q, e, u))`, new: `		_ = call`, in: "./analyzer"},
	{name: "a transaction is the remedy without what follows", file: "analyzer/transaction.go", old: ` || !r.sql.GoesOn(u.Node, sqlflow.Pool) {`, new: ` {`, in: "./analyzer"},
	{name: "prose is SQL", file: "analyzer/loose.go", old: ` || !session.LooksLikeSQL(t.Value) {`, new: ` {`, in: "./analyzer"},
	{name: "only one statement undoes another of the transaction", file: "internal/undone/undone.go", old: `	e.Undone = x.later(r, e) || session.Undoing(e) && x.earlier(r)`, new: `	e.Undone = x.later(r, e)`, in: "./analyzer", by: "^TestUndone$"},
	{name: "a statement that is ignored undoes", file: "internal/undone/undone.go", old: `!x.replacesUnsaid(v) && `, new: ``, in: "./analyzer", by: "^TestUndone$"},
	{name: "methods that a package declares run nothing", file: "internal/concern/preview.go", old: `		s.runs() || `, new: `		`, in: "./analyzer", by: "^TestBodies"},
	{name: "an object brings nothing", file: "internal/concern/preview.go", old: ` || v.takesObject(s) {`, new: ` {`, in: "./analyzer", by: "^TestBodies"},
	{name: "a method brings nothing", file: "internal/concern/preview.go", old: `		if s.behindDot[name] && slices.ContainsFunc(sets, s.behindDot.meet) {
			return true
		}
	}
	return false
}

// takesObject`, new: `		_, _ = name, sets
	}
	return false
}

// takesObject`, in: "./analyzer", by: "^TestBodies"},
	{name: "what a package names of others is no text", file: "internal/concern/preview.go", old: ` || eval.NamesText(pass, s.values, v.Matters)`, new: ``, in: "./analyzer", by: "^TestBodies"},
	{name: "embedded files are nothing to a package", file: "internal/concern/preview.go", old: ` || embedded.MayMatter(pass, v.Matters)`, new: ` || false && embedded.MayMatter(pass, v.Matters)`, in: "./analyzer", by: "^TestBodies"},
	{name: "a directive is nothing to a package", file: "internal/concern/preview.go", old: ` || speaksOfPoolvet(file)`, new: ` || false && speaksOfPoolvet(file)`, in: "./analyzer", by: "^TestBodies"},
	{name: "a package's name names nothing else", file: "internal/concern/preview.go", old: `imp == nil || plain[x]`, new: `imp == nil`, in: "./analyzer", by: "^TestBodies"},
	{name: "a map of pools is none", file: "internal/concern/offer.go", old: `	default:
		visit(u)
	}`, new: `	default:
		_ = u
	}`, in: "./analyzer", by: "^TestBodies"},
	{name: "what export data mentions reaches nothing", file: "internal/concern/offer.go", old: ` || !imp.Complete()`, new: ``, in: "./analyzer", by: "^TestBodies"},
	{name: "what did not compile is no errors", file: "internal/load/run.go", old: ` || n.meta.ExportFile == ""`, new: ``},
	{name: "functions that nobody wants stay", file: "internal/load/check.go", old: `		c.empty()`, new: `		_ = c.empty`},
}
