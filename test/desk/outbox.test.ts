import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Advance } from '#engine/conversation/advance.ts'
import { ApiProblem } from '#ui/request.ts'
import { createDrafts } from '#desk/outbox/drafts.ts'
import type { AgentEvent } from '#desk/outbox/event.ts'
import { createOutbox, type Outbox } from '#desk/outbox/outbox.ts'
import { conversation, device, fullDevice, twoTabs } from './given.ts'

const noAnswer = new ApiProblem({ status: 0, type: 'about:blank', title: '', detail: '', errors: [] })
const busy = new ApiProblem({ status: 503, type: 'about:blank', title: '', detail: '', errors: [] })
const signedOut = new ApiProblem({ status: 401, type: 'about:blank', title: '', detail: '', errors: [] })
const taken = new ApiProblem({
  status: 409,
  type: '/problems/not-owner',
  title: '',
  detail: 'Tom took this a moment ago.',
  errors: [],
})

const say = (text: string): AgentEvent => ({ type: 'agent.message', text })

describe('What an agent sends', () => {
  test('1. 2. 3. is taken once and in order, through lost answers, broken lines and reloads', async () => {
    const fate = fc.constantFrom('taken', 'answer lost', 'line broken', 'busy', 'reload', 'reload, answer lost')
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), async (fates, count) => {
        const house = houseWith(fates)
        for (let index = 0; index < count; index += 1) house.say(`message ${index}`)
        await house.settles()
        expect(house.taken()).toEqual(Array.from({ length: count }, (_, index) => `message ${index}`))
        expect(house.left()).toEqual([])
      }),
    )
  })

  test('1. waits for what was written before it, and not for other conversations', async () => {
    const house = houseWith(['line broken'])
    house.say('first')
    house.say('second')
    void house.outbox().post('other', say('elsewhere'))
    await house.rests()
    expect(house.taken()).toEqual(['elsewhere'])
    await house.settles()
    expect(house.taken()).toEqual(['elsewhere', 'first', 'second'])
  })

  test('4. comes back alone when it is refused; what was written after it is sent', async () => {
    const house = houseWith(['refused'])
    const first = house.outbox().post('ann', say('too late'))
    house.say('and this')
    await expect(first).rejects.toBe(taken)
    await house.settles()
    expect(house.refused()).toEqual([['too late', 'Tom took this a moment ago.']])
    expect(house.taken()).toEqual(['and this'])
    expect(house.left()).toEqual([])
  })

  test('waits while nobody is signed in, and is sent with the next key', async () => {
    const house = houseWith(['signed out'])
    house.say('patience')
    await house.rests()
    expect(house.refused()).toEqual([])
    await house.settles()
    expect(house.taken()).toEqual(['patience'])
  })

  test('is shown as on its way until the transcript has it', async () => {
    const house = houseWith([])
    house.say('hello')
    await house.settles()
    expect(house.outbox().state()).toMatchObject([{ state: 'answered', version: 1 }])
    house.outbox().seen('ann', 0)
    expect(house.outbox().state()).toHaveLength(1)
    house.outbox().seen('ann', 1)
    expect(house.outbox().state()).toEqual([])
  })

  test('is not sent in another person’s name', async () => {
    const kept = device()
    const mine = houseWith(['line broken'], kept)
    mine.say('from Sarah')
    await mine.rests()
    mine.outbox().stop()
    expect(houseWith([], kept, 'tom').outbox().state()).toEqual([])
    expect(houseWith([], kept).outbox().state()).toHaveLength(1)
  })

  test('is not sent in the name of a person whose name begins like the own', async () => {
    const kept = device()
    const other = houseWith(['line broken'], kept, 'tom.smith')
    other.say('from Tom Smith')
    await other.rests()
    other.outbox().stop()
    expect(houseWith([], kept, 'tom').outbox().state()).toEqual([])
  })

  test('of an offer is for now: an answer to it that was not sent is not sent after a reload', async () => {
    const house = houseWith(['line broken'])
    void house
      .outbox()
      .post('ann', { type: 'agent.accept', agent: 'sarah' })
      .catch(() => undefined)
    await house.rests()
    house.reload()
    expect(house.outbox().state()).toEqual([])
  })

  test('goes out also where the device keeps nothing', async () => {
    const house = houseWith([], fullDevice())
    house.say('hello')
    await house.settles()
    expect(house.taken()).toEqual(['hello'])
  })
})

