package schema

import (
	"fmt"
	"testing"
)

// Five hundred migrations, each with a table, a function and a trigger, one in
// fifty of which leaves something.
func BenchmarkNew(b *testing.B) {
	var sources []Source
	n := 0
	for i := range 500 {
		leaves := ""
		if i%50 == 0 {
			leaves = "PERFORM set_config('app.a', new.name, false);"
		}
		text := fmt.Sprintf(`CREATE TABLE t%[1]d (id bigint PRIMARY KEY, name text NOT NULL DEFAULT '', created_at timestamptz DEFAULT now());
CREATE INDEX ON t%[1]d (name);
CREATE FUNCTION f%[1]d() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE n int;
BEGIN
  SELECT count(*) INTO n FROM t%[1]d WHERE id = new.id;
  IF n > 0 THEN
    UPDATE t%[1]d SET name = new.name, created_at = now() WHERE id = new.id;
  END IF;
  %[2]s
  RETURN new;
END $$;
CREATE TRIGGER tr%[1]d BEFORE INSERT ON t%[1]d FOR EACH ROW EXECUTE FUNCTION f%[1]d();
`, i, leaves)
		n += len(text)
		sources = append(sources, Source{Name: fmt.Sprintf("%d.sql", i), Text: text})
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		New(sources)
	}
}
