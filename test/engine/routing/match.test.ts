import { describe, expect, test } from 'vitest'
import { match, PASSING, type AvailableAgent, type WaitingConversation } from '#engine/routing/index.ts'
import { agent, leastLoaded, longestIdle, MINUTE, NOW, waits } from './workload.ts'

const pairs = (
  waiting: readonly WaitingConversation[],
  agents: readonly AvailableAgent[],
  options = leastLoaded,
): readonly string[] => match(waiting, agents, options).map((each) => `${each.conversation} > ${each.agent.id}`)

describe('Who gets a conversation', () => {
  test('the customers go in the order of their turns, and of equals the smaller id', () => {
    const waiting = [waits('b', { turn: 3 }), waits('old', { turn: 1 }), waits('a', { turn: 3 })]
    expect(pairs(waiting, [agent('ada', { capacity: 2 })])).toEqual(['old > ada', 'a > ada'])
    expect(pairs(waiting, [agent('ada', { capacity: 3 })])).toEqual(['old > ada', 'a > ada', 'b > ada'])
  })

  test.each([
    ['is offline', { online: false }],
    ['has no room', { load: 1 }],
    ['is in another team', { teams: ['sales'] }],
    ['lacks the skill', { skills: { refunds: 2 } }],
    ['does not speak the language', { skills: { refunds: 3 }, languages: ['en'] }],
    ['does not serve the channel', { skills: { refunds: 3 }, channels: ['email'] }],
    ['does not serve the tier', { skills: { refunds: 3 }, tiers: ['silver'] }],
  ] as const)('nobody is offered to somebody who %s', (_, over) => {
    const waiting = [waits('c', { skills: { refunds: 3 }, language: 'de', tier: 'gold' })]
    expect(pairs(waiting, [agent('ada', over)])).toEqual([])
    expect(pairs(waiting, [agent('ada', { skills: { refunds: 3 } })])).toEqual(['c > ada'])
  })

  test('a need that time has dropped is not asked for any more', () => {
    const needs = { skills: { refunds: 3 }, language: 'de', tier: 'gold' }
    const ada = agent('ada', { languages: ['en'], tiers: ['silver'] })
    expect(pairs([waits('c', { ...needs, dropped: ['refunds', 'language'] })], [ada])).toEqual([])
    expect(pairs([waits('c', { ...needs, dropped: ['refunds', 'language', 'tier'] })], [ada])).toEqual(['c > ada'])
  })

  test('an overflow team takes it once time has opened it, and only when the team itself has no room', () => {
    const agents = [agent('bea', { load: 1, capacity: 2 }), agent('sam', { teams: ['sales'] })]
    expect(pairs([waits('c')], agents.slice(1))).toEqual([])
    expect(pairs([waits('c', { teams: ['sales'] })], agents.slice(1))).toEqual(['c > sam'])
    expect(pairs([waits('c', { teams: ['sales'] })], agents)).toEqual(['c > bea'])
  })

  test('heavy conversations take as much room as they weigh', () => {
    const ada = agent('ada', { capacity: 3, load: 1.5 })
    expect(pairs([waits('c', { weight: 2 })], [ada])).toEqual([])
    expect(pairs([waits('c', { weight: 1.5 })], [ada])).toEqual(['c > ada'])
    const light = ['a', 'b', 'c', 'd'].map((id) => waits(id, { weight: 0.1 }))
    expect(pairs(light, [agent('ada', { capacity: 0.3 })])).toEqual(['a > ada', 'b > ada', 'c > ada'])
  })
})

