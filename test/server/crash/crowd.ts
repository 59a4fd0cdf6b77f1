/** Customers, bots and agents that lead whole conversations, one after the other, until they are told to stop. */
import type { ConversationView } from '#engine/index.ts'
import { Caller, emptyLedger, type Address, type Ledger } from './caller.ts'
import { chance } from './chance.ts'
import { edition, flow } from './flow.ts'
import { AGENTS } from './stage.ts'

export interface Crowd {
  /** Begins nothing new; resolves when every conversation has come to its end. */
  finish(): Promise<Ledger>
}

const LOOK_EVERY = 100
/** Between two publications of the flow that everybody talks on. */
const EDITION_EVERY = 700
/** So long after the last crash, a conversation whose deadlines are all met has long ended. */
const STUCK_AFTER = 60_000

/** What is due while one crash follows the other may be late; what is due and then does not come is lost. */
interface Storm {
  /** When the last crash was over, epoch ms; undefined while more are to come. */
  over: number | undefined
}

/** Where an office was opened (`openOffice`), and nobody else has begun anything on its flow. */
export function startCrowd(address: Address, size: number, seed: number): Crowd {
  const ledger = emptyLedger(flow)
  const storm: Storm = { over: undefined }
  const tireless = async (work: () => Promise<void>): Promise<void> => {
    try {
      while (storm.over === undefined) await work()
    } catch (error) {
      ledger.odd.push(String(error))
    }
  }
  const members = Array.from({ length: size }, (_, index) => {
    const draw = chance(seed * 1_000 + index + 1)
    const caller = new Caller(address, ledger)
    return tireless(() => lead(caller, draw, storm))
  })
  const designer = new Caller(address, ledger)
  let number = 0
  const publishing = tireless(async () => {
    await designer.publish(edition(++number))
    await new Promise((resolve) => setTimeout(resolve, EDITION_EVERY))
  })
  return {
    async finish() {
      storm.over = Date.now()
      await Promise.all([...members, publishing])
      return ledger
    },
  }
}

/** Bot turns, perhaps a pause, the queue; then people or the longest wait; a survey answered or not; the end. */
async function lead(caller: Caller, draw: () => number, storm: Storm): Promise<void> {
  const id = await caller.start(flow.id, draw() < 0.5)
  for (let turn = 0; turn < 1 + Math.floor(draw() * 3); turn++) await talk(caller, id, turn, draw)
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
  if (draw() < 0.7) await withPeople(caller, id, draw)
  await until(caller, id, storm, ({ phase }) => phase === 'closed')
}

/** What the customer says comes with a file now and then, and now and then twice at once. */
async function talk(caller: Caller, id: string, turn: number, draw: () => number): Promise<void> {
  const text = `Question ${turn} of ${id}`
  const file = draw() < 0.2 ? await caller.attach(id, `File ${turn} of ${id}`) : undefined
  const asks = { type: 'customer.message' as const, text, ...(file && { attachments: [file] }) }
  await (draw() < 0.2 ? caller.sayTwice(id, asks) : caller.say(id, asks))
  await caller.say(id, { type: 'bot.message', text: `Answer ${turn} of ${id}` })
}

/** Two may reach for it at once, one gets it; it may pass on to a colleague. Then it is handed back or resolved. */
async function withPeople(caller: Caller, id: string, draw: () => number): Promise<void> {
  const [one, other] = draw() < 0.5 ? AGENTS : AGENTS.toReversed()
  const rivals = draw() < 0.3 ? [one, other] : [one]
  const taken = await Promise.all(rivals.map((agent) => caller.say(id, { type: 'agent.accept', agent })))
  if (!taken.includes(true)) return
  await caller.say(id, { type: 'agent.message', text: `Here I am for ${id}` })
  await caller.say(id, { type: 'customer.message', text: `Thank you, says ${id}` })
  if (draw() < 0.3) {
    const colleague = taken[0] ? other : one
    await caller.say(id, { type: 'agent.transfer', agent: colleague, note: `for ${colleague}` })
    if (!(await caller.say(id, { type: 'agent.accept', agent: colleague }))) return
    await caller.say(id, { type: 'agent.message', text: `I go on with ${id}` })
  }
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
