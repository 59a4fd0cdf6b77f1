/** What a customer is told of the hours, in a conversation. */
import { describe, expect, it } from 'vitest'
import { simulate } from '#engine/simulate/index.ts'

const flow = {
  baton: 1,
  id: 'night',
  name: 'Night',
  language: 'en',
  nodes: [
    { id: 'start', type: 'start', data: {} },
    {
      id: 'open',
      type: 'hours',
      data: {
        schedule: {
          timezone: 'Europe/Berlin',
          week: { mon: [['09:00', '17:00']], fri: [['09:00', '17:00']] },
          exceptions: [{ name: 'Summer break', from: '2026-08-03', to: '2026-08-20' }],
        },
      },
    },
    { id: 'closed', type: 'close', data: { text: 'We open again {{ hours.opens }}.' } },
  ],
  edges: [
    { id: 'a', source: 'start', sourceHandle: 'next', target: 'open' },
    { id: 'b', source: 'open', sourceHandle: 'open', target: 'closed' },
    { id: 'c', source: 'open', sourceHandle: 'closed', target: 'closed' },
  ],
}

describe('a customer who comes while it is closed', () => {
  const told = (at: string, language: string, customer: { readonly timezone?: string } = {}) =>
    simulate(flow, { at: Date.parse(at), language, customer }).transcript.at(-1)?.text

  it('is told the next opening in the language of the conversation, past a summer break', () => {
    expect(told('2026-07-31T18:00:00Z', 'en')).toBe('We open again on 21 August at 9:00, Berlin time.')
    expect(told('2026-07-31T18:00:00Z', 'nl')).toBe('We open again op 21 augustus om 9:00 uur, lokale tijd in Berlijn.')
  })

  it('is told the place only where the own clock may show otherwise', () => {
    expect(told('2026-10-01T18:00:00Z', 'en', { timezone: 'Europe/Paris' })).toBe('We open again tomorrow at 9:00.')
    expect(told('2026-10-01T18:00:00Z', 'en', { timezone: 'Asia/Tokyo' })).toBe(
      'We open again tomorrow at 9:00, Berlin time.',
    )
  })
})
