/**
 * A scenario in the world in which a conversation was.
 *
 * Law 1: what is given holds from then on, in place of what the setting would bring about.
 * Law 2: with `"offers": "told"` nobody is asked but whom a step names.
 * Law 3: a call that takes its time ends after it, and not before.
 */
import { describe, expect, test } from 'vitest'
import {
  gapsOf,
  parseScenarios,
  percentCovered,
  recordScenario,
  runScenario,
  simulate,
  type Scenario,
} from '#engine/simulate/index.ts'
import { calling, flow } from './desk.ts'

function scenario(written: object): Scenario {
  const read = parseScenarios({ flow: 'test', scenarios: [{ name: 'It is so', ...written }] })
  if (!read.ok) throw new Error(read.faults.map(({ pointer, message }) => `${pointer} ${message}`).join('\n'))
  const [first] = read.file.scenarios
  if (first === undefined) throw new Error('There is none.')
  return first
}
const sarah = [{ id: 'sarah', name: 'Sarah', teams: ['billing'] }]
const place = { position: 4, eta: '6m', online: 2, waiting: 3 }

describe('Law 1: what is given', () => {
  test('is what customers are told, until something else is given', () => {
    const { failures } = runScenario(
      flow,
      scenario({
        agents: sarah,
        offers: 'told',
        given: { queues: { billing: place } },
        steps: [
          { customer: 'a human please' },
          { expect: { state: 'queued.billing', said: 'You are number 4, about 6 minutes' } },
          { given: { queues: { billing: { ...place, position: 2 } } } },
          { clock: '1m' },
          { expect: { said: 'Still number 2.' } },
        ],
      }),
    )
    expect(failures).toEqual([])
  })

  test('is part of a run that is saved', () => {
    const run = simulate(flow, { agents: sarah, offers: 'told' }).give({
      queues: { billing: { position: 9, eta: null, within: null, online: 1, waiting: 8 } },
    })
    const saved = recordScenario(run.send({ type: 'customer.message', text: 'a human please' }), 'Number 9')
    expect(saved).toMatchObject({
      offers: 'told',
      steps: expect.arrayContaining([{ given: { queues: { billing: { position: 9, online: 1, waiting: 8 } } } }]),
    })
    expect(runScenario(flow, saved).failures).toEqual([])
  })
})

describe('Law 2: offers that are told', () => {
  const asked = (...steps: readonly object[]): readonly unknown[] =>
    runScenario(
      flow,
      scenario({
        agents: sarah,
        offers: 'told',
        given: { queues: { billing: place } },
        steps: [{ customer: 'a human please' }, ...steps],
      }),
    ).failures

  test('are made, taken back and lost as the steps say', () => {
    expect(
      asked(
        { server: { offers: 'sarah', for: '20s' } },
        { clock: '25s' },
        { server: { takesBack: 'sarah', why: 'expired' } },
        { server: { offers: 'sarah', for: '20s' } },
        { agent: { accepts: 'sarah' } },
        { expect: { owner: 'agent:sarah' } },
        { server: { loses: 'sarah', note: 'Her line dropped.' } },
        { expect: { state: 'queued.billing' } },
      ),
    ).toEqual([])
  })

  test('are refused where the conversation does not take them', () => {
    expect(asked({ server: { takesBack: 'sarah', why: 'expired' } }, { expect: { refused: 'stale' } })).toEqual([])
  })

  test('name people whom the scenario has', () => {
    const read = parseScenarios({
      flow: 'test',
      scenarios: [
        {
          name: 'x',
          agents: sarah,
          steps: [{ server: { offers: 'sara', for: '20s' } }, { server: { ofers: 'sarah' } }],
        },
      ],
    })
    expect(read.ok ? [] : read.faults.map(({ pointer, message }) => `${pointer}: ${message}`)).toEqual([
      '/scenarios/0/steps/1/server: “server” knows no “ofers”; did you mean “offers”?',
      '/scenarios/0/steps/0/server/offers: “sara” is not among the scenario’s agents; did you mean “sarah”?',
    ])
  })
})

test('Law 3: a slow call ends after its time, and the customer may write meanwhile', () => {
  const { failures } = runScenario(
    calling,
    scenario({
      calls: { look: { body: { state: 'on its way' }, after: '4s' } },
      steps: [
        { expect: { state: 'bot.look' } },
        { clock: '3s' },
        { expect: { state: 'bot.look' } },
        { clock: '1s' },
        { expect: { state: 'bot.chat', said: 'It is on its way.' } },
      ],
    }),
  )
  expect(failures).toEqual([])
})

test('What is not covered is named once: a whole step, or the ways out of one that are missing', () => {
  const item = (kind: 'node' | 'trigger', node: string) => ({ kind, id: `${kind}:${node}`, node })
  const way = (node: string, outlet: string) => ({
    kind: 'outlet' as const,
    id: `outlet:${node}.${outlet}`,
    node,
    outlet,
  })
  const coverage = {
    covered: [item('node', 'a')],
    uncovered: [way('a', 'x'), way('a', 'y'), item('node', 'b'), way('b', 'x'), item('trigger', 'c')],
  }
  expect(gapsOf(coverage)).toEqual([
    { what: 'outlets', node: 'a', outlets: ['x', 'y'], ids: ['outlet:a.x', 'outlet:a.y'] },
    { what: 'node', node: 'b', outlets: [], ids: ['node:b'] },
    { what: 'trigger', node: 'c', outlets: [], ids: ['trigger:c'] },
  ])
  expect(percentCovered(coverage)).toBe(16)
  expect(
    percentCovered({ covered: Array.from({ length: 999 }, () => item('node', 'a')), uncovered: [item('node', 'b')] }),
  ).toBe(99)
})
