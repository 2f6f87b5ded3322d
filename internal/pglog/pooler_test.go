package pglog

import "testing"

const pinned = `2026-03-12T10:04:05.678Z [WARN] [proxyEndpoint=default] [clientConnection=12] The client session was pinned to the database connection [dbConnection=34] for the remainder of the session. The proxy can't reuse this connection until the session ends. Reason: SQL changed session settings that the proxy doesn't track. Consider moving session configuration to the proxy's initialization query. Digest: "set search_path to $1,$2,$3".
`

func TestPinsOfRDSProxy(t *testing.T) {
	counts := want(t, pinned+
		`2026-03-12T10:04:06.000Z [INFO] [proxyEndpoint=default] [clientConnection=12] If this prepared statement runs, the client session will be pinned to the database connection [dbConnection=34] for the remainder of the session. Reason: SQL changed session settings that the proxy doesn't track. Digest: "select set_config($1, $2, $3)".
2026-03-12T10:04:07.000Z [WARN] [proxyEndpoint=default] [clientConnection=13] The client session was pinned to the database connection [dbConnection=35] for the remainder of the session. The proxy can't reuse this connection until the session ends. Reason: The connection ran a SQL query which exceeded the 16384 byte limit.
2026-03-12T10:04:08.000Z [INFO] [proxyEndpoint=default] [clientConnection=13] The client connection closed. Reason: an unknown one.
`, `
1: pin simple session="12" reason="SQL changed session settings that the proxy doesn't track. Consider moving session configuration to the proxy's initialization query." digest="set search_path to $1,$2,$3" server="34" at 2026-03-12T10:04:05.678Z
2: pin parse session="12" reason="SQL changed session settings that the proxy doesn't track." digest="select set_config($1, $2, $3)" server="34" at 2026-03-12T10:04:06Z
3: pin simple session="13" reason="The connection ran a SQL query which exceeded the 16384 byte limit." server="35" at 2026-03-12T10:04:07Z
`)
	if counts.Formats["rdsproxy"] != 4 {
		t.Errorf("counts are %+v", counts)
	}
}

func TestRefusalsOfPgBouncerInSyslog(t *testing.T) {
	counts := want(t, `Mar 12 10:04:05 db1 pgbouncer[9]: C-0x55e2a0f724c0: shop/alice@[2001:db8::1]:54394 closing because: prepared statement did not exist (age=2s)
Mar 12 10:04:05 db1 pgbouncer[9]: C-0x55e2a0f724c0: shop/alice@10.0.0.1:54394 closing because: client close request (age=2s)
Mar 12 10:04:05 db1 pgbouncer[9]: C-0x55e2a0f724c0: (nodb)/(nouser)@unix(12):6432 closing because: unsupported startup parameter: jit (age=0s)
`, `
1: refusal session="C-0x55e2a0f724c0: shop/alice@[2001:db8::1]:54394" user="alice" db="shop" host="2001:db8::1" reason="prepared statement did not exist"
3: refusal session="C-0x55e2a0f724c0: (nodb)/(nouser)@unix(12):6432" host="unix(12)" reason="unsupported startup parameter: jit"
`)
	if counts.Formats["pgbouncer"] != 3 {
		t.Errorf("counts are %+v", counts)
	}
}

// What PgBouncer closes all day refuses nobody.
func TestRoutineOfPgBouncer(t *testing.T) {
	for _, reason := range []string{"client close request", "client unexpected eof", "server idle timeout", "server lifetime over", "obsolete connection", "pooler is shutting down"} {
		want(t, "2026-03-12 10:04:05.678 UTC [7] LOG C-0x55e2a0f724c0: shop/alice@10.0.0.1:54394 closing because: "+reason+" (age=2s)\n", "\n")
	}
}

func TestStatementsThatSpeakOfPoolers(t *testing.T) {
	want(t, `2026-03-12T10:04:05.678Z 2026-03-12 10:04:05 UTC [7] LOG:  statement: SELECT '[clientConnection=1] C-0x1: a/b@c:1 closing because: d'
`, `
1: simple session="7" sql="SELECT '[clientConnection=1] C-0x1: a/b@c:1 closing because: d'" at 2026-03-12T10:04:05Z
`)
}

func TestPreparedStatementsThatAConnectionHasNot(t *testing.T) {
	want(t, `2026-03-12 10:04:05 UTC [7] ERROR:  prepared statement "stmt ""1" does not exist
2026-03-12 10:04:05 UTC [7] STATEMENT:  EXECUTE "stmt ""1"
2026-03-12 10:04:05 UTC [7] ERROR:  prepared statement "S_1" already exists
2026-03-12 10:04:05 UTC [7] ERROR:  cached plan must not change: prepared statement "S_1"
`, `
1: refusal session="7" name="stmt \"\"1" sql="EXECUTE \"stmt \"\"1\"" reason="prepared statement does not exist" at 2026-03-12T10:04:05Z
3: refusal session="7" name="S_1" reason="prepared statement already exists" at 2026-03-12T10:04:05Z
`)
}
