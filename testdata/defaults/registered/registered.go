package registered

import "github.com/poolvet/poolvet/testdata/defaults/registry"

func init() {
	registry.Register("other", "postgres", "postgres://db/other?binary_parameters=yes&enable_sort=off") // want `enable_sort in`
	registry.Put("b", "postgres://db/b?lock_timeout=5s&default_query_exec_mode=exec")                   // want `lock_timeout in`
}
