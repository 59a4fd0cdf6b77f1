/**
 * Offers waiting conversations to people: at once when somebody joins, is declined, comes online or gets room; and now
 * and then, in case the node whose turn it was died before.
 *
 *   unoffered --match--> offered --accept--> held
 *                        offered --decline, expiry, agent away--> unoffered, at the same place
 *
 * The match is computed on what was just read and may be late; the commit of the offer is not: it locks the agent's row
 * and counts. So no node can pass an agent's capacity or offer a conversation twice, however many match at once.
 */
import { milliseconds } from '#engine/index.ts'
import { match, type AvailableAgent, type Match, type WaitingConversation } from '#engine/routing/index.ts'
import type { Snapshot } from '#engine/index.ts'
import { availableAgents } from '../store/agents.ts'
import type { Database } from '../store/database.ts'
import { teamsWaitedFor, waitingFor, type Place, type WaitingRow } from '../store/queue.ts'
import type { Acceptor } from './accept.ts'
import { agentOf, waitingOf, type Needs } from './columns.ts'
import type { Log } from './log.ts'

export interface Assigner {
  /** Looks at what an event changed, and matches whom it concerns. */
  committed(before: Snapshot | null, after: Snapshot): void
  /** The agent may have room. */
  freed(agent: string): void
  /** Matches every team that is waited for. */
  sweep(): Promise<void>
  /** Resolves when nothing is being matched. */
  idle(): Promise<void>
}

export const OFFER_FOR = '30s'

const PAGE = 500
/** An offer that could not be made means that the world moved on: look again, this often. */
const TRIES = 5

export function createAssigner(database: Database, acceptor: Acceptor, clock: { now(): number }, log: Log): Assigner {
  const wanted = new Set<string>()
  const running = new Set<Promise<void>>()
  let tail: Promise<void> = Promise.resolve()

  function matchSoon(team: string): void {
    if (wanted.has(team)) return
    wanted.add(team)
    tail = tail
      .then(() => {
        wanted.delete(team)
        return matchTeam(team)
      })
      .catch((error: unknown) => log.warn({ team, err: error }, 'A queue could not be matched; it is tried again.'))
  }

  async function matchTeam(team: string): Promise<void> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (await offerAll(team)) return
    }
  }

  /** False when an offer could not be made. */
  async function offerAll(team: string): Promise<boolean> {
    const row = await database.selectFrom('baton.teams').select('offer_for').where('id', '=', team).executeTakeFirst()
    const offerFor = milliseconds(row?.offer_for ?? OFFER_FOR)
    let agents: readonly AvailableAgent[] | undefined
    let made = true
    let after: Place | null = null
    for (;;) {
      const rows: readonly WaitingRow[] = await waitingFor(database, team, after, PAGE)
      const waiting = rows.map((each) => waitingConversation(each, clock.now() - offerFor)).filter((each) => !each.away)
      agents ??= await availableAgents(database, team, clock.now())
      const extra = await availableAgents(
        database,
        team,
        clock.now(),
        waiting.flatMap((each) => each.preferred ?? []),
      )
      const matches = match(waiting, merged(agents, extra))
      const offered = await Promise.all(matches.map((each) => offer(each, clock.now() + offerFor)))
      made &&= offered.every(Boolean)
      agents = taken(agents, matches)
      const last = rows.at(-1)
      if (!last || rows.length < PAGE || !agents.some((agent) => agent.load < agent.capacity)) return made
      after = { id: last.id, priority: last.priority, since: last.waiting_since }
    }
  }

  async function offer({ conversation, agent, reason }: Match, until: number): Promise<boolean> {
    return (await acceptor.tell(conversation, { type: 'offer.made', agent, until, reason })) !== undefined
  }

  function freed(agent: string): void {
    const work = database
      .selectFrom('baton.agents')
      .select('teams')
      .where('id', '=', agent)
      .executeTakeFirst()
      .then((row) => row?.teams.forEach(matchSoon))
      .catch((error: unknown) =>
        log.warn({ agent, err: error }, 'The queues of an agent could not be matched; it is tried again.'),
      )
      .finally(() => running.delete(work))
    running.add(work)
  }

  return {
    freed,
    committed(before, after) {
      const waits = waitingOf(after)
      const waited = before && waitingOf(before)
      if (waits && !waits.offered && JSON.stringify(waits) !== JSON.stringify(waited)) matchSoon(waits.team)
      for (const agent of new Set([before && agentOf(before), waited?.offered?.agent.id])) {
        if (agent != null && agent !== agentOf(after) && agent !== waits?.offered?.agent.id) freed(agent)
      }
    },
    async sweep() {
      for (const team of await teamsWaitedFor(database)) matchSoon(team)
    },
    async idle() {
      while (running.size > 0 || wanted.size > 0) await Promise.all([...running, tail])
      await tail
    },
  }
}

type Resting = WaitingConversation & { readonly away: boolean }

function waitingConversation(
  { id, team, priority, waiting_since, channel, needs, asked_at }: WaitingRow,
  restedSince: number,
): Resting {
  // Only `columnsOf` writes this column, from Needs.
  return {
    id,
    team,
    priority,
    channel,
    since: waiting_since,
    rested: asked_at === null || asked_at <= restedSince,
    ...(JSON.parse(needs) as Needs),
  }
}

function merged(agents: readonly AvailableAgent[], extra: readonly AvailableAgent[]): readonly AvailableAgent[] {
  return [...agents, ...extra.filter((each) => !agents.some((agent) => agent.id === each.id))]
}

function taken(agents: readonly AvailableAgent[], matches: readonly Match[]): readonly AvailableAgent[] {
  return agents.map((agent) => ({
    ...agent,
    load: agent.load + matches.filter((each) => each.agent.id === agent.id).length,
  }))
}
