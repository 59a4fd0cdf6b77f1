import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { freshDatabase, type TestDatabase } from '#test/driver/postgres.ts'
import { supportFlow } from '../runtime/support-flow.ts'
import { canary, heardIn } from './canaries.ts'
import { startBaton, type BatonProcess } from './process.ts'

/** OTLP's JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
const attribute = z.strictObject({
  key: z.string(),
  value: z.strictObject({ stringValue: z.string() }).or(z.strictObject({ intValue: z.int() })),
})
const span = z.strictObject({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  name: z.string(),
  kind: z.int().min(1).max(5),
  startTimeUnixNano: z.string().regex(/^\d{19}$/),
  endTimeUnixNano: z.string().regex(/^\d{19}$/),
  attributes: z.array(attribute),
  droppedAttributesCount: z.literal(0),
  events: z.array(z.never()),
  droppedEventsCount: z.literal(0),
  links: z.array(z.never()),
  droppedLinksCount: z.literal(0),
  status: z.strictObject({ code: z.int().min(0).max(2) }),
  flags: z.int(),
})
const request = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes: z.array(attribute), droppedAttributesCount: z.literal(0) }),
      scopeSpans: z.array(
        z.strictObject({ scope: z.strictObject({ name: z.literal('baton') }), spans: z.array(span) }),
      ),
    }),
  ),
})
type Span = z.output<typeof span>

const INCOMING = '4bf92f3577b34da6a3ce929d0e0e4736'
const spans: Span[] = []
const raw: string[] = []
const botHeard: IncomingHttpHeaders[] = []
let folder = ''
let database: TestDatabase
let servers: readonly Server[] = []
let baton: BatonProcess
let collectorHeaders: IncomingHttpHeaders = {}

const listen = async (hear: (body: string, headers: IncomingHttpHeaders) => string): Promise<Server> => {
  const server = createServer((incoming, response) => {
    let body = ''
    incoming.on('data', (chunk) => (body += String(chunk)))
    incoming.on('end', () =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(hear(body, incoming.headers)),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
const portOf = (server: Server): number => (server.address() as AddressInfo).port

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-traces-'))
  database = await freshDatabase()
  const collector = await listen((body, headers) => {
    collectorHeaders = headers
    raw.push(body)
    spans.push(
      ...request
        .parse(JSON.parse(body))
        .resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans)),
    )
    return '{}'
  })
  const bot = await listen((_, headers) => {
    botHeard.push(headers)
    return JSON.stringify({ messages: [{ text: 'It arrives tomorrow.' }] })
  })
  servers = [collector, bot]
  await mkdir(join(folder, 'flows'))
  await writeFile(join(folder, 'flows/support.flow.json'), JSON.stringify(supportFlow({ bot: { bot: 'oracle' } })))
  baton = await startBaton({
    DATABASE_URL: database.url,
    DATA_DIR: join(folder, 'data'),
    FLOWS_DIR: join(folder, 'flows'),
    OUTBOUND_ALLOW: `127.0.0.1:${portOf(bot)}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${portOf(collector)}/`,
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20secret',
    OTEL_SERVICE_NAME: 'handoffs',
  })
  await baton.ask('PUT', '/v1/bots/oracle', { url: `http://127.0.0.1:${portOf(bot)}/oracle` })
  await baton.ask('POST', '/v1/conversations', {
    flow: 'support',
    id: 'c',
    customer: { name: canary.name, email: canary.email },
  })
  await baton.ask('POST', '/v1/conversations/c/events', { type: 'customer.message', text: canary.said }, undefined, {
    traceparent: `00-${INCOMING}-00f067aa0ba902b7-01`,
  })
})
afterAll(async () => {
  await baton?.stop()
  for (const server of servers) server.close()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

const find = (name: string): Span => {
  const found = spans.find((each) => each.traceId === INCOMING && each.name === name)
  if (found === undefined) throw new Error(`${name} is not among ${spans.map((each) => each.name).join(', ')}`)
  return found
}

test('a trace goes on from the caller through the event, its decision and its commit to the effect and the call it makes', async () => {
  await expect
    .poll(() => spans.some(({ name, traceId }) => traceId === INCOMING && name === 'effect bot.turn'))
    .toBe(true)
  const asked = find('POST /v1/conversations/:id/events')
  expect(asked).toMatchObject({ parentSpanId: '00f067aa0ba902b7', kind: 2 })
  const event = find('event customer.message')
  expect(event.parentSpanId).toBe(asked.spanId)
  expect(find('decide').parentSpanId).toBe(event.spanId)
  expect(find('commit').parentSpanId).toBe(event.spanId)
  const effect = find('effect bot.turn')
  expect([event.spanId, find('commit').spanId]).toContain(effect.parentSpanId)
  const call = find('POST')
  expect(call).toMatchObject({ parentSpanId: effect.spanId, kind: 3 })
  expect(botHeard[0]?.['traceparent']).toBe(`00-${INCOMING}-${call.spanId}-01`)
  expect(find('event bot.message').parentSpanId).toBe(effect.spanId)
})

test('no span holds what a customer wrote, a name or an address', () => {
  expect(heardIn(raw.join('\n'))).toEqual([])
})

test('the collector is told who speaks, by the headers that it asks for', () => {
  expect(collectorHeaders).toMatchObject({ 'content-type': 'application/json', 'api-key': 'a secret' })
  expect(raw[0]).toContain('{"key":"service.name","value":{"stringValue":"handoffs"}}')
})

test('a request’s line in the log names its trace', () => {
  expect(baton.said()).toMatch(new RegExp(`"route":"/v1/conversations/:id/events".*"trace":"${INCOMING}"`))
})

test('a collector that is gone costs spans, never a request', async () => {
  servers[0]?.closeAllConnections()
  servers[0]?.close()
  const { status } = await baton.ask('POST', '/v1/conversations', { flow: 'support', id: 'without' })
  expect(status).toBe(201)
  await expect.poll(() => baton.said()).toMatch(/Traces could not be sent and are lost/)
})
