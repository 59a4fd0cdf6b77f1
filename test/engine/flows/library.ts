/**
 * The ready flows of `flows/` with their scenarios, and a scenario played step by step. They are read by name: what
 * somebody has saved beside them is not ours to test.
 */
import { readFileSync } from 'node:fs'
import { kindOf, parseFlow, Refusal, type Fault, type Flow } from '#engine/index.ts'
import { perform } from '#engine/simulate/perform.ts'
import { optionsOf } from '#engine/simulate/run.ts'
import { parseScenarios, type Scenario } from '#engine/simulate/scenario.ts'
import type { SimulationOptions } from '#engine/simulate/setting.ts'
import { simulate, type Simulation } from '#engine/simulate/simulation.ts'

const folder = new URL('../../../flows/', import.meta.url)
const FLOW = '.flow.json'
const SCENARIOS = '.scenarios.json'

export interface Ready {
  readonly id: string
  readonly flow: Flow
  readonly scenarios: readonly Scenario[]
}

/** The flows of the six industries. */
export const ready = ['banking', 'ecommerce', 'healthcare', 'helpdesk', 'real-estate', 'travel'].map(readReady)
/** The flow of the first steps: small, and open at any hour. */
export const hello = readReady('hello')

function readReady(id: string): Ready {
  return { id, flow: readFlow(id), scenarios: readScenarios(id) }
}

function readFlow(id: string): Flow {
  const parsed = parseFlow(readJson(`${id}${FLOW}`))
  if (!parsed.ok) throw malformed(id, parsed.faults)
  return parsed.flow
}

function readScenarios(id: string): readonly Scenario[] {
  const parsed = parseScenarios(readJson(`${id}${SCENARIOS}`))
  if (!parsed.ok) throw malformed(id, parsed.faults)
  if (parsed.file.flow !== id) throw new Error(`${id}${SCENARIOS} is about “${parsed.file.flow}”.`)
  return parsed.file.scenarios
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
}

function malformed(id: string, faults: readonly Fault[]): Error {
  return new Error(`${id}: ${faults.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')}`)
}

/** A scenario to its end, whatever it expects; what is refused changes nothing. `known` is there from the start. */
export function play(
  flow: Flow,
  scenario: Scenario,
  known: Pick<SimulationOptions, 'customer' | 'variables'> = {},
): Simulation {
  const options = optionsOf(scenario)
  const customer = { ...known.customer, ...options.customer }
  const variables = { ...known.variables, ...options.variables }
  return scenario.steps.reduce(
    (simulation, step) => {
      if ('expect' in step) return simulation
      try {
        return perform(simulation, step)
      } catch (error) {
        if (error instanceof Refusal) return simulation
        throw error
      }
    },
    simulate(flow, { ...options, customer, variables }),
  )
}

/** The nodes that a conversation came to, as far as the log has them, and the triggers that fired. */
export function visited({ steps }: Simulation): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ log, snapshot }) => [
      ...log.flatMap((entry) => (entry.kind === 'moved' ? [nodeOf(entry.from ?? ''), nodeOf(entry.to)] : [])),
      snapshot.machine.context.reason?.trigger ?? '',
    ]),
  )
}

const PASSED_THROUGH: ReadonlySet<string> = new Set(['start', 'say', 'branch', 'set', 'hours', 'handback'])

/** The nodes at which a conversation can be met, and the triggers. */
export function meetingPlaces({ nodes }: Flow): readonly string[] {
  return nodes.filter((node) => !PASSED_THROUGH.has(node.type)).map((node) => node.id)
}

export function phaseOf(flow: Flow, id: string): string {
  const node = flow.nodes.find((each) => each.id === id)
  return node === undefined ? '' : kindOf(node).phase
}

function nodeOf(path: string): string {
  return path.split('.')[1] ?? ''
}
