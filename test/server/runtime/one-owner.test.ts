import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunningRuntime } from '#server/runtime/create.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'
import { testDatabase } from '../../driver/postgres.ts'
import { agent, handClock, runtimeOn } from './running.ts'

/** `BATON_ACCEPT_ROUNDS=1000` measures the figure; a few suffice to see the law broken. */
const ROUNDS = Number(process.env['BATON_ACCEPT_ROUNDS'] ?? 8)
const database = testDatabase()
const clock = handClock()
let runtime: RunningRuntime
let other: RunningRuntime

beforeAll(async () => {
  runtime = await runtimeOn(database.url, { clock })
  other = await runtimeOn(database.url, { clock })
})
afterAll(() => Promise.all([runtime.close(), other.close()]))

async function waiting(id: string): Promise<void> {
  await runtime.conversations.start({ flow: 'support', id })
  await runtime.conversations.accept(id, { type: 'customer.message', text: 'a human please' })
}

async function refusal(work: Promise<unknown>): Promise<RuntimeError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof RuntimeError) return error
  throw error ?? new Error('It was taken.')
}

const lengthOf = async (id: string): Promise<number> => (await runtime.conversations.log(id)).length

describe('One owner', () => {
  test(
    'law 1: of 64 agents who accept one conversation at once, on two servers, exactly one has it; the others are told kindly who',
    async () => {
      const ids = Array.from({ length: 64 }, (_, index) => `racer-${index}`)
      for (const id of ids) await runtime.desk.putAgent(agent(id, { name: `Agent ${id}`, capacity: 100, teams: [] }))
      for (let round = 0; round < ROUNDS; round++) {
        const id = `race-${round}`
        await waiting(id)
        const outcomes = await Promise.allSettled(
          ids.map((each, index) =>
            (index % 2 === 0 ? runtime : other).conversations.accept(
              id,
              { type: 'agent.accept', agent: each },
              { by: each },
            ),
          ),
        )
        const winners = ids.filter((_, index) => outcomes[index]?.status === 'fulfilled')
        expect(winners).toHaveLength(1)
        const { owner, epoch, machine } = await runtime.conversations.snapshot(id)
        expect([owner, epoch]).toEqual([`agent:${winners[0]}`, 2])
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') continue
          expect(outcome.reason).toMatchObject({
            code: 'not-owner',
            message: `${machine.context.agent?.name} took this a moment ago; there is nothing left to do.`,
          })
        }
        const accepts = (await runtime.conversations.log(id)).filter(
          (entry) => entry.kind === 'event' && entry.event.type === 'agent.accept',
        )
        expect(accepts).toHaveLength(1)
        await runtime.conversations.accept(id, { type: 'agent.resolve', resolution: 'done' })
      }
    },
    60_000 + ROUNDS * 1_000,
  )

  test('law 2: the bot cannot speak after a person owns it: it is refused, and nothing is in the log', async () => {
    await runtime.desk.putAgent(agent('sarah', { name: 'Sarah', teams: [] }))
    await waiting('owned')
    for (const [who, before] of [
      ['the queue', 'queue'],
      ['Sarah', 'agent:sarah'],
    ] as const) {
      if (before !== 'queue') await runtime.conversations.accept('owned', { type: 'agent.accept', agent: 'sarah' })
      const length = await lengthOf('owned')
      for (const event of [{ type: 'bot.message', text: 'Let me help!' }, { type: 'bot.done' }] as const)
        expect(await refusal(other.conversations.accept('owned', event)), who).toMatchObject({ code: 'not-owner' })
      expect(await lengthOf('owned')).toBe(length)
    }
  })

  test('law 3: what was begun under an earlier owner is refused, however late it comes', async () => {
    await waiting('epochs')
    const { epoch } = await runtime.conversations.snapshot('epochs')
    await runtime.conversations.accept('epochs', { type: 'agent.accept', agent: 'sarah' })
    await runtime.conversations.accept('epochs', { type: 'agent.handback' })
    const length = await lengthOf('epochs')
    for (const old of [0, epoch, epoch + 1])
      expect(
        await refusal(other.conversations.accept('epochs', { type: 'bot.message', text: 'Late' }, { epoch: old })),
      ).toMatchObject({ code: 'stale' })
    expect(await lengthOf('epochs')).toBe(length)
    const now = await runtime.conversations.snapshot('epochs')
    await runtime.conversations.accept('epochs', { type: 'bot.message', text: 'In time' }, { epoch: now.epoch })
  })

  test('an accept that comes too late says what has happened, in kind words', async () => {
    await waiting('late')
    await runtime.conversations.accept('late', { type: 'agent.accept', agent: 'sarah' })
    const accept = (who: string) => refusal(runtime.conversations.accept('late', { type: 'agent.accept', agent: who }))
    expect(await accept('sarah')).toMatchObject({
      code: 'not-owner',
      message: 'You have this conversation already; go on with it.',
    })
    await runtime.conversations.accept('late', { type: 'agent.handback' })
    expect(await accept('racer-1')).toMatchObject({
      code: 'not-owner',
      message: expect.stringContaining('taken this up again'),
    })
    await runtime.conversations.accept('late', { type: 'bot.done' })
    expect(await accept('racer-1')).toMatchObject({
      code: 'closed',
      message: expect.stringContaining('ended meanwhile'),
    })
  })
})

