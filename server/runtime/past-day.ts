/**
 * A past day of a team, as the database knows it: who came, what they asked for, how it ended, who took it. What it
 * does not keep is taken from what comes nearest, and said in a note. Nothing is written, no row is locked.
 */
import { sql } from 'kysely'
import { z } from 'zod'
import {
  UNKNOWN_HANDLE,
  type Elsewhere,
  type PastArrival,
  type PastDay,
  type Staffed,
} from '#engine/routing/staffing/index.ts'
import { agentViews } from '../store/agents.ts'
import type { Database } from '../store/database.ts'
import { queueRules, type RulesOf } from './past-rules.ts'
import type { Flows } from './flows.ts'
import type { AgentView } from './runtime.ts'
import { reading } from './write.ts'

/** More are not replayed: the day is too large for a dry run. */
export const MOST_ARRIVALS = 20_000

export interface ReadDay {
  readonly day: PastDay
  readonly staff: readonly Staffed[]
  readonly known: readonly AgentView[]
  /** As the team's settings are now. */
  readonly policy: 'leastLoaded' | 'longestIdle'
  readonly exists: boolean
  /** What is not known, and what was taken instead. */
  readonly notes: readonly string[]
}

export interface AskedDay {
  readonly team: string
  /** Epoch milliseconds. */
  readonly from: number
  readonly to: number
  readonly now: number
}

/** Undefined when more came than a dry run takes. */
export async function readPastDay(database: Database, flows: Flows, asked: AskedDay): Promise<ReadDay | undefined> {
  const { team, now } = asked
  const [rows, known, saved] = await reading(() =>
    Promise.all([arrivalRows(database, asked), agentViews(database, now), savedTeam(database, team)]),
  )
  if (rows.length > MOST_ARRIVALS) return undefined
  const rulesOf = await queueRules(flows, team, rows)
  const work = await reading(() => workRows(database, asked))
  const online = await reading(() => onlineRows(database, asked))
  const staff = staffOf(asked, known, work, online)
  const arrivals = rows.flatMap((row) => (isHeldOver(row, asked) ? [] : [arrivalOf(row, asked, rulesOf)]))
  const theirs = new Set(rows.filter((row) => !isHeldOver(row, asked)).map(({ id }) => id))
  return {
    known,
    staff,
    policy: saved?.policy ?? 'leastLoaded',
    exists: saved !== undefined || rows.length > 0,
    day: {
      from: asked.from,
      to: asked.to,
      arrivals,
      staff: staff.map(({ shift }) => shift),
      elsewhere: work.filter(({ id }) => !theirs.has(id)).map((row) => elsewhereOf(row, asked)),
    },
    notes: notesOf(rows, arrivals, rulesOf),
  }
}

export interface ArrivalRow {
  readonly id: number
  readonly flow: string
  readonly flow_version: number
  readonly entered_at: number
  readonly waiting_since: number
  readonly agent: string | null
  readonly accepted_at: number | null
  readonly left_at: number | null
  readonly left_why: string | null
  /** Up to the end of the wrap-up. */
  readonly ended_at: number | null
  readonly needs: string | null
  readonly priority: number | null
  readonly channel: string | null
  readonly weight: number
  readonly expected: number | null
  readonly within: number | null
  readonly stretch: number
  /** Whether `needs` are not those of joining. */
  readonly guessed: boolean
}

/** Looked back for those who already waited, or were talked to, when the day began. */
const BEFORE = 86_400_000

/** Handoffs from before needs were kept have those of the conversation's last place in a queue. */
async function arrivalRows(database: Database, { team, from, to, now }: AskedDay): Promise<readonly ArrivalRow[]> {
  const { rows } = await sql<ArrivalRow>`
    select h.id, c.flow, c.flow_version, h.entered_at, h.waiting_since, h.agent, h.accepted_at, h.left_at, h.left_why,
      coalesce(h.wrap_until, h.finished_at) as ended_at,
      coalesce(h.needs, c.snapshot::json #>> '{machine,context,waiting}') as needs, h.needs is null as guessed,
      coalesce(h.priority, c.priority) as priority, coalesce(h.channel, c.channel) as channel, h.weight,
      h.expected, h.within, h.stretch
    from baton.handoffs h join baton.conversations c on c.id = h.conversation
    where h.team = ${team} and h.entered_at >= ${from - BEFORE} and h.entered_at < ${Math.min(to, now)}
      and (h.entered_at >= ${from} or coalesce(h.accepted_at, h.left_at, ${now}) >= ${from})
    order by h.entered_at, h.id limit ${MOST_ARRIVALS + 1}`.execute(database)
  return rows
}

interface WorkRow {
  readonly id: number
  readonly team: string
  readonly agent: string
  readonly from: number
  readonly to: number
  readonly weight: number
}

/** All that those did, of what came before the end of the day, who accepted something for the team on it. */
async function workRows(database: Database, { team, from, to, now }: AskedDay): Promise<readonly WorkRow[]> {
  const { rows } = await sql<WorkRow>`
    select h.id, h.team, h.agent, h.accepted_at as from, coalesce(h.wrap_until, h.finished_at, ${now}::bigint) as to,
      h.weight
    from baton.handoffs h
    where h.agent in (select agent from baton.handoffs
        where team = ${team} and accepted_at >= ${from} and entered_at < ${to} and agent is not null)
      and h.entered_at < ${to} and h.accepted_at is not null
      and coalesce(h.wrap_until, h.finished_at, ${now}::bigint) > ${from}
    order by h.accepted_at, h.id`.execute(database)
  return rows
}

