/**
 * Where followed conversations stand. Laws:
 * 1. What nobody follows costs nothing.
 * 2. A conversation that changed is read once for all who follow it here, together with others that changed with it. One
 *    that was changed here is not read at all.
 * 3. Places in a queue change with every other conversation: they are looked at for all followers at once, by one
 *    statement, `PACE` after a change at the earliest and so seldom that it takes a tenth of the time at most, and only
 *    while somebody who is followed waits.
 * 4. Who has come to wait is shown with their place, which is read for all who come within `JOINING`.
 */
import { view, waitingOf, type ConversationView, type Facts, type Flow, type Snapshot } from '#engine/index.ts'
import type { Database } from '../store/database.ts'
import { readPlaces } from '../store/line.ts'
import { foretellMany, type Place } from './forecasts.ts'
import type { Line } from './line.ts'
import type { Log } from './log.ts'
import { noSuchConversation } from './refusals.ts'
import { reading } from './write.ts'

type Show = (view: ConversationView) => void

export interface Views {
  /** Calls `show` at once and whenever something changed. Rejects when there is no such conversation. */
  watch(id: string, show: Show): Promise<() => void>
  /** What this node has just written; its hint comes after. */
  wrote(snapshot: Snapshot): void
  /** Looks at a conversation whose hint was lost. */
  look(id: string): void
  close(): void
}

export interface ViewsDeps {
  readonly database: Database
  readonly line: Line
  readonly clock: { now(): number }
  readonly log: Log
  read(id: string): Promise<Snapshot | undefined>
  flowOf(snapshot: Snapshot): Promise<Flow>
}

const PACE = 500
const JOINING = 150

interface Subject {
  readonly shows: Set<Show>
  view?: ConversationView
}

export function createViews({ database, line, clock, log, read, flowOf }: ViewsDeps): Views {
  const subjects = new Map<string, Subject>()
  let changed = new Set<string>()
  /** Of those that have changed what was written here, where nothing newer is known of. */
  let written = new Map<string, Snapshot>()
  const joining = new Map<string, Snapshot>()
  let looking: NodeJS.Immediate | undefined
  let gathering: NodeJS.Timeout | undefined
  let pacing: NodeJS.Timeout | undefined
  let pace = PACE

  const stop = line.onHint((hint) => {
    if (subjects.size === 0) return
    if (hint === undefined) {
      changed = new Set(subjects.keys())
      written.clear()
    } else if (hint.conversation !== null && subjects.has(hint.conversation)) {
      changed.add(hint.conversation)
      if (written.get(hint.conversation)?.seq !== hint.seq) written.delete(hint.conversation)
    }
    lookSoon()
  })

  function lookSoon(): void {
    if (changed.size > 0) looking ??= setImmediate(() => void attempt(lookAtChanged))
    pacing ??= setTimeout(() => void attempt(lookAtPlaces), pace)
  }

  /** What cannot be read now is read with the next change of anything. */
  async function attempt(look: () => Promise<void>): Promise<void> {
    await look().catch((error: unknown) => log.warn({ err: error }, 'Followed conversations could not be looked at.'))
  }

  async function lookAtChanged(): Promise<void> {
    looking = undefined
    const ids = [...changed]
    const here = written
    changed = new Set()
    written = new Map()
    try {
      const snapshots = await Promise.all(ids.map((id) => here.get(id) ?? reading(() => read(id))))
      const atOnce: Snapshot[] = []
      for (const snapshot of snapshots) {
        if (snapshot === undefined) continue
        if (waitingOf(snapshot) === null) atOnce.push(snapshot)
        else joins(snapshot)
      }
      for (const each of await viewsOf(atOnce)) shown(each)
    } catch (error) {
      for (const id of ids) changed.add(id)
      throw error
    }
  }

  function joins(snapshot: Snapshot): void {
    const before = joining.get(snapshot.conversation)
    if (before === undefined || before.version < snapshot.version) joining.set(snapshot.conversation, snapshot)
    gathering ??= setTimeout(() => void attempt(lookAtJoining), JOINING)
  }

  async function lookAtJoining(): Promise<void> {
    gathering = undefined
    const snapshots = [...joining.values()]
    joining.clear()
    try {
      for (const each of await viewsOf(snapshots)) shown(each)
    } catch (error) {
      for (const { conversation } of snapshots) changed.add(conversation)
      throw error
    }
  }

  async function lookAtPlaces(): Promise<void> {
    pacing = undefined
    const began = performance.now()
    const waiting = [...subjects.values()].flatMap((subject) => (subject.view?.queue ? [subject.view] : []))
    const places = await placesAt(waiting.map((each) => each.id))
    for (const before of waiting) {
      const there = places.get(before.id)
      // One that was shown anew meanwhile has its place already.
      if (there === undefined || before.queue === undefined || subjects.get(before.id)?.view !== before) continue
      if (isSame(there, before.queue)) continue
      shown({ ...before, queue: { ...before.queue, ...there } })
    }
    pace = Math.max(PACE, 10 * (performance.now() - began))
  }

  function shown(view: ConversationView): void {
    const subject = subjects.get(view.id)
    // Reads may overtake each other.
    if (!subject || (subject.view && subject.view.version > view.version)) return
    subject.view = view
    for (const show of subject.shows) show(view)
  }

  async function viewsOf(snapshots: readonly Snapshot[]): Promise<readonly ConversationView[]> {
    const waiting = snapshots.filter((snapshot) => waitingOf(snapshot) !== null)
    const places = await placesAt(waiting.map((each) => each.conversation))
    return Promise.all(
      snapshots.map(async (snapshot) =>
        view(await flowOf(snapshot), snapshot, factsAt(snapshot, places.get(snapshot.conversation))),
      ),
    )
  }

  const placesAt = async (ids: readonly string[]) => placesNow(database, ids, clock.now())

  return {
    async watch(id, show) {
      const subject = subjects.get(id) ?? { shows: new Set() }
      subjects.set(id, subject)
      subject.shows.add(show)
      const leave = (): void => {
        subject.shows.delete(show)
        if (subject.shows.size === 0 && subjects.get(id) === subject) subjects.delete(id)
      }
      try {
        const snapshot = await reading(() => read(id))
        if (!snapshot) throw noSuchConversation(id)
        const [now] = await viewsOf([snapshot])
        if (now) {
          const isNewer = subject.view === undefined || subject.view.version <= now.version
          if (isNewer) subject.view = now
          show(subject.view ?? now)
        }
      } catch (error) {
        leave()
        throw error
      }
      return leave
    },
    wrote(snapshot) {
      if (subjects.has(snapshot.conversation)) written.set(snapshot.conversation, snapshot)
    },
    look(id) {
      if (!subjects.has(id)) return
      written.delete(id)
      changed.add(id)
      lookSoon()
    },
    close() {
      stop()
      clearImmediate(looking)
      clearTimeout(gathering)
      clearTimeout(pacing)
    },
  }
}

/** The place and the times of everyone of these who waits. */
export async function placesNow(
  database: Database,
  ids: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, Place>> {
  return ids.length === 0 ? new Map() : foretellMany(await reading(() => readPlaces(database, ids, now)))
}

/** A place as the facts by which a view shows it. */
export function factsAt(snapshot: Snapshot, place: Place | undefined): Facts {
  const waiting = waitingOf(snapshot)
  if (waiting === null || place === undefined) return {}
  // A view shows the place alone.
  return { queues: { [waiting.team]: { ...place, online: 0, waiting: 0 } } }
}

function isSame(one: Place, other: NonNullable<ConversationView['queue']>): boolean {
  return one.position === other.position && one.eta === other.eta && one.within === other.within
}
