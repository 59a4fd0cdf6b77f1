/** The small flow of the other tests, with people who work for it. */
import type { SimulationOptions } from '#engine/simulate/index.ts'
import { draw, support, supportEdges, supportNodes } from '../draw.ts'

export const flow = support()

/** The same, where the queue goes another way when nobody is there, and asks for less with time. */
export const staffed = draw(
  {
    ...supportNodes,
    billing: [
      'queue',
      {
        team: 'billing',
        skills: { french: 5 },
        text: 'Number {{ queue.position }}.',
        maxWait: '10m',
        relax: [{ after: '2m', drop: ['french'] }],
      },
    ],
    closed: ['say', { text: 'Nobody is here now.' }],
  },
  [...supportEdges, 'billing.empty > closed', 'closed.next > note'],
  { orderNumber: { type: 'text' } },
)

export const people = {
  agents: [
    { id: 'sarah', name: 'Sarah', teams: ['billing'] },
    { id: 'tom', name: 'Tom', teams: ['vip'] },
  ],
} as const satisfies SimulationOptions

/** A flow that calls a service. */
export const calling = draw(
  {
    start: ['start'],
    look: ['call', { method: 'GET', url: 'https://orders.example/1', save: 'order' }],
    found: ['say', { text: 'It is {{ vars.order.state }}.' }],
    lost: ['say', { text: 'I cannot see it.' }],
    chat: ['listen'],
    wants: ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
    note: ['ticket', { text: 'Leave a note.', replyWithin: '1d' }],
    bye: ['close'],
  },
  [
    'start.next > look',
    'look.ok > found',
    'look.failed > lost',
    'found.next > chat',
    'lost.next > chat',
    'wants.fired > note',
    'note.created > bye',
  ],
  { order: { type: 'map' } },
)
