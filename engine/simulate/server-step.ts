/**
 * What only the server may say, as a step of a scenario. A recorded conversation has `"offers": "told"`: nobody is asked
 * there but whom the steps name, so that it stands as it was, whoever works and however they are matched.
 */
import { z } from 'zod'
import type { ConversationEvent, ServerEvent } from '../conversation/events.ts'
import { duration, milliseconds, name, text, type Json } from '../flow/values.ts'
import { durationText } from './duration.ts'
import { instant } from './given.ts'
import type { SimulatedAgent } from './setting.ts'

const someId = z.string().min(1, 'must not be empty').max(100, 'must be 100 characters at most')
const note = z.string().max(2_000, 'must be 2000 characters at most')
const json: z.ZodType<Json> = z.json()
const promise = z.enum(['ticket', 'callback'])

export const serverHeads = {
  offers: z.strictObject({ offers: someId, for: duration }),
  takesBack: z.strictObject({ takesBack: someId, why: z.enum(['declined', 'expired', 'vanished']) }),
  loses: z.strictObject({ loses: someId, note: note.optional() }),
  whispers: z.strictObject({ whispers: text, from: someId.optional() }),
  identifies: z.strictObject({ identifies: z.record(name, json) }),
  takesUp: z.strictObject({ takesUp: promise, since: instant, priority: z.number(), agent: someId.optional() }),
  tells: z.strictObject({
    tells: z.enum(['ready', 'soon', 'broken']),
    since: instant.optional(),
    at: instant.optional(),
    team: someId.optional(),
  }),
} as const
export type ServerDoing = z.output<(typeof serverHeads)[keyof typeof serverHeads]>

/** A scenario has at most one promise of a kind at a time; nothing but its own records tells them apart. */
const PROMISE = 'promise'

export function serverEvent(doing: ServerDoing, now: number, agents: readonly SimulatedAgent[]): ConversationEvent {
  const named = (id: string) => {
    const { name = id, bot } = agents.find((each) => each.id === id) ?? {}
    return { id, name, ...(bot === undefined ? {} : { bot }) }
  }
  if ('offers' in doing) return { type: 'offer.made', agent: named(doing.offers), until: now + milliseconds(doing.for) }
  if ('takesBack' in doing) return { type: 'offer.ended', agent: doing.takesBack, why: doing.why }
  if ('loses' in doing)
    return { type: 'agent.gone', agent: doing.loses, ...(doing.note === undefined ? {} : { note: doing.note }) }
  if ('whispers' in doing) {
    return { type: 'agent.note', text: doing.whispers, whisper: doing.from === undefined ? null : named(doing.from) }
  }
  if ('identifies' in doing) return { type: 'customer.identified', customer: doing.identifies }
  if ('takesUp' in doing) {
    const { takesUp, since, priority, agent } = doing
    return {
      type: 'promise.due',
      promise: takesUp,
      id: PROMISE,
      since: Date.parse(since),
      priority,
      ...(agent === undefined ? {} : { agent }),
    }
  }
  const { tells, since, at, team } = doing
  if (tells === 'broken') return { type: 'promise.told', what: tells, id: PROMISE }
  if (tells === 'ready')
    return { type: 'promise.told', what: tells, id: PROMISE, since: since === undefined ? now : Date.parse(since) }
  return {
    type: 'promise.told',
    what: tells,
    id: PROMISE,
    at: at === undefined ? now : Date.parse(at),
    ...(team === undefined ? {} : { team }),
  }
}

/** How a scenario says it; undefined for what comes about by itself there. */
export function serverDoing(event: ConversationEvent, now: number): ServerDoing | undefined {
  switch (event.type) {
    case 'offer.made':
      return { offers: event.agent.id, for: durationText(Math.max(0, event.until - now)) }
    case 'offer.ended':
      return { takesBack: event.agent, why: event.why }
    case 'agent.gone':
      return { loses: event.agent, ...(event.note === undefined ? {} : { note: event.note }) }
    case 'agent.note':
      return event.whisper === undefined
        ? undefined
        : { whispers: event.text, ...(event.whisper === null ? {} : { from: event.whisper.id }) }
    case 'customer.identified':
      return { identifies: event.customer }
    case 'promise.due': {
      const { promise: takesUp, since, priority, agent } = event
      return { takesUp, since: iso(since), priority, ...(agent === undefined ? {} : { agent }) }
    }
    case 'promise.told':
      return toldDoing(event)
    default:
      return undefined
  }
}

function toldDoing(event: Extract<ServerEvent, { readonly type: 'promise.told' }>): ServerDoing {
  if (event.what === 'broken') return { tells: event.what }
  if (event.what === 'ready') return { tells: event.what, since: iso(event.since) }
  return { tells: event.what, at: iso(event.at), ...(event.team === undefined ? {} : { team: event.team }) }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
