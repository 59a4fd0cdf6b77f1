/**
 * Agents who follow their desks and take what is offered to them, a moment after it is shown. Whoever waits for a person
 * hears here which one has come.
 */
import type { Agent } from '../order.ts'
import type { Clocked } from './clocked.ts'
import { follow, type Feed, type Tally } from './feed.ts'
import { Times } from './times.ts'

export interface Desk {
  /** Resolves when an agent has accepted. `at`: when the wish for a person was meant to go out. */
  person(conversation: string, at: number): Promise<Agent>
  /** From the wish to the offer on a desk. */
  readonly offers: Times
  close(): void
}

/** How long an agent looks at an offer before taking it. */
const LOOK = 700

interface Waiting {
  readonly at: number
  readonly come: (agent: Agent) => void
}

export function openDesk(agents: readonly Agent[], clocked: Clocked, tally: Tally): Desk {
  const waiting = new Map<string, Waiting>()
  const offers = new Times()

  function seen(agent: Agent, text: string): void {
    if (!text.includes('event: conversation') || !text.includes(`"offeredTo":"${agent.id}"`)) return
    const id = /"id":"([^"]+)"/.exec(text)?.[1] ?? ''
    const whose = waiting.get(id)
    if (whose === undefined) return
    waiting.delete(id)
    const now = performance.now()
    offers.note(now - whose.at)
    const accepting = {
      at: now + LOOK,
      url: agent.url,
      path: `/v1/conversations/${id}/events`,
      body: { type: 'agent.accept', agent: agent.id },
      key: agent.key,
    }
    clocked.send(accepting).then(
      () => whose.come(agent),
      (error: unknown) => clocked.fault(String(error)),
    )
  }

  const feeds: readonly Feed[] = agents.map((agent) =>
    follow(`${agent.url}/v1/desk/stream`, agent.key, tally, (text) => seen(agent, text)),
  )
  return {
    offers,
    person: (conversation, at) => new Promise((come) => waiting.set(conversation, { at, come })),
    close() {
      for (const feed of feeds) feed.close()
    },
  }
}
