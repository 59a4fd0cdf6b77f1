import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { explain, match, type AvailableAgent, type WaitingConversation } from '#engine/routing/index.ts'
import { agent, leastLoaded, MINUTE, NOW, waits, workloads } from './workload.ts'

function explained(conversation: WaitingConversation, ...agents: readonly AvailableAgent[]) {
  const { fits, lacks } = explain(conversation, agents, leastLoaded)
  return {
    fits: fits.map((each) => `${each.agent.name}${each.room ? '' : ' (no)'}: ${each.why}`),
    lacks: lacks.map((each) => `${each.agent.name}: ${each.why}`),
  }
}

describe('Why somebody waits', () => {
  test('who fits and what is in the way, who lacks what, and who is offline', () => {
    const conversation = waits('c', {
      skills: { spanish: 3 },
      tier: 'gold',
      rested: false,
      skip: [{ agent: 'cyd', why: 'missed' }],
    })
    const skills = { spanish: 3 }
    expect(
      explained(
        conversation,
        agent('ann', { skills, load: 1 }),
        agent('bob', { skills, load: 1, capacity: 2, idleSince: NOW - MINUTE }),
        agent('cyd', { skills }),
        agent('dan', { skills: { spanish: 1 }, tiers: ['silver'] }),
        agent('eve', { skills: { spanish: 2 } }),
        agent('fay', { skills, online: false }),
        agent('gus', { teams: ['sales'] }),
        agent('hal', { online: false }),
      ),
    ).toEqual({
      fits: ['Bob: Spanish 3, serves Gold, 1 of 2 chats, idle 1 min', 'Cyd (no): missed it', 'Ann (no): full, 1 of 1'],
      lacks: ['Fay: offline', 'Eve: lacks Spanish 3 (has 2)', 'Dan: lacks Spanish 3 (has 1), does not serve Gold'],
    })
  })

  test('who let it go by can be asked again after a rest, as long as there is room', () => {
    const skip = [
      { agent: 'ann', why: 'declined' },
      { agent: 'bob', why: 'declined' },
    ] as const
    expect(explained(waits('c', { skip }), agent('ann'), agent('bob', { load: 1 })).fits).toEqual([
      'Ann: declined',
      'Bob (no): declined',
    ])
  })

  test('while it is kept for one, the others cannot have it', () => {
    const preferred = { agent: 'sam', why: 'asked', until: NOW + MINUTE } as const
    const sam = agent('sam', { teams: ['sales'], load: 1 })
    expect(explained(waits('c', { preferred }), agent('ann'), sam).fits).toEqual([
      'Ann (no): kept for Sam',
      'Sam (no): full, 1 of 1',
    ])
  })

  test('no more than ten are named of those who lack something', () => {
    const many = Array.from({ length: 30 }, (_, index) => agent(`m${index}`))
    expect(explained(waits('c', { tier: 'gold', skills: { go: 1 } }), ...many).lacks).toHaveLength(10)
  })

  test('1. somebody can have it now exactly when it would be offered to somebody, were it the only one', () => {
    fc.assert(
      fc.property(workloads, ({ waiting, agents, options }) => {
        for (const each of waiting) {
          const { fits } = explain(each, agents, options)
          const free = fits.filter(({ room }) => room).map(({ agent: { id } }) => id)
          const [offer] = match([each], agents, options)
          expect(offer === undefined ? free : free.includes(offer.agent.id)).toEqual(offer === undefined ? [] : true)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