describe('Which of those who could take it does', () => {
  const busy = agent('busy', { capacity: 4, load: 2, idleSince: NOW - 9 * MINUTE })
  const late = agent('late', { capacity: 2, load: 0, idleSince: NOW - MINUTE })
  const idle = agent('idle', { capacity: 2, load: 0, idleSince: NOW - 5 * MINUTE })

  test('the least loaded, and of these the one idle for longest', () => {
    const three = [waits('a', { turn: 1 }), waits('b', { turn: 2 }), waits('c', { turn: 3 })]
    expect(pairs(three, [busy, late, idle])).toEqual(['a > idle', 'b > late', 'c > busy'])
  })

  test('where a team says so the one idle for longest, who holds nothing before who holds something', () => {
    const full = agent('full', { capacity: 9, load: 1, idleSince: NOW - 2 * MINUTE })
    expect(pairs([waits('a')], [full, busy, late, idle], longestIdle)).toEqual(['a > idle'])
    expect(pairs([waits('a')], [full, busy], longestIdle)).toEqual(['a > busy'])
    expect(pairs([waits('a')], [full, busy])).toEqual(['a > full'])
  })

  test('of equals the smaller id, in whatever order they are listed', () => {
    for (const options of [leastLoaded, longestIdle]) {
      const three = ['cyd', 'ada', 'bob'].map((id) => agent(id))
      expect(pairs([waits('a'), waits('b'), waits('c')], three, options)).toEqual(['a > ada', 'b > bob', 'c > cyd'])
    }
  })

  test('who has no room at all stands in nobody’s way', () => {
    const three = [agent('ada', { capacity: 2, load: 1 }), agent('bob', { capacity: 0 }), agent('cyd', { capacity: 2 })]
    expect(pairs([waits('a')], three)).toEqual(['a > cyd'])
    const bob = agent('bob', { capacity: 0, load: 0 })
    expect(
      pairs([waits('a')], [agent('ada', { capacity: 4, load: 3 }), bob, agent('cyd', { capacity: 4, load: 2 })]),
    ).toEqual(['a > cyd'])
  })

  test('who has the second skill too, where two are required', () => {
    const needs = { skills: { refunds: 2, chess: 1 } }
    const ada = agent('ada', { skills: { refunds: 3 } })
    const bob = agent('bob', { skills: { refunds: 2, chess: 1 }, load: 1, capacity: 2 })
    expect(pairs([waits('c', needs)], [ada, bob])).toEqual(['c > bob'])
    expect(pairs([waits('c', needs)], [ada, agent('cyd', { skills: { chess: 5 } })])).toEqual([])
  })

  test('who meets more of the preferred skills goes before who is less loaded', () => {
    const agents = [agent('ada'), agent('bob', { load: 1, capacity: 2, skills: { chess: 3 } })]
    expect(pairs([waits('c', { prefer: { chess: 2, go: 1 } })], agents)).toEqual(['c > bob'])
    expect(pairs([waits('c', { prefer: { chess: 4, go: 1 } })], agents)).toEqual(['c > ada'])
  })

  test('who is asked for by name goes first, of whatever team', () => {
    const sam = agent('sam', { teams: ['sales'], load: 1, capacity: 2 })
    const asked = { agent: 'sam', why: 'asked', until: null } as const
    expect(pairs([waits('c', { preferred: asked })], [agent('ada'), sam])).toEqual(['c > sam'])
    expect(pairs([waits('c', { preferred: asked })], [agent('ada')])).toEqual(['c > ada'])
  })

  test('who helped last time goes first, as long as that one is still of the team', () => {
    const last = { agent: 'sam', why: 'lastTime', until: null } as const
    const sam = agent('sam', { load: 1, capacity: 2 })
    expect(pairs([waits('c', { preferred: last })], [agent('ada'), sam])).toEqual(['c > sam'])
    const moved = { ...sam, teams: ['sales'] }
    expect(pairs([waits('c', { preferred: last })], [agent('ada'), moved])).toEqual(['c > ada'])
  })
})

