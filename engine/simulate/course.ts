/**
 * How a simulated conversation goes on: one event, and all that follows from it at once. The world around it does what
 * the server does: brings facts, ends effects, offers to people, and tells who is gone.
 */
import type { ConversationEvent, Facts, Opening, OutsideEvent } from '../conversation/events.ts'
import { agentEventOf, isBotEvent } from '../conversation/bot-agent.ts'
import { lostOffer } from '../conversation/waiting.ts'
import type { WayOut } from '../compile/config.ts'
import type { Flow } from '../flow/parse.ts'
import { createAsking } from '../step/asking.ts'
import type { Effect } from '../step/effect.ts'
import { Refusal, type LogEntry, type Message, type Stepped } from '../step/result.ts'
import type { Snapshot } from '../step/snapshot.ts'
import { start, step } from '../step/step.ts'
import { supply } from './facts.ts'
import type { Given } from './given.ts'
import type { Setting, Standing } from './setting.ts'
import { consequence, outcomeOf } from './world.ts'

/** What a caller may say; what the server says comes by itself. */
export type SentEvent = OutsideEvent & Pick<ConversationEvent, 'by'>

/**
 * What was done: an event of the conversation, an agent who came or went, something given of the world, or time that
 * passed. `sent` is what a bot said that holds the conversation as an agent: `event` is what that means.
 */
export type Doing =
  | { readonly type: 'event'; readonly event: ConversationEvent; readonly sent?: SentEvent }
  | { readonly type: 'presence'; readonly agent: string; readonly online: boolean }
  | { readonly type: 'given'; readonly given: Given }
  | { readonly type: 'clock'; readonly to: number }

export interface SimulatedStep {
  /** Which doing of the caller it belongs to; 0 is the start. A doing may have several steps. */
  readonly turn: number
  /** Whether the caller did it, or the world around the conversation. */
  readonly cause: 'caller' | 'world'
  readonly doing: Doing
  /** The clock after it, epoch ms. */
  readonly now: number
  readonly snapshot: Snapshot
  readonly log: readonly LogEntry[]
  readonly effects: readonly Effect[]
  /** What it said to the customer. */
  readonly messages: readonly Message[]
  /** The outlets it passed, in order. */
  readonly ways: readonly WayOut[]
  readonly standing: Standing
}

export interface Course {
  readonly flow: Flow
  readonly setting: Setting
  readonly steps: readonly [SimulatedStep, ...SimulatedStep[]]
}

/** What may happen by itself after one doing; past this the flow goes round for ever. */
export const MOST_BY_ITSELF = 10_000

/** @throws Refusal `stuck` when the flow goes round without the customer */
export function begun(flow: Flow, setting: Setting): Course {
  const online = setting.agents.filter((each) => each.online !== false).map((each) => each.id)
  const standing = { online, askedAt: null, ...(setting.given === undefined ? {} : { given: setting.given }) }
  const opening = openingOf(setting)
  const stepped = withFacts(setting, standing, setting.at, {}, (facts) => start(flow, opening, setting.at, facts))
  const doing = { type: 'event', event: eventOf(stepped) ?? { type: 'conversation.started', opening } } as const
  const first = { turn: 0, cause: 'caller', doing, now: setting.at, standing, ...broughtBy(stepped) } as const
  return settled({ flow, setting, steps: [first] })
}

export function lastOf({ steps }: Pick<Course, 'steps'>): SimulatedStep {
  return steps.at(-1) ?? steps[0]
}

/** One event and nothing else. @throws Refusal when the conversation does not take it */
export function happens(
  course: Course,
  event: ConversationEvent,
  now: number,
  by: Pick<SimulatedStep, 'turn' | 'cause'>,
): Course {
  const { flow, setting, steps } = course
  const { snapshot, standing } = lastOf(course)
  const stepped = withFacts(setting, standing, now, event.facts ?? {}, (facts) =>
    step(flow, snapshot, Object.keys(facts).length > 0 ? { ...event, facts } : event, now),
  )
  const isLost = lostOffer(snapshot, stepped.snapshot)
  const done: SimulatedStep = {
    ...by,
    doing: { type: 'event', event: eventOf(stepped) ?? event },
    now,
    standing: isLost ? { ...standing, askedAt: now } : standing,
    ...broughtBy(stepped),
  }
  return { flow, setting, steps: [...steps, done] }
}

