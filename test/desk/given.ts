/** What the desk's tests are given: conversations, entries of a log, a device that keeps things. */
import type { DeskConversation, ShownEntry } from '#ui/answers.ts'
import { createKept, type Kept } from '#desk/outbox/kept-in.ts'

type Given = Partial<Omit<DeskConversation, 'about'>> & { readonly about?: Partial<DeskConversation['about']> }

export const NOON = Date.parse('2026-11-21T12:00:00.000Z')

export function conversation(id: string, { about, ...given }: Given = {}): DeskConversation {
  return {
    id,
    flow: { id: 'shop', version: 1 },
    phase: 'queued',
    state: 'queued.people',
    owner: 'queue',
    version: 1,
    expects: ['agent.accept', 'customer.message'],
    ...given,
    about: {
      customer: { id: null, name: null, email: null },
      summary: '',
      reason: null,
      language: 'en',
      channel: 'web',
      page: null,
      startedAt: ago(60),
      last: null,
      waitingSince: null,
      sla: null,
      answerOwed: false,
      offer: null,
      ...about,
    },
  }
}

/** A conversation that waits for `team` since so many seconds before noon. */
export function waiting(
  id: string,
  seconds: number,
  { priority = 0, team = 'support', ...given }: Given & { readonly priority?: number; readonly team?: string } = {},
) {
  return conversation(id, {
    ...given,
    queue: { team, position: 1, eta: null, within: null, waitingSince: ago(seconds), priority, ...given.queue },
  })
}

export function heldBy(agent: string, id: string, given: Given = {}): DeskConversation {
  return conversation(id, {
    phase: 'agentActive',
    owner: `agent:${agent}`,
    agent: { id: agent, name: agent },
    expects: ['agent.message', 'agent.transfer'],
    ...given,
  })
}

/** ISO 8601, so many seconds before noon. */
export function ago(seconds: number): string {
  return new Date(NOON - seconds * 1_000).toISOString()
}

/** A log of messages of the customer, two entries each: what happened, and what was said. */
export function logOf(texts: readonly string[]): readonly ShownEntry[] {
  return texts.flatMap((text, index) => {
    const at = new Date(NOON + index * 1_000).toISOString()
    const event = { type: 'customer.message' as const, text }
    return [
      { seq: 2 * index + 1, at, kind: 'event' as const, event },
      { seq: 2 * index + 2, at, kind: 'message' as const, from: 'customer' as const, text },
    ]
  })
}

/** A device: what is kept on it outlives the page. */
export function device(): Kept {
  const places = new Map<string, string>()
  return createKept({
    getItem: (name) => places.get(name) ?? null,
    setItem: (name, value) => void places.set(name, value),
    removeItem: (name) => void places.delete(name),
    key: (index) => [...places.keys()][index] ?? null,
    get length() {
      return places.size
    },
  })
}

/** Two tabs of a device: each hears what the other keeps, as a browser tells it. */
export function twoTabs(): readonly [Kept, Kept] {
  const places = new Map<string, string>()
  const hearers: ((name: string | null) => void)[] = []
  const tab = (own: number): Kept => {
    const tell = (name: string): void => {
      for (const [index, hear] of hearers.entries()) if (index !== own) hear(name)
    }
    const storage = {
      getItem: (name: string) => places.get(name) ?? null,
      setItem(name: string, value: string) {
        places.set(name, value)
        tell(name)
      },
      removeItem(name: string) {
        places.delete(name)
        tell(name)
      },
      key: (index: number) => [...places.keys()][index] ?? null,
      get length() {
        return places.size
      },
    }
    return createKept(storage, (hear) => {
      hearers[own] = (name) => hear(name)
      return () => delete hearers[own]
    })
  }
  return [tab(0), tab(1)]
}

/** A device whose storage is full, or closed to the page. */
export function fullDevice(): Kept {
  const refuse = (): never => {
    throw new Error('QuotaExceededError')
  }
  return createKept({ getItem: refuse, setItem: refuse, removeItem: refuse, key: refuse, length: 0 })
}
