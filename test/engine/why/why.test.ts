/**
 * Why, and why not: told of any event of any conversation.
 * Law 1: the trigger said to have fired is the one in the log, with its reason, in every recorded history.
 * Law 2: whatever a recorded conversation took can be explained, and explaining it changes nothing.
 * Law 3: the smallest change that is told makes its condition true.
 */
import { describe, expect, test } from 'vitest'
import {
  kinds,
  parseFlow,
  step,
  startWith,
  why,
  type ConversationEvent,
  type Flow,
  type Json,
  type Kind,
  type Snapshot,
  type Why,
} from '#engine/index.ts'
import { compileCondition, type Condition } from '#engine/expression/index.ts'
import { smallestChange } from '#engine/why/change.ts'
import { historiesIn, isTaken, readFlow, readHistory, versionsOf } from '#test/histories/history.ts'

const NOON = Date.UTC(2026, 2, 2, 12)

/** A bot, a person, and triggers of every sort between them. */
const flow = flowOf({
  variables: { amount: { type: 'number' } },
  triggers: [
    { id: 'asks', signals: [{ signal: 'explicitRequest' }] },
    { id: 'unsure', signals: [{ signal: 'lowConfidence', below: 0.6, times: 2 }] },
    { id: 'dear', signals: [{ signal: 'value', when: 'vars.amount > 500 && customer.tier == "gold"' }] },
    {
      id: 'sad',
      match: 'all',
      signals: [
        { signal: 'sentiment', below: -0.4 },
        { signal: 'turns', over: 3 },
      ],
    },
  ],
})

describe('Which trigger fired', () => {
  test('the one that did, with its reason, and those that matched too', () => {
    const said = customer('I want to talk to a person', { nlu: { confidence: 0.2 } })
    const told = after([customer('parcel', { nlu: { confidence: 0.3 } })], said)
    expect(told.fired?.trigger).toBe('asks')
    expect(outcomes(told)).toEqual({ asks: 'fired', unsure: 'matched', dear: 'silent', sad: 'silent' })
    expect(told.sentence).toBe('“asks” fired: asked for a person: “I want to talk to a person”. “unsure” matched too.')
    expect(told).toMatchObject({ from: 'bot.chat', to: 'queued.line' })
    expect(trigger(told, 'unsure').needs).toContain('it comes before this one')
  })

  test('a bot that asks for a person fires the trigger that stands for one', () => {
    const told = after([], { type: 'bot.escalate', reason: 'too hard for me' })
    expect(told.fired).toMatchObject({
      trigger: 'asks',
      reason: { sentence: 'The bot asked for a person: too hard for me' },
    })
  })
})

describe('Why a trigger did not fire', () => {
  test('a confidence just above the limit is told with both figures, and is the nearest', () => {
    const told = after([], customer('parcel', { nlu: { confidence: 0.61 } }))
    expect(trigger(told, 'unsure')).toMatchObject({
      outcome: 'silent',
      needs: 'confidence 0.61, fires below 0.6; once more needed',
    })
    expect(told.sentence).toBe(
      'No trigger fired. The nearest was “unsure”; what was missing: confidence 0.61, fires below 0.6; once more needed.',
    )
  })

  test('a condition is told with what it read; what is not known counts as false and is said to', () => {
    const told = after([], customer('parcel'), { customer: { tier: 'gold' } })
    expect(trigger(told, 'dear').needs).toBe(
      'vars.amount is not known, customer.tier is "gold", what is not known counts as false; it would take vars.amount 501',
    )
  })

  test('a condition that needs two things at once says both', () => {
    const told = after([], customer('parcel'), { variables: { amount: 120 }, customer: { tier: 'silver' } })
    expect(trigger(told, 'dear').needs).toBe(
      'vars.amount is 120, customer.tier is "silver"; it would take vars.amount 501 and customer.tier "gold"',
    )
  })

  test('where all signals must match, everything that is missing is said', () => {
    const told = after([], customer('parcel', { nlu: { sentiment: 0.2 } }))
    expect(trigger(told, 'sad').needs).toBe('the mood is 0.2, fires below -0.4; and 3 more messages of the customer')
  })

  test('a condition that fired already and has been true since is held, and says what releases it', () => {
    const told = fired(['dear'], { variables: { amount: 900 }, customer: { tier: 'gold' } })
    expect(trigger(told, 'dear')).toMatchObject({
      outcome: 'held',
      needs: 'its condition to be false in between: it has fired for this already',
    })
  })

  test('while a person has the word nobody is asked, and that is said', () => {
    const told = after(
      [customer('a person please'), { type: 'agent.accept', agent: 'ann' }],
      customer('I want to talk to a person'),
    )
    expect(told.unasked).toBe('A person held the conversation; triggers watch the bot.')
    expect(told.sentence).toBe(told.unasked)
    expect(new Set(Object.values(outcomes(told)))).toEqual(new Set(['unasked']))
  })
})

