/**
 * How long a customer may be made to wait, at worst: from every step of the bot until a person, a promise (a ticket, a
 * callback) or the end, added up over the timers on the way.
 *
 * Laws:
 *   1. What is counted is our time: a bot that owes an answer, a call, a pause, a queue. Everybody takes as long as they
 *      may: the bot stays silent, the service answers last, nobody accepts.
 *   2. A question, an offer, a survey, a bot that has answered: there the customer has the word. What follows is bounded by
 *      the customer and not decided here; the wait ends with “your turn”.
 *   3. Guards are taken as free: of several ways on, the longest counts. A circle of them has no bound.
 *   4. From a step of the bot the customer may ask for a person at any time: the longer of that way and of the step's own.
 */
import type { Compiled } from '../compile/compiled.ts'
import { kindOf, type AnyNode } from '../kinds/index.ts'
import { graphOf, type Step } from './graph.ts'
import { knotsOf } from './knots.ts'

/** With whom a wait ends. `customer`: it is their turn. `nobody`: it does not end. */
export type WaitEnd = 'person' | 'promise' | 'end' | 'customer' | 'nobody'

export interface WorstWait {
  /** Milliseconds. */
  readonly wait: number | 'unbounded'
  readonly end: WaitEnd
  /** The nodes on the way, each with the milliseconds it takes; a circle is gone round once, its first node named again. */
  readonly way: readonly { readonly node: string; readonly wait: number }[]
}

/** The worst wait from every step of the bot that some conversation comes to, by its node. */
export function worstWaits(compiled: Compiled): ReadonlyMap<string, WorstWait> {
  const known = allWaits.get(compiled)
  if (known) return known
  const waits = new Map<string, WorstWait>()
  const clock = new WaitingTime(compiled)
  for (const node of compiled.flow.nodes)
    if (isBotStep(node) && clock.graph.reachable.has(node.id)) waits.set(node.id, clock.from(node))
  allWaits.set(compiled, waits)
  return waits
}
const allWaits = new WeakMap<Compiled, ReadonlyMap<string, WorstWait>>()

/** The worst of a flow: the step it counts from, and the wait; undefined where no bot ever rests. */
export function worstWait(compiled: Compiled): (WorstWait & { readonly from: string }) | undefined {
  let worst: (WorstWait & { readonly from: string }) | undefined
  for (const [from, wait] of worstWaits(compiled))
    if (worst === undefined || lengthOf(wait) > lengthOf(worst)) worst = { from, ...wait }
  return worst
}

function lengthOf({ wait }: WorstWait): number {
  return wait === 'unbounded' ? Infinity : wait
}

function isBotStep(node: AnyNode): boolean {
  return kindOf(node).rests === true || node.type === 'ladder'
}

/** A node, and whether an answer is owed there: to a bot that has answered the customer talks, it does not wait. */
type Place = `${string}!` | `${string}.`
interface Onward {
  readonly to: Place
  readonly wait: number
}
/** The longest wait from a place; `next` is the way it takes. */
interface Longest {
  readonly wait: number
  readonly end: WaitEnd
  readonly next?: Onward
}

class WaitingTime {
  readonly graph
  readonly #compiled: Compiled
  readonly #ways = new Map<Place, readonly Onward[]>()
  readonly #longest = new Map<Place, Longest>()
  /** Where whoever asks for a person is led. */
  readonly #asked: Place | undefined

