import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesOf, matches, type Line } from '#widget/lines.ts'
import type { Unsent } from '#widget/outbox.ts'
import type { Message } from '#widget/wire.ts'

const START = Date.UTC(2026, 2, 2, 10)
const sarah = { id: 'sarah', name: 'Sarah' }
const none: ReadonlyMap<number, string> = new Map()

function message(seq: number, from: Message['from'], text: string, more: Partial<Message> = {}): Message {
  return { seq, at: new Date(START + seq * 1_000).toISOString(), from, text, ...more }
}

function unsent(key: string, text: string, after = 0, more: Partial<Unsent> = {}): Unsent {
  return {
    key,
    event: { type: 'customer.message', text },
    after,
    at: START + 60_000,
    state: 'waiting',
    failures: 0,
    ...more,
  }
}

function told(lines: readonly Line[]): readonly string[] {
  return lines.map((line) =>
    line.kind === 'said' ? line.message.text : line.kind === 'day' ? 'day' : `${line.name} ${line.kind}`,
  )
}

test('law 1: what the customer sent is shown once, and stays the same line when the server tells of it', () => {
  const before = linesOf([message(1, 'bot', 'Hello')], [unsent('k1', 'Where is it?', 1)], none)
  const after = linesOf([message(1, 'bot', 'Hello'), message(3, 'customer', 'Where is it?')], [], new Map([[3, 'k1']]))
  expect(told(before)).toEqual(['day', 'Hello', 'Where is it?'])
  expect(told(after)).toEqual(told(before))
  expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key))
})

test('law 1: however many equal texts are sent and told of, each is shown as often as it was sent', () => {
  const story = fc
    .array(fc.constantFrom('yes', 'no', 'person'), { maxLength: 12 })
    .chain((texts) => fc.tuple(fc.constant(texts), fc.nat(texts.length)))
  fc.assert(
    fc.property(story, ([texts, heard]) => {
      const items = texts.map((text, index) => unsent(`k${index}`, text, index))
      const messages = texts.slice(0, heard).map((text, index) => message(index * 2 + 10, 'customer', text))
      const lines = linesOf(messages, items, none).filter(({ kind }) => kind === 'said')
      expect(told(lines).toSorted()).toEqual(texts.toSorted())
    }),
  )
})

test('law 1: an old text is never taken for a new one that says the same', () => {
  expect([...matches([unsent('k1', 'yes', 5)], [message(3, 'customer', 'yes')], none)]).toEqual([])
  expect([...matches([unsent('k2', 'yes', 2)], [message(3, 'customer', 'yes')], new Map([[3, 'k1']]))]).toEqual([])
})

test('law 1: two messages with no text are told apart by their files', () => {
  const file = { id: 'a1', name: 'bowl.png', type: 'image/png', size: 10 }
  const item = unsent('k1', '', 0, { event: { type: 'customer.message', text: '', attachments: [file] } })
  const other = message(3, 'customer', '', { attachments: [{ ...file, id: 'a2' }] })
  const same = message(4, 'customer', '', { attachments: [file] })
  expect([...matches([item], [other, same], none)]).toEqual([['k1', 4]])
})

test('law 2: unsent lines come last, in the order of sending', () => {
  const lines = linesOf(
    [message(1, 'bot', 'Hello'), message(4, 'agent', 'Hi', { agent: sarah })],
    [unsent('k1', 'one'), unsent('k2', 'two')],
    none,
  )
  expect(told(lines)).toEqual(['day', 'Hello', 'Sarah joined', 'Hi', 'one', 'two'])
})

test('law 2: whatever the clock of the device says, they come last, and no day stands twice', () => {
  const lines = linesOf(
    [message(1, 'bot', 'Hello')],
    [unsent('k1', 'one', 1, { at: START - 86_400_000 }), unsent('k2', 'two', 1)],
    none,
  )
  expect(told(lines)).toEqual(['day', 'Hello', 'one', 'two'])
  expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length)
})

test('law 3: a person is announced when they begin to speak, once, and so is their going', () => {
  const lines = linesOf(
    [
      message(1, 'bot', 'One moment.'),
      message(2, 'agent', 'Hello.', { agent: sarah }),
      message(3, 'customer', 'Hi.'),
      message(4, 'agent', 'Done.', { agent: sarah }),
      message(5, 'agent', 'I take over.', { agent: { id: 'omar', name: 'Omar' } }),
      message(6, 'bot', 'You are back with me.'),
      message(7, 'bot', 'Anything else?'),
    ],
    [],
    none,
  )
  expect(told(lines)).toEqual([
    'day',
    'One moment.',
    'Sarah joined',
    'Hello.',
    'Hi.',
    'Done.',
    'Omar joined',
    'I take over.',
    'Omar left',
    'You are back with me.',
    'Anything else?',
  ])
})

test('law 3: a sentence of the system that announces a person is announcement enough', () => {
  const lines = linesOf(
    [message(2, 'system', 'Sarah has joined.', { agent: sarah }), message(3, 'agent', 'Hello.', { agent: sarah })],
    [],
    none,
  )
  expect(told(lines)).toEqual(['day', 'Sarah has joined.', 'Hello.'])
})

test('what one speaker says in one go stands together', () => {
  const lines = linesOf(
    [message(1, 'bot', 'a'), message(2, 'bot', 'b'), message(3, 'customer', 'c'), message(900, 'customer', 'd')],
    [],
    none,
  )
  const said = lines.flatMap((line) => (line.kind === 'said' ? [[line.message.text, line.first, line.last]] : []))
  expect(said).toEqual([
    ['a', true, false],
    ['b', false, true],
    ['c', true, true],
    ['d', true, true],
  ])
})
