/** What a step wants to know of the world: brought from the database when the step asks, and logged with the event. */
import { addOpenMillis, isOpen, nextOpening, NOTICE, slots } from '#engine/hours/index.ts'
import { turnOf, type Needs } from '#engine/routing/index.ts'
import {
  waitingOf,
  type AgentName,
  type Facts,
  type HoursFacts,
  type LastAgent,
  type QueueFacts,
  type Schedule,
  type Snapshot,
  type Want,
} from '#engine/index.ts'
import type { Database } from '../store/database.ts'
import { readLine, readRoom, type Turn } from '../store/line.ts'
import { customerKey } from './columns.ts'
import { foretell, foretellAtOnce, stretchIn } from './forecasts.ts'
import type { Log } from './log.ts'
import { needsOf } from './needs.ts'
import { unknownAgent } from './refusals.ts'

export interface World {
  /** The facts for these wants, added to those already known. `snapshot` is where the step would lead. */
  supply(wants: readonly Want[], known: Facts, snapshot: Snapshot, now: number): Promise<Facts>
  /** The place and time of a conversation that waits; for answers that no step wanted them for. */
  queue(snapshot: Snapshot): Promise<Facts>
  /** What forecasts for a team were stretched by when it was last asked for one. */
  stretch(team: string): number
  /** Rejects with `invalid` and the cure when there is no such agent. */
  requireAgent(id: string): Promise<unknown>
}

export function createWorld(database: Database, clock: { now(): number }, log: Log): World {
  const stretches = new Map<string, number>()
  const queueOf = async (team: string, snapshot: Snapshot, now: number): Promise<QueueFacts> => {
    const line = await readLine(database, team, turnIn(team, snapshot), now)
    stretches.set(team, stretchIn(line.pace))
    return foretell(line, needsIn(team, snapshot))
  }
  /** Where somebody is free for whoever joins, little is read. */
  const joining = async (team: string, snapshot: Snapshot, now: number): Promise<QueueFacts> => {
    const needs = needsIn(team, snapshot)
    const room = await readRoom(database, [team, ...needs.teams], turnIn(team, snapshot), now)
    return foretellAtOnce(room, needs) ?? queueOf(team, snapshot, now)
  }
  return {
    async supply(wants, known, snapshot, now) {
      let facts = known
      for (const want of wants) {
        const { kind, id } = partsOf(want)
        switch (kind) {
          case 'queue':
            facts = { ...facts, queues: { ...facts.queues, [id]: await joining(id, snapshot, now) } }
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
          case 'last':
            facts = { ...facts, last: await lastAgent(database, snapshot) }
            break
          case 'due':
            facts = { ...facts, due: { ...facts.due, [id]: await dueAt(database, log, id) } }
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
    stretch: (team) => stretches.get(team) ?? 1,
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
function turnIn(team: string, snapshot: Snapshot): Turn {
  const { waiting, about } = snapshot.machine.context
  const turn = waiting?.team === team ? Math.round(turnOf(waiting)) : Number.MAX_SAFE_INTEGER
  return { id: snapshot.conversation, turn, channel: about.channel }
}

/** What it asks for when it waits for this team; else nothing but the team. */
function needsIn(team: string, snapshot: Snapshot): Needs {
  const { waiting, about } = snapshot.machine.context
  return waiting?.team === team
    ? needsOf(waiting, about.channel)
    : { team, teams: [], channel: about.channel, language: null, tier: null, skills: {}, dropped: [] }
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
  return slots(schedule, now + NOTICE, {
    length: each,
    days: Number(days),
    isFree: (at) => !taken.some((booked) => booked.at < at + each && at < booked.at + booked.length),
  })
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
    .where('state', '<>', 'cancelled')
    .where('at', '>', now - 86_400_000)
    .orderBy('at')
    .execute()
}

async function agentOf(database: Database, id: string): Promise<AgentName> {
  const row = await database
    .selectFrom('baton.agents')
    .select(['id', 'name', 'bot'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw unknownAgent(id)
  return { id: row.id, name: row.name, ...(row.bot === null ? {} : { bot: row.bot }) }
}

/** The person who had this customer last, in this conversation or an earlier one. */
async function lastAgent(database: Database, snapshot: Snapshot): Promise<LastAgent | null> {
  const key = customerKey(snapshot.machine.context.customer)
  const row = await database
    .selectFrom('baton.handoffs as h')
    .innerJoin('baton.agents as a', 'a.id', 'h.agent')
    .select(['a.id', 'a.name', 'a.presence'])
    .where('a.bot', 'is', null)
    .where((where) =>
      where.or([
        where('h.conversation', '=', snapshot.conversation),
        ...(key === null
          ? []
          : [
              where(
                'h.conversation',
                'in',
                where.selectFrom('baton.conversations as c').select('c.id').where('c.customer_key', '=', key),
              ),
            ]),
      ]),
    )
    .orderBy('h.accepted_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { id: row.id, name: row.name, online: row.presence === 'online' } : null
}

/** When so much business time is over; a schedule that is not saved never opens. */
async function dueAt(database: Database, log: Log, query: string): Promise<number | null> {
  const [id = '', from = '', length = ''] = query.split(':')
  const schedule = await scheduleOf(database, log, id)
  return schedule === undefined ? null : addOpenMillis(schedule, Number(from), Number(length))
}
