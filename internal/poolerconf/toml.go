package poolerconf

import (
	"errors"
	"maps"
	"slices"
	"strconv"

	"github.com/BurntSushi/toml"
)

// tomlFile is what matters in pgdog.toml and pgcat.toml.
type tomlFile struct {
	General struct {
		PoolerMode         string `toml:"pooler_mode"`          // PgDog's
		PreparedStatements any    `toml:"prepared_statements"`  // PgDog's
		QueryParser        string `toml:"query_parser"`         // PgDog's
		PubSub             *int   `toml:"pub_sub_channel_size"` // PgDog's
		CacheSize          *int   `toml:"prepared_statements_cache_size"`
	}
	Pools map[string]struct { // PgCat's
		Mode      string `toml:"pool_mode"`
		CacheSize *int   `toml:"prepared_statements_cache_size"`
	}
	Databases []struct { // PgDog's
		Name string
		Mode string `toml:"pooler_mode"`
	}
}

func (r *reader) toml(content []byte) error {
	var f tomlFile
	meta, err := toml.Decode(string(content), &f)
	var bad toml.ParseError
	switch {
	case errors.As(err, &bad):
		return r.errorf(bad.Position.Line, "%s", bad.Message)
	case err != nil:
		return r.errorf(1, "%v", err)
	case len(f.Pools) > 0:
		return r.pgcat(f)
	case meta.IsDefined("general") || len(f.Databases) > 0:
		return r.pgdog(f)
	}
	return r.errorf(1, "neither PgDog's [general] and [[databases]] nor PgCat's [pools] are in it")
}

func (r *reader) pgdog(f tomlFile) error {
	mode, line := f.General.PoolerMode, r.general("pooler_mode")
	if mode == "" {
		mode, line = "transaction", 0 // the default
	}
	if err := r.mode(line, "pooler_mode", mode, "pgdog", ""); err != nil {
		return err
	}
	switch v := f.General.PreparedStatements.(type) {
	case nil:
	case bool:
		r.add(r.general("prepared_statements"), "prepared_statements", onOff(v), "prepared-statements="+onOff(v), "")
	case string:
		r.pgdogStatements(v)
	}
	if v := f.General.QueryParser; v != "" && v != "auto" {
		r.add(r.general("query_parser"), "query_parser", v, "query-parser="+onOff(v != "off"), "")
	}
	if v := f.General.PubSub; v != nil {
		r.add(r.general("pub_sub_channel_size"), "pub_sub_channel_size", strconv.Itoa(*v), "pub-sub="+onOff(*v > 0), "")
	}
	for i, db := range f.Databases {
		if db.Mode != "" && db.Mode != mode {
			r.add(r.lineOf("pooler_mode", i, "[[databases]]"), "database "+db.Name+": pooler_mode", db.Mode, "",
				"one run is for one mode: analyse what connects there with flags of its own, or name it with -direct where the mode is session")
		}
	}
	return nil
}

// general is the line of a key of [general].
func (r *reader) general(key string) int { return r.lineOf(key, 0, "[general]") }

func (r *reader) pgdogStatements(v string) {
	line := r.general("prepared_statements")
	r.add(line, "prepared_statements", v, "prepared-statements="+onOff(v != "disabled"), "")
	switch v {
	case "full":
		r.add(line, "prepared_statements", v, "", "SQL PREPARE and EXECUTE work too: no flag expresses that")
	case "extended_anonymous":
		r.add(line, "prepared_statements", v, "", "unnamed statements are kept too: no flag expresses that")
	}
}

func (r *reader) pgcat(f tomlFile) error {
	const cache = "prepared_statements_cache_size"
	mode, size, line := "", f.General.CacheSize, r.general(cache)
	for _, name := range slices.Sorted(maps.Keys(f.Pools)) {
		p, headers := f.Pools[name], []string{"[pools." + name + "]", `[pools."` + name + `"]`}
		at := r.lineOf("pool_mode", 0, headers...)
		if p.Mode == "" {
			p.Mode, at = "transaction", 0 // the default
		}
		switch {
		case mode == "":
			mode = p.Mode
			if err := r.mode(at, "pool_mode", mode, "pgcat", ""); err != nil {
				return err
			}
		case p.Mode != mode:
			r.add(at, "pool "+name+": pool_mode", p.Mode, "", "one run is for one mode: that of the first pool, by name, is taken")
			continue
		}
		if p.CacheSize != nil {
			size, line = p.CacheSize, r.lineOf(cache, 0, headers...)
		}
	}
	if size != nil {
		r.add(line, cache, strconv.Itoa(*size), "prepared-statements="+onOff(*size > 0), "")
	}
	return nil
}
