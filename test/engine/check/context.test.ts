import { describe, expect, test } from 'vitest'
import { support } from './drawn.ts'
import { found } from './found.ts'

const requiring = (...fields: readonly string[]) =>
  ({
    desk: ['queue', { team: 'desk', text: 'Number {{ queue.position }}, about {{ queue.eta }}.', requires: fields }],
  }) as const
const desk = {
  without: ['size.case:vip'],
  with: ['size.case:vip > desk', 'desk.accepted > person', 'desk.timeout > note', 'desk.empty > note'],
}
const messages = (flow: ReturnType<typeof support>) => found(flow, 'context').map((each) => [each.node, each.message])

describe('A queue that requires something', () => {
  test('is content with what every drawn way there asks for, and with what profiles tell', () => {
    expect(messages(support(requiring('orderNumber', 'name', 'customerNumber'), desk))).toEqual([])
  })

  test('is named where a drawn way comes without it, with a conversation that does', () => {
    const flow = support(requiring('orderNumber'), {
      without: [...desk.without, 'hello.next'],
      with: [...desk.with, 'hello.next > size'],
    })
    expect(found(flow, 'context')).toMatchObject([
      { node: 'desk', severity: 'warning', confirmed: true, path: [{ state: 'queued.desk' }] },
    ])
    expect(messages(flow)).toEqual([['desk', expect.stringContaining('not every way there asks for it')]])
  })

  test('is named where nothing asks for it, or where it is misspelt', () => {
    expect(messages(support(requiring('amount'), desk, { amount: { type: 'number' } }))).toEqual([
      ['desk', expect.stringContaining('nothing on the way')],
    ])
    expect(messages(support(requiring('orderNumbr'), desk))).toEqual([
      ['desk', expect.stringContaining('did you mean “orderNumber”?')],
    ])
  })

  test('does not count whom a trigger takes away before their turn to answer: the person is shown what is missing', () => {
    expect(
      messages(
        support(requiring('orderNumber'), {
          without: [...desk.without, 'wants.fired'],
          with: [...desk.with, 'wants.fired > desk'],
        }),
      ),
    ).toEqual([])
  })
})
