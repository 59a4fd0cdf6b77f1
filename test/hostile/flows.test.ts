/**
 * Hostile flow documents, from parsing to a conversation in them. Laws, of each document:
 * 1. It is refused with faults, or it runs; what is thrown is a refusal of ours and nothing else.
 * 2. Work is bounded by count: what a step says, logs and brings about, and what an expression reads.
 * 3. Nothing goes out, and no prototype changes.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check, exportFlow, exportFormats, FlowFaults, parseFlow, Refusal, type Flow } from '#engine/index.ts'
import { BUDGET, compileCondition, compileTemplate, type Scope } from '#engine/expression/index.ts'
import { importTaskRouter } from '#engine/routing/index.ts'
import { parseScenarios, runScenario, simulate } from '#engine/simulate/index.ts'
import { flowNames } from '#test/driver/index.ts'
import { topFolder } from '#server/top-folder.ts'
import { chanceOf, type Chance } from './chance.ts'
import { celBomb, evilTexts, evilValue, liquidBomb, nested } from './evil.ts'
import { prototypesNow } from './intact.ts'
import { mutated, twisted } from './mutate-json.ts'

const LONG = process.env['BATON_LONG'] !== undefined
const DOCUMENTS = LONG ? 20_000 : 150
const BOMBS = LONG ? 50_000 : 1_500
const SEED = Number(process.env['BATON_SEED'] ?? 20_261_121)

const read = (file: string): unknown => JSON.parse(readFileSync(`${topFolder}/${file}`, 'utf8'))
const ready = [
  ...flowNames().map((name) => read(`flows/${name}.flow.json`)),
  ...[
    'ask',
    'branch',
    'call',
    'ladder',
    'listen',
    'queue',
    'say',
    'set',
    'ticket',
    'wait',
    'hours',
    'survey',
    'agent',
  ].map((kind) => read(`engine/kinds/${kind}/${kind}.flow.json`)),
]
const scenarios = flowNames().map((name) => read(`flows/${name}.scenarios.json`))

let sockets = 0
const count = (): void => void (sockets += 1)
const before = prototypesNow()
beforeAll(() => subscribe('net.client.socket', count))
afterAll(() => {
  unsubscribe('net.client.socket', count)
  expect(sockets).toBe(0)
  expect(prototypesNow()).toBe(before)
})

/** Whether what was thrown is a refusal of ours, in words. */
function isOurs(error: unknown): boolean {
  if (error instanceof Refusal || error instanceof FlowFaults) return true
  return error instanceof RangeError && /^Too many deadlines|^A clock only/.test(error.message)
}

function tried<Result>(seed: number, what: () => Result): Result | undefined {
  try {
    return what()
  } catch (error) {
    if (!isOurs(error)) throw new Error(`Seed ${seed} has thrown what is no refusal.`, { cause: error })
    return undefined
  }
}

/** What a document came to. */
interface Outcome {
  readonly ran: boolean
  readonly faults: number
}

function attack(document: unknown, seed: number, chance: Chance): Outcome {
  const parsed = parseFlow(document)
  if (!parsed.ok) {
    expect(parsed.faults.length, `seed ${seed}`).toBeGreaterThan(0)
    for (const { pointer, message } of parsed.faults.slice(0, 20)) {
      expect(typeof pointer).toBe('string')
      expect(message.length).toBeLessThanOrEqual(500)
    }
    return { ran: false, faults: parsed.faults.length }
  }
  tried(seed, () => check(parsed.flow, { paths: chance.is(0.1) }))
  const size = sizeOf(document)
  for (const format of exportFormats) {
    const text = tried(seed, () => exportFlow(parsed.flow, format)) ?? ''
    expect(text.length, `seed ${seed}: ${format}`).toBeLessThan(100_000 + 50 * size)
  }
  return { ran: tried(seed, () => converse(parsed.flow, chance)) ?? false, faults: 0 }
}

/** Also of what is too deep to be written out. */
function sizeOf(document: unknown): number {
  let size = 0
  const look = [document]
  while (look.length > 0) {
    const value = look.pop()
    size += typeof value === 'string' ? value.length + 2 : 8
    if (typeof value !== 'object' || value === null) continue
    for (const [key, held] of Object.entries(value)) {
      size += key.length + 4
      look.push(held)
    }
  }
  return size
}