/** What the caller says. A bot that holds the conversation as an agent speaks as that agent. */
export function said(course: Course, sent: SentEvent, turn: number): Course {
  const {
    snapshot: { phase, machine },
    now,
  } = lastOf(course)
  const { agent } = machine.context
  const event =
    phase === 'agentActive' && agent?.bot !== undefined && isBotEvent(sent) ? agentEventOf(sent, agent) : undefined
  if (event === undefined) return happens(course, sent, now, { turn, cause: 'caller' })
  const done = happens(course, event, now, { turn, cause: 'caller' })
  const last = lastOf(done)
  return {
    ...done,
    steps: [...course.steps, { ...last, doing: last.doing.type === 'event' ? { ...last.doing, sent } : last.doing }],
  }
}

/** Lets everything happen that follows at once. */
export function settled(course: Course): Course {
  let current = course
  for (let count = 0; ; count++) {
    const { turn, standing, snapshot, now } = lastOf(current)
    if (snapshot.closed) return current
    const ended = endOfEffect(current)
    const event =
      ended !== undefined && ended.at <= now ? ended.event : consequence(current.setting, standing, snapshot, now)
    if (event === undefined) return current
    if (count >= (course.setting.patience ?? MOST_BY_ITSELF)) throw goesRound(snapshot.state)
    const next = ifTaken(() => happens(current, event, now, { turn, cause: 'world' }))
    if (next === undefined) return current
    current = next
  }
}

function openingOf({ id, channel, language, page, customer, variables }: Setting): Opening {
  return {
    id,
    ...(channel === undefined ? {} : { channel }),
    ...(language === undefined ? {} : { language }),
    ...(page === undefined ? {} : { page }),
    ...(customer === undefined ? {} : { customer }),
    ...(variables === undefined ? {} : { variables }),
  }
}

function withFacts(
  setting: Setting,
  standing: Standing,
  now: number,
  known: Facts,
  decide: (facts: Facts) => Stepped,
): Stepped {
  let facts = known
  let stepped = decide(facts)
  const asking = createAsking()
  while (asking.again(stepped.wants)) {
    facts = supply(setting, standing, stepped.wants, facts, now)
    stepped = decide(facts)
  }
  return stepped
}

/** The event as it was logged, facts included. */
function eventOf({ log: [entry] }: Stepped): ConversationEvent | undefined {
  return entry?.kind === 'event' ? entry.event : undefined
}

function broughtBy({ snapshot, log, effects, messages, ways }: Stepped) {
  return { snapshot, log, effects, messages, ways }
}

/** The end of the effect for which the conversation waits, and when it comes, unless it has been told. */
export function endOfEffect(course: Course): { readonly at: number; readonly event: ConversationEvent } | undefined {
  const { awaiting } = lastOf(course).snapshot
  if (awaiting === null) return undefined
  const asked = course.steps.findLast((each) => isToldIn(each, awaiting) || effectIn(each, awaiting) !== undefined)
  const effect = asked && effectIn(asked, awaiting)
  const outcome = asked && effect && outcomeOf(course.setting, asked.standing, effect)
  return outcome && { at: asked.now + outcome.after, event: outcome.event }
}

function effectIn({ effects }: SimulatedStep, id: string): Effect | undefined {
  return effects.find((each) => each.id === id)
}

function isToldIn({ doing }: SimulatedStep, effect: string): boolean {
  return doing.type === 'event' && doing.event.type === 'effect.done' && doing.event.effect === effect
}

/** The server too drops what a conversation does not take of what happens around it. */
function ifTaken(happening: () => Course): Course | undefined {
  try {
    return happening()
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'stuck') return undefined
    throw error
  }
}

function goesRound(state: string): Refusal {
  const sentence = `The flow goes round at “${state}” without the customer; put a question or a wait into the circle.`
  return new Refusal('stuck', sentence)
}
