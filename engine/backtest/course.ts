/**
 * What a conversation came to, read from its log as it is written: the same reading for the log that was kept and for the
 * one that a draft writes, so that only what differs in them can differ here.
 */
import type { LogEntry, Message } from '../step/result.ts'

/** The course of one conversation in short. `end` is the state in which it stood last. */
export interface Course {
  readonly handoff: Handoff | null
  /** How many rungs of ladders were climbed. */
  readonly rungs: number
  readonly end: string
  /** What was said, by everybody; only where it is asked for. */
  readonly messages?: readonly Message[]
}

/** How a conversation first left the bot: for a queue, or for what a queue gives way to. */
export interface Handoff {
  /** Messages of the customer until then. */
  readonly turn: number
  /** The team whose queue it joined; null for a ticket, a callback, or a person by name. */
  readonly team: string | null
  /** The trigger that led there; null where the flow did by itself. */
  readonly trigger: string | null
  readonly state: string
}

/** A text for the customer, with its turn and the event of the record at which it was said. */
export interface Told {
  readonly message: Message
  readonly turn: number
  readonly step: number
}

/** A course while it is read, event by event. */
export class Trace {
  turn = 0
  /** `phase.node`, and the rung inside a ladder. */
  path = ''
  /** The event of the record at which it came there. */
  moved = -1
  handoff: (Handoff & { readonly step: number; readonly at: number }) | null = null
  /** The event of the record at which each rung was climbed. */
  readonly rungs: number[] = []
  readonly told: Told[] = []
  readonly #said: Message[] | null

  constructor(withMessages: boolean) {
    this.#said = withMessages ? [] : null
  }

  /** What one event wrote, itself the first. @param step the event of the record during which it happened */
  add(entries: readonly LogEntry[], step: number): void {
    let team: string | null = null
    for (const entry of entries) {
      switch (entry.kind) {
        case 'event':
          if (entry.event.type === 'customer.message') this.turn++
          break
        case 'message':
          this.#message(entry, step)
          break
        case 'effect':
          if (entry.effect.type === 'queue.join') team = entry.effect.team
          break
        case 'moved':
          this.#move(entry, step, team)
          break
        case 'note':
          break
        default:
          entry satisfies never
      }
    }
  }

  get state(): string {
    return stateOf(this.path)
  }

  course(): Course {
    const { handoff, rungs, state: end } = this
    return {
      handoff: handoff && { turn: handoff.turn, team: handoff.team, trigger: handoff.trigger, state: handoff.state },
      rungs: rungs.length,
      end,
      ...(this.#said === null ? {} : { messages: this.#said }),
    }
  }

  #message(entry: Extract<LogEntry, { kind: 'message' }>, step: number): void {
    if (entry.from !== 'customer') this.told.push({ message: entry, turn: this.turn, step })
    if (this.#said === null) return
    const { kind: _, ...message } = entry
    this.#said.push(message)
  }

  #move({ to, at, reason }: Extract<LogEntry, { kind: 'moved' }>, step: number, team: string | null): void {
    this.path = to
    this.moved = step
    if (to.startsWith('escalation.') && stateOf(to) !== to) this.rungs.push(step)
    if (this.handoff !== null || !(to.startsWith('queued.') || to.startsWith('agentActive.'))) return
    this.handoff = { turn: this.turn, team, trigger: reason?.trigger ?? null, state: stateOf(to), step, at }
  }
}

/** `phase.node` of a path. */
function stateOf(path: string): string {
  const rung = path.indexOf('.', path.indexOf('.') + 1)
  return rung < 0 ? path : path.slice(0, rung)
}
