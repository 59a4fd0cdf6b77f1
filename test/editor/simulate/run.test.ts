import fc from 'fast-check'
import { createActor } from 'xstate'
import { describe, expect, test } from 'vitest'
import { parseDuration } from '#engine/index.ts'
import { recordScenario, runScenario } from '#engine/simulate/index.ts'
import { advance, begun, runLogic, shownOf, type Run, type RunEvent } from '#editor/simulate/run/run.ts'
import type { Doing } from '#editor/simulate/run/doing.ts'
import { document, supportEdges, supportNodes, type Drawn } from '../../engine/draw.ts'

const flow = drawn()

function drawn(nodes: Readonly<Record<string, Drawn>> = supportNodes, edges = supportEdges): object {
  return document(nodes, edges, { orderNumber: { type: 'text' } })
}

function run(...doings: readonly Doing[]): Run {
  return doings.reduce((current: Run, doing) => advance(current, { type: 'do', doing }), begun({ flow, options: {} }))
}

const asked = { customer: 'I want to talk to a person' } as const

describe('A run of the simulator', () => {
  test('as an XState actor goes from hello to a person in two doings', () => {
    const actor = createActor(runLogic, { input: { flow, options: {} } }).start()
    actor.send({ type: 'do', doing: asked })
    actor.send({ type: 'do', doing: { agent: { accepts: 'sarah' } } })
    expect(actor.getSnapshot().context.simulation?.snapshot).toMatchObject({
      state: 'agentActive.person',
      owner: 'agent:sarah',
    })
    actor.stop()
  })

  test('has people for every team of the flow, unless the designer says who works', () => {
    expect(run().simulation?.setting.agents.map((each) => each.name)).toEqual(['Sarah', 'Tom'])
    expect(begun({ flow, options: { agents: [] } }).simulation?.setting.agents).toEqual([])
  })

  test('says why something was refused, and is as it was', () => {
    const before = run()
    const after = advance(before, { type: 'do', doing: { agent: { says: 'Hello' } } })
    expect(after.trouble).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('agent must accept it first'),
    })
    expect({ ...after, trouble: null }).toEqual(before)
  })

  test('waits for what comes next: the end of the offer, then the queue’s update', () => {
    const waiting = run(asked, { until: 'next' })
    expect((waiting.simulation?.now ?? 0) - (run().simulation?.now ?? 0)).toBe(parseDuration('30s'))
    const later = advance(advance(waiting, { type: 'do', doing: { until: 'next' } }), {
      type: 'do',
      doing: { until: 'next' },
    })
    expect(later.simulation?.transcript.map((each) => each.text)).toContain('Still number 1.')
  })

  test('says that nothing is due instead of waiting for ever', () => {
    const idle = begun({ flow: drawn({ start: ['start'], bye: ['close'] }, ['start.next > bye']), options: {} })
    expect(advance(idle, { type: 'do', doing: { until: 'next' } }).trouble).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Nothing is due'),
    })
  })
})

describe('Going back', () => {
  test('shows an earlier step and gives nothing up until something is done there', () => {
    const whole = run(asked, { agent: { accepts: 'sarah' } })
    const back = advance(whole, { type: 'show', step: 0 })
    expect(shownOf(back)?.snapshot.state).toBe('bot.chat')
    expect(back.script).toEqual(whole.script)
    expect(shownOf(advance(back, { type: 'show', step: 99 }))?.snapshot.state).toBe('agentActive.person')
  })

  test('goes on from there, and what came after is given up', () => {
    const back = advance(run(asked, { agent: { accepts: 'sarah' } }), { type: 'show', step: 0 })
    const on = advance(back, { type: 'do', doing: { customer: 'Where is my parcel?' } })
    expect(on.script).toEqual([{ customer: 'Where is my parcel?' }])
    expect(on.simulation?.snapshot.state).toBe('bot.chat')
  })

  test('into the middle of time that passed goes on at that moment', () => {
    const waited = run(asked, { clock: '10m' })
    const update =
      waited.simulation?.steps.findIndex((each) =>
        each.messages.some((message) => message.text === 'Still number 1.'),
      ) ?? -1
    const at = waited.simulation?.steps[update]?.now ?? 0
    const on = advance(advance(waited, { type: 'show', step: update }), {
      type: 'do',
      doing: { agent: { accepts: 'sarah' } },
    })
    expect(on.simulation?.snapshot.state).toBe('agentActive.person')
    expect(on.simulation?.now).toBe(at)
    expect(on.script).toEqual([asked, { clock: '1m' }, { agent: { accepts: 'sarah' } }])
  })

  test('into the middle of what an event brought about goes on after all of it', () => {
    const whole = run(asked, { clock: '10s' })
    const on = advance(advance(whole, { type: 'show', step: 1 }), {
      type: 'do',
      doing: { agent: { accepts: 'sarah' } },
    })
    expect(on.script).toEqual([asked, { agent: { accepts: 'sarah' } }])
    expect(on.simulation?.snapshot.state).toBe('agentActive.person')
  })

  test('to how a doing ended shows that', () => {
    const whole = run(asked, { agent: { accepts: 'sarah' } }, { agent: { says: 'Hello' } })
    expect(shownOf(advance(whole, { type: 'turn.shown', turn: 1 }))?.snapshot.state).toBe('queued.billing')
  })
})

