/** Customers, bots and agents that lead whole conversations, one after the other, until they are told to stop. */
import type { ConversationView } from '#engine/index.ts'
import { Caller, type Ledger } from './caller.ts'
import { chance } from './chance.ts'
import { flow } from './flow.ts'
import { AGENT } from './stage.ts'

export interface Crowd {
  /** Begins nothing new; resolves when every conversation has come to its end. */
  finish(): Promise<Ledger>
}

const LOOK_EVERY = 100
/** So long after the last crash, a conversation whose deadlines are all met has long ended. */
const STUCK_AFTER = 60_000

/** What is due while one crash follows the other may be late; what is due and then does not come is lost. */
interface Storm {
  /** When the last crash was over, epoch ms; undefined while more are to come. */
  over: number | undefined
}

export function startCrowd(url: string, size: number, seed: number): Crowd {
  const ledger: Ledger = { acknowledged: [], odd: [], again: 0 }
  const storm: Storm = { over: undefined }
  const members = Array.from({ length: size }, async (_, index) => {
    const draw = chance(seed * 1_000 + index + 1)
    const caller = new Caller(url, ledger)
    try {
      while (storm.over === undefined) await lead(caller, draw, storm)
    } catch (error) {
      ledger.odd.push(String(error))
    }
  })
  return {
    async finish() {
      storm.over = Date.now()
      await Promise.all(members)
      return ledger
    },
  }
}

/** Bot turns, perhaps a pause, the queue; then a person or the longest wait; a survey answered or not; the end. */
async function lead(caller: Caller, draw: () => number, storm: Storm): Promise<void> {
  const id = await caller.start(flow.id)
  for (let turn = 0; turn < 1 + Math.floor(draw() * 3); turn++) {
    await caller.say(id, { type: 'customer.message', text: `Question ${turn} of ${id}` })
    await caller.say(id, { type: 'bot.message', text: `Answer ${turn} of ${id}` })
  }
  if (draw() < 0.5) {
    await caller.say(id, { type: 'bot.intent', intent: 'pause' })
    await until(caller, id, storm, ({ state }) => state === 'bot.chat')
  }
  await caller.say(
    id,
    draw() < 0.5
      ? { type: 'bot.intent', intent: 'person' }
      : { type: 'customer.message', text: 'A real person please' },
  )
  if (draw() < 0.6 && (await caller.say(id, { type: 'agent.accept', agent: AGENT }))) await withPerson(caller, id, draw)
  await until(caller, id, storm, ({ phase }) => phase === 'closed')
}

async function withPerson(caller: Caller, id: string, draw: () => number): Promise<void> {
  await caller.say(id, { type: 'agent.message', text: `Here I am for ${id}` })
  await caller.say(id, { type: 'customer.message', text: `Thank you, says ${id}` })
  await caller.say(
    id,
    draw() < 0.5
      ? { type: 'agent.handback', note: `done for ${id}` }
      : { type: 'agent.resolve', resolution: `done for ${id}` },
  )
  if (draw() < 0.4) await caller.say(id, { type: 'survey.answer', score: 5 })
}

async function until(
  caller: Caller,
  id: string,
  storm: Storm,
  holds: (view: ConversationView) => boolean,
): Promise<void> {
  const from = Date.now()
  for (;;) {
    const view = await caller.view(id)
    if (holds(view)) return
    const patience = storm.over === undefined ? Infinity : Math.max(from, storm.over) + STUCK_AFTER
    if (Date.now() > patience) throw new Error(`${id} is stuck at ${view.state}: an event or a deadline was lost`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
  }
}
