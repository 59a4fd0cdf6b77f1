/**
 * Real conversations as scenarios. The recorded histories are the logs: whatever a conversation may meet is in some.
 *
 * Law 1: a scenario of a log passes on the flow that it was taken with.
 * Law 2: it comes to the same end, with and without stand-ins.
 * Law 3: a scenario of a scenario’s own log passes, too: nothing is lost by taking it down again.
 */
import { describe, expect, test } from 'vitest'
import { replay, type Flow, type Happened } from '#engine/index.ts'
import {
  optionsOf,
  parseScenarios,
  perform,
  recordScenario,
  runScenario,
  scenarioOfLog,
  simulate,
  type Scenario,
} from '#engine/simulate/index.ts'
import { historiesIn, isTaken, readFlow, readHistory, versionsOf } from '../../histories/history.ts'
import { support } from '../draw.ts'

const flows = new Map<string, Flow>()
const flowNamed = (name: string): Flow => {
  const flow = flows.get(name) ?? readFlow(name)
  flows.set(name, flow)
  return flow
}
const histories = historiesIn('.').map((name) => {
  const history = readHistory(name)
  const taken = history.steps.filter(isTaken)
  const log: readonly Happened[] = taken.map(({ event, at }) => ({ event, at }))
  return {
    name,
    flow: flowNamed(history.flow),
    versions: versionsOf(history, flowNamed),
    log,
    end: taken.at(-1)?.snapshot,
    hasMoved: history.later !== undefined,
  }
})

describe.each(histories.filter(({ hasMoved }) => !hasMoved))('$name', ({ flow, log, end }) => {
  test.each([{ asItIs: true }, { asItIs: false }])(
    'passes, and ends where the conversation ended (%o)',
    ({ asItIs }) => {
      const { scenario, notes } = scenarioOfLog(flow, log, { name: 'It was so', version: 0, asItIs })
      expect(notes).toEqual([])
      const read = parseScenarios({ flow: flow.id, scenarios: [scenario] })
      expect(read.ok ? [] : read.faults).toEqual([])
      const { failures, trace } = runScenario(flow, scenario)
      expect(failures).toEqual([])
      expect(trace.at(-1)?.state).toBe(end?.state)
    },
  )

  test('can be taken down again from its own log', () => {
    const { scenario } = scenarioOfLog(flow, log, { name: 'It was so', version: 0, asItIs: true })
    const again = scenarioOfLog(flow, logOf(flow, scenario), { name: 'It was so', version: 0, asItIs: true })
    expect(again.notes).toEqual([])
    expect(runScenario(flow, again.scenario).failures).toEqual([])
  })
})

test.each(histories.filter(({ hasMoved }) => hasMoved))(
  '$name: one that moved to another version is played on the last, as far as it goes',
  ({ versions, log, end }) => {
    const { flow, scenario, notes } = scenarioOfLog(versions, log, { name: 'It was so', version: 0, asItIs: true })
    expect(flow).toBe(versions(end?.flow.version ?? -1))
    const { failures, trace } = runScenario(flow, scenario)
    expect(failures).toEqual([])
    expect(notes.length > 0 || trace.at(-1)?.state === end?.state).toBe(true)
  },
)

test('a conversation too long for a scenario is taken as far as one holds, and that is said', () => {
  const flow = support()
  const turns = Array.from({ length: 450 }, (_, turn) => turn)
  const long = turns.reduce(
    (simulation, turn) =>
      simulation
        .skip('5s')
        .send({ type: 'customer.message', text: `Part ${turn}` })
        .skip('5s')
        .send({ type: 'bot.message', text: `About part ${turn}.` }),
    simulate(flow),
  )
  const log = long.log.flatMap((entry) => (entry.kind === 'event' ? [{ event: entry.event, at: entry.at }] : []))
  const { scenario, notes } = scenarioOfLog(flow, log, { name: 'Long', version: 0 })
  expect(notes).toEqual([expect.stringMatching(/^A scenario holds 1000 steps; this one ends after \d+ of \d+\.$/)])
  expect(runScenario(flow, scenario).failures).toEqual([])
  expect(parseScenarios({ flow: flow.id, scenarios: [scenario] }).ok).toBe(true)
})

test('a customer who wrote when a deadline was over, but had not been told yet, comes before it here too', () => {
  const flow = support()
  const waiting = simulate(flow, { agents: [{ id: 'sarah', name: 'Sarah', teams: ['billing'] }] }).send({
    type: 'customer.message',
    text: 'a human please',
  })
  const begun = logOf(flow, recordScenario(waiting, 'x')).filter(({ event }) => event.type !== 'offer.made')
  const { snapshot } = replay(flow, 0, begun)
  const timer = snapshot.timers.find(({ id }) => id === 'billing.maxWait')
  if (timer === undefined) throw new Error('Nothing is waited for at most.')
  const late: readonly Happened[] = [
    ...begun,
    { event: { type: 'customer.message', text: 'Is anybody there?' }, at: timer.due + 300 },
    { event: { type: 'timer', id: timer.id, gen: timer.gen }, at: timer.due + 900 },
  ]
  const { scenario, notes } = scenarioOfLog(flow, late, { name: 'Late', version: 0 })
  expect(notes).toEqual([])
  expect(runScenario(flow, scenario)).toMatchObject({ passed: true })
  expect(scenario.steps.slice(-3)).toMatchObject([
    { customer: 'Is anybody there?' },
    { clock: expect.any(String) },
    { expect: { state: 'queued.note' } },
  ])
})

function logOf(flow: object, scenario: Scenario): readonly Happened[] {
  const played = scenario.steps.reduce(
    (simulation, step) => ('expect' in step ? simulation : perform(simulation, step)),
    simulate(flow, optionsOf(scenario)),
  )
  return played.log.flatMap((entry) => (entry.kind === 'event' ? [{ event: entry.event, at: entry.at }] : []))
}