describe('A change of the flow', () => {
  test('plays the run again: the new text is said where the old one was', () => {
    const changed = drawn({ ...supportNodes, hello: ['say', { text: 'Welcome!' }] })
    const after = advance(run(asked, { agent: { accepts: 'sarah' } }), { type: 'flow.changed', flow: changed })
    expect(after.simulation?.transcript[0]?.text).toBe('Welcome!')
    expect(after.simulation?.snapshot.state).toBe('agentActive.person')
  })

  test('keeps the step in view that was looked at', () => {
    const back = advance(run(asked, { agent: { accepts: 'sarah' } }), { type: 'turn.shown', turn: 1 })
    const after = advance(back, {
      type: 'flow.changed',
      flow: drawn({ ...supportNodes, hello: ['say', { text: 'Welcome!' }] }),
    })
    expect(shownOf(after)?.snapshot.state).toBe('queued.billing')
  })

  test('that stops the run halfway says where, loses nothing, and goes on when it is cured', () => {
    const whole = run(
      { customer: 'I want my money back' },
      { bot: { intent: 'refund' } },
      { customer: '4711' },
      { bot: 'Done.' },
    )
    const broken = drawn(
      { ...supportNodes, chat: ['listen', { intents: [{ id: 'return' }] }] },
      supportEdges.map((edge) => edge.replace('intent:refund', 'intent:return')),
    )
    const halted = advance(whole, { type: 'flow.changed', flow: broken })
    expect(halted.trouble).toMatchObject({ kind: 'halted', doing: 1 })
    const cured = advance(halted, { type: 'flow.changed', flow: drawn() })
    expect(cured.trouble).toBeNull()
    expect(cured.script).toEqual(whole.script)
    expect(cured.simulation?.snapshot.state).toBe(whole.simulation?.snapshot.state)
  })

  test('that cannot be read leaves the run on the last flow that could', () => {
    const whole = run(asked)
    const faulty = advance(whole, { type: 'flow.changed', flow: { ...flow, nodes: 'none' } })
    expect(faulty.trouble).toMatchObject({ kind: 'faults' })
    expect(faulty.simulation).toBe(whole.simulation)
  })
})

describe('A change of the setting', () => {
  test('plays the run again: a customer’s name is used, an hour is another one', () => {
    const at = Date.parse('2026-03-07T22:00:00Z')
    const after = advance(run(asked), { type: 'setting.changed', options: { at, customer: { name: 'Ann' } } })
    expect(after.simulation?.transcript[0]?.text).toBe('Hello Ann, ask away.')
    expect(after.simulation?.now).toBe(at)
    expect(after.simulation?.snapshot.phase).toBe('queued')
  })
})

const doing: fc.Arbitrary<Doing> = fc.oneof(
  fc.constantFrom<Doing>(
    asked,
    { customer: 'Where is it?' },
    { customer: { leaves: true } },
    { customer: { returns: true } },
    { bot: 'Here.' },
    { bot: 'Sorry.', fallback: true },
    { bot: { intent: 'refund' } },
    { bot: { done: true } },
    { agent: { accepts: 'sarah' } },
    { agent: { declines: 'sarah' } },
    { agent: { says: 'Hello.' } },
    { agent: { handsBack: 'Knows it.' } },
    { agent: { resolves: 'done' } },
    { agent: { goesOffline: 'sarah' } },
    { agent: { goesOnline: 'sarah' } },
    { until: 'next' },
  ),
  fc.integer({ min: 1, max: 900 }).map((seconds): Doing => ({ clock: `${seconds}s` })),
)
const event: fc.Arbitrary<RunEvent> = fc.oneof(
  { weight: 4, arbitrary: doing.map((each): RunEvent => ({ type: 'do', doing: each })) },
  { weight: 1, arbitrary: fc.nat(30).map((step): RunEvent => ({ type: 'show', step })) },
)

describe('The laws of a run', () => {
  test('Law 1: whatever is done and gone back to, the conversation is the script played from its start', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 14 }), (events) => {
        const end = events.reduce((current: Run, each) => advance(current, each), begun({ flow, options: {} }))
        const again = begun({ flow, options: {}, script: end.script })
        expect(again.trouble).toBeNull()
        expect(again.simulation?.steps.map((each) => each.snapshot)).toEqual(
          end.simulation?.steps.map((each) => each.snapshot),
        )
      }),
      { numRuns: 40 },
    )
  })

  test('Law 2: a run that is saved as a scenario passes on the same flow', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const end = events.reduce((current: Run, each) => advance(current, each), begun({ flow, options: {} }))
        const shown = shownOf(end)
        if (shown === null || shown.last.turn === 0) return
        expect(runScenario(flow, recordScenario(shown, 'Again')).failures).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('Law 3: a change to the same flow changes nothing', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 10 }), (events) => {
        const end = events.reduce((current: Run, each) => advance(current, each), begun({ flow, options: {} }))
        const again = advance(end, { type: 'flow.changed', flow: drawn() })
        expect(again.shown).toBe(end.shown)
        expect(shownOf(again)?.snapshot).toEqual(shownOf(end)?.snapshot)
      }),
      { numRuns: 40 },
    )
  })
})
