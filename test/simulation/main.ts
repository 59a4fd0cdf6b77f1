/**
 * The process that simulates. `node main.js <database url> <first seed> <last seed>` writes a line of JSON for each seed;
 * `... plan <plan as JSON>` plays one plan.
 */
import type pg from 'pg'
import { z } from 'zod'
import { openDatabase } from './database.ts'
import { changedFunction, functionChange } from './function.ts'
import { plan as planSchema, planOf } from './plan.ts'
import { simulate } from './simulate.ts'
import { takeOverTime } from './time.ts'

const planted = z.array(functionChange)

const [url = '', first = '1', last = first] = process.argv.slice(2)
takeOverTime()
const database = await openDatabase(url, plantIn)
try {
  if (first === 'plan') report(await simulate(planSchema.parse(JSON.parse(last)), database))
  else
    for (let seed = Number(first); seed <= Number(last); seed++) {
      const result = await simulate(planOf(seed), database)
      report(result)
      if (result.violation && process.env['BATON_STOP'] === '1') break
    }
} finally {
  await database.close()
}

/** Changes functions of the database as `BATON_PLANTED` says: a list of `{ sql, find, replace }`. */
async function plantIn(client: pg.Client): Promise<void> {
  const changes = planted.parse(JSON.parse(process.env['BATON_PLANTED'] ?? '[]'))
  for (const change of changes) {
    const text = await changedFunction(client, change)
    if (text === undefined) throw new Error(`${change.sql} does not hold this once: ${change.find}`)
    await client.query(text)
  }
}

function report(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`)
}
