import { initialTransition, transition } from 'xstate'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { compiledFlow } from '#engine/index.ts'
import { runnerOf, persisted } from '#engine/compile/runner.ts'
import type { MachineEvent } from '#engine/kinds/moment.ts'
import { draw, support, supportEdges, supportNodes } from '../draw.ts'

const RUNS = 1_000
const EVENTS = 100

/** Everything the support flow's machine can be sent, timers and triggers included. */
function alphabet(events: readonly string[]): fc.Arbitrary<MachineEvent> {
  return fc.record({
    type: fc.constantFrom(...events),
    text: fc.constantFrom('yes', 'no', '5', 'A-17', 'get me a person', 'where is it', 'ann@shop.example'),
    choice: fc.constantFrom(undefined, 'yes', 'no', 'helped', 'stillNeed'),
    intent: fc.constantFrom('refund', 'other'),
    fallback: fc.boolean(),
    agent: fc.constantFrom('sarah', 'tom'),
    team: fc.constantFrom(undefined, 'billing', 'vip'),
    score: fc.constantFrom(undefined, 1, 5, 9),
  })
}

describe('The runner with one reused scope', () => {
  // 1,000 runs of 100 events: the reused scope touches an internal of XState, so it is held against XState's own.
  test('Law 1: agrees with XState’s transition() on value, context, history and actions over 100,000 random events', () => {
    const flow = draw(
      {
        ...supportNodes,
        later: [
          'queue',
          {
            team: 'later',
            text: 'Wait.',
            maxWait: '1m',
            maxWaiting: 2,
            sla: { firstResponse: '30s', raise: 5 },
            sameAgent: '5s',
            relax: [
              { after: '10s', drop: ['language'] },
              { after: '20s', teams: ['vip'] },
            ],
          },
        ],
      },
      [
        ...supportEdges.filter((edge) => edge !== 'billing.timeout > note'),
        'billing.timeout > later',
        'later.accepted > person',
        'later.timeout > note',
        'later.breached > note',
      ],
      { orderNumber: { type: 'text' } },
    )
    const { machine } = compiledFlow(flow)
    const runner = runnerOf(machine)
    const events = machine.events.filter((type) => type !== '' && !type.startsWith('xstate.done'))
    expect(events.length).toBeGreaterThan(30)
    const visited = new Set<string>()
    fc.assert(
      fc.property(fc.array(alphabet(events), { minLength: EVENTS, maxLength: EVENTS }), (sent) => {
        const input = { opening: { id: 'c' }, startedAt: 0 }
        let mine = runner.start(input, { action: () => undefined })
        let [theirs] = initialTransition(machine, input)
        for (const event of sent) {
          const did: unknown[] = []
          mine = runner.send(mine, event, { action: (type, params) => did.push([type, params]) })
          const [next, actions] = transition(machine, theirs, event)
          theirs = next
          if (
            JSON.stringify([persisted(mine), did]) !==
            JSON.stringify([persisted(theirs), actions.map((action) => [action.type, action.params])])
          )
            return false
          visited.add(JSON.stringify(mine.value))
        }
        return true
      }),
      { numRuns: RUNS },
    )
    expect(visited.size).toBeGreaterThan(10)
  }, 300_000)

  test('Law 2: a snapshot that went through JSON goes on as if it had not', () => {
    const { machine } = compiledFlow(support())
    const runner = runnerOf(machine)
    const events = machine.events.filter((type) => type !== '' && !type.startsWith('xstate.done'))
    fc.assert(
      fc.property(fc.array(alphabet(events), { maxLength: 40 }), (sent) => {
        let kept = runner.start({ opening: { id: 'c' }, startedAt: 0 }, { action: () => undefined })
        let restored = kept
        for (const event of sent) {
          kept = runner.send(kept, event, { action: () => undefined })
          restored = runner.send(runner.restore(JSON.parse(JSON.stringify(persisted(restored)))), event, {
            action: () => undefined,
          })
          if (JSON.stringify(persisted(kept)) !== JSON.stringify(persisted(restored))) return false
        }
        return true
      }),
      { numRuns: 200 },
    )
  })
})
