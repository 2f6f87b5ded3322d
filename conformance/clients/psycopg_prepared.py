"""Prepared statements that psycopg 3 forgets, and what it is asked of a connection."""
import psycopg

with psycopg.connect("", autocommit=True) as c:
    c.prepared_max = 1
    for n in range(3):
        c.execute(f"SELECT {n}, %s::int", (n,), prepare=True)
    c.execute("CREATE TABLE prepared (id int)")
    c.execute("INSERT INTO prepared VALUES (%s)", (1,), prepare=True)
    c.execute("DROP TABLE prepared")
    c.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
    c.read_only = True
    with c.transaction(), c.cursor("few") as rows:
        rows.execute("SELECT generate_series(1, 3)")
        print(rows.fetchall())
    with c.cursor("rows", withhold=True) as rows:
        rows.execute("SELECT generate_series(1, 3)")
        print(rows.fetchall())
