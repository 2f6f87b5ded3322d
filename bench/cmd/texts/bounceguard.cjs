// Puts the statements that texts prints before pg-bounceguard: a line for each
// that it would block, once for all variants of it, and on standard error how many it could not parse.
const { PGBounceGuard } = require('pg-bounceguard')

const guard = new PGBounceGuard()
const said = new Set()
let unread = 0
for (const { file, line, end, sql } of JSON.parse(require('fs').readFileSync(0))) {
  try {
    guard.checkQuery(sql)
  } catch (err) {
    if (err.message.startsWith('pgBounceGuard:')) said.add(`${file}:${line}-${end}: ${err.message.split('\n')[0]}`)
    else unread++
  }
}
for (const line of said) console.log(line)
console.error(`${unread} statements could not be parsed`)
