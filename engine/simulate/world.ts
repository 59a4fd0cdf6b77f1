/** What the server does around a conversation, as pure functions: offers to people, the ends of effects. */
import type { ConversationEvent, ServerEvent } from '../conversation/events.ts'
import { waitingOf } from '../conversation/waiting.ts'
import { milliseconds, type Json } from '../flow/values.ts'
import { match, turnOf, type AvailableAgent } from '../routing/index.ts'
import type { Effect } from '../step/effect.ts'
import type { Snapshot } from '../step/snapshot.ts'
import { nameOf } from './facts.ts'
import type { Answer } from './given.ts'
import type { Setting, SimulatedAgent, Standing } from './setting.ts'

/** How long an offer rings, as the server has it where a team says nothing else. */
const OFFER_FOR = milliseconds('30s')

/** What follows at once from where things stand: somebody is gone, a bot takes what it is offered, or somebody can be asked. */
export function consequence(
  setting: Setting,
  standing: Standing,
  snapshot: Snapshot,
  now: number,
): ConversationEvent | undefined {
  if (setting.offers === 'told') return undefined
  const holder = snapshot.phase === 'agentActive' ? snapshot.machine.context.agent?.id : undefined
  // An agent whom the setting does not name cannot go offline either.
  const isGone = (id: string): boolean => setting.agents.some((each) => each.id === id) && !standing.online.includes(id)
  if (holder !== undefined && isGone(holder)) return { type: 'agent.gone', agent: holder }
  const offered = waitingOf(snapshot)?.offered?.agent
  if (offered !== undefined && isGone(offered.id)) return { type: 'offer.ended', agent: offered.id, why: 'vanished' }
  if (offered?.bot !== undefined) return { type: 'agent.accept', agent: offered.id }
  return nextOffer(setting, standing, snapshot, now)
}

function nextOffer(
  { agents }: Setting,
  { online, askedAt }: Standing,
  snapshot: Snapshot,
  now: number,
): ServerEvent | undefined {
  const waiting = waitingOf(snapshot)
  if (waiting === null || waiting.offered !== null || waiting.away) return undefined
  const rested = askedAt === null || askedAt <= now - OFFER_FOR
  const place = {
    ...waiting,
    id: snapshot.conversation,
    channel: snapshot.machine.context.about.channel,
    turn: turnOf(waiting),
    weight: 1,
    rested,
  }
  const [found] = match([place], agents.filter((each) => online.includes(each.id)).map(available), {
    now,
    rules: () => ({ policy: 'leastLoaded' }),
  })
  const agent = agents.find((each) => each.id === found?.agent.id)
  return (
    found &&
    agent && {
      type: 'offer.made',
      agent: nameOf(agent),
      until: now + OFFER_FOR,
      reason: found.reason,
      skipped: found.skipped,
    }
  )
}

/** With room for one: nobody else waits in a simulation. */
function available(agent: SimulatedAgent): AvailableAgent {
  const { teams, skills = {}, languages = [], channels = [], tiers = [] } = agent
  return {
    ...nameOf(agent),
    teams,
    skills,
    languages,
    channels,
    tiers,
    online: true,
    capacity: 1,
    load: 0,
    held: 0,
    idleSince: 0,
  }
}

/** What time brings next, by `until`: a deadline of the flow, the end of an offer, or a new offer after a rest. */
export function nextDue(
  setting: Setting,
  standing: Standing,
  snapshot: Snapshot,
  until: number,
): { readonly at: number; readonly event: ConversationEvent } | undefined {
  if (snapshot.closed) return undefined
  let at = Infinity
  let event: ConversationEvent | undefined
  for (const timer of snapshot.timers) {
    if (timer.due < at) [at, event] = [timer.due, { type: 'timer', id: timer.id, gen: timer.gen }]
  }
  const offered = setting.offers === 'told' ? undefined : waitingOf(snapshot)?.offered
  if (offered && offered.until < at) {
    ;[at, event] = [offered.until, { type: 'offer.ended', agent: offered.agent.id, why: 'expired' }]
  }
  const rest = (standing.askedAt ?? Infinity) + OFFER_FOR
  if (setting.offers !== 'told' && rest < at && rest > snapshot.at) {
    const offer = nextOffer(setting, standing, snapshot, rest)
    if (offer) [at, event] = [rest, offer]
  }
  return event !== undefined && at <= until ? { at, event } : undefined
}

/** How an effect ends for which the conversation waits, and after how many ms; undefined for those that nobody waits for. */
export function outcomeOf(
  setting: Setting,
  { given }: Standing,
  effect: Effect,
): { readonly event: EffectDone; readonly after: number } | undefined {
  const answer = 'node' in effect ? (given?.calls?.[effect.node] ?? setting.calls?.[effect.node]) : undefined
  const event = endOf(effect, answer)
  return event && { event, after: answer?.after === undefined ? 0 : milliseconds(answer.after) }
}

type EffectDone = Extract<ServerEvent, { type: 'effect.done' }>

function endOf(effect: Effect, answer: Answer | undefined): EffectDone | undefined {
  switch (effect.type) {
    case 'http': {
      const { ok = true, body = {}, status = ok ? 200 : 500 } = answer ?? {}
      return done(effect.id, answer, { status, body }, `The service answered ${status}.`)
    }
    case 'ticket':
      return done(effect.id, answer, { ticket: effect.id }, 'The ticket could not be saved.')
    case 'callback':
      return done(effect.id, answer, { schedule: effect.schedule, at: effect.at, length: effect.length }, 'taken')
    case 'message':
    case 'bot.turn':
    case 'queue.join':
    case 'queue.leave':
    case 'notify':
    case 'handoff':
      return undefined
    default:
      return effect satisfies never
  }
}

function done(effect: string, answer: Answer | undefined, value: Json, fault: string): EffectDone {
  const { ok = true, error = fault } = answer ?? {}
  return { type: 'effect.done', effect, ok, value, ...(ok ? {} : { error }) }
}
