/** Law: what has ended begins again only for who was called back, and once; a person is not interrupted by it. */
import { describe, expect, test } from 'vitest'
import { comesBack, mayComeBack, teamOf } from '#engine/step/promise.ts'
import { Refusal, type ConversationEvent, type Snapshot } from '#engine/index.ts'
import { draw, support } from '../draw.ts'
import { MONDAY, Told } from './told.ts'

const { snapshot } = new Told(support()).last

function calledBack(over: Partial<Snapshot>, by: 'notice' | 'reply', resolution: string | null = null): Snapshot {
  const called = { since: MONDAY, priority: 0, by }
  const context = { ...snapshot.machine.context, called, resolution }
  return { ...snapshot, ...over, machine: { ...snapshot.machine, context } }
}

describe('Who was called back', () => {
  test('may come back where the conversation has ended, and by a notice also where the bot has it', () => {
    expect(mayComeBack(calledBack({ phase: 'closed' }, 'notice'))).toBe(true)
    expect(mayComeBack(calledBack({ phase: 'closed' }, 'reply'))).toBe(true)
    expect(mayComeBack(calledBack({ phase: 'bot' }, 'notice'))).toBe(true)
    expect(mayComeBack(calledBack({ phase: 'bot' }, 'reply'))).toBe(false)
    expect(mayComeBack(calledBack({ phase: 'queued' }, 'notice'))).toBe(false)
  })

  test('has nothing to come back to once it is resolved, and nobody has who was not called', () => {
    expect(mayComeBack(calledBack({ phase: 'closed' }, 'notice', 'sent again'))).toBe(false)
    expect(mayComeBack({ ...snapshot, phase: 'closed' })).toBe(false)
  })

  test('comes back by writing or by opening the chat again, and by nothing else', () => {
    const closed = calledBack({ phase: 'closed' }, 'notice')
    const back = (event: ConversationEvent) => comesBack(closed, event)
    expect(back({ type: 'customer.message', text: 'Here I am' })).toBe(true)
    expect(back({ type: 'customer.returned' })).toBe(true)
    expect(back({ type: 'customer.left' })).toBe(false)
    expect(comesBack(snapshot, { type: 'customer.returned' })).toBe(false)
  })
})

describe('The team that keeps a promise', () => {
  test('is the one that was waited for, else that of the queue the flow leads to', () => {
    const told = new Told(support())
    expect(teamOf(told.flow, told.last.snapshot)).toBe('billing')
    told.customer('a person please')
    told.send({ type: 'agent.accept', agent: 'sarah' })
    told.send({ type: 'agent.transfer', team: 'vip' })
    expect(teamOf(told.flow, told.last.snapshot)).toBe('vip')
  })

  test('is nobody where no queue is drawn', () => {
    const alone = new Told(draw({ start: ['start'], end: ['close'] }, ['start.next > end']))
    expect(teamOf(alone.flow, alone.last.snapshot)).toBeNull()
  })
})

test('a refusal is an error of its own name, which expects nothing and finds no fault where none is named', () => {
  const refusal = new Refusal('closed', 'It is closed.')
  expect(refusal).toMatchObject({ name: 'Refusal', code: 'closed', message: 'It is closed.', expects: [], errors: [] })
})
