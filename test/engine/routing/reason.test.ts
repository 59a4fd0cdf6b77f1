import { describe, expect, test } from 'vitest'
import { match, type AvailableAgent, type WaitingConversation } from '#engine/routing/index.ts'
import { agent, leastLoaded, longestIdle, MINUTE, NOW, waits } from './workload.ts'

const decided = (conversation: WaitingConversation, ...agents: readonly AvailableAgent[]) =>
  match([conversation], agents, leastLoaded)[0]
const reason = (conversation: WaitingConversation, ...agents: readonly AvailableAgent[]) =>
  decided(conversation, ...agents)?.reason
const skipped = (conversation: WaitingConversation, ...agents: readonly AvailableAgent[]) =>
  decided(conversation, ...agents)?.skipped.map((each) => `${each.agent.name}: ${each.why}`)

describe('The reason of a decision', () => {
  test('says what the agent brings and holds, how long it is idle, and who was skipped', () => {
    const sarah = agent('sarah', { skills: { spanish: 4 }, load: 1, capacity: 3, idleSince: NOW - 2.5 * MINUTE })
    const tom = agent('tom', { skills: { spanish: 5 }, capacity: 3 })
    const conversation = waits('c', { skills: { spanish: 3 }, skip: [{ agent: 'tom', why: 'declined' }] })
    expect(reason(conversation, sarah, tom)).toBe('Sarah: Spanish 4, 1 of 3 chats, idle 2 min; Tom skipped: declined')
  })

  test('writes skills, languages and tiers as a person does', () => {
    const needs = { skills: { creditCards: 1, 'visa-claims': 2, VIP: 1 }, language: 'es-MX', tier: 'gold_plus' }
    const sarah = agent('sarah', { skills: { creditCards: 2, 'visa-claims': 2, VIP: 1 } })
    expect(reason(waits('c', needs), sarah)).toBe(
      'Sarah: Credit cards 2, Visa claims 2, VIP 1, speaks Spanish, serves Gold plus, 0 of 1 chats',
    )
  })

  test.each([
    ['visa__claims', 'Visa claims'],
    ['visa - claims', 'Visa claims'],
    ['VIP_2', 'VIP 2'],
    ['2_B', '2 B'],
    ['iPhone', 'I phone'],
  ])('writes the skill %j as “%s”', (skill, words) => {
    expect(reason(waits('c', { skills: { [skill]: 1 } }), agent('sarah', { skills: { [skill]: 1 } }))).toBe(
      `Sarah: ${words} 1, 0 of 1 chats`,
    )
  })

  test('names the wishes that the agent meets with what it has of them, and not the others', () => {
    const sarah = agent('sarah', { skills: { chess: 3, refunds: 2, tax: 0 } })
    const conversation = waits('c', { prefer: { go: 1, chess: 5, tax: 1, refunds: 1 }, skills: { refunds: 1 } })
    expect(reason(conversation, sarah)).toBe('Sarah: Refunds 2, Chess 3, 0 of 1 chats')
  })

  test.each(['x', '12', '4de', 'de4', 'abcd'])('takes the language “%s”, which is none, as a word', (language) => {
    const words = language.slice(0, 1).toUpperCase() + language.slice(1)
    expect(reason(waits('c', { language }), agent('sarah'))).toBe(`Sarah: speaks ${words}, 0 of 1 chats`)
  })

  test.each([
    [['refunds', 'chess', 'tier'], 'Refunds, Chess and tier'],
    [['tier'], 'tier'],
    [['language', 'tier'], 'tier'],
    [['chess', 'go'], 'Chess'],
  ])('with %j dropped says that %s is no longer asked for', (dropped, words) => {
    const needs = waits('c', { skills: { refunds: 2, chess: 1 }, tier: 'gold', dropped })
    const sarah = agent('sarah', { skills: { refunds: 2, chess: 1 } })
    expect(reason(needs, sarah)?.split('chats, ').at(-1)).toBe(`${words} no longer asked for`)
  })

  test('names a language by what the flow calls it when the world has no name for it', () => {
    expect(reason(waits('c', { language: 'elvish' }), agent('sarah'))).toBe('Sarah: speaks Elvish, 0 of 1 chats')
  })

  test('says what time has dropped, and by which team somebody from elsewhere is there', () => {
    const needs = { skills: { refunds: 2 }, language: 'de', dropped: ['refunds', 'language', 'tier', 'chess'] }
    expect(reason(waits('c', { ...needs, teams: ['sales'] }), agent('sam', { teams: ['sales'] }))).toBe(
      'Sam: from team sales, 0 of 1 chats, Refunds and language no longer asked for',
    )
  })

  test.each([
    ['asked', 'asked for by name'],
    ['lastTime', 'helped them last time'],
  ] as const)('says that somebody was %s', (why, words) => {
    const conversation = waits('c', { preferred: { agent: 'sam', why, until: null } })
    expect(reason(conversation, agent('ada'), agent('sam'))).toBe(`Sam: ${words}, 0 of 1 chats`)
  })

  test('says that somebody is asked again', () => {
    expect(reason(waits('c', { skip: [{ agent: 'sam', why: 'missed' }] }), agent('sam'))).toBe(
      'Sam: 0 of 1 chats, asked again (missed it before)',
    )
  })

  test('counts what is held when all weighs the same, and what is taken when not', () => {
    expect(reason(waits('c', { channel: 'email' }), agent('ada', { load: 1, held: 1, capacity: 3 }))).toBe(
      'Ada: 1 of 3 conversations',
    )
    expect(reason(waits('c'), agent('ada', { load: 0.1 + 0.2, held: 2, capacity: 3 }))).toBe('Ada: 0.3 of 3 taken')
  })

  test.each([
    [900, 'Ada: 0 of 1 chats'],
    [1_000, 'Ada: 0 of 1 chats, idle 1 s'],
    [59_000, 'Ada: 0 of 1 chats, idle 59 s'],
    [60_000, 'Ada: 0 of 1 chats, idle 1 min'],
    [60 * MINUTE, 'Ada: 0 of 1 chats, idle 1 h'],
    [48 * 60 * MINUTE, 'Ada: 0 of 1 chats, idle 2 days'],
    [119 * MINUTE, 'Ada: 0 of 1 chats, idle 1 h'],
    [47 * 60 * MINUTE, 'Ada: 0 of 1 chats, idle 47 h'],
    [50 * 60 * MINUTE, 'Ada: 0 of 1 chats, idle 2 days'],
  ])('idle for %i ms', (idle, words) => {
    expect(reason(waits('c'), agent('ada', { idleSince: NOW - idle }))).toBe(words)
  })

  test('what an agent was just given counts for the next decision', () => {
    const ada = agent('ada', { capacity: 2, idleSince: NOW - MINUTE })
    expect(match([waits('a'), waits('b')], [ada], leastLoaded).map((each) => each.reason)).toEqual([
      'Ada: 0 of 2 chats, idle 1 min',
      'Ada: 1 of 2 chats',
    ])
  })
})

