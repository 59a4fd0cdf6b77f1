/**
 * Hostile requests by everybody against a served Baton. Laws:
 * 1. Nothing is answered by a fault of the server, and every refusal of the API is a problem that says so.
 * 2. What is refused changes nothing: database and files are, after each batch, what they were before.
 * 3. Who has no right is refused whatever they send; a body with one thing that may not be is refused whoever sends it.
 * 4. Memory does not grow with attacks.
 */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { Pool } from 'undici'
import { callsOf, sampleOf, type Call } from './api.ts'
import { broken, forbidden, odd, type Attack } from './attacks.ts'
import { chanceOf } from './chance.ts'
import { serveForAttack, type Served } from './served.ts'

const LONG = process.env['BATON_LONG'] !== undefined
const REQUESTS = Number(process.env['BATON_REQUESTS'] ?? (LONG ? 200_000 : 2_500))
const SEED = Number(process.env['BATON_SEED'] ?? 20_261_121)
const BATCH = 500
const AT_ONCE = 8
const MEGABYTE = 1_000_000
/** Seconds until V8 has collected what a process that rests does not need. */
const REST = 60

let served: Served
let calls: readonly Call[]
let pool: Pool
const counts = new Map<number, number>()
let stall = 0

beforeAll(async () => {
  served = await serveForAttack()
  calls = await callsOf(served.url)
  pool = new Pool(served.url, { connections: AT_ONCE, headersTimeout: 60_000, bodyTimeout: 60_000 })
})
afterAll(async () => {
  await pool?.destroy()
  await served?.close()
})

interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
}

async function send({ method, path, who, headers, body }: Attack): Promise<Answer> {
  const authorization = who === 'nobody' ? {} : { authorization: `Bearer ${served.keys[who]}` }
  // A method that Node's own client does not know may still be sent.
  const known = method as 'GET'
  const response = await pool.request({
    method: known,
    path,
    headers: { ...authorization, ...headers },
    body: body ?? null,
  })
  const type = String(response.headers['content-type'] ?? '')
  counts.set(response.statusCode, (counts.get(response.statusCode) ?? 0) + 1)
  if (!type.startsWith('text/event-stream'))
    return { status: response.statusCode, type, text: await response.body.text() }
  response.body.on('error', () => undefined).destroy()
  return { status: response.statusCode, type, text: '' }
}

/** Sends what a seed makes, several at once; `holds` judges each answer. */
async function attack(
  seeds: readonly number[],
  make: (seed: number) => Attack,
  holds: (answer: Answer) => boolean,
): Promise<void> {
  const left = [...seeds]
  const work = async (): Promise<void> => {
    for (let seed = left.pop(); seed !== undefined; seed = left.pop()) {
      const made = make(seed)
      const answer = await patiently(made)
      const isProblem =
        answer.status < 400 ||
        !made.path.startsWith('/v1/') ||
        made.method === 'HEAD' ||
        /^application\/problem\+json/.test(answer.type)
      if (answer.status >= 100 && answer.status < 500 && isProblem && holds(answer)) continue
      const shown = typeof made.body === 'string' ? made.body.slice(0, 600) : String(made.body)
      throw new Error(
        `Seed ${seed}, ${made.what}: ${made.who} ${made.method} ${made.path.slice(0, 300)} ${JSON.stringify(made.headers).slice(0, 300)} ${shown} ` +
          `was answered ${answer.status} ${answer.text.slice(0, 500)}\n${served.said().slice(-2_000)}`,
      )
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/**
 * A connection that the server has closed after a refusal, whose body nobody wanted to read, is no answer: it is sent
 * again, as every client of kept connections does.
 */
async function patiently(made: Attack): Promise<Answer> {
  for (let tries = 3; ; tries--) {
    try {
      return await send(made)
    } catch (error) {
      const isClosed = error instanceof Error && /other side closed|ECONNRESET|EPIPE/.test(error.message)
      if (!isClosed || tries === 0) return { status: 0, type: '', text: String(error) }
    }
  }
}

/** Asks all the time whether the server lives, and how long it takes to say so. */
function watched(): { stop(): Promise<void> } {
  let on = true
  const watching = (async () => {
    while (on) {
      const began = performance.now()
      expect((await fetch(`${served.url}/health/live`)).status).toBe(200)
      stall = Math.max(stall, performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  return {
    async stop() {
      on = false
      await watching
    },
  }
}

/**
 * By how much its memory has grown since, in bytes: V8 puts a large collection off while there is work, and makes it
 * once the process rests. What is more than `room` after a minute of rest is held; NaN where the system does not tell.
 */
async function grownAtRest(since: number, room: number): Promise<number> {
  for (let seconds = 0; ; seconds++) {
    const grown = (await served.memory()) - since
    if (!(grown >= room) || seconds === REST) return grown
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

const isRefused = ({ status }: Answer): boolean => status >= 400

test(`laws 1 to 4: ${REQUESTS} hostile requests`, async () => {
  const watching = watched()
  onTestFinished(() => watching.stop())
  const seeds = (from: number, count: number) => Array.from({ length: count }, (_, index) => SEED + from + index)
  const warm = REQUESTS / 10
  for (const make of [forbidden, broken])
    await attack(seeds(-warm, warm), (seed) => make(calls, chanceOf(seed)), isRefused)
  const memory = await served.memory()
  let compared = 0
  let most = memory
  for (let done = 0; done < REQUESTS; done += BATCH) {
    const share = done / REQUESTS
    // What may be taken comes last: from then on the server has work of its own, and its state moves.
    if (share < 0.6) {
      const before = await served.state()
      const make = (done / BATCH) % 2 === 0 ? forbidden : broken
      await attack(seeds(done, BATCH), (seed) => make(calls, chanceOf(seed)), isRefused)
      expect(await served.state()).toBe(before)
      compared += BATCH
    } else
      await attack(
        seeds(done, BATCH),
        (seed) => odd(calls, chanceOf(seed)),
        () => true,
      )
    most = Math.max(most, await served.memory())
  }
  await watching.stop()
  // A process that has just begun still makes room for what it does every day.
  const room = (LONG ? 64 : 128) * MEGABYTE
  const grown = await grownAtRest(memory, room)
  const statuses = [...counts].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  console.log(
    `hostile requests: ${REQUESTS + 2 * warm} by everybody on ${calls.length} calls from seed ${SEED}, ${compared} refused ones ` +
      `compared with no change, statuses ${statuses.join(', ')}; memory ${(memory / MEGABYTE).toFixed(0)} MB, ` +
      `grown by ${(grown / MEGABYTE).toFixed(0)} MB (${((most - memory) / MEGABYTE).toFixed(0)} at most); ` +
      `the slowest sign of life beside it took ${stall.toFixed(0)} ms`,
  )
  expect(Object.prototype).not.toHaveProperty('admin')
  if (!Number.isNaN(grown)) expect(grown).toBeLessThan(room)
}, 3_600_000)

test('the bodies that the attacks break are such as the server takes: most are accepted whole', async () => {
  const taken: string[] = []
  const bodied = calls.filter(
    ({ body, path }) => body !== undefined && !path.includes('/keys') && !path.includes('/users'),
  )
  for (const { method, path, body } of bodied) {
    const { status } = await send({
      method,
      path: path.replaceAll(/\{\w+\}/g, 'chat-1'),
      who: 'admin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body && sampleOf(body)),
      what: 'whole',
    })
    if (status !== 422 && status !== 415 && status !== 413) taken.push(path)
  }
  expect(taken.length).toBeGreaterThan(bodied.length / 2)
})
