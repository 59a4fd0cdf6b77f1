/**
 * The dry run: a past day of a team, replayed as it was and as asked. One at a time, and in slices between which
 * customers get their turn: nobody who chats waits for somebody who plans.
 */
import { setImmediate } from 'node:timers/promises'
import { localToInstant } from '#engine/hours/index.ts'
import { milliseconds } from '#engine/index.ts'
import {
  changeStaff,
  measured,
  paceOf,
  replay,
  type AskedAgent,
  type AskedStaff,
  type DayReport,
  type Goal,
  type Replay,
  type Setting,
  type Staffed,
} from '#engine/routing/staffing/index.ts'
import type { Database } from '../store/database.ts'
import type { Flows } from './flows.ts'
import { asShift, MOST_ARRIVALS, readPastDay, type AskedDay, type ReadDay } from './past-day.ts'
import { RuntimeError } from './runtime.ts'

/** What is asked for. Durations as a person writes them (`"10m"`), times of day as `"09:00"`. */
export interface DryRunAsk {
  /** `2026-11-20`. */
  readonly day: string
  readonly timezone: string
  readonly agents?: readonly (Omit<AskedAgent, 'from' | 'to'> & { readonly from?: string; readonly to?: string })[]
  readonly count?: number
  readonly more?: number
  readonly rules?: {
    readonly policy?: Setting['policy']
    readonly ageing?: string
    readonly maxWait?: string
    readonly relax?: readonly {
      readonly after: string
      readonly drop?: readonly string[]
      readonly lower?: Readonly<Record<string, number>>
      readonly teams?: readonly string[]
    }[]
  }
  readonly handle?: string
  readonly goal?: { readonly share: number; readonly within: string }
  readonly seed?: number
}

/** Times in epoch milliseconds, lengths in milliseconds, shares from 0 to 1. */
export interface DryRun {
  readonly team: string
  readonly day: string
  readonly timezone: string
  readonly from: number
  readonly to: number
  readonly interval: number
  readonly goal: Goal
  readonly handle: { readonly mean: number | null; readonly over: number }
  readonly patience: { readonly mean: number | null; readonly over: number }
  readonly staff: { readonly asItWas: readonly Staffed[]; readonly asAsked: readonly Staffed[] }
  readonly measured: DayReport
  readonly asItWas: DayReport
  readonly asAsked: DayReport
  readonly notes: readonly string[]
}

export interface DryRuns {
  /** Rejects with `invalid`, `not-found`, and with `unavailable` while too many others wait for theirs. */
  run(team: string, ask: DryRunAsk): Promise<DryRun>
}

export interface DryRunDeps {
  readonly database: Database
  readonly flows: Flows
  readonly clock: { now(): number }
}

const INTERVAL = 30 * 60_000
const GOAL = { share: 0.8, within: '20s' }
const SLICE = 5
const MOST_WAITING = 8

export function createDryRuns({ database, flows, clock }: DryRunDeps): DryRuns {
  let tail: Promise<unknown> = Promise.resolve()
  let waiting = 0

  async function run(team: string, ask: DryRunAsk): Promise<DryRun> {
    const asked = dayAsked(team, ask, clock.now())
    const read = await readPastDay(database, flows, asked)
    if (!read)
      throw invalid('/day', `has more than ${MOST_ARRIVALS} arrivals, the most that a dry run takes; choose another`)
    if (!read.exists) {
      const cure = 'GET /v1/queues lists them.'
      throw new RuntimeError('not-found', `There is no team “${team}”, and nobody came for one. ${cure}`)
    }
    const staff = staffAsked(read, asked, ask)
    const { day } = read
    const span = { interval: INTERVAL, goal: goalOf(ask) }
    const setting = { staff: day.staff, policy: read.policy, rules: {}, handle: null, seed: ask.seed ?? 1 }
    const asItWas = await played(replay(day, span, setting))
    const changed = changedBy(ask, setting, staff)
    const pace = paceOf(day)
    return {
      team,
      day: ask.day,
      timezone: ask.timezone,
      from: day.from,
      to: day.to,
      ...span,
      handle: { mean: pace.handle, over: pace.handled },
      patience: { mean: pace.patience, over: pace.impatient },
      staff: { asItWas: read.staff, asAsked: staff },
      measured: measured(day, span),
      asItWas,
      asAsked: changed === undefined ? asItWas : await played(replay(day, span, changed)),
      notes: read.notes,
    }
  }

  return {
    run(team, ask) {
      if (waiting >= MOST_WAITING)
        return Promise.reject(
          new RuntimeError('unavailable', 'Other dry runs are under way; ask again when they have ended.'),
        )
      waiting += 1
      const result = tail.then(() => run(team, ask)).finally(() => (waiting -= 1))
      tail = result.catch(() => undefined)
      return result
    },
  }
}

