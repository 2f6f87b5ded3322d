package poolerconf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// resource is what matters in a resource of Kubernetes.
type resource struct {
	Kind string
	Spec struct {
		PgBouncer *struct { // CloudNativePG's Pooler
			PoolMode   yaml.Node `yaml:"poolMode"`
			Parameters map[string]yaml.Node
		} `yaml:"pgbouncer"`
		ConnectionPooler *struct { // Zalando's postgresql
			Mode yaml.Node
		} `yaml:"connectionPooler"`
		EnablePooler bool `yaml:"enableConnectionPooler"`
	}
}

func (r *reader) yaml(content []byte) error {
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	for {
		var res resource
		switch err := decoder.Decode(&res); {
		case errors.Is(err, io.EOF):
			if len(r.settings) == 0 {
				return r.errorf(1, "neither a Pooler of CloudNativePG nor a postgresql of Zalando's operator with a connection pooler is in it")
			}
			return nil
		case err != nil:
			return r.yamlError(err)
		}
		if err := r.resource(res); err != nil {
			return err
		}
	}
}

func (r *reader) resource(res resource) error {
	switch {
	case res.Kind == "Pooler" && res.Spec.PgBouncer != nil:
		mode, line := "session", 0 // the default
		if n := res.Spec.PgBouncer.PoolMode; !n.IsZero() {
			mode, line = n.Value, n.Line
		}
		if err := r.mode(line, "poolMode", mode, "cloudnativepg", ""); err != nil {
			return err
		}
		for _, name := range slices.Sorted(maps.Keys(res.Spec.PgBouncer.Parameters)) {
			n := res.Spec.PgBouncer.Parameters[name]
			if err := r.pgbouncerSetting(n.Line, name, n.Value); err != nil {
				return err
			}
		}
	case res.Kind == "postgresql" && (res.Spec.EnablePooler || res.Spec.ConnectionPooler != nil):
		mode, line := "transaction", 0 // the operator's default
		if p := res.Spec.ConnectionPooler; p != nil && !p.Mode.IsZero() {
			mode, line = p.Mode.Value, p.Mode.Line
		}
		return r.mode(line, "connectionPooler.mode", mode, "zalando", "")
	}
	return nil
}

var yamlLine = regexp.MustCompile(`line (\d+): (.*)`)

// yamlError puts the line that the parser tells where other errors have it.
func (r *reader) yamlError(err error) error {
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ := strconv.Atoi(m[1])
		return r.errorf(line, "%s", m[2])
	}
	return fmt.Errorf("%s: %w", r.file, err)
}
