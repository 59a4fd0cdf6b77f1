/**
 * A conversation as it was, and why, over HTTP against a really started server.
 * Law: at every event, the snapshot is byte by byte the one that was stored then.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Why } from '#engine/index.ts'
import { converseOverHttp, Refused, startServer, type TestServer } from '#test/driver/http.ts'
import { flowNamed } from '#test/driver/index.ts'

const flow = flowNamed('hello')
/** The text stored after each event, by the number of its last entry. */
const stored = new Map<number, string>()
let server: TestServer

beforeAll(async () => {
  server = await startServer([flow])
  const { customer, bot, agent } = await converseOverHttp(server, flow, { id: 'then', customer: { name: 'Ann' } })
  const doings: readonly (() => Promise<void>)[] = [
    async () => undefined,
    () => customer.says('Where is my parcel?'),
    () => bot.replies('On its way.', { nlu: { confidence: 0.61 } }),
    () => customer.says('Can I talk to a person please?'),
    () => agent.accepts('sarah'),
    () => agent.says('Hello'),
    () => agent.handsBack('It is with the carrier.'),
    () => customer.says('Thanks'),
  ]
  for (const doing of doings) {
    await doing()
    const text = await read('/v1/conversations/then/snapshot')
    stored.set(seqIn(text), text)
  }
})
afterAll(() => server.close())

describe('Time travel', () => {
  test('law: at every event the snapshot is the one that was stored then, byte by byte', async () => {
    expect(stored.size).toBeGreaterThan(6)
    for (const [seq, text] of stored) expect(await read(`/v1/conversations/then/snapshot?at=${seq}`)).toBe(text)
  })

  test('an entry in the middle of an event is that event’s, and the answer names it', async () => {
    const log = await entries()
    let event = 0
    for (const { seq, kind } of log) {
      if (kind === 'event') event = seq
      const response = await answer(`/v1/conversations/then/snapshot?at=${seq}`)
      expect(response.headers.get('content-location')).toBe(`/v1/conversations/then/snapshot?at=${event}`)
      expect(await read(`/v1/conversations/then/snapshot?at=${event}`)).toBe(await response.text())
    }
  })
})

describe('Why', () => {
  test('is told of the customer’s last message, unless another is asked for', async () => {
    const told = await why()
    expect(told).toMatchObject({ event: 'customer.message', version: 1, from: 'bot.chat' })
    expect(told.seq).toBe((await events('customer.message')).at(-1))
  })

  test('names the trigger that fired, also when asked by a message that it brought about', async () => {
    const [, asked = 0] = await events('customer.message')
    const told = await why(asked)
    expect(told).toMatchObject({
      seq: asked,
      to: 'queued.line',
      sentence: expect.stringContaining('fired: asked for a person') as unknown,
    })
    expect(await why(asked + 1)).toEqual(told)
  })

  test('says of a trigger that did not fire what it would have needed', async () => {
    const [answered = 0] = await events('bot.message')
    const { triggers } = await why(answered)
    expect(triggers.length).toBeGreaterThan(0)
    for (const { outcome, needs } of triggers) expect([outcome, needs]).toEqual(['silent', expect.any(String)])
  })

  test('is told of every event of a conversation', async () => {
    for (const { seq } of await entries()) expect((await why(seq)).sentence).not.toBe('')
  })

  test('is for the staff alone', async () => {
    await expect((await server.as('bot')).call('GET', '/v1/conversations/then/why')).rejects.toMatchObject({
      status: 403,
    })
    await expect((await server.as('designer')).call('GET', '/v1/conversations/then/why')).resolves.toBeDefined()
  })

  test('of an entry that is not there is refused, with where the log ends', async () => {
    const refused = await server.admin
      .call('GET', '/v1/conversations/then/why?at=9999')
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
    expect(String(refused)).toMatch(/422 invalid: The log has entries 1 to \d+\./)
    await expect(server.admin.call('GET', '/v1/conversations/nobody/why')).rejects.toMatchObject({ status: 404 })
  })
})

async function why(at?: number): Promise<Why & { readonly seq: number; readonly version: number }> {
  // What the route answers.
  return (await server.admin.call('GET', `/v1/conversations/then/why${at === undefined ? '' : `?at=${at}`}`)) as Why & {
    seq: number
    version: number
  }
}

async function entries() {
  // A page of the log.
  const { items } = (await server.admin.call('GET', '/v1/conversations/then/log?limit=1000')) as {
    readonly items: readonly {
      readonly seq: number
      readonly kind: string
      readonly event?: { readonly type: string }
    }[]
  }
  return items
}

async function events(type: string): Promise<readonly number[]> {
  return (await entries()).flatMap(({ seq, event }) => (event?.type === type ? [seq] : []))
}

function answer(path: string): Promise<Response> {
  return fetch(new URL(path, server.url), { headers: { Authorization: `Bearer ${server.admin.key}` } })
}

async function read(path: string): Promise<string> {
  return (await answer(path)).text()
}

function seqIn(text: string): number {
  return Number(/"seq":(\d+)/.exec(text)?.[1])
}
