import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inOrder, lacks, match, type AvailableAgent, type WaitingConversation } from '#engine/routing/index.ts'

function waits(id: string, over: Partial<WaitingConversation> = {}): WaitingConversation {
  return {
    id,
    team: 'billing',
    priority: 0,
    since: 1_000,
    channel: 'web',
    language: null,
    skills: {},
    dropped: [],
    skip: [],
    preferred: null,
    rested: true,
    ...over,
  }
}

function agent(id: string, over: Partial<AvailableAgent> = {}): AvailableAgent {
  return {
    id,
    name: id.toUpperCase(),
    online: true,
    teams: ['billing'],
    skills: {},
    languages: [],
    channels: [],
    capacity: 1,
    load: 0,
    idleSince: 0,
    ...over,
  }
}

const pairs = (waiting: readonly WaitingConversation[], agents: readonly AvailableAgent[]) =>
  match(waiting, agents).map((each) => `${each.conversation}>${each.agent.id}`)

describe('Who gets a conversation', () => {
  test('the customer who waits longest goes first, and a higher priority before that', () => {
    const waiting = [waits('new', { since: 3 }), waits('old', { since: 1 }), waits('urgent', { since: 9, priority: 5 })]
    expect(pairs(waiting, [agent('ada', { capacity: 2 })])).toEqual(['urgent>ada', 'old>ada'])
  })

  test.each([
    ['is offline', { online: false }],
    ['has no room', { load: 1 }],
    ['is in another team', { teams: ['sales'] }],
    ['lacks the skill', { skills: { refunds: 2 } }],
    ['does not speak the language', { languages: ['en'] }],
    ['does not serve the channel', { channels: ['email'] }],
  ] as const)('nobody is offered to somebody who %s', (_, over) => {
    const needs = { skills: 'skills' in over ? { refunds: 3 } : {}, language: 'de' }
    expect(pairs([waits('c', needs)], [agent('ada', over)])).toEqual([])
    expect(pairs([waits('c', needs)], [agent('ada', { skills: { refunds: 3 } })])).toEqual(['c>ada'])
  })

  test('a need that time has relaxed is not asked for any more', () => {
    const needs = { skills: { refunds: 3 }, language: 'de' }
    const ada = agent('ada', { languages: ['en'] })
    expect(pairs([waits('c', { ...needs, dropped: ['refunds'] })], [ada])).toEqual([])
    expect(pairs([waits('c', { ...needs, dropped: ['refunds', 'language'] })], [ada])).toEqual(['c>ada'])
  })

  test('a dialect is spoken by who speaks the language', () => {
    expect(pairs([waits('c', { language: 'de-AT' })], [agent('ada', { languages: ['DE'] })])).toEqual(['c>ada'])
  })

  test('the one asked for by a transfer goes first, then the least loaded, then the one idle for longest', () => {
    const agents = [
      agent('busy', { capacity: 4, load: 2 }),
      agent('late', { capacity: 2, idleSince: 9 }),
      agent('idle', { capacity: 2, idleSince: 5 }),
    ]
    expect(pairs([waits('c')], agents)).toEqual(['c>idle'])
    expect(pairs([waits('c', { preferred: 'busy' })], agents)).toEqual(['c>busy'])
    expect(pairs([waits('a', { since: 1 }), waits('b', { since: 2 }), waits('c', { since: 3 })], agents)).toEqual([
      'a>idle',
      'b>late',
      'c>busy',
    ])
  })

  test('who declined is asked last, and is left in peace for a while when there is nobody else', () => {
    const agents = [agent('ada'), agent('bob', { load: 3, capacity: 4 })]
    expect(pairs([waits('c', { skip: ['ada'] })], agents)).toEqual(['c>bob'])
    expect(pairs([waits('c', { skip: ['ada'], rested: false })], [agent('ada')])).toEqual([])
    expect(pairs([waits('c', { skip: ['ada'], rested: true })], [agent('ada')])).toEqual(['c>ada'])
  })

  test('the reason of an offer is a sentence that says why this person', () => {
    const [offer] = match(
      [waits('c', { skills: { refunds: 1 }, language: 'de', dropped: ['language'] })],
      [agent('ada', { skills: { refunds: 5 } })],
    )
    expect(offer?.reason).toBe(
      'ADA is in team “billing”, has “refunds”, and has room for one more. ' +
        'After the wait, “language” was no longer asked for.',
    )
  })
})

