import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compiledFlow, type ConversationEvent } from '#engine/index.ts'
import { parseScenarios } from '#engine/simulate/index.ts'
import { isTaken, readFlow, readHistory } from '../../histories/history.ts'
import { commandLine } from './command-line.ts'

const baton = commandLine()
const history = readHistory('promises')
const flow = readFlow(history.flow)
let log: readonly { readonly event: ConversationEvent; readonly at: number }[]
let server: Server
let asked: string[]

/** What a server answers of one conversation, and of nothing else. */
function answerTo(path: string): unknown {
  if (path === '/v1/conversations/p') return { id: 'p', flow: { id: flow.id, version: 3 } }
  if (path === `/v1/flows/${flow.id}/export?as=json&version=3`) return flow
  const after = /^\/v1\/conversations\/p\/log\?after=(\d+)&limit=500$/.exec(path)?.[1]
  return after === undefined ? undefined : pageAfter(Number(after))
}

/** Fewer entries than are asked for, so that the log has more pages than one. */
const PAGE = 5

function pageAfter(after: number): unknown {
  const entries = log.flatMap(({ event, at }, index) => {
    const each = { seq: index * 2 + 1, at: new Date(at).toISOString() }
    return [
      { ...each, kind: 'event', event },
      { ...each, seq: each.seq + 1, kind: 'note', text: '' },
    ]
  })
  const later = entries.filter(({ seq }) => seq > after)
  const items = later.slice(0, PAGE)
  return { items, next: later.length > PAGE ? String(items.at(-1)?.seq) : null }
}

beforeEach(async () => {
  log = history.steps.filter(isTaken)
  asked = []
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const answer = answerTo(request.url ?? '')
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? { detail: 'There is no conversation “x”. Check the id.', errors: [] }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterEach(() => new Promise((done) => server.close(done)))

function record(...args: readonly string[]) {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  return baton.typed([], ['record', ...args], { PORT: port, BATON_KEY: 'a-key' })
}

const file = `flows/${flow.id}.scenarios.json`
async function scenarios() {
  const read = parseScenarios(JSON.parse(await baton.read(file)))
  return read.ok ? read.file.scenarios : []
}

describe('baton record', () => {
  test('makes a scenario of a real conversation, which baton test then passes', async () => {
    await baton.save(`flows/${flow.id}.flow.json`, flow)
    const { code, out, err } = await record('p', '--name', 'What was promised is kept')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`✓ “What was promised is kept” is in ${file}`)
    expect(out).toContain(`It passes on flows/${flow.id}.flow.json.`)
    expect((await baton.run('test')).out).toContain('1 scenario passed')
    expect((await scenarios())[0]?.steps.length).toBeGreaterThan(PAGE)
  })

  test('names nobody: stand-ins take the place of the customer and of who worked', async () => {
    await record('p')
    const text = await baton.read(file)
    expect(text).not.toMatch(/\bann\b|sarah|example\.org/i)
    expect(text).toContain('"email": "person1@example.com"')
    await record('p', '--as-it-is', '--name', 'As it was')
    expect(await baton.read(file)).toContain('ann@example.org')
  })

  test('adds to what is there, and overwrites nothing unless it is told to', async () => {
    await record('p', '--name', 'One')
    await record('p', '--name', 'Two')
    expect((await scenarios()).map(({ name }) => name)).toEqual(['One', 'Two'])
    const before = await baton.read(file)
    const again = await record('p', '--name', 'One', '--as-it-is')
    expect(again.code).toBe(1)
    expect(again.err).toContain('There is a scenario “One” in')
    expect(again.err).toContain('--replace')
    expect(await baton.read(file)).toBe(before)
    expect((await record('p', '--name', 'One', '--as-it-is', '--replace')).code).toBe(0)
    expect((await scenarios()).map(({ name }) => name)).toEqual(['Two', 'One'])
  })

  test('says where the flow as it is drawn now goes another way', async () => {
    const { nodes } = compiledFlow(flow).flow
    const changed = nodes.map((node) =>
      node.type === 'ticket' ? { ...node, data: { ...node.data, text: 'Something else.' } } : node,
    )
    await baton.save(`flows/${flow.id}.flow.json`, { ...flow, nodes: changed })
    const { code, out } = await record('p')
    expect(code).toBe(0)
    expect(out).toContain(
      `! On flows/${flow.id}.flow.json, as it is now, it does not pass: expected the customer to be told`,
    )
  })

  test('says what is wrong with a conversation that is not there, or whose log is gone', async () => {
    const missing = await record('x')
    expect(missing.code).toBe(1)
    expect(missing.err).toContain('There is no conversation “x”. Check the id.')
    log = []
    expect((await record('p')).err).toContain('Its log is not kept any more')
    expect(asked[0]).toBe('/v1/conversations/x/log?after=0&limit=500')
  })
})
