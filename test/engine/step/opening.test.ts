import { describe, expect, test } from 'vitest'
import { Refusal, start, startWith, type Json } from '#engine/index.ts'
import { draw } from '../draw.ts'

const types = ['text', 'number', 'yesno', 'boolean', 'email', 'phone', 'date', 'choice', 'list', 'map'] as const
const flow = draw(
  { start: ['start'], size: ['ask', { text: 'Which size?', variable: 'size', as: 'number' }], end: ['close'] },
  ['start.next > size', 'size.answered > end', 'size.failed > end'],
  Object.fromEntries(types.map((type) => [type, { type }])),
)
const begin = (variables: Readonly<Record<string, Json>>) => start(flow, { id: 'c', variables }, 0)

function refusal(variables: Readonly<Record<string, Json>>): Refusal {
  try {
    begin(variables)
  } catch (error) {
    if (error instanceof Refusal) return error
  }
  throw new Error('The conversation has begun.')
}

describe('A conversation begins', () => {
  test('with variables that the flow declares, each of its type, those of its questions too', () => {
    const variables = {
      text: '',
      number: -1.5,
      yesno: false,
      boolean: true,
      email: 'Ann@example.org',
      phone: '+49 30 123456',
      date: '2026-03-31T10:00:00Z',
      choice: 'large',
      list: [],
      map: { a: null },
      size: 42,
    }
    expect(begin(variables).snapshot.machine.context.vars).toEqual(variables)
    expect(begin({}).snapshot.version).toBe(1)
  })

  test('or not at all: every fault is told at once, with its place and its cure', () => {
    const { code, message, errors } = refusal({ nmber: 1, number: '12.50', 'a/b': true })
    expect(code).toBe('invalid-opening')
    expect(errors.map((error) => error.pointer)).toEqual(['/variables/nmber', '/variables/number', '/variables/a~1b'])
    expect(message).toMatch(/did you mean “number”/)
    expect(message).toMatch(/number: send 12.5 without quotes/)
    for (const error of errors) expect(message).toContain(`${error.pointer} ${error.message}`)
  })

  test.each<[string, Json, string]>([
    ['text', 5, 'must be a text: send "5" in quotes'],
    ['text', true, 'must be a text: send "true" in quotes'],
    ['text', ['a'], 'must be a text'],
    ['text', null, 'is null; leave it out while it is not known'],
    ['number', ' 7 ', 'must be a number: send 7 without quotes'],
    ['number', ' ', 'must be a number, such as 12.5'],
    ['number', 'many', 'must be a number, such as 12.5'],
    ['number', true, 'must be a number, such as 12.5'],
    ['number', 'Infinity', 'must be a number, such as 12.5'],
  ])('not with a %s that is %j, and is told what to send', (name, value, message) => {
    expect(refusal({ [name]: value })).toMatchObject({
      expects: [],
      errors: [{ pointer: `/variables/${name}`, message }],
    })
  })

  test.each<[string, Json]>([
    ['date', '2026-03-31'],
    ['date', '2026-03-31T10:00'],
    ['date', '2026-03-31T10:00:00.5+02:00'],
    ['date', '2026-03-31T10:00-0930'],
    ['email', ' Ann@example.org '],
    ['choice', ''],
  ])('with a %s as it is written too: %j', (name, value) => {
    expect(begin({ [name]: value }).snapshot.machine.context.vars).toEqual({ [name]: value })
  })

  test.each([
    '2026-03-31 10:00',
    '2026-03-31T10:00Zulu',
    '2026-03-31T10:00+2:00',
    '2026-03-31TZ',
    '2026-03-31T10:00+02:0',
    'on 2026-03-31',
  ])('not with a date that is written as “%s”', (date) => {
    expect(refusal({ date }).errors).toHaveLength(1)
  })

  test.each<[string, Json]>([
    ['text', 5],
    ['text', ['a']],
    ['number', 'many'],
    ['number', true],
    ['yesno', 'yes'],
    ['boolean', 1],
    ['email', 'ann'],
    ['email', 'to ann@example.org'],
    ['phone', 491512345678],
    ['phone', 'none'],
    ['date', '31.3.2026'],
    ['date', '2026-02-30'],
    ['choice', 2],
    ['list', { a: 1 }],
    ['map', [1]],
    ['map', 'a'],
    ['number', null],
    ['size', '42'],
  ])('not with a %s that is %j', (name, value) => {
    expect(refusal({ [name]: value }).errors).toHaveLength(1)
  })

  test('from a log as it once began, whatever is refused today', () => {
    const event = { type: 'conversation.started', opening: { id: 'c', variables: { unknown: 1 } } } as const
    expect(startWith(flow, 1, event, 0).snapshot.machine.context.vars).toEqual({ unknown: 1 })
  })
})
