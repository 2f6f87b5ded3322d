// A client and a pool of node-postgres at work: it sends nothing by itself.
const { Client, Pool } = require("pg");

async function main() {
  const client = new Client({ statement_timeout: 5000 });
  await client.connect();
  console.log((await client.query({ name: "one", text: "SELECT $1::int", values: [1] })).rows);
  await client.end();
  const pool = new Pool({ max: 1 });
  console.log((await pool.query("SELECT 2")).rows);
  await pool.end();
}

main();
