/** What stands around a simulated conversation: who it is with, who works, and how the systems it calls answer. */
import type { EarlierConversation } from '../conversation/handoff.ts'
import type { Flow } from '../flow/parse.ts'
import type { Json } from '../flow/values.ts'
import { localToInstant, type Schedule } from '../hours/index.ts'
import type { Answer, Given } from './given.ts'

export interface SimulatedAgent {
  readonly id: string
  readonly name: string
  readonly teams: readonly string[]
  readonly skills?: Readonly<Record<string, number>> | undefined
  /** Left out: any. */
  readonly languages?: readonly string[] | undefined
  /** Left out: any. */
  readonly channels?: readonly string[] | undefined
  /** The customers' tiers it serves. Left out: any. */
  readonly tiers?: readonly string[] | undefined
  /** No person, but the bot of this name. */
  readonly bot?: string | undefined
  /** At the start; true when left out. */
  readonly online?: boolean | undefined
}

/** What changes around a conversation while it runs. */
export interface Standing {
  /** Ids of the agents who are online. */
  readonly online: readonly string[]
  /** When an offer last came to nothing: who was asked is left in peace for a while. */
  readonly askedAt: number | null
  /** What somebody said of the world, in place of what the setting would bring about. */
  readonly given?: Given | undefined
}

/** What a customer is told of a queue; `eta` and `within` in milliseconds, null when nobody can say. */
export interface SimulatedQueue {
  readonly position?: number | undefined
  readonly eta?: number | null | undefined
  readonly within?: number | null | undefined
  /** Others who wait already; left out: those before the position. */
  readonly waiting?: number | undefined
}

export interface SimulationOptions {
  readonly id?: string | undefined
  /** When it begins, epoch ms; left out: a Monday at 10:00 in the flow's zone. */
  readonly at?: number | undefined
  readonly channel?: string | undefined
  readonly language?: string | undefined
  readonly page?: string | undefined
  readonly customer?: Readonly<Record<string, Json>> | undefined
  readonly variables?: Readonly<Record<string, Json>> | undefined
  /** Left out: nobody works. */
  readonly agents?: readonly SimulatedAgent[] | undefined
  /** The id of the agent who helped this customer last; left out: nobody yet. */
  readonly last?: string | undefined
  /** By team; left out: the first place, and nobody can say how long. */
  readonly queues?: Readonly<Record<string, SimulatedQueue>> | undefined
  /** By id; one that is missing counts as closed. */
  readonly schedules?: Readonly<Record<string, Schedule>> | undefined
  /** By node; left out: it succeeds, a call with the body `{}`. */
  readonly calls?: Readonly<Record<string, Answer>> | undefined
  /** What is given of the world at the start, in place of what the rest of this would bring about. */
  readonly given?: Given | undefined
  /** `told`: the desk asks nobody and takes nothing back but as it is told to. Left out: whoever works is asked. */
  readonly offers?: 'told' | undefined
  /** What may happen by itself after one doing, before it counts as going round; left out: 10,000 events. */
  readonly patience?: number | undefined
  readonly earlier?: readonly EarlierConversation[] | undefined
}

/** The options with their defaults. */
export interface Setting extends SimulationOptions {
  readonly id: string
  readonly at: number
  readonly agents: readonly SimulatedAgent[]
}

export function settingOf(flow: Flow, options: SimulationOptions): Setting {
  return {
    ...options,
    id: options.id ?? 'simulation',
    at: options.at ?? usualStart(flow.timezone),
    agents: options.agents ?? [],
  }
}

/** A working day, mid-morning: a moment at which most flows are open. */
export function usualStart(timezone: string): number {
  return localToInstant(timezone, '2026-03-02T10:00')
}

/** Two people who work for every team of a flow, for who only wants to try it. */
export function standIns(flow: Flow): readonly SimulatedAgent[] {
  const queues = flow.nodes.filter((node) => node.type === 'queue')
  const teams = [...new Set(['support', ...queues.map((node) => node.data.team)])]
  const skills = Object.fromEntries(
    queues.flatMap((node) => Object.entries(node.data.skills ?? {})).map(([skill]) => [skill, 10]),
  )
  return [
    { id: 'sarah', name: 'Sarah', teams, skills },
    { id: 'tom', name: 'Tom', teams, skills },
  ]
}
