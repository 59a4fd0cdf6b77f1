import {
  isOutsideType,
  outsideEvents,
  outsideTypes,
  serverTypes,
  type OutsideEvent,
  type OutsideType,
} from '#engine/index.ts'
import { nearest } from '#engine/expression/nearest.ts'
import { demand, demandOwnVoice, type Caller } from './auth.ts'
import { malformed } from './malformed.ts'
import { Problem } from './problem.ts'
import type { Right } from './rights.ts'

/** Which right an event takes, by the part of its type before the dot. */
const RIGHTS: { readonly [speaker: string]: Right } = {
  customer: 'events.customer',
  survey: 'events.survey',
  bot: 'events.bot',
  agent: 'events.agent',
}

/**
 * The event that a body holds, when this caller may send it. Refuses what only the server may say (403), types that do
 * not exist (422), events of others (403) and malformed ones (422), in this order.
 */
export function eventFrom(body: unknown, caller: Caller): OutsideEvent {
  const type = typeOf(body)
  demand(caller, rightOf(type))
  const parsed = outsideEvents[type].safeParse(body)
  if (!parsed.success) throw malformed('json', parsed.error.issues)
  demandOwnVoice(caller, parsed.data)
  return parsed.data
}

function typeOf(body: unknown): OutsideType {
  const type: unknown = typeof body === 'object' && body !== null && 'type' in body ? body.type : undefined
  if (typeof type === 'string' && isOutsideType(type)) return type
  if (serverTypes.some((known) => known === type)) {
    throw new Problem(
      'server-event',
      `“${String(type)}” is the server’s own event: time, queue and effects do not speak from outside. Leave it out.`,
    )
  }
  throw noEvent(type)
}

function noEvent(type: unknown): Problem {
  if (typeof type !== 'string') {
    const message = `must be one of ${outsideTypes.join(', ')}`
    return new Problem('malformed', `The event has no type; set “type” to what happened, such as customer.message.`, {
      errors: [{ pointer: '/type', message }],
    })
  }
  const near = nearest(shown(type), outsideTypes)
  const cure = near === undefined ? `there are ${outsideTypes.join(', ')}.` : `did you mean “${near}”?`
  return new Problem('malformed', `There is no event “${shown(type)}”; ${cure}`, {
    errors: [{ pointer: '/type', message: `is no event; ${cure}` }],
  })
}

function rightOf(type: OutsideType): Right {
  const right = RIGHTS[type.slice(0, type.indexOf('.'))]
  if (right === undefined)
    throw new Error(`The event ${type} has no right; add its speaker to the table in http/event.ts.`)
  return right
}

/** As much of what somebody sent as a sentence can bear. */
function shown(type: string): string {
  return type.slice(0, 100)
}
