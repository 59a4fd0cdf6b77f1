import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { ApiProblem, noAnswer } from '#ui/request.ts'
import { createKeep, type Keep } from '#widget/keep.ts'
import { createOutbox, type Outbox, type Unsent } from '#widget/outbox.ts'
import { storage } from './storage.ts'

const closed = new ApiProblem({
  status: 409,
  type: 'http://baton/problems/closed',
  title: '',
  detail: 'It is closed.',
  errors: [],
})
const busy = new ApiProblem({ status: 503, type: '', title: '', detail: '', errors: [] })

let keep: Keep
beforeEach(() => {
  keep = createKeep('test', storage())
})

function text({ event }: Unsent): string {
  return event.type === 'customer.message' ? event.text : event.type
}

/** An outbox whose sendings are answered as `answers` says, in order, and well when it says no more. */
function outboxThat(answers: (ApiProblem | null)[] = [], shared: Keep = keep, from = 1_000) {
  const sent: Unsent[] = []
  const pauses: number[] = []
  let clock = from
  const outbox = createOutbox({
    keep: shared,
    now: () => clock++,
    onChange() {},
    async send(item) {
      sent.push(item)
      const answer = answers.shift()
      if (answer) throw answer
    },
    async pause(milliseconds) {
      pauses.push(milliseconds)
    },
  })
  return { outbox, sent, pauses }
}

function write(outbox: Outbox, ...texts: readonly string[]): void {
  for (const each of texts) outbox.add({ type: 'customer.message', text: each }, 0)
}

test('law 1: messages go one at a time, in the order of writing', async () => {
  let [flying, most] = [0, 0]
  const order: string[] = []
  const outbox = createOutbox({
    keep,
    now: () => 5,
    onChange() {},
    pause: async () => {},
    async send(item) {
      most = Math.max(most, ++flying)
      await Promise.resolve()
      order.push(text(item))
      flying -= 1
    },
  })
  write(outbox, 'one', 'two', 'three')
  await Promise.all([outbox.drain(), outbox.drain()])
  expect(order).toEqual(['one', 'two', 'three'])
  expect(most).toBe(1)
})

test('law 1: also where the clock was set back before a reload', async () => {
  write(outboxThat().outbox, 'first')
  const { outbox, sent } = outboxThat([], keep, 10)
  write(outbox, 'second')
  await outbox.drain()
  expect(sent.map(text)).toEqual(['first', 'second'])
})

test('law 2: whatever fails on the way, in whatever order, a message keeps its key until it is answered', async () => {
  const failure = fc.constantFrom(noAnswer(), busy)
  await fc.assert(
    fc.asyncProperty(fc.array(failure, { maxLength: 8 }), async (failures) => {
      const { outbox, sent } = outboxThat([...failures], createKeep('law2', storage()))
      write(outbox, 'one', 'two')
      await outbox.drain()
      const keys = new Map(sent.map((item) => [text(item), new Set<string>()]))
      for (const item of sent) keys.get(text(item))?.add(item.key)
      expect([...keys].map(([name, each]) => [name, each.size])).toEqual([
        ['one', 1],
        ['two', 1],
      ])
      expect(sent).toHaveLength(failures.length + 2)
      expect(outbox.items().map(({ state }) => state)).toEqual(['answered', 'answered'])
    }),
  )
})

test('law 2: what was not answered before a reload is sent after it under its key, what was answered is not', async () => {
  const before = outboxThat()
  write(before.outbox, 'one')
  await before.outbox.drain()
  write(before.outbox, 'two')
  const [, second] = before.outbox.items()
  const after = outboxThat()
  await after.outbox.drain()
  expect(after.sent.map(({ key }) => key)).toEqual([second?.key])
})

test('law 2: what several tabs write goes into one line, and each entry has a key of its own', async () => {
  const [here, there] = [outboxThat(), outboxThat()]
  write(here.outbox, 'one')
  write(there.outbox, 'two')
  write(here.outbox, 'three')
  expect(new Set(here.outbox.items().map(({ key }) => key)).size).toBe(3)
  await here.outbox.drain()
  expect(here.sent).toHaveLength(3)
  await there.outbox.drain()
  expect(there.sent).toHaveLength(0)
})

test('law 3: what failed on the way is sent again by itself, more and more slowly', async () => {
  const { outbox, pauses } = outboxThat([
    noAnswer(),
    noAnswer(),
    noAnswer(),
    noAnswer(),
    noAnswer(),
    noAnswer(),
    noAnswer(),
  ])
  write(outbox, 'one')
  await outbox.drain()
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
})

test('law 3: what was refused waits for the customer, and what came after it does not wait', async () => {
  const { outbox, sent } = outboxThat([closed])
  write(outbox, 'one', 'two')
  await outbox.drain()
  const [first, second] = outbox.items()
  expect(first).toMatchObject({ state: 'refused', refusal: { status: 409, code: 'closed', detail: 'It is closed.' } })
  expect(second?.state).toBe('answered')
  await outbox.drain()
  expect(sent).toHaveLength(2)
  outbox.again(first?.key ?? '')
  expect(outbox.items()[0]).toMatchObject({ state: 'waiting' })
  expect(outbox.items()[0]).not.toHaveProperty('refusal')
  await outbox.drain()
  expect(sent.map(text)).toEqual(['one', 'two', 'one'])
  expect(sent[2]?.key).toBe(first?.key)
})

test('an entry that another tab has taken out stays out, also when its answer comes', async () => {
  const { outbox } = outboxThat()
  write(outbox, 'one')
  const sending = outbox.drain()
  outbox.drop(outbox.items()[0]?.key ?? '')
  await sending
  expect(outbox.items()).toEqual([])
})

test('an outbox that is told to stop sends nothing more until it is told to send', async () => {
  const { outbox, sent } = outboxThat()
  write(outbox, 'one', 'two')
  const draining = outbox.drain()
  outbox.stop()
  await draining
  expect(sent).toHaveLength(1)
  await outbox.drain()
  expect(sent).toHaveLength(2)
})
