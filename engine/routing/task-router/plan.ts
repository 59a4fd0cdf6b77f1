/**
 * Targets as queues. Laws:
 * 1. A target that asks for less than the one before it, or opens another team, is a step of the same queue; any other
 *    is a queue of its own, to which the one before it leads.
 * 2. A team that was opened stays open, and needs that were dropped are asked for no more.
 */
import type { Report } from './report.ts'
import type { Target } from './targets.ts'

export interface PlannedQueue {
  readonly path: readonly PropertyKey[]
  readonly team: string
  readonly priority: number
  readonly skills: Readonly<Record<string, number>>
  readonly language: string | null
  readonly prefer: Readonly<Record<string, number>>
  /** Seconds for which whoever helped last is waited for. */
  readonly sameAgent: number | null
  readonly relax: readonly Relaxation[]
  /** Seconds until it goes on; null: it stays. */
  readonly lasts: number | null
  readonly skip: Target['skip']
}

export interface Relaxation {
  readonly after: number
  readonly drop: readonly string[]
  readonly lower: Readonly<Record<string, number>>
  readonly teams: readonly string[]
}

/** As long as TaskRouter keeps a task that nothing ends, in seconds. */
export const A_DAY = 86_400

/** As long as a queue waits that goes on unless somebody takes the conversation at once, in seconds. */
export const AT_ONCE = 1

/** The queues that a conversation comes through, one after the other. */
export function planQueues(targets: readonly Target[], report: Report): readonly PlannedQueue[] {
  const reached = reachedOf(targets, report)
  const queues: PlannedQueue[] = []
  for (let index = 0; index < reached.length;) {
    const { queue, taken } = planned(reached.slice(index), report)
    queues.push(queue)
    index += taken
  }
  return queues
}

/** Targets behind one that nothing leads on from are never come to. */
function reachedOf(targets: readonly Target[], report: Report): readonly Target[] {
  const last = targets.findIndex(({ timeout, skip }) => timeout === null && skip === 'never')
  const unreached = last < 0 ? undefined : targets[last + 1]
  if (unreached === undefined) return targets
  report.note(
    unreached.path,
    'Left out: it is never come to, since the target before it has neither “timeout” nor “skip_if”.',
  )
  return targets.slice(0, last + 1)
}

interface Planned {
  readonly queue: PlannedQueue
  /** How many targets it stands for. */
  readonly taken: number
}

function planned([first, ...rest]: readonly Target[], report: Report): Planned {
  if (first === undefined) throw new Error('A queue is planned for one target at least.')
  const sameAgent = first.asked.known === null ? null : waitForKnown(first, report)
  // Who is asked once the known worker is not waited for any more may be asked in the same queue from the start.
  const [second] = rest
  const kept = first.skip === 'unlessAtOnce' ? AT_ONCE : first.timeout
  const isJoined = sameAgent !== null && kept !== null && second !== undefined && isSameQueue(first, second)
  const start = isJoined ? second : first
  const steps = stepsFrom(start, isJoined ? rest.slice(1) : rest, isJoined ? kept : 0, report)
  const queue = {
    path: first.path,
    team: first.team,
    priority: first.priority,
    sameAgent,
    skills: start.asked.skills,
    language: start.asked.language,
    prefer: start.prefer,
    relax: steps.relax,
    lasts: steps.lasts,
    skip: start.skip,
  }
  return { queue, taken: (isJoined ? 2 : 1) + steps.taken }
}

function waitForKnown({ path, asked: { known }, timeout, skip }: Target, report: Report): number {
  report.note(
    path,
    `Whoever helped this customer last is asked first and waited for while online; “${known}” is not read.`,
  )
  return skip === 'unlessAtOnce' ? AT_ONCE : (timeout ?? A_DAY)
}

function isSameQueue(one: Target, other: Target): boolean {
  return one.team === other.team && one.priority === other.priority && other.asked.known === null
}

/** The targets that are steps of the queue which `start` begins. */
function stepsFrom(start: Target, followers: readonly Target[], kept: number, report: Report) {
  const relax: Relaxation[] = []
  const teams = new Set([start.team])
  let [current, after, taken] = [start, kept, 0]
  for (const next of followers) {
    if (current.timeout === null || !isRelaxed(current, next)) break
    after += current.timeout
    const step = relaxation(current, next, after, teams)
    if (step.teams.length > 0) {
      const stays = `“${start.team}” stays open, where TaskRouter leaves it`
      report.note(next.path, `“${next.team}” helps too from then on; ${stays}.`)
    }
    if (step.drop.length + Object.keys(step.lower).length + step.teams.length > 0) relax.push(step)
    for (const team of step.teams) teams.add(team)
    current = next
    taken++
  }
  const lasts = current.timeout === null ? null : after + current.timeout
  return { relax, lasts, taken }
}

function isRelaxed(one: Target, next: Target): boolean {
  const asksForLess = Object.entries(next.asked.skills).every(
    ([skill, level]) => level <= (one.asked.skills[skill] ?? 0),
  )
  const sameLanguage = next.asked.language === null || next.asked.language === one.asked.language
  const goesOnAlike = one.skip === 'never' && next.skip === 'never' && next.asked.known === null
  return (
    asksForLess && sameLanguage && goesOnAlike && one.priority === next.priority && isEqual(one.prefer, next.prefer)
  )
}

function relaxation(one: Target, next: Target, after: number, open: ReadonlySet<string>): Relaxation {
  const had = Object.entries(one.asked.skills)
  const dropped = had.flatMap(([skill]) => (Object.hasOwn(next.asked.skills, skill) ? [] : [skill]))
  const lowered = Object.entries(next.asked.skills).filter(([skill, level]) => level < (one.asked.skills[skill] ?? 0))
  return {
    after,
    drop: [...dropped, ...(one.asked.language !== null && next.asked.language === null ? ['language'] : [])],
    lower: Object.fromEntries(lowered),
    teams: open.has(next.team) ? [] : [next.team],
  }
}

function isEqual(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean {
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key])
}
