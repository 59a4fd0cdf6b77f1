/**
 * Poison: of ten effects one always fails and two hang until they are given up. `npm test` holds them still by hand;
 * `npm run test:long -- poison` has effects come for minutes, with and without poison, and compares.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { testDatabase } from '#test/driver/postgres.ts'
import { runtimeOn } from '../runtime/running.ts'
import { supportFlow } from '../runtime/support-flow.ts'
import { waits } from './flow.ts'

const LONG = process.env['BATON_LONG'] !== undefined
/** How long a hanging one hangs before it is given up, and how often it is tried, in the long form. */
const HANGS = 5_000
const TRIES = 2
/** Effects a second, and how many come without poison and with it. */
const { pace, clean, mixed } = { pace: 20, clean: 1_200, mixed: 2_400 }
/** More than would run at once if they had to share with what is healthy. */
const HANGING = 30
const HEALTHY = 60

const database = testDatabase()
const clock = { now: Date.now }

test('What hangs and what fails keeps nobody else waiting: neither effects nor deadlines', async () => {
  const delivered: string[] = []
  let giveUp = (): void => {}
  const hanging = new Promise<never>((_, reject) => {
    giveUp = () => reject(new Error('It hung.'))
  })
  hanging.catch(() => undefined)
  let hangs = 0
  const waiting = waits(1, '1s')
  const node = await runtimeOn(database.url, {
    clock,
    flows: [supportFlow(), waiting],
    effects: {
      maxAttempts: 1,
      run: {
        http: async (_, { conversation }) => {
          if (conversation.startsWith('hangs')) {
            hangs++
            await hanging
          }
          delivered.push(conversation)
        },
      },
    },
  })
  await Promise.all(ids('hangs', HANGING).map((id) => look(node, id)))
  await expect.poll(() => hangs).toBe(HANGING)
  const healthy = ids('healthy', HEALTHY)
  await Promise.all(healthy.map((id) => look(node, id)))
  await node.conversations.start({ flow: waiting.id, id: 'waits' })
  await expect.poll(() => delivered.toSorted()).toEqual(healthy.toSorted())
  await expect.poll(async () => (await node.conversations.view('waits')).phase).toBe('closed')

  giveUp()
  await expect
    .poll(async () => (await node.deadLetters()).map(({ conversation }) => conversation).toSorted())
    .toEqual(ids('hangs', HANGING).toSorted())
  expect(delivered).toHaveLength(HEALTHY)
  await node.close()
})

test.runIf(LONG)(
  'Law 4: beside poison, healthy effects come as soon; all poison is a dead letter, and all of it is delivered when retried',
  async () => {
    const asked = new Map<string, number>()
    const took: number[] = []
    let isWell = false
    const delivered = new Set<string>()
    const node = await runtimeOn(database.url, {
      clock,
      effects: {
        maxAttempts: TRIES,
        run: {
          http: async (_, { conversation }) => {
            if (!isWell && fails(conversation)) throw new Error('It always fails.')
            if (!isWell && hangs(conversation)) {
              await pause(HANGS)
              throw new Error('It hung.')
            }
            took.push(Date.now() - (asked.get(conversation) ?? 0))
            delivered.add(conversation)
          },
        },
      },
    })
    const p99 = async (names: readonly string[]): Promise<number> => {
      took.length = 0
      await steadily(names, async (id) => {
        await begin(node, id)
        asked.set(id, Date.now())
        await node.conversations.accept(id, { type: 'bot.intent', intent: 'look' })
      })
      await expect.poll(() => names.filter((id) => !isPoison(id)).every((id) => delivered.has(id))).toBe(true)
      return took.toSorted((one, other) => one - other)[Math.ceil(took.length * 0.99) - 1] ?? Infinity
    }
    await p99(ids('warm', 100))
    const without = await p99(ids('clean', clean))
    const names = ids('mixed', mixed)
    const beside = await p99(names)
    const poison = names.filter(isPoison)
    const letters = async () => (await node.deadLetters()).filter(({ conversation }) => isPoison(conversation))
    await expect.poll(async () => (await letters()).length, { timeout: 60_000, interval: 500 }).toBe(poison.length)
    isWell = true
    for (const { id } of await letters()) await node.retryDeadLetter(id)
    await expect.poll(() => poison.filter((id) => !delivered.has(id))).toEqual([])
    const left = (await letters()).length
    console.log(
      `figure healthy effects beside poison, p99: ${(beside / without).toFixed(2)} (${beside} ms, ${without} ms without; ` +
        `${pace} effects a second, 10 % fail, 20 % hang for ${HANGS} ms, ${TRIES} tries)`,
    )
    console.log(`figure poison that is no dead letter: 0 (of ${poison.length})`)
    console.log(`figure dead letters not delivered when retried: ${left} (of ${poison.length})`)
    expect(left).toBe(0)
    await node.close()
  },
  600_000,
)

function ids(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index}`)
}

const fails = (id: string): boolean => /^mixed-\d*0$/.test(id)
const hangs = (id: string): boolean => /^mixed-\d*[12]$/.test(id)
const isPoison = (id: string): boolean => fails(id) || hangs(id)

async function look(node: RunningRuntime, id: string): Promise<void> {
  await begin(node, id)
  await node.conversations.accept(id, { type: 'bot.intent', intent: 'look' })
}

async function begin(node: RunningRuntime, id: string): Promise<void> {
  await node.conversations.start({ flow: 'support', id })
}

/** So many a second, whatever the one before took. */
async function steadily(names: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
  const from = Date.now()
  await Promise.all(
    names.map(async (id, index) => {
      await pause(Math.max(0, from + (index * 1_000) / pace - Date.now()))
      await work(id)
    }),
  )
}