describe('A draft', () => {
  test('1. is there after a reload, with its files and its mode', () => {
    const kept = device()
    createDrafts(kept, 'sarah').change('ann', {
      note: 'call back',
      mode: 'note',
      attachments: [{ id: 'a', name: 'bill.pdf', type: 'application/pdf', size: 9 }],
    })
    expect(createDrafts(kept, 'sarah').of('ann')).toMatchObject({
      note: 'call back',
      mode: 'note',
      attachments: [{ name: 'bill.pdf' }],
    })
    expect(createDrafts(kept, 'tom').of('ann').note).toBe('')
  })

  test('2. that comes back is put before what was typed meanwhile', () => {
    const drafts = createDrafts(device(), 'sarah')
    drafts.change('ann', { reply: 'newer' })
    drafts.giveBack('ann', 'reply', 'older', [], 'Tom took this.')
    expect(drafts.of('ann')).toMatchObject({ reply: 'older\nnewer', problem: 'Tom took this.' })
  })

  test('3. that another tab has changed or sent is here what it is there', () => {
    const [one, other] = twoTabs()
    const [here, there] = [createDrafts(one, 'sarah'), createDrafts(other, 'sarah')]
    let told = 0
    here.subscribe(() => (told += 1))
    here.change('ann', { reply: 'It comes on' })
    expect(there.of('ann').reply).toBe('It comes on')
    there.change('ann', { reply: 'It comes on Friday.' })
    expect(here.of('ann').reply).toBe('It comes on Friday.')
    there.change('ann', { reply: '' })
    expect(here.of('ann').reply).toBe('')
    expect(told).toBe(3)
  })

  test('leaves nothing behind once it is sent', () => {
    const kept = device()
    const drafts = createDrafts(kept, 'sarah')
    drafts.change('ann', { reply: 'hello' })
    drafts.change('ann', { reply: '' })
    expect(kept.names('')).toEqual([])
  })

  test('survives what is no draft of ours', () => {
    const kept = device()
    kept.write('draft.sarah.ann', { reply: 7, mode: 'shout', attachments: 'x' })
    expect(createDrafts(kept, 'sarah').of('ann')).toEqual({
      reply: '',
      note: '',
      mode: 'reply',
      attachments: [],
      problem: null,
    })
  })
})

/** An outbox between a device and a server that remembers keys; each send meets the next of the fates, then all is well. */
function houseWith(fates: readonly string[], kept = device(), who = 'sarah') {
  const coming = [...fates]
  const answers = new Map<string, { readonly body: string; readonly advance: Advance }>()
  const taken_: string[] = []
  const refused: [string, string][] = []
  const timers = new Set<() => void>()
  let [time, keys] = [0, 0]
  let outbox: Outbox

  const accept = (event: AgentEvent, key: string): Advance => {
    const known = answers.get(key)
    if (known !== undefined) {
      expect(JSON.stringify(event), 'the same key carries the same body').toBe(known.body)
      return known.advance
    }
    if (event.type === 'agent.message') taken_.push(event.text)
    const { about: _, ...view } = conversation('ann', { version: taken_.length })
    const advance: Advance = { conversation: view, messages: [], botMayReply: false }
    answers.set(key, { body: JSON.stringify(event), advance })
    return advance
  }
  const send = async (_: string, event: AgentEvent, key: string): Promise<Advance> => {
    await Promise.resolve()
    const fate = coming.shift() ?? 'taken'
    if (fate === 'refused') throw taken
    if (fate === 'signed out') throw signedOut
    if (fate === 'busy') throw busy
    if (fate.endsWith('answer lost')) accept(event, key)
    if (fate.startsWith('reload')) {
      reload()
      // The page that asked is gone: it never hears.
      return new Promise(() => undefined)
    }
    if (fate !== 'taken') throw noAnswer
    return accept(event, key)
  }
  const reload = (): void => {
    outbox.stop()
    timers.clear()
    outbox = begin()
  }
  const begin = (): Outbox =>
    createOutbox({
      kept,
      who,
      send,
      now: () => (time += 1),
      newKey: () => `key ${(keys += 1)}`,
      later: (act) => {
        timers.add(act)
        return () => timers.delete(act)
      },
      onRefused: ({ event }, { detail }) =>
        refused.push([event.type === 'agent.message' ? event.text : event.type, detail]),
    })
  const rests = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  outbox = begin()
  return {
    outbox: () => outbox,
    say: (text: string) => void outbox.post('ann', say(text)).catch(() => undefined),
    reload,
    rests,
    /** Time goes on until nothing waits any more. */
    async settles(): Promise<void> {
      await rests()
      while (timers.size > 0) {
        const due = [...timers]
        timers.clear()
        for (const act of due) act()
        await rests()
      }
    },
    taken: () => taken_,
    refused: () => refused,
    left: () => kept.names('out.'),
  }
}
