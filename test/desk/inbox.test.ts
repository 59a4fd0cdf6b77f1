import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answeredByKey, inOrder, noFilter, sectionsOf } from '#desk/inbox/sections.ts'
import { figuresOf, pressingFirst } from '#desk/board/pressing.ts'
import { mayOf, standingOf } from '#desk/conversation/standing.ts'
import { receiversOf } from '#desk/conversation/dialogs/receivers.ts'
import { ago, conversation, heldBy, NOON, waiting } from './given.ts'

const sarah = { agent: 'sarah', leads: false }

describe('The list', () => {
  test('1. has every conversation with people in exactly one section', () => {
    const any = fc.constantFrom(
      waiting('a', 10),
      waiting('b', 20, {
        queue: {
          team: 'support',
          position: 1,
          eta: null,
          within: null,
          waitingSince: ago(20),
          priority: 0,
          offeredTo: 'sarah',
        },
      }),
      heldBy('sarah', 'c'),
      heldBy('tom', 'd'),
    )
    fc.assert(
      fc.property(fc.uniqueArray(any, { selector: ({ id }) => id }), (all) => {
        expect(
          inOrder(sectionsOf(all, sarah, noFilter, NOON))
            .map(({ id }) => id)
            .sort(),
        ).toEqual(all.map(({ id }) => id).sort())
      }),
    )
  })

  test('2. has those who wait in the queue’s order: priority first, then who waits longer', () => {
    const all = [waiting('short', 10), waiting('long', 90), waiting('urgent', 5, { priority: 50 })]
    expect(sectionsOf(all, sarah, noFilter, NOON).waiting.map(({ id }) => id)).toEqual(['urgent', 'long', 'short'])
  })

  test('has the longest owed answer on top of one’s own, and those who need none below', () => {
    const last = (seconds: number) => ({ from: 'customer' as const, text: 'hi', at: ago(seconds) })
    const all = [
      heldBy('sarah', 'answered', { about: { last: last(5) } }),
      heldBy('sarah', 'owed', { about: { answerOwed: true, last: last(10) } }),
      heldBy('sarah', 'owed long', { about: { answerOwed: true, last: last(300) } }),
    ]
    expect(sectionsOf(all, sarah, noFilter, NOON).mine.map(({ id }) => id)).toEqual(['owed long', 'owed', 'answered'])
  })

  test('does not offer to one what is offered to another', () => {
    const offered = (to: string) =>
      waiting(to, 5, {
        queue: {
          team: 'support',
          position: 1,
          eta: null,
          within: null,
          waitingSince: ago(5),
          priority: 0,
          offeredTo: to,
        },
      })
    const sections = sectionsOf([offered('sarah'), offered('tom')], sarah, noFilter, NOON)
    expect(sections.offered.map(({ id }) => id)).toEqual(['sarah'])
    expect(sections.waiting.map(({ id }) => id)).toEqual(['tom'])
  })

  test('is searched by beginnings of words, in any order, without accents', () => {
    const all = [
      waiting('a', 1, {
        about: { customer: { id: null, name: 'Élodie Martin', email: null }, reason: 'Charged twice' },
      }),
      waiting('b', 1, { about: { customer: { id: null, name: 'Ben', email: 'ben@mail.example' } } }),
    ]
    const found = (query: string) => inOrder(sectionsOf(all, sarah, { ...noFilter, query }, NOON)).map(({ id }) => id)
    expect(found('mart elo')).toEqual(['a'])
    expect(found('twice')).toEqual(['a'])
    expect(found('ben@mail')).toEqual(['b'])
    expect(found('harged')).toEqual([])
    expect(found('  ')).toHaveLength(2)
  })

  test('is filtered by team, by owed answers and by promises at risk', () => {
    const all = [
      waiting('risky', 290, { about: { waitingSince: ago(290), sla: { due: ago(-10), state: 'warned' } } }),
      waiting('fine', 10, {
        team: 'billing',
        about: { waitingSince: ago(10), sla: { due: ago(-290), state: 'ok' }, answerOwed: true },
      }),
    ]
    const found = (filter: object) =>
      inOrder(sectionsOf(all, sarah, { ...noFilter, ...filter }, NOON)).map(({ id }) => id)
    expect(found({ risk: true })).toEqual(['risky'])
    expect(found({ team: 'billing' })).toEqual(['fine'])
    expect(found({ owed: true })).toEqual(['fine'])
  })

  test('has what is offered to one whatever is looked for: it rings', () => {
    const sections = sectionsOf([offeredUntil('a', 60)], sarah, { ...noFilter, query: 'zebra', owed: true }, NOON)
    expect(sections.offered.map(({ id }) => id)).toEqual(['a'])
  })

  test('has one offer that keys answer: the open one, else the one that runs out first', () => {
    const all = [offeredUntil('late', 90), offeredUntil('soon', 30)]
    expect(answeredByKey(all, null)?.id).toBe('soon')
    expect(answeredByKey(all, 'late')?.id).toBe('late')
    expect(answeredByKey(all, 'other')?.id).toBe('soon')
    expect(answeredByKey([], 'late')).toBeNull()
  })
})

