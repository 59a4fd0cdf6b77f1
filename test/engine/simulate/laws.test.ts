import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal, replay } from '#engine/index.ts'
import {
  parseScenarios,
  recordScenario,
  runScenario,
  simulate,
  type SentEvent,
  type Simulation,
} from '#engine/simulate/index.ts'
import { flow, people } from './desk.ts'

type Move = (simulation: Simulation) => Simulation

const events: readonly SentEvent[] = [
  { type: 'customer.message', text: 'where is my parcel' },
  { type: 'customer.message', text: 'I want to talk to a person' },
  { type: 'customer.message', text: 'No', choice: 'no' },
  { type: 'customer.message', text: '/help/' },
  { type: 'customer.left' },
  { type: 'customer.returned' },
  { type: 'bot.message', text: '/I [do not/', fallback: true },
  { type: 'bot.message', text: 'It is on its way.', nlu: { intent: 'parcel', confidence: 0.4 } },
  { type: 'bot.intent', intent: 'refund' },
  { type: 'bot.failed' },
  { type: 'bot.done' },
  { type: 'bot.escalate', reason: 'too hard', summary: 'wants money back' },
  { type: 'agent.accept', agent: 'sarah' },
  { type: 'agent.decline', agent: 'sarah' },
  { type: 'agent.decline', by: 'sarah' },
  { type: 'agent.message', text: '/(now)?b+$/' },
  { type: 'agent.note', text: 'careful' },
  { type: 'agent.transfer', team: 'vip', note: 'yours' },
  { type: 'agent.transfer', agent: 'tom' },
  { type: 'agent.handback' },
  { type: 'agent.resolve', resolution: 'paid back' },
  { type: 'survey.answer', score: 4, comment: 'fine' },
]
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...events).map(
      (event): Move =>
        (simulation) =>
          simulation.send(event),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 1, max: 400_000 }).map(
      (length): Move =>
        (simulation) =>
          simulation.skip(length),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(['sarah', true], ['sarah', false], ['tom', false], ['tom', true] as const).map(
      ([agent, online]): Move =>
        (simulation) =>
          simulation.presence(String(agent), online === true),
    ),
  },
)
const moves = fc.array(move, { maxLength: 25 })

/** Plays moves; one that is refused is left out. */
function play(from: Simulation, all: readonly Move[]): Simulation {
  return all.reduce((simulation, each) => {
    try {
      return each(simulation)
    } catch (error) {
      if (error instanceof Refusal) return simulation
      throw error
    }
  }, from)
}

const started = () => simulate(flow, { ...people, customer: { name: 'Ann' } })

describe('The laws of a simulation', () => {
  test('1: whatever is done to it, it never changes', () => {
    fc.assert(
      fc.property(moves, moves, (first, then) => {
        const simulation = play(started(), first)
        const before = JSON.stringify(simulation.steps)
        play(simulation, then)
        expect(JSON.stringify(simulation.steps)).toBe(before)
      }),
      { numRuns: 60 },
    )
  })

  test('2: the same doings give the same steps, byte by byte', () => {
    fc.assert(
      fc.property(moves, (all) => {
        expect(JSON.stringify(play(started(), all).steps)).toBe(JSON.stringify(play(started(), all).steps))
      }),
      { numRuns: 60 },
    )
  })

  test('3: who is offline neither holds a conversation nor is offered one', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const { snapshot, standing, view } = play(started(), all)
        const busy = [
          snapshot.owner.startsWith('agent:') ? snapshot.owner.slice('agent:'.length) : undefined,
          view.queue?.offeredTo,
        ]
        for (const agent of busy) if (agent !== undefined) expect(standing.online).toContain(agent)
      }),
      { numRuns: 100 },
    )
  })

  test('4: deadlines come at their own time, in order; none is left that is overdue', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const { steps, timers, now } = play(started(), all)
        steps.forEach((step, index) => {
          const before = steps[index - 1]
          if (before === undefined) return
          expect(step.now).toBeGreaterThanOrEqual(before.now)
          if (step.doing.type !== 'event' || step.doing.event.type !== 'timer') return
          const { id } = step.doing.event
          expect(before.snapshot.timers.find((each) => each.id === id)?.due).toBe(step.now)
        })
        for (const timer of timers) expect(timer.due).toBeGreaterThan(now)
      }),
      { numRuns: 100 },
    )
  })

  test('5: its log, replayed by the engine, gives the same snapshot, byte by byte', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const { log, snapshot } = play(started(), all)
        const happened = log.flatMap((entry) => (entry.kind === 'event' ? [{ event: entry.event, at: entry.at }] : []))
        expect(JSON.stringify(replay(flow, 0, happened).snapshot)).toBe(JSON.stringify(snapshot))
      }),
      { numRuns: 60 },
    )
  })

  test('6: going back and doing the same again leads to the same', () => {
    fc.assert(
      fc.property(moves, moves, (first, then) => {
        const there = play(started(), first)
        const beyond = play(there, then)
        const again = play(beyond.at(there.steps.length - 1), then)
        expect(JSON.stringify(again.steps)).toBe(JSON.stringify(beyond.steps))
      }),
      { numRuns: 60 },
    )
  })

  test('7: every run, saved as a scenario, can be read back and passes', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const recorded = JSON.parse(JSON.stringify(recordScenario(play(started(), all), 'as it was')))
        const read = parseScenarios({ flow: flow.id, scenarios: [recorded] })
        if (!read.ok) throw new Error(JSON.stringify(read.faults))
        const [scenario] = read.file.scenarios
        expect(scenario && runScenario(flow, scenario).failures).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
