import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coverageItems, coverageOf, simulate } from '#engine/simulate/index.ts'
import { desk, drawn } from '../explore/small.ts'

const { flow } = drawn(desk)
const ids = (items: readonly { readonly id: string }[]) => items.map((each) => each.id)
const begun = simulate(flow)
const asked = begun.send({ type: 'customer.message', text: 'Can I talk to a person, please?' })
const talked = asked.send({ type: 'agent.accept', agent: 'sarah' }).send({ type: 'agent.handback' })

describe('Coverage of a flow', () => {
  test('law 1: the flow alone tells what there is to cover: nodes, outlets, triggers', () => {
    expect(ids(coverageItems(flow))).toEqual([
      'node:start',
      'outlet:start.next',
      'node:bot',
      'outlet:bot.done',
      'outlet:bot.failed',
      'outlet:bot.silent',
      'trigger:wantsPerson',
      'node:line',
      'outlet:line.accepted',
      'outlet:line.timeout',
      'outlet:line.left',
      'node:person',
      'outlet:person.resolved',
      'outlet:person.handback',
      'outlet:person.idle',
      'outlet:person.gone',
      'node:back',
      'outlet:back.next',
      'node:end',
    ])
  })

  test('counts what was passed within one event, and the nodes between', () => {
    expect(ids(coverageOf(flow, begun.steps).covered)).toEqual(['node:start', 'outlet:start.next', 'node:bot'])
    expect(ids(coverageOf(flow, asked.steps).covered)).toContain('trigger:wantsPerson')
    expect(ids(coverageOf(flow, talked.steps).covered)).toEqual(
      expect.arrayContaining(['node:person', 'outlet:person.handback', 'node:back', 'outlet:back.next']),
    )
  })

  test('names every other thing as uncovered', () => {
    const { covered, uncovered } = coverageOf(flow, talked.steps)
    expect([...ids(covered), ...ids(uncovered)].toSorted()).toEqual(ids(coverageItems(flow)).toSorted())
    expect(ids(uncovered)).toContain('outlet:line.timeout')
  })

  test('an outlet that is not drawn counts by its default', () => {
    const left = asked.send({ type: 'customer.left' })
    expect(ids(coverageOf(flow, left.steps).covered)).toContain('outlet:line.left')
  })

  test('a handback that resumes counts as come to, and its drawn way on as not passed', () => {
    const back = drawn({ ...desk, back: { type: 'handback', to: { next: 'end' } } }).flow
    const resumed = simulate(back)
      .send({ type: 'customer.message', text: 'Can I talk to a person, please?' })
      .send({ type: 'agent.accept', agent: 'sarah' })
      .send({ type: 'agent.handback' })
    const { covered, uncovered } = coverageOf(back, resumed.steps)
    expect(resumed.snapshot.state).toBe('bot.bot')
    expect([ids(covered).includes('node:back'), ids(uncovered).includes('outlet:back.next')]).toEqual([true, true])
  })

  test('a default that a trigger always takes the place of is nothing to cover', () => {
    const watched = drawn({
      ...desk,
      silent: { type: 'trigger', data: { signals: [{ signal: 'botSilent' }] }, to: { fired: 'line' } },
    })
    expect(ids(coverageItems(watched.flow)).filter((id) => id.startsWith('outlet:bot.'))).toEqual(['outlet:bot.done'])
  })

  test('law 2: more steps never cover less, in whatever order', () => {
    const steps = talked.steps
    fc.assert(
      fc.property(fc.shuffledSubarray([...steps]), fc.shuffledSubarray([...steps]), (some, more) => {
        const few = ids(coverageOf(flow, some).covered)
        const many = ids(coverageOf(flow, [...more, ...some]).covered)
        expect(few.every((id) => many.includes(id))).toBe(true)
        expect(ids(coverageOf(flow, [...some, ...more]).covered)).toEqual(many)
      }),
      { numRuns: 50 },
    )
  })
})
