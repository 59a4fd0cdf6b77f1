/**
 * What agents send, until the server has answered. A sending: waiting -> under way -> answered (2xx; it leaves once the
 * transcript shows it) or refused (it leaves, and is given back) or waiting again (no answer came). Laws:
 * 1. Of one conversation one sending is under way at a time, in the order they were written.
 * 2. Every try of a sending carries the same key and the same body: it counts once, however often it was tried.
 * 3. What was written is kept on the device until it is answered or refused, over any number of reloads.
 * 4. A refusal gives back the refused sending alone.
 */
import type { Advance } from '#engine/conversation/advance.ts'
import { ApiProblem } from '#ui/request.ts'
import { outlivesThePage, type AgentEvent } from './event.ts'
import type { Kept } from './kept-in.ts'

export interface Sending {
  /** Also its Idempotency-Key. */
  readonly key: string
  readonly conversation: string
  /** Who wrote it: another person's who signs in on this device is not sent. */
  readonly who: string
  readonly event: AgentEvent
  /** Epoch ms. */
  readonly at: number
  readonly state: 'waiting' | 'underway' | 'answered'
  readonly tries: number
  /** The conversation's version that holds it, once it is answered. */
  readonly version: number | null
}

export interface OutboxDeps {
  readonly kept: Kept
  readonly who: string
  readonly now: () => number
  readonly newKey: () => string
  readonly send: (conversation: string, event: AgentEvent, key: string) => Promise<Advance>
  /** Calls back after a while; returns how to call it off. */
  readonly later: (act: () => void, milliseconds: number) => () => void
  readonly onAnswered?: (sending: Sending, advance: Advance) => void
  readonly onRefused?: (sending: Sending, problem: ApiProblem) => void
}

/** Who waits for the answer, on this page. */
interface Hope {
  resolve(advance: Advance): void
  reject(problem: ApiProblem): void
}

export type Outbox = ReturnType<typeof createOutbox>

const FIRST_WAIT = 1_000
const LONGEST_WAIT = 30_000

/** Begins with what an earlier page left behind. */
export function createOutbox(deps: OutboxDeps) {
  const { kept, who, now, newKey, send, later } = deps
  const place = (key: string): string => `out.${who}.${key}`
  const watchers = new Set<() => void>()
  const waits = new Map<string, () => void>()
  const hopes = new Map<string, Hope>()
  let stopped = false
  let sendings: readonly Sending[] = kept
    .names(place(''))
    .flatMap((name) => sendingOf(kept.read(name)) ?? [])
    // A person's name may begin with another's, and a dot.
    .filter((sending) => sending.who === who)
    .sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1))
  for (const { conversation } of sendings) pump(conversation)

  function set(next: readonly Sending[]): void {
    sendings = next
    for (const watcher of watchers) watcher()
  }
  function change(key: string, to: Partial<Sending>): void {
    set(sendings.map((each) => (each.key === key ? { ...each, ...to } : each)))
  }
  function drop(key: string): void {
    kept.forget(place(key))
    set(sendings.filter((each) => each.key !== key))
  }

  /** Sends the conversation's next, when none of it is under way. */
  function pump(conversation: string): void {
    if (stopped || waits.has(conversation)) return
    const open = sendings.filter((each) => each.conversation === conversation && each.state !== 'answered')
    const next = open[0]
    if (next !== undefined && next.state === 'waiting') void attempt(next)
  }

  async function attempt(sending: Sending): Promise<void> {
    const { key, conversation, event, tries } = sending
    change(key, { state: 'underway', tries: tries + 1 })
    try {
      const advance = await send(conversation, event, key)
      if (stopped) return
      kept.forget(place(key))
      const { version } = advance.conversation
      change(key, { state: 'answered', version })
      deps.onAnswered?.({ ...sending, state: 'answered', version }, advance)
      hopes.get(key)?.resolve(advance)
      hopes.delete(key)
    } catch (error) {
      if (stopped) return
      if (error instanceof ApiProblem && isRefusal(error)) {
        drop(key)
        deps.onRefused?.(sending, error)
        hopes.get(key)?.reject(error)
        hopes.delete(key)
      } else {
        change(key, { state: 'waiting' })
        const pause = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries)
        waits.set(
          conversation,
          later(() => resume(conversation), pause),
        )
      }
    }
    pump(conversation)
  }

  function resume(conversation: string): void {
    waits.get(conversation)?.()
    waits.delete(conversation)
    pump(conversation)
  }

  return {
    /** Takes an event on its way; resolves with the answer, rejects with the refusal. */
    post(conversation: string, event: AgentEvent): Promise<Advance> {
      const sending: Sending = {
        key: newKey(),
        conversation,
        who,
        event,
        at: now(),
        state: 'waiting',
        tries: 0,
        version: null,
      }
      if (outlivesThePage(event)) kept.write(place(sending.key), sending)
      const answer = new Promise<Advance>((resolve, reject) => hopes.set(sending.key, { resolve, reject }))
      set([...sendings, sending])
      pump(conversation)
      return answer
    },
    state: (): readonly Sending[] => sendings,
    subscribe(watcher: () => void): () => void {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    /** The conversation's transcript shows everything up to this version: what is in it is shown there. */
    seen(conversation: string, version: number): void {
      const rest = sendings.filter(
        (each) => each.conversation !== conversation || each.version === null || each.version > version,
      )
      if (rest.length < sendings.length) set(rest)
    },
    /** The line is back: what waits is tried at once. */
    hurry(): void {
      for (const conversation of [...waits.keys()]) resume(conversation)
    },
    /** Leaves everything kept, for whoever begins next. */
    stop(): void {
      stopped = true
      for (const call of waits.values()) call()
      watchers.clear()
    },
  }
}

/** Whether trying again is of no use. A key that is refused may be replaced: the sending waits for that. */
function isRefusal(problem: ApiProblem): boolean {
  return !problem.passes && problem.status !== 401
}

/** What an earlier page kept; it does not know whether its last try was answered. */
function sendingOf(value: unknown): Sending | null {
  if (typeof value !== 'object' || value === null || !('key' in value) || !('event' in value)) return null
  // Only `post` writes under these names, and writes a Sending.
  return { ...(value as Sending), state: 'waiting', tries: 0 }
}
