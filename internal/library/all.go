package library

import (
	"iter"
	"sync"
)

// all is every library. Its order is that of the lists made of it.
var all = []*Library{
	databaseSQL, pgx5, pgx4, pq, bun, gopg, gorm, sqlx, ent, squirrel, goqu, dbr,
	xorm, sqlboiler, volatileBoiler, bob, scan, scany, jet, upper, pop, gorp, beego, crdb,
	river, pgxlisten, migrate, goose, tern, sqlmigrate, atlas, dbmate, pgxmock, embedded, others,
	xsam, uptrace, datadog, xray, sqldblogger, gocloud, cloudsqlconn, alloydbconn, cloudsqlproxy, nrpq, pqtimeouts,
	nhat, ocsql, apmsql, prometheus, otelpgx,
}

// All are the libraries in their order.
func All() []*Library { return all }

// Packages are the packages of all libraries.
func Packages() iter.Seq2[*Library, *Package] {
	return func(yield func(*Library, *Package) bool) {
		for _, lib := range all {
			for i := range lib.Packages {
				if !yield(lib, &lib.Packages[i]) {
					return
				}
			}
		}
	}
}

// Of is what is known of a package, nothing where it is not known.
func Of(path string) *Package {
	if p := byPath()[path]; p != nil {
		return p
	}
	return &Package{}
}

var byPath = sync.OnceValue(func() map[string]*Package {
	m := map[string]*Package{}
	for _, p := range Packages() {
		m[p.Path] = p
	}
	return m
})
