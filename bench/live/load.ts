/** The load, in a process of its own: for every order it sends the lanes' requests and reports how long they took. */
import { Client } from 'undici'
import type { Lane, Order, Report } from './lane.ts'

const clients = new Map<string, Client[]>()

process.on('message', (order) => {
  // Only `loader.ts` sends on this channel, and only orders.
  run(order as Order)
    .then(
      (milliseconds): Report => ({ milliseconds }),
      (error: unknown): Report => ({ fault: error instanceof Error ? error.message : String(error) }),
    )
    .then((report) => process.send?.(report))
})
process.on('disconnect', () => process.exit(0))

async function run({ url, authorization, lanes }: Order): Promise<number> {
  const open = clients.get(url) ?? []
  clients.set(url, open)
  while (open.length < lanes.length) open.push(new Client(url))
  const from = performance.now()
  await Promise.all(
    lanes.map((lane, index) => {
      const client = open[index]
      return client === undefined ? undefined : send(client, authorization, lane)
    }),
  )
  return performance.now() - from
}

async function send(client: Client, authorization: string, lane: Lane): Promise<void> {
  for (const { path, body, key } of lane) {
    const { statusCode, body: answer } = await client.request({
      method: 'POST',
      path,
      body,
      headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
    })
    const text = await answer.text()
    if (statusCode >= 300) throw new Error(`${path} ${body} answered ${statusCode}: ${text}`)
  }
}
