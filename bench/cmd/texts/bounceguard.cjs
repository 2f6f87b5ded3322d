// Puts the statements that texts prints before pg-bounceguard: a line for each
// that it would block, and on standard error how many it could not parse.
const { PGBounceGuard } = require('pg-bounceguard')

const guard = new PGBounceGuard()
let unread = 0
for (const { file, line, end, sql } of JSON.parse(require('fs').readFileSync(0))) {
  try {
    guard.checkQuery(sql)
  } catch (err) {
    if (err.message.startsWith('pgBounceGuard:')) console.log(`${file}:${line}-${end}: ${err.message.split('\n')[0]}`)
    else unread++
  }
}
console.error(`${unread} statements could not be parsed`)
