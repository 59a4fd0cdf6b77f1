import { describe, expect, test } from 'vitest'
import { bareReads } from '#engine/check/names/text-reads.ts'
import { draw } from '../draw.ts'
import { support } from './drawn.ts'
import { faulty, found } from './found.ts'

const tell = (text: string) =>
  support(
    { tell: ['say', { text }] },
    { without: ['order.answered'], with: ['order.answered > tell', 'tell.next > size'] },
  )

describe('A text', () => {
  test('may use what was asked for on every way to it', () => {
    expect(faulty(tell('Order {{ vars.orderNumber }}.'), 'unset')).toEqual([])
  })

  test('that uses a variable which some customers come without is found, with a conversation that comes there without', () => {
    const flow = support(
      { tell: ['say', { text: 'Order {{ vars.orderNumber }}.' }] },
      {
        without: ['hello.next', 'order.answered'],
        with: ['hello.next > tell', 'order.answered > tell', 'tell.next > chat'],
      },
    )
    const [problem] = found(flow, 'unset')
    expect(problem).toMatchObject({
      node: 'tell',
      severity: 'warning',
      confirmed: true,
      path: [
        {
          state: 'bot.chat',
          ways: [
            { node: 'start', outlet: 'next' },
            { node: 'hello', outlet: 'next' },
            { node: 'tell', outlet: 'next' },
          ],
        },
      ],
    })
    expect(problem?.message).toMatch(/ask for it on every way there, or write/)
  })

  test('that was emptied on the way is found, and where it is asked for again it is not', () => {
    const emptied = {
      forget: ['set', { assign: [{ variable: 'orderNumber', value: 'null' }] }],
      tell: ['say', { text: '{{ vars.orderNumber }}' }],
    } as const
    const edges = { without: ['order.answered'], with: ['order.answered > forget', 'tell.next > size'] }
    expect(faulty(support(emptied, { ...edges, with: [...edges.with, 'forget.next > tell'] }), 'unset')).toEqual([
      'tell',
    ])
    const again = { ...emptied, again: ['ask', { text: 'Again?', variable: 'orderNumber', as: 'text' }] } as const
    expect(
      faulty(
        support(again, { ...edges, with: [...edges.with, 'forget.next > again', 'again.answered > tell'] }),
        'unset',
      ),
    ).toEqual([])
  })

  test('may use what a value was computed from where that is known', () => {
    const computed = (value: string) =>
      support(
        { sum: ['set', { assign: [{ variable: 'total', value }] }], tell: ['say', { text: '{{ vars.total }}' }] },
        { without: ['order.answered'], with: ['order.answered > sum', 'sum.next > tell', 'tell.next > size'] },
        { total: { type: 'text' } },
      )
    expect(faulty(computed('vars.orderNumber + "!"'), 'unset')).toEqual([])
    expect(faulty(computed('"7"'), 'unset')).toEqual([])
    expect(faulty(computed('customer.name'), 'unset')).toEqual(['tell'])
    expect(faulty(computed('has(customer.name) ? customer.name : "you"'), 'unset')).toEqual([])
  })

  test('behind a branch may use what the case had to know', () => {
    const behind = (when: string) =>
      support(
        {
          size: ['branch', { cases: [{ id: 'vip', label: 'VIP', when }] }],
          tell: ['say', { text: '{{ vars.amount }}' }],
        },
        { without: ['size.case:vip'], with: ['size.case:vip > tell', 'tell.next > chat'] },
        { amount: { type: 'number' } },
      )
    expect(faulty(behind('has(vars.amount)'), 'unset')).toEqual([])
    expect(faulty(behind('has(vars.amount) && vars.amount > 5'), 'unset')).toEqual([])
    expect(faulty(behind('customer.tier == "vip"'), 'unset')).toEqual(['tell'])
  })

  test('names the person only while one holds the conversation', () => {
    const flow = support({
      person: ['agent', { intro: '{{ agent.name }} here.' }],
      back: ['handback', { text: '{{ agent.name }} has left.' }],
      stars: ['survey', { text: 'How was {{ agent.name }}?' }],
    })
    expect(faulty(flow, 'unset')).toEqual(['back', 'stars'])
    expect(found(flow, 'unset').every((each) => each.confirmed)).toBe(true)
  })

  test('names the customer, the opening hours and what the person left only where they can be missing safely', () => {
    expect(faulty(tell('{{ customer.name }}'), 'unset')).toEqual(['tell'])
    expect(faulty(tell('{{ hours.opens }}'), 'unset')).toEqual(['tell'])
    expect(faulty(tell('{{ handoff.note }}'), 'unset')).toEqual(['tell'])
    expect(
      faulty(
        tell(
          '{% if customer.name %}{{ customer.name }}{% endif %}{{ handoff.note | default: "-" }}{{ conversation.id }}',
        ),
        'unset',
      ),
    ).toEqual([])
  })

  test('that goes round without the customer is found all the same, though nobody can play it', () => {
    const flow = draw(
      { start: ['start'], one: ['say', { text: '{{ customer.name }}' }], two: ['say', { text: '…' }] },
      ['start.next > one', 'one.next > two', 'two.next > one'],
    )
    expect(faulty(flow, 'unset')).toEqual(['one'])
  })

  test('in the address of a call is looked at too', () => {
    const call = (url: string) =>
      support(
        { look: ['call', { method: 'GET', url }] },
        { without: ['hello.next'], with: ['hello.next > look', 'look.ok > chat'] },
      )
    expect(faulty(call('https://shop.example/{{ vars.orderNumber }}'), 'unset')).toEqual(['look'])
    expect(faulty(call('https://shop.example/orders'), 'unset')).toEqual([])
  })
})

