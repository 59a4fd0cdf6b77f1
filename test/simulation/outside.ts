/**
 * The services that effects call: bots, ordering systems, receivers of tickets. They answer, refuse, talk nonsense, hang
 * or answer late; what they heard is told to the oracle.
 */
import { OutboundError, type Network, type OutboundAnswer, type OutboundRequest } from '#server/network/index.ts'
import { hashOf, type Random } from './random.ts'
import type { Place, Scheduler } from './scheduler.ts'

export interface Outside {
  networkOf(place: Place): Network
  /** How much goes wrong out there: a probability. */
  trouble: number
  /** Called when an answer is on its way back to a node. */
  answered: (place: Place) => void
}

/** Who is told of what arrives out there, by the effect's id as it stands in the request. */
export interface Listener {
  heard(effect: string): void
  delivered(effect: string): void
  /** Whether it is for somebody whose texts nobody ever takes. */
  isPoisoned(effect: string): boolean
}

export function createOutside(scheduler: Scheduler, random: Random, listener: Listener): Outside {
  let trouble = 0
  let answered: Outside['answered'] = () => undefined

  function answerTo(request: OutboundRequest, effect: string): OutboundAnswer {
    const json = (status: number, body: unknown): OutboundAnswer => ({
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (listener.isPoisoned(effect)) return json(500, {})
    if (random.chance(trouble / 2)) return json(random.pick([500, 503, 429, 400]), {})
    if (!request.url.includes('/bot')) return json(200, { found: random.below(100) })
    // The oracle knows a turn's answer by the turn that it names.
    const text = `bot ${effect} 0`
    // Asked again, a bot says the same again.
    const drawn = hashOf(effect) / 2 ** 32
    if (drawn < 0.6) return json(200, { messages: [{ text }] })
    if (drawn < 0.7)
      return json(200, { messages: [{ text }, { text: `bot ${effect} 1` }, { text: `bot ${effect} 2` }] })
    if (drawn < 0.78) return json(200, { messages: [{ text }], escalate: { reason: 'A refund' } })
    if (drawn < 0.84) return json(200, { intent: 'look' })
    if (drawn < 0.9) return { status: 204, headers: {}, body: '' }
    if (drawn < 0.93) return json(200, { done: true })
    return drawn < 0.97 ? json(200, { messages: [{ text, fallback: true }] }) : json(200, { nonsense: true })
  }

  return {
    networkOf: (place) => ({
      request: (request) =>
        new Promise((resolve, reject) => {
          const { signal, headers = {} } = request
          const tell = (delay: number, what: string, run: () => void): unknown =>
            scheduler.after(delay, what, place, () => {
              signal?.removeEventListener('abort', stop)
              run()
            })
          const stop = (): void => reject(new Error('The request was given up.'))
          signal?.addEventListener('abort', stop)
          const effect = headers['webhook-id'] ?? headers['idempotency-key'] ?? ''
          // A bot may think until nobody waits for its answer any more.
          const slow = request.url.includes('/bot') ? 0.3 : 0.1
          const delay = random.chance(Math.max(trouble, slow)) ? random.between(500, 9_000) : random.between(6, 400)
          const hangs = random.chance(trouble / 3)
          scheduler.after(delay >> 1, `outside hears ${effect}`, undefined, () => {
            listener.heard(effect)
            if (hangs)
              return tell(request.timeout, 'timed out', () => reject(new OutboundError('timeout', 'No answer came.')))
            const answer = answerTo(request, effect)
            if (answer.status < 300) listener.delivered(effect)
            tell(delay >> 1, 'outside answers', () => {
              answered(place)
              resolve(answer)
            })
          })
        }),
      close: () => Promise.resolve(),
    }),
    get trouble() {
      return trouble
    },
    set trouble(next) {
      trouble = next
    },
    get answered() {
      return answered
    },
    set answered(next) {
      answered = next
    },
  }
}