interface OnlineRow {
  readonly id: string
  readonly since: number
}

/** Those of the team who have been online since before the end of the day. */
async function onlineRows(database: Database, { team, to }: AskedDay): Promise<readonly OnlineRow[]> {
  return database
    .selectFrom('baton.agents')
    .select(['id', 'presence_at as since'])
    .where('presence', '=', 'online')
    .where('presence_at', '<', to)
    .where(sql<boolean>`teams @> array[${team}]`)
    .execute()
}

function savedTeam(database: Database, team: string) {
  return database.selectFrom('baton.teams').select('policy').where('id', '=', team).executeTakeFirst()
}

/** Talked to since before the day: work that goes on, and nobody who comes. */
function isHeldOver({ accepted_at }: ArrivalRow, { from }: AskedDay): boolean {
  return accepted_at !== null && accepted_at < from
}

function arrivalOf(row: ArrivalRow, { team, now }: AskedDay, rulesOf: RulesOf): PastArrival {
  const { entered_at: at, accepted_at, left_at, ended_at, weight, expected, within, stretch } = row
  const { rules, prefer } = rulesOf(row)
  const asked = needsOf(row.needs)
  return {
    id: `${row.id}`,
    at,
    since: row.waiting_since,
    team,
    teams: asked.teams,
    channel: row.channel ?? '',
    language: asked.language,
    tier: asked.tier,
    skills: asked.skills,
    prefer: asked.prefer ?? prefer,
    dropped: asked.dropped,
    priority: row.priority ?? asked.priority,
    weight,
    waited: Math.max(0, (accepted_at ?? left_at ?? now) - at),
    end: accepted_at !== null ? 'served' : left_at === null ? 'waiting' : endOf(row.left_why),
    handle: accepted_at === null || ended_at === null ? null : Math.max(0, ended_at - accepted_at),
    expected,
    within,
    stretch,
    rules,
  }
}

/** By the event that ended the wait. */
function endOf(why: string | null): PastArrival['end'] {
  if (why === 'customer.left') return 'impatient'
  return why === 'timer' ? 'gaveUp' : 'other'
}

const levels = z.record(z.string(), z.number())
const words = z.array(z.string())
// What another version of Baton wrote may lack some of it.
const needs = z.object({
  teams: words.catch([]),
  language: z.string().nullable().catch(null),
  tier: z.string().nullable().catch(null),
  skills: levels.catch({}),
  prefer: levels.optional().catch(undefined),
  dropped: words.catch([]),
  priority: z.number().catch(0),
})
type Needs = z.output<typeof needs>

function needsOf(text: string | null): Needs {
  return needs.parse(text === null ? {} : JSON.parse(text))
}

function elsewhereOf({ agent, from, to, weight }: WorkRow, asked: AskedDay): Elsewhere {
  const begins = Math.max(from, asked.from)
  return { agent, from: begins, to: Math.max(begins, to), weight }
}

/**
 * From the first thing that somebody held on the day to the end of the last, and from a presence that is still known.
 * Presences are not kept for longer.
 */
function staffOf(
  { team, from, to, now }: AskedDay,
  known: readonly AgentView[],
  work: readonly WorkRow[],
  online: readonly OnlineRow[],
): readonly Staffed[] {
  const until = Math.min(to, now)
  const last = (rows: readonly WorkRow[]) => Math.max(...rows.map((row) => Math.min(row.to, now)))
  return known.flatMap((agent): readonly Staffed[] => {
    const held = work.filter((row) => row.agent === agent.id)
    const since = online.find(({ id }) => id === agent.id)?.since
    const begins = Math.min(...held.map((row) => row.from), since ?? Infinity)
    const shift = { from: Math.max(begins, from), to: Math.max(last(held), since === undefined ? from : until) }
    if (!(shift.to > shift.from)) return []
    return [{ shift: { ...shift, agent: asShift(agent, team) }, because: held.length > 0 ? 'accepted' : 'online' }]
  })
}

/** The profile as it is now. Who served the team then is of it then. */
export function asShift(agent: AgentView, team: string): Staffed['shift']['agent'] {
  const { id, name, teams, skills, languages, channels, tiers, capacity, bot } = agent
  const all = teams.includes(team) ? teams : [...teams, team]
  return { id, name, teams: all, skills, languages, channels, tiers, capacity, ...(bot === undefined ? {} : { bot }) }
}

function notesOf(rows: readonly ArrivalRow[], arrivals: readonly PastArrival[], rulesOf: RulesOf): readonly string[] {
  const unknown = rows.filter(({ guessed }) => guessed).length
  const unserved = arrivals.length > 0 && !arrivals.some(({ handle }) => handle !== null)
  return [
    'Who was online that day is not kept: each is taken to have worked from the first conversation to the end of the ' +
      'last, with the skills and the room of today.',
    ...(unknown === 0
      ? []
      : [`What ${unknown} of those who came asked for is taken from the last that is known of their conversation.`]),
    ...(unserved
      ? [`Nobody was served on that day; a conversation is taken to last ${UNKNOWN_HANDLE / 60_000} minutes.`]
      : []),
    ...rulesOf.notes,
  ]
}
