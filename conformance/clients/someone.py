"""What someone wrote, through a driver that says no name: no one's by table."""
import psycopg2

c = psycopg2.connect("")
c.autocommit = True
with c.cursor() as cursor:
    cursor.execute("SET geqo_effort = 3")
    cursor.execute("SELECT set_config('enable_nestloop', 'off', false)")
    cursor.execute("CREATE TEMP TABLE scratch (id int)")
c.close()
