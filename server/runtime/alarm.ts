/**
 * When somebody looks: as soon as the earliest of the times it has been told has come, and every EVERY in any case.
 *
 *   waiting --the earliest time has come--> looking --it says what is next--> waiting
 *   (a time that is told while it looks counts for the wait after)
 */
export interface Alarm {
  /** Looks now, and again and again. */
  begin(): void
  /** There is something to look at from this time on. */
  at(time: number): void
  stop(): void
}

/** Milliseconds: what nobody here was told of is late by so much at most. */
const EVERY = 1_000
/** Between two looks: what comes in it is seen by one. */
const PAUSE = 20

/** @param look says when the next look is worth it, as far as it has seen; never rejects */
export function createAlarm(clock: { now(): number }, look: () => Promise<number | null>): Alarm {
  let state: 'new' | 'waiting' | 'looking' | 'stopped' = 'new'
  let earliest = Infinity
  let timer: NodeJS.Timeout | undefined

  function at(time: number): void {
    if (time >= earliest) return
    earliest = time
    if (state !== 'waiting') return
    clearTimeout(timer)
    timer = setTimeout(ring, Math.min(Math.max(time - clock.now(), PAUSE), EVERY))
  }

  function ring(): void {
    state = 'looking'
    earliest = Infinity
    void look().then((next) => {
      if (state !== 'looking') return
      state = 'waiting'
      const soonest = Math.min(earliest, next ?? Infinity, clock.now() + EVERY)
      earliest = Infinity
      at(soonest)
    })
  }

  return {
    begin: ring,
    at,
    stop() {
      state = 'stopped'
      clearTimeout(timer)
    },
  }
}
