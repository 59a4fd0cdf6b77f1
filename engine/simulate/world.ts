/** What the server does around a conversation, as pure functions: facts, offers to people, the ends of effects. */
import type { ConversationEvent, Facts, HoursFacts, QueueFacts, ServerEvent } from '../conversation/events.ts'
import { milliseconds, type Json } from '../flow/values.ts'
import { isOpen, nextOpening, slots, type Schedule } from '../hours/index.ts'
import { match } from '../routing/index.ts'
import type { Effect } from '../step/effect.ts'
import type { Want } from '../step/result.ts'
import type { Snapshot, Waiting } from '../step/snapshot.ts'
import type { Answer, Setting } from './setting.ts'

/** What changes around a conversation while it runs. */
export interface Standing {
  /** Ids of the agents who are online. */
  readonly online: readonly string[]
  /** When an offer last came to nothing: who was asked is left in peace for a while. */
  readonly askedAt: number | null
}

/** How long an offer rings, as the server has it where a team says nothing else. */
const OFFER_FOR = milliseconds('30s')

/** The facts that were wanted, added to those known. An agent nobody knows stays unknown. */
export function supply(setting: Setting, standing: Standing, wants: readonly Want[], known: Facts, now: number): Facts {
  let facts = known
  for (const want of wants) {
    const id = want.slice(want.indexOf(':') + 1)
    if (want.startsWith('queue:')) {
      facts = { ...facts, queues: { ...facts.queues, [id]: queueFacts(setting, standing, id) } }
    } else if (want.startsWith('hours:')) {
      facts = { ...facts, hours: { ...facts.hours, [id]: hoursFacts(setting.schedules?.[id], now) } }
    } else if (want.startsWith('slots:')) {
      facts = { ...facts, slots: { ...facts.slots, [id]: freeSlots(setting, id, now) } }
    } else if (want.startsWith('booked:')) {
      // Nobody else books in a simulation.
      facts = { ...facts, booked: { ...facts.booked, [id]: [] } }
    } else {
      const agent = setting.agents.find((each) => each.id === id)
      if (agent) facts = { ...facts, agents: { ...facts.agents, [id]: { id, name: agent.name } } }
    }
  }
  return facts
}

export function queueFacts({ agents, queues }: Setting, { online }: Standing, team: string): QueueFacts {
  const { position = 1, eta = null } = queues?.[team] ?? {}
  return {
    position,
    eta,
    online: agents.filter((each) => each.teams.includes(team) && online.includes(each.id)).length,
  }
}

function hoursFacts(schedule: Schedule | undefined, now: number): HoursFacts {
  if (schedule === undefined) return { open: false, opens: null, timezone: 'UTC' }
  return { open: isOpen(schedule, now), opens: nextOpening(schedule, now), timezone: schedule.timezone }
}

function freeSlots({ schedules }: Setting, query: string, now: number): readonly number[] {
  const [id = '', length = '', days = ''] = query.split(':')
  const schedule = schedules?.[id]
  return schedule === undefined ? [] : slots(schedule, now, { length: Number(length), days: Number(days) })
}

/** The place in a queue, while the conversation rests in that queue. */
export function waitingOf({ phase, state, machine }: Snapshot): Waiting | null {
  const { waiting } = machine.context
  return phase === 'queued' && waiting?.joined === true && state === `queued.${waiting.node}` ? waiting : null
}

/** What follows at once from where things stand: somebody is gone, or somebody can be asked. */
export function consequence(
  setting: Setting,
  standing: Standing,
  snapshot: Snapshot,
  now: number,
): ServerEvent | undefined {
  const holder = snapshot.phase === 'agentActive' ? snapshot.machine.context.agent?.id : undefined
  // An agent whom the setting does not name cannot go offline either.
  const isGone = (id: string): boolean => setting.agents.some((each) => each.id === id) && !standing.online.includes(id)
  if (holder !== undefined && isGone(holder)) return { type: 'agent.gone', agent: holder }
  const offered = waitingOf(snapshot)?.offered?.agent.id
  if (offered !== undefined && isGone(offered)) return { type: 'offer.ended', agent: offered, why: 'vanished' }
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
  const { team, priority, since, language, skills, dropped, skip, preferred } = waiting
  const rested = askedAt === null || askedAt <= now - OFFER_FOR
  const [found] = match(
    [
      {
        id: snapshot.conversation,
        channel: snapshot.machine.context.about.channel,
        team,
        priority,
        since,
        language,
        skills,
        dropped,
        skip,
        preferred,
        rested,
      },
    ],
    agents
      .filter((each) => online.includes(each.id))
      .map(({ id, name, teams, skills = {}, languages = [], channels = [] }) => ({
        id,
        name,
        online: true,
        teams,
        skills,
        languages,
        channels,
        capacity: 1,
        load: 0,
        idleSince: 0,
      })),
  )
  return found && { type: 'offer.made', agent: found.agent, until: now + OFFER_FOR, reason: found.reason }
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
  const offered = waitingOf(snapshot)?.offered
  if (offered && offered.until < at) {
    ;[at, event] = [offered.until, { type: 'offer.ended', agent: offered.agent.id, why: 'expired' }]
  }
  const rest = (standing.askedAt ?? Infinity) + OFFER_FOR
  if (rest < at && rest > snapshot.at) {
    const offer = nextOffer(setting, standing, snapshot, rest)
    if (offer) [at, event] = [rest, offer]
  }
  return event !== undefined && at <= until ? { at, event } : undefined
}

/** Whether an event took an offer away that nobody accepted. */
export function lostOffer(before: Snapshot, after: Snapshot): boolean {
  const offered = waitingOf(before)?.offered
  const waits = waitingOf(after)
  return offered != null && waits !== null && waits.offered?.agent.id !== offered.agent.id
}

/** How an effect ends for which the conversation waits; undefined for those that nobody waits for. */
export function outcomeOf(
  { calls }: Setting,
  effect: Effect,
): Extract<ServerEvent, { type: 'effect.done' }> | undefined {
  switch (effect.type) {
    case 'http': {
      const answer = calls?.[effect.node] ?? { ok: true }
      const status = answer.status ?? (answer.ok ? 200 : 500)
      return done(effect.id, answer, { status, body: answer.body ?? {} }, `The service answered ${status}.`)
    }
    case 'ticket':
      return done(effect.id, calls?.[effect.node], { ticket: effect.id }, 'The ticket could not be saved.')
    case 'callback':
      return done(
        effect.id,
        calls?.[effect.node],
        { schedule: effect.schedule, at: effect.at, length: effect.length },
        'taken',
      )
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

function done(
  effect: string,
  answer: Answer | undefined,
  value: Json,
  fault: string,
): Extract<ServerEvent, { type: 'effect.done' }> {
  const { ok = true, error = fault } = answer ?? {}
  return { type: 'effect.done', effect, ok, value, ...(ok ? {} : { error }) }
}
