/**
 * A node that runs jobs and nothing else, to be stopped in tests. Says a line of JSON for each thing that happens: a job
 * that begins, and holds a row's lock when its payload says so. A job never ends by itself.
 */
import pg from 'pg'
import { runJobs } from '#server/runtime/jobs.ts'
import { openLine } from '#server/runtime/line.ts'
import { connectionTo } from '#server/store/connection.ts'

const [url = ''] = process.argv.slice(2)
const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`)
const silent = { debug() {}, info() {}, error() {}, warn: (_: object, message: string) => say({ warned: message }) }
const line = await openLine(url, silent)
const client = new pg.Client(connectionTo(url, 'baton worker'))
client.on('error', () => say({ lost: true }))
await client.connect()
await runJobs(
  url,
  {
    wake: async () => undefined,
    hang: async (payload, { abortSignal }) => {
      if (payload === 'lock') await client.query(`begin; update baton.teams set name = 'held' where id = 'care'`)
      say({ began: true })
      await new Promise<void>((_, reject) => {
        abortSignal?.addEventListener('abort', () => reject(new Error('The node was told to end.')))
      })
    },
  },
  line,
  silent,
)
say({ ready: true })
