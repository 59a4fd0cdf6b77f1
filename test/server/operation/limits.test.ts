import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '#server/config.ts'
import { prometheusText } from '#server/http/prometheus.ts'
import { createMeters } from '#server/operation/meters.ts'
import { topFolder } from '#server/top-folder.ts'
import { fakeOperation } from '../http/fake-operation.ts'

const read = (path: string): string => readFileSync(join(topFolder, path), 'utf8')

/** The figure that the source gives a name, such as `const GRACE = 20_000` or `stalled: 30_000`. */
function figure(path: string, name: string): number {
  const found = new RegExp(`\\b${name}(?: =|:) ([\\d_]+(?: \\* [\\d_]+)*)`).exec(read(path))?.[1]
  if (found === undefined) throw new Error(`${path} names no ${name}.`)
  return found
    .split(' * ')
    .map((each) => Number(each.replaceAll('_', '')))
    .reduce((product, each) => product * each)
}
const seconds = (path: string, name: string): string => `${figure(path, name) / 1_000} s`
const many = (path: string, name: string): string => figure(path, name).toLocaleString('en-US')
const megabytes = (path: string, name: string): string => `${figure(path, name) / 1_000_000} MB`

const LISTEN = 'server/http/listen.ts'
const STREAMS = 'server/http/open-streams.ts'

/** Each limit of the table, with what its row must say. */
const limits: Readonly<Record<string, readonly string[]>> = {
  'a body': [
    megabytes('server/http/json-body.ts', 'MEGABYTE'),
    `${figure('server/http/schemas/flow.ts', 'FLOW_LIMIT_MB')} MB for a flow`,
    `${figure('server/http/json-body.ts', 'DEEPEST')} levels`,
  ],
  'what a conversation begins with': [
    `${many('server/http/schemas/conversation.ts', 'LARGEST_VALUES')} characters of JSON`,
    `${many('engine/conversation/events.ts', 'LARGEST_ENTITY')} of an entity`,
  ],
  'a file': [
    megabytes('server/attachments/attachments.ts', 'LARGEST_FILE'),
    `${figure('server/attachments/attachments.ts', 'customer')} of a customer`,
    `${figure('server/attachments/attachments.ts', 'staff')} of the staff`,
    `${figure('server/http/files.ts', 'MOST')} in a message`,
  ],
  'a request’s head': [`${many(LISTEN, 'maxHeaderSize')} bytes`, seconds(LISTEN, 'headersTimeout')],
  'a request': [seconds(LISTEN, 'requestTimeout')],
  'a connection by which nothing moves': [seconds(LISTEN, 'stalled'), seconds(LISTEN, 'keepAliveTimeout')],
  'connections of a server': [many(LISTEN, 'connections')],
  streams: [
    `${many(STREAMS, 'customer')} of a conversation`,
    `${many(STREAMS, 'key')} of a key`,
    `${many(STREAMS, 'all')} of a server`,
  ],
  'a stream at rest': [seconds('server/http/sse.ts', 'HEARTBEAT')],
  'requests that run when a server stops': [
    seconds(LISTEN, 'GRACE'),
    `jobs ${seconds('server/runtime/job-pool.ts', 'LAST_WORDS')}`,
  ],
  '`Idempotency-Key`': [`${figure('server/runtime/create.ts', 'KEYS_KEPT') / 86_400_000} days`],
  'a page of a list': ['200', `${many('server/operation/dead-letters.ts', 'MOST')} in all`],
  'an answer of a called service or a bot': [
    `${figure('server/effects/http.ts', 'LARGEST_ANSWER') / 1_024} KB`,
    `${figure('server/effects/bot-turn.ts', 'LARGEST_ANSWER') / 1_024} KB`,
  ],
  'a bot’s turn': [
    `${seconds('server/effects/bot-turn.ts', 'LONGEST_TRY')} a try`,
    `${figure('server/effects/bot-turn.ts', 'TRIES')} tries`,
  ],
  'a call of a flow': [`${seconds('server/effects/http.ts', 'LONGEST_TRY')} a try`],
  'tries of a message to a channel, of a ticket’s webhook': [
    `${figure('server/effects/message.ts', 'maxAttempts')};`,
    `a mail ${figure('server/mail/mails.ts', 'TRIES')}`,
  ],
  'a database that does not answer': [seconds('server/runtime/write.ts', 'PATIENCE')],
  'conversations kept ready in memory': [many('server/runtime/accept.ts', 'SNAPSHOTS_IN_MEMORY')],
  'conversations forgotten by age': [`${many('server/operation/retention.ts', 'BATCH')} a transaction`],
  'wrong keys': [`${readConfig({}).rates.stranger} a minute`],
  'flows that are checked': [`${figure('server/checks/checks.ts', 'MOST_WAITING')} wait at most`],
  'different labels of a figure': [many('server/operation/meters.ts', 'MOST_SERIES')],
}

/** The rows of a table of a page, by their first cell. */
function tableOf(page: string, heading: string): ReadonlyMap<string, string> {
  const text = `\n${read(page)}`
  const from = text.indexOf(`\n${heading}\n`)
  const rows = text
    .slice(from)
    .split('\n')
    .slice(2)
    .filter((line, index, all) => line.startsWith('| ') && all.slice(0, index).every((each) => !each.startsWith('## ')))
    .map((line) => line.slice(2, -2).split(' | '))
  return new Map(rows.slice(1).map(([first = '', ...rest]) => [first.replaceAll("'", '’'), rest.join(' | ')]))
}

test('the table of limits says what the server holds to', () => {
  const table = tableOf('docs/operations.md', '## Limits')
  for (const [of, said] of Object.entries(limits))
    for (const each of said) expect(`${of}: ${table.get(of)}`).toContain(each)
})

test('every figure for Prometheus is in the table of figures, and no other', async () => {
  const operation = fakeOperation(() => 0)
  const text = prometheusText({
    open: { bot: 1 },
    queues: [],
    work: await operation.work(),
    process: { startedAt: 0, residentBytes: 1, heapBytes: 1, cpuSeconds: 1, loopLag: { p99: 0, max: 0 } },
    meters: createMeters(),
  })
  const told = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => `\`${name}\``)
  const table = tableOf('docs/metrics.md', '# Figures for Prometheus')
  expect([...table.keys()].toSorted()).toEqual(told.toSorted())
})

test('a figure has a bound: beyond so many labels all else counts as “other”', () => {
  const meters = createMeters()
  for (let index = 0; index < 2_000; index++) meters.offers.add(`outcome-${index}`)
  const lines = meters.text().match(/^baton_offers_total\{.*$/gm) ?? []
  expect(lines).toHaveLength(501)
  expect(lines).toContain('baton_offers_total{outcome="other"} 1500')
})

test('a histogram counts what is within each bound, all of it at the end, and its sum', () => {
  const meters = createMeters()
  for (const value of [0.001, 0.02, 3, 100]) meters.events.observe(value, 'customer.message', 'taken')
  const text = meters.text()
  const bucket = (le: string) =>
    Number(new RegExp(`^baton_event_seconds_bucket\\{.*le="${le}"\\} (\\d+)$`, 'm').exec(text)?.[1])
  expect(['0.001', '0.025', '5', '30', '\\+Inf'].map(bucket)).toEqual([1, 2, 3, 3, 4])
  expect(text).toMatch(/^baton_event_seconds_sum\{.*\} 103\.021$/m)
  expect(text).toMatch(/^baton_event_seconds_count\{type="customer.message",outcome="taken"\} 4$/m)
})
