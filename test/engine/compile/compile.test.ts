import { getShortestPaths } from '@xstate/graph'
import { createActor, SimulatedClock } from 'xstate'
import { describe, expect, test } from 'vitest'
import { compile, compiledFlow, FlowFaults } from '#engine/index.ts'
import { document, draw, support, supportEdges, supportNodes } from '../draw.ts'

describe('A compiled flow is an ordinary XState machine', () => {
  test('createActor runs it, timers and all', () => {
    const clock = new SimulatedClock()
    const actor = createActor(compile(support()), { clock }).start()
    expect(actor.getSnapshot().value).toEqual({ bot: 'chat' })
    actor.send({ type: 'trigger.wants' })
    expect(actor.getSnapshot().value).toEqual({ queued: 'billing' })
    clock.increment(5 * 60_000)
    expect(actor.getSnapshot().value).toEqual({ queued: 'note' })
    actor.stop()
  })

  test('the bot’s phase remembers the step that was left', () => {
    const actor = createActor(compile(support())).start()
    actor.send({ type: 'bot.intent', intent: 'refund' })
    actor.send({ type: 'trigger.wants' })
    actor.send({ type: 'agent.accept', agent: 'sarah' })
    actor.send({ type: 'agent.handback' })
    expect(actor.getSnapshot().value).toEqual({ bot: 'order' })
    actor.stop()
  })

  test('its top-level states are the six phases, each node a child of its kind’s phase', () => {
    const { machine, flow } = compiledFlow(support())
    expect(Object.keys(machine.states)).toEqual(['bot', 'escalation', 'queued', 'agentActive', 'handback', 'closed'])
    const children = Object.values(machine.states)
      .flatMap((phase) => Object.keys(phase.states))
      .filter((id) => !id.startsWith('_'))
    expect(children.sort()).toEqual(flow.nodes.map((node) => node.id).sort())
  })

  test('@xstate/graph walks it', () => {
    const machine = compile(support())
    const paths = getShortestPaths(machine, {
      events: machine.events
        .filter((type) => !type.startsWith('xstate.done') && type !== '')
        .map((type) => ({ type, text: 'a person please', agent: 'sarah', score: 5, intent: 'refund' })),
      serializeState: (state) => JSON.stringify(state.value),
    })
    expect(paths.length).toBeGreaterThan(8)
  })

  test('a document that was never parsed compiles too, and a malformed one says what is wrong', () => {
    expect(() => compile(document(supportNodes, supportEdges, { orderNumber: { type: 'text' } }))).not.toThrow()
    expect(() => compile({ baton: 1 })).toThrow(FlowFaults)
  })

  test('is compiled once, however often it is asked for', () => {
    const flow = support()
    expect(compile(flow)).toBe(compile(flow))
  })

  test('a half-drawn flow still runs: nobody is stranded at an outlet that leads nowhere', () => {
    const flow = draw({ start: ['start'], chat: ['listen'], help: ['queue', { team: 't', text: 'Wait.' }] }, [
      'start.next > chat',
    ])
    const actor = createActor(compile(flow)).start()
    actor.send({ type: 'bot.failed' })
    expect(actor.getSnapshot().value).toEqual({ queued: 'help' })
    actor.stop()
  })
})
