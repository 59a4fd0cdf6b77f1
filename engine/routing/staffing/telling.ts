/**
 * What customers of a replayed day are told when they join, by the very forecast that tells live ones: from who is
 * ahead, who is there, how long the last conversations took, and how true the last forecasts were.
 */
import { forecast, type NeedsGroup } from '../forecast.ts'
import { stretchOf, type FinishedWait } from '../kept.ts'
import { fitsNeeds, needsKey } from '../needs.ts'
import type { WaitingConversation } from '../match.ts'
import type { Arrival, Course, Floor, Watcher } from './events.ts'

export interface Told {
  readonly expected: number | null
  readonly within: number | null
  readonly stretch: number
}

export interface Telling {
  readonly watcher: Watcher
  /** By conversation. */
  readonly told: ReadonlyMap<string, Told>
}

/** As many as the server looks back. */
const HANDLES = 50
const WAITS = 200
/** Live forecasts learn from each wait; a replay of thousands from every fifth. */
const LEARNS = 5

/**
 * `handle`: what conversations took before the day, null when nobody knows. Arrivals that `counts` leaves out are told
 * nothing, and nothing is learned from them.
 */
export function createTelling(handle: number | null, counts: (arrival: Arrival) => boolean): Telling {
  const told = new Map<string, Told>()
  const finished: FinishedWait[] = []
  const handles: number[] = []
  const keys = new WeakMap<WaitingConversation, string>()
  let stretch = 1
  let learned = 0

  function keyOf(conversation: WaitingConversation): string {
    let key = keys.get(conversation)
    if (key === undefined) {
      key = `${conversation.weight} ${needsKey(conversation)}`
      keys.set(conversation, key)
    }
    return key
  }

  function groupsAhead({ turn, id }: WaitingConversation, { waiting }: Floor): readonly NeedsGroup[] {
    const groups = new Map<string, { -readonly [Key in keyof NeedsGroup]: NeedsGroup[Key] }>()
    for (const other of waiting.values()) {
      if (other.turn > turn || (other.turn === turn && other.id > id)) continue
      const key = keyOf(other)
      const group = groups.get(key)
      if (group === undefined) groups.set(key, { ...other, count: 1 })
      else group.count += 1
    }
    return [...groups.values()]
  }

  function joins(arrival: Arrival, floor: Floor): void {
    if (!counts(arrival)) return
    const { conversation } = arrival
    if (hasRoom(conversation, floor)) {
      told.set(conversation.id, { expected: 0, within: 0, stretch })
      return
    }
    const pace = { handle: handles.length === 0 ? handle : mean(handles), stretch }
    const { expected, within } = forecast(conversation, floor.agents, groupsAhead(conversation, floor), pace)
    told.set(conversation.id, { expected, within, stretch })
  }

  function given({ arrival }: Course, at: number): void {
    const said = told.get(arrival.conversation.id)
    if (said === undefined) return
    keep(finished, { wait: at - arrival.at, ...said }, WAITS)
    learned += 1
    if (learned % LEARNS === 0) stretch = stretchOf(finished)
  }

  function ended({ arrival }: Course): void {
    if (counts(arrival)) keep(handles, arrival.handle, HANDLES)
  }

  return { told, watcher: { joins, given, ended } }
}

/** Where somebody who fits is free, nobody ahead is fitted by them: matching leaves no such pair. */
function hasRoom(conversation: WaitingConversation, { agents }: Floor): boolean {
  return agents.some(
    (agent) => agent.online && agent.load + conversation.weight <= agent.capacity && fitsNeeds(conversation, agent),
  )
}

/** The newest `most` of them. */
function keep<Item>(items: Item[], item: Item, most: number): void {
  items.push(item)
  if (items.length > most) items.shift()
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
