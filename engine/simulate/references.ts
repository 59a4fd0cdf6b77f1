/**
 * What a file of scenarios says about itself: names of their own, agents who are there, and a step before what is
 * expected of it. Read from what can be read, so that these faults are told together with all others.
 */
import { z } from 'zod'
import { didYouMean } from '../expression/nearest.ts'
import { pointer, type Fault } from '../flow/fault.ts'

const named = z.object({ name: z.string().optional().catch(undefined) })
const readable = z.object({
  last: z.string().optional().catch(undefined),
  agents: z.array(z.object({ id: z.string().catch('') }).catch({ id: '' })).catch([]),
  steps: z.array(z.record(z.string(), z.unknown()).catch({})).catch([]),
})
type Readable = z.output<typeof readable>

export function referenceFaults(input: unknown): readonly Fault[] {
  const { scenarios } = z
    .object({ scenarios: z.array(z.unknown()).catch([]) })
    .catch({ scenarios: [] })
    .parse(input)
  const names = scenarios.map((each) => named.catch({}).parse(each).name)
  return scenarios.flatMap((scenario, index) => {
    const at = (path: readonly PropertyKey[], message: string): Fault => ({
      pointer: pointer(['scenarios', index, ...path]),
      node: null,
      message,
    })
    const { agents, last, steps } = readable.catch({ agents: [], steps: [] }).parse(scenario)
    const ids = agents.map((each) => each.id)
    const name = names[index]
    return [
      ...(name !== undefined && names.indexOf(name) < index
        ? [at(['name'], `“${name}” is used twice; give each scenario its own name`)]
        : []),
      ...ids.flatMap((id, place) =>
        id !== '' && ids.indexOf(id) < place
          ? [at(['agents', place, 'id'], `“${id}” is used twice; give each agent an id of their own`)]
          : [],
      ),
      ...(last === undefined || ids.includes(last) ? [] : [at(['last'], notThere(last, ids))]),
      ...steps.flatMap((step, place) => [
        ...(['agent', 'server'] as const).flatMap((who) =>
          strangers(step[who], ids).map(({ does, message }) => at(['steps', place, who, does], message)),
        ),
        ...expectedTooEarly(steps, place, at),
      ]),
    ]
  })
}

interface Stranger {
  readonly does: string
  readonly message: string
}

const namesAnAgent: ReadonlySet<string> = new Set([
  'accepts',
  'declines',
  'goesOnline',
  'goesOffline',
  'offers',
  'takesBack',
  'loses',
])

function strangers(doing: unknown, ids: readonly string[]): readonly Stranger[] {
  if (typeof doing !== 'object' || doing === null) return []
  return Object.entries(doing).flatMap(([does, id]) => {
    if (!namesAnAgent.has(does) || typeof id !== 'string' || ids.includes(id)) return []
    return [{ does, message: notThere(id, ids) }]
  })
}

function notThere(id: string, ids: readonly string[]): string {
  const cure = ids.length === 0 ? 'add them under "agents"' : didYouMean(id, ids)
  return `“${id}” is not among the scenario’s agents; ${cure}`
}

function expectedTooEarly(
  steps: Readable['steps'],
  index: number,
  at: (path: readonly PropertyKey[], message: string) => Fault,
): readonly Fault[] {
  const expected = steps[index]?.['expect']
  if (typeof expected !== 'object' || expected === null || !('refused' in expected)) return []
  const before = steps[index - 1]
  return before === undefined || 'expect' in before
    ? [
        at(
          ['steps', index, 'expect', 'refused'],
          '“refused” speaks of the step just before it; put it right after the step that is to be refused',
        ),
      ]
    : []
}