describe('A conversation that is kept for one agent', () => {
  const kept = waits('c', { preferred: { agent: 'sam', why: 'lastTime', until: NOW + MINUTE } })
  const sam = agent('sam', { load: 1 })

  test('is offered to nobody else before the time is over, while that one is online', () => {
    expect(pairs([kept], [agent('ada'), sam])).toEqual([])
    expect(pairs([kept], [agent('ada'), agent('sam', { load: 1, capacity: 2 })])).toEqual(['c > sam'])
    expect(pairs([kept], [agent('ada'), sam], { ...leastLoaded, now: NOW + MINUTE })).toEqual(['c > ada'])
  })

  test.each([
    ['goes offline', { ...sam, online: false }, {}],
    ['lets it go by', sam, { skip: [{ agent: 'sam', why: 'declined' as const }] }],
    ['does not meet the needs', { ...sam, channels: ['email'] }, {}],
    ['could never hold it', { ...sam, capacity: 0.5 }, {}],
  ])('is offered to others when that one %s', (_, holder, over) => {
    expect(pairs([{ ...kept, ...over }], [agent('ada'), holder])).toEqual(['c > ada'])
  })

  test('does not keep those behind it from being served', () => {
    expect(pairs([kept, waits('d', { turn: NOW })], [agent('ada'), sam])).toEqual(['d > ada'])
  })
})

describe('Who let a conversation go by', () => {
  const declined = [{ agent: 'ada', why: 'declined' as const }]

  test('is asked last', () => {
    expect(pairs([waits('c', { skip: declined })], [agent('ada'), agent('bob', { load: 3, capacity: 4 })])).toEqual([
      'c > bob',
    ])
  })

  test('is left in peace for a while when there is nobody else', () => {
    expect(pairs([waits('c', { skip: declined, rested: false })], [agent('ada')])).toEqual([])
    expect(pairs([waits('c', { skip: declined, rested: true })], [agent('ada')])).toEqual(['c > ada'])
  })

  test('is not asked again for what does not fit any more', () => {
    const heavy = waits('heavy', { skip: [{ agent: 'sam', why: 'declined' }] })
    const light = waits('light', { weight: 0.5, turn: NOW })
    const ada = agent('ada', { load: 0.5 })
    expect(pairs([heavy, light], [ada, agent('sam', { teams: ['sales'] })])).toEqual(['light > ada'])
    expect(pairs([heavy, light], [ada, agent('sam')])).toEqual(['heavy > sam', 'light > ada'])
  })

  test('is not asked again at all when it is a bot', () => {
    expect(pairs([waits('c')], [agent('ada', { bot: 'refunds' })])).toEqual(['c > ada'])
    expect(pairs([waits('c', { skip: declined })], [agent('ada', { bot: 'refunds' })])).toEqual([])
  })
})

describe('A conversation that needs more room than anybody has', () => {
  const heavy = waits('heavy', { weight: 2, turn: 0 })
  const ada = agent('ada', { capacity: 2, load: 1 })

  test('is passed by those who come little later, so that nobody idles for it in vain', () => {
    expect(pairs([heavy, waits('soon', { turn: PASSING })], [ada])).toEqual(['soon > ada'])
  })

  test('has room kept from those who come later, until it is enough', () => {
    expect(pairs([heavy, waits('later', { turn: PASSING + 1 })], [ada])).toEqual([])
    expect(pairs([heavy, waits('later', { turn: PASSING + 1 })], [{ ...ada, load: 0 }])).toEqual(['heavy > ada'])
  })

  test('takes no more than one agent, the one with most room, out of the way', () => {
    const bob = agent('bob', { capacity: 3, load: 1.5 })
    expect(pairs([heavy, waits('later', { turn: PASSING + 1 })], [ada, bob])).toEqual(['later > ada'])
  })

  test('has of two with as much room the one with the smaller id kept', () => {
    const alike = { capacity: 3, load: 1.5 }
    const both = [agent('bob', alike), agent('cyd', alike)]
    expect(pairs([heavy, waits('later', { turn: PASSING + 1 })], both)).toEqual(['later > cyd'])
  })

  test('and each of several has another agent kept', () => {
    const bob = agent('bob', { capacity: 3, load: 1.5 })
    const second = { ...heavy, id: 'second', turn: 1 }
    expect(pairs([heavy, second, waits('later', { turn: PASSING + 2 })], [ada, bob])).toEqual([])
  })

  test('has nothing kept by agents who could never hold it', () => {
    const small = agent('small', { capacity: 1 })
    expect(pairs([heavy, waits('later', { turn: PASSING + 1 })], [small])).toEqual(['later > small'])
  })
})
