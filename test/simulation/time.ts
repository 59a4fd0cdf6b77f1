/**
 * The process' time and chance, as a simulated node sees them. The runtime uses what JavaScript gives everybody
 * (`setTimeout`, `Date.now`, `Math.random` ...), and so may whatever is added to it: nothing of it has to know that it
 * is simulated. While a step of a place runs they are the scheduler's; between two steps they are the real ones, which
 * the one real connection to PostgreSQL needs.
 */
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

export const realTime = {
  setImmediate: globalThis.setImmediate,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  clearTimeout: globalThis.clearTimeout,
  clearInterval: globalThis.clearInterval,
  clearImmediate: globalThis.clearImmediate,
  now: Date.now,
  performanceNow: performance.now.bind(performance),
  random: Math.random,
}

/** What `setTimeout` and its like give back. */
class Handle {
  readonly end: () => void
  constructor(end: () => void) {
    this.end = end
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
  hasRef(): boolean {
    return true
  }
}

/** The world whose step runs now. */
let world: { readonly scheduler: Scheduler; readonly random: Random } | undefined

/** Lets the code of places live in this world's time, until it is taken away again. */
export function liveIn(scheduler: Scheduler, random: Random): () => void {
  world = { scheduler, random }
  return () => {
    world = undefined
  }
}

/** Replaces the process' time and chance; called once, before the first world. */
export function takeOverTime(): void {
  const end = (handle: unknown, real: (handle: never) => void): void => {
    if (handle instanceof Handle) handle.end()
    // A real timer's own handle, or undefined: what the real function takes.
    else real(handle as never)
  }
  Object.assign(globalThis, {
    setTimeout: timerOr(realTime.setTimeout, false),
    setInterval: timerOr(realTime.setInterval, true),
    setImmediate(work: (...values: unknown[]) => void, ...values: unknown[]) {
      const place = world?.scheduler.place()
      if (world === undefined || place === undefined) return realTime.setImmediate(work, ...values)
      return new Handle(world.scheduler.soon(place, () => work(...values)))
    },
    clearTimeout: (handle: unknown) => end(handle, realTime.clearTimeout),
    clearInterval: (handle: unknown) => end(handle, realTime.clearInterval),
    clearImmediate: (handle: unknown) => end(handle, realTime.clearImmediate),
  })
  Date.now = () => {
    const place = world?.scheduler.place()
    return world === undefined || place === undefined ? realTime.now() : world.scheduler.now() + place.skew
  }
  performance.now = () =>
    world?.scheduler.place() === undefined ? realTime.performanceNow() : world.scheduler.now() - EPOCH
  Math.random = () => (world?.scheduler.place() === undefined ? realTime.random() : world.random.next())
}

/** When the simulated machines were switched on. */
const EPOCH = Date.parse('2026-11-01T00:00:00Z')

function timerOr(real: typeof setTimeout | typeof setInterval, again: boolean) {
  return (work: (...values: unknown[]) => void, delay = 0, ...values: unknown[]): unknown => {
    const here = world
    const place = here?.scheduler.place()
    if (here === undefined || place === undefined) return real(work, delay, ...values)
    let ended = false
    const plan = (): void => {
      here.scheduler.after(Math.max(1, delay), 'timer', place, () => {
        if (ended) return
        if (again) plan()
        work(...values)
      })
    }
    plan()
    return new Handle(() => {
      ended = true
    })
  }
}