function offeredUntil(id: string, seconds: number) {
  return waiting(id, 5, {
    queue: {
      team: 'support',
      position: 1,
      eta: null,
      within: null,
      waitingSince: ago(5),
      priority: 0,
      offeredTo: 'sarah',
      offeredUntil: ago(-seconds),
    },
  })
}

describe('What one may do', () => {
  test('is to answer only in what one holds', () => {
    expect(mayOf(heldBy('sarah', 'a'), sarah)).toMatchObject({ reply: true, transfer: true, accept: false })
    expect(mayOf(heldBy('tom', 'a'), sarah)).toMatchObject({
      reply: false,
      note: false,
      transfer: false,
      takeOver: false,
    })
  })

  test('is for who leads to whisper, to take over and to give to others', () => {
    expect(mayOf(heldBy('tom', 'a'), { agent: 'sarah', leads: true })).toMatchObject({
      reply: false,
      note: true,
      takeOver: true,
      assign: true,
    })
    expect(mayOf(heldBy('tom', 'a'), { agent: null, leads: true })).toMatchObject({
      note: true,
      takeOver: false,
      assign: true,
    })
  })

  test('is nothing in what is closed', () => {
    const closed = conversation('a', { phase: 'closed', owner: 'bot', expects: [] })
    expect(standingOf(closed, sarah)).toBe('closed')
    expect(Object.values(mayOf(closed, { agent: 'sarah', leads: true })).some(Boolean)).toBe(false)
  })
})

describe('The board', () => {
  test('has what is late first, then what is at risk, then who waits longest', () => {
    const sla = (due: number, since: number, state: 'ok' | 'warned' = 'ok') => ({
      waitingSince: ago(since),
      sla: { due: ago(-due), state },
    })
    const all = [
      heldBy('tom', 'held'),
      waiting('fine', 100, { about: sla(250, 50) }),
      waiting('fine, longer', 200),
      waiting('risk', 60, { about: sla(5, 60, 'warned') }),
      waiting('late', 30, { about: sla(-5, 30) }),
    ]
    expect(pressingFirst(all, NOON).map(({ id }) => id)).toEqual(['late', 'risk', 'fine, longer', 'fine', 'held'])
    expect(figuresOf(all, [], NOON)).toMatchObject({ waiting: 4, longest: 200_000, risk: 1, late: 1 })
  })
})

describe('To whom one can transfer', () => {
  test('has those with room first, and says why the customer would wait', () => {
    const agent = (id: string, presence: 'online' | 'away' | 'offline', load: number) => ({
      id,
      name: id,
      teams: [],
      skills: {},
      languages: [],
      channels: [],
      tiers: [],
      capacity: 2,
      presence,
      load,
    })
    const agents = [
      agent('off', 'offline', 0),
      agent('full', 'online', 2),
      agent('free', 'online', 1),
      agent('me', 'online', 0),
    ]
    const queue = {
      team: 'billing',
      waiting: 3,
      offered: 0,
      longestWait: null,
      eta: null,
      within: null,
      kept: { over: 0, share: null, medianError: null },
      agents: { online: 0, away: 1, capacity: 0, load: 0 },
    }
    const receivers = receiversOf(agents, [{ id: 'billing', name: 'Billing' }], [queue], 'me')
    expect(receivers.map(({ id, warning }) => [id, warning])).toEqual([
      ['billing', 'away'],
      ['free', null],
      ['full', 'full'],
      ['off', 'away'],
    ])
    expect(receivers[0]?.line).toBe('nobody online · 3 waiting')
  })
})
