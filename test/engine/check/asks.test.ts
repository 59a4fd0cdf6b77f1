import { describe, expect, test } from 'vitest'
import { support } from './drawn.ts'
import { found } from './found.ts'

const choices = [
  { id: 'a', label: 'A' },
  { id: 'b', label: 'B' },
]
/** What is asked between a wish for a person and the queue. */
const between = (...questions: readonly object[]) =>
  support(
    Object.fromEntries(questions.map((data, index) => [`q${index}`, ['ask', { text: '?', ...data }] as const])),
    {
      without: ['wants.fired'],
      with: [
        `wants.fired > q0`,
        ...questions.flatMap((_, index) => [
          `q${index}.answered > ${index + 1 < questions.length ? `q${index + 1}` : 'billing'}`,
        ]),
      ],
    },
    {
      name: { type: 'text' },
      brief: { type: 'text' },
      email: { type: 'email' },
      phone: { type: 'phone' },
      amount: { type: 'number' },
      about: { type: 'choice' },
      more: { type: 'text' },
      wanted: { type: 'yesno' },
    },
  )
const messages = (flow: ReturnType<typeof support>) => found(flow, 'asks').map((each) => [each.node, each.message])

const name = { variable: 'name', as: 'text' }
const brief = { variable: 'brief', as: 'text' }

describe('Who has been promised a person', () => {
  test('may be asked for a name, an email address and what it is about, and whether they want one', () => {
    expect(
      messages(between({ variable: 'wanted', as: 'yesno' }, name, { variable: 'email', as: 'email' }, brief)),
    ).toEqual([])
  })

  test('is not asked for more: the question too many is found, with a conversation that comes to it', () => {
    expect(messages(between({ variable: 'amount', as: 'number' }))).toEqual([
      ['q0', expect.stringContaining('asks for “amount” after')],
    ])
    expect(messages(between({ variable: 'about', as: 'choice', choices }))).toEqual([
      ['q0', expect.stringContaining('about')],
    ])
    expect(messages(between(name, brief, { variable: 'more', as: 'text' }))).toEqual([
      ['q2', expect.stringContaining('as well as')],
    ])
    expect(messages(between({ variable: 'phone', as: 'phone' }))).toEqual([
      ['q0', expect.stringContaining('nobody is to call')],
    ])
    expect(found(between({ variable: 'amount', as: 'number' }), 'asks')).toMatchObject([
      { confirmed: true, path: [{ state: 'bot.chat' }, { state: 'bot.q0' }] },
    ])
  })

  test('may be asked for what the queue says it requires, and for a number where they are called', () => {
    const queue = {
      billing: ['queue', { team: 'billing', text: 'About {{ queue.eta }}.', requires: ['orderNumber'] }],
    } as const
    const required = support(
      { ...queue, q: ['ask', { text: '?', variable: 'orderNumber', as: 'text', choices: undefined }] },
      { without: ['wants.fired'], with: ['wants.fired > q', 'q.answered > billing'] },
    )
    expect(messages(required)).toEqual([])
    const open = ['09:00', '17:00']
    const call = support(
      {
        q: ['ask', { text: '?', variable: 'phone', as: 'phone' }],
        call: ['callback', { text: 'When?', schedule: { timezone: 'UTC', week: { mon: [open] } } }],
      },
      {
        without: ['billing.timeout'],
        with: ['billing.timeout > q', 'q.answered > call', 'call.booked > bye', 'call.declined > note'],
      },
      { phone: { type: 'phone' } },
    )
    expect(messages(call)).toEqual([])
  })

  test('may have been asked for anything before that, by the bot’s own business', () => {
    const flow = support(
      {
        order: ['ask', { text: '?', variable: 'amount', as: 'number' }],
        queueUp: ['say', { text: 'A colleague takes this.' }],
      },
      { without: ['order.answered'], with: ['order.answered > queueUp', 'queueUp.next > billing'] },
      { amount: { type: 'number' } },
    )
    expect(messages(flow)).toEqual([])
  })
})

describe('Nobody is asked for what is known', () => {
  const twice = (second: object) =>
    support(
      { again: ['ask', { text: 'Which?', variable: 'orderNumber', as: 'text', ...second }] },
      { without: ['order.answered'], with: ['order.answered > again', 'again.answered > size'] },
      { other: { type: 'text' } },
    )

  test('a question that everybody comes to with the answer is found: it is never put', () => {
    expect(messages(twice({}))).toEqual([['again', expect.stringContaining('never asked')]])
    expect(messages(twice({ variable: 'other' }))).toEqual([])
  })

  test('a question is kept where some come without the answer, or where it is taken back', () => {
    expect(
      messages(
        support(
          { again: ['ask', { text: 'Which?', variable: 'orderNumber', as: 'text' }] },
          {
            without: ['hello.next', 'order.answered'],
            with: ['hello.next > again', 'order.answered > again', 'again.answered > chat'],
          },
        ),
      ),
    ).toEqual([])
    expect(
      messages(
        support(
          {
            again: ['ask', { text: 'Which?', variable: 'orderNumber', as: 'text' }],
            forget: ['set', { assign: [{ variable: 'orderNumber', value: 'null' }] }],
          },
          {
            without: ['order.answered'],
            with: ['order.answered > again', 'again.answered > forget', 'forget.next > size'],
          },
        ),
      ),
    ).toEqual([])
  })

  test('a ticket that asks again for what the flow has asked everybody is found', () => {
    const flow = support(
      { mail: ['ask', { text: 'Your address?', variable: 'email', as: 'email' }] },
      { without: ['billing.timeout'], with: ['billing.timeout > mail', 'mail.answered > note', 'mail.failed > bye'] },
      { email: { type: 'email' } },
    )
    expect(messages(flow)).toEqual([['note', expect.stringContaining('asks for the email')]])
  })
})
