/**
 * A recorded history: what a conversation was given, step by step, and what the engine made of it at that time. It is
 * kept as the engine gave it; `history.flow` names the copy of the flow that it ran on.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  parseFlow,
  replayed,
  startWith,
  Refusal,
  type ConversationEvent,
  type Flow,
  type LogEntry,
  type RefusalCode,
  type Snapshot,
  type Stepped,
  type Want,
} from '#engine/index.ts'

export interface History {
  /** The scenario that it was recorded from. */
  readonly scenario: string
  /** A file of `flows/`, without its ending: version 0, on which it begins. */
  readonly flow: string
  /** The versions after it, likewise, where the conversation was moved to them. */
  readonly later?: readonly string[]
  readonly steps: readonly RecordedStep[]
}

/** An event at a time (epoch ms), and what came of it. */
export type RecordedStep = TakenStep | RefusedStep

export interface TakenStep {
  readonly at: number
  /** As it was logged, with the facts that were brought. */
  readonly event: ConversationEvent
  /** What the step asks for when the event brings no facts; left out where it asks for nothing. */
  readonly wants?: readonly Want[]
  /** All that the step wrote down after the event itself: messages, effects, moves, notes. */
  readonly log: readonly LogEntry[]
  /** Type and id of what it asks of the world, in order: a message’s id is not in the log. Left out where it is nothing. */
  readonly effects?: readonly string[]
  /** With its timers. */
  readonly snapshot: Snapshot
}

export interface RefusedStep {
  readonly at: number
  readonly event: ConversationEvent
  readonly refused: RefusalCode
}

/** The flow of each version that a history names. */
export type Versions = (version: number) => Flow

export type Input = Pick<RecordedStep, 'event' | 'at'>

/** What a step did, in the form in which histories keep it. */
export type Outcome = Pick<TakenStep, 'wants' | 'log' | 'effects' | 'snapshot'> | Pick<RefusedStep, 'refused'>

const FOLDER = import.meta.dirname
const ENDING = '.history.json'

/** The names of the histories in a folder here: those of the engine as it is, or `older` ones. */
export function historiesIn(folder: '.' | 'older'): readonly string[] {
  const path = join(FOLDER, folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => join(folder, file.slice(0, -ENDING.length)))
    .sort()
}

export function pathOf(name: string): string {
  return join(FOLDER, `${name}${ENDING}`)
}

export function flowPathOf(name: string): string {
  return join(FOLDER, 'flows', `${name}.flow.json`)
}

/** @throws when it cannot be read any more: then no conversation on it could go on */
export function readFlow(name: string): Flow {
  const parsed = parseFlow(JSON.parse(readFileSync(flowPathOf(name), 'utf8')))
  if (parsed.ok) return parsed.flow
  const faults = parsed.faults.map(({ pointer, message }) => `${pointer} ${message}`)
  throw new Error(`flows/${name} cannot be read: ${faults.join('; ')}`)
}

/** The versions of a history, each as `flowNamed` finds it. */
export function versionsOf({ flow, later = [] }: History, flowNamed: (name: string) => Flow): Versions {
  return (version) => flowNamed([flow, ...later][version] ?? `${flow}, version ${version}`)
}

export function readHistory(name: string): History {
  // Only `historyText` writes these files.
  return JSON.parse(readFileSync(pathOf(name), 'utf8')) as History
}

/** As it is kept: a line for each thing that a step was given or gave, so that a difference is seen where it is. */
export function historyText({ scenario, flow, later, steps }: History): string {
  const lines = steps.map((each) => {
    const members = Object.entries(each).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`)
    return `    {\n      ${members.join(',\n      ')}\n    }`
  })
  const head = `  "scenario": ${JSON.stringify(scenario)},\n  "flow": "${flow}",${later ? `\n  "later": ${JSON.stringify(later)},` : ''}`
  return `{\n${head}\n  "steps": [\n${lines.join(',\n')}\n  ]\n}\n`
}

/**
 * Does a recorded step once more.
 * @param before the snapshot before it; undefined for the first
 */
export function again(versions: Versions, before: Snapshot | undefined, { event, at }: Input): Outcome {
  try {
    const { facts, ...bare } = event
    const stepped = advanced(versions, before, event, at)
    const { wants } = facts === undefined ? stepped : advanced(versions, before, bare, at)
    const effects = stepped.effects.map(({ type, id }) => `${type} ${id}`)
    return {
      ...(wants.length === 0 ? {} : { wants }),
      log: stepped.log.slice(1),
      ...(effects.length === 0 ? {} : { effects }),
      snapshot: stepped.snapshot,
    }
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.code }
    throw error
  }
}

/** One step of the engine, whichever. @throws Refusal */
export function advanced(
  versions: Versions,
  before: Snapshot | undefined,
  event: ConversationEvent,
  at: number,
): Stepped {
  if (before !== undefined) return replayed(versions, before, { event, at })
  if (event.type !== 'conversation.started') throw new Error('A history begins with “conversation.started”.')
  return startWith(versions(0), 0, event, at)
}

export function isTaken(each: RecordedStep): each is TakenStep {
  return 'snapshot' in each
}