describe('Who was skipped', () => {
  const zoe = agent('zoe', { skills: { spanish: 4 }, languages: ['es'], capacity: 4, load: 2 })
  const needs = waits('c', { skills: { spanish: 4 }, language: 'es' })

  test('who would have gone before but lacks something, with all that it lacks', () => {
    const others = [
      agent('ann', { skills: { spanish: 2 } }),
      agent('bob', { languages: ['de', 'en'] }),
      agent('cyd', { skills: { spanish: 5 }, channels: ['email'] }),
    ]
    expect(skipped(needs, zoe, ...others)).toEqual([
      'Ann: lacks Spanish 4 (has 2)',
      'Bob: lacks Spanish 4, does not speak Spanish',
      'Cyd: does not take web',
    ])
  })

  test('who fits but is full, and who has too little room for something heavy', () => {
    const ann = agent('ann', { skills: { spanish: 4 }, load: 3, capacity: 3 })
    const bob = agent('bob', { skills: { spanish: 4 }, load: 2, capacity: 3 })
    const cyd = agent('cyd', { skills: { spanish: 4 }, capacity: 1 })
    expect(skipped({ ...needs, weight: 2 }, zoe, ann, bob, cyd)).toEqual([
      'Cyd: too small for it, needs 2 of 1',
      'Bob: too little room, 2 of 3 taken and 2 needed',
      'Ann: full, 3 of 3',
    ])
  })

  test('the preferred one, also when offline, and who lost it', () => {
    const preferred = { agent: 'ann', why: 'lastTime', until: null } as const
    const skip = [{ agent: 'bob', why: 'lost' }] as const
    const ann = agent('ann', { skills: { spanish: 4 } })
    const bob = agent('bob', { skills: { spanish: 4 } })
    expect(skipped({ ...needs, preferred, skip }, zoe, { ...ann, online: false }, bob)).toEqual([
      'Ann: offline',
      'Bob: was gone',
    ])
    expect(skipped({ ...needs, preferred, skip }, zoe, { ...ann, load: 1 }, bob)).toEqual([
      'Ann: full, 1 of 1',
      'Bob: was gone',
    ])
  })

  test('who declined it, also where that one would have come later', () => {
    const ann = agent('ann', { skills: { spanish: 4 }, capacity: 4, load: 3 })
    const skip = [
      { agent: 'gone', why: 'lost' },
      { agent: 'ann', why: 'declined' },
    ] as const
    expect(skipped({ ...needs, skip }, zoe, ann)).toEqual(['Ann: declined'])
  })

  test('who helped them last time, but is of another team now', () => {
    const preferred = { agent: 'ann', why: 'lastTime', until: null } as const
    const ann = agent('ann', { skills: { spanish: 4 }, teams: ['sales'] })
    expect(skipped({ ...needs, preferred }, zoe, ann)).toEqual(['Ann: not in team billing'])
  })

  test('who goes after the team itself, and who has fewer of the preferred skills', () => {
    const sales = agent('sam', { teams: ['sales'], skills: { spanish: 4 } })
    expect(skipped({ ...needs, teams: ['sales'] }, zoe, sales)).toEqual(['Sam: asked after the team itself'])
    const plain = agent('ann', { skills: { spanish: 4 } })
    expect(skipped({ ...needs, prefer: { chess: 1 } }, { ...zoe, skills: { spanish: 4, chess: 1 } }, plain)).toEqual([
      'Ann: fewer preferred skills',
    ])
  })

  test('whose room is kept for somebody who waits for more', () => {
    const waiting = [
      waits('heavy', { weight: 2, turn: 0 }),
      waits('c', { turn: NOW }),
      waits('light', { weight: 0.5, turn: NOW + 1 }),
    ]
    const ann = agent('ann', { capacity: 4, load: 2.5 })
    const tim = agent('tim', { capacity: 2, load: 1 })
    const [decision] = match(waiting, [ann, tim], leastLoaded)
    expect(decision?.agent.id).toBe('tim')
    expect(decision?.skipped).toEqual([{ agent: { id: 'ann', name: 'Ann' }, why: 'room kept for a longer wait' }])
  })

  test('nobody who let it go by and could not take it anyway', () => {
    const skip = [{ agent: 'ann', why: 'declined' }] as const
    expect(skipped({ ...needs, skip }, zoe, agent('ann', { teams: ['sales'] }))).toEqual([])
  })

  test('nobody who lacks something and has no room either', () => {
    const busy = agent('zoe', { skills: { spanish: 4 }, capacity: 9, load: 1, idleSince: NOW - MINUTE })
    const [decision] = match([needs], [busy, agent('ann', { load: 1 })], longestIdle)
    expect(decision?.skipped).toEqual([])
  })

  test('nobody of other teams, nobody who is offline, and nobody who would have come later anyway', () => {
    const others = [
      agent('ann', { teams: ['sales'] }),
      agent('bob', { online: false }),
      agent('cyd', { load: 3, capacity: 4 }),
    ]
    expect(skipped(needs, zoe, ...others)).toEqual([])
  })

  test('no more than ten are named, and three of them in the sentence', () => {
    const many = Array.from({ length: 30 }, (_, index) => agent(`m${10 + index}`, { load: 1 }))
    const decision = decided(waits('c'), agent('zoe'), ...many)
    expect(decision?.skipped).toHaveLength(10)
    const skip = [{ agent: 'm10', why: 'declined' }] as const
    const passed = decided(waits('c', { skip }), agent('zoe'), ...many)?.skipped ?? []
    expect(new Set(passed.map((each) => each.agent.id)).size).toBe(10)
    expect(decision?.reason).toBe(
      'Zoe: 0 of 1 chats; M10 skipped: full, 1 of 1; M11 skipped: full, 1 of 1; M12 skipped: full, 1 of 1',
    )
  })
})
