"""SQLAlchemy over its drivers: an isolation level, an array of enums, JSON."""
import asyncio
import enum
import os
from sqlalchemy import ARRAY, JSON, Column, Enum, Integer, MetaData, Sequence, Table, create_engine, select, text
from sqlalchemy.ext.asyncio import create_async_engine


class Mood(enum.Enum):
    sad = 1
    ok = 2


people = Table("people", MetaData(), Column("id", Integer, primary_key=True), Column("moods", ARRAY(Enum(Mood))), Column("what", JSON))


def at(driver):
    return f"postgresql+{driver}://{os.environ['PGUSER']}@{os.environ['PGHOST']}:{os.environ['PGPORT']}/{os.environ['PGDATABASE']}"


for driver in "psycopg2", "psycopg", "pg8000":
    engine = create_engine(at(driver), isolation_level="REPEATABLE READ")
    with engine.connect() as c:
        print(c.execute(text("SELECT 1")).all())
    with engine.connect().execution_options(postgresql_readonly=True, postgresql_deferrable=True) as c:
        print(c.execute(text("SELECT 1")).all())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        c.execute(text(f"CREATE SEQUENCE {driver}"))
        print(c.scalar(Sequence(driver)))
    engine.dispose()


async def main():
    engine = create_async_engine(at("asyncpg"), isolation_level="SERIALIZABLE")
    async with engine.begin() as c:
        await c.run_sync(people.metadata.create_all)
        await c.execute(people.insert(), [{"moods": [Mood.sad, Mood.ok], "what": {"a": 1}}])
    async with engine.connect() as c:
        print((await c.execute(select(people))).all())
    await engine.dispose()


asyncio.run(main())
