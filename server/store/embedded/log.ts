/*
 * PostgreSQL's log is a plain file that the postmaster inherits, not a pipe, so that it goes on writing when we are
 * killed and the next of us finds it all. It stays bounded: when it has grown past the limit it is copied to
 * `postgres.log.1` and cut to nothing. Cutting works under the writer's hands because it appends (O_APPEND); lines
 * that come between copy and cut, a few microseconds apart, are lost.
 */
import { closeSync, copyFileSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs'

export interface PostgresLog {
  readonly file: string
  /** To be inherited by the postmaster. */
  readonly descriptor: number
  /** Bytes written so far: remember it to read later what came `since`. */
  size(): number
  since(offset: number): string
  close(): void
}

/** Opens the log, parts it when it is over `limit` bytes, now and whenever it is looked at (every `everyMs`). */
export function openLog(file: string, { limit = 8 * 1024 * 1024, everyMs = 30_000 } = {}): PostgresLog {
  const descriptor = openSync(file, 'a+', 0o600)
  const size = (): number => fstatSync(descriptor).size
  const rotate = (): void => {
    if (size() <= limit) return
    copyFileSync(file, `${file}.1`)
    ftruncateSync(descriptor)
  }
  rotate()
  const watch = setInterval(() => attempt(rotate), everyMs)
  watch.unref()
  return {
    file,
    descriptor,
    size,
    since: (offset) => read(descriptor, Math.min(offset, size()), size()),
    close: () => {
      clearInterval(watch)
      closeSync(descriptor)
    },
  }
}

function read(descriptor: number, from: number, to: number): string {
  const start = Math.max(from, to - LONGEST_READ)
  const buffer = Buffer.alloc(to - start)
  return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, buffer.length, start))
}

/** A full disk or a log that somebody moved must not take the server down; the next round tries again. */
function attempt(work: () => void): void {
  try {
    work()
  } catch {
    return
  }
}

const LONGEST_READ = 64 * 1024
