/**
 * Runs a scenario in memory, in a few milliseconds.
 *
 * Law 1: a step that the conversation refuses fails the scenario, unless the next step expects that refusal.
 * Law 2: a refusal that is expected and does not come fails it too.
 * Law 3: the first step that fails ends the run: what comes after would only repeat it.
 */
import { didYouMean } from '../expression/nearest.ts'
import type { WayOut } from '../compile/config.ts'
import type { Flow } from '../flow/parse.ts'
import { milliseconds } from '../flow/values.ts'
import { Refusal, type RefusalCode } from '../step/result.ts'
import { differences, type Difference } from './expect.ts'
import { perform, type ScenarioDoing } from './perform.ts'
import type { Scenario, ScenarioStep } from './scenario.ts'
import { givenOf } from './given.ts'
import type { SimulationOptions } from './setting.ts'
import { simulate, type Simulation } from './simulation.ts'

export interface Failure extends Difference {
  /** The index of the step, from 0; -1 when it failed before the first. */
  readonly step: number
}

/** What one step of a scenario did; expectations do nothing. */
export interface Traced {
  /** -1 is the start. */
  readonly step: number
  readonly doing: ScenarioDoing | null
  /** The virtual clock, epoch ms. */
  readonly at: number
  readonly state: string
  readonly owner: string
  readonly said: readonly string[]
  /** Where it came through, one entry for each event that happened: what `coverageOf` counts. */
  readonly passed: readonly { readonly state: string; readonly ways: readonly WayOut[] }[]
  readonly timers: readonly { readonly id: string; readonly left: number }[]
  readonly refused?: { readonly code: RefusalCode; readonly message: string }
}

export interface ScenarioResult {
  readonly name: string
  readonly passed: boolean
  readonly failures: readonly Failure[]
  readonly trace: readonly Traced[]
}

/** @param flow a flow, or a flow document as it was read from a file. @throws FlowFaults when it is malformed */
export function runScenario(flow: object, scenario: Scenario): ScenarioResult {
  const trace: Traced[] = []
  const end = (failures: readonly Failure[]): ScenarioResult => ({
    name: scenario.name,
    passed: failures.length === 0,
    failures,
    trace,
  })
  let simulation: Simulation
  try {
    simulation = simulate(flow, optionsOf(scenario))
  } catch (error) {
    return end([fault(-1, 'start', refusalIn(error).message)])
  }
  const strangers = unknownNodes(simulation.flow, scenario)
  if (strangers.length > 0) return end(strangers)
  trace.push(traced(-1, null, simulation))
  let said = simulation.messages.map((each) => each.text)
  let refusal: Refusal | undefined
  for (const [index, step] of scenario.steps.entries()) {
    if ('expect' in step) {
      const failures = differences(step.expect, { simulation, said, refusal })
      if (failures.length > 0) return end(failures.map((each) => ({ step: index, ...each })))
      said = []
      refusal = undefined
      continue
    }
    const outcome = attempt(() => perform(simulation, step))
    if (outcome instanceof Refusal) {
      refusal = outcome
      trace.push({ ...traced(index, step, simulation, []), refused: { code: outcome.code, message: outcome.message } })
      if (!expectsRefusal(scenario.steps[index + 1])) return end([unexpected(outcome, index)])
    } else {
      refusal = undefined
      simulation = outcome
      said = [...said, ...simulation.messages.map((each) => each.text)]
      trace.push(traced(index, step, simulation))
    }
  }
  return end([])
}

/** The simulation in which a scenario plays. */
export function optionsOf({ at, agents, queues, ...rest }: Scenario): SimulationOptions {
  return {
    customer: rest.customer,
    variables: rest.variables,
    language: rest.language,
    channel: rest.channel,
    page: rest.page,
    last: rest.last,
    schedules: rest.schedules,
    calls: rest.calls,
    offers: rest.offers,
    ...(rest.given === undefined ? {} : { given: givenOf(rest.given) }),
    ...(at === undefined ? {} : { at: Date.parse(at) }),
    agents: (agents ?? []).map((each) => ({ ...each, name: each.name ?? each.id })),
    queues: Object.fromEntries(
      Object.entries(queues ?? {}).map(([team, { position, eta, within, waiting }]) => [
        team,
        {
          position,
          waiting,
          eta: eta == null ? null : milliseconds(eta),
          within: within == null ? null : milliseconds(within),
        },
      ]),
    ),
  }
}

function attempt(doing: () => Simulation): Simulation | Refusal {
  try {
    return doing()
  } catch (error) {
    return refusalIn(error)
  }
}

/** A clock that is turned back is told like a refusal; what else is thrown is a fault of ours. */
function refusalIn(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof RangeError) return new Refusal('not-expected', error.message)
  throw error
}

function unexpected({ code, message }: Refusal, step: number): Failure {
  return fault(step, 'refused', `the step was refused (${code}): ${message}`, code)
}

function expectsRefusal(step: ScenarioStep | undefined): boolean {
  return step !== undefined && 'expect' in step && step.expect.refused !== undefined
}

function unknownNodes({ nodes }: Flow, { calls }: Scenario): readonly Failure[] {
  const ids = nodes.map((each) => each.id)
  return Object.keys(calls ?? {})
    .filter((id) => !ids.includes(id))
    .map((id) =>
      fault(-1, 'calls', `“calls” answers for “${id}”, which is no node of the flow; ${didYouMean(id, ids)}`),
    )
}

function fault(step: number, what: string, message: string, actual: string | null = null): Failure {
  return { step, what, expected: null, actual, message }
}

function traced(
  step: number,
  doing: ScenarioDoing | null,
  simulation: Simulation,
  said = simulation.messages.map((each) => each.text),
): Traced {
  const { now, snapshot } = simulation
  return {
    step,
    doing,
    at: now,
    state: snapshot.state,
    owner: snapshot.owner,
    said,
    passed: simulation.steps
      .filter((each) => each.turn === simulation.last.turn)
      .map(({ snapshot: { state }, ways }) => ({ state, ways })),
    timers: snapshot.timers.map(({ id, due }) => ({ id, left: due - now })),
  }
}
