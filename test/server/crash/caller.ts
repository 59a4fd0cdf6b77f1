/**
 * A caller that does not let go: what is not answered, or answered with 503, is sent again with the same
 * Idempotency-Key until it is taken or refused. What was taken stands in the ledger.
 */
import { randomUUID } from 'node:crypto'
import type { Advance, Attachment, ConversationView, Flow, OutsideEvent } from '#engine/index.ts'
import { ADMIN_KEY } from './stage.ts'

/** An acknowledged event: after it the conversation had accepted `version` of them. */
export interface Acknowledged {
  readonly conversation: string
  readonly version: number
  readonly event: OutsideEvent | 'started'
}

/** An acknowledged file. */
export interface Kept {
  readonly conversation: string
  readonly attachment: Attachment
  readonly text: string
}

export interface Ledger {
  readonly acknowledged: Acknowledged[]
  readonly files: Kept[]
  /** What each published version of the flow says; versions are never published by anybody else meanwhile. */
  readonly editions: Map<number, Flow>
  /** What should not have been: answers that say neither yes nor no nor that the database is away; no answer at all. */
  readonly odd: string[]
  /** Requests sent again because their fate was unknown. */
  again: number
}

/** `first` is what version 1 says. */
export function emptyLedger(first: Flow): Ledger {
  return { acknowledged: [], files: [], editions: new Map([[1, first]]), odd: [], again: 0 }
}

/** Where the server is; a function says it anew for each request, where there are several. */
export type Address = string | (() => string)

interface Answered {
  readonly status: number
  readonly body: string
  /** How often it was sent. */
  readonly sent: number
}

export class Caller {
  readonly #address: Address
  readonly #ledger: Ledger

  constructor(address: Address, ledger: Ledger) {
    this.#address = address
    this.#ledger = ledger
  }

  /** Begins a conversation, under an id of the caller's own or under one that is made of its Idempotency-Key. */
  async start(flow: string, named = true): Promise<string> {
    const asked = named ? { flow, id: randomUUID() } : { flow }
    const { status, body, sent } = await this.#ask('POST', '/v1/conversations', asked)
    // The first try began it, and its answer was lost with the key of another server's start.
    const begunBefore = status === 409 && sent > 1 && asked.id !== undefined
    if (status !== 201 && !begunBefore) throw new Error(`start: ${status} ${body}`)
    // The contract's answer to a start.
    const conversation = begunBefore ? asked.id : (JSON.parse(body) as Advance).conversation.id
    this.#ledger.acknowledged.push({ conversation, version: 1, event: 'started' })
    return conversation
  }

  /** Whether it was taken; refusals are what a race with a deadline leads to. */
  async say(conversation: string, event: OutsideEvent): Promise<boolean> {
    return this.#taken(conversation, event, await this.#ask('POST', eventsOf(conversation), event))
  }

  /** The same request twice at once, as a network may deliver it: it counts once, and both are answered alike. */
  async sayTwice(conversation: string, event: OutsideEvent): Promise<boolean> {
    const key = randomUUID()
    const [one, other] = await Promise.all([
      this.#ask('POST', eventsOf(conversation), event, key),
      this.#ask('POST', eventsOf(conversation), event, key),
    ])
    if (one.status === 200 && other.status === 200 && one.body !== other.body)
      this.#ledger.odd.push(`${conversation}: two deliveries of one ${event.type} were answered differently`)
    return this.#taken(conversation, event, one.status === 200 ? one : other)
  }

  async attach(conversation: string, text: string): Promise<Attachment | undefined> {
    const path = `/v1/conversations/${conversation}/attachments?name=note.txt`
    const { status, body } = await this.#ask('POST', path, text)
    if (status === 409) return undefined
    if (status !== 201) {
      this.#ledger.odd.push(`a file: ${status} ${body}`)
      return undefined
    }
    // The contract's answer to a file.
    const attachment = JSON.parse(body) as Attachment
    this.#ledger.files.push({ conversation, attachment, text })
    return attachment
  }

  /** Publishes the document as the next version of its flow. */
  async publish(flow: Flow): Promise<void> {
    const { status, body } = await this.#ask('PUT', `/v1/flows/${flow.id}`, flow)
    if (status !== 200) throw new Error(`a draft: ${status} ${body}`)
    const published = await this.#ask('POST', `/v1/flows/${flow.id}/publish`, {})
    if (published.status !== 200) throw new Error(`a publication: ${published.status} ${published.body}`)
    // The contract's answer to a publication.
    const { version } = JSON.parse(published.body) as { readonly version: number }
    // A try whose answer was lost has published the same document as a version before.
    const last = Math.max(...this.#ledger.editions.keys())
    for (let each = last + 1; each <= version; each++) this.#ledger.editions.set(each, flow)
  }

  async view(conversation: string): Promise<ConversationView> {
    return this.read(`/v1/conversations/${conversation}`)
  }

  async read<Answer>(path: string): Promise<Answer> {
    // Only for calls of the contract, whose answers the caller names.
    return JSON.parse(await this.readText(path)) as Answer
  }

  async readText(path: string): Promise<string> {
    const { status, body } = await this.#ask('GET', path)
    if (status !== 200) throw new Error(`${path}: ${status} ${body}`)
    return body
  }

  #taken(conversation: string, event: OutsideEvent, { status, body }: Answered): boolean {
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

  async #ask(method: string, path: string, body?: object | string, key: string = randomUUID()): Promise<Answered> {
    const type = typeof body === 'string' ? 'text/plain' : 'application/json'
    const givingUp = Date.now() + RECOVERY
    for (let sent = 1; ; sent++) {
      const url = typeof this.#address === 'string' ? this.#address : this.#address()
      try {
        const response = await fetch(url + path, {
          method,
          signal: AbortSignal.timeout(PATIENCE),
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
          headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': type, 'idempotency-key': key },
        })
        const text = await response.text()
        if (response.status !== 503) return { status: response.status, body: text, sent }
      } catch {
        // Not connected, cut off or not answered in time: its fate is unknown.
      }
      if (Date.now() > givingUp) throw new Error(`${method} ${path} was not answered for ${RECOVERY} ms.`)
      this.#ledger.again++
      // What starts has the processor meanwhile.
      await new Promise((resolve) => setTimeout(resolve, Math.min(25 * 2 ** (sent - 1), LONGEST_PAUSE)))
    }
  }
}

function eventsOf(conversation: string): string {
  return `/v1/conversations/${conversation}/events`
}

const LONGEST_PAUSE = 200
/** For one answer, and for a server to live so long that it gives one, also where it is killed every second. */
const PATIENCE = 20_000
const RECOVERY = 300_000
