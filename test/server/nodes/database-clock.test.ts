import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  followingClock,
  openDatabaseClock,
  realTiming,
  type ClockTiming,
  type DatabaseClock,
} from '#server/store/database-clock.ts'
import { openPool } from '#server/store/pool.ts'
import { testDatabase } from '#test/driver/postgres.ts'
import { keptLog } from '../effects/kept-log.ts'

const database = testDatabase()

/** A node and its database, each with a clock of its own; `passes` lets time pass for both. */
function world({ ahead = 1_000_000, there = 1, back = 1 } = {}) {
  const time = { node: 5_000, ahead, there, back }
  const timing: ClockTiming = {
    monotonic: () => time.node,
    async ask() {
      time.node += time.there
      const answer = time.node + time.ahead
      time.node += time.back
      return answer
    },
    every: () => ({ async stop() {} }),
  }
  return {
    time,
    timing,
    passes(milliseconds: number) {
      time.node += milliseconds
    },
    of: () => time.node + time.ahead,
  }
}

const lookFor = async (clock: DatabaseClock, { passes }: { passes(milliseconds: number): void }, seconds: number) => {
  for (let second = 0; second < seconds; second++) {
    passes(1_000)
    await clock.look()
  }
}

test('Law 1: whatever the database answers and however long it takes, the clock never goes back', () =>
  fc.assert(
    fc.property(
      fc.array(fc.record({ passes: fc.nat(20_000), ahead: fc.integer({ min: -1e7, max: 1e7 }), takes: fc.nat(900) })),
      (answers) => {
        let node = 0
        const clock = followingClock(() => node, { sent: 0, time: 1e9, received: 2 })
        let before = clock.now()
        for (const { passes, ahead, takes } of answers) {
          node += passes
          const sent = node
          node += takes
          clock.hear({ sent, time: 1e9 + ahead + sent, received: node })
          for (const step of [0, 1, 17, 400]) {
            node += step
            const now = clock.now()
            expect(now).toBeGreaterThanOrEqual(before)
            expect(Number.isInteger(now)).toBe(true)
            before = now
          }
        }
      },
    ),
  ))

test('Law 2: it is never ahead of the database, and behind by what an answer takes at most', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(200), fc.nat(200), fc.integer({ min: -1e9, max: 1e12 }), async (there, back, ahead) => {
      const both = world({ there, back, ahead })
      const clock = await openDatabaseClock(both.timing, keptLog())
      const behind = both.of() - clock.now()
      expect(behind).toBeGreaterThanOrEqual(0)
      expect(behind).toBeLessThanOrEqual(there + back)
    }),
  ))

test('Law 3: of a little drift it makes good a twentieth of the time that passes, so no deadline jumps', async () => {
  const both = world()
  const clock = await openDatabaseClock(both.timing, keptLog())
  both.time.ahead += 400
  await clock.look()
  const before = clock.now()
  both.passes(1_000)
  expect(clock.now() - before).toBe(1_050)
  await lookFor(clock, both, 10)
  expect(Math.abs(clock.now() - both.of())).toBeLessThanOrEqual(2)
})

test('Law 4: a database that is set on is followed at once; one that is set back is waited for', async () => {
  const both = world()
  const log = keptLog()
  const clock = await openDatabaseClock(both.timing, log)
  both.time.ahead += 600_000
  await clock.look()
  expect(Math.abs(clock.now() - both.of())).toBeLessThanOrEqual(2)
  expect(log.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('jumped') }])
  both.time.ahead -= 60_000
  await clock.look()
  const before = clock.now()
  both.passes(30_000)
  expect(clock.now()).toBe(before)
  both.passes(31_000)
  expect(Math.abs(clock.now() - both.of())).toBeLessThanOrEqual(2)
})

test('Law 5: an answer that took long says too little and is not believed', async () => {
  const both = world()
  const clock = await openDatabaseClock(both.timing, keptLog())
  both.time.back = 4_000
  both.time.there = 0
  await clock.look()
  both.time.back = 1
  expect(Math.abs(clock.now() - both.of())).toBeLessThanOrEqual(2)
})

test('a node whose wall clock is ten minutes off has the database’s time', async () => {
  const wall = Date.now
  const { pool, close } = openPool({ connectionString: database.url, max: 1 }, () => undefined)
  try {
    for (const off of [600_000, -600_000]) {
      Date.now = () => wall() + off
      const clock = await openDatabaseClock(realTiming(pool), keptLog())
      // The database of the tests runs on this machine, by its true clock.
      expect(Math.abs(clock.now() - wall())).toBeLessThan(1_000)
      clock.close()
    }
  } finally {
    Date.now = wall
    await close()
  }
})
