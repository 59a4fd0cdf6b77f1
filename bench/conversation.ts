/**
 * One conversation through all phases, as Baton's `step` takes it and as XState's own `transition()` does: the same
 * machine, the same machine events. A script is made by playing it once with both, which also proves that they agree.
 */
import { initialTransition, transition, type AnyMachineSnapshot } from 'xstate'
import { compiledFlow, start, step, type ConversationEvent, type Flow, type Snapshot } from '#engine/index.ts'
import { persisted } from '#engine/compile/runner.ts'
import type { MachineEvent } from '#engine/kinds/moment.ts'
import { startSignals } from '#engine/signals/index.ts'
import { EventWorld } from '#engine/step/world.ts'

/** What is said next, given what the conversation has come to. */
export type Line = ConversationEvent | ((snapshot: Snapshot) => ConversationEvent)

export interface Script {
  /** Events in the script. */
  readonly length: number
  /** The whole conversation by `step`. */
  byStep(): Snapshot
  /** The whole conversation by `transition()`: no log, no effects, no texts, no timers. */
  byTransition(): AnyMachineSnapshot
}

const MONDAY = Date.UTC(2026, 2, 2, 9)
const SECOND = 1_000
const OPENING = {
  id: 'bench',
  channel: 'web',
  customer: { name: 'Ann', tier: 'gold' },
  variables: { orderNumber: 'A-17' },
} as const

/** @throws Error when the two do not come to the same machine after every event. */
export function scriptOf(flow: Flow, lines: readonly Line[]): Script {
  const { machine } = compiledFlow(flow)
  const opened = start(flow, { ...OPENING, flowVersion: 1 }, MONDAY).snapshot
  const [begun] = initialTransition(machine, { opening: OPENING, startedAt: MONDAY })
  const told: { readonly event: ConversationEvent; readonly inside: MachineEvent; readonly at: number }[] = []
  let mine = opened
  let theirs: AnyMachineSnapshot = begun
  for (const line of lines) {
    const event = typeof line === 'function' ? line(mine) : line
    const at = dueOf(mine, event) ?? mine.at + SECOND
    const inside = insideOf(flow, mine, event, at)
    mine = step(flow, mine, event, at).snapshot
    theirs = transition(machine, theirs, inside)[0]
    if (JSON.stringify(mine.machine) !== JSON.stringify(persisted(theirs)))
      throw new Error(`After ${event.type} the two are not the same: ${mine.state}.`)
    told.push({ event, inside, at })
  }
  return {
    length: told.length,
    byStep: () => told.reduce((snapshot, { event, at }) => step(flow, snapshot, event, at).snapshot, opened),
    byTransition: () =>
      told.reduce((snapshot: AnyMachineSnapshot, { inside }) => transition(machine, snapshot, inside)[0], begun),
  }
}

/** The event that the machine is sent: the event itself or its timer's, for no trigger fires in these conversations. */
function insideOf(flow: Flow, snapshot: Snapshot, event: ConversationEvent, at: number): MachineEvent {
  const world = new EventWorld(event, at, startSignals(), snapshot.memory)
  if (event.type === 'timer') return { type: compiledFlow(flow).timers.get(event.id)?.event ?? '', world }
  if (event.type === 'effect.done' || event.type === 'conversation.started')
    throw new Error(`${event.type} is not in these conversations.`)
  return { ...event, world }
}

function dueOf(snapshot: Snapshot, event: ConversationEvent): number | undefined {
  return event.type === 'timer' ? snapshot.timers.find((each) => each.id === event.id)?.due : undefined
}

const customer = (text: string, choice?: string): Line => ({
  type: 'customer.message',
  text,
  ...(choice === undefined ? {} : { choice }),
})
const bot = (text: string, fallback?: true): Line => ({
  type: 'bot.message',
  text,
  ...(fallback === undefined ? {} : { fallback }),
})
const person = (text: string): Line => ({ type: 'agent.message', text })
const facts = { queues: { billing: { position: 2, eta: 240_000, within: 480_000, online: 1, waiting: 2 } } } as const
const timer =
  (id: string): Line =>
  (snapshot) => ({ type: 'timer', id, gen: snapshot.timers.find((each) => each.id === id)?.gen ?? 0, facts })

/** Bot, ladder rung by rung, queue with an update and a declined offer, a person, the bot again, a survey, the end. */
export const throughAllPhases: readonly Line[] = [
  customer('Hello, where is the order that I made last week?'),
  bot('It left our house on Monday and is on its way.'),
  customer('The parcel page says something else.'),
  bot('May I ask which page you are looking at?'),
  customer('The one in the mail that you sent to me.'),
  bot('Let me look that up.'),
  { type: 'bot.intent', intent: 'stuck' },
  customer('The tracking page shows the wrong street.'),
  bot('Sorry, I do not know about streets.', true),
  customer('I still need help', 'stillNeed'),
  { ...said('Yes, please', 'yes'), facts },
  customer('I am here, take your time.'),
  timer('billing.update'),
  timer('billing.relax'),
  { type: 'offer.made', agent: { id: 'sarah', name: 'Sarah' }, until: MONDAY + 900_000 },
  { type: 'offer.ended', agent: 'sarah', why: 'declined' },
  { type: 'offer.made', agent: { id: 'tom', name: 'Tom' }, until: MONDAY + 900_000 },
  { type: 'agent.accept', agent: 'tom' },
  person('Hello Ann, I see the wrong street too.'),
  customer('Good, can you change it?'),
  person('Yes, which one is it?'),
  customer('Long Lane 5'),
  { type: 'agent.note', text: 'Address corrected in the shop.' },
  person('Done, it goes to Long Lane 5.'),
  customer('Thank you.'),
  { type: 'agent.handback', note: 'address corrected' },
  customer('When will it come?'),
  bot('On Thursday, in the morning.'),
  customer('Perfect.'),
  bot('Glad to hear it.'),
  { type: 'bot.done' },
  { type: 'survey.answer', score: 5 },
]

function said(text: string, choice: string) {
  return { type: 'customer.message', text, choice } as const
}

/** Messages of twenty words each, none of which makes a signal match. */
export const twentyWords: readonly Line[] = [
  'Good morning I ordered a blue garden chair and two small tables from your shop about nine days ago now',
  'The parcel service says that everything left the depot in Hamburg on Monday evening but nothing has come here since',
  'My neighbour was at home all day on Tuesday and she told me that no driver rang at any door',
  'On the tracking page I can see a little map with a van that has stood near the river for hours',
  'Perhaps the street was written in the old form because our town gave new names to some lanes in spring',
  'We moved to Long Lane last winter and the post office sends most letters on but parcels often go astray',
  'Please look whether the tables are in the same box as the chair or if they travel in separate ones',
  'Next weekend my sister visits us with her family and we would like to sit outside with some evening sun',
  'If the chair comes later that would be fine for me as long as both of the tables arrive by Friday',
  'I paid by card on the second of March and the amount has already been taken from the account there',
].map((text) => customer(text))