describe('Nobody loses the place', () => {
  const since = async (id: string) => (await runtime.conversations.view(id)).queue?.waitingSince

  test('an offer that is declined, missed, or made to somebody who goes away leaves the customer where it was, since when it was', async () => {
    await runtime.desk.putTeam({ id: 'billing', name: 'Billing', offerFor: '30s' })
    await runtime.desk.putAgent(agent('tom', { name: 'Tom', capacity: 100 }))
    await waiting('kept')
    const first = await since('kept')
    const offered = async () => {
      await runtime.settle()
      const { queue } = await runtime.conversations.view('kept')
      return queue?.offeredTo === undefined ? undefined : { to: queue.offeredTo, until: queue.offeredUntil }
    }
    clock.skip(60_000)
    await runtime.desk.setPresence('tom', 'online')
    expect(await offered()).toEqual({ to: 'tom', until: new Date(clock.now() + 30_000).toISOString() })

    await runtime.conversations.accept('kept', { type: 'agent.decline' }, { by: 'tom' })
    expect(await since('kept')).toBe(first)
    clock.skip(31_000)
    expect(await offered()).toMatchObject({ to: 'tom' })

    clock.skip(31_000)
    await runtime.settle()
    expect(await since('kept')).toBe(first)

    clock.skip(31_000)
    expect(await offered()).toMatchObject({ to: 'tom' })
    await runtime.desk.setPresence('tom', 'away')
    await expect.poll(async () => (await runtime.conversations.view('kept')).queue?.offeredTo).toBeUndefined()
    expect(await since('kept')).toBe(first)
    const { queue } = await runtime.conversations.view('kept')
    expect(queue).toMatchObject({ position: 1, waitingSince: first })
  })

  test('a person who vanishes after accepting gives the customer back the first place, and the customer is told', async () => {
    await waiting('vanished')
    const first = await since('vanished')
    clock.skip(45_000)
    await runtime.desk.setPresence('tom', 'online')
    await runtime.conversations.accept('vanished', { type: 'agent.accept', agent: 'tom' })
    clock.skip(90_000)
    await runtime.desk.setPresence('tom', 'offline')
    await expect.poll(async () => (await runtime.conversations.snapshot('vanished')).phase).toBe('queued')
    expect(await since('vanished')).toBe(first)
    const said = (await runtime.conversations.transcript('vanished'))
      .filter((message) => message.from === 'system')
      .at(-1)
    expect(said?.text).toMatch(/person|colleague|sorry/i)
    // So does one who falls silent.
    await runtime.conversations.accept('vanished', { type: 'agent.accept', agent: 'sarah' })
    clock.skip(5 * 60_000 + 1)
    await runtime.settle()
    expect(await since('vanished')).toBe(first)
    expect(
      (await runtime.conversations.transcript('vanished')).filter((message) => message.from === 'system').length,
    ).toBeGreaterThanOrEqual(2)
  })

  test('a transfer to somebody who declines goes on to the next, from the first waiting time', async () => {
    await waiting('handed-on')
    const first = await since('handed-on')
    clock.skip(20_000)
    await runtime.conversations.accept('handed-on', { type: 'agent.accept', agent: 'sarah' })
    await runtime.desk.setPresence('tom', 'online')
    clock.skip(20_000)
    await runtime.conversations.accept('handed-on', { type: 'agent.transfer', agent: 'tom', note: 'yours' })
    await runtime.settle()
    expect((await runtime.conversations.view('handed-on')).queue).toMatchObject({
      offeredTo: 'tom',
      waitingSince: first,
    })
    await runtime.conversations.accept('handed-on', { type: 'agent.decline' }, { by: 'tom' })
    expect(await since('handed-on')).toBe(first)
  })
})

