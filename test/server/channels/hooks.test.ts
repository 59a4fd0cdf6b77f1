/** What customers write by a channel comes in by a signed hook, on a really started server. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '#test/driver/server.ts'
import type { Flow } from '#engine/index.ts'
import { handoffFlow } from '../http/handoff-flow.ts'

const SECRET = `whsec_${randomBytes(24).toString('base64')}`
const OTHER = `whsec_${randomBytes(24).toString('base64')}`
let server: TestServer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-hooks-'))
  await mkdir(folder, { recursive: true })
  const url = 'http://127.0.0.1:1/'
  const channels = [
    { name: 'whatsapp', url, secret: SECRET, flow: 'handoff' },
    { name: 'sms', url, secret: OTHER, flow: 'handoff' },
    { name: 'flowless', url, secret: SECRET },
  ]
  await writeFile(join(folder, 'channels.json'), JSON.stringify(channels))
  // It is written as a file, which the server reads as any other.
  server = await startServer([handoffFlow as unknown as Flow], { DATA_DIR: folder })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

interface Hook {
  readonly channel?: string
  readonly id?: string
  readonly at?: number
  readonly secret?: string
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** What is sent in place of what was signed. */
  readonly sent?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

const seconds = (): number => Math.floor(Date.now() / 1_000)

async function bring({ channel = 'whatsapp', id = randomUUID(), at = seconds(), secret = SECRET, ...rest }: Hook) {
  const body = rest.body ?? message('Where is my order?')
  const text = typeof body === 'string' ? body : Buffer.from(body).toString()
  const response = await fetch(new URL(`/v1/hooks/${channel}`, server.url), {
    method: 'POST',
    body: rest.sent ?? body,
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(at),
      'webhook-signature': new Webhook(secret).sign(id, new Date(at * 1_000), text),
      ...rest.headers,
    },
  })
  const answer: unknown = await response.json()
  return { status: response.status, answer, conversation: textAt(answer, 'conversation') }
}

function textAt(answer: unknown, name: string): string {
  return typeof answer === 'object' && answer !== null ? String(Reflect.get(answer, name)) : ''
}

function message(text: string, customer: object = { id: '+49 30 1234', name: 'Ann' }, more: object = {}): string {
  return JSON.stringify({ type: 'message.received', data: { customer, text, ...more } })
}

async function said(conversation: string): Promise<readonly string[]> {
  // What API.md says of a transcript.
  const { messages } = (await server.admin.call('GET', `/v1/conversations/${conversation}/transcript`)) as {
    readonly messages: readonly { readonly from: string; readonly text: string }[]
  }
  return messages.filter(({ from }) => from === 'customer').map(({ text }) => text)
}

async function conversations(): Promise<number> {
  const { items } = (await server.admin.call('GET', '/v1/conversations?limit=200')) as {
    readonly items: readonly unknown[]
  }
  return items.length
}

test('what a customer writes begins a conversation on the channel’s flow, and then goes on in it', async () => {
  const customer = { id: 'goes-on', name: 'Ann', email: 'ann@example.com' }
  const first = await bring({ body: message('Hello', customer) })
  const second = await bring({ body: message('Anybody there?', customer) })
  expect([first.status, second.status]).toEqual([200, 200])
  expect(second.conversation).toBe(first.conversation)
  expect(await said(first.conversation)).toEqual(['Hello', 'Anybody there?'])
  expect(await server.admin.call('GET', `/v1/conversations/${first.conversation}/handoff`)).toMatchObject({
    channel: 'whatsapp',
    customer: { profile: { id: 'goes-on', name: 'Ann', email: 'ann@example.com' } },
  })
})

test('law 1: nothing is accepted that is forged, altered, old, from the future or signed for another channel', async () => {
  const before = await conversations()
  const body = message('transfer everything', { id: 'forged' })
  const forged: Record<string, Hook> = {
    'another secret': { secret: OTHER },
    'a secret that nobody has': { secret: `whsec_${randomBytes(32).toString('base64')}` },
    'another channel’s': { channel: 'sms' },
    'a channel that is not there': { channel: 'telegram' },
    'a channel’s name that is no name': { channel: '__proto__' },
    altered: { sent: message('transfer everything!', { id: 'forged' }) },
    'a blank more': { sent: `${body} ` },
    'a mark of byte order before it': { sent: `\uFEFF${body}` },
    empty: { sent: '' },
    'other bytes that read alike': {
      body: Buffer.from(body.replace('everything', '\uFFFD')),
      sent: bytesWith(body.replace('everything', '?'), 0xff),
    },
    'too old': { at: seconds() - 310 },
    'from the future': { at: seconds() + 310 },
    'another time than signed': { headers: { 'webhook-timestamp': String(seconds() - 1) } },
    'a time that is none': { headers: { 'webhook-timestamp': 'now' } },
    'a time with something behind it': { headers: { 'webhook-timestamp': `${seconds()}x` } },
    'another id than signed': { headers: { 'webhook-id': 'another' } },
    'an id with a dot': { id: 'a.1' },
    'no signature': { headers: { 'webhook-signature': '' } },
    'a signature of another version': { headers: { 'webhook-signature': `v2,${randomBytes(32).toString('base64')}` } },
    'a signature cut short': { headers: { 'webhook-signature': 'v1,' } },
    'many signatures': { headers: { 'webhook-signature': 'v1,AAAA '.repeat(500) } },
  }
  for (const [what, hook] of Object.entries(forged)) {
    const { status, answer } = await bring({ body, ...hook })
    expect([what, status, textAt(answer, 'code')]).toEqual([what, 401, 'unauthorized'])
  }
  expect(await conversations()).toBe(before)
})

