import type { EffectHandlers } from '../runtime/runtime.ts'
import { createBotTurn } from './bot-turn.ts'
import { createCallback } from './callback.ts'
import type { EffectDeps } from './deps.ts'
import { createHandoff } from './handoff.ts'
import { createHttp } from './http.ts'
import { createMessage } from './message.ts'
import { createNotify } from './notify.ts'
import { createQueueJoin } from './queue-join.ts'
import { createQueueLeave } from './queue-leave.ts'
import { createTicket } from './ticket.ts'

export { createCallbackBook } from './callbacks.ts'
export type { Booking, CallbackBook } from './callbacks.ts'
export type { EffectDeps } from './deps.ts'
export { createFollowUps } from './follow-ups.ts'
export type { FollowUps } from './follow-ups.ts'
export { createTicketStore } from './tickets.ts'
export type { Sending, Ticket, TicketStore } from './tickets.ts'

/** THE list of effects: who carries out what. A type of effect that nobody carries out does not compile. */
export function createEffects(deps: EffectDeps): EffectHandlers {
  return {
    message: createMessage(deps),
    'bot.turn': createBotTurn(deps),
    'queue.join': createQueueJoin(),
    'queue.leave': createQueueLeave(),
    http: createHttp(deps),
    ticket: createTicket(deps),
    callback: createCallback(deps),
    notify: createNotify(),
    handoff: createHandoff(),
  }
}
