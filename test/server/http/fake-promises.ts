import type { CallbackView, Promises, WholeTicket } from '#server/promises/promises.ts'
import { RuntimeError } from '#server/runtime/runtime.ts'

/** One ticket and one callback in memory, behind the real port. */
export function fakePromises(now: () => number): Promises {
  const ticket: WholeTicket = {
    ...{ id: 'chat-1:4:0', conversation: 'chat-1', subject: 'Chat escalation from /orders - parcel', name: 'Ann' },
    ...{ email: null, page: '/orders', brief: 'Lost', summary: 'A parcel is lost.', language: 'en', team: 'billing' },
    ...{ state: 'open', agent: null, createdAt: now(), waitingSince: now(), due: now() + 3_600_000 },
    ...{ calledAt: null, takenAt: null, resolvedAt: null, mailTo: null, mail: 'none', webhook: 'none' },
    transcript: [{ seq: 1, at: now(), from: 'customer', text: 'Lost' }],
    profile: { tier: 'gold' },
  }
  const callback: CallbackView = {
    ...{ id: 'chat-2:4:0', conversation: 'chat-2', schedule: 'office', team: null, at: now(), length: 1_800_000 },
    ...{ state: 'booked', tries: 0, customer: {}, bookedAt: now(), ticket: null },
  }
  const known = <Kept extends { readonly id: string }>(kept: Kept, id: string): Kept => {
    if (kept.id === id) return kept
    throw new RuntimeError('not-found', 'There is none of this id.')
  }
  return {
    tickets: async () => ({ items: [ticket], next: null }),
    ticket: async (id) => known(ticket, id),
    async take(id) {
      known(ticket, id)
      throw new RuntimeError('not-owner', 'Somebody has it.')
    },
    resolve: async (id) => known(ticket, id),
    callbacks: async () => ({ items: [callback], next: null }),
    cancel: async (id) => known(callback, id),
    shown: () => undefined,
  }
}
