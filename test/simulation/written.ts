/** An event as it was written, read from what `commit_event` was given, and what its snapshot says. */
import { nodeOfState, type Effect, type LogEntry, type Snapshot } from '#engine/index.ts'

/** The places of what `commit_event` is given that the oracle reads: its first are the same in every release. */
export const AT = {
  id: 0,
  base: 1,
  version: 2,
  firstSeq: 4,
  seq: 5,
  epoch: 6,
  now: 8,
  flowVersion: 10,
  snapshot: 11,
  entries: 12,
  key: 36,
  answer: 38,
  jobs: 41,
  handoff: 42,
} as const

export interface Written {
  readonly id: string
  readonly base: number
  readonly before: Snapshot | undefined
  readonly after: Snapshot
  readonly text: string
  readonly entries: readonly LogEntry[]
  readonly key: string | null
  /** To whom it gives work. */
  readonly person: string | null
  readonly does: 'offered' | 'accepts' | null
  readonly jobs: readonly { readonly task: string; readonly key: string; readonly payload: EffectJob }[]
  /** When it is looked whether a page has shown what was said. */
  readonly followUp: number | undefined
  readonly values: readonly unknown[]
}
interface EffectJob {
  readonly conversation: string
  readonly epoch: number
  readonly effect?: Effect
}

export function readWritten(values: readonly unknown[], before: Snapshot | undefined): Written {
  const text = String(values[AT.snapshot])
  // Only `save` of accept.ts writes these, from what the engine made: here and below.
  const entries = JSON.parse(String(values[AT.entries])) as readonly LogEntry[]
  const orNull = (value: unknown): string | null => (value == null ? null : String(value))
  return {
    id: String(values[AT.id]),
    base: Number(values[AT.base]),
    before,
    text,
    after: JSON.parse(text) as Snapshot,
    entries,
    key: orNull(values[AT.key]),
    ...givenBy(entries),
    ...toBeDone(values[AT.jobs]),
    values,
  }
}

function toBeDone(given: unknown): Pick<Written, 'jobs' | 'followUp'> {
  // Only the outbox writes these, and `wrapUpJobs`.
  const all = given == null ? [] : (JSON.parse(String(given)) as readonly (Written['jobs'][number] & { at?: number })[])
  return {
    jobs: all.filter(({ task }) => task !== 'follow-up'),
    followUp: all.findLast(({ task }) => task === 'follow-up')?.at,
  }
}

function givenBy([first]: readonly LogEntry[]): Pick<Written, 'person' | 'does'> {
  if (first?.kind === 'event' && first.event.type === 'agent.accept')
    return { person: first.event.agent, does: 'accepts' }
  if (first?.kind === 'event' && first.event.type === 'offer.made')
    return { person: first.event.agent.id, does: 'offered' }
  return { person: null, does: null }
}

export function readSteps(text: string): readonly { readonly did: string }[] {
  // Only `handoffSteps` writes these.
  return JSON.parse(text) as readonly { readonly did: string }[]
}

/** Whether it is an offer that is to be written. */
export function isOffer(values: readonly unknown[]): boolean {
  const entries = JSON.parse(String(values[AT.entries])) as readonly LogEntry[]
  return givenBy(entries).does === 'offered'
}

/** Whether an event is written with jobs, by what `commit_event` is given. */
export function hasJobs(values: readonly unknown[]): boolean {
  return toBeDone(values[AT.jobs]).jobs.length > 0
}

/** A ticket or a callback of the same phase waits for no person. */
export function waitsOf({ phase, machine, state }: Snapshot): boolean {
  const { waiting } = machine.context
  return phase === 'queued' && waiting?.joined === true && waiting.node === nodeOfState(state)
}
/** Whether it could be offered to anybody who fits: it is kept for nobody, and nobody has let it pass. */
export function mayBeOffered(snapshot: Snapshot): boolean {
  const { waiting } = snapshot.machine.context
  return (
    waitsOf(snapshot) &&
    waiting !== null &&
    !waiting.offered &&
    !waiting.away &&
    waiting.skip.length === 0 &&
    waiting.preferred === null
  )
}

export function holdsOf({ phase, machine }: Snapshot): boolean {
  return phase === 'agentActive' && machine.context.agent !== null
}