describe('A condition', () => {
  const decide = (when: string) =>
    support(
      { size: ['branch', { cases: [{ id: 'vip', label: 'VIP', when }] }] },
      { without: ['hello.next'], with: ['hello.next > size'] },
    )

  test('that would say something else than it means while a variable is not known is found', () => {
    expect(faulty(decide('vars.orderNumber != "7"'), 'unset')).toEqual(['size'])
    expect(faulty(decide('!(vars.orderNumber == "7")'), 'unset')).toEqual(['size'])
    expect(faulty(decide('vars.orderNumber.contains("7")'), 'unset')).toEqual(['size'])
  })

  test('that asks first, or simply is not so while it is not known, is not', () => {
    expect(faulty(decide('vars.orderNumber == "7"'), 'unset')).toEqual([])
    expect(faulty(decide('vars.orderNumber in ["7", "8"]'), 'unset')).toEqual([])
    expect(faulty(decide('!has(vars.orderNumber) || vars.orderNumber != "7"'), 'unset')).toEqual([])
  })

  test('over what only the caller brings is the caller’s', () => {
    const flow = support(
      { size: ['branch', { cases: [{ id: 'vip', label: 'VIP', when: 'vars.credit > 5' }] }] },
      {},
      { credit: { type: 'number' } },
    )
    expect(faulty(flow, 'unset')).toEqual([])
  })
})

describe('What a text shows bare', () => {
  test.each([
    ['{{ vars.a }}', ['vars.a']],
    ['{{ vars.a | upcase }}', ['vars.a']],
    ['{{ vars.a | default: "x" }}', []],
    ['{{ vars.a | default: vars.b }}', ['vars.b']],
    ['{{ vars.a.b.c }}', ['vars.a']],
    ['{% if vars.a %}{{ vars.a }}{% endif %}', []],
    ['{% if vars.a %}{% else %}{{ vars.a }}{% endif %}', ['vars.a']],
    ['{% unless vars.a %}x{% else %}{{ vars.a }}{% endunless %}', []],
    ['{% if vars.a == nil %}x{% else %}{{ vars.a }}{% endif %}', []],
    ['{% if vars.a != blank %}{{ vars.a }}{% endif %}', []],
    ['{% if vars.a and vars.b %}{{ vars.a }}{{ vars.b }}{% endif %}', []],
    ['{% if vars.a or vars.b %}{{ vars.a }}{% endif %}', ['vars.a']],
    ['{% if vars.b %}{{ vars.a }}{% endif %}', ['vars.a']],
    ['{% case vars.a %}{% when "x" %}{{ vars.a }}{% endcase %}', []],
    ['{% assign b = vars.a %}{{ b }}', ['vars.a']],
    ['{% assign b = vars.a | default: 1 %}{{ b }}', []],
    ['{% for x in vars.list %}{{ x }}{{ vars.a }}{% endfor %}', ['vars.a']],
    ['no name', []],
    ['{% if vars.a %}{% elsif vars.b %}{{ vars.a }}{{ vars.b }}{% endif %}', ['vars.a']],
  ] as const)('of “%s” is %j', (source, names) => {
    expect(bareReads(source)).toEqual(names)
  })
})

describe('Many gaps', () => {
  test('are all said, and the first of them shown: a check is not kept waiting for the rest', () => {
    const says = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`s${index}`, ['say', { text: '{{ vars.orderNumber }}' }] as const]),
    )
    const flow = support(says, {
      without: ['hello.next'],
      with: [
        'hello.next > s0',
        ...Array.from({ length: 19 }, (_, index) => `s${index}.next > s${index + 1}`),
        's19.next > chat',
      ],
    })
    const problems = found(flow, 'unset')
    expect(problems).toHaveLength(20)
    expect(problems.filter((each) => each.confirmed)).toHaveLength(8)
  })

  test('in a branch that can take no case more are said too', () => {
    const cases = Array.from({ length: 200 }, (_, index) => ({
      id: index === 0 ? 'vip' : `c${index}`,
      label: `${index}`,
      when: `vars.orderNumber != "${index}"`,
    }))
    const flow = support({ size: ['branch', { cases }] }, { without: ['hello.next'], with: ['hello.next > size'] })
    expect(found(flow, 'unset')).toMatchObject([{ node: 'size', confirmed: false }])
  })
})
