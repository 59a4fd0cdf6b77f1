import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check, outletsOf, replay, type Flow } from '#engine/index.ts'
import { draw, type Drawn } from '../draw.ts'

const VARIABLES = { a: { type: 'text' }, b: { type: 'number' } }
const node = fc.constantFrom<Drawn>(
  ['say', { text: 'Hello {{ vars.a }} {{ customer.name }}.' }],
  ['listen', { intents: [{ id: 'x' }, { id: 'y' }] }],
  ['wait', { for: '5m' }],
  ['ask', { text: '{{ vars.b }}?', variable: 'a', as: 'text' }],
  ['ask', { text: '?', variable: 'b', as: 'number', attempts: 1, check: 'value > vars.b' }],
  ['set', { assign: [{ variable: 'a', value: 'null' }] }],
  ['set', { assign: [{ variable: 'b', value: 'vars.b + 1' }] }],
  ['call', { method: 'GET', url: 'https://shop.example/{{ vars.a }}', save: 'a' }],
  [
    'branch',
    {
      cases: [
        { id: 'x', label: 'X', when: 'vars.a != "q"' },
        { id: 'y', label: 'Y', when: 'vars.b > 3 || vars.a == "x"' },
      ],
    },
  ],
  ['branch', { cases: [{ id: 'x', label: 'X', when: '!has(vars.b)' }] }],
  ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
  ['trigger', { signals: [{ signal: 'value', when: 'vars.b > 3' }] }],
  ['trigger', { signals: [{ signal: 'botSilent' }] }],
  [
    'ladder',
    {
      rungs: [
        { kind: 'rephrase', text: '{{ vars.a }}' },
        { kind: 'offerHuman', text: 'A colleague?' },
      ],
    },
  ],
  ['queue', { team: 'desk', text: 'Wait {{ vars.a }}.', requires: ['a', 'bb'], priority: 'vars.b > 3 ? 4 : 2' }],
  ['ticket', { text: 'A note, {{ vars.a }}?', replyWithin: '1d' }],
  ['agent', { intro: '{{ agent.name }}' }],
  ['handback', { text: '{{ agent.name }} {{ vars.a }} {{ handoff.reason }}' }],
  ['handback', { resume: 'next' }],
  ['survey', { text: '{{ vars.a }}' }],
  ['close', { text: '{{ vars.b }}' }],
)

/** Up to ten nodes that say and decide by what may not be known; of nine outlets one leads nowhere. */
const flows: fc.Arbitrary<Flow> = fc
  .record({
    nodes: fc.array(node, { minLength: 3, maxLength: 10 }),
    targets: fc.array(fc.nat(99), { minLength: 60, maxLength: 60 }),
  })
  .map(({ nodes, targets }) => {
    const drawn: Record<string, Drawn> = {
      start: ['start'],
      ...Object.fromEntries(nodes.map((each, index) => [`n${index}`, each])),
      rest: ['listen'],
    }
    const ends = Object.entries(drawn)
      .filter(([, [type]]) => type !== 'start' && type !== 'trigger')
      .map(([id]) => id)
    const outlets = draw(drawn, [], VARIABLES).nodes.flatMap((each) =>
      outletsOf(each).map((outlet) => `${each.id}.${outlet.id}`),
    )
    return draw(
      drawn,
      outlets.flatMap((outlet, index) =>
        index % 9 === 8 ? [] : [`${outlet} > ${ends[(targets[index % targets.length] ?? 0) % ends.length]}`],
      ),
      VARIABLES,
    )
  })

test('Whatever is drawn is checked, and every conversation that comes with a problem plays: where a gap is confirmed, the value is not there', () => {
  fc.assert(
    fc.property(flows, (flow) => {
      for (const { rule, node: at, message, path, confirmed } of check(flow)) {
        if (path === undefined) continue
        const {
          state,
          machine: {
            context: { vars },
          },
        } = replay(flow, 0, path).snapshot
        expect(state).toBe(path.at(-1)?.state)
        const name = /(?:\{\{ |decides by )vars\.(\w+)/.exec(message)?.[1]
        if (rule === 'unset' && confirmed && name !== undefined && state.endsWith(`.${at}`))
          expect(['', null], message).toContain(vars[name] ?? null)
      }
    }),
    { numRuns: 25 },
  )
})
