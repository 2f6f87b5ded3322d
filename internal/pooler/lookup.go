package pooler

import (
	"fmt"
	"strings"

	"github.com/poolvet/poolvet/internal/unknown"
)

// Default is the pooler that code is judged for unless another is named.
const Default = "rdsproxy"

// products are those that Lookup knows, in the order that All lists them.
var products = []product{
	{Default, nil, rdsproxy},
	{"pgbouncer", pgbouncerReleases, pgbouncer},
	{"pgbouncer-statement", pgbouncerReleases, pgbouncerStatement},
	{"odyssey", []version{{1, 4}, {1, 5}}, odyssey},
	{"pgcat", []version{{1, 3}}, pgcat},
	{"supavisor", []version{{2, 9}}, supavisor},
	{"pgdog", []version{{0, 1, 0}, {0, 1, 45}}, pgdog},
	{"azure", nil, azure},
	{"alloydb", nil, alloydb},
	{"cloudsql", nil, cloudsql},
	{"neon", nil, neon},
	{"heroku", nil, heroku},
	{"digitalocean", nil, digitalocean},
	{"cloudnativepg", nil, cloudnativepg},
	{"zalando", nil, zalando},
	{"pgo", nil, pgo},
	{"supabase-dedicated", nil, supabaseDedicated},
	{"planetscale", nil, planetscale},
	{"railway", nil, railway},
	{"pgagroal", []version{{2, 1}}, pgagroal},
	{"yugabyte", nil, yugabyte},
	{"edb-pgd", []version{{6, 4}}, edbPGD},
	{"multigres", nil, multigres},
	{"none", nil, none},
}

// Lookup returns the profile that spec names: a name, or name@version where
// the product's versions are told apart ("pgbouncer@1.18"; bare means the
// newest known). The error for an unknown name or version lists what there is.
func Lookup(spec string) (*Pooler, error) {
	name, v, hasVersion := strings.Cut(strings.ToLower(strings.TrimSpace(spec)), "@")
	for _, p := range products {
		if p.name != name {
			continue
		}
		if !hasVersion {
			return p.newest(), nil
		}
		release, err := p.release(v)
		if err != nil {
			return nil, err
		}
		return p.of(release), nil
	}
	return nil, fmt.Errorf("pooler %q is not known%s; known are %s", spec, unknown.DidYouMean(name, names("")), strings.Join(names("[@VERSION]"), ", "))
}

// All lists a profile for each name, in the newest version.
func All() []*Pooler {
	var all []*Pooler
	for _, p := range products {
		all = append(all, p.newest())
	}
	return all
}

// Releases lists a profile for each release of each product.
func Releases() []*Pooler {
	var all []*Pooler
	for _, p := range products {
		if len(p.releases) == 0 {
			all = append(all, p.newest())
		}
		for _, v := range p.releases {
			all = append(all, p.of(v))
		}
	}
	return all
}

// names are those of all products, with more behind those that have versions.
func names(versioned string) []string {
	var names []string
	for _, p := range products {
		name := p.name
		if len(p.releases) > 0 {
			name += versioned
		}
		names = append(names, name)
	}
	return names
}