describe('A whisper', () => {
  const admin = { whisper: null } as const
  const supervisor = { whisper: { id: 'key_1', name: 'Maria' } } as const
  const note = { type: 'agent.note', text: 'Offer a refund' } as const

  test('is a note of somebody who does not hold the conversation: in the log with its author, and nothing moves', async () => {
    await runtime.conversations.start({ flow: 'support', id: 'aside' })
    expect(await refusal(runtime.conversations.accept('aside', note, supervisor))).toMatchObject({
      code: 'not-expected',
    })
    await runtime.conversations.accept('aside', { type: 'customer.message', text: 'a human please' })
    // Somebody may be online to whom it is offered at once.
    await runtime.settle()
    const before = await runtime.conversations.snapshot('aside')
    const { messages } = await runtime.conversations.accept('aside', note, supervisor)
    expect(messages).toEqual([])
    const after = await runtime.conversations.snapshot('aside')
    expect({ ...after, version: 0, seq: 0, at: 0 }).toEqual({ ...before, version: 0, seq: 0, at: 0 })
    await runtime.conversations.accept('aside', { type: 'agent.accept', agent: 'sarah' })
    await runtime.conversations.accept('aside', note, admin)
    await runtime.conversations.accept('aside', { type: 'agent.note', text: 'Mine' }, { by: 'sarah' })
    const notes = (await runtime.conversations.log('aside')).filter((entry) => entry.kind === 'note')
    expect(notes).toMatchObject([
      { agent: 'key_1', text: 'Offer a refund', by: { id: 'key_1', name: 'Maria' }, whisper: true },
      { agent: null, text: 'Offer a refund', by: null, whisper: true },
      { agent: 'sarah', text: 'Mine' },
    ])
    expect(notes[2]).not.toHaveProperty('whisper')
    expect(JSON.stringify(await runtime.conversations.transcript('aside'))).not.toContain('refund')
    expect(
      await refusal(runtime.conversations.accept('aside', { type: 'agent.note', text: 'x' }, { by: 'tom' })),
    ).toMatchObject({ code: 'not-owner' })
  })

  test('is replayed as it was', async () => {
    const now = await runtime.conversations.snapshot('aside')
    const first = (await runtime.conversations.log('aside')).find((entry) => entry.kind === 'note')
    // As it was just before the last entry: made anew from the events.
    expect(await runtime.conversations.snapshot('aside', now.seq - 1)).toEqual(now)
    expect((await runtime.conversations.snapshot('aside', first?.seq)).phase).toBe('queued')
  })
})
