import { expect } from 'vitest'
import { Refusal, start, step, type ConversationEvent, type Flow, type Stepped } from '#engine/index.ts'

export const MONDAY = Date.UTC(2026, 2, 2, 9)

/** One conversation, told as events; every step goes through JSON, as it does through the store. */
export class Told {
  readonly flow: Flow
  readonly events: { event: ConversationEvent; at: number }[] = []
  last: Stepped
  now = MONDAY

  constructor(flow: Flow, opening: object = {}) {
    this.flow = flow
    this.last = start(flow, { id: 'c1', ...opening }, this.now)
    this.#log()
  }

  send(event: ConversationEvent, after = 1_000): Stepped {
    this.now += after
    this.last = step(this.flow, JSON.parse(JSON.stringify(this.last.snapshot)), event, this.now)
    this.#log()
    return this.last
  }

  customer(text: string, more: object = {}): Stepped {
    return this.send({ type: 'customer.message', text, ...more })
  }
  bot(text: string, more: object = {}): Stepped {
    return this.send({ type: 'bot.message', text, ...more })
  }
  timer(id: string): Stepped {
    const timer = this.last.snapshot.timers.find((each) => each.id === id)
    if (!timer)
      throw new Error(`${id} is not set; set are ${this.last.snapshot.timers.map((each) => each.id).join(', ')}`)
    return this.send({ type: 'timer', id, gen: timer.gen }, timer.due - this.now)
  }
  get state(): string {
    return this.last.snapshot.state
  }
  get said(): readonly string[] {
    return this.last.messages.map((message) => message.text)
  }
  refusal(event: ConversationEvent): Refusal {
    const before = JSON.stringify(this.last.snapshot)
    try {
      step(this.flow, this.last.snapshot, event, this.now)
    } catch (error) {
      if (error instanceof Refusal) {
        expect(JSON.stringify(this.last.snapshot)).toBe(before)
        return error
      }
      throw error
    }
    throw new Error('It was accepted.')
  }
  #log(): void {
    const [entry] = this.last.log
    if (entry?.kind === 'event') this.events.push({ event: entry.event, at: entry.at })
  }
}
