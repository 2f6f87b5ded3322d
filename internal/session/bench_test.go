package session

import (
	"strings"
	"testing"
)

// A usual query of 200 bytes without any of the keywords.
const usual = `SELECT u.id, u.email, u.created_at, o.name AS organisation
FROM users u JOIN organisations o ON o.id = u.organisation_id
WHERE u.email = $1 AND u.deleted_at IS NULL ORDER BY u.created_at DESC LIMIT 20 OFFSET $2`

func TestGateAllocatesNothing(t *testing.T) {
	if Gate(usual) {
		t.Fatal("the usual query passes")
	}
	if n := testing.AllocsPerRun(100, func() { Gate(usual) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestGatePassesLongTexts(t *testing.T) {
	if long := strings.Repeat("a", LongLimit); Gate(long) || !Gate(long+"a") {
		t.Error("the gate does not open above 16,384 bytes")
	}
}

func BenchmarkGate(b *testing.B) {
	b.SetBytes(int64(len(usual)))
	for b.Loop() {
		Gate(usual)
	}
}

func BenchmarkAnalyze(b *testing.B) {
	for name, text := range map[string]string{
		"remembered": "SET search_path TO a",
		"set":        "SET search_path TO a",
		"call":       "INSERT INTO t (id, name) VALUES (nextval('s'), $1) RETURNING id",
		"update":     "UPDATE t SET name = $1, updated_at = now() WHERE id = $2",
		"holes":      "SELECT nextval('s') FROM \x00 WHERE a = 1 \x00 ORDER BY \x00",
		"do":         "DO $$ BEGIN IF true THEN SET lock_timeout = 1; PERFORM pg_advisory_lock(1); END IF; END $$",
	} {
		f := analyze
		if name == "remembered" {
			f = Analyze
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f(text)
			}
		})
	}
}
