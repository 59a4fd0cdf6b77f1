import { describe, expect, test } from 'vitest'
import { createCallbackBook } from '#server/effects/index.ts'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { handClock, runtimeOn, type Effects } from './running.ts'
import { supportFlow } from './support-flow.ts'

const database = testDatabase()

describe('Times of hours that are written in a flow', () => {
  const schedule = { timezone: 'UTC', week: { mon: [['11:00', '13:00']] } }
  const always = { timezone: 'UTC', week: { mon: [['00:00', '24:00']] } }
  const offered = async (node: RunningRuntime, id: string) => {
    await node.conversations.start({ flow: 'support', id, customer: { name: 'Ann', email: 'ann@example.org' } })
    const { messages } = await node.conversations.accept(id, { type: 'bot.intent', intent: 'book' })
    return (messages.at(-1)?.quickReplies ?? []).map((each) => each.id).filter((each) => each !== 'none')
  }

  test('are not offered again once they are booked, and are booked once', async () => {
    const effects: Effects = {
      run: {
        callback: async (effect, context, { conversations, database: tables }) => {
          const { id, at, length } = effect
          const booking = { id, conversation: context.conversation, schedule: effect.schedule, at, length }
          const booked = await createCallbackBook(tables).book({ ...booking, customer: {}, team: null, bookedAt: 0 })
          await conversations.tell(context.conversation, { type: 'effect.done', effect: id, ok: booked === 'booked' })
        },
      },
    }
    const flows = [supportFlow({ call: { schedule }, open: { schedule: always } })]
    const node = await runtimeOn(database.url, { clock: handClock(Date.parse('2027-05-03T10:00:00Z')), flows, effects })
    const [first = '', second = ''] = await offered(node, 'inline-1')
    expect(await offered(node, 'inline-2')).toContain(first)
    for (const id of ['inline-1', 'inline-2'])
      await node.conversations.accept(id, { type: 'customer.message', text: 'This one', choice: first })
    const phases = async () =>
      (await Promise.all(['inline-1', 'inline-2'].map((id) => node.conversations.view(id)))).map((each) => each.phase)
    await expect.poll(async () => (await phases()).sort()).toEqual(['closed', 'queued'])
    const again = await offered(node, 'inline-3')
    expect(again).not.toContain(first)
    expect(again).toContain(second)
    await node.close()
  })
})
