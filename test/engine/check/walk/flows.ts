/** Flows as chance draws them: any kinds, any edges, also those that nobody would draw. */
import fc from 'fast-check'
import { outletsOf, type Flow } from '#engine/index.ts'
import { draw, type Drawn } from '../../draw.ts'

const WEEK = { timezone: 'UTC', week: { mon: [['09:00', '17:00']] } }
const RUNGS = {
  rephrase: { kind: 'rephrase', text: 'In other words?' },
  selfService: { kind: 'selfService', text: 'This may help.' },
  offerHuman: { kind: 'offerHuman', text: 'Shall I bring somebody in?' },
} as const

const rungs = fc.array(fc.constantFrom(...Object.values(RUNGS)), { minLength: 1, maxLength: 3 })
const node: fc.Arbitrary<Drawn> = fc.oneof(
  fc.constantFrom<Drawn>(
    ['say', { text: 'Hello.' }],
    ['listen'],
    ['listen', { intents: [{ id: 'a' }, { id: 'b' }] }],
    ['ask', { text: '?', variable: 'v', as: 'text' }],
    [
      'ask',
      {
        text: '?',
        variable: 'w',
        as: 'choice',
        choices: [
          { id: 'a', label: 'A' },
          { id: 'b', label: 'B' },
        ],
        timeout: '1h',
      },
    ],
    ['branch', { cases: [{ id: 'a', label: 'A', when: 'vars.v == "a"' }] }],
    ['branch', { cases: [] }],
    ['set', { assign: [{ variable: 'v', value: '"a"' }] }],
    ['call', { method: 'GET', url: 'https://shop.example' }],
    ['call', { method: 'POST', url: 'https://shop.example' }],
    ['wait', { for: '5m' }],
    ['hours', { schedule: WEEK }],
    ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
    ['trigger', { signals: [{ signal: 'turns', over: 2 }] }],
    ['queue', { team: 'a', text: 'Wait.' }],
    ['queue', { team: 'b', text: 'Wait.', maxWaiting: 2, botHelps: true, sla: { firstResponse: '1m' } }],
    ['ticket', { text: 'Leave a note.', replyWithin: '1d' }],
    ['callback', { text: 'When?', schedule: WEEK }],
    ['agent'],
    ['handback', {}],
    ['handback', { resume: 'next' }],
    ['survey', { text: 'How was it?' }],
    ['close'],
  ),
  rungs.map((each): Drawn => ['ladder', { rungs: each }]),
)

/** Ten nodes at most beside the start; of ten outlets three lead nowhere. */
export const randomFlow: fc.Arbitrary<Flow> = fc
  .record({
    nodes: fc.array(node, { minLength: 1, maxLength: 10 }),
    targets: fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 60, maxLength: 60 }),
    leads: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 60, maxLength: 60 }),
  })
  .map(({ nodes, targets, leads }) => {
    const drawn: Record<string, Drawn> = {
      start: ['start'],
      ...Object.fromEntries(nodes.map((each, index) => [`n${index}`, each])),
    }
    const bare = draw(drawn, [], VARIABLES)
    const ends = bare.nodes.filter(({ type }) => type !== 'start' && type !== 'trigger').map(({ id }) => id)
    const outlets = bare.nodes.flatMap((each) => outletsOf(each).map((outlet) => `${each.id}.${outlet.id}`))
    const edges = outlets.flatMap((outlet, index) => {
      const end = ends[(targets[index % targets.length] ?? 0) % Math.max(1, ends.length)]
      return end === undefined || (leads[index % leads.length] ?? 0) < 3 ? [] : [`${outlet} > ${end}`]
    })
    return draw(drawn, edges, VARIABLES)
  })

const VARIABLES = { v: { type: 'text' }, w: { type: 'choice' } }