/** Every event that a conversation takes from outside, in any order, with time between. */
function converse(flow: Flow, chance: Chance): boolean {
  let now = simulate(flow, { customer: { t: 'a'.repeat(1_000), n: [1, 2, 3] } })
  for (let turn = 0; turn < 12; turn++) {
    try {
      now = chance.is(0.2) ? now.skip(chance.one(['1s', '10m', '3d'])) : now.send(chance.one(events(chance)))
    } catch (error) {
      if (!isOurs(error)) throw error
    }
    const steps = now.steps.filter((step) => step.turn === now.last.turn)
    for (const { log, effects, messages } of steps) {
      // A step goes through 100 states at most, each of which says and does little.
      expect(log.length).toBeLessThan(2_000)
      expect(effects.length).toBeLessThan(1_000)
      for (const { text } of messages) expect(text.length).toBeLessThanOrEqual(BUDGET.text)
    }
  }
  return true
}

function events(chance: Chance) {
  const text = chance.one(evilTexts).slice(0, 10_000) || 'x'
  return [
    { type: 'customer.message', text },
    { type: 'customer.message', text: 'I want to talk to a person' },
    { type: 'customer.message', text, nlu: { intent: 'x', confidence: 0, sentiment: -1 } },
    { type: 'customer.left' },
    { type: 'customer.returned' },
    { type: 'bot.message', text },
    { type: 'bot.done' },
    { type: 'bot.failed' },
    { type: 'bot.intent', intent: text.slice(0, 100) || 'x' },
    { type: 'bot.escalate', reason: text.slice(0, 1_000) || 'x' },
    { type: 'agent.message', text },
    { type: 'agent.handback' },
    { type: 'agent.resolve', resolution: text },
    { type: 'survey.answer', score: 3 },
  ] as const
}

test(`laws 1 to 3: ${DOCUMENTS} ready flows with hostile changes are refused with faults, or run`, () => {
  let ran = 0
  let refused = 0
  let slowest = 0
  for (let index = 0; index < DOCUMENTS; index++) {
    const seed = SEED + index
    const chance = chanceOf(seed)
    const began = process.cpuUsage().user
    const outcome = attack((chance.is(0.5) ? mutated : twisted)(chance.one(ready), chance), seed, chance)
    slowest = Math.max(slowest, process.cpuUsage().user - began)
    if (outcome.ran) ran += 1
    if (outcome.faults > 0) refused += 1
  }
  console.log(
    `hostile flows: ${DOCUMENTS} documents from seed ${SEED}, ${refused} refused with faults, ${ran} ran, ` +
      `the dearest ${(slowest / 1e3).toFixed(0)} ms of processor, ${sockets} sockets`,
  )
  expect(ran).toBeGreaterThan(DOCUMENTS / 10)
  expect(refused).toBeGreaterThan(DOCUMENTS / 4)
}, 3_600_000)

/** Its check takes seconds: a shorter one does for every day. */
const CHAIN = LONG ? 9_998 : 1_000

describe('documents that are no flow at all', () => {
  const head = { baton: 1, id: 'x', name: 'x', edges: [] as unknown[] }
  const say = (index: number) => ({
    id: `n${index}`,
    type: 'say',
    position: { x: 0, y: 0 },
    data: { text: 'x' },
  })
  const start = { id: 'start', type: 'start', position: { x: 0, y: 0 }, data: {} }
  const edge = (index: number, source: string, target: string) => ({
    id: `e${index}`,
    source,
    sourceHandle: 'next',
    target,
  })
  test.each<[string, () => unknown]>([
    ['100,000 nodes', () => ({ ...head, nodes: Array.from({ length: 100_000 }, (_, index) => say(index)) })],
    ['100,000 nodes that are none', () => ({ ...head, nodes: Array.from({ length: 100_000 }, () => ({})) })],
    [
      '9,999 nodes with a hundred faults each',
      () => ({
        ...head,
        nodes: Array.from({ length: 9_999 }, () =>
          Object.fromEntries(Array.from({ length: 100 }, (_, key) => [`k${key}`, 1])),
        ),
      }),
    ],
    ['a million edges', () => ({ ...head, nodes: [start], edges: Array.from({ length: 1_000_000 }, () => 1) })],
    ['data 100,000 levels deep', () => ({ ...head, nodes: [{ ...start, data: nested(100_000, true) }] })],
    ['a head 100,000 levels deep', () => nested(100_000, false)],
    ['style 100,000 levels deep', () => ({ ...head, nodes: [{ ...start, style: nested(100_000, false) }] })],
    ['one text of 50 MB', () => ({ ...head, name: 'x'.repeat(50_000_000), nodes: [start] })],
    [
      'a chain that ends in itself, as long as a flow may be',
      () => ({
        ...head,
        nodes: [start, ...Array.from({ length: CHAIN }, (_, index) => say(index))],
        edges: [
          edge(-1, 'start', 'n0'),
          ...Array.from({ length: CHAIN }, (_, index) => edge(index, `n${index}`, `n${(index + 1) % CHAIN}`)),
        ],
      }),
    ],
    ['nodes whose length cannot be compared', () => ({ ...head, nodes: { length: { toString: 1 } } })],
    ['a name whose length cannot be compared', () => ({ ...head, name: { length: { toString: 1 } }, nodes: [start] })],
    ['a list', () => []],
    ['a number', () => 1e308],
    ['null', () => null],
  ])('%s', (_, document) => {
    const outcome = attack(document(), 0, chanceOf(0))
    expect(outcome.faults).toBeLessThanOrEqual(1_001)
  })
})

