"""What psycopg 2 sends for what it is asked of a connection."""
import psycopg2

c = psycopg2.connect("")
c.set_client_encoding("LATIN1")
c.set_session(isolation_level="SERIALIZABLE", readonly=True, deferrable=True, autocommit=True)
c.set_session(isolation_level="DEFAULT", readonly="DEFAULT", deferrable="DEFAULT")
c.set_session(readonly=False)
c.cursor().execute("SELECT 1")
c.reset()
c.autocommit = False
with c.cursor("rows", withhold=True) as rows:
    rows.execute("SELECT generate_series(1, 3)")
    print(rows.fetchall())
with c.cursor("few") as rows:
    rows.execute("SELECT generate_series(1, 3)")
    print(rows.fetchall())
c.close()
