/**
 * The log of an open conversation, folded from its stream and from what is read again. Laws:
 * 1. What is shown is always the beginning of the log, without a gap: an entry that comes too early waits.
 * 2. The same entries, in any parts, any order and however often, give the same thread.
 * 3. Its version (accepted events) counts what it shows, so that a send which was answered with version n is among the
 *    entries once the thread's version is n.
 */
import type { ShownEntry } from '#ui/answers.ts'

export interface Thread {
  /** Entries 1 to `last`. */
  readonly entries: readonly ShownEntry[]
  readonly last: number
  readonly version: number
  /** What came before its turn, by its number. */
  readonly early: ReadonlyMap<number, ShownEntry>
}

export const emptyThread: Thread = { entries: [], last: 0, version: 0, early: new Map() }

/** The thread with some more entries; the same one when they are nothing new. */
export function read(thread: Thread, entries: readonly ShownEntry[]): Thread {
  const early = new Map(thread.early)
  for (const entry of entries) if (entry.seq > thread.last) early.set(entry.seq, entry)
  if (early.size === thread.early.size) return thread
  const next: ShownEntry[] = []
  let { last, version } = thread
  for (let entry = early.get(last + 1); entry !== undefined; entry = early.get(last + 1)) {
    early.delete(entry.seq)
    next.push(entry)
    last = entry.seq
    if (entry.kind === 'event') version += 1
  }
  return { entries: next.length === 0 ? thread.entries : [...thread.entries, ...next], last, version, early }
}

/** Whether something is missing between what is shown and what has come. */
export function hasGap({ early }: Thread): boolean {
  return early.size > 0
}