describe('bombs', () => {
  const values = { n: Array.from({ length: 1_000 }, (_, index) => index), t: 'a'.repeat(5_000), '': 1 }
  const variables = { amount: { type: 'number' }, items: { type: 'list' } } as const

  /** The same scope, counting what is read of it; and never more than the budget and a little for each part. */
  function counted(): { readonly scope: Scope; readonly reads: () => number } {
    let reads = 0
    const counting = <Holder extends object>(holder: Holder): Holder =>
      new Proxy(holder, {
        get(target, key, receiver) {
          reads += 1
          return Reflect.get(target, key, receiver) as unknown
        },
        has(target, key) {
          reads += 1
          return Reflect.has(target, key)
        },
      })
    const scope = {
      customer: counting(values),
      vars: counting({ amount: 5, items: counting([...values.n]) }),
      conversation: { turns: 3 },
    }
    return { scope, reads: () => reads }
  }
  const MOST_READS = 4 * (BUDGET.steps + BUDGET.nodes)

  test(`law 2: ${BOMBS} conditions and as many texts end by count`, () => {
    let ran = 0
    let most = 0
    for (let index = 0; index < BOMBS; index++) {
      const chance = chanceOf(SEED + index)
      const condition = compileCondition(celBomb(chance), { variables, returns: 'any' })
      const text = compileTemplate(liquidBomb(chance))
      for (const run of [
        condition.ok ? (scope: Scope) => condition.condition.evaluate(scope) : undefined,
        text.ok ? (scope: Scope) => text.template.render(scope) : undefined,
      ]) {
        if (run === undefined) continue
        const { scope, reads } = counted()
        const result = run(scope)
        const size = typeof result === 'string' ? result.length : JSON.stringify(result).length
        expect(reads(), `seed ${SEED + index}`).toBeLessThan(MOST_READS)
        expect(size, `seed ${SEED + index}`).toBeLessThan(12 * BUDGET.kept)
        most = Math.max(most, reads())
        ran += 1
      }
    }
    console.log(`hostile expressions: ${2 * BOMBS} bombs, ${ran} of them compiled and ran, ${most} reads at most`)
    expect(ran).toBeGreaterThan(BOMBS / 10)
  }, 3_600_000)

  test('a pattern costs what its length and the text’s say, and no more', () => {
    const evil = { ...values, t: `${'a'.repeat(999)}!` }
    for (const pattern of ['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^(.*b){10}$', '(x+x+)+y', '(a*)*b']) {
      const compiled = compileCondition(`customer.t.matches("${pattern}")`, { variables })
      expect(compiled.ok && compiled.condition.evaluate({ customer: evil })).toEqual({ value: false })
    }
  })
})

test('scenarios and foreign workflows with hostile changes are refused with faults, or played', () => {
  const workflow = {
    task_routing: {
      filters: [
        {
          filter_friendly_name: 'x',
          expression: 'tier == "gold" AND (n > 5 OR t CONTAINS "a")',
          targets: [{ queue: 'WQ1', priority: 1, timeout: 30 }],
        },
      ],
      default_filter: { queue: 'WQ2' },
    },
  }
  const runs = LONG ? 5_000 : 60
  let played = 0
  for (let index = 0; index < runs; index++) {
    const seed = SEED + index
    const chance = chanceOf(seed)
    const imported = importTaskRouter(chance.is(0.05) ? evilValue(chance) : mutated(workflow, chance))
    if (imported.ok) expect(parseFlow(imported.flow).ok, `seed ${seed}`).toBe(true)
    const which = chance.below(scenarios.length)
    const parsed = parseScenarios(mutated(scenarios[which], chance))
    if (!parsed.ok) continue
    const flow = ready[which]
    if (typeof flow !== 'object' || flow === null) continue
    for (const scenario of parsed.file.scenarios.slice(0, 3)) tried(seed, () => runScenario(flow, scenario))
    played += 1
  }
  expect(played).toBeGreaterThan(0)
}, 3_600_000)