describe('Which ways were looked at', () => {
  const branching = flowOf({
    variables: { amount: { type: 'number' } },
    triggers: [{ id: 'asks', signals: [{ signal: 'explicitRequest' }] }],
    between: [
      {
        id: 'how',
        type: 'branch',
        data: {
          cases: [
            { id: 'dear', label: 'Dear', when: 'vars.amount > 500' },
            { id: 'vip', label: 'VIP', when: 'customer.tier == "vip"' },
          ],
        },
      },
    ],
    edges: [
      ['asks', 'fired', 'how'],
      ['how', 'case:dear', 'line'],
      ['how', 'case:vip', 'line'],
      ['how', 'else', 'chat'],
    ],
  })

  test('each condition with what it read, whether it held, and where it leads', () => {
    const told = why(branching, begun(branching, { variables: { amount: 120 } }), customer('a person please'), NOON)
    expect(told.to).toBe('bot.chat')
    const asked = told.guards.filter(({ node }) => node === 'how')
    expect(asked).toMatchObject([
      {
        asks: 'Does the condition hold?',
        held: false,
        to: 'line',
        ways: [{ node: 'how', outlet: 'case:dear' }],
        conditions: [
          {
            source: 'vars.amount > 500',
            value: false,
            reads: [{ name: 'vars.amount', value: 120 }],
            change: [{ name: 'vars.amount', to: 501 }],
          },
        ],
      },
      {
        held: false,
        ways: [{ node: 'how', outlet: 'case:vip' }],
        conditions: [{ missing: 'customer.tier is not known', change: [{ name: 'customer.tier', to: 'vip' }] }],
      },
    ])
  })
})

test('every guard of every kind brings the question that it asks', () => {
  const untold = kinds.flatMap(({ name, guards, asks }: Kind) =>
    Object.keys(guards)
      .filter((guard) => asks[guard]?.endsWith('?') !== true)
      .map((guard) => `${name}.${guard}`),
  )
  expect(untold).toEqual([])
})

describe('laws, in every recorded history', () => {
  const histories = historiesIn('.').map((name) => ({ name, history: readHistory(name) }))

  test.each(histories)('1 and 2. $name', ({ history }) => {
    const on = versionsOf(history, flowNamed)
    let before: Snapshot | null = null
    for (const each of history.steps.filter(isTaken)) {
      const kept: string = JSON.stringify(before)
      const told: Why = why(on(before?.flow.version ?? 0), before, each.event, each.at)
      expect(JSON.stringify(before)).toBe(kept)
      expect(told.to).toBe(each.snapshot.state)
      const moved = each.log.find((entry) => entry.kind === 'moved')
      if (told.fired !== null) expect(moved?.kind === 'moved' ? moved.reason : undefined).toEqual(told.fired.reason)
      const isNew =
        moved?.kind === 'moved' &&
        moved.reason?.trigger !== undefined &&
        moved.reason !== before?.machine.context.reason &&
        moved.from?.startsWith('bot.')
      if (isNew === true && moved?.kind === 'moved') expect(told.fired?.trigger).toBe(moved.reason?.trigger)
      expect(told.triggers.filter(({ outcome }) => outcome === 'fired').map(({ trigger }) => trigger)).toEqual(
        told.fired === null ? [] : [told.fired.trigger],
      )
      for (const { outcome, needs } of told.triggers)
        expect(needs === undefined, outcome).toBe(outcome === 'fired' || outcome === 'unasked')
      for (const guard of told.guards) expect(guard.asks, guard.node).toMatch(/\?$/)
      before = each.snapshot
    }
  })
})

test('law 3: the change that is told makes its condition true', () => {
  const scope = {
    customer: { tier: 'silver', vip: false },
    vars: { amount: 100 },
    nlu: { confidence: 0.9 },
    signals: { turns: 1 },
  }
  const conditions = [
    'vars.amount > 500',
    'vars.amount >= 500',
    'vars.amount == 12',
    'nlu.confidence < 0.6',
    'customer.tier in ["gold", "vip"]',
    '!(customer.tier != "gold")',
    'customer.vip',
    'vars.amount > 500 && customer.tier == "gold"',
    'signals.turns > 3 || vars.amount < 2',
    'has(customer.city) && customer.city == "Bern"',
    'customer.tier != "silver"',
    'customer.city != "Bern"',
  ]
  for (const source of conditions) {
    const condition = conditionOf(source)
    expect(condition.evaluate(scope).value, source).toBe(false)
    const change = smallestChange(condition, scope)
    const changed = change?.reduce<Record<string, object>>((whole, { name, to }) => {
      const [space = '', key = ''] = name.split('.')
      return { ...whole, [space]: { ...whole[space], [key]: to } }
    }, scope)
    expect(condition.evaluate(changed ?? {}).value, source).toBe(true)
  }
})

