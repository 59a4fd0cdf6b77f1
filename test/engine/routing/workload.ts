/** Conversations and agents for the tests of routing: plain ones to vary, and random ones in each other's way. */
import fc from 'fast-check'
import type { AvailableAgent, MatchOptions, WaitingConversation } from '#engine/routing/index.ts'

export const MINUTE = 60_000
export const NOW = Date.parse('2026-03-02T09:00:00Z')

export const leastLoaded: MatchOptions = { now: NOW, rules: () => ({ policy: 'leastLoaded' }) }
export const longestIdle: MatchOptions = { now: NOW, rules: () => ({ policy: 'longestIdle' }) }

export function waits(id: string, over: Partial<WaitingConversation> = {}): WaitingConversation {
  const since = over.since ?? NOW - MINUTE
  return {
    id,
    team: 'billing',
    teams: [],
    priority: 0,
    since,
    turn: since,
    channel: 'web',
    language: null,
    tier: null,
    skills: {},
    prefer: {},
    dropped: [],
    skip: [],
    preferred: null,
    rested: true,
    weight: 1,
    ...over,
  }
}

/** Its name is its id with a capital. */
export function agent(id: string, over: Partial<AvailableAgent> = {}): AvailableAgent {
  return {
    id,
    name: id.slice(0, 1).toUpperCase() + id.slice(1),
    online: true,
    teams: ['billing'],
    skills: {},
    languages: [],
    channels: [],
    tiers: [],
    capacity: 1,
    load: 0,
    held: over.load ?? 0,
    idleSince: 0,
    ...over,
  }
}

export interface Workload {
  readonly waiting: readonly WaitingConversation[]
  readonly agents: readonly AvailableAgent[]
  readonly options: MatchOptions
}

const ids = ['ada', 'bob', 'cyd', 'dan', 'eve']
const skills = fc.dictionary(fc.constantFrom('refunds', 'chess'), fc.integer({ min: 1, max: 3 }), { maxKeys: 2 })
const tags = (...all: readonly string[]) => fc.subarray([...all])
const seldom = <Value>(value: fc.Arbitrary<Value>, otherwise: Value): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary: value })
const weight = fc.constantFrom(1, 1, 1, 0.5, 2)

const conversation = fc.record({
  id: fc.string({ minLength: 1, maxLength: 4 }),
  team: fc.constantFrom('billing', 'sales'),
  teams: seldom(tags('billing', 'sales', 'tech'), []),
  priority: fc.integer({ min: 0, max: 3 }),
  since: fc.integer({ min: 0, max: 20 }).map((steps) => NOW - steps * 30_000),
  channel: fc.constantFrom('web', 'email'),
  language: fc.constantFrom(null, null, 'de', 'de-AT', 'en'),
  tier: fc.constantFrom(null, null, 'gold'),
  skills: fc.oneof(fc.constant({}), skills),
  prefer: seldom(skills, {}),
  dropped: seldom(tags('refunds', 'language', 'tier'), []),
  skip: fc.uniqueArray(
    fc.record({ agent: fc.constantFrom(...ids), why: fc.constantFrom('declined', 'missed', 'lost') }),
    { maxLength: 2, selector: (each) => each.agent },
  ),
  preferred: fc.option(
    fc.record({
      agent: fc.constantFrom(...ids),
      why: fc.constantFrom('asked', 'lastTime'),
      until: fc.constantFrom(null, NOW - 1, NOW, NOW + MINUTE),
    }),
    { freq: 4 },
  ),
  rested: fc.boolean(),
  weight,
})

const conversations: fc.Arbitrary<readonly WaitingConversation[]> = fc.uniqueArray(
  conversation.map((each) => ({ ...each, turn: each.since - each.priority * MINUTE })),
  { selector: (each) => each.id, maxLength: 14 },
)

const person = (id: string): fc.Arbitrary<AvailableAgent> =>
  fc
    .record({
      online: fc.boolean(),
      teams: tags('billing', 'sales', 'tech'),
      skills,
      languages: tags('de', 'en'),
      channels: tags('web', 'email'),
      tiers: tags('gold', 'silver'),
      capacity: fc.integer({ min: 0, max: 4 }),
      load: fc.constantFrom(0, 0, 0.5, 1, 1.5, 2, 3),
      idleSince: fc.constantFrom(0, NOW - MINUTE, NOW - 2 * MINUTE),
      bot: fc.option(fc.constant('faq'), { freq: 8, nil: undefined }),
    })
    .map(({ bot, ...over }) =>
      agent(id, { ...over, online: over.online || over.load === 0, held: Math.ceil(over.load), ...(bot && { bot }) }),
    )

const people = fc.subarray(ids).chain((some) => fc.tuple(...some.map(person)))

export const workloads: fc.Arbitrary<Workload> = fc.record({
  waiting: conversations,
  agents: people,
  options: fc.constantFrom(leastLoaded, longestIdle),
})