async function played({ advance, report }: Replay): Promise<DayReport> {
  let until = performance.now() + SLICE
  while (advance(1)) {
    if (performance.now() < until) continue
    await setImmediate()
    until = performance.now() + SLICE
  }
  return report()
}

function dayAsked(team: string, { day, timezone }: DryRunAsk, now: number): AskedDay {
  const from = instant(day, timezone, '00:00')
  if (from >= now) throw invalid('/day', 'has not begun; choose a day that has been')
  return { team, now, from, to: Math.min(instant(day, timezone, '24:00'), now) }
}

function instant(day: string, timezone: string, time: string): number {
  try {
    return localToInstant(timezone, `${day}T${time}`)
  } catch (error) {
    if (error instanceof RangeError) throw invalid('/timezone', 'is no time zone; write one such as “Europe/Berlin”')
    throw error
  }
}

function staffAsked({ staff, known }: ReadDay, day: AskedDay, ask: DryRunAsk): readonly Staffed[] {
  const { agents, count, more } = ask
  const asked: AskedStaff = { agents: agents?.map((each) => onTheDay(each, ask)), count, more }
  const changed = changeStaff({ ...day, staff, known: known.map((agent) => asShift(agent, day.team)) }, asked)
  if (!changed.ok) throw invalid(changed.fault.pointer, changed.fault.message)
  return changed.staff
}

/** With its times of day as instants; a shift that ends before it begins ends on the next day. */
function onTheDay(
  { from, to, ...agent }: NonNullable<DryRunAsk['agents']>[number],
  { day, timezone }: DryRunAsk,
): AskedAgent {
  const begins = from === undefined ? undefined : instant(day, timezone, from)
  const ends = to === undefined ? undefined : instant(overnight(from, to) ? dayAfter(day) : day, timezone, to)
  return {
    ...agent,
    ...(begins === undefined ? {} : { from: begins }),
    ...(ends === undefined ? {} : { to: ends }),
  }
}

/** Times of day such as 09:00 sort as they follow one another. */
function overnight(from: string | undefined, to: string): boolean {
  return from !== undefined && to <= from
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** Undefined when nothing is asked for that would change the replay. */
function changedBy(ask: DryRunAsk, asItWas: Setting, staff: readonly Staffed[]): Setting | undefined {
  const { agents, count, more, rules, handle } = ask
  if ([agents, count, more, rules, handle].every((each) => each === undefined)) return undefined
  const { policy, ageing, maxWait, relax } = rules ?? {}
  return {
    ...asItWas,
    staff: staff.map(({ shift }) => shift),
    policy: policy ?? asItWas.policy,
    handle: handle === undefined ? null : milliseconds(handle),
    rules: {
      ...(ageing === undefined ? {} : { ageing: milliseconds(ageing) }),
      ...(maxWait === undefined ? {} : { maxWait: milliseconds(maxWait) }),
      ...(relax === undefined ? {} : { relax: relax.map(relaxStep) }),
    },
  }
}

type AskedStep = NonNullable<NonNullable<DryRunAsk['rules']>['relax']>[number]

function relaxStep({ after, drop = [], lower = {}, teams = [] }: AskedStep) {
  return { after: milliseconds(after), drop, lower, teams }
}

function goalOf({ goal = GOAL }: DryRunAsk): Goal {
  return { share: goal.share, within: milliseconds(goal.within) }
}

function invalid(pointer: string, message: string): RuntimeError {
  return new RuntimeError('invalid', `The dry run cannot be made: “${pointer.slice(1)}” ${message}.`, [
    { pointer, message },
  ])
}
