/**
 * A caller that does not let go: what is not answered, or answered with 503, is sent again with the same
 * Idempotency-Key until it is taken or refused. What was taken stands in the ledger.
 */
import { randomUUID } from 'node:crypto'
import type { Advance, ConversationView, OutsideEvent } from '#engine/index.ts'
import { ADMIN_KEY } from './stage.ts'

/** An acknowledged event: after it the conversation had accepted `version` of them. */
export interface Acknowledged {
  readonly conversation: string
  readonly version: number
  readonly event: OutsideEvent | 'started'
}

export interface Ledger {
  readonly acknowledged: Acknowledged[]
  /** What should not have been: answers that say neither yes nor no nor that the database is away; no answer at all. */
  readonly odd: string[]
  /** Requests sent again because their fate was unknown. */
  again: number
}

export class Caller {
  readonly #url: string
  readonly #ledger: Ledger

  constructor(url: string, ledger: Ledger) {
    this.#url = url
    this.#ledger = ledger
  }

  async start(flow: string): Promise<string> {
    const id = randomUUID()
    const { status, sent } = await this.#ask('POST', '/v1/conversations', { flow, id })
    // The first try began it, and its answer was lost.
    const begunBefore = status === 409 && sent > 1
    if (status === 201 || begunBefore)
      this.#ledger.acknowledged.push({ conversation: id, version: 1, event: 'started' })
    else this.#ledger.odd.push(`start: ${status}`)
    return id
  }

  /** Whether it was taken; refusals are what a race with a deadline leads to. */
  async say(conversation: string, event: OutsideEvent): Promise<boolean> {
    const { status, body } = await this.#ask('POST', `/v1/conversations/${conversation}/events`, event)
    if (status === 409) return false
    if (status !== 200) {
      this.#ledger.odd.push(`${event.type}: ${status} ${body}`)
      return false
    }
    // The contract's answer to an accepted event.
    const { version } = (JSON.parse(body) as Advance).conversation
    this.#ledger.acknowledged.push({ conversation, version, event })
    return true
  }

  async view(conversation: string): Promise<ConversationView> {
    return this.read(`/v1/conversations/${conversation}`)
  }

  async read<Answer>(path: string): Promise<Answer> {
    const { status, body } = await this.#ask('GET', path)
    if (status !== 200) throw new Error(`${path}: ${status} ${body}`)
    // Only for calls of the contract, whose answers the caller names.
    return JSON.parse(body) as Answer
  }

  async #ask(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly body: string; readonly sent: number }> {
    const key = randomUUID()
    const givingUp = Date.now() + RECOVERY
    for (let sent = 1; ; sent++) {
      try {
        const response = await fetch(this.#url + path, {
          method,
          signal: AbortSignal.timeout(PATIENCE),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json', 'idempotency-key': key },
        })
        const text = await response.text()
        if (response.status !== 503) return { status: response.status, body: text, sent }
      } catch {
        // Not connected, cut off or not answered in time: its fate is unknown.
      }
      if (Date.now() > givingUp) throw new Error(`${method} ${path} was not answered for ${RECOVERY} ms.`)
      this.#ledger.again++
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

/** For one answer, and for the server to come back. */
const PATIENCE = 20_000
const RECOVERY = 90_000