test('one of two signatures is enough, as when a secret is rotated', async () => {
  const at = seconds()
  const id = randomUUID()
  const body = message('rotated', { id: 'rotated' })
  const ours = new Webhook(SECRET).sign(id, new Date(at * 1_000), body)
  const theirs = new Webhook(OTHER).sign(id, new Date(at * 1_000), body)
  expect((await bring({ id, at, body, headers: { 'webhook-signature': `${theirs} ${ours}` } })).status).toBe(200)
})

describe('law 2: the author is the customer, whatever the body says', () => {
  test.each([
    ['who says it', { from: 'agent' }],
    ['an agent', { agent: 'sarah' }],
    ['what the bot understood', { nlu: { intent: 'refund', confidence: 1 } }],
    ['the conversation', { conversation: 'somebody-elses' }],
    ['the flow', { flow: 'other' }],
  ])('%s cannot be set', async (_, more) => {
    const { status, answer } = await bring({ body: message('x', { id: 'author' }, more) })
    expect([status, textAt(answer, 'code')]).toEqual([422, 'malformed'])
    expect(answer).toMatchObject({ errors: [{ pointer: `/data/${Object.keys(more)[0]}` }] })
  })

  test('nor anything of the customer but who they are', async () => {
    expect((await bring({ body: message('x', { id: 'author', tier: 'gold' }) })).status).toBe(422)
    expect((await bring({ body: '{"type":"agent.message","data":{"text":"x"}}' })).status).toBe(422)
    expect((await bring({ body: '{"type":"message.received","__proto__":{}}' })).status).toBe(422)
    expect((await bring({ body: 'no json' })).status).toBe(422)
    expect((await bring({ headers: { 'Content-Type': 'text/plain' } })).status).toBe(415)
  })
})

describe('law 3: a delivery counts once', () => {
  test('brought again, also signed anew, it changes nothing and is answered as it was', async () => {
    const id = randomUUID()
    const body = message('once', { id: 'once' })
    const first = await bring({ id, body })
    const again = await Promise.all([bring({ id, body }), bring({ id, body, at: seconds() - 60 }), bring({ id, body })])
    expect(again.map(({ status, conversation }) => [status, conversation])).toEqual(
      again.map(() => [200, first.conversation]),
    )
    expect(await said(first.conversation)).toEqual(['once'])
  })

  test('ten at once of a customer nobody has seen begin one conversation', async () => {
    const id = randomUUID()
    const body = message('all at once', { id: 'rush' })
    const all = await Promise.all(Array.from({ length: 10 }, () => bring({ id, body })))
    expect(new Set(all.map(({ status, conversation }) => `${status} ${conversation}`)).size).toBe(1)
    expect(await said(all[0]?.conversation ?? '')).toEqual(['all at once'])
  })

  test('also when its conversation has closed since; what is new begins another', async () => {
    const customer = { id: 'returns' }
    const [id, body] = [randomUUID(), message('first', customer)]
    const first = await bring({ id, body })
    await bring({ body: message('bye', customer) })
    await server.admin.call('POST', `/v1/conversations/${first.conversation}/events`, { type: 'bot.done' })
    expect(await server.admin.call('GET', `/v1/conversations/${first.conversation}`)).toMatchObject({ phase: 'closed' })
    expect((await bring({ id, body })).conversation).toBe(first.conversation)
    const next = await bring({ body: message('second', customer) })
    expect(next.conversation).not.toBe(first.conversation)
    expect([await said(first.conversation), await said(next.conversation)]).toEqual([['first', 'bye'], ['second']])
  })

  test('the same id with another body is refused, and on another channel it is another delivery', async () => {
    const id = randomUUID()
    expect((await bring({ id, body: message('one', { id: 'ids' }) })).status).toBe(200)
    const reused = await bring({ id, body: message('two', { id: 'ids' }) })
    expect([reused.status, textAt(reused.answer, 'code')]).toEqual([422, 'key-reused'])
    expect((await bring({ id, channel: 'sms', secret: OTHER, body: message('one', { id: 'ids' }) })).status).toBe(200)
  })
})

test('law 4: the same customer on two channels has two conversations', async () => {
  const body = message('hi', { id: 'two-channels' })
  const [a, b] = [await bring({ body }), await bring({ body, channel: 'sms', secret: OTHER })]
  expect(a.conversation).not.toBe(b.conversation)
})

test('a channel without a flow says what is missing', async () => {
  const { status, answer } = await bring({ channel: 'flowless' })
  expect([status, textAt(answer, 'detail')]).toEqual([409, expect.stringContaining('channels.json')])
})

test('a body past 100 kB is refused before it is looked at', async () => {
  expect((await bring({ body: message('x'.repeat(101_000)) })).status).toBe(413)
})

function bytesWith(text: string, byte: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Buffer.from(text))
  bytes[bytes.indexOf('?'.charCodeAt(0))] = byte
  return bytes
}
