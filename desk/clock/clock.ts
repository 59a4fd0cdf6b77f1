/**
 * One clock for the page, which tells the time once a second. A part of the page that shows a time subscribes to the
 * words it shows and is drawn again only when they change. The clock is the server's: a device that is wrong by more
 * than its answers took is put right by what the server says of its time.
 */
import { useCallback, useSyncExternalStore } from 'react'

const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let behind = 0
let time = Date.now()

/** The server's time now, in epoch ms; it moves once a second. */
export function now(): number {
  return watchers.size === 0 ? Date.now() + behind : time
}

/** Learns how far this device is behind the server. `date` as the server's answer to a request made `then` says it. */
export function setByServer(date: string | null, then: number): void {
  const said = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(said)) return
  // The header tells whole seconds; the answer was given between then and now.
  const middle = (then + Date.now()) / 2
  const off = said + 500 - middle
  behind = Math.abs(off) < 2_000 ? 0 : off
  tick()
}

/** What `tell` says now, told anew each second. */
export function useClock<Told extends string | number | boolean>(tell: (now: number) => Told): Told {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => tell(now()), [tell]),
  )
}

function tick(): void {
  time = Date.now() + behind
  for (const watcher of watchers) watcher()
}

function subscribe(watcher: () => void): () => void {
  if (watchers.size === 0) {
    time = Date.now() + behind
    timer = setInterval(tick, 1_000)
  }
  watchers.add(watcher)
  return () => {
    watchers.delete(watcher)
    if (watchers.size === 0) clearInterval(timer)
  }
}
