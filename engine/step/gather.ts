/**
 * Collects what one event brings forth, in order: log entries, messages and effects with their numbers, timers set and
 * cancelled. Law: the same event on the same snapshot gives the same ids.
 */
import { acts } from '../compile/names.ts'
import type { Compiled } from '../compile/compiled.ts'
import type { WayOut } from '../compile/config.ts'
import type { Params } from '../compile/machine.ts'
import type { OnAction } from '../compile/runner.ts'
import type { AgentName, Attachment } from '../conversation/events.ts'
import type { MachineEvent, Output } from '../kinds/moment.ts'
import type { Effect } from './effect.ts'
import type { LogEntry, Message } from './result.ts'
import type { MachineContext, Reason } from './snapshot.ts'
import type { Timer } from './timer.ts'

export class Gathering implements OnAction {
  readonly log: LogEntry[] = []
  readonly messages: Message[] = []
  readonly effects: Effect[] = []
  readonly ways: WayOut[] = []
  timers: readonly Timer[]
  generation: number
  seq: number
  readonly #compiled: Compiled
  readonly #conversation: string
  readonly #channel: string
  readonly #first: number
  readonly #now: number

  constructor(
    compiled: Compiled,
    from: { conversation: string; seq: number; timers: readonly Timer[]; generation: number },
    channel: string,
    now: number,
  ) {
    this.#compiled = compiled
    this.#conversation = from.conversation
    this.#channel = channel
    this.#first = from.seq + 1
    this.#now = now
    this.seq = from.seq
    this.timers = from.timers
    this.generation = from.generation
  }

  /** What the machine did: an act of a kind, or XState's own raise and cancel of a timer. */
  action(type: string, params: Params, context: MachineContext, event: MachineEvent): void {
    if (type === 'xstate.raise') return this.#set(params)
    if (type === 'xstate.cancel') return this.#cancel(String(params?.['sendId'] ?? ''))
    const act = acts.get(type)
    if (act !== undefined) for (const output of act(this.#compiled.momentOf(params, context, event))) this.#put(output)
  }

  passed(ways: readonly WayOut[]): void {
    this.ways.push(...ways)
  }

  event(event: Extract<LogEntry, { kind: 'event' }>['event']): void {
    this.log.push({ seq: ++this.seq, at: this.#now, kind: 'event', event })
  }

  customerSaid(text: string, attachments: readonly Attachment[] | undefined): void {
    this.log.push({
      kind: 'message',
      seq: ++this.seq,
      at: this.#now,
      from: 'customer',
      text,
      ...(attachments ? { attachments } : {}),
    })
  }

  whispered(text: string, by: AgentName | null): void {
    this.log.push({ seq: ++this.seq, at: this.#now, kind: 'note', agent: by?.id ?? null, text, by, whisper: true })
  }

  moved(from: string | null, to: string, reason: Reason | null): void {
    this.log.push({ seq: ++this.seq, at: this.#now, kind: 'moved', from, to, ...(reason ? { reason } : {}) })
  }

  #put(output: Output): void {
    const seq = ++this.seq
    const at = this.#now
    switch (output.type) {
      case 'message': {
        const { type: _, notice, ...said } = output
        const message: Message = { seq, at, ...said }
        this.messages.push(message)
        this.log.push({ kind: 'message', ...message })
        this.#effect({
          type: 'message',
          seq,
          from: output.from,
          text: output.text,
          channel: this.#channel,
          ...(notice ? { notice } : {}),
        })
        return
      }
      case 'note':
        this.log.push({ seq, at, kind: 'note', agent: output.agent, text: output.text })
        return
      default: {
        const effect = this.#effect(output)
        this.log.push({ seq, at, kind: 'effect', effect })
      }
    }
  }

  #effect(effect: WithoutId<Effect>): Effect {
    const numbered: Effect = { ...effect, id: `${this.#conversation}:${this.#first}:${this.effects.length}` }
    this.effects.push(numbered)
    return numbered
  }

  #set(params: Params): void {
    const event = params?.['event']
    const type = typeof event === 'object' && event !== null && 'type' in event ? String(event.type) : ''
    const timer = this.#compiled.timerOfEvent.get(type)
    // A raise without a delay has happened already.
    if (timer === undefined || typeof params?.['delay'] !== 'number') return
    const { id, node } = timer
    this.timers = [
      ...this.timers.filter((each) => each.id !== id),
      { id, node, due: this.#now + params['delay'], gen: ++this.generation },
    ]
  }

  #cancel(sendId: string): void {
    const id = this.#compiled.timerOfEvent.get(sendId)?.id ?? sendId
    if (this.timers.some((each) => each.id === id)) this.timers = this.timers.filter((each) => each.id !== id)
  }
}

type WithoutId<Each> = Each extends unknown ? Omit<Each, 'id'> : never
