import { describe, expect, test } from 'vitest'
import { emptyDocument, type FlowDocument } from '#editor/document/document.ts'
import { journeyOf, saidUpTo, stopsOf } from '#editor/insights/journey.ts'
import type { ShownEntry } from '#ui/answers.ts'

const at = '2026-03-02T10:00:00.000Z'
const flow: FlowDocument = {
  ...emptyDocument('support', 'Support'),
  nodes: [
    ['start', 'start'],
    ['hello', 'say'],
    ['listen', 'listen'],
    ['angry', 'trigger'],
    ['billing', 'queue'],
    ['end', 'close'],
  ].map(([id = '', type = '']) => ({ id, type, position: { x: 0, y: 0 }, data: {} })),
  edges: [
    ['start', 'hello'],
    ['hello', 'listen'],
    ['listen', 'end'],
    ['listen', 'listen'],
    ['angry', 'billing'],
  ].map(([source = '', target = '']) => ({ id: `${source}-${target}`, source, sourceHandle: 'next', target })),
}
const log: readonly ShownEntry[] = [
  { seq: 1, at, kind: 'message', from: 'bot', text: 'Hello, how can I help?' },
  { seq: 2, at, kind: 'moved', from: null, to: 'bot.listen' },
  { seq: 3, at, kind: 'message', from: 'customer', text: 'This is the third time I ask!' },
  {
    seq: 4,
    at,
    kind: 'moved',
    from: 'bot.listen',
    to: 'queued.billing',
    reason: { trigger: 'angry', sentence: 'The customer is upset.', signals: [], others: [] },
  },
  { seq: 5, at, kind: 'message', from: 'system', text: 'You are first in line.' },
]
const stops = stopsOf(log)

describe('The way of a conversation', () => {
  test('is lit from the start through what was passed to where it stood', () => {
    const { active, nodes, edges } = journeyOf(flow, stops, 0)
    expect(active).toBe('listen')
    expect([...nodes].sort()).toEqual(['hello', 'listen', 'start'])
    expect([...edges]).toEqual(['start-hello', 'hello-listen'])
  })

  test('goes on from the trigger that fired, not along ways that were not taken', () => {
    const { active, nodes, edges } = journeyOf(flow, stops, 1)
    expect(active).toBe('billing')
    expect([...nodes].sort()).toEqual(['angry', 'billing', 'hello', 'listen', 'start'])
    expect(edges.has('angry-billing')).toBe(true)
    expect(edges.has('listen-end')).toBe(false)
  })

  test('lights no way where the flow draws none', () => {
    const { edges, nodes } = journeyOf({ ...flow, edges: [] }, stops, 1)
    expect([...edges]).toEqual([])
    expect(nodes.has('billing')).toBe(true)
  })

  test('is told with what was said up to the next stop', () => {
    expect(saidUpTo(log, stops, 0).map(({ seq }) => seq)).toEqual([1, 3])
    expect(saidUpTo(log, stops, 1).map(({ seq }) => seq)).toEqual([1, 3, 5])
  })
})
