import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compiledFlow, Refusal, start, step, type ConversationEvent, type Flow, type Snapshot } from '#engine/index.ts'
import { graphOf } from '#engine/check/graph.ts'
import { arcsAtOnce, knotsIn } from '#engine/check/rules/circles.ts'
import { draw } from '../../draw.ts'
import { disagreements } from './disagreement.ts'
import { randomFlow } from './flows.ts'

/** The figure `walk-agrees` takes 10,000. */
const RUNS = 200

const facts = {
  queues: {
    a: { position: 1, eta: null, within: null, waiting: 0, online: 1 },
    b: { position: 3, eta: null, within: null, waiting: 2, online: 0 },
  },
}
type Happening = (snapshot: Snapshot) => ConversationEvent

/** Whatever may happen to a conversation, as chance has it. */
const happening: fc.Arbitrary<Happening> = fc.constantFrom<Happening>(
  () => ({ type: 'customer.message', text: 'a', facts }),
  () => ({ type: 'customer.message', text: 'I want a person', facts }),
  () => ({ type: 'bot.message', text: 'Sorry.', fallback: true, facts }),
  () => ({ type: 'bot.intent', intent: 'a', facts }),
  () => ({ type: 'bot.done', facts }),
  () => ({ type: 'bot.failed', facts }),
  () => ({ type: 'bot.escalate', reason: 'stuck', facts }),
  ({ timers: [timer] }) => ({ type: 'timer', id: timer?.id ?? '', gen: timer?.gen ?? 0, facts }),
  ({ timers }) => ({ type: 'timer', id: timers.at(-1)?.id ?? '', gen: timers.at(-1)?.gen ?? 0, facts }),
  ({ awaiting }) => ({ type: 'effect.done', effect: awaiting ?? '', ok: true, facts }),
  ({ awaiting }) => ({ type: 'effect.done', effect: awaiting ?? '', ok: false, facts }),
  () => ({ type: 'agent.accept', agent: 'ada', facts }),
  () => ({ type: 'agent.transfer', team: 'b', facts }),
  () => ({ type: 'agent.handback', facts }),
  () => ({ type: 'agent.resolve', resolution: 'done', facts }),
  () => ({ type: 'survey.answer', score: 5, facts }),
  () => ({ type: 'customer.left', facts }),
)

interface Played {
  /** The nodes where the engine came to rest. */
  readonly rests: readonly string[]
  /** Whether it went round without the customer. */
  readonly isStuck: boolean
}

function played(flow: Flow, happenings: readonly Happening[]): Played {
  const rests: string[] = []
  try {
    let { snapshot } = start(flow, { id: 'c' }, 0, facts)
    for (const happens of happenings) {
      rests.push(snapshot.state.slice(snapshot.state.indexOf('.') + 1))
      snapshot = unlessRefused(flow, snapshot, happens(snapshot))
    }
    return { rests, isStuck: false }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'stuck') return { rests, isStuck: true }
    throw error
  }
}

function unlessRefused(flow: Flow, snapshot: Snapshot, event: ConversationEvent): Snapshot {
  const due = event.type === 'timer' ? snapshot.timers.find(({ id }) => id === event.id)?.due : undefined
  try {
    return step(flow, snapshot, event, Math.max(due ?? 0, snapshot.at + 1)).snapshot
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'stuck') return snapshot
    throw error
  }
}

describe('The proof', () => {
  test('1. says of any flow what an explicit walk of the machine that runs says: who is come to, who is helped, what goes round', () => {
    fc.assert(
      fc.property(randomFlow, (flow) => {
        expect(disagreements(flow)).toEqual([])
      }),
      { numRuns: RUNS },
    )
  })

  test('2. knows every node to which any customer, bot, person or clock brings the engine, and every circle it goes round in', () => {
    fc.assert(
      fc.property(randomFlow, fc.array(happening, { maxLength: 15 }), (flow, happenings) => {
        const graph = graphOf(compiledFlow(flow))
        const { rests, isStuck } = played(flow, happenings)
        expect(rests.filter((node) => !graph.reachable.has(node))).toEqual([])
        const atOnce = arcsAtOnce({ graph })
        if (isStuck) expect(knotsIn([...atOnce.keys()], atOnce)).not.toEqual([])
      }),
      { numRuns: RUNS },
    )
  })

  test('3. knows that who is led back into the same step alone rests there, where the bot’s triggers are heard', () => {
    const flow = draw(
      {
        start: ['start'],
        round: ['branch', { cases: [] }],
        wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
      },
      ['start.next > round', 'round.else > round'],
    )
    const { snapshot } = start(flow, { id: 'c' }, 0, facts)
    expect(snapshot.state).toBe('bot.round')
    const { state } = step(flow, snapshot, { type: 'customer.message', text: 'I want a person', facts }, 1).snapshot
    expect(state).toBe('escalation.wants')
    expect(graphOf(compiledFlow(flow)).reachable).toContain('wants')
  })
})
