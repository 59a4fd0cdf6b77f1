/** Promises, made once for a runtime: what the desk asks for, and what happens by the clock. */
import { teamOf, type Flow } from '#engine/index.ts'
import type pg from 'pg'
import { createTicketStore } from '../effects/index.ts'
import type { Log } from '../runtime/log.ts'
import { agentFull } from '../runtime/refusals.ts'
import { RuntimeError, type Conversations, type Desk } from '../runtime/runtime.ts'
import { reading } from '../runtime/write.ts'
import type { Database } from '../store/database.ts'
import { createCallbackKeeper } from './callbacks.ts'
import { createCaller } from './calls.ts'
import { createFollowUpMails } from './follow-ups.ts'
import { findCallback, findTicket, listCallbacks, listTickets } from './lists.ts'
import type { Promises } from './promises.ts'
import { createShown } from './shown.ts'

export interface PromiseDeps {
  readonly pool: pg.Pool
  readonly database: Database
  readonly conversations: Conversations
  readonly desk: Desk
  /** Whether mails are sent from here. */
  readonly mails: { readonly configured: boolean }
  readonly flows: { version(id: string, version: number): Promise<Flow> }
  readonly clock: { now(): number }
  readonly log: Log
  mayLink(origin: string): boolean
}

export interface KeptPromises extends Promises {
  /** Does what is due by the clock; says how much that was. */
  look(): Promise<number>
  /** Writes what pages have shown since the last look. */
  settle(): Promise<void>
  /** Calls back those for whom somebody is there now; says how many. */
  call(): Promise<number>
}

export function createPromises(deps: PromiseDeps): KeptPromises {
  const { pool, database, conversations, desk, mails, flows, clock, log, mayLink } = deps
  const shown = createShown(pool, log)
  const followUps = createFollowUpMails({ database, clock, log, mayLink })
  const caller = createCaller({ database, conversations, desk, clock, log })
  const callbacks = createCallbackKeeper({
    database,
    conversations,
    clock,
    log,
    tickets: createTicketStore(database),
    teamOf: async (snapshot) => teamOf(await flows.version(snapshot.flow.id, snapshot.flow.version), snapshot),
  })

  async function take(id: string, agent: string) {
    const { conversation, state, waitingSince: since } = await reading(() => findTicket(database, id))
    if (state === 'resolved')
      throw new RuntimeError('not-expected', 'This ticket is resolved already; there is nothing left to do.')
    const { phase, machine } = await conversations.snapshot(conversation)
    const holder = machine.context.agent
    if (phase === 'agentActive' && holder?.id === agent) return conversations.current(conversation)
    const isWaiting = phase === 'queued' && machine.context.waiting?.joined === true
    if (phase === 'agentActive' || isWaiting) return conversations.accept(conversation, { type: 'agent.accept', agent })
    const due = { type: 'promise.due', promise: 'ticket', id, since, priority: 0, agent } as const
    const taken = await conversations.tell(conversation, due)
    if (taken) return taken
    const { load, capacity } = await desk.agent(agent)
    if (load >= capacity) throw agentFull(agent)
    throw new RuntimeError(
      'not-expected',
      'The conversation of this ticket cannot be taken up: its flow has no queue, or somebody was faster. ' +
        'Read the ticket again; answer it by e-mail, then POST /v1/tickets/{id}/resolve.',
    )
  }

  async function resolve(id: string) {
    const at = clock.now()
    await reading(async () => {
      await database
        .updateTable('baton.tickets')
        .set({ state: 'resolved', resolved_at: at })
        .where('id', '=', id)
        .where('state', '<>', 'resolved')
        .execute()
    })
    const { transcript: _transcript, profile: _profile, ...ticket } = await reading(() => findTicket(database, id))
    return ticket
  }

  async function cancel(id: string) {
    await reading(async () => {
      await database
        .updateTable('baton.callbacks')
        .set({ state: 'cancelled', next_at: null })
        .where('id', '=', id)
        .where('state', '=', 'booked')
        .execute()
    })
    const callback = await reading(() => findCallback(database, id))
    if (callback.state === 'cancelled') return callback
    throw new RuntimeError(
      'not-expected',
      `This callback is ${callback.state}; only one that is booked can be cancelled.`,
    )
  }

  return {
    tickets: (query) => reading(() => listTickets(database, query)),
    ticket: (id) => reading(() => findTicket(database, id)),
    take,
    resolve,
    callbacks: (query) => reading(() => listCallbacks(database, query)),
    cancel,
    shown: shown.note,
    settle: shown.write,
    async look() {
      await shown.write()
      return (await callbacks.look()) + (mails.configured ? await followUps.look() : 0)
    },
    call: caller.look,
  }
}
