import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphOf } from '#engine/check/graph.ts'
import { circles } from '#engine/check/rules/circles.ts'
import { knownAt } from '#engine/check/names/known.ts'
import { compiledFlow } from '#engine/compile/compiled.ts'
import { movesAt } from '#engine/explore/moves.ts'
import { premisesFor } from '#engine/explore/premise.ts'
import { outletsOf, Refusal, type Flow } from '#engine/index.ts'
import { simulate, type Simulation } from '#engine/simulate/index.ts'
import { hello, play, ready } from '../../flows/library.ts'
import { draw, type Drawn } from '../../draw.ts'

const VARIABLES = { a: { type: 'text' }, b: { type: 'number' } }
const node = fc.constantFrom<Drawn>(
  ['say', { text: 'Hello.' }],
  ['listen', { intents: [{ id: 'x' }, { id: 'y' }] }],
  ['ask', { text: '?', variable: 'a', as: 'text' }],
  ['ask', { text: '?', variable: 'b', as: 'number', attempts: 1 }],
  ['set', { assign: [{ variable: 'a', value: '"x"' }] }],
  ['set', { assign: [{ variable: 'a', value: 'null' }] }],
  [
    'set',
    {
      assign: [
        { variable: 'b', value: 'vars.b + 1' },
        { variable: 'a', value: 'vars.b > 3 ? "many" : "few"' },
      ],
    },
  ],
  [
    'branch',
    {
      cases: [
        { id: 'x', label: 'X', when: 'has(vars.a)' },
        { id: 'y', label: 'Y', when: 'vars.b > 3 || vars.a == "x"' },
      ],
    },
  ],
  ['branch', { cases: [{ id: 'x', label: 'X', when: '!has(vars.b)' }] }],
  ['trigger', { signals: [{ signal: 'explicitRequest' }] }],
  ['trigger', { signals: [{ signal: 'value', when: 'vars.b > 3' }] }],
  ['queue', { team: 'desk', text: 'Wait.' }],
  ['agent'],
  ['handback', {}],
  ['handback', { resume: 'next' }],
  ['survey', { text: 'How was it?' }],
  ['close'],
)

/** Ten nodes, each outlet drawn to one of them. */
const flows: fc.Arbitrary<Flow> = fc
  .record({
    nodes: fc.array(node, { minLength: 3, maxLength: 10 }),
    targets: fc.array(fc.nat(99), { minLength: 40, maxLength: 40 }),
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
      outlets.map((outlet, index) => `${outlet} > ${ends[(targets[index % targets.length] ?? 0) % ends.length]}`),
      VARIABLES,
    )
  })

/** What happens to a conversation in which chance chooses among what may be done. */
function wander(flow: Flow, choices: readonly number[]): Simulation | undefined {
  const compiled = compiledFlow(flow)
  const [premise] = premisesFor(compiled, [])
  if (premise === undefined) return undefined
  const begun = played(() => simulate(flow))
  return (
    begun &&
    choices.reduce<Simulation>((simulation, choice) => {
      const moves = movesAt(compiled, simulation, premise)
      const move = moves[choice % Math.max(1, moves.length)]
      return move === undefined ? simulation : (played(() => move.play(simulation, () => undefined)) ?? simulation)
    }, begun)
  )
}

function played(play: () => Simulation): Simulation | undefined {
  try {
    return play()
  } catch (error) {
    if (error instanceof Refusal || error instanceof RangeError) return undefined
    throw error
  }
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined && value !== ''

describe('What is said to be known', () => {
  test('1. is known wherever a conversation rests, in random flows that chance walks through', () => {
    fc.assert(
      fc.property(flows, fc.array(fc.nat(50), { maxLength: 15 }), (flow, choices) => {
        const compiled = compiledFlow(flow)
        const graph = graphOf(compiled)
        // A flow that goes round without the customer is an error of its own.
        fc.pre(circles.find({ compiled, graph, pointerOf: () => '', paths: false, pathTo: () => ({}) }).length === 0)
        const known = knownAt(compiled, graph)
        const takesBack = new Set(
          flow.nodes.flatMap((each) => (each.type === 'set' ? each.data.assign.map(({ variable }) => variable) : [])),
        )
        for (const {
          snapshot: {
            state,
            machine: { context },
          },
        } of wander(flow, choices)?.steps ?? []) {
          const at = state.slice(state.indexOf('.') + 1)
          for (const name of ['a', 'b']) {
            const isClaimed = known.surely(at, `vars.${name}`) || (!takesBack.has(name) && known.at(at, `vars.${name}`))
            if (isClaimed) expect(isThere(context.vars[name]), `${name} at ${state}`).toBe(true)
          }
          if (known.at(at, 'agent.name')) expect(context.agent).not.toBeNull()
          // Law 4: a handback takes the reason back, and what it comes back to may have had one.
          if (known.at(at, 'handoff.reason') && !flow.nodes.some(({ type }) => type === 'handback'))
            expect(context.reason).not.toBeNull()
        }
      }),
      { numRuns: 80 },
    )
  })

  test.each(
    [...ready, hello].flatMap(({ id, flow, scenarios }) =>
      scenarios.map((scenario) => ({ id, flow, scenario, name: scenario.name })),
    ),
  )('2. is known whenever $id plays “$name”', ({ flow, scenario }) => {
    const compiled = compiledFlow(flow)
    const known = knownAt(compiled, graphOf(compiled))
    for (const {
      snapshot: {
        state,
        machine: { context },
      },
    } of play(flow, scenario).steps) {
      const at = state.slice(state.indexOf('.') + 1)
      for (const name of Object.keys(flow.variables))
        if (known.at(at, `vars.${name}`)) expect(isThere(context.vars[name]), `${name} at ${state}`).toBe(true)
      if (known.at(at, 'agent.name')) expect(context.agent).not.toBeNull()
    }
  })
})
