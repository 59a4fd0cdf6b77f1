/**
 * Who is offered next, worked out from snapshots and profiles alone: I6.
 *
 *   1. What is offered to somebody asks for nothing that they lack: team, channel, skills, language, tier.
 *   2. Nobody is passed over. When a node offers somebody a conversation, it tries in the same round to offer every one
 *      that came before it, that might be offered when the round began and still may, and that this person fits; to
 *      whomever. Before is: since when it waits, less its priority times what a point of it is worth; then its name.
 *
 * A round begins when a node looks around, and is over when it looks again. That is seen as long as every statement
 * arrives at most once: where statements are lost the second is not asked.
 */
import type { Snapshot, Waiting } from '#engine/index.ts'
import type { AgentProfile } from '#server/runtime/runtime.ts'
import type { Place } from './scheduler.ts'
import { Violation } from './violation.ts'
import { mayBeOffered } from './written.ts'

export interface Line {
  /** Something happened to it. */
  changed(snapshot: Snapshot): void
  /** A node looks who is there and what is waited for. */
  looked(place: Place): void
  /** A node sends an offer to the database, whatever becomes of it. */
  tried(conversation: string, place: Place): void
  /** It was written; `before` it waited. */
  offered(before: Snapshot, agent: string, place: Place): void
}

interface Round {
  readonly began: number
  readonly tried: Set<string>
  /** Who was passed over so far, and by which offer. */
  readonly passed: Map<string, string>
}

export function createLine(agents: ReadonlyMap<string, AgentProfile>, isExact: boolean): Line {
  const open = new Map<string, { readonly snapshot: Snapshot; readonly since: number }>()
  const rounds = new Map<Place, Round>()
  let moment = 0

  return {
    changed(snapshot) {
      moment++
      const { conversation } = snapshot
      if (mayBeOffered(snapshot)) open.set(conversation, { snapshot, since: moment })
      else open.delete(conversation)
      for (const { passed } of rounds.values()) passed.delete(conversation)
    },
    looked(place) {
      const [left] = rounds.get(place)?.passed ?? []
      if (left && isExact) throw new Violation('I6', `${left[0]} was passed over: ${left[1]}`)
      rounds.set(place, { began: ++moment, tried: new Set(), passed: new Map() })
    },
    tried(conversation, place) {
      const round = rounds.get(place)
      round?.tried.add(conversation)
      round?.passed.delete(conversation)
    },
    offered(before, agent, place) {
      const { conversation } = before
      const round = rounds.get(place)
      const profile = agents.get(agent)
      const waiting = before.machine.context.waiting
      if (!round || !profile || !waiting) throw new Violation('I6', `${conversation}: an offer came out of nowhere`)
      const lack = lackOf(before, waiting, profile)
      if (lack) throw new Violation('I6', `${conversation}: it was offered to ${agent}, who lacks ${lack}`)
      // Who is asked for by name need not be among those of whom the round is.
      if (waiting.preferred?.agent === agent) return
      for (const [id, { snapshot, since }] of open) {
        const other = snapshot.machine.context.waiting
        if (id === conversation || since > round.began || round.tried.has(id) || !other) continue
        if (comesBefore(other, id, waiting, conversation) && !lackOf(snapshot, other, profile))
          round.passed.set(id, `${conversation}, which came later, was offered to ${agent}`)
      }
    },
  }
}

function comesBefore(one: Waiting, id: string, other: Waiting, otherId: string): boolean {
  const turns = turnOf(one) - turnOf(other)
  return turns < 0 || (turns === 0 && id < otherId)
}

/** Smaller goes first. */
export function turnOf({ since, priority, ageing }: Waiting): number {
  return Math.round(since - priority * ageing)
}

/** Whether somebody lacks nothing of what it asks for. */
export function fits(snapshot: Snapshot, agent: AgentProfile): boolean {
  const { waiting } = snapshot.machine.context
  return waiting !== null && lackOf(snapshot, waiting, agent) === undefined
}

/** What somebody lacks who is to be offered it. */
function lackOf(snapshot: Snapshot, waiting: Waiting, agent: AgentProfile): string | undefined {
  const { channel } = snapshot.machine.context.about
  const { team, teams, dropped, language, tier, preferred } = waiting
  const isAny = (list: readonly string[] | undefined, one: string): boolean =>
    list === undefined || list.length === 0 || list.includes(one)
  if (preferred?.why !== 'asked' || preferred.agent !== agent.id)
    if (![team, ...teams].some((each) => agent.teams.includes(each))) return `the team ${team}`
  if (!isAny(agent.channels, channel)) return `the channel ${channel}`
  const [spoken = ''] = language?.split('-') ?? []
  if (language !== null && !dropped.includes('language') && !isAny(agent.languages, spoken)) return language
  if (tier !== null && !dropped.includes('tier') && !isAny(agent.tiers, tier)) return `the tier ${tier}`
  for (const [skill, level] of Object.entries(waiting.skills))
    if (!dropped.includes(skill) && (agent.skills[skill] ?? 0) < level) return `${skill} ${level}`
  return undefined
}
