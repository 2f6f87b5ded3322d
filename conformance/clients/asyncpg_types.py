"""A row with an array of enums, which asyncpg must read the types of, and what
its pool sends when a connection comes back."""
import asyncio
import asyncpg


async def main():
    async with asyncpg.create_pool(min_size=1, max_size=1) as pool:
        async with pool.acquire() as c:
            await c.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')")
            await c.execute("CREATE TABLE person (name text, moods mood[])")
        async with pool.acquire() as c:
            await c.execute("INSERT INTO person VALUES ($1, $2)", "a", ["sad", "ok"])
            await c.reload_schema_state()
            print(await c.fetch("SELECT name, moods FROM person"))
        async with pool.acquire() as c:
            await c.add_listener("moods", print)
            await c.remove_listener("moods", print)
            async with c.transaction(isolation="serializable"):
                async for row in c.cursor("SELECT name FROM person"):
                    print(row)


asyncio.run(main())
