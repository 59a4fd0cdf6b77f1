/** What a step wants to know of the world: brought from the database when the step asks, and logged with the event. */
import { isOpen, nextOpening, slots } from '#engine/hours/index.ts'
import { eta } from '#engine/routing/index.ts'
import type { Facts, HoursFacts, QueueFacts, Schedule, Snapshot, Want } from '#engine/index.ts'
import type { Database } from '../store/database.ts'
import { queueFigures, type Place } from '../store/queue.ts'
import { waitingOf } from './columns.ts'
import type { Log } from './log.ts'
import { unknownAgent } from './refusals.ts'

export interface World {
  /** The facts for these wants, added to those already known. `snapshot` is where the step would lead. */
  supply(wants: readonly Want[], known: Facts, snapshot: Snapshot, now: number): Promise<Facts>
  /** The place and time of a conversation that waits; for answers that no step wanted them for. */
  queue(snapshot: Snapshot): Promise<Facts>
  /** Rejects with `invalid` and the cure when there is no such agent. */
  requireAgent(id: string): Promise<unknown>
}

export function createWorld(database: Database, clock: { now(): number }, log: Log): World {
  const queueOf = async (team: string, snapshot: Snapshot, now: number): Promise<QueueFacts> => {
    const { ahead, online, capacity, held, handle } = await queueFigures(database, team, placeIn(team, snapshot), now)
    const position = ahead + 1
    return { position, eta: eta({ position, capacity, free: capacity - held, handle }), online }
  }
  return {
    async supply(wants, known, snapshot, now) {
      let facts = known
      for (const want of wants) {
        const { kind, id } = partsOf(want)
        switch (kind) {
          case 'queue':
            facts = { ...facts, queues: { ...facts.queues, [id]: await queueOf(id, snapshot, now) } }
            break
          case 'hours':
            facts = { ...facts, hours: { ...facts.hours, [id]: hoursOf(await scheduleOf(database, log, id), now) } }
            break
          case 'slots':
            facts = { ...facts, slots: { ...facts.slots, [id]: await slotsOf(database, log, id, now) } }
            break
          case 'booked':
            facts = { ...facts, booked: { ...facts.booked, [id]: await timesBooked(database, id, now) } }
            break
          case 'agent':
            facts = { ...facts, agents: { ...facts.agents, [id]: await agentOf(database, id) } }
            break
          default:
            kind satisfies never
        }
      }
      return facts
    },
    async queue(snapshot) {
      const waiting = waitingOf(snapshot)
      return waiting === null ? {} : { queues: { [waiting.team]: await queueOf(waiting.team, snapshot, clock.now()) } }
    },
    requireAgent: (id) => agentOf(database, id),
  }
}

type WantKind = Want extends `${infer Kind}:${string}` ? Kind : never

function partsOf(want: Want): { readonly kind: WantKind; readonly id: string } {
  const colon = want.indexOf(':')
  // A Want is one of the kinds, a colon and an id.
  return { kind: want.slice(0, colon) as WantKind, id: want.slice(colon + 1) }
}

/** Its place when it waits for this team, else the end of the queue. */
function placeIn(team: string, snapshot: Snapshot): Place {
  const { waiting } = snapshot.machine.context
  const id = snapshot.conversation
  return waiting?.team === team
    ? { id, priority: waiting.priority, since: waiting.since }
    : { id, priority: 0, since: Number.MAX_SAFE_INTEGER }
}

async function scheduleOf(database: Database, log: Log, id: string): Promise<Schedule | undefined> {
  const row = await database.selectFrom('baton.schedules').select('schedule').where('id', '=', id).executeTakeFirst()
  if (!row) {
    log.warn(
      { schedule: id },
      'A flow asks for a schedule that is not saved; it counts as closed. Save it with PUT /v1/schedules/{id}.',
    )
    return undefined
  }
  // Only `putSchedule` writes this column, from a Schedule.
  return JSON.parse(row.schedule) as Schedule
}

function hoursOf(schedule: Schedule | undefined, now: number): HoursFacts {
  if (schedule === undefined) return { open: false, opens: null, timezone: 'UTC' }
  return { open: isOpen(schedule, now), opens: nextOpening(schedule, now) ?? null, timezone: schedule.timezone }
}

async function slotsOf(database: Database, log: Log, query: string, now: number): Promise<readonly number[]> {
  const [id = '', length = '', days = ''] = query.split(':')
  const schedule = await scheduleOf(database, log, id)
  if (schedule === undefined) return []
  const each = Number(length)
  const taken = await bookedIn(database, id, now)
  return slots(schedule, now, { length: each, days: Number(days) }).filter(
    (at) => !taken.some((booked) => booked.at < at + each && at < booked.at + booked.length),
  )
}

async function timesBooked(database: Database, calendar: string, now: number): Promise<readonly number[]> {
  return (await bookedIn(database, calendar, now)).map(({ at }) => at)
}

/** What is booked in a calendar and not over: a booking lasts a day at most. */
function bookedIn(database: Database, calendar: string, now: number) {
  return database
    .selectFrom('baton.callbacks')
    .select(['at', 'length'])
    .where('schedule', '=', calendar)
    .where('at', '>', now - 86_400_000)
    .orderBy('at')
    .execute()
}

async function agentOf(database: Database, id: string): Promise<{ readonly id: string; readonly name: string }> {
  const row = await database.selectFrom('baton.agents').select(['id', 'name']).where('id', '=', id).executeTakeFirst()
  if (!row) throw unknownAgent(id)
  return row
}
