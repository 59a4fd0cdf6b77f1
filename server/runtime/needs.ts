/** What a waiting conversation asks of a person, between the engine's snapshot, the row and the match. */
import { needsKey, type Needs, type WaitingConversation } from '#engine/routing/index.ts'
import type { Waiting } from '#engine/index.ts'
import type { WaitingRow } from '../store/queue.ts'

/** The text of the column `needs`: what the match asks and no other column says. */
export type Asking = Pick<Waiting, 'skills' | 'prefer' | 'language' | 'tier' | 'dropped' | 'skip' | 'preferred'>

/**
 * The needs of all who share a `needs_key`. `asked` is the agent whom a transfer names: that one need not be of the
 * team.
 */
export interface KeyedNeeds {
  readonly needs: Needs
  readonly asked: string | null
}

/** Keys that were read are kept, so many at most: a queue has few, and they stay the same. */
const KEPT = 5_000
const read = new Map<string, KeyedNeeds>()

export function askingOf({ skills, prefer, language, tier, dropped, skip, preferred }: Waiting): Asking {
  return { skills, prefer, language, tier, dropped, skip, preferred }
}

export function needsOf({ team, teams, language, tier, skills, dropped }: Waiting, channel: string): Needs {
  return { team, teams, channel, language, tier, skills, dropped }
}

/** The column `needs_key`; null while it may not be offered to anybody: it is already, or its customer is away. */
export function keyOf(waiting: Waiting, channel: string): string | null {
  if (waiting.offered !== null || waiting.away) return null
  return keyOfNeeds(needsOf(waiting, channel), waiting.preferred)
}

/** Of one that may be offered: it changes when somebody else is asked for, and when somebody was asked in vain. */
export function soughtOf(needs: Needs, { preferred, skip }: Pick<Waiting, 'preferred' | 'skip'>): string {
  return JSON.stringify([keyOfNeeds(needs, preferred), skip])
}

function keyOfNeeds(needs: Needs, preferred: Waiting['preferred']): string {
  const key = needsKey(needs)
  return preferred?.why === 'asked' ? `${key}\n${preferred.agent}` : key
}

export function needsIn(key: string): KeyedNeeds {
  let found = read.get(key)
  if (found === undefined) {
    found = parsed(key)
    if (read.size >= KEPT) read.clear()
    read.set(key, found)
  }
  return found
}

/** `restedSince`: who was offered it in vain before then may be asked again. */
export function waitingConversation(row: WaitingRow, restedSince: number): WaitingConversation {
  const { id, team, teams, priority, waiting_since, turn, channel, needs, weight, asked_at } = row
  return {
    id,
    team,
    teams,
    priority,
    since: waiting_since,
    turn,
    channel,
    weight,
    rested: asked_at === null || asked_at <= restedSince,
    // Only `columnsOf` writes this column, from Asking.
    ...(JSON.parse(needs) as Asking),
  }
}

type Written = [
  team: string,
  teams: string[],
  channel: string,
  language: string | null,
  tier: string | null,
  skills: [string, number][],
]

function parsed(key: string): KeyedNeeds {
  const [needs = '', asked = null] = key.split('\n')
  // Only `keyOf` writes these keys, and `needsKey` this form; JSON holds no line break of its own.
  const [team, teams, channel, language, tier, skills] = JSON.parse(needs) as Written
  return { needs: { team, teams, channel, language, tier, skills: Object.fromEntries(skills), dropped: [] }, asked }
}