test('a condition that no change of two names makes true is told without one', () => {
  expect(smallestChange(conditionOf('vars.amount > 5 && vars.amount < 3'), { vars: { amount: 1 } })).toBeUndefined()
})

function conditionOf(source: string): Condition<Json> {
  const compiled = compileCondition<'bool' | 'any'>(source, {
    variables: { amount: { type: 'number' } },
    returns: 'bool',
  })
  if (!compiled.ok) throw new Error(compiled.faults.map(({ message }) => message).join('; '))
  return compiled.condition
}

const read = new Map<string, Flow>()

function flowNamed(name: string): Flow {
  const known = read.get(name) ?? readFlow(name)
  read.set(name, known)
  return known
}

function outcomes({ triggers }: Why): Readonly<Record<string, string>> {
  return Object.fromEntries(triggers.map(({ trigger, outcome }) => [trigger, outcome]))
}

function trigger({ triggers }: Why, id: string) {
  const found = triggers.find((each) => each.trigger === id)
  if (found === undefined) throw new Error(`There is no trigger “${id}”.`)
  return found
}

type Opening = {
  readonly customer?: Readonly<Record<string, string | boolean>>
  readonly variables?: Readonly<Record<string, number>>
}

function customer(
  text: string,
  more: { readonly nlu?: { readonly confidence?: number; readonly sentiment?: number } } = {},
): ConversationEvent {
  return { type: 'customer.message', text, ...more }
}

function begun(on: Flow, opening: Opening = {}): Snapshot {
  return startWith(on, 0, { type: 'conversation.started', opening: { id: 'c', ...opening } }, NOON).snapshot
}

/** Why the last event did what it did, after those before it. */
function after(events: readonly ConversationEvent[], last: ConversationEvent, opening: Opening = {}): Why {
  return why(flow, stood(events, opening), last, NOON)
}

function stood(events: readonly ConversationEvent[], opening: Opening): Snapshot {
  return events.reduce((snapshot, event) => step(flow, snapshot, event, NOON).snapshot, begun(flow, opening))
}

/** The same again in the bot's hands, after a trigger has fired and a person has given the conversation back. */
function fired(expected: readonly string[], opening: Opening): Why {
  const first = stood([customer('parcel')], opening)
  expect(first.held).toEqual(expected)
  const back = [{ type: 'agent.accept', agent: 'ann' }, { type: 'agent.handback' }] satisfies ConversationEvent[]
  return why(
    flow,
    back.reduce<Snapshot>((snapshot, event) => step(flow, snapshot, event, NOON).snapshot, first),
    customer('kettle'),
    NOON,
  )
}

interface Drawn {
  readonly variables?: object
  readonly triggers: readonly { readonly id: string; readonly match?: string; readonly signals: readonly object[] }[]
  readonly between?: readonly { readonly id: string; readonly type: string; readonly data: object }[]
  readonly edges?: readonly (readonly [from: string, outlet: string, to: string])[]
}

function flowOf({ variables = {}, triggers, between = [], edges }: Drawn): Flow {
  const nodes = [
    { id: 'start', type: 'start', data: {} },
    { id: 'chat', type: 'listen', data: {} },
    ...triggers.map(({ id, ...data }) => ({ id, type: 'trigger', data })),
    ...between,
    { id: 'line', type: 'queue', data: { team: 'support', text: 'One moment.' } },
    { id: 'person', type: 'agent', data: {} },
    { id: 'back', type: 'handback', data: {} },
    { id: 'end', type: 'close', data: {} },
  ]
  const drawn = [
    ['start', 'next', 'chat'],
    ['chat', 'done', 'end'],
    ['line', 'accepted', 'person'],
    ['line', 'timeout', 'end'],
    ['person', 'resolved', 'end'],
    ['person', 'handback', 'back'],
    ...(edges ?? triggers.map(({ id }) => [id, 'fired', 'line'] as const)),
  ]
  const parsed = parseFlow({
    baton: 1,
    id: 'why',
    name: 'Why',
    language: 'en',
    timezone: 'UTC',
    variables,
    nodes: nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })),
    edges: drawn.map(([source, sourceHandle, target], index) => ({ id: `e${index}`, source, sourceHandle, target })),
    viewport: { x: 0, y: 0, zoom: 1 },
  })
  if (!parsed.ok) throw new Error(parsed.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; '))
  return parsed.flow
}
