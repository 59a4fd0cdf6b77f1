import { describe, expect, test } from 'vitest'
import { simulate, standIns, type SentEvent, type Simulation } from '#engine/simulate/index.ts'
import { deadlinesOf } from '#editor/simulate/run/deadlines.ts'
import { rowsOf } from '#editor/simulate/run/rows.ts'
import { clockTime, countdown, fromField, toField } from '#editor/simulate/run/time.ts'
import { turnOf } from '#editor/simulate/run/turn.ts'
import { nearness } from '#editor/simulate/inside/meter.ts'
import { compiledFlow } from '#engine/index.ts'
import { timerName } from '#editor/simulate/run/names.ts'
import { words } from '#editor/words/en.ts'
import { support } from '../../engine/draw.ts'
import { ready } from '../../engine/flows/library.ts'

const flow = support()
const begun = (): Simulation => simulate(flow, { agents: standIns(flow) })
const wants: SentEvent = { type: 'customer.message', text: 'I want to talk to a person' }

describe('Whose turn it is', () => {
  test('follows the conversation: customer, bot, a person, and nobody at the end', () => {
    const hello = begun()
    const asked = hello.send({ type: 'customer.message', text: 'Where is it?' })
    const queued = asked.send(wants)
    const held = queued.send({ type: 'agent.accept', agent: 'sarah' })
    const ended = held.send({ type: 'agent.resolve', resolution: 'done' }).send({ type: 'survey.answer', score: 5 })
    expect([hello, asked, queued, held, ended].map((each) => turnOf(each).awaited)).toEqual([
      'message',
      'bot',
      'accept',
      'agent',
      'closed',
    ])
    expect(turnOf(queued)).toMatchObject({ speaker: 'agent', offeredTo: 'sarah' })
    expect(turnOf(held).holder).toEqual({ id: 'sarah', name: 'Sarah' })
  })

  test('brings the input that fits what is asked', () => {
    const order = begun()
      .send({ type: 'customer.message', text: 'Money back' })
      .send({ type: 'bot.intent', intent: 'refund' })
    expect(turnOf(order)).toMatchObject({ awaited: 'answer', input: { as: 'text', node: 'order' } })
    const stars = begun()
      .send(wants)
      .send({ type: 'agent.accept', agent: 'tom' })
      .send({ type: 'agent.resolve', resolution: 'done' })
    expect(turnOf(stars).replies.map((each) => each.label)).toEqual(['1', '2', '3', '4', '5'])
  })

  test('says that nobody is online instead of waiting for somebody', () => {
    expect(turnOf(simulate(flow).send(wants)).awaited).toBe('nobody')
  })

  test('offers the intents of the bot that talks', () => {
    expect(turnOf(begun()).intents).toEqual([{ id: 'refund', label: 'refund' }])
  })
})

describe('The transcript', () => {
  test('shows messages, and between them what else happened', () => {
    const simulation = begun().send(wants).skip('1m')
    const rows = rowsOf(simulation, simulation.steps.length - 1)
    expect(
      rows.flatMap((row) =>
        row.kind === 'message' ? [`${row.message.from}: ${row.message.text}`] : [row.happening.what],
      ),
    ).toEqual([
      'bot: Hello there, ask away.',
      'customer: I want to talk to a person',
      'moved',
      'bot: You are number 1, about a few minutes.',
      'offered',
      'time',
      'offerEnded',
      'offered',
      'time',
      'deadline',
      'bot: Still number 1.',
      'offerEnded',
    ])
  })

  test('ends at the step that is shown', () => {
    expect(rowsOf(begun().send(wants), 0).map((row) => row.step)).toEqual([0])
  })
})

describe('Deadlines', () => {
  test('count down with the run’s own clock, the earliest first', () => {
    const waiting = begun().send(wants).skip('15s')
    expect(deadlinesOf(waiting).map(({ id, left, passed }) => [id, left, passed])).toEqual([
      ['offer', 15_000, 0.5],
      ['billing.update', 45_000, 0.25],
      ['billing.maxWait', 285_000, 0.05],
    ])
  })
})

describe('A deadline’s name', () => {
  test('is in words, also for the numbered ones and those of a rung', () => {
    const { timer } = words.simulate
    expect(
      ['billing.maxWait', 'billing.relax2', 'ladder.rephrase1Idle', 'x.new'].map((id) => timerName(id, timer)),
    ).toEqual(['billing: longest wait', 'billing: fewer needs', 'ladder: nobody writes', 'x: new'])
  })

  test('is known for every deadline of the ready flows', () => {
    const ids = ready.flatMap(({ flow }) => [...compiledFlow(flow).timers.keys()])
    expect(ids.filter((id) => timerName(id, words.simulate.timer).endsWith(`: ${id.split('.')[1]}`))).toEqual([])
  })
})

describe('Time', () => {
  test('is told in the zone of the flow', () => {
    expect(clockTime(Date.parse('2026-03-02T09:00:05Z'), 'Europe/Berlin', 'en')).toMatch(/10:00:05/)
  })

  test('counts down as a clock does', () => {
    expect([0, 4_200, 299_000, 3_600_000, 90_061_000].map(countdown)).toEqual([
      '0:00',
      '0:05',
      '4:59',
      '1:00:00',
      '1d 1:01:01',
    ])
  })

  test('goes into a field and comes back, also over a change of the clocks', () => {
    for (const at of [
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:30:00Z',
      '2026-07-01T23:59:00Z',
      '2026-12-31T23:00:00Z',
    ].map(Date.parse)) {
      expect(fromField(toField(at, 'Europe/Berlin'), 'Europe/Berlin')).toBe(at)
    }
    expect(fromField('2026-03', 'Europe/Berlin')).toBeUndefined()
  })
})

describe('A signal’s bar', () => {
  test('is full when it matches, and else as full as the signal says that it is near', () => {
    expect(nearness({ matched: false, distance: { near: 0.5, needs: 'once more' } })).toBe(0.5)
    expect(nearness({ matched: false })).toBe(0)
    expect(nearness({ matched: true })).toBe(1)
  })
})
