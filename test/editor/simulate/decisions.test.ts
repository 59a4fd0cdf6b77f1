import { describe, expect, test } from 'vitest'
import { decisionsOf } from '#editor/simulate/run/decisions.ts'
import { simulate } from '#engine/simulate/index.ts'

const flow = {
  baton: 1,
  id: 'asked',
  name: 'Asked',
  language: 'en',
  timezone: 'UTC',
  variables: {},
  nodes: [
    { id: 'start', type: 'start', data: {} },
    { id: 'line', type: 'queue', data: { team: 'support', skills: { spanish: 4 }, text: 'Wait.' } },
    { id: 'person', type: 'agent', data: {} },
    { id: 'end', type: 'close', data: { text: 'Bye.' } },
  ],
  edges: [
    { id: 'a', source: 'start', sourceHandle: 'next', target: 'line' },
    { id: 'b', source: 'line', sourceHandle: 'accepted', target: 'person' },
    { id: 'c', source: 'line', sourceHandle: 'timeout', target: 'end' },
    { id: 'd', source: 'person', sourceHandle: 'resolved', target: 'end' },
  ],
}
const anna = { id: 'anna', name: 'Anna', teams: ['support'], skills: { spanish: 5 } }
const ben = { id: 'ben', name: 'Ben', teams: ['support'], skills: { spanish: 4 } }

describe('Who was asked in a run', () => {
  test('is told with why they, and what came of it', () => {
    const begun = simulate(flow, { agents: [anna, ben] })
    const [first] = decisionsOf(begun)
    expect(first).toMatchObject({ outcome: 'open' })
    expect(first?.reason).toContain('Spanish')
    const declined = begun.send({ type: 'agent.decline', agent: first?.agent.id ?? '' })
    const [before, after] = decisionsOf(declined)
    expect(before).toMatchObject({ outcome: 'declined' })
    expect(after).toMatchObject({ outcome: 'open' })
    expect(after?.agent.id).not.toBe(before?.agent.id)
    const accepted = declined.send({ type: 'agent.accept', agent: after?.agent.id ?? '' })
    expect(decisionsOf(accepted).map(({ outcome }) => outcome)).toEqual(['declined', 'accepted'])
  })

  test('is told of each who did not answer', () => {
    const missed = simulate(flow, { agents: [anna] }).skip('2m')
    expect(decisionsOf(missed)[0]?.outcome).toBe('missed')
  })

  test('is nobody while nobody is there', () => {
    expect(decisionsOf(simulate(flow, { agents: [{ ...anna, online: false }] }))).toEqual([])
  })
})