const names = ['ada', 'bob', 'cyd', 'dan']
const skills = fc.dictionary(fc.constantFrom('refunds', 'chess'), fc.integer({ min: 1, max: 3 }))
const conversations = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 4 }),
    team: fc.constantFrom('billing', 'sales'),
    priority: fc.integer({ min: 0, max: 3 }),
    since: fc.integer({ min: 0, max: 20 }),
    channel: fc.constantFrom('web', 'email'),
    language: fc.constantFrom(null, 'de', 'en'),
    skills,
    dropped: fc.subarray(['refunds', 'language']),
    skip: fc.subarray(names),
    preferred: fc.constantFrom(null, ...names),
    rested: fc.boolean(),
  }),
  { selector: (each) => each.id, maxLength: 12 },
)
const agents = fc.subarray(names).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc.record({
        id: fc.constant(id),
        name: fc.constant(id),
        online: fc.boolean(),
        teams: fc.subarray(['billing', 'sales']),
        skills,
        languages: fc.subarray(['de', 'en']),
        channels: fc.subarray(['web', 'email']),
        capacity: fc.integer({ min: 0, max: 4 }),
        load: fc.integer({ min: 0, max: 4 }),
        idleSince: fc.integer({ min: 0, max: 9 }),
      }),
    ),
  ),
)

describe('Laws of matching', () => {
  const law = (
    title: string,
    holds: (waiting: readonly WaitingConversation[], there: readonly AvailableAgent[]) => void,
  ) =>
    test(title, () => {
      fc.assert(fc.property(conversations, agents, holds), { numRuns: 500 })
    })

  law('1. every offer fits', (waiting, there) => {
    for (const { conversation, agent: chosen } of match(waiting, there)) {
      const who = there.find((each) => each.id === chosen.id)
      const what = waiting.find((each) => each.id === conversation)
      expect(who?.online).toBe(true)
      expect(who && what && lacks(what, who)).toEqual([])
    }
  })

  law('2. nobody gets more than there is room for, and no conversation is offered twice', (waiting, there) => {
    const matches = match(waiting, there)
    expect(new Set(matches.map((each) => each.conversation)).size).toBe(matches.length)
    for (const each of there)
      expect(matches.filter((made) => made.agent.id === each.id).length).toBeLessThanOrEqual(
        Math.max(0, each.capacity - each.load),
      )
  })

  law('3. who is passed over fits nobody with room that a later one was given', (waiting, there) => {
    const matches = match(waiting, there)
    const order = inOrder(waiting)
    order.forEach((passed, index) => {
      if (matches.some((made) => made.conversation === passed.id)) return
      for (const later of order.slice(index + 1)) {
        const given = matches.find((made) => made.conversation === later.id)
        const who = there.find((each) => each.id === given?.agent.id)
        if (who) expect(lacks(passed, who).length > 0 || (passed.skip.includes(who.id) && !passed.rested)).toBe(true)
      }
    })
  })

  law('4. nobody with room is idle while somebody waits whom that person fits', (waiting, there) => {
    const matches = match(waiting, there)
    for (const each of there) {
      const room = each.capacity - each.load - matches.filter((made) => made.agent.id === each.id).length
      if (!each.online || room <= 0) continue
      for (const left of waiting.filter((one) => !matches.some((made) => made.conversation === one.id))) {
        expect(lacks(left, each).length > 0 || (left.skip.includes(each.id) && !left.rested)).toBe(true)
      }
    }
  })

  law('5. the order in which they are read does not matter', (waiting, there) => {
    expect(match([...waiting].reverse(), [...there].reverse())).toEqual(match(waiting, there))
  })
})
