import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Bytes } from './bare.ts'
import { program } from './loader.ts'
import { withClient, type Stage } from './stage.ts'

/** The bare route on a database of its own, with the bytes of the newest event of a database of Baton's. */
export async function startBare(
  stage: Stage,
  databaseUrl: string,
  batonUrl: string,
): Promise<{ readonly url: string }> {
  const child = fork(program('./bare.js'), [databaseUrl, JSON.stringify(await bytesOf(batonUrl))])
  stage.endsWith(async () => {
    child.disconnect()
    await once(child, 'exit')
  })
  // Only `bare.ts` sends on this channel: its port, once.
  const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }]
  return { url: `http://127.0.0.1:${port}` }
}

async function bytesOf(databaseUrl: string): Promise<Bytes> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<Bytes>(`
    select c.snapshot, l.entries, k.answer from baton.conversations c
    join baton.log l on l.conversation = c.id and l.seq = c.seq
    join baton.keys k on k.conversation = c.id and k.at >= l.at
    order by l.at desc, k.at desc limit 1`),
  )
  const [newest] = rows
  if (newest === undefined) throw new Error('There is no event in the database yet.')
  return newest
}
