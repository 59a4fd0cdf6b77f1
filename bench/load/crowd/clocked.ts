/**
 * Requests with the moment in which each was meant to go out. What an answer took is counted from that moment: a request
 * that waited for the one before it, or for a connection, waited for the server.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { Agent } from 'undici'
import { post } from '../post.ts'
import { spreadOf, Times } from './times.ts'
import type { Spread } from '../order.ts'

export interface Clocked {
  /** Sends it when its moment has come. @throws Error when it is not taken. */
  send(request: Timed): Promise<string>
  /** Since the last call. */
  stretch(): { readonly events: number; readonly errors: number; readonly answers: Spread }
  /** Forgets what was before. */
  begin(): void
  whole(): {
    readonly events: number
    readonly errors: number
    readonly faults: readonly string[]
    readonly answers: Spread
  }
  /** Something else went wrong. */
  fault(what: string): void
  close(): Promise<void>
}

export interface Timed {
  /** Milliseconds, by `performance.now()`. */
  readonly at: number
  /** Of the server. */
  readonly url: string
  readonly path: string
  readonly body: object
  readonly key: string
}

/** To all servers together. */
const CONNECTIONS = 128
const FAULTS_KEPT = 5

export function openClocked(urls: readonly string[]): Clocked {
  const pool = new Agent({ connections: CONNECTIONS / urls.length, headersTimeout: 60_000 })
  let counted = { events: 0, errors: 0, times: new Times() }
  let latest = { events: 0, errors: 0, times: new Times() }
  let faults: string[] = []
  const fault = (what: string): void => {
    counted.errors++
    latest.errors++
    if (faults.length < FAULTS_KEPT) faults.push(what)
  }
  return {
    async send({ at, url, path, body, key }) {
      await until(at)
      const text = await post(pool, `${url}${path}`, key, body)
      const took = performance.now() - at
      for (const each of [counted, latest]) {
        each.events++
        each.times.note(took)
      }
      return text
    },
    stretch() {
      const { events, errors, times } = latest
      latest = { events: 0, errors: 0, times: new Times() }
      return { events, errors, answers: spreadOf(times) }
    },
    begin() {
      counted = { events: 0, errors: 0, times: new Times() }
      faults = []
    },
    whole: () => ({ events: counted.events, errors: counted.errors, faults, answers: spreadOf(counted.times) }),
    fault,
    close: () => pool.destroy(),
  }
}

/** At once when the moment has passed. */
export async function until(at: number): Promise<void> {
  const left = at - performance.now()
  if (left > 0) await pause(left)
}
