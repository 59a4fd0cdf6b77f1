/**
 * A run of the simulator: what was done (the script), the conversation that came of it, and the step that is shown.
 *
 * Law 1: the conversation is always the script played from its start on the present flow and setting. So a change of
 *   either plays the script again, and a run that is saved gives the same conversation.
 * Law 2: what a replay refuses halts it there and loses nothing: the script stays whole, the next change tries again.
 * Law 3: doing something at an earlier step goes on from there; what came after is given up.
 * Law 4: what the conversation refuses changes nothing but `trouble`, which says why.
 */
import { fromTransition, type ActorRefFrom } from 'xstate'
import { FlowFaults, Refusal } from '#engine/index.ts'
import { simulate, type SimulatedStep, type Simulation, type SimulationOptions } from '#engine/simulate/index.ts'
import { play, waiting, type Doing } from './doing.ts'
import { surrounded } from './surroundings.ts'

/** Why something could not be done. `faults`: the flow cannot be read; all else is the conversation's own answer. */
export type Trouble =
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'halted'; readonly doing: number; readonly message: string }
  | { readonly kind: 'faults'; readonly count: number; readonly message: string }

export interface Run {
  /** The document that is played, as the editor holds it. */
  readonly flow: object
  /** As the designer set them; what is left out is stood in for. */
  readonly options: SimulationOptions
  readonly script: readonly Doing[]
  /** Null while the flow cannot even begin. */
  readonly simulation: Simulation | null
  /** The index of the step that is shown. */
  readonly shown: number
  readonly trouble: Trouble | null
}

export type RunEvent =
  | { readonly type: 'do'; readonly doing: Doing }
  | { readonly type: 'show'; readonly step: number }
  /** Shows how a doing ended; doings count from 1, and 0 is the start. */
  | { readonly type: 'turn.shown'; readonly turn: number }
  | { readonly type: 'restart' }
  | { readonly type: 'flow.changed'; readonly flow: object }
  | { readonly type: 'setting.changed'; readonly options: SimulationOptions }
  | { readonly type: 'opened'; readonly options: SimulationOptions; readonly script: readonly Doing[] }
  | { readonly type: 'trouble.seen' }

export type RunInput = Pick<Run, 'flow' | 'options'> & Partial<Pick<Run, 'script'>>

/** A run as an actor: `createActor(runLogic, { input: { flow, options } })`. */
export const runLogic = fromTransition(
  (run: Run, event: RunEvent): Run => advance(run, event),
  ({ input }: { input: RunInput }) => begun(input),
)
export type RunActor = ActorRefFrom<typeof runLogic>

export function begun({ flow, options, script = [] }: RunInput): Run {
  return played({ flow, options, script, simulation: null, shown: 0, trouble: null })
}

export function advance(run: Run, event: RunEvent): Run {
  switch (event.type) {
    case 'do':
      return done(run, event.doing)
    case 'show':
      return { ...run, shown: Math.min(Math.max(0, Math.trunc(event.step)), lastStep(run.simulation)) }
    case 'turn.shown':
      return { ...run, shown: Math.max(0, run.simulation?.steps.findLastIndex((each) => each.turn <= event.turn) ?? 0) }
    case 'restart':
      return begun({ flow: run.flow, options: run.options })
    case 'flow.changed':
      return event.flow === run.flow ? run : replayed(run, { flow: event.flow })
    case 'setting.changed':
      return replayed(run, { options: event.options })
    case 'opened':
      return begun({ flow: run.flow, options: event.options, script: event.script })
    case 'trouble.seen':
      return run.trouble === null ? run : { ...run, trouble: null }
    default:
      return event satisfies never
  }
}

/** The conversation as it was at the step that is shown. */
export function shownOf({ simulation, shown }: Run): Simulation | null {
  if (simulation === null || shown >= lastStep(simulation)) return simulation
  return simulation.at(shown)
}

function done(run: Run, doing: Doing): Run {
  if (run.simulation === null) return run
  const from = upToShown(run, run.simulation)
  try {
    const simulation = play(from.simulation, doing)
    return { ...run, script: [...from.script, doing], simulation, shown: lastStep(simulation), trouble: null }
  } catch (error) {
    return { ...run, trouble: { kind: 'refused', message: messageOf(error) } }
  }
}

/**
 * The conversation and the script up to the step that is shown. In the middle of time that passes, it has passed until
 * then; in the middle of what an event brought about at once, all of that has happened.
 */
function upToShown(
  { script, shown }: Run,
  simulation: Simulation,
): { readonly simulation: Simulation; readonly script: readonly Doing[] } {
  const { steps } = simulation
  const step = steps[shown] ?? simulation.last
  const { turn } = step
  if (steps[shown + 1]?.turn !== turn || !isWaiting(script[turn - 1])) {
    return {
      simulation: simulation.at(steps.findLastIndex((each) => each.turn === turn)),
      script: script.slice(0, turn),
    }
  }
  const before = simulation.at(steps.findLastIndex((each) => each.turn < turn))
  const passed = waiting(step.now - before.now)
  return { simulation: play(before, passed), script: [...script.slice(0, turn - 1), passed] }
}

function isWaiting(doing: Doing | undefined): boolean {
  return doing !== undefined && ('clock' in doing || 'until' in doing)
}

/** The script on another flow or setting; the same turn stays in view. */
function replayed(run: Run, change: Partial<Pick<Run, 'flow' | 'options'>>): Run {
  const next = played({ ...run, ...change, simulation: null, trouble: null })
  if (next.simulation === null) return { ...run, ...change, trouble: next.trouble }
  return { ...next, shown: sameStep(run, next.simulation) }
}

function sameStep({ simulation, shown }: Run, next: Simulation): number {
  const old = simulation?.steps[shown]
  if (simulation === null || old === undefined || shown >= lastStep(simulation)) return lastStep(next)
  const within = shown - simulation.steps.findIndex((each) => each.turn === old.turn)
  const first = next.steps.findIndex((each) => each.turn === old.turn)
  const last = next.steps.findLastIndex((each: SimulatedStep) => each.turn === old.turn)
  return first < 0 ? lastStep(next) : Math.min(first + within, last)
}

/** Plays the script as far as it goes. */
function played(run: Run): Run {
  let simulation: Simulation
  try {
    simulation = simulate(run.flow, surrounded(run.flow, run.options))
  } catch (error) {
    return { ...run, simulation: null, shown: 0, trouble: troubleOf(error) }
  }
  let trouble: Trouble | null = null
  for (const [index, doing] of run.script.entries()) {
    try {
      simulation = play(simulation, doing)
    } catch (error) {
      trouble = { kind: 'halted', doing: index, message: messageOf(error) }
      break
    }
  }
  return { ...run, simulation, shown: lastStep(simulation), trouble }
}

/** The index of the last step; 0 while there is none. */
export function lastStep(simulation: Simulation | null): number {
  return simulation === null ? 0 : simulation.steps.length - 1
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof FlowFaults)
    return { kind: 'faults', count: error.faults.length, message: error.faults[0]?.message ?? '' }
  return { kind: 'refused', message: messageOf(error) }
}

/** What else is thrown is a fault of ours and not to be hidden. */
function messageOf(error: unknown): string {
  if (error instanceof Refusal || error instanceof RangeError) return error.message
  throw error
}
