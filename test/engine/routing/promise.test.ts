import { expect, test } from 'vitest'
import { keptOf, type FinishedWait } from '#engine/routing/index.ts'
import { createChance } from '#engine/routing/staffing/chance.ts'
import { playOut, type Arrival, type Scene } from '#engine/routing/staffing/events.ts'
import { createTelling } from '#engine/routing/staffing/telling.ts'

const MINUTE = 60_000
const CUSTOMERS = 3_000
const HANDLE = 6 * MINUTE
const ROOM = 24

// The whole proof, with larger teams, is `npm run bench -- kept-wait wait-error`.
test('on a busy day with two languages and urgent customers, 85 of 100 are served within what they were told', () => {
  const finished = tellAll(busyDay())
  const told = finished.flatMap(({ wait, within }) => (within === null || within === 0 ? [] : [wait <= within]))
  expect(told.length).toBeGreaterThan(CUSTOMERS / 3)
  expect(told.filter(Boolean).length / told.length).toBeGreaterThanOrEqual(0.85)
  expect(keptOf(finished).medianError).toBeLessThan(0.3)
})

test('who is told that there is room does not wait', () => {
  const free = tellAll(busyDay()).filter(({ within }) => within === 0)
  expect(free.length).toBeGreaterThan(0)
  expect(free.every(({ wait }) => wait === 0)).toBe(true)
})

/** Each is told a wait at joining, from what is known then. */
function tellAll(scene: Scene): readonly FinishedWait[] {
  const { watcher, told } = createTelling(null, () => true)
  return playOut(scene, watcher).flatMap(({ arrival, given }) => {
    const said = told.get(arrival.conversation.id)
    return given === null || said === undefined ? [] : [{ ...said, wait: given.at - arrival.at }]
  })
}

/** Twelve agents, of whom each speaks one of two languages or both; as many customers as there is room for. */
function busyDay(): Scene {
  const chance = createChance(20261121)
  const shifts = [['de'], ['en'], ['de', 'en']].flatMap((languages) =>
    [1, 2, 3, 4].map((number) => {
      const id = `${languages.join('-')}-${number}`
      const agent = { id, name: id, teams: ['support'], skills: {}, languages, channels: [], tiers: [], capacity: 2 }
      return { agent, from: 0, to: Infinity }
    }),
  )
  let at = 0
  const arrivals = Array.from({ length: CUSTOMERS }, (_, index): Arrival => {
    at += chance.exponential(HANDLE / (0.97 * ROOM))
    const priority = chance.next() < 0.1 ? 10 : 0
    const conversation = {
      id: `c${index}`,
      team: 'support',
      teams: [],
      priority,
      since: at,
      turn: at - priority * MINUTE,
      channel: 'web',
      language: chance.next() < 0.5 ? 'de' : 'en',
      tier: null,
      skills: {},
      prefer: {},
      dropped: [],
      skip: [],
      preferred: null,
      rested: true,
      weight: 1,
    }
    return { conversation, at, patience: 40 * MINUTE, handle: chance.exponential(HANDLE), relax: [] }
  })
  return { arrivals, shifts, rules: () => ({ policy: 'leastLoaded' }) }
}
