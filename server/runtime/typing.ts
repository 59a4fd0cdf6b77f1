/**
 * Who types. Nothing of it is kept: it is told to those who follow now, here and on other nodes, and forgotten.
 *
 *   quiet --types or stops--> told --again within PACE--> told once more at its end, as it is then --> quiet
 *
 * Only who has the word is shown typing: the agent who holds the conversation, the bot while it owns it, the customer
 * until it is closed. What others send is left out silently: it has come too late, and nobody is waiting for it.
 */
import { agentOf } from './columns.ts'
import type { Line } from './line.ts'
import type { Snapshot } from '#engine/index.ts'
import type { Typing } from './runtime.ts'

/** Who says that they type; an agent's key names the agent, a supervisor's types as whoever holds the conversation. */
export interface Typist {
  readonly from: Typing['from']
  readonly agent?: string
}

export interface TypingFeed {
  /** Rejects with `not-found` when there is no such conversation. */
  tell(conversation: string, typist: Typist, typing: boolean): Promise<void>
  /** Hears of one conversation, or of all. Returns how to stop listening. */
  listen(conversation: string | undefined, listener: (typing: Typing) => void): () => void
  close(): void
}

const PACE = 1_000

interface Paced {
  timer: NodeJS.Timeout
  /** What was said since it was last told. */
  next?: boolean
}

/** `read` gives a conversation as it is now. */
export function createTyping(line: Line, read: (id: string) => Promise<Snapshot>, pace = PACE): TypingFeed {
  const listeners = new Map<string | undefined, Set<(typing: Typing) => void>>()
  const paced = new Map<string, Paced>()
  const stop = line.onTyping((typing) => {
    for (const key of [typing.conversation, undefined])
      for (const listener of listeners.get(key) ?? []) listener(typing)
  })

  async function announce(conversation: string, typist: Typist, typing: boolean): Promise<void> {
    const shown = shownAs(await read(conversation), typist, typing)
    if (shown) line.type(shown)
  }

  function rest(key: string, conversation: string, typist: Typist): NodeJS.Timeout {
    return setTimeout(() => {
      const { next } = paced.get(key) ?? {}
      if (next === undefined) return void paced.delete(key)
      paced.set(key, { timer: rest(key, conversation, typist) })
      // A conversation that cannot be read now has no one to be told either.
      announce(conversation, typist, next).catch(() => undefined)
    }, pace)
  }

  return {
    async tell(conversation, typist, typing) {
      const key = `${conversation}\n${typist.from}\n${typist.agent ?? ''}`
      const resting = paced.get(key)
      if (resting) {
        resting.next = typing
        return
      }
      paced.set(key, { timer: rest(key, conversation, typist) })
      await announce(conversation, typist, typing)
    },
    listen(conversation, listener) {
      const those = listeners.get(conversation) ?? new Set()
      listeners.set(conversation, those.add(listener))
      return () => {
        those.delete(listener)
        if (those.size === 0 && listeners.get(conversation) === those) listeners.delete(conversation)
      }
    },
    close() {
      stop()
      for (const { timer } of paced.values()) clearTimeout(timer)
    },
  }
}

function shownAs(snapshot: Snapshot, { from, agent }: Typist, typing: boolean): Typing | undefined {
  const { conversation } = snapshot
  if (snapshot.closed) return undefined
  if (from === 'customer') return { conversation, from, typing }
  if (from === 'bot') return snapshot.owner === 'bot' ? { conversation, from, typing } : undefined
  const holder = snapshot.machine.context.agent
  if (agentOf(snapshot) === null || holder === null || (agent !== undefined && agent !== holder.id)) return undefined
  return { conversation, from, agent: holder, typing }
}
