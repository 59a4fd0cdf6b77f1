import { expect, test } from 'vitest'
import { testDatabase } from '#test/driver/postgres.ts'
import { runtimeOn, type Tried } from '../runtime/running.ts'

const database = testDatabase()

test('a dead letter that a person retries runs again under its id and leaves the list; one that fails again comes back', async () => {
  const tried: Tried[] = []
  let reachable = false
  const node = await runtimeOn(database.url, {
    effects: {
      maxAttempts: 1,
      tried,
      run: { http: async () => void (reachable || (await Promise.reject(new Error('Nobody answers.')))) },
    },
  })
  await node.conversations.start({ flow: 'support', id: 'c' })
  await node.conversations.accept('c', { type: 'bot.intent', intent: 'look' })
  await expect.poll(() => node.deadLetters()).toMatchObject([{ conversation: 'c', type: 'http', asideAt: null }])
  const [letter] = await node.deadLetters()
  const id = letter?.id ?? ''

  await node.retryDeadLetter(id)
  await expect.poll(() => tried.length).toBe(2)
  await expect.poll(() => node.deadLetters()).toMatchObject([{ id }])

  reachable = true
  await node.retryDeadLetter(id)
  await expect.poll(() => tried.length).toBe(3)
  expect(new Set(tried.map(({ effect }) => effect.id)).size).toBe(1)
  expect(tried.map(({ context }) => [context.attempt, context.epoch])).toEqual([
    [1, tried[0]?.context.epoch],
    [1, tried[0]?.context.epoch],
    [1, tried[0]?.context.epoch],
  ])
  expect(await node.deadLetters()).toEqual([])
  await expect(node.retryDeadLetter(id)).rejects.toMatchObject({ code: 'not-found' })
  await node.close()
})

test('one that a person has set aside stays on the list as such, and may still be retried', async () => {
  const node = await runtimeOn(database.url, {
    effects: { maxAttempts: 1, run: { http: () => Promise.reject(new Error('Nobody answers.')) } },
  })
  await node.conversations.start({ flow: 'support', id: 'aside' })
  await node.conversations.accept('aside', { type: 'bot.intent', intent: 'look' })
  await expect.poll(() => node.deadLetters()).toHaveLength(1)
  const id = (await node.deadLetters())[0]?.id ?? ''
  await node.setDeadLetterAside(id)
  const first = (await node.deadLetters())[0]?.asideAt
  expect(first).toEqual(expect.any(Number))
  await node.setDeadLetterAside(id)
  expect((await node.deadLetters())[0]?.asideAt).toBe(first)
  expect((await node.work()).deadLetters).toEqual({ open: 0, aside: 1 })
  await node.retryDeadLetter(id)
  await expect.poll(async () => (await node.work()).deadLetters).toEqual({ open: 1, aside: 0 })
  await expect(node.setDeadLetterAside('nothing')).rejects.toMatchObject({ code: 'not-found' })
  await node.close()
})

test('a poisoned effect stops itself only: those beside it and after it are carried out', async () => {
  const done: string[] = []
  const node = await runtimeOn(database.url, {
    effects: {
      maxAttempts: 2,
      run: {
        http: async (_effect, { conversation }) => {
          if (conversation.startsWith('poison')) throw new Error('Poison.')
          done.push(conversation)
        },
      },
    },
  })
  const ids = Array.from({ length: 12 }, (_, index) => (index % 3 === 0 ? `poison-${index}` : `well-${index}`))
  for (const id of ids) {
    await node.conversations.start({ flow: 'support', id })
    await node.conversations.accept(id, { type: 'bot.intent', intent: 'look' })
  }
  await expect.poll(() => done.length).toBe(8)
  expect(done.toSorted()).toEqual(ids.filter((id) => id.startsWith('well')).toSorted())
  await expect.poll(async () => (await node.work()).deadLetters.open).toBeGreaterThanOrEqual(4)
  await node.close()
})
