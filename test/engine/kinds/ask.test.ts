import { describe, expect, test } from 'vitest'
import { start, step, type Opening, type Stepped } from '#engine/index.ts'
import { readAnswer, type AskedAs } from '#engine/kinds/ask/answer.ts'
import { shortAnswer, wordsOf } from '#engine/words/words.ts'
import { draw } from '../draw.ts'

const en = wordsOf('en')
const choices = [
  { id: 'billing', label: 'Billing' },
  { id: 'returns', label: 'Returns' },
]
const read = (as: AskedAs, text: string) => readAnswer(as, { text }, choices, en)

describe('What a customer answers', () => {
  test.each<[AskedAs, string, unknown]>([
    ['number', '42', 42],
    ['number', 'it is 1,234.50', 1234.5],
    ['number', '1.234,50 euros', 1234.5],
    ['number', '€ 30', 30],
    ['number', '3 or 4', undefined],
    ['number', 'many', undefined],
    ['email', 'it is Ann@Shop.example, thanks', 'ann@shop.example'],
    ['email', 'ann at shop', undefined],
    ['phone', '+44 20 7946 0018', '+442079460018'],
    ['phone', '12', undefined],
    ['date', '2026-02-28', '2026-02-28'],
    ['date', '2026-02-29', undefined],
    ['date', '31.3.2026', '2026-03-31'],
    ['date', '3/4/2026', undefined],
    ['date', '31/3/2026', '2026-03-31'],
    ['date', '24 December 2026', '2026-12-24'],
    ['date', 'Dec 24, 2026', '2026-12-24'],
    ['date', 'the 1st of June 2026', '2026-06-01'],
    ['date', 'soon', undefined],
    ['choice', 'billing', 'billing'],
    ['choice', '2', 'returns'],
    ['choice', 'biling', 'billing'],
    ['choice', 'something with returns', 'returns'],
    ['choice', 'not billing', undefined],
    ['choice', 'billing or returns', undefined],
    ['text', '  hello ', 'hello'],
    ['text', '   ', undefined],
  ])('as %s, “%s” is %j', (as, said, value) => {
    expect(read(as, said)).toBe(value)
  })

  test.each([
    'yes',
    'Yes!',
    'yes please',
    'ok',
    'sure, thanks',
    'yes, connect me',
    '👍',
    'correct',
    'I agree',
    'oh yes',
  ])('“%s” is a yes', (said) => {
    expect(read('yesno', said)).toBe(true)
  })

  test.each([
    'no',
    'no thanks',
    'No, I want to go on here',
    'please don’t',
    'absolutely not',
    'definitely not',
    'not really',
    '👎',
    'yeah no',
    'ok no',
  ])('“%s” is a no', (said) => {
    expect(read('yesno', said)).toBe(false)
  })

  test.each([
    'please cancel that',
    'ok but how much?',
    'ok what does that mean?',
    'no idea',
    'no problem',
    'please explain first',
    'yes but not now',
    'maybe',
  ])('“%s” is neither: nobody is taken to have agreed by a first word', (said) => {
    expect(read('yesno', said)).toBeUndefined()
  })

  test.each([
    ['de', 'bitte nicht', 'no'],
    ['de', 'na klar', 'yes'],
    ['de', 'natürlich nicht', 'no'],
    ['fr', 'oui merci', 'yes'],
    ['fr', 'surtout pas', 'no'],
    ['es', 'claro que no', 'no'],
    ['es', 'sí por favor', 'yes'],
  ])('in %s, “%s” is a %s', (language, said, answer) => {
    expect(shortAnswer(wordsOf(language), said)).toBe(answer)
  })
})

describe('What is known already', () => {
  const flowWith = (data: object) =>
    draw(
      {
        start: ['start'],
        amount: ['ask', { text: 'How much?', variable: 'amount', as: 'number', ...data }],
        chat: ['listen'],
        note: ['ticket', { text: 'Write to us.', replyWithin: '1d' }],
        end: ['close'],
      },
      [
        'start.next > amount',
        'amount.answered > chat',
        'amount.failed > note',
        'note.created > end',
        'chat.done > end',
      ],
      { amount: { type: 'number' } },
    )
  const begun = (data: object, opening: Partial<Opening>): Stepped => start(flowWith(data), { id: 'c', ...opening }, 0)
  const vars = ({ snapshot }: Stepped) => snapshot.machine.context.vars

  test('is not asked', () => {
    const told = begun({ check: 'value > 0' }, { customer: { amount: 42 } })
    expect(told.snapshot.state).toBe('bot.chat')
    expect(vars(told)).toEqual({ amount: 42 })
    expect(told.messages).toEqual([])
  })

  test('is asked where it is no answer that the question would accept', () => {
    const asked = (told: Stepped) => [told.snapshot.state, told.messages.map(({ text }) => text)]
    const asks = ['bot.amount', ['How much?']]
    expect(asked(begun({ check: 'value > 0' }, { customer: { amount: -5 } }))).toEqual(asks)
    expect(asked(begun({ check: 'value > 0' }, { variables: { amount: -5 } }))).toEqual(asks)
    expect(asked(begun({}, { customer: { amount: 'a lot' } }))).toEqual(asks)
  })

  test('is kept as the answer would be', () => {
    expect(vars(begun({}, { customer: { amount: '€ 30' } }))).toEqual({ amount: 30 })
  })

  test.each([2, 1])('is heard in words that are no answer, without asking again: %i tries', (attempts) => {
    const flow = flowWith({ attempts })
    const said = { type: 'customer.message', text: 'what we talked about', nlu: { entities: { amount: 42 } } } as const
    const told = step(flow, start(flow, { id: 'c' }, 0).snapshot, said, 0)
    expect(told.snapshot.state).toBe('bot.chat')
    expect(vars(told)).toEqual({ amount: 42 })
    expect(told.messages).toEqual([])
  })
})
