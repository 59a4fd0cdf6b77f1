/**
 * A conversation's past, event by event: its log replayed by the server's own engine, each event on the version of the
 * flow that ran then. So state, signals, deadlines and the ways taken are those of that moment, not guessed.
 *
 * Law: what is replayed is what the log says; where the two part, that is said and nothing after it is shown.
 */
import { trailOf } from '../simulate/run/trail.ts'
import {
  compiledFlow,
  FlowFaults,
  Refusal,
  replayed,
  startWith,
  versionsIn,
  type Flow,
  type Happened,
  type LogEntry,
  type Stepped,
} from '#engine/index.ts'
import { Simulation, type SimulatedStep } from '#engine/simulate/index.ts'
import { settingOf } from '#engine/simulate/setting.ts'
import type { ShownEntry } from '#ui/answers.ts'
import type { FlowDocument } from '../document/document.ts'

/** An event of the log, and how the conversation stood after it. */
export interface Moment extends Happened {
  /** The entry of the event itself. */
  readonly seq: number
  /** The flow that ran then, and its version. */
  readonly flow: Flow
  readonly version: number
  readonly step: SimulatedStep
}

export interface Past {
  readonly moments: readonly Moment[]
  /** Why it ends before the log does; null when it does not. */
  readonly trouble: Trouble | null
}

export type Trouble =
  /** The log does not begin with the conversation's first event. */
  | { readonly kind: 'trimmed' }
  /** A version of the flow cannot be read. */
  | { readonly kind: 'version'; readonly version: number }
  /** The engine of now does otherwise than the log says, from entry `seq` on. */
  | { readonly kind: 'differs'; readonly seq: number }

/** The versions that a log ran on, in order, the first where it began. @param present the version it runs on now */
export function versionsOf(log: readonly ShownEntry[], present: number): readonly number[] {
  return versionsIn(eventsOf(log), present)
}

/**
 * @param versions the documents of the versions that the log names
 * @param known what was replayed of the same log before, when it was shorter
 */
export function pastOf(
  log: readonly ShownEntry[],
  versions: ReadonlyMap<number, FlowDocument>,
  present: number,
  known: Past = NOTHING,
): Past {
  const events = eventsOf(log)
  if (events[0]?.event.type !== 'conversation.started') return { moments: [], trouble: { kind: 'trimmed' } }
  const [first] = versionsIn(events, present)
  const moments = [...known.moments]
  for (const event of events.slice(moments.length)) {
    const before = moments.at(-1)
    const next = momentAfter(before, event, first, versions)
    if ('kind' in next) return { moments, trouble: next }
    moments.push(next)
    if (next.step.log.some((entry, index) => entry.seq !== event.seq + index) || !isAsLogged(event, next.step))
      return { moments: moments.slice(0, -1), trouble: { kind: 'differs', seq: event.seq } }
  }
  return { moments, trouble: null }
}

/** The conversation as a simulation that ends at a moment, for all that shows one. */
export function simulationAt({ moments }: Past, index: number): Simulation | undefined {
  const [first, ...rest] = moments.slice(0, index + 1)
  if (first === undefined) return undefined
  const { flow } = rest.at(-1) ?? first
  const setting = settingOf(flow, {
    id: first.step.snapshot.conversation,
    at: first.at,
    agents: namedIn(moments).map((agent) => ({ ...agent, teams: [] })),
  })
  return new Simulation({ flow, setting, steps: [first.step, ...rest.map(({ step }) => step)] })
}

/** The moment to which an entry of the log belongs; the last for none. */
export function momentAt({ moments }: Past, seq: number | null): number {
  if (seq === null) return moments.length - 1
  return Math.max(
    0,
    moments.findLastIndex((each) => each.seq <= seq),
  )
}

export interface Lit {
  readonly active: string
  readonly nodes: ReadonlySet<string>
  readonly edges: ReadonlySet<string>
}

/** The way from the start to a moment. */
export function litUpTo(document: FlowDocument, { moments }: Past, index: number): Lit {
  const passed = moments.slice(0, index + 1).map(({ step: { snapshot, ways } }) => ({ state: snapshot.state, ways }))
  const { active, nodes, edges } = trailOf(document, passed)
  return { active, nodes, edges: new Set(edges.keys()) }
}

const NOTHING: Past = { moments: [], trouble: null }

interface Logged extends Happened {
  readonly seq: number
  /** What it brought about, as it was logged: what comes before the next event. */
  readonly brought: readonly ShownEntry[]
}

function eventsOf(log: readonly ShownEntry[]): readonly Logged[] {
  const starts = log.flatMap((entry, index) => (entry.kind === 'event' ? [index] : []))
  return starts.flatMap((start, index) => {
    const entry = log[start]
    if (entry?.kind !== 'event') return []
    const brought = log.slice(start + 1, starts[index + 1] ?? log.length)
    return [{ seq: entry.seq, event: entry.event, at: Date.parse(entry.at), brought }]
  })
}

function momentAfter(
  before: Moment | undefined,
  { event, at, seq }: Logged,
  first: number,
  versions: ReadonlyMap<number, FlowDocument>,
): Moment | Trouble {
  const missing: number[] = []
  const flowOf = (version: number): Flow => {
    const document = versions.get(version)
    if (document === undefined) {
      missing.push(version)
      throw new RangeError(`Version ${version} is not there.`)
    }
    return compiledFlow(document).flow
  }
  try {
    const stepped =
      before === undefined && event.type === 'conversation.started'
        ? startWith(flowOf(first), first, event, at)
        : before && replayed(flowOf, before.step.snapshot, { event, at })
    if (stepped === undefined) return { kind: 'trimmed' }
    const { version } = stepped.snapshot.flow
    return { event, at, seq, version, flow: flowOf(version), step: stepOf(stepped, event, at, before) }
  } catch (error) {
    const [version] = missing
    if (version !== undefined) return { kind: 'version', version }
    if (error instanceof FlowFaults) return { kind: 'version', version: before?.version ?? first }
    if (error instanceof Refusal) return { kind: 'differs', seq }
    throw error
  }
}

function stepOf(
  { snapshot, log, effects, messages, ways }: Stepped,
  event: Happened['event'],
  now: number,
  before: Moment | undefined,
): SimulatedStep {
  const turn = before === undefined ? 0 : before.step.turn + 1
  const standing = { online: [], askedAt: null }
  return {
    turn,
    cause: 'caller',
    doing: { type: 'event', event },
    now,
    snapshot,
    log,
    effects,
    messages,
    ways,
    standing,
  }
}

/** Only the end of a log that was cut may hold less than was brought about. */
function isAsLogged({ brought }: Logged, { log }: SimulatedStep): boolean {
  return brought.every((entry, index) => keyOf(entry) === keyOf(log[index + 1]))
}

function keyOf(entry: ShownEntry | LogEntry | undefined): string {
  if (entry === undefined) return ''
  const { at: _, ...rest } = entry
  return JSON.stringify(rest)
}

/** Everybody whom the log names. */
function namedIn(moments: readonly Moment[]): readonly { readonly id: string; readonly name: string }[] {
  const names = new Map<string, string>()
  for (const { event, step } of moments) {
    if (event.type === 'offer.made') names.set(event.agent.id, event.agent.name)
    const { agent } = step.snapshot.machine.context
    if (agent !== null) names.set(agent.id, agent.name)
  }
  return [...names].map(([id, name]) => ({ id, name }))
}
