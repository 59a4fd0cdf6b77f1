/**
 * Offers waiting conversations to people: at once when somebody joins, is declined, comes online or gets room; and now
 * and then, in case the node whose turn it was died before.
 *
 *   unoffered --match--> offered --accept--> held
 *                        offered --decline, expiry, agent away--> unoffered, at the same place
 *                        offered to a bot --at once--> held
 *
 * Laws:
 *   1. The match is computed on what was just read and may be late; the commit of the offer is not: it locks the
 *      agent's row and counts. So no node can pass an agent's capacity or offer a conversation twice, however many
 *      match at once. Nor is anybody offered what asks for somebody else by then: another team, a skill; nor is whoever
 *      declined meanwhile asked again at once.
 *   2. Little is read, however long the queue: the different needs that wait; if there are any, who is there; and of
 *      those that somebody with room meets, as many conversations as there is room for, by turn. Only where those may
 *      not be offered (held for one agent, or just asked in vain) it reads on, and offers nothing before it has: who
 *      comes behind them comes before those with other needs who joined later.
 *   3. What happens while one round runs is gathered for the next: one round serves them all.
 */
import { waitingOf, type Snapshot } from '#engine/index.ts'
import { match, type AvailableAgent, type WaitingConversation } from '#engine/routing/index.ts'
import { availableAgents } from '../store/agents.ts'
import type { Database } from '../store/database.ts'
import { lookAround } from '../store/look.ts'
import { readKeys, waitingFor } from '../store/queue.ts'
import type { Acceptor } from './accept.ts'
import { agentOf } from './columns.ts'
import { fewAtOnce } from './lanes.ts'
import type { Log } from './log.ts'
import { needsIn, waitingConversation } from './needs.ts'
import { isRefusal } from './refusals.ts'
import { askedIn, beyond, cursorsFor, heldFor, offersOf, type Offer } from './round.ts'

export interface Assigner {
  /** Looks at what an event changed, and matches whom it concerns. */
  committed(before: Snapshot | null, after: Snapshot): void
  /** The agent may have room. */
  freed(agent: string): void
  /** Matches all who are waited for. */
  sweep(): Promise<void>
  /** Resolves when nothing is being matched. */
  idle(): Promise<void>
}

/** Offers that are written at once: those who come online together must not take all connections from the others. */
const LANES = 4
/** An offer that could not be made means that the world moved on: look again, this often. */
const TRIES = 5

/** Whose queues are to be matched: those of these teams, and those of all teams of these agents. */
interface Wanted {
  readonly teams: Set<string>
  readonly agents: Set<string>
}

export function createAssigner(database: Database, acceptor: Acceptor, clock: { now(): number }, log: Log): Assigner {
  let wanted: Wanted | undefined
  let rounds: Promise<void> = Promise.resolve()

  function matchSoon(teams: Iterable<string>, agents: Iterable<string>): void {
    if (wanted === undefined) {
      const mine: Wanted = { teams: new Set(), agents: new Set() }
      wanted = mine
      rounds = rounds.then(() => {
        wanted = undefined
        return round(mine)
      })
    }
    for (const team of teams) wanted.teams.add(team)
    for (const agent of agents) wanted.agents.add(agent)
  }

  async function round({ teams, agents }: Wanted): Promise<void> {
    try {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        if (await offerAll({ teams: [...teams], agents: [...agents] })) return
      }
    } catch (error) {
      log.warn({ teams: [...teams], err: error }, 'Queues could not be matched; it is tried again.')
    }
  }

  /** False when an offer could not be made. */
  async function offerAll(of: { teams: readonly string[]; agents: readonly string[] }): Promise<boolean> {
    const now = clock.now()
    const { keys, settings, ...there } = await lookAround(database, of, now)
    let agents = await withNamed(there.agents, askedIn(keys), now)
    let cursors = cursorsFor(keys, agents)
    let waiting: readonly WaitingConversation[] = []
    let offers: readonly Offer[] = []
    while (cursors.length > 0) {
      const rows = await waitingFor(database, cursors)
      const added = rows.map((row) => waitingConversation(row, now - settings(row.team).offerFor))
      agents = await withNamed(agents, heldFor(added, now), now)
      waiting = [...waiting, ...added]
      offers = offersOf(match(waiting, agents, { now, rules: settings }), waiting, agents)
      cursors = beyond(cursors, rows, agents, offers)
    }
    const offered = await fewAtOnce(offers, LANES, (each) => offer(each, clock.now() + settings(each.team).offerFor))
    return offered.every(Boolean)
  }

  /** These agents, and those who are named, where they are online. */
  async function withNamed(
    agents: readonly AvailableAgent[],
    ids: readonly string[],
    now: number,
  ): Promise<readonly AvailableAgent[]> {
    const missing = ids.filter((id) => !agents.some((agent) => agent.id === id))
    return [...agents, ...(await availableAgents(database, { teams: [], named: missing }, now))]
  }

  /** False when it could not be made any more. A bot takes what it is offered, at once. */
  async function offer({ conversation, agent, reason, skipped, sought }: Offer, until: number): Promise<boolean> {
    const made = await acceptor.tell(conversation, { type: 'offer.made', agent, until, reason, skipped }, { sought })
    if (made !== undefined && agent.bot !== undefined)
      await acceptor.accept(conversation, { type: 'agent.accept', agent: agent.id }).catch((error: unknown) => {
        if (!isRefusal(error)) throw error
      })
    return made !== undefined
  }

  return {
    freed: (agent) => matchSoon([], [agent]),
    committed(before, after) {
      const waits = waitingOf(after)
      const waited = before && waitingOf(before)
      if (waits && !waits.offered && JSON.stringify(waits) !== JSON.stringify(waited))
        matchSoon([waits.team, ...waits.teams], [])
      for (const agent of new Set([before && agentOf(before), waited?.offered?.agent.id]))
        if (agent != null && agent !== agentOf(after) && agent !== waits?.offered?.agent.id) matchSoon([], [agent])
    },
    async sweep() {
      const keys = await readKeys(database)
      if (keys.length === 0) return
      matchSoon(
        keys.flatMap((key) => {
          const { team, teams } = needsIn(key).needs
          return [team, ...teams]
        }),
        [],
      )
    },
    async idle() {
      do await rounds
      while (wanted !== undefined)
    },
  }
}