  constructor(compiled: Compiled) {
    this.#compiled = compiled
    this.graph = graphOf(compiled)
    const trigger = compiled.triggers.find((each) =>
      each.data.signals.some(({ signal }) => signal === 'explicitRequest'),
    )
    this.#asked = trigger && `${trigger.id}!`
    const places = [...this.graph.reachable].flatMap((id): readonly Place[] => [`${id}!`, `${id}.`])
    for (const knot of knotsOf(places, (place) => this.#onward(place).map(({ to }) => to))) this.#settle(knot)
  }

  from({ id, type }: AnyNode): WorstWait {
    const own: Place = `${id}!`
    const human = type === 'ladder' ? this.graph.stepsFrom(id).find(({ outlet }) => outlet === 'human') : undefined
    const asking = type === 'ladder' ? human && (`${human.to}!` as const) : this.#asked
    const isLonger = asking !== undefined && this.#longestFrom(asking).wait > this.#longestFrom(own).wait
    return this.#described(isLonger ? asking : own)
  }

  /** Knots come after those they lead to. One that takes no time is passed: its ways out are those of all its places. */
  #settle(knot: readonly Place[]): void {
    const among = new Set(knot)
    const round = knot.flatMap((place) => this.#onward(place)).find(({ to, wait }) => wait > 0 && among.has(to))
    if (round !== undefined) {
      for (const place of knot)
        this.#longest.set(place, {
          wait: Infinity,
          end: 'nobody',
          next: this.#onward(place).find(({ to }) => among.has(to)) ?? round,
        })
      return
    }
    const [first, ...others] = knot.map((place): readonly [Place, Longest] => [place, this.#longestOf(place, among)])
    if (first === undefined) return
    const [exit, longest] = others.reduce((one, other) => (other[1].wait > one[1].wait ? other : one), first)
    for (const place of knot)
      this.#longest.set(place, place === exit ? longest : { ...longest, next: { to: exit, wait: 0 } })
  }

  /** By the ways that lead out of its knot. */
  #longestOf(place: Place, among: ReadonlySet<Place>): Longest {
    const end = this.#endAt(place)
    let longest: Longest | undefined = end === undefined ? undefined : { wait: 0, end }
    for (const next of this.#onward(place)) {
      if (among.has(next.to)) continue
      const onward = this.#longestFrom(next.to)
      const wait = next.wait + onward.wait
      if (longest === undefined || wait > longest.wait) longest = { wait, end: onward.end, next }
    }
    // Nothing leads on from here, and it is not the customer's turn; in a knot the ways of its other places count.
    return longest ?? { wait: among.size > 1 ? 0 : Infinity, end: 'nobody' }
  }

  #longestFrom(place: Place): Longest {
    return this.#longest.get(place) ?? { wait: Infinity, end: 'nobody' }
  }

  #endAt(place: Place): WaitEnd | undefined {
    const node = this.#nodeAt(place)
    switch (node?.type) {
      case 'agent':
        return 'person'
      case 'ticket':
      case 'callback':
        return 'promise'
      case 'close':
        return 'end'
      case 'ask':
      case 'ladder':
      case 'survey':
        return 'customer'
      case 'listen':
        return place.endsWith('.') ? 'customer' : undefined
      default:
        return undefined
    }
  }

  #onward(place: Place): readonly Onward[] {
    const known = this.#ways.get(place) ?? this.#waysOn(place)
    this.#ways.set(place, known)
    return known
  }

  #waysOn(place: Place): readonly Onward[] {
    const node = this.#nodeAt(place)
    if (node === undefined || node.type === 'agent' || node.type === 'ticket') return []
    const isOwed = node.type === 'trigger' || (node.type !== 'say' && place.endsWith('!'))
    const steps = this.graph.stepsFrom(node.id).filter((step) => step.event === '' || this.#isOurs(step, node, isOwed))
    const bound = Math.max(0, ...steps.map((step) => this.#delayOf(step) ?? 0))
    return steps.map((step): Onward => ({
      to: `${step.to}${isOwed ? '!' : '.'}`,
      wait: step.event === '' ? 0 : (this.#delayOf(step) ?? bound),
    }))
  }

  /** Whether it is taken while the customer waits and says nothing. */
  #isOurs({ event }: Step, node: AnyNode, isOwed: boolean): boolean {
    if (node.type === 'listen' && !isOwed) return false
    const timer = this.#timerOf(event)
    if (timer !== undefined)
      return timer.botOwes || node.type === 'call' || node.type === 'wait' || node.type === 'queue'
    if (node.type === 'listen' && (event === 'bot.failed' || event === 'bot.escalate')) return true
    return event === 'effect.ok' || event === 'effect.failed' || event === 'agent.accept'
  }

  #delayOf({ event }: Step): number | undefined {
    const delay = this.#timerOf(event)?.delay
    return typeof delay === 'number' ? delay : undefined
  }

  #timerOf(event: string) {
    return this.#compiled.timers.get(event) ?? this.#compiled.timerOfEvent.get(event)
  }

  #nodeAt(place: Place): AnyNode | undefined {
    return this.#compiled.nodes.get(place.slice(0, -1))
  }

  #described(from: Place): WorstWait {
    const { wait, end } = this.#longestFrom(from)
    const way: { readonly node: string; readonly wait: number }[] = []
    const seen = new Set<Place>()
    let place: Place | undefined = from
    while (place !== undefined && !seen.has(place)) {
      seen.add(place)
      const next: Onward | undefined = this.#longestFrom(place).next
      way.push({ node: place.slice(0, -1), wait: next?.wait ?? 0 })
      place = next?.to
    }
    if (place !== undefined) way.push({ node: place.slice(0, -1), wait: 0 })
    return { wait: wait === Infinity ? 'unbounded' : wait, end, way }
  }
}
